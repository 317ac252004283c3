"""`check --since` on real repositories in every state: what can be told is told, what cannot ends with exit code 5."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Ran, noroshi
from git_histories import ENVIRONMENT, History, begin, git
from noroshi.problems import CannotVerify

BASE = Path(__file__).parent / "faults" / "_site"
PATH = "content/incidents/2026/outage.yaml"
NOW = "2026-11-22T12:00+09:00"
OPENING = "title: 公開サイトの停止\nseverity: major\nreports:\n"
FIRST = "  - {kind: start, at: 2026-06-18T21:52+09:00, text: 公開サイトが停止しました。}\n"
LATE = "  - {kind: interim, at: 2026-06-18T22:00+09:00, text: 原因が分かりました。}\n"
SECOND = "  - {kind: interim, at: 2026-06-18T22:20+09:00, text: 復元を始めました。}\n"
REWRITTEN = FIRST.replace("停止しました", "停止していました")


@pytest.fixture(autouse=True)
def _git_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def write(site: Path, *reports: str, path: str = PATH) -> None:
    place = site / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(OPENING + "".join(reports), "utf-8")


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A site with one report, committed."""
    top = tmp_path / "status"
    shutil.copytree(BASE, top / "content")
    write(top, FIRST)
    made = begin(top)
    made.commit()
    return made


def check(site: Path, revision: str, *more: object) -> Ran:
    return noroshi("check", "--site", site, "--now", NOW, "--since", revision, *more)


def assert_unverified(site: Path, revision: str, *words: str) -> None:
    """It ends with 5 and says so with these words, and no problem is told as if it had been found out."""
    ran = check(site, revision)
    assert (ran.code, ran.out) == (5, ""), ran
    assert ran.err.startswith("error: cannot verify: ")
    for word in words:
        assert word in ran.err


def test_nothing_changed_is_fine(history: History) -> None:
    """Against the last commit nothing differs, so nothing is read, and all is held against it."""
    ran = check(history.site, "HEAD")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 records read, 1 record held against HEAD: fine\n")


def test_a_rewritten_report_is_1(history: History) -> None:
    """A rewritten report ends with 1 whether it was committed or not."""
    write(history.site, REWRITTEN)
    ran = check(history.site, "HEAD")
    assert ran.code == 1
    assert f"{PATH}:4:47: [rewritten-report] report 1 (start, 2026-06-18T21:52+09:00) of 'outage'" in ran.out
    history.commit()
    assert check(history.site, "HEAD").code == 0
    assert check(history.site, "HEAD~1").code == 1


def test_annotations_and_json(history: History) -> None:
    """--format github and json tell the same problem at the same line."""
    write(history.site, REWRITTEN)
    github = check(history.site, "HEAD", "--format", "github")
    assert github.out.startswith(f"::error file={PATH},line=4,")
    assert "rewritten-report" in github.out
    (told,) = json.loads(check(history.site, "HEAD", "--format", "json").out)
    assert (told["rule"], told["level"], told["line"]) == ("rewritten-report", "error", 4)


def test_an_edited_meaning_warns_and_fails_nothing(history: History) -> None:
    """A mended text with another time in it is a warning: exit code 0."""
    write(history.site, FIRST, SECOND.replace("復元", "22:10 に復元"))
    history.commit()
    write(history.site, FIRST, SECOND.replace("復元", "22:15 に復元").replace("}", "", 1).rstrip("\n") + MARK)
    ran = check(history.site, "HEAD")
    assert ran.code == 0, ran
    assert "[edited-meaning] warning" in ran.out
    assert "1 warning" in ran.err


MARK = ", edited: {at: 2026-06-18T22:25+09:00, note: 誤字}}\n"


def test_detached_head_is_fine(history: History) -> None:
    """Pipelines check out a commit and no branch: its past is known all the same."""
    write(history.site, FIRST, SECOND)
    history.commit()
    git(history.top, "checkout", "--quiet", "--detach")
    assert check(history.site, "HEAD~1").code == 0


