"""The fold of planned work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from noroshi.records.base import Imported
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
    mended,
    mentioned,
    said,
    updated_at,
    utc,
)
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import Impact, Span, State


class _Told:
    """What the opening facts and the reports so far of planned work say together, before anything follows from it."""

    def __init__(self, record: Maintenance) -> None:
        self.windows = [span_of(record.window)] if record.window else []
        """Every time that was announced for it, the last one holding."""
        self.start_report: datetime | None = None
        self.started: datetime | None = None
        self.ended: datetime | None = None
        self.completed: datetime | None = None
        self.cancelled = False
        self.closed = False
        """Whether the source of an imported record closed it."""
        self.result: WorkResult | None = None

    def add(self, report: MaintenanceReport) -> None:
        """Take in a report that still speaks."""
        if report.window is not None:
            self.windows.append(span_of(report.window))
        self.cancelled = self.cancelled or report.cancelled
        self.started = report.started_at or self.started
        self.ended = report.ended_at or self.ended
        self.result = report.result or self.result
        if report.kind is ReportKind.START:
            self.start_report = self.start_report or report.at
        if report.kind is ReportKind.COMPLETION:
            self.completed = report.at

    def add_end(self, imported: Imported) -> None:
        """Take in what the source of an imported record says of its end, after all that was reported."""
        start = self.started or (self.window.start if self.window else None)
        self.ended = self.ended or believable_end(imported, start)
        self.closed = imported.resolved_at is not None

    @property
    def window(self) -> Span | None:
        """The planned time as last announced."""
        return self.windows[-1] if self.windows else None

    @property
    def has_begun(self) -> bool:
        """Whether a report says, in whatever way, that it has begun."""
        return any(moment is not None for moment in (self.start_report, self.started, self.completed, self.ended))

    @property
    def impairs(self) -> bool:
        """Whether it has impaired anything: a plan does not, nor does what was called off."""
        return self.has_begun and not self.cancelled


def fold_maintenance(entry: Entry, record: Maintenance, promises: tuple[Promise, ...], now: datetime) -> State:
    """What is true of planned work at ``now`` after these reports.

    :param record: the entry's, with the reports that count
    :param promises: all that it ever owed
    """
    reports = said(record.reports)
    told = _told(record, reports)
    window, phase = told.window, _phase(told, now)
    planned = window.start if window else None
    began = _began(record, told)
    started = (told.started or told.start_report or planned or began) if told.has_begun else told.started
    changes = _changes(record, reports, began)
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
        ended_at=utc(told.ended) if not told.cancelled else None,
        window=window,
        moved_from=tuple(told.windows[:-1]),
        estimates=estimates_of(reports),
        components=mentioned(changes),
        impacts=impacts_of(changes if told.impairs else (), end=_end(told, phase, began)),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, began),
        mended=mended(record.reports),
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
    for report, told in zip(record.reports, _told_after_each(record), strict=True):
        yield _phase(told, report.at)


def maintenance_impacts(record: Maintenance) -> Iterator[tuple[tuple[str, ...], tuple[Impact, ...]]]:
    """The components that planned work concerned, and how it impaired them, as far as was told after each report."""
    for number, told in enumerate(_told_after_each(record), 1):
        began = _began(record, told)
        changes = _changes(record, said(record.reports[:number]), began)
        end = _end(told, _phase(told, record.reports[number - 1].at), began)
        yield mentioned(changes), impacts_of(changes if told.impairs else (), end=end)


def _phase(told: _Told, now: datetime) -> Phase:
    if told.closed and told.completed is None:
        return Phase.CLOSED
    return planned_phase(
        started=told.has_begun,
        completed=told.completed is not None,
        cancelled=told.cancelled,
        ended=told.ended is not None,
        window=told.window,
        now=now,
    )


def _told(record: Maintenance, reports: Iterable[tuple[int, MaintenanceReport]]) -> _Told:
    told = _Told(record)
    for _, report in reports:
        told.add(report)
    if record.imported is not None:
        told.add_end(record.imported)
    return told


def _told_after_each(record: Maintenance) -> Iterator[_Told]:
    """What is told after each report: one and the same object. The end that a source tells comes with the last one."""
    told = _Told(record)
    for number, report in enumerate(record.reports, 1):
        if report.withdrawn is None:
            told.add(report)
        if record.imported is not None and number == len(record.reports):
            told.add_end(record.imported)
        yield told


def _began(record: Maintenance, told: _Told) -> datetime:
    """When it began, else when that is planned, else when it was first told of."""
    planned = told.window.start if told.window else None
    return told.started or planned or (record.reports[0].at if record.reports else NEVER)


def _changes(record: Maintenance, reports: Sequence[tuple[int, MaintenanceReport]], began: datetime) -> list[Change]:
    """How components became, in the order of the reports."""
    changes: list[Change] = [(began.astimezone(UTC), record.components)]
    return changes + [(report.at.astimezone(UTC), report.components) for _, report in reports]


def _end(told: _Told, phase: Phase, began: datetime) -> datetime | None:
    """When its impacts ended, in UTC; None while they last."""
    over = told.ended or told.completed
    if phase.over and (over is None or over < began):
        over = began  # cancelled, or imported and nobody knows how long it lasted
    return utc(over)
