"""Verifying a published log from the outside: that what was seen before is still there unchanged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from noroshi.log.checkpoint import Checkpoint, print_checkpoint
from noroshi.log.line import newest_time
from noroshi.log.merkle import EMPTY_ROOT, verify_consistency
from noroshi.log.tiles import TileError
from noroshi.pipeline.verifying.auditing import audit, proven_lines
from noroshi.pipeline.verifying.fetching import ProxyFor, open_source
from noroshi.pipeline.verifying.findings import Finding, FindingKind
from noroshi.pipeline.verifying.future import ahead_of, is_ahead, proven_plan
from noroshi.pipeline.verifying.in_time import InTime
from noroshi.pipeline.verifying.kept_checkpoint import check_place, open_checkpoint
from noroshi.pipeline.verifying.live_log import LiveLog, open_log
from noroshi.pipeline.verifying.witnesses import Witness, check_kin, missing_from, open_witness
from noroshi.problems import CannotVerify
from noroshi.publishing.placing import place_file

_ATTEMPTS = 3
"""How often a log is read again that was published anew meanwhile."""


@dataclass(frozen=True, kw_only=True)
class VerifyRequest:
    """What is to be verified."""

    address: str
    """Of the site or its log's folder: http, https, file, or a folder."""
    proxy_for: ProxyFor
    checkpoint: Path | None
    """What was seen before; None for an audit of the whole log."""
    witnesses: tuple[Path, ...] = ()
    """Old copies of the log's lines or of feeds."""
    entries: bool = False
    """Whether the lines are read as well, and held against the tree; without a checkpoint they always are."""
    save: Path | None = None
    """Where to keep the checkpoint of now."""
    now: datetime
    """By the clock of who verifies: what speaks of later is not believed."""
    timeout: float = 300
    """Seconds that the host's answers may take, all together."""
    clock: Callable[[], float]
    """Seconds since any moment, by which that is measured."""


@dataclass(frozen=True, kw_only=True)
class Testimony:
    """What a witness said."""

    witness: str
    size: int
    """How many entries it saw."""
    confirmed: bool | None
    """Whether it is of the log that the checkpoint saw; None where that cannot be told."""
    missing: int | None
    """How many things do not stand as it saw them; None where the log's lines could not be compared with it."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found."""

    name: str
    """The address that was asked."""
    live: Checkpoint
    seen: Checkpoint | None
    """None after an audit."""
    findings: tuple[Finding, ...]
    testimonies: tuple[Testimony, ...]
    tiles: int
    """How many tiles the proof took."""
    lines_read: bool
    """Whether the lines were read and are those of the tree; of their file a proof by tiles says nothing."""

    @property
    def unchanged(self) -> bool:
        """Whether everything stands as it was seen."""
        return not self.findings


def verify(request: VerifyRequest) -> Verdict:
    """Compare a log with what was seen of it, and keep its checkpoint where nothing was rewritten.

    A log that is published anew while it is read seems to contradict itself: then it is read again.

    :raises CannotVerify: no verdict is possible
    :raises SaveError: the checkpoint could not be kept where it was asked for; nothing was read
    :raises OSError: the checkpoint cannot be kept
    """
    if request.save is not None:
        check_place(request.save)
    seen = None if request.checkpoint is None else open_checkpoint(request.checkpoint)
    witnesses = [open_witness(place) for place in request.witnesses]
    source = open_source(request.address, request.proxy_for)
    log = open_log(InTime(source, request.timeout, request.clock))
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            verdict = _judge(log, seen, witnesses, request.now, entries=request.entries)
        except CannotVerify:
            again = log.again()
            if attempt == _ATTEMPTS or again.checkpoint == log.checkpoint:
                raise
        else:
            if verdict.unchanged or attempt == _ATTEMPTS:
                break
            again = log.again()
            if again.checkpoint == log.checkpoint:
                break
        log = again
    if request.save is not None and verdict.unchanged:
        place_file(request.save, print_checkpoint(verdict.live))
    return verdict


