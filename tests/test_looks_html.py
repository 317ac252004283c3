"""The Nu HTML checker on every kind of page of every site, on the badges and on the style: no error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from looked_at import LANGUAGES, STANDINGS, Looked
from outside_programs import check_html

pytestmark = pytest.mark.slow
IGNORED: dict[tuple[str, str], str] = {
    ("Inline script violates Content Security Policy", 'type="application/json"'): "a block of data is never run",
    # It reckons the hash of a part of a longer one; browsers obey this policy in tests/test_outside_host.py.
    ("Inline style violates Content Security Policy", "<style>:root"): "the page for frames names its style's hash",
}
"""What is no fault of the pages, by the message's first words and a part of what it is about, and why."""


def faults_of(said: dict[str, Any]) -> list[str]:
    """What the checker finds wrong or warns of, less what is to be ignored."""
    told = []
    for message in said["messages"]:
        words, extract = message["message"], message.get("extract", "")
        if not any(words.startswith(first) and part in extract for first, part in IGNORED):
            told.append(f"{message.get('url', '')}:{message.get('lastLine')}: {words} [{extract[:160]!r}]")
    return told


def test_every_page_is_sound_html(looked: Callable[[str], Looked]) -> None:
    """All kinds of pages in both languages, the page for frames and Material's own pages too; all in one run."""
    addresses = []
    for name in STANDINGS:
        site = looked(name)
        for page in site.pages():
            addresses += [site.address + page.at(language) for language in LANGUAGES]
        addresses += [f"{site.address}embed/", f"{site.address}en/embed/"]
    assert len(addresses) > 5 * 2 * 10
    faults = faults_of(check_html(*addresses))
    assert not faults, "\n".join(faults)


def test_badges_and_style_are_sound(looked: Callable[[str], Looked]) -> None:
    """Every badge as SVG and the stylesheet as CSS."""
    site = looked("night")
    badges = sorted(map(str, site.folder.rglob("badges/*.svg")))
    styles = sorted(map(str, site.folder.rglob("noroshi*.css")))
    assert len(badges) > 1
    assert styles
    faults = faults_of(check_html("--svg", *badges))
    faults += faults_of(check_html("--css", *styles))
    assert not faults, "\n".join(faults)


def test_the_checker_finds_what_is_unsound(tmp_path: Path) -> None:
    """A page with an element in a wrong place, a wrong attribute and the same name twice."""
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>x</title><p id="a"><ul><div id="a"></div></ul><b datetime="now">x</b>',
        "utf-8",
    )
    said = " ".join(faults_of(check_html(str(page))))
    assert "Duplicate ID" in said
    assert "not allowed as child" in said
    assert "Attribute “datetime” not allowed" in said
