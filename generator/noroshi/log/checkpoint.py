"""A checkpoint: in four lines, all that a log held at a moment. Whoever keeps one is a witness.

The text of a C2SP checkpoint: the log's name, how many entries it has, the head of their Merkle tree, and one extension
line with the newest content's time; then an empty line, where others put signatures.
https://c2sp.org/tlog-checkpoint
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime

from noroshi.log.canonical import moment_word
from noroshi.log.merkle import EMPTY_ROOT, HASH_LENGTH
from noroshi.problems import StatedError, in_one_line

_SIZE = re.compile(r"0|[1-9][0-9]{0,14}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SIGNATURE = "— "
"""What a line with a signature begins with (https://c2sp.org/signed-note). Nothing here reads them."""


class CheckpointError(StatedError):
    """What was given as a checkpoint is none; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """All that a log held at a moment."""

    origin: str
    """The log's name for ever: its address without scheme, ``status.example.com/log``."""
    size: int
    """How many entries it has."""
    root: bytes
    """The head of the Merkle tree over them: 32 bytes."""
    newest: datetime | None
    """The newest content's time; None where the log is empty."""

    def __post_init__(self) -> None:
        if not self.origin or any(char.isspace() or not char.isprintable() for char in self.origin):
            raise ValueError(f"{self.origin!r} cannot name a log")
        if len(self.root) != HASH_LENGTH or self.size < 0 or (self.newest is None) != (self.size == 0):
            raise ValueError("a checkpoint has a root of 32 bytes, and a time where there are entries")

    @property
    def root_word(self) -> str:
        """The root as the checkpoint writes it."""
        return b64encode(self.root).decode()

    @property
    def newest_word(self) -> str | None:
        """The time as the checkpoint writes it."""
        return None if self.newest is None else moment_word(self.newest)


def print_checkpoint(checkpoint: Checkpoint) -> bytes:
    """The checkpoint as the file that is published, in UTF-8."""
    lines = [checkpoint.origin, str(checkpoint.size), checkpoint.root_word, checkpoint.newest_word]
    return "".join(f"{line}\n" for line in [*filter(None, lines), ""]).encode()


def parse_checkpoint(data: bytes) -> Checkpoint:
    """The checkpoint in a file. Its line ends, and the empty line at its end, may be as mail and editors leave them.

    :raises CheckpointError: it is none
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise CheckpointError("it is not a text in UTF-8") from None
    if not text.strip():
        raise CheckpointError("it is empty")
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        raise CheckpointError("it is a web page; a checkpoint is four lines of text")
    body, _, signatures = text.replace("\r\n", "\n").partition("\n\n")
    lines = body.removesuffix("\n").split("\n")
    stray = [line for line in signatures.split("\n") if line and not line.startswith(_SIGNATURE)]
    if stray:
        raise CheckpointError(f"{_shown(stray[0])} stands behind its end")
    if len(lines) < 3:
        raise CheckpointError(
            f"it has {len(lines)} of its 4 lines: the log's name, its size, its root, the newest time"
        )
    origin, size, root, *more = lines
    if not origin or any(char.isspace() or not char.isprintable() for char in origin):
        raise CheckpointError(f"its first line has to name the log, and is {_shown(origin)}")
    if not _SIZE.fullmatch(size):
        raise CheckpointError(f"its second line has to be the number of entries, and is {_shown(size)}")
    if len(more) != (size != "0"):
        raise CheckpointError(f"{'one line' if size != '0' else 'no line'} follows its root, but there are {len(more)}")
    checkpoint = Checkpoint(origin=origin, size=int(size), root=_root(root), newest=_time(*more) if more else None)
    if not checkpoint.size and checkpoint.root != EMPTY_ROOT:
        raise CheckpointError("it has no entries, and a root that is not the one of an empty log")
    return checkpoint


def _root(word: str) -> bytes:
    try:
        root = b64decode(word, validate=True)
    except (Base64Error, ValueError):
        root = b""
    if len(root) != HASH_LENGTH or b64encode(root).decode() != word:  # other spellings of the same bytes are refused
        raise CheckpointError(f"its third line has to be a root, 32 bytes in base64, and is {_shown(word)}")
    return root


def _time(word: str) -> datetime:
    try:
        if _TIME.fullmatch(word):
            return datetime.fromisoformat(word)
    except ValueError:
        pass
    raise CheckpointError(f"its fourth line has to be a time such as 2026-06-18T12:52:00Z, and is {_shown(word)}")


def _shown(line: str) -> str:
    return repr(in_one_line(line if len(line) <= 60 else f"{line[:60]}…"))
