"""Putting what was prepared in its place: one writer at a time, never over what somebody else wrote meanwhile."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.writing.prepared import Prepared, WritingError
from noroshi.problems import in_one_line
from noroshi.publishing.placing import place_file, place_new_file

_AGAIN = "nothing was written; look at what stands there now, and run the command again"


def put_in_place(prepared: Prepared) -> None:
    """Write the file, whole or not at all. A symbolic link stays one: the file that it leads to is written.

    :raises WritingError: it changed since it was read, another record has the id by now, it must not be written, or
        the disk refuses; nothing was written
    """
    path = in_one_line(prepared.path)
    if prepared.refused:
        raise WritingError(f"{path}: it has errors; nothing was written")
    try:
        with _alone(prepared.content):
            if prepared.old is None:
                _put_new(prepared, path)
            else:
                _put_over(prepared, prepared.old, path)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise WritingError(f"{path}: cannot be written: {reason}; nothing was written") from error


def _put_new(prepared: Prepared, path: str) -> None:
    """Make the file, where no record has got its id since it was looked for."""
    if not Path(os.path.realpath(prepared.place)).is_relative_to(os.path.realpath(prepared.content)):
        raise WritingError(f"{path}: a link leads out of the content folder; nothing was written; remove the link")
    name = prepared.place.stem.lower()
    for source in find_records(SiteFolder(root=prepared.content.parent))[0]:
        if source.id.lower() == name:
            raise WritingError(f"{path}: {in_one_line(source.path)} has this id by now; {_AGAIN}")
    try:
        place_new_file(prepared.place, prepared.data)
    except FileExistsError:
        raise WritingError(f"{path}: a file stands here by now; {_AGAIN}") from None


def _put_over(prepared: Prepared, old: bytes, path: str) -> None:
    """Replace the file, where it still is what was read."""
    target = Path(os.path.realpath(prepared.place))
    try:
        standing = target.read_bytes()
    except FileNotFoundError:
        raise WritingError(f"{path}: the file is gone by now; {_AGAIN}") from None
    if standing != old:
        raise WritingError(f"{path}: somebody changed the file meanwhile; {_AGAIN}")
    place_file(target, prepared.data)


@contextmanager
def _alone(content: Path) -> Iterator[None]:
    """Hold the site's content against other writers of this program; it ends with the process, however that ends.

    A file system without locks is written to all the same: what stands there is compared just before it is replaced.
    """
    handle = os.open(content, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
