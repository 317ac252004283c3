"""One commit of what was written, and its push: on real repositories, with all that can go wrong told in words."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from command_line import Ran, noroshi
from form_payloads import event, filled
from git_histories import ENVIRONMENT, begin, git
from noroshi.repository.committing import commit_only, committable_branch, earlier_changes, report_subject
from noroshi.repository.git import Repository, find_repository
from noroshi.repository.pushing import PushError, push
from noroshi.repository.running import Ended, GitError, run_git


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one commit."""
    top = tmp_path / "status"
    top.mkdir()
    (top / "kept.yaml").write_text("title: x\n")
    begin(top).commit()
    return find_repository(top, ENVIRONMENT)


def hook(repository: Repository, name: str, script: str) -> None:
    place = repository.top / ".git" / "hooks" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


def test_only_the_named_files_are_committed(repository: Repository) -> None:
    """What else was staged stays staged; new files, odd names and a title like a comment go in as they are."""
    top = repository.top
    (top / "kept.yaml").write_text("title: y\n")
    (top / "staged.yaml").write_text("z")
    git(top, "add", "staged.yaml")
    name = "-障害 [1]*.yaml"
    (top / name).write_text("new")
    (top / "-障害 1x.yaml").write_text("what a pattern would match")
    made = commit_only(repository, ["kept.yaml", name], "outage: opened\n\n# 停止\n")
    assert git(top, "-c", "core.quotePath=false", "show", "--format=%H%n%B", "--name-only", "HEAD").split("\n") == [
        made,
        "outage: opened",
        "",
        "# 停止",
        "",
        "",
        name,
        "kept.yaml",
    ]
    assert git(top, "-c", "core.quotePath=false", "status", "--short").split("\n") == [
        "A  staged.yaml",
        '?? "-障害 1x.yaml"',
    ]


def test_nothing_to_commit(repository: Repository) -> None:
    """Files that are as git has them make no commit."""
    with pytest.raises(GitError, match="nothing to commit"):
        commit_only(repository, ["kept.yaml"], "x")


def test_a_hook_that_refuses(repository: Repository) -> None:
    """The hook's words are told, and everything is as before: the new file on disk, and not staged."""
    hook(repository, "pre-commit", "echo 'line 3: too long: 長い' >&2; printf 'and \\033[2Jthis\\n' >&2; exit 1")
    (repository.top / "new.yaml").write_text("new")
    before = git(repository.top, "rev-parse", "HEAD")
    with pytest.raises(GitError) as caught:
        commit_only(repository, ["new.yaml"], "x")
    assert str(caught.value) == (
        "git commit: a hook of this repository refused it (pre-commit)\n  line 3: too long: 長い\n  and \\x1b[2Jthis"
    )
    assert git(repository.top, "status", "--short") == "?? new.yaml"
    assert git(repository.top, "rev-parse", "HEAD") == before


def test_a_hook_that_is_there_is_not_blamed_for_git(repository: Repository) -> None:
    """Where git itself says what is wrong, that is told, though there is a hook."""
    hook(repository, "pre-commit", "exit 0")
    (repository.top / "kept.yaml").write_text("title: y\n")
    git(repository.top, "config", "commit.gpgSign", "perhaps")
    with pytest.raises(GitError, match="git commit failed: fatal: bad boolean config value 'perhaps'"):
        commit_only(repository, ["kept.yaml"], "x")
    git(repository.top, "config", "commit.gpgSign", "true")
    git(repository.top, "config", "gpg.program", "false")
    with pytest.raises(GitError, match="could not sign the commit"):
        commit_only(repository, ["kept.yaml"], "x")


def test_nobody_is_known(repository: Repository) -> None:
    """Without a name git is told how to get one."""
    nobody = {name: value for name, value in ENVIRONMENT.items() if not name.endswith(("_NAME", "_EMAIL"))}
    (repository.top / "kept.yaml").write_text("title: y\n")
    git(repository.top, "config", "user.useConfigOnly", "true")
    with pytest.raises(GitError, match="git does not know who you are: git config user"):
        commit_only(Repository(top=repository.top, environment=nobody), ["kept.yaml"], "x")


