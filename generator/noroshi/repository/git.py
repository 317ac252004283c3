"""What git tells of a site's history: revisions, trees and files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path
from typing import NamedTuple

from noroshi.repository.running import MISSING, Ended, GitError, run_git

SYMLINK, SUBMODULE = "120000", "160000"
"""The modes of a tree's entries that are no files (gitformat-index)."""
_NOTHING = "000000"
"""The mode of what is not there (git-diff, "raw output format")."""

# What lies in git's folder while it waits for somebody, and what they are doing.
_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "BISECT_LOG": "a bisect",
}


_HEADS = ("HEAD", "FETCH_HEAD", "ORIG_HEAD")


class TreeFile(NamedTuple):
    """An entry of a revision's tree."""

    mode: str
    """``100644``, ``100755``, :data:`SYMLINK` or :data:`SUBMODULE`."""
    object: str
    path: str
    """From the repository's top, with ``/``; bytes that are no UTF-8 as Python's file functions have them."""


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A git repository with files checked out. All its methods raise :class:`GitError`."""

    top: Path
    """The folder that holds all of its files."""
    environment: Mapping[str, str]
    """The variables that surround the run."""

    def is_shallow(self) -> bool:
        """Whether its history was cut off, so that what is not there may have been."""
        return self._out("rev-parse", "--is-shallow-repository") == "true"

    def under_way(self) -> str | None:
        """What git is in the middle of, as ``a merge``; None if nothing."""
        asked = [word for name in _UNDER_WAY for word in ("--git-path", name)]
        places = self._out("rev-parse", *asked).split("\n")
        for place, what in zip(places, _UNDER_WAY.values(), strict=True):
            if (self.top / place).exists():
                return what
        return None

    def commit_of(self, revision: str) -> str | None:
        """The commit that a revision names, by its hexadecimal name; None where there is none."""
        if "\n" in revision or "\0" in revision:
            return None
        name = f"{revision}^{{commit}}"
        # Code 128 is a fault of git's too, but one that is told with the next question.
        ended = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name, fine=(0, 1, 128))
        return ended.out.decode().strip() if ended.code == 0 else None

    def meanings_of(self, name: str) -> list[str]:
        """All that a name may mean: branches and tags in full, and objects whose hexadecimal name it begins.

        Git takes the first of several, in an order that depends on what anybody pushed (gitrevisions, "refname").
        """
        asked = [f"refs/{name}", *(f"refs/{kind}/{name}" for kind in ("tags", "heads", "remotes"))]
        asked.append(f"refs/remotes/{name}/HEAD")
        there = set(self._out("for-each-ref", "--format=%(refname)", "--", *asked).split("\n"))
        meanings = [each for each in asked if each in there]
        if re.fullmatch("[0-9a-fA-F]{4,64}", name):
            ended = self._run("rev-parse", f"--disambiguate={name}", fine=(0, 1, 128))
            meanings += ended.out.decode().split()
        return [*meanings, *([name] if name in _HEADS else [])]

    def is_born(self) -> bool:
        """Whether anything was committed on the branch that is checked out, whether or not the commit is there."""
        return self._run("rev-parse", "--verify", "--quiet", "HEAD", fine=(0, 1, 128)).code == 0

    def index(self, below: Iterable[str]) -> list[TreeFile]:
        """What git keeps there from the next commit on, by path; of a file in conflict each of its sides."""
        files = []
        for line in _parts(self._run("ls-files", "--stage", "-z", "--", *below).out):
            facts, path = line.split("\t", 1)
            mode, name, _ = facts.split(" ")
            files.append(TreeFile(mode, name, path))
        return files

    def left_out(self, below: str) -> list[str]:
        """The files there that git keeps and a sparse checkout has not put on disk (git-sparse-checkout)."""
        if self._run("config", "--type=bool", "core.sparseCheckout", fine=(0, 1)).out.strip() != b"true":
            return []
        told = _parts(self._run("ls-files", "-t", "-z", "--", below).out)
        skipped = [line.removeprefix("S ") for line in told if line.startswith("S ")]
        return [path for path in skipped if not os.path.lexists(self.top / path)]

    def parent_of_newest(self, commit: str, path: str) -> str | None:
        """The commit before the newest one in a history that put what it is now at a path; None for none."""
        out = self._out("log", "-1", "--no-renames", "--diff-filter=AT", "--format=%P", commit, "--", path)
        return out.split(" ")[0] or None

    def last_with_other(self, commit: str, path: str, than: str) -> str | None:
        """The newest commit in a history that had anything else at a path, or anything below it; None for none.

        :param path: from the repository's top
        :param than: the name of the object that is there in the commit
        """
        asked = ("--topo-order", "--full-history", "--no-renames", "--raw", "--no-abbrev", "--format=%H %P")
        name, parents = commit, [commit]
        for line in self._out("log", *asked, commit, "--", path).split("\n"):
            if line.startswith(":"):
                old_mode, new_mode, old, new, _ = line[1:].split(" ", 4)
                if new != than and new_mode != _NOTHING:
                    return name
                if old != than and old_mode != _NOTHING:
                    return parents[0]
            elif line:
                name, *parents = line.split(" ")
        return None

    def is_ancestor(self, commit: str, of: str) -> bool:
        """Whether a commit is in the history of another, or the same.

        :param commit: as :meth:`commit_of` gives it; so for all methods
        """
        return self._run("merge-base", "--is-ancestor", commit, of, fine=(0, 1)).code == 0

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit that both histories share."""
        ended = self._run("merge-base", one, other, fine=(0, 1))
        return ended.out.decode().split("\n")[0] or None

    def tree(self, commit: str, below: Iterable[str] = ()) -> list[TreeFile]:
        """The files of a commit, by path.

        :param below: folders from the repository's top; none for all of it
        """
        asked = [f"{folder}/" for folder in below]
        files = []
        for line in _parts(self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *asked).out):
            facts, path = line.split("\t", 1)
            mode, _, name = facts.split(" ")
            files.append(TreeFile(mode, name, path))
        return files

    def knows(self, below: str) -> bool:
        """Whether git tracks any file there."""
        return bool(self._run("ls-files", "-z", "--", below).out)

    def ignored(self, below: Iterable[str]) -> list[str]:
        """The files there that git does not track and is told to ignore."""
        return _parts(self._run("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *below).out)

    def contents(self, names: Iterable[str]) -> list[bytes]:
        """The bytes of files, by the names that trees give their objects, in their order."""
        wanted = list(names)
        if not wanted:
            return []
        out = self._run("cat-file", "--batch", given=("\n".join(wanted) + "\n").encode()).out
        found: list[bytes] = []
        at = 0
        for _ in wanted:
            end = out.index(b"\n", at)
            told = out[at:end].split(b" ")
            if len(told) != 3 or told[1] != b"blob":
                raise GitError(MISSING)
            size = int(told[2])
            found.append(out[end + 1 : end + 1 + size])
            at = end + 1 + size + 1
        return found

    def same_bytes(self, name: str, data: bytes) -> bool:
        """Whether these are the bytes that git knows by a name, which is a hash of them; CRLF is the same as LF.

        Git's own comparison trusts times, sizes and marks of its index, which can be told not to look.
        """
        return _hash(name, data) == name or (b"\r\n" in data and _hash(name, data.replace(b"\r\n", b"\n")) == name)

    def _run(self, *arguments: str, given: bytes = b"", fine: tuple[int, ...] = (0,)) -> Ended:
        return run_git(self.top, self.environment, *arguments, given=given, fine=fine, offline=True)

    def _out(self, *arguments: str) -> str:
        return os.fsdecode(self._run(*arguments).out).removesuffix("\n")


def find_repository(folder: Path, environment: Mapping[str, str]) -> Repository:
    """The repository that a folder is in.

    :raises GitError: git is missing or does not trust it, or it is in none
    """
    ended = run_git(folder, environment, "rev-parse", "--show-toplevel", offline=True)
    top = os.fsdecode(ended.out).removesuffix("\n")
    return Repository(top=Path(top), environment=environment)


def _parts(out: bytes) -> list[str]:
    """What ``-z`` parted."""
    return [os.fsdecode(part) for part in out.split(b"\0")[:-1]]


def _hash(name: str, data: bytes) -> str:
    """The name of these bytes in a repository that has names like this one."""
    made = sha1(usedforsecurity=False) if len(name) == 40 else sha256()
    made.update(b"blob %d\0" % len(data))
    made.update(data)
    return made.hexdigest()
