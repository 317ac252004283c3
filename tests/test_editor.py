"""In an editor: what yaml-language-server, with which most of them know YAML, makes of a site and its schemas."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from command_line import noroshi
from yaml_language_server import Editor, editor

pytestmark = pytest.mark.slow
NUMBERS = count()
MODELINE = "# yaml-language-server: $schema=../../.schema/incident.schema.json\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, as init copies it."""
    root = tmp_path_factory.mktemp("editor") / "status"
    assert noroshi("init", "--example", root).code == 0
    return root


@pytest.fixture(scope="module")
def desk(site: Path) -> Iterator[Editor]:
    """An editor on it."""
    with editor(site) as opened:
        yield opened


@pytest.fixture
def typed(desk: Editor, site: Path) -> Iterator[list[str]]:
    """Names of files that a test has opened."""
    names: list[str] = []
    yield names
    for name in names:
        desk.close(name)


def incident(desk: Editor, site: Path, typed: list[str], text: str) -> str:
    """A new incident that somebody is typing."""
    # Never the same name twice: what is told of a file that was closed would be taken for the new one's.
    name = desk.open(site / f"content/incidents/2026/2026-11-22-new-{next(NUMBERS)}.yaml", MODELINE + text)
    typed.append(name)
    return name


def test_no_file_of_the_example_is_underlined(desk: Editor, site: Path, typed: list[str]) -> None:
    """The first line of each leads to its schema, and the server flags none of them."""
    places = [place for place in sorted((site / "content").rglob("*.yaml")) if ".schema" not in place.parts]
    assert len(places) > 10
    for place in places:
        name = desk.open(place, place.read_text("utf-8"))
        typed.append(name)
        assert (place.name, desk.flaws(name)) == (place.name, [])


def test_a_key_says_what_it_means_in_both_languages(desk: Editor, site: Path, typed: list[str]) -> None:
    """Over a key stands its meaning, Japanese above English: of a record and, deeper, of a report."""
    name = incident(
        desk, site, typed, "title: x\nreports:\n  - kind: start\n    at: 2026-11-22T21:52+09:00\n    text: y\n"
    )
    title = desk.hover(name, 1, 2)
    assert title.index("何が起きているかを短く。") < title.index("What is wrong, in a few words.")
    at = desk.hover(name, 4, 5)
    assert "述べた時刻。" in at
    assert "When it was said." in at


def test_keys_are_proposed(desk: Editor, site: Path, typed: list[str]) -> None:
    """Where a key may stand, all that are not there yet are proposed, each with its meaning in both languages."""
    name = incident(desk, site, typed, "title: x\ns\n")
    proposed = desk.complete(name, 2, 1)
    assert {"severity", "started_at"} <= set(proposed)
    assert "title" not in proposed
    assert "深刻度" in proposed["severity"]
    assert "How bad it is" in proposed["severity"]
    name = incident(desk, site, typed, "title: x\nreports:\n  - kind: interim\n    \n")
    assert {"recovered_at", "next_report", "text"} <= set(desk.complete(name, 4, 4))


def test_values_are_proposed(desk: Editor, site: Path, typed: list[str]) -> None:
    """A choice proposes its words, and says beside each what pages call it."""
    name = incident(desk, site, typed, "title: x\nseverity: \n")
    proposed = desk.complete(name, 2, 10)
    assert set(proposed) == {"none", "minor", "major", "critical"}
    assert "重大 / Major" in proposed["major"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: x\nseverity: high\n", 2, "critical"),
        ("title: x\nseverty: major\n", 2, "severty"),
        ("title: x\nstarted_at: 21:40\n", 2, "pattern"),
        ("severity: major\n", 1, "title"),
    ],
)
def test_a_slip_is_underlined(desk: Editor, site: Path, typed: list[str], text: str, line: int, words: str) -> None:
    """While somebody types: the line is named, and what is wrong with it."""
    flaws = desk.flaws(incident(desk, site, typed, text))
    assert flaws, "nothing is underlined"
    assert any(flaw.startswith(f"{line}: ") and words in flaw for flaw in flaws), flaws


def test_a_site_elsewhere_finds_its_schemas_too(tmp_path: Path, site: Path) -> None:
    """The first lines are relative: a moved site asks nobody on the network for a schema."""
    shutil.copytree(site, tmp_path / "moved 移動")
    with editor(tmp_path / "moved 移動") as opened:
        place = tmp_path / "moved 移動/content/policy.yaml"
        name = opened.open(place, place.read_text("utf-8") + "- {from: soon}\n")
        assert len(opened.flaws(name)) == 1
