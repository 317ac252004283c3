"""The state of a site's content that git has under a revision: what was published, to be held against what stands.

Whatever leaves room for doubt ends here, in :class:`~noroshi.problems.CannotVerify`.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from noroshi.pipeline.append_only.revisions import past_commit
from noroshi.pipeline.append_only.trees import KINDS, check_files, check_tree, is_record, named_objects
from noroshi.pipeline.reading.content import SiteFolder, SourceFile, read_bytes
from noroshi.problems import CannotVerify
from noroshi.records.content import MatterKind
from noroshi.repository.git import SUBMODULE, Repository, find_repository
from noroshi.repository.running import GitError


@dataclass(frozen=True, kw_only=True)
class OldRecord:
    """A record's file as it was."""

    path: str
    """Relative to the site's folder."""
    kind: MatterKind
    id: str
    object: str
    """What git knows its bytes by."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The content of a revision, beside what of it differs now."""

    repository: Repository
    commit: str
    files: Mapping[str, str]
    """All files of the content by their paths, relative to the site's folder: what git knows their bytes by."""
    records: Sequence[OldRecord]
    """In the order of their paths."""
    submodules: Sequence[str]
    """The paths of those that are there now below content/ and locale/, committed or about to be."""
    differing: frozenset[str]
    """The paths of files that are not as they were, that are gone, or new: below content/ and locale/. A page of the
    operator's own is among them only where it is gone or new."""

    def contents(self, names: Sequence[str]) -> list[bytes]:
        """The bytes of files of the revision.

        :raises CannotVerify: git cannot give them
        """
        try:
            return self.repository.contents(names)
        except GitError as error:
            raise CannotVerify(str(error)) from error


def find_baseline(
    folder: SiteFolder, revision: str, environment: Mapping[str, str], sources: Sequence[SourceFile]
) -> Baseline:
    """The content that a revision has.

    :param revision: a commit, branch or tag, in git's words
    :param environment: the variables that surround the run
    :param sources: the records that stand now
    :raises CannotVerify: git cannot tell what was there, or whether it is the past of what stands now
    """
    try:
        return _find(folder, revision, environment, sources)
    except GitError as error:
        raise CannotVerify(str(error)) from error


def _find(folder: SiteFolder, revision: str, environment: Mapping[str, str], sources: Sequence[SourceFile]) -> Baseline:
    if folder.content.is_symlink():
        raise CannotVerify(
            f"{folder.content} is a symbolic link, so its files lie elsewhere than git has them; make it a folder"
        )
    repository = find_repository(folder.content, environment)
    root = Path(os.path.realpath(folder.root))
    if not root.is_relative_to(repository.top):
        raise CannotVerify(
            f"{folder.content} is a git repository of its own (a submodule?), and revisions are those of the site's: "
            "keep content/ in the repository of the site"
        )
    prefix = "" if root == repository.top else f"{root.relative_to(repository.top).as_posix()}/"
    commit = past_commit(repository, revision)
    places = [f"{prefix}content", f"{prefix}locale"]
    tree = repository.tree(commit, places)
    check_tree(repository, commit, prefix, tree, revision)
    files = {file.path.removeprefix(prefix): file for file in tree}
    kept = repository.index(places)
    check_files(repository, prefix, files, sources, {file.path for file in kept})
    objects = named_objects(repository, commit, prefix, files)
    modules = {file.path for file in (*repository.tree("HEAD", places), *kept) if file.mode == SUBMODULE}
    return Baseline(
        repository=repository,
        commit=commit,
        files=objects,
        records=[
            OldRecord(path=path, kind=KINDS[path.split("/")[1]], id=posixpath.basename(path)[:-5], object=name)
            for path, name in objects.items()
            if is_record(path)
        ],
        submodules=sorted(path.removeprefix(prefix) for path in modules),
        differing=frozenset(_differing(folder, repository, objects, sources)),
    )


def _differing(
    folder: SiteFolder, repository: Repository, objects: Mapping[str, str], sources: Sequence[SourceFile]
) -> Iterator[str]:
    """The paths of what is not as it was."""
    places = {source.path: source.place for source in sources}
    places.update((path, str(folder.root / path)) for path in _others(folder))
    for path, place in places.items():
        name = objects.get(path)
        if name is None:
            yield path
        elif not path.startswith(_PAGES):
            data, problem = read_bytes(path, place)
            if problem is not None or not repository.same_bytes(name, data):
                yield path
    yield from (path for path in objects if path not in places)


_PAGES = "content/pages/"


def _others(folder: SiteFolder) -> Iterator[str]:
    """All files of the site's content and words but those in the folders of records."""
    for top in ("content", "locale"):
        for place, folders, names in os.walk(folder.root / top):
            path = Path(place).relative_to(folder.root).as_posix()
            if path == "content":
                folders[:] = [name for name in folders if name not in KINDS]
            yield from (f"{path}/{name}" for name in names)
