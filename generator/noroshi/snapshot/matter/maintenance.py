"""The fold of planned work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from noroshi.records.choices import Phase, ReportKind, WorkResult
from noroshi.records.content import Entry
from noroshi.records.matters import Maintenance
from noroshi.records.reports import MaintenanceReport
from noroshi.snapshot.matter.actions import standing_actions
from noroshi.snapshot.matter.consent import consents_of
from noroshi.snapshot.matter.impact import Change, impacts_of
from noroshi.snapshot.matter.planned import estimates_of, planned_phase, span_of
from noroshi.snapshot.matter.spoken import (
    NEVER,
    believable_end,
    marks,
    mentioned,
    said,
    updated_at,
    utc,
)
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import Span, State


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the opening facts and the reports of planned work say together, before anything follows from it."""

    windows: tuple[Span, ...]
    """Every time that was announced for it, the last one holding."""
    start_report: datetime | None
    started: datetime | None
    ended: datetime | None
    completed: datetime | None
    cancelled: bool
    result: WorkResult | None

    @property
    def window(self) -> Span | None:
        """The planned time as last announced."""
        return self.windows[-1] if self.windows else None

    @property
    def has_begun(self) -> bool:
        """Whether a report says, in whatever way, that it has begun."""
        return any(moment is not None for moment in (self.start_report, self.started, self.completed, self.ended))


def fold_maintenance(entry: Entry, record: Maintenance, promises: tuple[Promise, ...], now: datetime) -> State:
    """What is true of planned work at ``now`` after these reports.

    :param record: the entry's, with the reports that count
    :param promises: all that it ever owed
    """
    reports = said(record.reports)
    told = _told(record, reports)
    window, ended, cancelled = told.window, told.ended, told.cancelled
    phase = _phase(record, told, now)
    planned = window.start if window else None
    began = told.started or planned or (record.reports[0].at if record.reports else NEVER)
    started = (told.started or told.start_report or planned or began) if told.has_begun else told.started
    over = ended or told.completed
    if phase.over and (over is None or over < began):
        over = began  # cancelled, or imported and nobody knows how long it lasted
    changes: list[Change] = []
    if told.has_begun and not cancelled:
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
        moved_from=told.windows[:-1],
        estimates=estimates_of(reports),
        components=mentioned(concerned),
        impacts=impacts_of(changes, end=utc(over)),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, began),
        caused_by=None,
        detected_by=None,
        result=told.result,
        outcome=None,
        imported=record.imported is not None,
        settled=phase.over and all(promise.closed for promise in promises),
        promises=promises,
        actions=standing_actions(record.reports),
        consents=consents_of(record, reports),
        emergency=record.emergency is not None,
    )


def maintenance_phases(record: Maintenance) -> Iterator[Phase]:
    """How far planned work had come when each report was made."""
    for number, report in enumerate(record.reports, 1):
        yield _phase(record, _told(record, said(record.reports[:number])), report.at)


def _phase(record: Maintenance, told: _Told, now: datetime) -> Phase:
    if record.imported is not None and record.imported.resolved_at is not None and told.completed is None:
        return Phase.CLOSED
    return planned_phase(
        started=told.has_begun,
        completed=told.completed is not None,
        cancelled=told.cancelled,
        ended=told.ended is not None,
        window=told.window,
        now=now,
    )


def _told(record: Maintenance, reports: Sequence[tuple[int, MaintenanceReport]]) -> _Told:
    windows = [span_of(record.window)] if record.window else []
    start_report = started = ended = completed = result = None
    cancelled = False
    for _, report in reports:
        if report.window is not None:
            windows.append(span_of(report.window))
        cancelled = cancelled or report.cancelled
        started = report.started_at or started
        ended = report.ended_at or ended
        result = report.result or result
        if report.kind is ReportKind.START:
            start_report = start_report or report.at
        if report.kind is ReportKind.COMPLETION:
            completed = report.at
    if record.imported is not None:
        ended = ended or believable_end(record.imported, started or (windows[-1].start if windows else None))
    return _Told(
        windows=tuple(windows),
        start_report=start_report,
        started=started,
        ended=ended,
        completed=completed,
        cancelled=cancelled,
        result=result,
    )
