"""Conflicts and threats where people meet them: in ``check`` of one file, on pages, in ``show``, after a rebuild."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from command_line import noroshi
from noroshi.pipeline.reading import neighbours
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience
from page_bodies import load_site

NOW = "2026-06-17T21:30+09:00"
WORK = "content/maintenance/2026/update.yaml"
RELEASE = "content/commitments/2026/release.yaml"
OUTAGE = "content/incidents/2026/outage.yaml"
AGREEMENT = "agreements: [{client: a-sha, by: production, at: 2026-06-16T10:00+09:00}]\n"
FILES = {
    "mkdocs.yml": "site_name: Status\ndocs_dir: content/pages\ntheme: {name: material, font: false}\n",
    "content/pages/about.md": "# About\n",
    "content/site.yaml": "format: 1\nid: {tag: status.example.com, since: 2026-04-01}\nname: Status\n"
    "url: https://status.example.com/\ntimezone: Asia/Tokyo\nlanguages: [ja, en]\n",
    "content/components.yaml": "- {id: db, name: Database}\n- {id: web, name: Website, depends_on: [db]}\n"
    "- {id: vpn, name: VPN}\n",
    "content/clients.yaml": "- {id: a-sha, name: Hidden House}\n- {id: b-sha, name: Other House}\n",
    "content/policy.yaml": "- {from: 2026-04-01, major: {first: 30m}}\n",
    RELEASE: "title: Secret release\nclient: a-sha\nfrom: 2026-06-19T10:00+09:00\nuntil: 2026-06-19T12:00+09:00\n"
    "needs: [web]\nkeep_clear: {before: 24h, after: 2h}\n",
    WORK: "title: Database update\ncomponents: {db: under_maintenance}\n"
    "window: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T21:30+09:00}\n"
    "reports:\n  - {kind: notice, at: 2026-06-11T10:00+09:00, text: We update the database.}\n",
    OUTAGE: "title: Database down\nseverity: major\ncomponents: {db: major_outage}\n"
    "reports:\n  - {kind: start, at: 2026-06-17T21:00+09:00, text: The database is down.}\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a commitment, planned work that meets it, and an incident that threatens it."""
    for path, text in FILES.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return tmp_path


def append(site: Path, path: str, text: str) -> None:
    place = site / path
    place.write_text(place.read_text("utf-8") + text, "utf-8")


def told(site: Path, *files: str, now: str = NOW) -> list[tuple[str, str]]:
    """Where ``check`` tells of conflicts and threats."""
    ran = noroshi("check", *(site / file for file in files), "--site", site, "--now", now)
    return re.findall(r"^(\S+:\d+):\d+: \[(slot-[a-z]+)\]", ran.out, re.MULTILINE)


CONFLICT, THREAT = (f"{WORK}:3", "slot-conflict"), (f"{OUTAGE}:5", "slot-threatened")


def test_a_whole_check_tells_each_where_it_can_be_mended(site: Path) -> None:
    """A conflict stands at the work's window, a threat where the incident says when it will be back."""
    assert told(site) == [THREAT, CONFLICT]
    ran = noroshi("check", "--site", site, "--now", NOW)
    assert ran.code == 1
    assert RELEASE in ran.out
    assert "from 2026-06-18T21:00+09:00 until 2026-06-18T21:30+09:00" in ran.out
    assert "web, which depends on db" in ran.out


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([WORK], [CONFLICT]),
        ([OUTAGE], [THREAT]),
        ([RELEASE], [(f"{RELEASE}:3", "slot-conflict"), (f"{RELEASE}:3", "slot-threatened")]),
        ([WORK, RELEASE], [(f"{RELEASE}:3", "slot-threatened"), CONFLICT]),
    ],
)
def test_one_file_is_held_against_the_others(site: Path, files: list[str], expected: list[tuple[str, str]]) -> None:
    """Who checks only the file at hand is told the same, in that file, whichever of the two it is."""
    assert told(site, *files) == expected


def test_the_agreement_that_the_message_names_settles(site: Path) -> None:
    """What stands between the quotes can be pasted into the file, with the blanks filled in."""
    ran = noroshi("check", site / WORK, "--site", site, "--now", NOW)
    line = re.search(r"add '(agreements: .*?)' once", ran.out)
    assert line is not None
    filled = line[1].replace("…", "production", 1).replace("…", "2026-06-16T10:00+09:00", 1)
    append(site, WORK, filled + "\n")
    assert told(site, WORK) == []
    assert noroshi("check", site / WORK, "--site", site, "--now", NOW).code == 0


