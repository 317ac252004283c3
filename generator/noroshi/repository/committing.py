"""Adding to a history: one commit of the files that were written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from noroshi.repository.git import Repository
from noroshi.repository.running import Ended, GitError, last_words, run_git
from noroshi.repository.saying import hooks_of, quoted

_NOBODY = "git does not know who you are: git config user.name 'Your name', and user.email the same way"

# What git says, in whose words nobody knows what to do, and what we say instead.
_NOT_COMMITTED = {
    "Please tell me who you are": _NOBODY,
    "unable to auto-detect email": _NOBODY,
    "empty ident name": _NOBODY,
    "partial commit during a": "a merge or a cherry-pick waits for its end; end it first (git status says how)",
    "nothing to commit": "there is nothing to commit: the files are as git has them",
    "nothing added to commit": "there is nothing to commit: the files are as git has them",
    "no changes added to commit": "there is nothing to commit: the files are as git has them",
    "ignored by one of your .gitignore": "a .gitignore excludes the file; take it out of there",
    "gpg failed to sign": "git could not sign the commit: is the key there, and its agent unlocked?",
}
_LOCKED = re.compile(r"Unable to create '(.*\.lock)': File exists")
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg")


def report_subject(record_id: str, kind: str, number: int) -> str:
    """The first line of the message of a commit that adds a report: ``db-down: follow-up report 5``.

    :param kind: a report's, as the content spells it
    """
    return f"{record_id}: {kind.replace('_', '-')} report {number}"


def committable_branch(repository: Repository) -> str:
    """The branch that a commit would go to, asked for before anything is written.

    :raises GitError: there is none, git waits for the end of something else, or does not know who commits; with what
        to do
    """
    waits = repository.under_way()
    if waits is not None:
        raise GitError(f"{waits} waits for its end, and a commit would get into it; end it first (git status says how)")
    named = run_git(repository.top, repository.environment, "symbolic-ref", "--quiet", "--short", "HEAD", fine=(0, 1))
    if named.code != 0:
        raise GitError(
            "no branch is checked out (a detached HEAD), and what is committed to none gets lost: git switch BRANCH "
            "for one that is there, or git switch -c NAME for a new one"
        )
    known = run_git(repository.top, repository.environment, "var", "GIT_COMMITTER_IDENT", fine=(0, 128))
    if known.code != 0:
        raise GitError(_NOBODY)
    return named.out.decode("utf-8", "replace").strip()


def earlier_changes(repository: Repository, path: str) -> str | None:
    """What a commit of a file would take along of changes made before now, in words; None where there are none.

    :param path: from the repository's top
    """
    held = run_git(repository.top, repository.environment, "ls-tree", "-z", "HEAD", "--", path, fine=(0, 128))
    if held.code != 0 or not held.out:
        return "was never committed"
    asked = ("diff", "--no-ext-diff", "--numstat", "-z", "HEAD", "--", path)
    told = run_git(repository.top, repository.environment, *asked).out.decode("utf-8", "replace").split("\t")
    return None if len(told) < 2 else f"has changes that were not committed (lines: +{told[0]} -{told[1]})"


def commit_only(repository: Repository, paths: Sequence[str], message: str) -> str:
    """Make one commit of these files as they stand on disk; what else is staged stays staged.

    :param paths: from the repository's top; new files may be among them
    :return: the commit's hexadecimal name
    :raises GitError: with what to do; then nothing was committed, and the files are as before
    """
    new = _untracked(repository, paths)
    if new:
        _tell(repository, "add", "--intent-to-add", "--", *new)
    # A title may begin with '#': only white space is tidied.
    asked = ("commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-")
    try:
        _tell(repository, *asked, "--", *paths, given=message.encode())
    except GitError:
        if new:
            run_git(repository.top, repository.environment, "rm", "--cached", "--quiet", "--", *new, fine=(0, 1, 128))
        raise
    made = repository.commit_of("HEAD")
    if made is None:
        raise GitError("the commit was made, and git does not find it; look at git status")
    return made


def _untracked(repository: Repository, paths: Sequence[str]) -> list[str]:
    known = run_git(repository.top, repository.environment, "ls-files", "-z", "--", *paths).out.decode(
        "utf-8", "surrogateescape"
    )
    return [path for path in paths if path not in known.split("\0")]


def _tell(repository: Repository, *arguments: str, given: bytes = b"") -> Ended:
    ended = run_git(repository.top, repository.environment, *arguments, given=given, fine=(0, 1, 2, 128, 129, 255))
    if ended.code == 0:
        return ended
    said = ended.said + ended.out.decode("utf-8", "replace")
    locked = _LOCKED.search(said)
    if locked is not None:
        raise GitError(f"git commit: another git is at work here; wait for its end, or if none is, delete {locked[1]}")
    for sign, advice in _NOT_COMMITTED.items():
        if sign in said:
            raise GitError(f"git commit: {advice}")
    # Where a hook refuses, git itself says nothing and ends with 1.
    hooks = hooks_of(repository, _HOOKS) if ended.code == 1 else []
    if hooks:
        raise GitError(f"git commit: a hook of this repository refused it ({' or '.join(hooks)}){quoted(said)}")
    raise GitError(f"git commit failed: {last_words(said) or f'exit code {ended.code}'}")
