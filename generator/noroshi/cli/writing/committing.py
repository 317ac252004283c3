"""One commit of what was written, and its push."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from noroshi.cli.output import note
from noroshi.environment import surroundings
from noroshi.problems import in_one_line
from noroshi.repository.committing import commit_only, committable_branch, earlier_changes
from noroshi.repository.git import Repository, find_repository
from noroshi.repository.pushing import PushError, push
from noroshi.repository.running import GitError


class Unfinished(GitError):  # noqa: N818 (the file is written: a part of the work is done)
    """The file is written, and was not committed or not pushed; the message says how to go on."""

    def __init__(self, reason: str, left: str, commands: Sequence[str]) -> None:
        """:param left: how far it came
        :param commands: those that finish the work
        """
        self.reason = reason
        steps = "".join(f"\n  {command}" for command in commands)
        super().__init__(
            f"{reason}\n{left}\ndo not run this command again, for it would add the same once more; when that is "
            f"mended, finish with:{steps}"
        )


def repository_of(folder: Path) -> Repository:
    """The repository that the site is in, with a branch that a commit can go to; asked for before anything is written.

    :raises GitError: there is none, or git is missing; nothing was written
    """
    try:
        repository = find_repository(folder, surroundings())
        committable_branch(repository)
    except GitError as error:
        here = folder.resolve()
        within = any((each / ".git").exists() for each in (here, *here.parents))
        reason = str(error) if within else f"{folder} is in no git repository, so nothing can be committed or pushed"
        raise GitError(
            f"{reason}\nnothing was written; leave --commit and --push out to write the file alone"
        ) from None
    return repository


def note_earlier_changes(folder: Path, place: Path) -> None:
    """Say what a commit of a file will take along that was changed before, and not by this command.

    :param folder: the site's
    :param place: the file, before it is written
    :raises GitError: git cannot tell; nothing was written
    """
    repository = find_repository(folder, surroundings())
    path = _path_in(repository, place)
    earlier = earlier_changes(repository, path)
    if earlier is not None:
        note(f"{in_one_line(path)} {earlier}; the commit takes that along")


def commit_written(repository: Repository, place: Path, subject: str, title: str, *, and_push: bool) -> None:
    """Commit one file and nothing else, and push it where that is wanted.

    :param subject: what was written, the message's first line
    :param title: the record's, in the site's first language
    :raises Unfinished: with what to do; the file stays written
    """
    git = _git_here(repository)
    try:
        made = commit_only(repository, [_path_in(repository, place)], f"{subject}\n\n{title}\n")
    except GitError as error:
        file = shlex.quote(_path_here(repository, place))
        words = " ".join(f"-m {shlex.quote(each)}" for each in (subject, title) if each)
        commands = [f"{git} add -- {file}", f"{git} commit {words} -- {file}"]
        left = "the file is written; it was not committed"
        raise Unfinished(str(error), left, [*commands, *([f"{git} push"] if and_push else [])]) from None
    note(f"committed {made[:10]}: {subject}")
    if and_push:
        try:
            push(repository)
        except PushError as error:
            left = f"the file is written and committed ({made[:10]}); it was not pushed"
            raise Unfinished(str(error), left, [f"{git} {each}" for each in error.finish]) from None
        note("pushed")


def _path_in(repository: Repository, place: Path) -> str:
    """A file's path from the repository's top.

    :raises GitError: it lies outside
    """
    try:
        return place.resolve().relative_to(repository.top.resolve()).as_posix()
    except ValueError:
        raise GitError(f"{place} lies outside of the repository {repository.top}; commit it where it lies") from None


def _git_here(repository: Repository) -> str:
    """Git as somebody types it who is where this command was run."""
    top = repository.top.resolve()
    return "git" if _within(top) else f"git -C {shlex.quote(str(top))}"


def _path_here(repository: Repository, place: Path) -> str:
    """A file as that git takes it."""
    top = repository.top.resolve()
    return os.path.relpath(place.resolve(), Path.cwd().resolve() if _within(top) else top)


def _within(top: Path) -> bool:
    return Path.cwd().resolve().is_relative_to(top)
