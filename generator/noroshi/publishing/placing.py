"""Putting a single file in its place: whole or not at all. (A site's own files go through its publication.)"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def place_file(place: Path, data: bytes, *, flushed: bool = True, mode: int | None = None) -> None:
    """Write a file, and the folders above it, so that a kill at any moment leaves the old bytes or the new ones.

    :param flushed: wait until the disk has it, for what nobody could make again
    :param mode: its permissions; None for those of the file that it replaces, else what the umask leaves
    :raises OSError: the folder cannot be written to, the disk is full
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    # The name is hidden and ends as editors' leftovers do, so a check never takes it for a record.
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}-", suffix=".bak")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if flushed:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(_mode(place) if mode is None else mode)
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(place: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of 0666."""
    try:
        return place.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask
