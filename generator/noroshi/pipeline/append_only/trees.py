"""What git's trees hold of the content, and what of it nobody can compare: submodules, lost links, what git ignores."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Mapping, Sequence

from noroshi.pipeline.reading.content import SourceFile, is_ignored
from noroshi.problems import CannotVerify
from noroshi.records.content import MatterKind
from noroshi.repository.git import SUBMODULE, SYMLINK, Repository, TreeFile

KINDS = {kind.value: kind for kind in MatterKind}
"""The folders of records."""


def check_tree(repository: Repository, commit: str, prefix: str, tree: Sequence[TreeFile], revision: str) -> None:
    modules = [file.path for file in tree if file.mode == SUBMODULE]
    if modules:
        parent = repository.parent_of_newest(commit, modules[0])
        raise CannotVerify(
            f"at '{revision}' {modules[0]} is a submodule, whose files are in another repository, so what they said is "
            f"not known. Make them plain files (git rm --cached {modules[0]}, delete its .git, git add it); "
            f"{_way_out(parent)}"
        )
    named = {file.path for file in tree}
    if f"{prefix}content/site.yaml" in named:
        return
    if tree and any(is_record(file.path.removeprefix(prefix)) for file in tree):
        raise CannotVerify(
            f"'{revision}' has records and no {prefix}content/site.yaml, which says what language they are in; compare "
            "with a commit that has it"
        )
    elsewhere = [file.path for file in repository.tree(commit) if file.path.endswith("content/site.yaml")]
    if elsewhere:
        raise CannotVerify(
            f"at '{revision}' the site lay elsewhere ({elsewhere[0]}); compare with a commit since it lies here"
        )


def check_files(
    repository: Repository,
    prefix: str,
    files: Mapping[str, TreeFile],
    sources: Sequence[SourceFile],
    tracked: Collection[str],
) -> None:
    """What git does not keep, it cannot tell of later."""
    content = f"{prefix}content"
    left_out = repository.left_out(content)
    if left_out:
        raise CannotVerify(
            f"this is a sparse checkout, which leaves out {left_out[0]}: 'git sparse-checkout disable', then check "
            "again"
        )
    if not files and not repository.knows(content):
        raise CannotVerify(f"git does not track {content}/; add it and commit it (git add {content})")
    dropped = [source.path for source in sources if source.path in files and f"{prefix}{source.path}" not in tracked]
    if dropped:
        raise CannotVerify(f"git no longer tracks {dropped[0]}, so no later history tells what it says; add it again")
    new = {f"{prefix}{source.path}" for source in sources if source.path not in files}
    ignored = sorted(new.intersection(repository.ignored([content]))) if new else []
    if ignored:
        raise CannotVerify(
            f"git ignores {ignored[0]}, so no history tells what it said; take it out of .gitignore and commit it"
        )


def named_objects(repository: Repository, commit: str, prefix: str, paths: Mapping[str, TreeFile]) -> dict[str, str]:
    """What git knows the bytes of each file by; of a symbolic link, those of the file that it leads to.

    A link that leads to none is left out where no record was ever published at its place.
    """
    objects = {path: file.object for path, file in paths.items()}
    links = [path for path, file in paths.items() if file.mode == SYMLINK]
    targets = dict(zip(links, repository.contents(paths[link].object for link in links), strict=True))
    for link in links:
        place, passed = link, {link}
        while place in targets:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(place), os.fsdecode(targets[place])))
            if place not in paths or place in passed:
                break
            passed.add(place)
        else:
            objects[link] = objects[place]
            continue
        del objects[link]
        _check_led_nowhere(repository, commit, f"{prefix}{link}", link, paths[link].object, place)
    return objects


def _check_led_nowhere(repository: Repository, commit: str, full: str, link: str, name: str, target: str) -> None:
    """A link out of the content was never a record, for the rules stop each build; what was there before may have been.

    :param full: the link's path from the repository's top
    :param target: the place where it was lost
    """
    if link.split("/")[1] not in KINDS:
        return
    before = repository.last_with_other(commit, full, name)
    if before is None and is_record(link) and target.startswith("content/"):
        before = repository.parent_of_newest(commit, full)
    elif before is None:
        return
    raise CannotVerify(
        f"{link} was a symbolic link that led nowhere, or out of content/, so what was published there is not known. "
        f"Put a file or a folder in its place; {_way_out(before)}"
    )


def _way_out(commit: str | None) -> str:
    """With what to compare where a revision cannot be read."""
    if commit is None:
        return "once that is committed and published, compare with its commit"
    return f"until that is published, compare with the commit before: --since {commit[:12]}"


def is_record(path: str) -> bool:
    """Whether the content's folder would be read as having a record there, as ``find_records`` finds them."""
    parts = path.split("/")
    kept = not any(is_ignored(part) and part != ".yaml" for part in parts[2:])
    return len(parts) > 2 and parts[1] in KINDS and parts[-1].endswith(".yaml") and kept
