"""Appending: what stands now beside what was logged gives the lines to add, and what was rewritten.

A log only grows. What it holds is compared by digest, statement by statement; a record is opened again only where
languages were added to one of its texts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from noroshi.log.line import Change, LogLine, line_of
from noroshi.log.statement import POLICY, Statement

Recompute: TypeAlias = Callable[[Statement, Collection[str]], bytes]
"""The digest of what stands, with the texts of these paths alone."""


class FaultKind(StrEnum):
    """How what was published differs from what stands."""

    CHANGED = "changed"
    """It says something else."""
    REDATED = "redated"
    """It says that it was said at another time."""
    REORDERED = "reordered"
    """It stands under another number."""
    MOVED = "moved"
    """It stands under another id."""
    DELETED = "deleted"
    """It does not stand any more."""
    RESTORED = "restored"
    """It had been withdrawn, and speaks again."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that was published and does not stand as it did."""

    kind: FaultKind
    line: LogLine
    """What was logged of it last."""
    stands: Statement | None
    """What stands in its place, or where it stands now; None where nothing does."""
    beyond_words: bool = False
    """Whether more than words differs though it bears the mark of a mended slip."""


@dataclass(frozen=True, kw_only=True)
class Appended:
    """What a publication adds to a log, and why it must not."""

    lines: tuple[LogLine, ...]
    """To be added behind the old ones, in (at, id, number) order."""
    faults: tuple[Fault, ...]
    """In the order of the log. With one of them there is nothing to publish."""


def append(old: Sequence[LogLine], standing: Iterable[Statement], recompute: Recompute) -> Appended:
    """What is new against the log, and what of the log does not stand.

    :param old: the log so far
    :param standing: all that stands now
    :param recompute: asked only of statements that have more texts than were logged
    """
    logged: dict[tuple[str, str, int], LogLine] = {line.name: line for line in old}
    there: dict[tuple[str, str, int], Statement] = {}
    added: list[LogLine] = []
    differing: list[tuple[LogLine, Statement, FaultKind | None]] = []
    for statement in standing:
        name = statement.name
        there[name] = statement
        line = logged.get(name)
        if line is None:
            added.append(line_of(statement, Change.PUBLISHED))
            continue
        if statement.digest != line.digest:
            change, fault = _weigh(line, statement, recompute)
            if change is None:
                differing.append((line, statement, fault))
                continue
            line = line_of(statement, change)._replace(title=line.title)
            added.append(line)
        if statement.title != line.title and not _same_title(statement, line):
            added.append(line_of(statement, Change.TITLED))
    gone = [line for name, line in logged.items() if name not in there]
    faults: list[Fault] = []
    if differing or gone:
        faults = _faults(logged, there, differing, gone)
    added.sort(key=lambda line: line.order)
    return Appended(lines=tuple(added), faults=tuple(faults))


def _same_title(statement: Statement, line: LogLine) -> bool:
    """Whether only the order of the languages differs, which the log does not keep."""
    return dict(statement.title) == dict(line.title)


def _weigh(line: LogLine, stands: Statement, recompute: Recompute) -> tuple[Change | None, FaultKind | None]:
    """What became of a statement that does not stand as it was logged: a change that may be, or else a fault; both are
    None where only the rest of the record can tell which."""
    same_frame = stands.kind == line.kind and (stands.at == line.at or not line.number)
    if line.mark == "withdrawn" and stands.mark != "withdrawn" and same_frame:
        return None, FaultKind.RESTORED
    if stands.mark == "withdrawn" and line.mark != "withdrawn":
        new = set(_own(stands.texts)) - set(_own(line.texts))
        return (Change.WITHDRAWN, None) if same_frame and not new else (None, None)
    if not same_frame or stands.facts != line.facts:
        return None, None
    if _translated(line, stands) and recompute(stands, line.texts) == line.digest:
        return Change.TRANSLATED, None
    newer = line.mark != "edited" or (line.marked_at or stands.at) < (stands.marked_at or stands.at)
    if stands.mark == "edited" and newer and _same_places(line, stands):
        return Change.EDITED, None
    return None, None


def _same_places(line: LogLine, stands: Statement) -> bool:
    """Whether every text that was logged stands somehow, and others only as translations: a slip is mended in words."""
    logged, told = set(_own(line.texts)), set(_own(stands.texts))
    return logged <= told and {_key(path) for path in told} == {_key(path) for path in logged}


def _own(texts: Iterable[str]) -> Iterator[str]:
    """The paths of what a report itself says, without those of its marks."""
    return (path for path in texts if not path.startswith(("edited.", "withdrawn.")))


def _key(path: str) -> str:
    """A text's path without its language."""
    return path.rpartition("[")[0]


def _translated(line: LogLine, stands: Statement) -> bool:
    """Whether what stands has all logged texts, and more only of those that were there in another language."""
    if not stands.texts or len(stands.texts) <= len(line.texts):
        return False
    logged = set(line.texts)
    told = {_key(path) for path in line.texts}
    return logged <= set(stands.texts) and all(_key(path) in told for path in stands.texts)


def _faults(
    logged: dict[tuple[str, str, int], LogLine],
    there: dict[tuple[str, str, int], Statement],
    differing: Sequence[tuple[LogLine, Statement, FaultKind | None]],
    gone: Sequence[LogLine],
) -> list[Fault]:
    concerned = {line.name[:2] for line in (*(each[0] for each in differing), *gone)}
    within = {(*name[:2], each.digest): each for name, each in there.items() if name[:2] in concerned}
    fresh = {
        (each.matter, each.number, each.digest, each.at): each for name, each in there.items() if name not in logged
    }
    known = {(*name[:2], line.digest) for name, line in logged.items() if name[:2] in concerned}
    found = {}
    for line, stands, fault in differing:
        other = within.get((*line.name[:2], line.digest)) if line.number else None
        kind = fault or FaultKind.CHANGED
        if other is not None:
            kind, stands = FaultKind.REORDERED, other
        elif fault is None and line.number and (*line.name[:2], stands.digest) in known:
            kind = FaultKind.DELETED  # what was logged behind it moved up
        elif fault is None and line.number and stands.at != line.at:
            kind = FaultKind.REDATED
        mended = stands.mark == "edited" and kind is FaultKind.CHANGED and stands.facts != line.facts
        found[line.name] = Fault(kind=kind, line=line, stands=stands, beyond_words=mended)
    for line in gone:
        other = within.get((*line.name[:2], line.digest)) if line.number else None
        if other is not None:
            found[line.name] = Fault(kind=FaultKind.REORDERED, line=line, stands=other)
            continue
        other = fresh.get((line.matter, line.number, line.digest, line.at)) if line.matter != POLICY else None
        kind = FaultKind.DELETED if other is None else FaultKind.MOVED
        found[line.name] = Fault(kind=kind, line=line, stands=other)
    return [found[name] for name in logged if name in found]