def test_another_git_at_work(repository: Repository) -> None:
    """A lock is told as what it is, with its place; nobody is told to run anything again."""
    lock = repository.top / ".git" / "index.lock"
    lock.touch()
    (repository.top / "kept.yaml").write_text("title: y\n")
    with pytest.raises(
        GitError, match="another git is at work here; wait for its end, or if none is, delete"
    ) as caught:
        commit_only(repository, ["kept.yaml"], "x")
    assert str(lock) in str(caught.value)
    assert "again" not in str(caught.value)


def test_a_commit_needs_a_branch(repository: Repository) -> None:
    """A detached HEAD, and the middle of something else, are told before anything is written; a new branch is fine."""
    assert committable_branch(repository) == "main"
    git(repository.top, "switch", "--quiet", "--orphan", "報告")
    assert committable_branch(repository) == "報告"
    git(repository.top, "switch", "--quiet", "main")
    git(repository.top, "checkout", "--quiet", "--detach")
    with pytest.raises(GitError, match=r"git switch BRANCH .*git switch -c NAME"):
        committable_branch(repository)
    git(repository.top, "switch", "--quiet", "main")
    (repository.top / ".git" / "MERGE_HEAD").write_text(git(repository.top, "rev-parse", "HEAD") + "\n")
    with pytest.raises(GitError, match="a merge waits for its end"):
        committable_branch(repository)


def test_what_was_changed_before_is_told(repository: Repository) -> None:
    """A commit of a file takes all of it: what was changed earlier, staged or not, and a file that was never held."""
    top = repository.top
    assert earlier_changes(repository, "kept.yaml") is None
    (top / "kept.yaml").write_text("title: y\nmore: z\n")
    git(top, "add", "kept.yaml")
    assert earlier_changes(repository, "kept.yaml") == "has changes that were not committed (lines: +2 -1)"
    git(top, "commit", "--quiet", "-m", "x")
    assert earlier_changes(repository, "kept.yaml") is None
    (top / "new [1].yaml").write_text("title: y\n")
    assert earlier_changes(repository, "new [1].yaml") == "was never committed"


def test_subjects_are_words_of_people() -> None:
    """A follow-up is called so, as in a sentence."""
    assert report_subject("db-down", "follow_up", 5) == "db-down: follow-up report 5"


def refused(repository: Repository) -> tuple[str, tuple[str, ...]]:
    """Why a push did not arrive, and what finishes the work."""
    with pytest.raises(PushError) as caught:
        push(repository)
    return str(caught.value), caught.value.finish


def change(repository: Repository, text: str) -> str:
    """A commit more."""
    (repository.top / "kept.yaml").write_text(text)
    return commit_only(repository, ["kept.yaml"], "x")


@pytest.fixture
def remote(repository: Repository, tmp_path: Path) -> Path:
    """Where the repository pushes to."""
    place = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(repository.top), str(place))
    git(repository.top, "remote", "add", "origin", str(place))
    return place


def test_push(repository: Repository, remote: Path) -> None:
    """A push goes where git's settings say; without them it is told how to say so, once."""
    assert refused(repository)[1] == ("push --set-upstream origin main",)
    git(repository.top, "push", "--quiet", "--set-upstream", "origin", "main")
    made = change(repository, "title: y\n")
    push(repository)
    assert git(remote, "rev-parse", "main") == made


def test_a_push_without_a_remote(repository: Repository) -> None:
    """There is nowhere to push to: how a remote is added, and the branch sent."""
    why, finish = refused(repository)
    assert "the repository has no remote" in why
    assert finish == ("remote add origin ADDRESS", "push --set-upstream origin main")


def test_a_remote_with_newer_commits(repository: Repository, remote: Path, tmp_path: Path) -> None:
    """Somebody pushed before: theirs is fetched first, and then ours goes."""
    git(repository.top, "push", "--quiet", "--set-upstream", "origin", "main")
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(remote), str(other))
    git(other, "commit", "--quiet", "--allow-empty", "-m", "first")
    git(other, "push", "--quiet")
    change(repository, "title: z\n")
    why, finish = refused(repository)
    assert "the remote has newer commits: git pull --rebase, then git push" in why
    assert finish == ("pull --rebase", "push")
    for each in finish:
        git(repository.top, *each.split())
    assert refused_nothing(repository)


