"""Risks on the pages of the house: where they stand, and that a page which shows one changes with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import noroshi
from published_site import read_site
from real_program import copy_example

INCIDENT = "incidents/2026-06-18-staging-down/index.html"
WORK = "maintenance/2026-06-18-staging-db-upgrade/index.html"


def built(site: Path, at: str, out: Path, cache: Path, audience: str = "internal") -> dict[str, bytes]:
    """The site of an audience as it stood at a time of that June."""
    arguments = ("--audience", audience, "--as-of", f"2026-06-{at}+09:00", "--out", out, "--cache", cache)
    ran = noroshi("build", "--site", site, *arguments, "--url", "https://inside.example.com/")
    assert ran.code == 0, ran.err
    return read_site(out)


def fired(page: bytes) -> list[tuple[str, bool, str]]:
    """The risks on a page: id, whether it holds, and the line that says when it fired."""
    text = page.decode()
    found = re.findall(
        r'<li class="nr-fired__risk( nr-fired__risk--holds)?">\s*<p class="nr-fired__title">.*?<code>([^<]+)</code></p>'
        r'\s*<p class="nr-fired__when">(.*?)</p>',
        text,
        re.DOTALL,
    )
    return [(name, bool(holds), re.sub(r"<[^>]+>", "", when)) for holds, name, when in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's story."""
    return copy_example(tmp_path_factory.mktemp("fired") / "status")


@pytest.fixture(scope="module")
def late(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The house's site five minutes after the report that did not come."""
    folder = tmp_path_factory.mktemp("late")
    return built(site, "18T22:55", folder / "out", folder / "cache")


def test_the_incident_names_the_risk_that_its_cause_fired(late: dict[str, bytes]) -> None:
    """The overrun of the work at 21:45 stands on the page of the incident that it caused, and on its own."""
    overrun = ("overrun", True, "2026年6月18日（木）21:45 に顕在化")
    for page in (INCIDENT, WORK, "index.html"):
        assert overrun in fired(late[page])
    assert ("overrun", True, "Fired at Thu 18 June 2026, 21:45") in fired(late[f"en/{INCIDENT}"])
    text = late[f"en/{INCIDENT}"].decode()
    assert "Start the rollback and telephone the managers of the clients affected." in text
    assert re.search(
        r'<p><a href="[^"]+staging-db-upgrade/">Staging database upgrade</a></p>\s*<p>The planned end', text
    )


@pytest.mark.slow
def test_what_is_over_stands_on_its_record_alone(site: Path, tmp_path: Path) -> None:
    """Once the work has ended the home page is silent, and the record says from when until when it held."""
    pages = built(site, "19T01:00", tmp_path / "out", tmp_path / "cache")
    assert "overrun" not in [name for name, _, _ in fired(pages["index.html"])]
    assert ("overrun", False, "2026年6月18日（木）21:45 に顕在化、23:20 に解消") in fired(pages[INCIDENT])


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["public", "a-sha"])
def test_nobody_else_sees_a_risk(site: Path, tmp_path: Path, audience: str) -> None:
    """Not a word of risks.yaml stands in the site of the public or of a client."""
    pages = built(site, "18T22:55", tmp_path / "out", tmp_path / "cache", audience)
    for path, data in pages.items():
        for word in ("nr-fired__risk", "予定を超えた", "Start the rollback", "slot-threatened"):
            assert word.encode() not in data or path == "assets/noroshi.css", path


@pytest.mark.slow
def test_a_page_changes_when_a_risk_fires(site: Path, tmp_path: Path) -> None:
    """Built again with what the builds before remember, at each minute the pages are those of a build from nothing."""
    # At 22:17 nothing but the risk changes: the word that was due at 22:07 is late by the risk's ten minutes.
    before = built(site, "18T22:16", tmp_path / "out", tmp_path / "cache")
    after = built(site, "18T22:17", tmp_path / "out", tmp_path / "cache")
    fresh = built(site, "18T22:17", tmp_path / "fresh", tmp_path / "another-cache")
    assert [name for name, _, _ in fired(before[INCIDENT])] == ["overrun", "slot-threatened"]
    assert [name for name, _, _ in fired(after[INCIDENT])] == ["overrun", "slot-threatened", "report-overdue"]
    assert after == fresh
