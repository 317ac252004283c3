"""The manual's page on the import says what the importer does: its tables are held against the code's own."""

from __future__ import annotations

import re
from pathlib import Path

from noroshi.importers.anomalies import RULES
from noroshi.importers.cstate_entry import SEVERITIES
from noroshi.importers.html_tags import KNOWN, TABLE_PARTS, UNSEEN

MANUAL = (Path(__file__).parents[1] / "docs" / "import-cstate.md").read_text("utf-8")


def _rows(heading: str) -> list[tuple[str, str]]:
    section = MANUAL.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [(cells[0], cells[1]) for line in section.splitlines() if (cells := re.findall(r"(?<=\| ).*?(?= \|)", line))]


def test_every_rule_is_in_the_manual_in_its_own_words() -> None:
    """Each kind of finding, whether readers are told of it, and what it means."""
    expected = [(f"`{name}`{' †' if rule.said else ''}", rule.what) for name, rule in RULES.items()]
    assert _rows("What is reported")[2:] == expected


def test_every_tag_is_in_the_manual() -> None:
    """The tags of the table are those that the importer knows."""
    named = {tag for cell, _ in _rows("Text") for tag in re.findall(r"`([a-z0-9]+)`", cell)}
    assert named == (KNOWN | UNSEEN) - TABLE_PARTS


def test_the_severities_are_those_of_the_manual() -> None:
    """cState's three words map as the table says."""
    for word, (severity, level) in SEVERITIES.items():
        assert f"| `severity: {word}` | incident: `severity: {severity}`, its components `{level}` |" in MANUAL


def test_rules_are_spoken_in_both_languages() -> None:
    """What a record tells its readers exists in Japanese and English, with the same places for values."""
    for name, rule in RULES.items():
        if rule.said is not None:
            assert set(rule.said) == {"ja", "en"}, name
            assert len({tuple(sorted(re.findall(r"\{\w*\}", words))) for words in rule.said.values()}) == 1, name
