"""Checkpoints that speak of times which have not come."""

from __future__ import annotations

from datetime import datetime, timedelta

from noroshi.log.canonical import moment_word
from noroshi.log.checkpoint import Checkpoint
from noroshi.log.line import newest_time
from noroshi.log.statement import POLICY
from noroshi.pipeline.verifying.auditing import proven_lines
from noroshi.pipeline.verifying.findings import Finding, FindingKind
from noroshi.pipeline.verifying.live_log import LiveLog

_TOLERANCE = timedelta(minutes=15)
"""By how much clocks may differ."""


def ahead_of(log: LiveLog, now: datetime) -> list[Finding]:
    """That a log's own checkpoint speaks of the future, if it does.

    :param now: by the clock of who verifies
    """
    if not is_ahead(log.checkpoint, now) or proven_plan(log, log.checkpoint):
        return []
    message = (
        f"its checkpoint speaks of the future: newest content {log.checkpoint.newest_word}, and here it is "
        f"{moment_word(now)}, if this machine's clock is right"
    )
    return [Finding(kind=FindingKind.FUTURE, message=message)]


def is_ahead(checkpoint: Checkpoint, now: datetime) -> bool:
    """Whether its newest content is of a time that has not come."""
    return checkpoint.newest is not None and checkpoint.newest > now + _TOLERANCE


def proven_plan(log: LiveLog, checkpoint: Checkpoint) -> bool:
    """Whether the time is by right ahead: a log of plans alone has the time that the last is planned for.

    :param checkpoint: of the log now, or of one that it contains
    :raises CannotVerify: the log's lines cannot be read, or are not those of its tree
    """
    lines = proven_lines(log)[: checkpoint.size]
    plans_alone = not any(line.number or line.matter == POLICY for line in lines)
    return plans_alone and newest_time(lines) == checkpoint.newest
