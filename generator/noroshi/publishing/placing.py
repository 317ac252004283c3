"""Putting a single file in its place: whole or not at all. (A site's own files go through its publication.)"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def place_file(place: Path, data: bytes, *, flushed: bool = True, mode: int | None = None) -> None:
    """Write a file, and the folders above it, so that a kill at any moment leaves the old bytes or the new ones.

    :param flushed: wait until the disk has it, for what nobody could make again
    :param mode: its permissions; None for those of the file that it replaces, else what the umask leaves
    :raises OSError: the folder cannot be written to, the disk is full
    """
    with _beside(place, data, flushed=flushed, mode=_mode(place) if mode is None else mode) as name:
        name.replace(place)


def place_new_file(place: Path, data: bytes) -> None:
    """Write a file where none may be, so that a kill at any moment leaves all of it or nothing.

    :raises FileExistsError: one is there; it stays as it is
    :raises OSError: the folder cannot be written to, the disk is full
    """
    with _beside(place, data, flushed=True, mode=_mode(place)) as name:
        try:
            os.link(name, place)  # unlike a rename it never takes the place of another
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if place.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(place)) from None
            name.replace(place)


_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""How a file system says that it knows no second name for a file."""


@contextmanager
def _beside(place: Path, data: bytes, *, flushed: bool, mode: int) -> Iterator[Path]:
    """The bytes in a file beside their place, under a name that is gone afterwards."""
    place.parent.mkdir(parents=True, exist_ok=True)
    # The name is hidden and ends as editors' leftovers do, so a check never takes it for a record.
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}-", suffix=".bak")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if flushed:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _mode(place: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of 0666."""
    try:
        return place.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask
