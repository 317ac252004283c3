"""The state of a site's content that git has under a revision: what was published, to be held against what stands.

Whatever leaves room for doubt ends here, in :class:`~noroshi.problems.CannotVerify`.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder, SourceFile, is_ignored, read_bytes
from noroshi.problems import CannotVerify, in_one_line
from noroshi.records.content import MatterKind
from noroshi.repository.git import SUBMODULE, SYMLINK, Repository, TreeFile, find_repository
from noroshi.repository.running import GitError

_KINDS = {kind.value: kind for kind in MatterKind}


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
    commit = _commit(repository, revision)
    tree = repository.tree(commit, [f"{prefix}content", f"{prefix}locale"])
    _check_tree(repository, commit, prefix, tree, revision)
    files = {file.path.removeprefix(prefix): file for file in tree}
    _check_files(repository, prefix, files, sources)
    objects = _objects(repository, files)
    return Baseline(
        repository=repository,
        commit=commit,
        files=objects,
        records=[
            OldRecord(path=path, kind=_KINDS[path.split("/")[1]], id=posixpath.basename(path)[:-5], object=name)
            for path, name in objects.items()
            if _is_record(path)
        ],
        differing=frozenset(_differing(folder, repository, objects, sources)),
    )


def _commit(repository: Repository, revision: str) -> str:
    """The commit that a revision names, in the past of what is checked out."""
    if not revision.strip():
        raise CannotVerify("the revision is empty; a variable of the workflow is not set")
    if repository.is_shallow():
        raise CannotVerify(
            "this is a shallow clone, which lacks the history before it; fetch all of it: 'git fetch --unshallow', "
            "'fetch-depth: 0' for actions/checkout, 'GIT_DEPTH: 0' on GitLab"
        )
    under_way = repository.under_way()
    if under_way is not None:
        raise CannotVerify(f"{under_way} is under way, so the files are in between; end it, or abort it (git status)")
    head = repository.commit_of("HEAD")
    if head is None:
        raise CannotVerify("nothing is committed here yet, so there is no history to compare with; commit the site")
    shown = in_one_line(revision)
    meanings = repository.meanings_of(re.split(r"[~^@:{]", revision)[0]) if revision.isprintable() else []
    if len(meanings) > 1:
        raise CannotVerify(
            f"'{shown}' may mean {' or '.join(meanings)}, and whoever may push one decides which; name one in full"
        )
    commit = repository.commit_of(revision)
    if commit is None and not revision.strip("0"):
        raise CannotVerify(
            f"'{shown}' stands for no commit: a branch that is pushed for the first time has none before. Compare "
            "with the branch that it began from, such as origin/main"
        )
    if commit is None:
        raise CannotVerify(
            f"'{shown}' is no commit of this repository. If it was one, the history was rewritten, or not all of it "
            "was fetched: 'git fetch origin', or compare with a commit that is there (git log)"
        )
    if not repository.is_ancestor(commit, head):
        raise CannotVerify(_no_past(repository, revision, commit, head))
    return commit


def _no_past(repository: Repository, revision: str, commit: str, head: str) -> str:
    base = repository.merge_base(commit, head)
    if base is None:
        return f"'{revision}' and what is checked out share no history; check out the branch that was published"
    if base == head:
        return f"what is checked out is older than '{revision}': 'git merge --ff-only {commit[:12]}', then check again"
    return (
        f"'{revision}' is not in the history of what is checked out. Either this branch lacks what was published since "
        "it began: merge that or rebase onto it, then check again. Or the history was rewritten by a rebase, an "
        f"amended commit or a forced push: put {commit[:12]} back and add to it. What this branch alone "
        f"has changed since both were one tells '--since {base[:12]}'"
    )


def _check_tree(repository: Repository, commit: str, prefix: str, tree: Sequence[TreeFile], revision: str) -> None:
    modules = [file.path for file in tree if file.mode == SUBMODULE]
    if modules:
        raise CannotVerify(f"{modules[0]} is a submodule, whose files are in another repository; keep content in this")
    named = {file.path for file in tree}
    if f"{prefix}content/site.yaml" in named:
        return
    if tree and any(_is_record(file.path.removeprefix(prefix)) for file in tree):
        raise CannotVerify(
            f"'{revision}' has records and no {prefix}content/site.yaml, which says what language they are in; compare "
            "with a commit that has it"
        )
    elsewhere = [file.path for file in repository.tree(commit) if file.path.endswith("content/site.yaml")]
    if elsewhere:
        raise CannotVerify(
            f"at '{revision}' the site lay elsewhere ({elsewhere[0]}); compare with a commit since it lies here"
        )


def _check_files(
    repository: Repository, prefix: str, files: Mapping[str, TreeFile], sources: Sequence[SourceFile]
) -> None:
    """What git does not keep, it cannot tell of later."""
    content = f"{prefix}content"
    if not files and not repository.knows(content):
        raise CannotVerify(f"git does not track {content}/; add it and commit it (git add {content})")
    tracked = repository.tracked(content)
    dropped = [source.path for source in sources if source.path in files and f"{prefix}{source.path}" not in tracked]
    if dropped:
        raise CannotVerify(f"git no longer tracks {dropped[0]}, so no later history tells what it says; add it again")
    new = {f"{prefix}{source.path}" for source in sources if source.path not in files}
    ignored = sorted(new.intersection(repository.ignored([content]))) if new else []
    if ignored:
        raise CannotVerify(
            f"git ignores {ignored[0]}, so no history tells what it said; take it out of .gitignore and commit it"
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
                folders[:] = [name for name in folders if name not in _KINDS]
            yield from (f"{path}/{name}" for name in names)


def _is_record(path: str) -> bool:
    """Whether the content's folder would be read as having a record there, as ``find_records`` finds them."""
    parts = path.split("/")
    kept = not any(is_ignored(part) and part != ".yaml" for part in parts[2:])
    return len(parts) > 2 and parts[1] in _KINDS and parts[-1].endswith(".yaml") and kept


def _objects(repository: Repository, paths: Mapping[str, TreeFile]) -> dict[str, str]:
    """What git knows the bytes of each file by; of a symbolic link, those of the file that it leads to."""
    objects = {path: file.object for path, file in paths.items()}
    links = [path for path, file in paths.items() if file.mode == SYMLINK]
    targets = dict(zip(links, repository.contents(paths[link].object for link in links), strict=True))
    for link in links:
        place, passed = link, {link}
        while place in targets:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(place), os.fsdecode(targets[place])))
            if place not in paths or place in passed:
                raise CannotVerify(f"{link} was a symbolic link that led nowhere; compare with another commit")
            passed.add(place)
        objects[link] = objects[place]
    return objects
