"""For which time each client agreed to planned work: the one that was planned when they agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from noroshi.records.matters import Agreement, Maintenance
from noroshi.records.reports import MaintenanceReport
from noroshi.snapshot.matter.planned import estimates_of, span_of
from noroshi.snapshot.state import Consent, Span


def consents_of(record: Maintenance, reports: Sequence[tuple[int, MaintenanceReport]]) -> tuple[Consent, ...]:
    """What each agreement covers, in the order in which they are written; those to work without a window are none.

    :param reports: those that still speak, with their numbers
    """
    if not record.agreements:
        return ()
    windows = [(report.at, span_of(report.window)) for _, report in reports if report.window is not None]
    opening = span_of(record.window) if record.window is not None else windows[0][1] if windows else None
    if opening is None:
        return ()
    return tuple(_consent(each, opening, windows, list(reports)) for each in record.agreements)


def _consent(
    agreement: Agreement,
    opening: Span,
    windows: Sequence[tuple[datetime, Span]],
    reports: list[tuple[int, MaintenanceReport]],
) -> Consent:
    at = agreement.at
    window = [opening, *(span for said_at, span in windows if said_at <= at)][-1]
    moved_later = any(said_at > at for said_at, _ in windows)
    end: datetime | None = None
    if at < window.end or moved_later:
        known = estimates_of([(number, report) for number, report in reports if report.at <= at])
        end = max([window.end, *(each.expected for each in known[-1:] if each.expected is not None)])
    return Consent(client=agreement.client, at=at.astimezone(UTC), start=window.start, end=end)
