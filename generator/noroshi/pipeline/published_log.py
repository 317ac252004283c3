"""The published log of one build: what was logged before, what is new, and what does not stand any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from noroshi.log.appending import Fault, FaultKind, append
from noroshi.log.canonical import digest_of
from noroshi.log.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from noroshi.log.line import LineError, LogLine, line_bytes, newest_time, parse_lines, split_lines
from noroshi.log.merkle import leaf_hash, tree_head
from noroshi.log.packing import unpack_statements
from noroshi.log.statement import MATTER_WORDS, POLICY, Statement, policy_said, said_in
from noroshi.pipeline.reading.content import SourceFile, read_bytes
from noroshi.pipeline.reading.record import Moments, Reading, read_entry
from noroshi.problems import CannotVerify, Place, Problem
from noroshi.records.content import Settings
from noroshi.rules.append_only.logged import backdated, rewritten
from noroshi.yamlsource import read_document

ENTRIES, CHECKPOINT = "entries.jsonl", "checkpoint"
"""The files of a log that a build goes on from."""


@dataclass(frozen=True, kw_only=True)
class PublishedLog:
    """A log as it is published."""

    origin: str = "log"
    """What it is known by."""
    lines: Sequence[LogLine] = ()
    leaves: Sequence[bytes] = ()
    """The bytes of each line, without line ends."""
    hashes: Sequence[bytes] = ()
    """Of each leaf."""
    standing: Mapping[tuple[str, str, int], Statement] = field(default_factory=dict)
    """What stands now, by name."""

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """All that it holds, in four lines."""
        newest = newest_time(self.lines)
        return Checkpoint(origin=self.origin, size=len(self.leaves), root=tree_head(self.hashes), newest=newest)

    def months(self, zone: ZoneInfo) -> dict[str, list[int]]:
        """By month of these clocks, newest first, the places of its entries.

        An entry stands where its record points to: in the month of what stands now, for opening facts are as old as
        the first report, which may come after them.
        """
        found: dict[str, list[int]] = {}
        known: dict[datetime, str] = {}
        for place, line in enumerate(self.lines):
            stands = self.standing.get(line.name)
            at = (line if stands is None else stands).at
            month = known.get(at)
            if month is None:
                local = at.astimezone(zone)
                month = known[at] = f"{local.year}-{local.month:02}"
            found.setdefault(month, []).append(place)
        return {key: found[key] for key in sorted(found, reverse=True)}


@dataclass(frozen=True, kw_only=True)
class Continued:
    """A log with what a build adds to it."""

    log: PublishedLog
    problems: tuple[Problem, ...]
    """What was rewritten; with one of them there is nothing to publish."""


@dataclass(frozen=True, kw_only=True)
class _Former:
    """A log as it was."""

    lines: Sequence[LogLine] = ()
    leaves: Sequence[bytes] = ()
    hashes: Sequence[bytes] = ()


def continue_log(
    former: Path | None,
    origin: str,
    readings: Iterable[tuple[SourceFile, Reading]],
    shown: Callable[[str], bool],
    settings: Settings,
    moments: Moments,
) -> Continued:
    """The log that follows the former one.

    :param former: its file of entries, or the folder that holds it; None where a log begins
    :param origin: what the log is known by
    :param readings: of all records
    :param shown: whether the log's readers may see the record of this id
    :raises CannotVerify: the former log is missing, is none, or is another one's
    """
    old = _Former() if former is None else _read_log(former, origin)
    first = settings.site.languages[0]
    read = [(source, reading) for source, reading in readings if reading.said]
    standing: list[Statement] = []
    for source, reading in read:
        if shown(source.id):
            standing += unpack_statements(reading.said, MATTER_WORDS[source.kind], source.id)
    said = policy_said(settings.policies, settings.site.zone, first, moments.now)
    standing += (each.statement for each in said)
    sources = {(MATTER_WORDS[source.kind], source.id): source for source, _ in read}

    def recompute(statement: Statement, texts: Collection[str]) -> bytes:
        source = sources[statement.matter, statement.id]
        entry = read_entry(source, settings, moments)
        found = said_in(entry, first) if entry is not None else []
        return next((digest_of(each.logged, texts) for each in found if each.statement.number == statement.number), b"")

    appended = append(old.lines, standing, recompute)
    problems = tuple(_problem(fault, sources, shown, settings) for fault in appended.faults)
    problems += tuple(_backdated(appended.lines, old.lines, settings))
    added = [line_bytes(line) for line in appended.lines]
    log = PublishedLog(
        origin=origin,
        lines=[*old.lines, *appended.lines],
        leaves=[*old.leaves, *added],
        hashes=[*old.hashes, *map(leaf_hash, added)],
        standing={statement.name: statement for statement in standing},
    )
    return Continued(log=log, problems=problems)


def _backdated(added: Iterable[LogLine], old: Iterable[LogLine], settings: Settings) -> Iterator[Problem]:
    """New entries of policy that begin before the day of what was already published: promises were made by others."""
    zone = settings.site.zone
    newest = max((line.at for line in old if line.number), default=None)
    for line in added:
        if line.matter == POLICY and newest is not None and line.id < newest.astimezone(zone).date().isoformat():
            yield backdated(line.id, newest, Place(path="content/policy.yaml"), zone)


def _read_log(place: Path, origin: str) -> _Former:
    file = place / ENTRIES if place.is_dir() else place
    try:
        leaves = split_lines(file.read_bytes())
        lines = parse_lines(leaves)
        beside = file.parent / CHECKPOINT
        checkpoint = parse_checkpoint(beside.read_bytes())
    except OSError as error:
        raise CannotVerify(
            f"{error.filename or file}: the published log cannot be read ({error.strerror or error}); name the folder "
            f"that holds its {ENTRIES} and, to tell whether that is whole, its {CHECKPOINT}"
        ) from error
    except LineError as error:
        raise CannotVerify(f"{file}: this is no published log: {error}; fetch it anew") from error
    except CheckpointError as error:
        raise CannotVerify(f"{file.parent / CHECKPOINT}: this is no checkpoint: {error}; fetch it anew") from error
    hashes = [leaf_hash(leaf) for leaf in leaves]
    if checkpoint.origin != origin:
        raise CannotVerify(
            f"{beside}: this is the log of {checkpoint.origin!r}, and this site's is {origin!r}; each edition goes "
            "on from a log of its own"
        )
    if (checkpoint.size, checkpoint.root) != (len(leaves), tree_head(hashes)):
        raise CannotVerify(
            f"{file}: its {len(leaves)} lines are not those that {beside.name} beside it tells of "
            f"({checkpoint.size}); fetch both anew, or find out who changed them"
        )
    return _Former(lines=lines, leaves=leaves, hashes=hashes)


def _problem(
    fault: Fault, sources: Mapping[tuple[str, str], SourceFile], shown: Callable[[str], bool], settings: Settings
) -> Problem:
    """The fault in words, at its place in the content."""
    line, stands = fault.line, fault.stands
    zone = settings.site.zone
    if line.matter == POLICY:
        return rewritten(fault, Place(path="content/policy.yaml"), zone)
    here = stands if stands is not None else line
    source = sources.get((here.matter, here.id))
    hidden = fault.kind is FaultKind.DELETED and source is not None and not shown(source.id)
    if source is None:
        folder = next(kind.value for kind, word in MATTER_WORDS.items() if word == line.matter)
        place = Place(path=f"content/{folder}/{line.at.astimezone(zone).year}/{line.id}.yaml")
    else:
        place = _place(source, here.number if stands is not None else 0)
    return rewritten(fault, place, zone, hidden=hidden)


def _place(source: SourceFile, number: int) -> Place:
    """Where a report stands in its file; of opening facts, the file itself."""
    if not number:
        return Place(path=source.path)
    data, problem = read_bytes(source.path, source.place)
    document = read_document(source.path, data)[0] if problem is None else None
    return document.place("reports", number - 1) if document is not None else Place(path=source.path)
