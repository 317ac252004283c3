"""What maintenance and commitments share: a planned time, estimates of the end, and how far the plan has come."""

from __future__ import annotations

from datetime import UTC, datetime

from noroshi.records.base import Window
from noroshi.records.choices import Phase
from noroshi.records.reports import CommitmentReport, MaintenanceReport
from noroshi.snapshot.matter.spoken import utc
from noroshi.snapshot.state import Estimate, Span


def span_of(window: Window) -> Span:
    """A planned time in UTC."""
    return Span(start=window.from_.astimezone(UTC), end=window.until.astimezone(UTC))


def estimates_of(
    reports: list[tuple[int, MaintenanceReport]] | list[tuple[int, CommitmentReport]],
) -> tuple[Estimate, ...]:
    """Every estimate of the end that these reports tell, oldest first.

    :param reports: with their numbers
    """
    return tuple(
        Estimate(number=number, said_at=report.at.astimezone(UTC), expected=utc(report.expected))
        for number, report in reports
        if report.expected is not None
    )


def planned_phase(
    *, started: bool, completed: bool, cancelled: bool, ended: bool, window: Span | None, now: datetime
) -> Phase:
    """What reports and the plan together say of planned work; the clock alone starts and ends nothing."""
    if completed:
        return Phase.COMPLETED
    if cancelled:
        return Phase.CANCELLED
    if ended:
        return Phase.ENDED
    if started and window is not None and now >= window.end:
        return Phase.COMPLETION_AWAITED
    if started:
        return Phase.IN_PROGRESS
    if window is not None and now >= window.start:
        return Phase.START_AWAITED
    return Phase.PLANNED