def test_a_force_push_cannot_hide(history: History, tmp_path: Path) -> None:
    """Who had the published commit sees that it is not in the history any more."""
    write(history.site, FIRST, SECOND)
    published = history.commit()
    remote = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(history.top), str(remote))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(remote), str(clone))
    write(history.site, REWRITTEN, SECOND)
    git(history.top, "commit", "--quiet", "--all", "--amend", "-m", "Rewritten")
    git(history.top, "push", "--quiet", "--force", str(remote), "main")
    git(clone, "fetch", "--quiet")
    git(clone, "reset", "--quiet", "--hard", "origin/main")
    assert_unverified(clone, published, "not in the history", "rewritten", f"put {published[:12]} back")
    # A fresh clone never got the old commit.
    fresh = tmp_path / "fresh"
    git(tmp_path, "clone", "--quiet", f"file://{remote}", str(fresh))
    assert_unverified(fresh, published, "is no commit of this repository", "rewritten")


def test_a_rebased_branch_is_not_the_published_one(history: History) -> None:
    """After a rebase the published commit is another line of history, though the words are the same."""
    write(history.site, FIRST, SECOND)
    published = history.commit()
    base = git(history.top, "rev-parse", "HEAD~1")
    git(history.top, "checkout", "--quiet", base)
    (history.top / "README.md").write_text("x")
    history.commit("Below")
    git(history.top, "cherry-pick", published)
    assert_unverified(history.site, published, "not in the history", f"--since {base[:12]}")


def test_a_branch_that_lacks_what_was_published(history: History) -> None:
    """A branch behind is told to catch up; then it is verified."""
    git(history.top, "checkout", "--quiet", "-b", "report")
    (history.top / "README.md").write_text("x")
    history.commit("On the branch")
    git(history.top, "checkout", "--quiet", "main")
    write(history.site, FIRST, SECOND)
    history.commit("On main")
    git(history.top, "checkout", "--quiet", "report")
    assert_unverified(history.site, "main", "merge that or rebase onto it")
    git(history.top, "merge", "--quiet", "main", "-m", "Merge")
    assert check(history.site, "main").code == 0
    git(history.top, "checkout", "--quiet", "main~1")
    assert_unverified(history.site, "main", "is older than 'main'", "--ff-only")


def test_unrelated_history(history: History) -> None:
    """An orphan branch has nothing to do with what was published."""
    git(history.top, "checkout", "--quiet", "--orphan", "other")
    assert_unverified(history.site, "main", "nothing is committed here yet")
    history.commit("New")
    assert_unverified(history.site, "main", "share no history")


def test_a_shallow_clone(history: History, tmp_path: Path) -> None:
    """A shallow clone says how to fetch the rest, and after that it is verified."""
    write(history.site, FIRST, SECOND)
    history.commit()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{history.top}", str(clone))
    for revision in ("HEAD", "HEAD~1", "origin/main"):
        assert_unverified(clone, revision, "shallow clone", "fetch-depth: 0", "GIT_DEPTH: 0", "--unshallow")
    git(clone, "fetch", "--quiet", "--unshallow")
    assert check(clone, "HEAD~1").code == 0


def test_a_partial_clone(history: History, tmp_path: Path) -> None:
    """Where the former bytes were not fetched they are named as missing, and nothing is fetched in silence."""
    write(history.site, FIRST, SECOND)
    history.commit()
    git(history.top, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{history.top}", str(clone))
    assert_unverified(clone, "HEAD~1", "missing", "--filter")


def test_a_damaged_object(history: History) -> None:
    """A damaged object is no proof of anything, and it is said how git tells of it."""
    name = git(history.top, "rev-parse", f"HEAD:{PATH}")
    place = history.top / ".git" / "objects" / name[:2] / name[2:]
    place.chmod(0o644)
    place.write_bytes(b"damaged")
    write(history.site, FIRST, SECOND)
    assert_unverified(history.site, "HEAD", "some of the history is missing", "(git fsck tells of a damaged one)")


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("", "empty"),
        ("0" * 40, "pushed for the first time"),
        ("nowhere", "is no commit"),
        ("--all", "is no commit"),
        ("-h", "is no commit"),
        ("HEAD\nHEAD", "is no commit"),
        ("HEAD:content", "is no commit"),
        ("main..main", "is no commit"),
    ],
)
def test_what_is_no_revision(history: History, revision: str, words: str) -> None:
    """A name that is no commit is never taken for an option, a range or a file."""
    ran = noroshi("check", "--site", history.site, "--now", NOW, f"--since={revision}")
    assert ran.code == 5, ran
    assert words in ran.err


def in_conflict(history: History) -> None:
    git(history.top, "checkout", "--quiet", "-b", "other")
    write(history.site, FIRST, SECOND)
    history.commit("Other")
    git(history.top, "checkout", "--quiet", "main")
    write(history.site, FIRST, LATE)
    history.commit("Main")


def merging(history: History) -> None:
    in_conflict(history)
    git(history.top, "merge", "other", fine=False)


def rebasing(history: History) -> None:
    in_conflict(history)
    git(history.top, "rebase", "other", fine=False)


def picking(history: History) -> None:
    in_conflict(history)
    git(history.top, "cherry-pick", "other", fine=False)


def reverting(history: History) -> None:
    write(history.site, FIRST, LATE)
    history.commit("One")
    write(history.site, FIRST, LATE.replace("原因", "真因"), SECOND)
    history.commit("Two")
    git(history.top, "revert", "--no-edit", "HEAD~1", fine=False)


def bisecting(history: History) -> None:
    git(history.top, "bisect", "start")


@pytest.mark.parametrize(
    ("bring", "word"),
    [
        (merging, "a merge is under way"),
        (rebasing, "a rebase is under way"),
        (picking, "a cherry-pick is under way"),
        (reverting, "a revert is under way"),
        (bisecting, "a bisect is under way"),
    ],
)
def test_in_the_middle_of_something(history: History, bring: Callable[[History], None], word: str) -> None:
    """While git waits for somebody the files are in between."""
    bring(history)
    assert_unverified(history.site, "HEAD", word)


def test_a_report_that_a_merge_brings_in_late(history: History) -> None:
    """Put between published reports it takes a number; put at the end with a later time it is fine."""
    write(history.site, FIRST, SECOND)
    published = history.commit()
    write(history.site, FIRST, LATE, SECOND)
    history.commit("Merged late")
    ran = check(history.site, published)
    assert ran.code == 1
    assert "[report-renumbered] a new report (interim, 2026-06-18T22:00+09:00) of 'outage'" in ran.out
    write(history.site, FIRST, SECOND, LATE.replace("22:00", "22:40"))
    assert check(history.site, published).code == 0


def test_files_that_move(history: History) -> None:
    """Another year's folder is no other record; another name is, and a missing file is told."""
    place = history.site / PATH
    other = history.site / "content/incidents/2025/outage.yaml"
    other.parent.mkdir()
    place.rename(other)
    assert check(history.site, "HEAD").code == 0
    renamed = other.with_name("renamed.yaml")
    other.rename(renamed)
    ran = check(history.site, "HEAD")
    assert (ran.code, "[record-renamed]" in ran.out, "'renamed'" in ran.out) == (1, True, True)
    renamed.unlink()
    ran = check(history.site, "HEAD")
    assert (ran.code, "[removed-record]" in ran.out) == (1, True)


def test_clocks_do_not_matter(history: History) -> None:
    """Which commit is the past git knows by its history; what times commits and files bear is not asked."""
    write(history.site, FIRST, SECOND)
    history.commit("Before the epoch of anybody", when="1999-01-01T00:00:00Z")
    write(history.site, REWRITTEN, SECOND)
    history.commit("Far ahead", when="2037-01-01T00:00:00Z")
    assert check(history.site, "HEAD~1").code == 1
    write(history.site, FIRST, SECOND)
    assert check(history.site, "HEAD~1").code == 0


def test_a_file_is_read_whatever_its_time_says(history: History) -> None:
    """Equal size and time hide nothing, nor do marks that tell git not to look."""
    import os

    place = history.site / PATH
    status = place.stat()
    write(history.site, FIRST.replace("21:52", "21:53"))
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert place.stat().st_size == status.st_size
    git(history.top, "update-index", "--assume-unchanged", PATH)
    git(history.top, "update-index", "--skip-worktree", PATH)
    assert "[report-redated]" in check(history.site, "HEAD").out


def test_replaced_objects_are_not_believed(history: History) -> None:
    """`git replace` puts other words under an old name; what was committed counts."""
    published = history.commit("Published")
    write(history.site, REWRITTEN)
    forged = history.commit("Rewritten")
    git(history.top, "replace", published, forged)
    assert check(history.site, published).code == 1