def test_one_file_is_checked_without_reading_what_cannot_matter(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large log only those records are read that name a component in question."""
    for n in range(5):
        text = FILES[RELEASE].replace("[web]", "[vpn]")
        (site / f"content/commitments/2026/other-{n}.yaml").write_text(text, "utf-8")
        (site / f"content/incidents/2026/other-{n}.yaml").write_text(FILES[OUTAGE], "utf-8")
    read: list[str] = []
    real = neighbours.read_record

    def counted(source: object, *rest: object) -> object:
        read.append(source.path)
        return real(source, *rest)

    monkeypatch.setattr(neighbours, "read_record", counted)
    assert told(site, WORK) == [CONFLICT]
    assert read == [RELEASE]


def test_escapes_hide_no_component(site: Path) -> None:
    """A name that is spelled with an escape is found all the same."""
    (site / RELEASE).write_text(FILES[RELEASE].replace("[web]", '["we\\u0062"]'), "utf-8")
    assert told(site, WORK) == [CONFLICT]


def test_work_beside_a_commitment_that_is_added_later(site: Path) -> None:
    """Whoever enters a commitment on a day of planned work learns of it before anything is published."""
    new = "content/commitments/2026/new.yaml"
    (site / new).write_text(FILES[RELEASE].replace("06-19T1", "06-18T2"), "utf-8")
    assert (f"{new}:3", "slot-conflict") in told(site, new)


def body(site: Path, matter: str, language: str = "ja", audience: Audience = PUBLIC, now: str = NOW) -> str:
    return load_site(site, datetime.fromisoformat(now), audience).matter(matter, language)


WORDS = {
    "ja": ("お客様にお約束した時間帯に重なっています。関係するお客様の合意を確認中です", "関係するお客様と合意済み"),
    "en": ("Falls into a time promised to a client; agreement is awaited", "Agreed with the clients concerned"),
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_say_how_it_stands_and_name_nobody(site: Path, language: str) -> None:
    """The work's page and the home page say that agreement is awaited, and then that it was given."""
    awaited, agreed = WORDS[language]
    for words, more in ((awaited, ""), (agreed, AGREEMENT)):
        append(site, WORK, more)
        pages = load_site(site, datetime.fromisoformat(NOW)).pages()
        told = [name for name, text in pages.items() if words in text]
        root = "" if language == "ja" else "en/"
        assert told == [f"{root}index.html", f"{root}maintenance/update/index.html"]
        assert not any("Hidden House" in text or "Secret release" in text for text in pages.values())


def test_the_house_and_the_client_are_led_to_the_commitment(site: Path) -> None:
    """Those who may know of the commitment find it linked on the work's page; the other client does not."""
    link = 'href="../../commitments/release/">'
    assert link in body(site, "update", audience=INTERNAL)
    assert link in body(site, "update", audience=Audience(word="a-sha"))
    assert link not in body(site, "update", audience=Audience(word="b-sha"))
    assert WORDS["ja"][0] in body(site, "update", audience=Audience(word="b-sha"))


def test_an_emergency_says_so(site: Path) -> None:
    """Work that cannot wait says that it falls into a promised time, and why it cannot wait."""
    append(site, WORK, "emergency: {reason: A hole in the database, approved_by: head}\n")
    page = body(site, "update", "en")
    assert "Falls into a time promised to a client, and cannot wait" in page
    assert "A hole in the database" in page


def test_what_is_over_without_agreement_owns_up(site: Path) -> None:
    """A page does not go on waiting for consent to work that is done."""
    append(
        site,
        WORK,
        "  - {kind: start, at: 2026-06-18T21:00+09:00, text: Begun.}\n"
        "  - {kind: completion, at: 2026-06-18T21:30+09:00, ended_at: 2026-06-18T21:25+09:00, text: Done.}\n",
    )
    page = body(site, "update", "en", now="2026-06-18T22:00+09:00")
    assert "Fell into a time promised to a client, without agreement" in page


STARTED = "  - {kind: start, at: 2026-06-18T21:00+09:00, text: Begun.}\n"
COMPLETED = "  - {kind: completion, at: 2026-06-18T22:10+09:00, ended_at: 2026-06-18T22:00+09:00, text: Done.}\n"


@pytest.mark.parametrize(
    ("now", "ja", "en", "code"),
    [
        ("21:30", "関係するお客様と合意済み", "Agreed with the clients concerned", 0),
        ("21:45", "合意いただいた時間を過ぎています", "The time agreed with the clients concerned has passed", 1),
        (
            "22:20",
            "予定の時間について、関係するお客様と合意済み",
            "Agreed with the clients concerned for the planned time",
            0,
        ),
    ],
)
def test_work_that_runs_past_the_time_agreed_says_so(site: Path, now: str, ja: str, en: str, code: int) -> None:
    """Pages, ``show`` and ``check`` say it while it lasts; once it is over nothing is asked any more."""
    clock = f"2026-06-18T{now}+09:00"
    reports = STARTED + (COMPLETED if now == "22:20" else "")
    (site / WORK).write_text(FILES[WORK].replace("reports:", f"{AGREEMENT}reports:") + reports, "utf-8")
    for language, words in (("ja", ja), ("en", en)):
        fact = f">{words}<"
        assert fact in body(site, "update", language, now=clock).replace("\n", "")
        home = load_site(site, datetime.fromisoformat(clock)).pages()[
            "index.html" if language == "ja" else "en/index.html"
        ]
        assert (words in home) is (now != "22:20")
        assert words in noroshi("show", "update", "--site", site, "--now", clock, "--language", language).out
    ran = noroshi("check", site / WORK, "--site", site, "--now", clock)
    assert ran.code == code
    if code:
        assert "past its window, from 2026-06-18T21:30+09:00 until 2026-06-18T21:45+09:00" in ran.out
        append_agreement = "agreements:\n  - {client: a-sha, by: production, at: 2026-06-18T21:40+09:00}\n"
        (site / WORK).write_text((site / WORK).read_text("utf-8").replace(AGREEMENT, append_agreement), "utf-8")
        assert noroshi("check", site / WORK, "--site", site, "--now", clock).code == 0


def test_show_says_how_it_stands(site: Path) -> None:
    """The text that people paste says it too, though only this record and those it may meet are read."""
    ran = noroshi("show", "update", "--site", site, "--now", NOW, "--language", "en")
    assert "Falls into a time promised to a client; agreement is awaited" in ran.out


@pytest.mark.slow
def test_a_rebuild_follows_the_other_file(site: Path, tmp_path: Path) -> None:
    """The work's page changes with the commitment's file, though its own has not changed, and changes back."""
    out, page = tmp_path / "out", tmp_path / "out/maintenance/update/index.html"

    def built() -> str:
        ran = noroshi("build", "--site", site, "--out", out, "--cache", tmp_path / "cache", "--now", NOW)
        assert ran.code == 0, ran.err
        return page.read_text("utf-8")

    release = (site / RELEASE).read_text("utf-8")
    assert WORDS["ja"][0] in built()
    (site / RELEASE).write_text(release.replace("06-19", "06-25"), "utf-8")
    assert WORDS["ja"][0] not in built()
    (site / RELEASE).write_text(release, "utf-8")
    assert WORDS["ja"][0] in built()


@pytest.mark.slow
def test_a_build_of_the_past_knows_no_later_consent(site: Path, tmp_path: Path) -> None:
    """As of a time before consent it is lacking, also where a build of today has remembered the work with it."""
    recorded = "agreements: [{client: a-sha, by: production, at: 2026-06-20T10:00+09:00}]\n"
    (site / WORK).write_text(FILES[WORK].replace("reports:", f"{recorded}reports:") + STARTED + COMPLETED, "utf-8")
    out, page = tmp_path / "out", tmp_path / "out/en/maintenance/update/index.html"
    lacking, agreed = "Fell into a time promised to a client, without agreement", "Agreed with the clients concerned"
    for as_of, words in (("20T09:59", lacking), ("20T10:00", agreed), (None, agreed), ("20T09:59", lacking)):
        clock = ["--now", "2026-06-25T10:00+09:00"] if as_of is None else ["--as-of", f"2026-06-{as_of}+09:00"]
        ran = noroshi("build", "--site", site, "--out", out, "--cache", tmp_path / "cache", *clock)
        assert ran.code == 0, ran.err
        assert words in page.read_text("utf-8"), as_of
