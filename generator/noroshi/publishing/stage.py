"""The tree a publication is built in: the spare of the last one, cleaned of all that is not known."""

import os
import re
import shutil
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from noroshi.publishing.manifest import Manifest
from noroshi.publishing.tree import remove

_NAME = re.compile(r"tree-(\d+)")


def prepare_stage(work: Path, manifest: Manifest | None) -> tuple[Path, dict[str, int]]:
    """Give the spare tree a new name, remove what the manifest does not know, and tell its folders' times.

    The name is new in every run, so that a worker of a killed run that still writes to the old name does
    not reach this one. Without a manifest, or where the spare resists cleaning, the tree starts empty.
    Raises OSError.
    """
    found = {int(name[1]): work / name[0] for name in map(_NAME.fullmatch, os.listdir(work)) if name}  # noqa: PTH208
    newest = max(found, default=0)
    stage = work / f"tree-{newest + 1}"
    times: dict[str, int] | None = None
    if found and manifest is not None:
        spare = found.pop(newest)
        os.rename(spare, stage)  # noqa: PTH104
        try:
            if stat.S_ISDIR(stage.lstat().st_mode):
                times = clean(stage, manifest.files, manifest.spare, manifest.doubtful_from)
        except OSError:
            # someone else's files may refuse to go; a report must get out all the same
            found[newest] = stage
            stage = work / f"tree-{newest + 2}"
    for left in found.values():
        shutil.rmtree(left, ignore_errors=True)
    if times is None:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        times = {"": 0}
    return stage, times


def clean(
    root: Path,
    files: Collection[str],
    folders: Mapping[str, int],
    doubtful_from: int,
    spared: Collection[str] = (),
) -> dict[str, int]:
    """Remove everything from a tree but these files and folders; tell the times (ns) of the folders found.

    Looks only into folders whose time differs from the one in `folders` (0: unknown) or is not before
    `doubtful_from`: whatever comes, goes or is renamed changes the time of its folder. `folders` names
    parents first. What is missing is not made. Raises OSError.
    """
    times: dict[str, int] = {}
    for folder, expected in folders.items():
        try:
            state = os.lstat(f"{root}/{folder}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        time = state.st_mtime_ns
        if time != expected or time >= doubtful_from:
            time = tidy(root, folder, files, folders, spared)
        times[folder] = time
    return times


def tidy(
    root: Path, folder: str, files: Collection[str], folders: Collection[str], spared: Collection[str] = ()
) -> int:
    """Remove from one folder what is neither in `files` nor in `folders`; give its time (ns) afterwards.

    A file in a folder's place goes, too, and the reverse. Raises OSError.
    """
    place = f"{root}/{folder}"
    start = f"{folder}/" if folder else ""
    with os.scandir(place) as found:
        for item in list(found):
            path = start + item.name
            if path in folders:
                fits = item.is_dir(follow_symlinks=False)
            else:
                fits = path in files and item.is_file(follow_symlinks=False)
            if not fits and path not in spared:
                remove(item.path)
    return os.lstat(place).st_mtime_ns
