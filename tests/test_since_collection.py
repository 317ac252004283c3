"""`check --since` sees what is wrong with the content as a whole, and what git keeps and nobody can compare."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import Ran, noroshi
from git_histories import ENVIRONMENT, History, begin, git
from noroshi.repository import running

BASE = Path(__file__).parent / "faults" / "_site"
PATH = "content/incidents/2026/outage.yaml"
NOW = "2026-11-22T12:00+09:00"
OPENING = "title: 公開サイトの停止\nseverity: major\nreports:\n"
FIRST = "  - {kind: start, at: 2026-06-18T21:52+09:00, text: 公開サイトが停止しました。}\n"


@pytest.fixture(autouse=True)
def _git_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A site with one report, committed."""
    top = tmp_path / "status"
    shutil.copytree(BASE, top / "content")
    write(top)
    made = begin(top)
    made.commit()
    return made


def write(site: Path, path: str = PATH, words: str = OPENING + FIRST) -> None:
    place = site / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(words, "utf-8")


def check(site: Path, revision: str = "HEAD", *more: object) -> Ran:
    return noroshi("check", "--site", site, "--now", NOW, "--since", revision, *more)


def assert_unverified(site: Path, revision: str, *words: str) -> None:
    ran = check(site, revision)
    assert (ran.code, ran.out) == (5, ""), ran
    for word in words:
        assert word in ran.err


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("content/incidents/2025/outage.yaml", "duplicate-id"),
        ("content/incidents/2027/outage.yaml", "duplicate-id"),
        ("content/incidents/2025/Outage.yaml", "id"),
        ("content/incidents/2026/Foo.yml", "stray-file"),
        ("content/pages.txt", "stray-file"),
    ],
)
def test_a_new_file_that_stops_the_build_stops_the_check(history: History, path: str, rule: str) -> None:
    """What is wrong with all files together is told, though it names a file that is as it was, or no record."""
    write(history.site, path)
    alone = noroshi("check", "--site", history.site, "--now", NOW)
    ran = check(history.site)
    assert (alone.code, ran.code) == (1, 1), ran
    assert f"[{rule}" in ran.out or f"{rule}]" in ran.out
    assert ran.out == alone.out
    history.commit()
    assert check(history.site).code == 1


def test_files_that_are_named_tell_of_themselves_alone(history: History) -> None:
    """Without --since, a file that is named is asked for itself, and not for what is stray beside it."""
    write(history.site, "content/incidents/2026/Foo.yml")
    assert noroshi("check", "--site", history.site, "--now", NOW, history.site / PATH).code == 0


def test_a_link_out_of_the_content_is_told(history: History) -> None:
    """A new link out of the content stops the check as it stops the build."""
    (history.site / "content/incidents/2026/passwords.yaml").symlink_to("/etc/passwd")
    ran = check(history.site)
    assert (ran.code, "passwords.yaml:1:1: [symlink]" in ran.out) == (1, True), ran


def linked_away(history: History, tmp_path: Path) -> Path:
    folder = history.site / "content/incidents"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    return folder


def test_a_linked_folder_of_records_is_told_as_a_link(history: History, tmp_path: Path) -> None:
    """A folder of records that is a link is named as one, beside what is gone with it."""
    linked_away(history, tmp_path)
    ran = check(history.site)
    assert ran.code == 1
    assert "content/incidents:1:1: [symlink]" in ran.out
    assert "[removed-record]" in ran.out


def test_who_takes_a_lost_link_away_is_told_how(history: History, tmp_path: Path) -> None:
    """Where a link hid what was published, the commit before is named; against that all can be compared."""
    published = git(history.top, "rev-parse", "HEAD")
    folder = linked_away(history, tmp_path)
    history.commit("A link")
    history.commit("Later")
    folder.unlink()
    (tmp_path / "elsewhere").rename(folder)
    history.commit("A folder again")
    assert_unverified(
        history.site, "HEAD~1", "content/incidents was a symbolic link", f"the commit before: --since {published[:12]}"
    )
    assert check(history.site, published[:12]).code == 0
    write(history.site, words=OPENING + FIRST.replace("停止しました", "停止していました"))
    assert check(history.site, published[:12]).code == 1