def _judge(log: LiveLog, seen: Checkpoint | None, witnesses: list[Witness], now: datetime, *, entries: bool) -> Verdict:
    findings = audit(log) if seen is None else _compare(log, seen, now)
    if seen is not None and entries and not findings:
        findings = audit(log)
    findings += ahead_of(log, now) if not findings else []
    broken = bool(findings)
    testimonies = []
    for witness in witnesses:
        check_kin(witness, log.checkpoint.origin)
        try:
            missing: list[Finding] | None = missing_from(witness, log.lines, proven_lines(log))
        except CannotVerify:
            if not broken:
                raise
            missing = None  # that the log was rewritten stays proven
        findings += missing or []
        testimonies.append(
            Testimony(
                witness=witness.name,
                size=witness.size,
                confirmed=None if seen is None else witness.confirms(seen),
                missing=None if missing is None else len(missing),
            )
        )
    return Verdict(
        name=log.name,
        live=log.checkpoint,
        seen=seen,
        findings=tuple(findings),
        testimonies=tuple(testimonies),
        tiles=log.tiles.read,
        lines_read=seen is None or entries or bool(witnesses),
    )


def _compare(log: LiveLog, seen: Checkpoint, now: datetime) -> list[Finding]:
    """What contradicts a checkpoint, from tiles alone."""
    live = log.checkpoint
    if live.origin != seen.origin:
        raise CannotVerify(
            f"the checkpoint is of the log {seen.origin!r}, and {log.name} publishes the log {live.origin!r}: "
            "one says nothing about the other"
        )
    if live.size < seen.size:
        message = f"the log had {seen.size:,} entries, and has {live.size:,}"
        return [Finding(kind=FindingKind.SHRUNK, message=message)]
    if not _contains(log, seen):
        message = f"the first {seen.size:,} entries of the log are not those that were seen"
        return [Finding(kind=FindingKind.REWRITTEN, message=message)]
    if is_ahead(seen, now) and not proven_plan(log, seen):
        message = (
            f"the checkpoint that you gave speaks of the future: newest content {seen.newest_word}. Its entries are "
            "all there, and its time was never true: keep a new one, without --checkpoint and with --save"
        )
        return [Finding(kind=FindingKind.FUTURE, message=message)]
    if seen.newest is not None and live.newest is not None and live.newest < seen.newest and _times_lie(log, seen):
        message = f"the newest content was of {seen.newest_word}, and is of {live.newest_word} though no entry is gone"
        return [Finding(kind=FindingKind.TIME_BACK, message=message)]
    return []


def _contains(log: LiveLog, seen: Checkpoint) -> bool:
    """Whether the log that was seen is in the log of now.

    :raises CannotVerify: the tiles are not those of the log's own checkpoint, so that they prove nothing
    """
    live, tiles = log.checkpoint, log.tiles
    if live.size == seen.size:
        return live.root == seen.root
    try:
        proof = tiles.consistency_proof(seen.size)
        if seen.size and verify_consistency(seen.size, live.size, seen.root, live.root, proof):
            return True
        own = tiles.head()
    except TileError as error:
        raise CannotVerify(f"{log.name}: {error}") from None
    if own != live.root:
        raise CannotVerify(
            f"{log.name}: its tiles do not give the root of its checkpoint, so they prove nothing; "
            "a cache on the way may hold old ones: try again later"
        )
    return seen.size == 0 and seen.root == EMPTY_ROOT


def _times_lie(log: LiveLog, seen: Checkpoint) -> bool:
    """Whether the two newest times are not those of the entries.

    By right the newest time goes back only where a log began with plans alone, which enter it with the times that they
    are planned for, and a report followed that was made before these.
    """
    lines = proven_lines(log)
    return (newest_time(lines[: seen.size]), newest_time(lines)) != (seen.newest, log.checkpoint.newest)
