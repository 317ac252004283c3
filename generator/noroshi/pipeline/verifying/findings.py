"""What a verification found: which entry of a log does not stand as it was seen, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from noroshi.log.canonical import moment_word
from noroshi.log.line import LineError, LogLine, parse_lines
from noroshi.log.statement import POLICY
from noroshi.problems import in_one_line


class FindingKind(StrEnum):
    """In what way a log does not stand as it was seen."""

    SHRUNK = "shrunk"
    """It has fewer entries than it had."""
    REWRITTEN = "rewritten"
    """It does not contain the log that was seen."""
    TIME_BACK = "time-back"
    """Its newest content is older than it was, or not what its entries say."""
    FUTURE = "future"
    """A checkpoint says that its newest content is of a time which has not come."""
    CONTRADICTION = "contradiction"
    """What it publishes does not fit together."""
    CHANGED = "changed"
    """An entry says something else."""
    GONE = "gone"
    """An entry is not there."""
    INSERTED = "inserted"
    """An entry stands among those that were seen, and was not there."""
    MOVED = "moved"
    """Entries stand at other places."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """An entry, as far as it is known."""

    id: str
    number: int
    kind: str = ""
    at: str = ""
    digest: str = ""
    matter: str = ""
    change: str = ""
    line: int | None = None
    """From 1."""

    @property
    def words(self) -> str:
        """What people call it: ``2026-06-18-staging-down, report 2 (interim, 2026-06-18T13:30:00Z)``."""
        what = f"report {self.number}" if self.number else "policy" if self.matter == POLICY else "opening facts"
        told = ", ".join(filter(None, (self.kind if self.number else "", self.at)))
        return in_one_line(f"{self.id}, {what}" + (f" ({told})" if told else ""))

    @property
    def state(self) -> str:
        """How it entered the log: ``edited, digest 0123abcd…``."""
        return in_one_line(", ".join(filter(None, (self.change, f"digest {self.digest[:16]}…" if self.digest else ""))))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that does not stand as it was seen."""

    kind: FindingKind
    message: str
    """In words, on one line."""
    seen: Named | None = None
    now: Named | None = None
    witness: str | None = None
    """The file that showed it; None for a checkpoint, or the log itself."""


def named_line(line: LogLine, place: int) -> Named:
    """The entry in a line.

    :param place: the line's number, from 1
    """
    return Named(
        id=line.id,
        number=line.number,
        kind=line.kind,
        at=moment_word(line.at),
        digest=line.digest.hex(),
        matter=line.matter,
        change=line.change.value,
        line=place,
    )


def named_leaf(leaf: bytes, place: int) -> Named | None:
    """The entry in a line's bytes; None where it is no line of a log."""
    try:
        [line] = parse_lines([leaf])
    except (LineError, ValueError):
        return None
    return named_line(line, place)


def said_leaf(leaf: bytes, place: int) -> str:
    """What people call a line: its entry, else how it begins."""
    named = named_leaf(leaf, place)
    return named.words if named is not None else in_one_line(repr(leaf[:60].decode("utf-8", "replace")))