def test_a_record_in_place_of_a_lost_link_is_told_how(history: History) -> None:
    """So with a record that became a link out of the content, or to a page that is gone."""
    published = git(history.top, "rev-parse", "HEAD")
    for target in ("/etc/passwd", "../../pages/gone.yaml"):
        (history.site / PATH).unlink()
        (history.site / PATH).symlink_to(target)
        history.commit("A link")
        (history.site / PATH).unlink()
        write(history.site)
        assert_unverified(history.site, "HEAD", f"{PATH} was a symbolic link", f"--since {published[:12]}")
        assert check(history.site, published).code == 0
        published = history.commit("A file again")


def test_a_lost_link_that_hid_nothing_stops_nobody(history: History) -> None:
    """At a place where nothing else ever was, a link out of the content was never published."""
    link = history.site / "content/incidents/2026/passwords.yaml"
    link.symlink_to("/etc/passwd")
    (history.site / "content/pages").mkdir()
    page = history.site / "content/pages/lost.md"
    page.symlink_to("nowhere.md")
    history.commit("Links")
    assert check(history.site).code == 1
    link.unlink()
    page.unlink()
    assert check(history.site).code == 0
    assert check(history.site, "HEAD~1").code == 0


def add_submodule(history: History, tmp_path: Path) -> str:
    other = tmp_path / "other"
    other.mkdir()
    write(other, "record.yaml")
    begin(other).commit("x")
    named = "content/incidents/sub"
    allowed = ("-c", "protocol.file.allow=always")
    git(history.top, *allowed, "submodule", "--quiet", "add", str(other), named)
    return named


def test_a_new_submodule_is_an_error_at_once(history: History, tmp_path: Path) -> None:
    """A submodule below the content is told while it is only staged, and when it is committed; the words undo it."""
    published = git(history.top, "rev-parse", "HEAD")
    named = add_submodule(history, tmp_path)
    for _ in range(2):
        ran = check(history.site, published)
        assert (ran.code, f"{named}:1:1: [stray-file] 'sub' is a submodule" in ran.out) == (1, True), ran
        git(history.top, "commit", "--quiet", "--allow-empty", "-m", "A submodule")
    assert_unverified(history.site, "HEAD", f"{named} is a submodule", f"--since {published[:12]}")
    git(history.top, "rm", "--quiet", "--cached", named)
    git_file = history.top / named / ".git"
    git_file.unlink()
    git(history.top, "add", named)
    git(history.top, "commit", "--quiet", "-m", "Plain files")
    assert check(history.site, published).code == 0
    assert check(history.site).code == 0


def test_a_sparse_checkout_is_not_taken_for_removed_records(history: History) -> None:
    """What git left out on purpose is not gone; the words say how to bring it."""
    git(history.top, "sparse-checkout", "set", "--no-cone", "/*", "!/content/incidents")
    assert not (history.site / PATH).exists()
    assert_unverified(history.site, "HEAD", f"leaves out {PATH}", "git sparse-checkout disable")
    git(history.top, "sparse-checkout", "disable")
    assert check(history.site).code == 0


def test_a_clone_whose_other_repository_is_gone(history: History, tmp_path: Path) -> None:
    """Where commits lie in another repository that was moved, nobody is told that nothing was ever committed."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--shared", str(history.top), str(clone))
    assert check(clone).code == 0
    (history.top / ".git").rename(tmp_path / "moved")
    assert_unverified(clone, "HEAD", "some of the history is missing", "--shared")


def test_an_older_git_fetches_nothing_either(history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that knows no GIT_NO_LAZY_FETCH is kept from its remote, which is up, by having no protocol to use."""
    monkeypatch.delitem(running._SET, "GIT_NO_LAZY_FETCH")
    write(history.site, words=OPENING + FIRST + FIRST.replace("start", "interim").replace("21:52", "22:20"))
    history.commit()
    git(history.top, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{history.top}", str(clone))
    packs = sorted((clone / ".git/objects/pack").iterdir())
    assert_unverified(clone, "HEAD~1", "missing", "--filter")
    assert sorted((clone / ".git/objects/pack").iterdir()) == packs
