"""The fold of what is planned: maintenance and commitments."""

from __future__ import annotations

from datetime import UTC, datetime

from noroshi.records.base import Window
from noroshi.records.choices import Phase, ReportKind
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Maintenance
from noroshi.records.reports import CommitmentReport, MaintenanceReport
from noroshi.snapshot.impact import Change, impacts_of
from noroshi.snapshot.spoken import believable_end, cause_pending, marks, mentioned, owes_actions, said, updated_at, utc
from noroshi.snapshot.state import Estimate, Span, State


def _span(window: Window) -> Span:
    return Span(start=window.from_.astimezone(UTC), end=window.until.astimezone(UTC))


def _estimates(
    reports: list[tuple[int, MaintenanceReport]] | list[tuple[int, CommitmentReport]],
) -> tuple[Estimate, ...]:
    return tuple(
        Estimate(number=number, said_at=report.at.astimezone(UTC), expected=utc(report.expected))
        for number, report in reports
        if report.expected is not None
    )


def _planned_phase(
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


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def fold_maintenance(entry: Entry, record: Maintenance, now: datetime) -> State:
    reports = said(record.reports)
    windows = (
        [Span(start=record.window.from_.astimezone(UTC), end=record.window.until.astimezone(UTC))]
        if record.window
        else []
    )
    started_report = completed = None
    started = ended = next_report = result = None
    cancelled = False
    for _, report in reports:
        if report.window is not None:
            windows.append(_span(report.window))
        cancelled = cancelled or report.cancelled
        started = report.started_at or started
        ended = report.ended_at or ended
        result = report.result or result
        next_report = report.next_report
        if report.kind is ReportKind.START:
            started_report = started_report or report.at
        if report.kind is ReportKind.COMPLETION:
            completed = report.at
    imported = record.imported
    window = windows[-1] if windows else None
    source_closed = imported is not None and imported.resolved_at is not None and completed is None
    if imported is not None:
        ended = ended or believable_end(imported, started or (window.start if window else None))
    has_started = started_report is not None or started is not None or completed is not None or ended is not None
    phase = _planned_phase(
        started=has_started,
        completed=completed is not None,
        cancelled=cancelled,
        ended=ended is not None,
        window=window,
        now=now,
    )
    if source_closed:
        phase = Phase.CLOSED
    began = started or (window.start if window else None) or (record.reports[0].at if record.reports else _NEVER)
    if has_started:
        started = started or (window.start if window else started_report) or began
    over = ended or completed
    if phase.over and (over is None or over < began):
        over = began  # cancelled, or imported and nobody knows how long it lasted
    changes: list[Change] = []
    if has_started and not cancelled:
        changes.append((began.astimezone(UTC), record.components))
        changes += [(report.at.astimezone(UTC), report.components) for _, report in reports]
    concerned: list[Change] = [(now, record.components), *((now, report.components) for _, report in reports)]
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=None,
        began_at=began.astimezone(UTC),
        started_at=utc(started),
        recovered_at=None,
        ended_at=utc(ended) if not cancelled else None,
        window=window,
        moved_from=tuple(windows[:-1]),
        estimates=_estimates(reports),
        next_report_at=utc(next_report),
        components=mentioned(concerned),
        impacts=impacts_of(changes, end=utc(over)),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, began),
        caused_by=None,
        detected_by=None,
        result=result,
        outcome=None,
        imported=imported is not None,
        settled=phase.over and not owes_actions(reports) and not cause_pending(reports),
    )


def fold_commitment(entry: Entry, record: Commitment, now: datetime) -> State:
    reports: list[tuple[int, CommitmentReport]] = said(record.reports)
    windows = [Span(start=record.from_.astimezone(UTC), end=record.until.astimezone(UTC))]
    ended = next_report = outcome = None
    started = completed = False
    for _, report in reports:
        if report.window is not None:
            windows.append(_span(report.window))
        ended = report.ended_at or ended
        outcome = report.outcome or outcome
        next_report = report.next_report
        started = started or report.kind is ReportKind.START
        completed = completed or report.kind is ReportKind.COMPLETION
    phase = _planned_phase(
        started=started or ended is not None,
        completed=completed,
        cancelled=False,
        ended=ended is not None,
        window=windows[-1],
        now=now,
    )
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=None,
        began_at=windows[-1].start,
        started_at=windows[-1].start if started else None,
        recovered_at=None,
        ended_at=utc(ended),
        window=windows[-1],
        moved_from=tuple(windows[:-1]),
        estimates=_estimates(reports),
        next_report_at=utc(next_report),
        components=record.needs,
        impacts=(),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, windows[-1].start),
        caused_by=None,
        detected_by=None,
        result=None,
        outcome=outcome,
        imported=False,
        settled=phase.over,
    )
