"""Publishing into a folder that cannot be exchanged: file by file, each file whole, in the safest order."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from noroshi.publishing.stage import clean
from noroshi.publishing.target import INSIDE
from noroshi.publishing.tree import MARKER, PlainStamp, link_file, remove, stands

_PAGES = (".html",)
_LISTS = (".xml", ".rss", ".atom", ".json", ".ics", ".txt")


def publishing_order(path: str) -> tuple[int, int, str]:
    """Sort key: our mark, what pages need, pages from the leaves to the home page, feeds and data.

    Nothing is pointed to before it is there.
    """
    if path == MARKER:
        return 0, 0, path
    kind = 2 if path.endswith(_PAGES) else 3 if path.endswith(_LISTS) else 1
    return kind, -path.count("/"), path


def bring_in_line(
    site: Path,
    stage: Path,
    work: Path,
    files: Mapping[str, PlainStamp],
    folders: Mapping[str, int],
    doubtful_from: int,
) -> dict[str, int]:
    """Make `site` equal to the finished tree `stage`; deletions come last.

    `folders` are the site's folders, parents first, with the times (ns) known of them, 0 for none. Gives
    the times as they are afterwards. Raises OSError; the site then holds whole files, some old, some new.
    """
    for folder in folders:
        place = f"{site}/{folder}"
        try:
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                remove(place)
                os.mkdir(place)  # noqa: PTH102
        except FileNotFoundError:
            os.mkdir(place)  # noqa: PTH102
    incoming = f"{work}/incoming"
    remove(incoming)
    for path in sorted(files, key=publishing_order):
        place = f"{site}/{path}"
        if stands(place, files[path], doubtful_from):
            continue
        link_file(f"{stage}/{path}", os.fspath(work), "incoming")
        try:
            os.rename(incoming, place)  # noqa: PTH104
        except IsADirectoryError:
            remove(place)
            os.rename(incoming, place)  # noqa: PTH104
        # rename does nothing when both names are links to one file
        remove(incoming)
    return clean(site, files, folders, doubtful_from, spared=INSIDE)
