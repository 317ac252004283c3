"""The checkpoint that a witness keeps: read from a file, and whether a file can take one."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

from noroshi.log.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from noroshi.problems import CannotVerify, StatedError, in_one_line

_CHECKPOINT_LIMIT = 1 << 16


class SaveError(StatedError):
    """A checkpoint cannot be kept at a place; the message is for people."""


def check_place(place: Path) -> None:
    """Ask whether a checkpoint may be kept at a place: as a file, in a folder that is there.

    :raises SaveError: it may not
    """
    shown = in_one_line(str(place))
    if not place.parent.is_dir():
        raise SaveError(f"--save {shown}: there is no folder {in_one_line(str(place.parent))}; make it first")
    if place.exists() and not place.is_file():
        raise SaveError(f"--save {shown}: this is no ordinary file, and is not replaced; name a file")


def open_checkpoint(place: Path) -> Checkpoint:
    """A checkpoint that somebody kept.

    :raises CannotVerify: it cannot be read, or is none
    """
    name = in_one_line(str(place))
    try:
        with place.open("rb") as file:
            # Some editors begin each file with a mark of its encoding.
            return parse_checkpoint(file.read(_CHECKPOINT_LIMIT).removeprefix(BOM_UTF8))
    except FileNotFoundError:
        raise CannotVerify(
            f"the checkpoint {name} is not there; the first time, leave --checkpoint out and keep one with --save"
        ) from None
    except OSError as error:
        raise CannotVerify(f"the checkpoint {name}: {error.strerror}") from None
    except CheckpointError as error:
        raise CannotVerify(f"{name} is no checkpoint: {error}") from None
