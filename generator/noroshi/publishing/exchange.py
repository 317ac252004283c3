"""Two folders change places in one step, and the nearest safe thing where the system has no such step."""

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path

from noroshi.publishing.tree import remove

_AT_FDCWD = -100
# linux/fs.h, renameat2(2)
_RENAME_EXCHANGE = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def exchange_folders(one: Path, other: Path) -> None:
    """Let two existing folders of one file system change places in one step.

    Raises OSError, with ENOSYS or EINVAL where the system, its C library or the file system cannot.
    """
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), os.fspath(one))
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fspath(one), None, os.fspath(other))


def put_in_place(
    stage: Path, target: Path, aside: Path, exchange: Callable[[Path, Path], None] = exchange_folders
) -> None:
    """Make `stage` the folder at `target`. What stood at `target` stands at `stage` afterwards.

    Without an exchange the old folder steps aside first: for a moment nothing stands at `target`, and
    `restore` puts the old one back if the process ends in that moment. Raises OSError with the old folder
    in its place.
    """
    if not os.path.lexists(target):
        os.rename(stage, target)  # noqa: PTH104
        return
    try:
        exchange(stage, target)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        os.rename(target, aside)  # noqa: PTH104
        try:
            os.rename(stage, target)  # noqa: PTH104
        except OSError:
            os.rename(aside, target)  # noqa: PTH104
            raise
        os.rename(aside, stage)  # noqa: PTH104


def restore(target: Path, aside: Path) -> None:
    """Undo what a process that ended within `put_in_place` left. Raises OSError."""
    if os.path.lexists(aside):
        if os.path.lexists(target):
            remove(os.fspath(aside))
        else:
            os.rename(aside, target)  # noqa: PTH104