def refused_nothing(repository: Repository) -> bool:
    """Whether the remote has all that we have."""
    return git(repository.top, "rev-parse", "HEAD") == git(repository.top, "ls-remote", "origin", "main").split()[0]


def test_a_server_that_refuses(repository: Repository, remote: Path) -> None:
    """What the server's hook says is quoted; the way round a protected branch is a branch of its own."""
    git(repository.top, "push", "--quiet", "--set-upstream", "origin", "main")
    gate = remote / "hooks" / "pre-receive"
    gate.parent.mkdir(exist_ok=True)
    words = "echo 'error: GH006: Protected branch: Permission denied' >&2; echo 'main へは直接 push できません' >&2"
    gate.write_text(f"#!/bin/sh\nread old new ref; case $ref in */main) {words}; exit 1;; esac\n")
    gate.chmod(0o755)
    made = change(repository, "title: a\n")
    why, finish = refused(repository)
    assert why.startswith("git push: the server refused it (pre-receive hook declined): one of its hooks")
    assert (
        "\n  remote: error: GH006: Protected branch: Permission denied\n  remote: main へは直接 push できません" in why
    )
    assert "of this repository" not in why
    git(repository.top, *finish[0].split())
    assert git(remote, "rev-parse", "main-report") == made


def test_a_remote_that_is_not_there(repository: Repository, tmp_path: Path) -> None:
    """An address without a repository is told as that."""
    git(repository.top, "remote", "add", "origin", str(tmp_path / "gone.git"))
    git(repository.top, "config", "push.default", "current")
    why, finish = refused(repository)
    assert "there is no such remote: git remote -v" in why
    assert finish == ("remote set-url origin ADDRESS", "push")


@pytest.mark.parametrize("setting", ["remote.pushDefault", "branch.main.pushRemote"])
def test_the_remote_that_is_pushed_to_is_the_one_to_mend(repository: Repository, remote: Path, setting: str) -> None:
    """Where git pushes elsewhere than it pulls from, the good remote is left alone."""
    git(repository.top, "remote", "add", "other", str(remote / "gone"))
    git(repository.top, "config", "branch.main.remote", "origin")
    git(repository.top, "config", setting, "other")
    with pytest.raises(PushError) as caught:
        push(repository)
    assert caught.value.finish == ("remote set-url other ADDRESS", "push")


def test_what_is_printed_for_pasting_runs_nothing_else(repository: Repository) -> None:
    """A branch may be called what a shell would carry out."""
    git(repository.top, "switch", "-q", "-c", "fix&touch$IFS$(id)")
    with pytest.raises(PushError) as caught:
        push(repository)
    assert caught.value.finish[-1] == "push --set-upstream origin 'fix&touch$IFS$(id)'"


def test_a_server_that_cannot_be_reached(repository: Repository) -> None:
    """No server at the address: nobody's hook is blamed, though there is one, and the same push goes later."""
    hook(repository, "pre-push", "exit 0")
    git(repository.top, "remote", "add", "origin", "http://127.0.0.1:1/status.git")
    git(repository.top, "config", "push.default", "current")
    why, finish = refused(repository)
    assert "the server cannot be reached" in why
    assert "hook" not in why
    assert finish == ("push",)


SAID = {
    "ssh: Could not resolve hostname git.example.com: Name or service not known\n"
    "fatal: Could not read from remote repository.": "cannot be reached",
    "ssh: connect to host git.example.com port 22: Connection timed out": "cannot be reached",
    "fatal: unable to access 'https://x.example/': The requested URL returned error: 503": "cannot be reached",
    "git@example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.": "not know you",
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled": "not know you",
    "remote: Permission to a/b.git denied to c.\nfatal: unable to access 'https://github.com/a/b.git/': "
    "The requested URL returned error: 403": "does not let you write",
    "remote: Repository not found.\nfatal: repository 'https://github.com/a/b.git/' not found": "no such remote",
    "ERROR: Repository not found.\nfatal: Could not read from remote repository.": "no such remote",
    "Host key verification failed.\nfatal: Could not read from remote repository.": "key is unknown",
    "remote: Connection refused, says our hook\n ! [remote rejected] main -> main (push declined due to repository "
    "rule violations)": "refused it (push declined due to repository rule violations): one of its hooks",
    " ! [remote rejected] main -> main (failed to update ref)": "the server refused it (failed to update ref)",
    "fatal: the sky is falling": "git push failed: fatal: the sky is falling",
}