def test_a_new_site_promised_nothing(tmp_path: Path) -> None:
    """A repository in which the site is newer than the revision has nothing to hold against it."""
    top = tmp_path / "status"
    top.mkdir()
    history = begin(top)
    (top / "README.md").write_text("x")
    before = history.commit("Before the site")
    shutil.copytree(BASE, top / "content")
    assert_unverified(top, before, "git does not track content/")
    history.commit("The site")
    assert check(top, before).code == 0


def test_a_site_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Paths are those of the site's folder; a site that lay elsewhere is not compared with nothing."""
    top = tmp_path / "repository"
    site = top / "status [1]"
    shutil.copytree(BASE, site / "content")
    write(site, FIRST)
    history = begin(top, site)
    history.commit()
    write(site, REWRITTEN)
    assert f"{PATH}:4:47: [rewritten-report]" in check(site, "HEAD").out
    write(site, FIRST)
    site.rename(top / "moved")
    history.commit("Moved")
    assert_unverified(top / "moved", "HEAD~1", "the site lay elsewhere (status [1]/content/site.yaml)")


def test_no_repository(tmp_path: Path) -> None:
    """A copy without .git has no history to ask."""
    shutil.copytree(BASE, tmp_path / "content")
    assert_unverified(tmp_path, "HEAD", "is in no git repository")


