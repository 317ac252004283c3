"""Old copies as witnesses: of a log's lines, or of a feed. They name what does not stand as they saw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from noroshi.importers.feed_witness import FeedError, WitnessedReport, witnessed_edition, witnessed_reports
from noroshi.log.checkpoint import Checkpoint
from noroshi.log.line import LineError, LogLine, parse_lines, split_lines
from noroshi.log.merkle import leaf_hash, tree_head
from noroshi.pipeline.verifying.findings import Finding, FindingKind, Named, named_line
from noroshi.problems import CannotVerify, in_one_line

_LIMIT = 1 << 30
"""In bytes: nothing larger is a copy of a log or a feed."""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """An old copy, and what it saw."""

    name: str
    leaves: tuple[bytes, ...] = ()
    """Of a log: its lines."""
    reports: tuple[WitnessedReport, ...] = ()
    """Of a feed."""
    edition: str = ""
    """Of a feed: for whom it was made, where it says so."""

    @property
    def size(self) -> int:
        """How many entries it saw."""
        return len(self.leaves) or len(self.reports)

    def confirms(self, seen: Checkpoint) -> bool | None:
        """Whether its lines are those that a checkpoint speaks of; None where that cannot be told."""
        if len(self.leaves) < max(seen.size, 1):
            return None
        return tree_head([leaf_hash(leaf) for leaf in self.leaves[: seen.size]]) == seen.root


def open_witness(place: Path) -> Witness:
    """An old copy of ``entries.jsonl``, or of a feed in Atom or RSS.

    :raises CannotVerify: it cannot be read, or is neither
    """
    name = in_one_line(str(place))
    try:
        with place.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except OSError as error:
        raise CannotVerify(f"the witness {name}: {error.strerror}") from None
    if len(data) > _LIMIT:
        raise CannotVerify(f"the witness {name} has more than {_LIMIT:,} bytes")
    if not data.strip():
        raise CannotVerify(f"the witness {name} is empty")
    try:
        if data.startswith(b"{"):
            leaves = split_lines(data)
            parse_lines(leaves)
            return Witness(name=name, leaves=tuple(leaves))
        return Witness(name=name, reports=tuple(witnessed_reports(data)), edition=witnessed_edition(data))
    except (LineError, FeedError) as error:
        raise CannotVerify(f"the witness {name}: {error}") from None


def check_kin(witness: Witness, origin: str) -> None:
    """Whether a feed is of the site and the edition whose log is asked: another one's says nothing about it.

    :param origin: the log's, ``status.example.com/log`` or ``status.example.com/log/for/a-sha``
    :raises CannotVerify: it is not
    """
    authority, _, edition = origin.partition("/log")
    other = next((report.authority for report in witness.reports if report.authority != authority), None)
    if other is not None:
        raise CannotVerify(f"the witness {witness.name} is a feed of {other!r}, and the log is of {authority!r}")
    if witness.edition and witness.edition != edition.removeprefix("/for/"):
        raise CannotVerify(
            f"the witness {witness.name} is a feed for {witness.edition!r}, and the log is {origin!r}: editions show "
            "different records"
        )


def missing_from(witness: Witness, leaves: Sequence[bytes], lines: Sequence[LogLine]) -> list[Finding]:
    """What the witness saw and the log does not hold as it was.

    :param leaves: the log's lines as bytes
    :param lines: the same, read
    """
    lost = _missing_lines(witness.leaves, leaves, lines) if witness.leaves else _missing_reports(witness.reports, lines)
    return [replace(finding, witness=witness.name) for finding in lost]


def _missing_lines(old: Sequence[bytes], leaves: Sequence[bytes], lines: Sequence[LogLine]) -> Iterator[Finding]:
    if list(leaves[: len(old)]) == list(old):
        return
    places = {leaf: place for place, leaf in enumerate(leaves, start=1)}
    known = set(old)
    unseen: dict[tuple[str, str, int], list[Named]] = defaultdict(list)
    for place, (leaf, line) in enumerate(zip(leaves, lines, strict=True), start=1):
        if leaf not in known:
            unseen[line.name].append(named_line(line, place))
    moved: list[tuple[Named, int]] = []
    for place, (leaf, line) in enumerate(zip(old, parse_lines(old), strict=True), start=1):
        now = places.get(leaf)
        if now is None:
            instead = unseen[line.name].pop(0) if unseen[line.name] else None
            yield _not_as_it_was(named_line(line, place), instead)
        elif now != place:
            moved.append((named_line(line, place), now))
    last = max((places[leaf] for leaf in old if leaf in places), default=0)
    for named in (each for group in unseen.values() for each in group):
        if named.line is not None and named.line < last:  # what is new by right stands behind all that was seen
            message = f"line {named.line} was not there: {named.words}, {named.state}"
            yield Finding(kind=FindingKind.INSERTED, message=message, now=named)
    if moved:
        first, now = moved[0]
        message = f"{len(moved):,} of its lines stand at other places; the first, {first.words}, was line {first.line}"
        yield Finding(kind=FindingKind.MOVED, message=f"{message} and is line {now}", seen=first)


def _missing_reports(reports: Sequence[WitnessedReport], lines: Sequence[LogLine]) -> Iterator[Finding]:
    logged: dict[tuple[str, int], list[Named]] = defaultdict(list)
    said: dict[bytes, Named] = {}
    for place, line in enumerate(lines, start=1):
        named = named_line(line, place)
        logged[line.id, line.number].append(named)
        said.setdefault(line.digest, named)
    for report in reports:
        there = logged.get((report.id, report.number), [])
        digest = "" if report.digest is None else report.digest.hex()
        if there and (not digest or any(named.digest == digest for named in there)):
            continue
        kind = there[0].kind if there else ""
        seen = Named(id=report.id, number=report.number, kind=kind, at=report.at, digest=digest)
        elsewhere = said.get(report.digest) if report.digest is not None else None
        yield _not_as_it_was(seen, elsewhere or (there[-1] if there else None))


def _not_as_it_was(seen: Named, now: Named | None) -> Finding:
    was = f"{seen.words}, {seen.state}" if seen.state else seen.words
    if now is None:
        return Finding(kind=FindingKind.GONE, message=f"{was}: is not there", seen=seen)
    place = f"now line {now.line} has {now.words}, {now.state}"
    return Finding(kind=FindingKind.CHANGED, message=f"{was}: is not there as it was; {place}", seen=seen, now=now)