@pytest.mark.parametrize("said", SAID)
def test_each_failure_of_a_push_has_its_words(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """What servers and clients say, in the words of their documentation, is told as what it is, the server quoted."""

    def stood_in(folder: Path, environment: Mapping[str, str], *words: str, **more: Any) -> Ended:
        if words[0] == "push":
            return Ended(128, b"", said)
        return run_git(folder, environment, *words, **more)

    monkeypatch.setattr("noroshi.repository.pushing.run_git", stood_in)
    why, _ = refused(repository)
    assert SAID[said] in why
    assert all(line in why for line in said.splitlines() if line.startswith("remote:"))


def test_a_hook_of_ours_that_stops_a_push(repository: Repository, remote: Path) -> None:
    """A pre-push hook of this repository is named, with its words."""
    git(repository.top, "push", "--quiet", "--set-upstream", "origin", "main")
    change(repository, "title: b\n")
    hook(repository, "pre-push", "echo 'not at night' >&2; exit 1")
    why, finish = refused(repository)
    assert "a hook of this repository refused it (pre-push)\n  not at night" in why
    assert finish == ("push",)


def test_a_git_around_this_one_leads_nowhere_else(repository: Repository, tmp_path: Path) -> None:
    """Run by a hook of another repository, git still asks the one of the folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    begin(elsewhere)
    led = ENVIRONMENT | {"GIT_DIR": str(elsewhere / ".git"), "GIT_INDEX_FILE": str(elsewhere / "index")}
    assert find_repository(repository.top, led).commit_of("HEAD") == git(repository.top, "rev-parse", "HEAD")


FILE = "content/incidents/2026/2026-11-22-www.yaml"


@pytest.fixture
def status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a repository of its own, with a bare one behind it, and the incident that the commands add to."""
    for name, value in ENVIRONMENT.items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    top = tmp_path / "status"
    assert noroshi("init", top, "--now", "2026-11-22T12:00+09:00", "--language", "en").code == 0
    place = top / FILE
    place.parent.mkdir(parents=True)
    text = "title: '# Down'\nreports:\n  - {kind: start, at: 2026-11-22T21:00+09:00, text: x}\n"
    place.write_text(text.replace("title", "components: {www: major_outage}\ntitle"))
    begin(top).commit()
    git(tmp_path, "clone", "--quiet", "--bare", str(top), "behind.git")
    git(top, "remote", "add", "origin", str(tmp_path / "behind.git"))
    git(top, "push", "--quiet", "--set-upstream", "origin", "main")
    return top


def told(status: Path, *options: str, kind: str = "interim") -> Ran:
    """A report more."""
    now = ("--now", "2026-11-22T22:00+09:00")
    return noroshi("report", "2026-11-22-www", kind, "--text", "We look.", "--yes", "--site", status, *now, *options)


def finished(ran: Ran, folder: Path) -> None:
    """Type what the message says that finishes the work."""
    _, _, commands = ran.err.partition("finish with:\n")
    assert "do not run this command again" in ran.err
    subprocess.run(commands, shell=True, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)


def test_without_a_branch_nothing_is_written(status: Path) -> None:
    """On a detached HEAD both are refused before a word is written, with the way to a branch; alone it is written."""
    git(status, "checkout", "--quiet", "--detach")
    before = (status / FILE).read_bytes()
    for option in ("--commit", "--push"):
        ran = told(status, option)
        assert ran.code == 3
        assert "git switch -c NAME" in ran.err
        assert "nothing was written; leave --commit and --push out" in ran.err
        assert (status / FILE).read_bytes() == before
    assert told(status).code == 0


def test_without_a_repository_nothing_is_written(status: Path) -> None:
    """Where there is no git, it is said that nothing was written, and which options to leave out."""
    (status / ".git").rename(status.parent / "git")
    before = (status / FILE).read_bytes()
    ran = told(status, "--push")
    assert ran.code == 3
    assert "is in no git repository, so nothing can be committed or pushed\nnothing was written; leave" in ran.err
    assert (status / FILE).read_bytes() == before


@pytest.mark.parametrize("inside", [True, False])
def test_what_was_not_committed_is_finished_by_what_is_said(
    status: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    """Once the lock is gone, the commands of the message make the commit and push it, from wherever it was run."""
    here = status / "content" if inside else tmp_path
    monkeypatch.chdir(here)
    lock = status / ".git" / "index.lock"
    lock.touch()
    ran = told(status, "--push")
    assert ran.code == 3
    assert "the file is written; it was not committed" in ran.err
    assert ("git -C" in ran.err) is not inside
    lock.unlink()
    finished(ran, here)
    assert git(status, "log", "-1", "--format=%B", "origin/main") == "2026-11-22-www: interim report 2\n\n# Down"
    assert git(status, "status", "--porcelain") == ""


def test_a_new_record_that_was_not_committed_is_finished_too(status: Path) -> None:
    """Its file is new to git, and the commands say so."""
    gate = find_repository(status, ENVIRONMENT)
    hook(gate, "commit-msg", "exit 1")
    now = ("--now", "2026-11-22T22:00+09:00")
    ran = noroshi("incident", "It's slow", "--text", "x", "--yes", "--commit", "--site", status, *now)
    assert ran.code == 3
    assert "refused it (commit-msg)" in ran.err
    assert "git push" not in ran.err
    (status / ".git/hooks/commit-msg").unlink()
    finished(ran, status)
    assert git(status, "log", "-1", "--format=%B") == "2026-11-22-its-slow: opened\n\nIt's slow"


def test_what_was_not_pushed_is_finished_by_what_is_said(status: Path, tmp_path: Path) -> None:
    """The commit stands, the command is not run again, and the commands of the message bring it there."""
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "behind.git", str(other))
    git(other, "commit", "--quiet", "--allow-empty", "-m", "first")
    git(other, "push", "--quiet")
    ran = told(status, "--push")
    assert ran.code == 3
    assert "somebody pushed before you" in ran.err
    made = git(status, "rev-parse", "HEAD")[:10]
    assert f"the file is written and committed ({made}); it was not pushed" in ran.err
    finished(ran, status)
    assert git(status, "rev-parse", "HEAD") == git(tmp_path / "behind.git", "rev-parse", "main")


def test_a_commit_says_what_it_takes_along(status: Path) -> None:
    """What somebody changed in the file before goes along, and is named; else not a word of it."""
    assert "takes that along" not in told(status, "--commit", kind="follow_up").err
    assert git(status, "log", "-1", "--format=%s") == "2026-11-22-www: follow-up report 2"
    with (status / FILE).open("a") as file:
        file.write("# a note\n")
    ran = told(status, "--commit")
    assert ran.code == 0
    assert f"{FILE} has changes that were not committed (lines: +1 -0); the commit takes that along" in ran.err
    (status / FILE).write_text((status / FILE).read_text() + "# another\n")
    assert "takes that along" not in told(status, "--dry-run", "--commit").err


def test_who_filled_in_a_form_reads_of_no_commands(status: Path) -> None:
    """How a commit is finished is for who runs 'noroshi receive'; the answer has the reason alone."""
    hook(find_repository(status, ENVIRONMENT), "pre-commit", "echo 'not at night' >&2; exit 1")
    answers = {"record": "2026-11-22-www", "kind": "interim", "text": "x"}
    place = status.parent / "event.json"
    place.write_bytes(event(filled(status, "report", answers), "noroshi:report"))
    answer = status.parent / "answer.md"
    ran = noroshi("receive", place, "--site", status, "--commit", "--answer", answer, "--now", "2026-11-22T22:05+09:00")
    assert (ran.code, "finish with" in ran.err) == (3, True)
    assert "not at night" in answer.read_text("utf-8")
    assert "finish with" not in answer.read_text("utf-8")
