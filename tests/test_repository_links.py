"""Links from a record's page to its file: for the house to add a report, for readers where its owner lets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import noroshi

NOW = "2026-11-22T22:05+09:00"
RECORD = """\
title: ウェブサイトを開けません
components: {www: major_outage}
reports:
  - {kind: start, at: 2026-11-22T21:52+09:00, text: 原因を調査しています。}
"""
PLACE = "content/incidents/2026/2026-11-22-www-down.yaml"
EDIT = f'<a href="https://github.com/example/status/edit/main/{PLACE}">'
HISTORY = '<a href="https://github.com/example/status/commits/main/{}">'
FORM = (
    '<a href="https://github.com/example/status/issues/new?template=noroshi-report.yml&amp;record=2026-11-22-www-down">'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new site with one record."""
    root = tmp_path / "status"
    noroshi("init", root, "--now", "2026-11-22T12:00+09:00")
    (root / PLACE).parent.mkdir()
    (root / PLACE).write_text(RECORD, "utf-8")
    return root


def page(root: Path, repository: str, audience: str, language: str = "", place: str = "site") -> str:
    """The record's page in an edition."""
    settings = root / "content/site.yaml"
    kept = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("repository")]
    settings.write_text("\n".join([*kept, repository, ""]), "utf-8")
    out = root.parent / f"{place}-{audience}"
    # The cache is shared: what a page shows must follow from the settings, and not from the run before.
    ran = noroshi(
        *("build", "--site", root, "--audience", audience, "--out", out, "--cache", root.parent / "cache"),
        *("--now", NOW, "--jobs", "1", "--url", "https://status.example.com/"),
    )
    assert ran.code == 0, ran.err
    return (out / language / "incidents/2026-11-22-www-down/index.html").read_text("utf-8")


@pytest.mark.slow
def test_readers_see_the_history_only_where_its_owner_lets_them(root: Path) -> None:
    """The file holds internal fields: no public page leads to it until site.yaml says so, and none to its editor."""
    hidden = page(root, "repository: {url: https://github.com/example/status}", "public")
    assert "github.com/example" not in hidden
    assert PLACE not in hidden
    let = "repository: {url: https://github.com/example/status, show_history: true}"
    shown = page(root, let, "public")
    assert HISTORY.format(PLACE) in shown
    assert "このファイルの変更履歴" in shown
    assert "/edit/" not in shown
    assert "issues/new" not in shown
    assert "History of this file" in page(root, let, "public", "en")
    # A record's address stays when its file moves, and the link follows.
    moved = "content/incidents/old/2026-11-22-www-down.yaml"
    (root / moved).parent.mkdir()
    (root / PLACE).rename(root / moved)
    assert HISTORY.format(moved) in page(root, let, "public")
    assert moved not in page(root, "", "public")


@pytest.mark.slow
def test_the_house_adds_a_report_from_the_page(root: Path) -> None:
    """In the internal edition the web editor and the form are one tap away, whatever readers may see."""
    inside = page(root, "repository: {url: https://github.com/example/status}", "internal")
    assert EDIT in inside
    assert FORM in inside
    assert "編集して報告を追記" in inside
    assert "commits/main" not in inside
    moved = "content/incidents/2026/a/2026-11-22-www-down.yaml"
    (root / moved).parent.mkdir()
    (root / PLACE).rename(root / moved)
    assert moved in page(root, "repository: {url: https://github.com/example/status}", "internal")
    (root / moved).rename(root / PLACE)
    assert "Edit it to add a report" in page(
        root, "repository: {url: https://github.com/example/status}", "internal", "en"
    )
    gitlab = page(root, "repository: {url: https://gitlab.com/example/status, branch: live}", "internal")
    assert f"https://gitlab.com/example/status/-/edit/live/{PLACE}" in gitlab
    assert "issues/new" not in gitlab
    unknown = page(root, "repository: {url: https://git.example.com/status}", "internal")
    assert "git.example.com" not in unknown
