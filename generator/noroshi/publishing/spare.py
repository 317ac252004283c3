"""The second generation: after a publication the tree that was replaced is brought up to date for the next.

It holds the same files as the site, by hard links, so that the next publication writes only what changes.
"""

import os
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from noroshi.publishing.tree import link_file, remove


def ancestors(paths: Iterable[str]) -> dict[str, None]:
    """All folders above these paths, each once, parents first, the root as ""."""
    found: dict[str, None] = {"": None}
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in found:
            parts = folder.split("/")
            for depth in range(1, len(parts) + 1):
                found["/".join(parts[:depth])] = None
    return found


def disturbed(changed: Iterable[str], gone: Iterable[str], known: Mapping[str, int]) -> set[str]:
    """The folders whose own entries change with these files; `known` are the times (ns) of those that exist."""
    folders = {path.rpartition("/")[0] for path in changed}
    made = [f"{folder}/" for folder in folders if not known.get(folder)]
    return folders.union(ancestors(made), ancestors(gone))


def catch_up(
    site: Path,
    spare: Path,
    changed: Collection[str],
    removed: Collection[str],
    files: Collection[str],
    times: Mapping[str, int],
) -> dict[str, int]:
    """Link into `spare` what changed in `site`, or everything if there is no spare yet.

    `times` are the folder times (ns) of the spare as far as known. Gives them as they are now, 0 for
    folders that the next publication is to look into. Raises OSError.
    """
    if not os.path.lexists(spare):
        spare.mkdir()
        for path in files:
            link_file(f"{site}/{path}", os.fspath(spare), path)
        return {folder: os.lstat(f"{spare}/{folder}").st_mtime_ns for folder in ancestors(files)}
    for folder in ancestors(changed):
        # it was open to hand edits: a link to a folder elsewhere must not be followed
        place = f"{spare}/{folder}"
        try:
            if folder and not stat.S_ISDIR(os.lstat(place).st_mode):
                remove(place)
        except (FileNotFoundError, NotADirectoryError):
            continue
    for path in changed:
        link_file(f"{site}/{path}", os.fspath(spare), path)
    unknown = disturbed(changed, removed, times)
    return {folder: 0 if folder in unknown else time for folder, time in times.items()}