def test_no_git(history: History, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without git says so."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_unverified(history.site, "HEAD", "git is not installed")


def test_a_repository_of_somebody_else(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's distrust is told with the command that ends it."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert_unverified(history.site, "HEAD", "safe.directory")


def test_ignored_records(history: History) -> None:
    """A record that git is told to ignore would be published without a history."""
    (history.top / ".gitignore").write_text("content/incidents/2027/\n")
    history.commit()
    write(history.site, FIRST, path="content/incidents/2027/secret.yaml")
    assert_unverified(history.site, "HEAD", "git ignores content/incidents/2027/secret.yaml")


def test_content_that_lies_elsewhere(history: History, tmp_path: Path) -> None:
    """A linked or nested content folder is not what the site's history tells of."""
    (history.site / "content").rename(tmp_path / "elsewhere")
    (history.site / "content").symlink_to(tmp_path / "elsewhere")
    assert_unverified(history.site, "HEAD", "symbolic link")
    (history.site / "content").unlink()
    (tmp_path / "elsewhere").rename(history.site / "content")
    begin(history.site / "content")
    assert_unverified(history.site, "HEAD", "a git repository of its own")


def test_a_submodule_in_the_content(history: History, tmp_path: Path) -> None:
    """A submodule's files are in another repository."""
    other = tmp_path / "other"
    other.mkdir()
    begin(other).commit("x")
    git(
        history.top,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(other),
        "content/incidents/sub",
    )
    history.commit("Submodule")
    assert_unverified(history.site, "HEAD", "content/incidents/sub is a submodule")


def test_a_record_that_could_not_be_read(history: History) -> None:
    """What a broken file said is not known; where the same bytes still stand nothing was changed."""
    (history.site / PATH).write_text("title: [", "utf-8")
    history.commit("Broken")
    assert check(history.site, "HEAD").code == 0  # nothing differs
    moved = history.site / "content/incidents/2025/outage.yaml"
    moved.parent.mkdir()
    (history.site / PATH).rename(moved)
    ran = check(history.site, "HEAD")
    assert (ran.code, "rewritten" in ran.out) == (1, False)  # it is as broken as before
    write(history.site, FIRST)
    moved.unlink()
    assert_unverified(history.site, "HEAD", f"{PATH} cannot be read as it was then")


def test_another_first_language(history: History) -> None:
    """All texts without a language would be in another one."""
    place = history.site / "content/site.yaml"
    place.write_text(place.read_text("utf-8").replace("[ja, en]", "[en, ja]"), "utf-8")
    assert_unverified(history.site, "HEAD", "first language was 'ja'", "begin languages with ja")


def test_ordinary_rules_look_at_what_differs(history: History) -> None:
    """Other records are not checked again, unless settings differ: then all are."""
    write(history.site, FIRST.replace("kind: start", "kind: notice"), path="content/incidents/2026/old.yaml")
    history.commit("A record with a problem")
    write(history.site, FIRST, SECOND)
    ran = check(history.site, "HEAD")
    assert (ran.code, ran.err) == (0, "1 record read, 2 records held against HEAD: fine\n")
    write(history.site, FIRST, SECOND.replace("interim", "notice"))
    assert PATH in check(history.site, "HEAD").out
    place = history.site / "content/components.yaml"
    place.write_text(place.read_text("utf-8") + "- {id: mail, name: Mail}\n", "utf-8")
    ran = check(history.site, "HEAD")
    assert "content/incidents/2026/old.yaml:4:6: [report-kind]" in ran.out


def test_symbolic_links_within_the_content(history: History) -> None:
    """A record that is a link stands as what it leads to; a change there is a change of the record."""
    link = history.site / "content/incidents/2026/linked.yaml"
    target = history.site / "content/pages/linked.yaml"
    target.parent.mkdir()
    target.write_text(OPENING + FIRST, "utf-8")
    link.symlink_to("../../pages/linked.yaml")
    history.commit("A link")
    assert check(history.site, "HEAD").code == 0
    target.write_text(OPENING + REWRITTEN, "utf-8")
    assert "linked.yaml:4:47: [rewritten-report]" in check(history.site, "HEAD").out


def test_line_ends_of_another_system(history: History) -> None:
    """A checkout with CRLF says the same."""
    place = history.site / PATH
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    ran = check(history.site, "HEAD")
    assert (ran.code, ran.err) == (0, "0 records read, 1 record held against HEAD: fine\n")


def test_since_and_a_look_back_exclude_each_other(history: History) -> None:
    """--since is about what stands now."""
    ran = noroshi("check", "--site", history.site, "--as-of", NOW, "--since", "HEAD")
    assert ran.code == 2
    assert "--as-of" in ran.err


def test_the_core_raises_and_prints_nothing(tmp_path: Path) -> None:
    """Programs get the verdict as CannotVerify."""
    shutil.copytree(BASE, tmp_path / "content")
    with pytest.raises(CannotVerify):
        History(top=tmp_path, site=tmp_path).compare("HEAD")


@pytest.mark.parametrize("kind", ["tag", "branch"])
def test_a_name_that_means_two_things_is_refused(history: History, kind: str) -> None:
    """Git takes a tag before a branch, and a local one before a remote one: who can push one could hide a change."""
    git(history.top, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(history.site, REWRITTEN)
    history.commit()
    assert check(history.site, "origin/main").code == 1
    git(history.top, kind, "origin/main", "HEAD")
    assert_unverified(history.site, "origin/main", "may mean refs/", "refs/remotes/origin/main", "name one in full")
    assert_unverified(history.site, "origin/main~0", "may mean refs/")
    assert check(history.site, "refs/remotes/origin/main").code == 1


def test_a_tag_that_looks_like_a_commit_is_refused(history: History) -> None:
    """The first digits of a commit's name are no name for anything else."""
    first = git(history.top, "rev-parse", "HEAD")
    write(history.site, REWRITTEN)
    history.commit()
    assert check(history.site, first[:8]).code == 1
    git(history.top, "tag", first[:8], "HEAD")
    assert_unverified(history.site, first[:8], f"refs/tags/{first[:8]} or {first}")
    assert check(history.site, first).code == 1


def test_what_git_no_longer_keeps_is_refused(history: History) -> None:
    """Taken out of git and ignored, a record could be changed with nobody to tell of it later."""
    git(history.top, "rm", "-q", "--cached", PATH)
    (history.top / ".gitignore").write_text("incidents/\n", "utf-8")
    git(history.top, "add", ".gitignore")
    git(history.top, "commit", "-qm", "Away with it")
    assert_unverified(history.site, "HEAD~1", f"git no longer tracks {PATH}")


def test_the_names_of_reports_never_change(history: History) -> None:
    """They are made of id in site.yaml; with another one every feed would tell everything again."""
    place = history.site / "content/site.yaml"
    place.write_text(place.read_text("utf-8").replace("status.example.com,", "other.example.com,", 1), "utf-8")
    assert_unverified(history.site, "HEAD", "id in content/site.yaml is another one")


def test_a_revision_is_told_on_one_line(history: History) -> None:
    """What somebody else named cannot draw on a terminal."""
    assert_unverified(history.site, "x\ny\x1b[2J", "x\\ny\\x1b[2J")
