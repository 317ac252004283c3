"""One commit of what was written, and its push."""

from __future__ import annotations

from pathlib import Path

from noroshi.cli.output import note
from noroshi.environment import surroundings
from noroshi.repository.committing import commit_only, push
from noroshi.repository.git import Repository, find_repository
from noroshi.repository.running import GitError


def repository_of(folder: Path) -> Repository:
    """The repository that the site is in, asked for before anything is written.

    :raises GitError: there is none, or git is missing
    """
    return find_repository(folder, surroundings())


def commit_written(repository: Repository, place: Path, subject: str, title: str, *, and_push: bool) -> None:
    """Commit one file and nothing else, and push it where that is wanted.

    :param subject: what was written, the message's first line
    :param title: the record's, in the site's first language
    :raises GitError: with what to do; the file stays written
    """
    path = place.resolve().relative_to(repository.top.resolve()).as_posix()
    try:
        made = commit_only(repository, [path], f"{subject}\n\n{title}\n")
    except GitError as error:
        raise GitError(f"{error}\nthe file is written; it was not committed") from None
    note(f"committed {made[:10]}: {subject}")
    if and_push:
        try:
            push(repository)
        except GitError as error:
            raise GitError(f"{error}\nthe file is written and committed; it was not pushed") from None
        note("pushed")
