"""One commit of what was written, and its push: on real repositories, with all that can go wrong told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_histories import ENVIRONMENT, begin, git
from noroshi.repository.committing import commit_only, push
from noroshi.repository.git import Repository, find_repository
from noroshi.repository.running import GitError


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
    """The hook's last words are told, and everything is as before: the new file on disk, and not staged."""
    hook(repository, "pre-commit", "echo 'line 3: too long: 長い' >&2; exit 1")
    (repository.top / "new.yaml").write_text("new")
    before = git(repository.top, "rev-parse", "HEAD")
    with pytest.raises(GitError, match="perhaps by a hook of this repository: line 3: too long: 長い"):
        commit_only(repository, ["new.yaml"], "x")
    assert git(repository.top, "status", "--short") == "?? new.yaml"
    assert git(repository.top, "rev-parse", "HEAD") == before


def test_nobody_is_known(repository: Repository) -> None:
    """Without a name git is told how to get one."""
    nobody = {name: value for name, value in ENVIRONMENT.items() if not name.endswith(("_NAME", "_EMAIL"))}
    (repository.top / "kept.yaml").write_text("title: y\n")
    git(repository.top, "config", "user.useConfigOnly", "true")
    with pytest.raises(GitError, match="git does not know who you are: git config --global user"):
        commit_only(Repository(top=repository.top, environment=nobody), ["kept.yaml"], "x")


def test_another_git_at_work(repository: Repository) -> None:
    """A lock is told as what it is."""
    (repository.top / ".git" / "index.lock").touch()
    (repository.top / "kept.yaml").write_text("title: y\n")
    with pytest.raises(GitError, match="another git is at work"):
        commit_only(repository, ["kept.yaml"], "x")


def test_push(repository: Repository, tmp_path: Path) -> None:
    """A push goes where git's settings say; without them, and where somebody was first, it is told what to do."""
    with pytest.raises(GitError, match="git remote add origin"):
        push(repository)
    remote = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(repository.top), str(remote))
    git(repository.top, "remote", "add", "origin", str(remote))
    with pytest.raises(GitError, match="git push --set-upstream origin HEAD"):
        push(repository)
    git(repository.top, "push", "--quiet", "--set-upstream", "origin", "main")
    (repository.top / "kept.yaml").write_text("title: y\n")
    made = commit_only(repository, ["kept.yaml"], "x")
    push(repository)
    assert git(remote, "rev-parse", "main") == made
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(remote), str(other))
    git(other, "commit", "--quiet", "--allow-empty", "-m", "first")
    git(other, "push", "--quiet")
    (repository.top / "kept.yaml").write_text("title: z\n")
    commit_only(repository, ["kept.yaml"], "x")
    with pytest.raises(GitError, match="somebody pushed before you: git pull --rebase"):
        push(repository)
    git(repository.top, "pull", "--quiet", "--rebase")
    push(repository)
    place = remote / "hooks" / "pre-receive"
    place.parent.mkdir(exist_ok=True)
    place.write_text("#!/bin/sh\nexit 1\n")
    place.chmod(0o755)
    (repository.top / "kept.yaml").write_text("title: a\n")
    commit_only(repository, ["kept.yaml"], "x")
    with pytest.raises(GitError, match="the server does not take it"):
        push(repository)
    git(repository.top, "checkout", "--quiet", "--detach")
    with pytest.raises(GitError, match="no branch is checked out"):
        push(repository)


def test_a_git_around_this_one_leads_nowhere_else(repository: Repository, tmp_path: Path) -> None:
    """Run by a hook of another repository, git still asks the one of the folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    begin(elsewhere)
    led = ENVIRONMENT | {"GIT_DIR": str(elsewhere / ".git"), "GIT_INDEX_FILE": str(elsewhere / "index")}
    assert find_repository(repository.top, led).commit_of("HEAD") == git(repository.top, "rev-parse", "HEAD")
