"""The fold of an incident."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from noroshi.records.choices import ComponentLevel, Phase, ReportKind, Severity
from noroshi.records.content import Entry
from noroshi.records.matters import Incident
from noroshi.records.reports import IncidentReport, UnknownRecovery
from noroshi.snapshot.matter.actions import standing_actions
from noroshi.snapshot.matter.completion import Account, account_of
from noroshi.snapshot.matter.impact import Change, impacts_of
from noroshi.snapshot.matter.outlook import outlooks_of
from noroshi.snapshot.matter.spoken import (
    NEVER,
    believable_end,
    marks,
    mentioned,
    relapses,
    said,
    updated_at,
    utc,
)
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import Estimate, State


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the opening facts and the reports say together, before anything follows from it."""

    severity: Severity
    caused_by: str | None
    started: datetime | None
    recovered: datetime | None
    ended: datetime | None
    completed: datetime | None
    estimates: tuple[Estimate, ...]
    account: Account


def fold_incident(entry: Entry, record: Incident, promises: tuple[Promise, ...]) -> State:
    """What is true of an incident after these reports; the clock changes nothing in it.

    :param record: the entry's, with the reports that count
    :param promises: all that it ever owed
    """
    reports = said(record.reports)
    told = _told(record, reports)
    phase, recovered, ended = _outcome(record, told)
    began = _began(record, told)
    over = ended or recovered or told.completed
    if phase.over and (over is None or over < began):
        over = began  # only imported records get here: nobody knows how long they lasted
    changes = list(_changes(record, reports, began))
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=told.severity,
        began_at=began.astimezone(UTC),
        started_at=utc(told.started),
        recovered_at=utc(recovered),
        ended_at=utc(ended),
        window=None,
        moved_from=(),
        estimates=told.estimates,
        components=mentioned(changes),
        impacts=impacts_of(changes, end=utc(over) if phase.over or told.completed is not None else None),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, began),
        caused_by=told.caused_by,
        detected_by=record.detected.by if record.detected else None,
        detected_at=utc(record.detected.at) if record.detected else None,
        result=None,
        outcome=None,
        imported=record.imported is not None,
        settled=phase.over and all(promise.closed for promise in promises),
        promises=promises,
        outlooks=outlooks_of(record),
        lacking=told.account.lacking if phase is Phase.COMPLETION_INCOMPLETE else (),
        actions=standing_actions(record.reports),
    )


def incident_phases(record: Incident) -> Iterator[Phase]:
    """How far an incident had come after each report."""
    for number in range(1, len(record.reports) + 1):
        yield _outcome(record, _told(record, said(record.reports[:number])))[0]


def _told(record: Incident, reports: Sequence[tuple[int, IncidentReport]]) -> _Told:
    severity, caused_by, started = record.severity, record.caused_by, record.started_at
    recovered = ended = completed = None
    estimates: list[Estimate] = []
    for number, report in reports:
        severity = report.severity or severity
        started = report.started_at or started
        caused_by = report.caused_by or caused_by
        if relapses(report):
            recovered = ended = None
        recovered = report.recovered_at or recovered
        ended = report.ended_at or ended
        if report.recovery is not None:
            estimates.append(_estimate(number, report, report.recovery))
        if report.kind is ReportKind.COMPLETION:
            completed = report.at
    if record.imported is not None:
        ended = ended or believable_end(record.imported, started)
    return _Told(
        severity=severity,
        caused_by=caused_by,
        started=started,
        recovered=recovered,
        ended=ended,
        completed=completed,
        estimates=tuple(estimates),
        account=account_of(record.severity, (report for _, report in reports)),
    )


def _outcome(record: Incident, told: _Told) -> tuple[Phase, datetime | None, datetime | None]:
    """How far it has come, when it was back and when it was over: one of the two times stands in for the other."""
    recovered = told.recovered or told.ended
    if told.completed is not None:
        return _completed(record, told), recovered, told.ended or recovered
    if record.imported is not None and record.imported.resolved_at is not None:
        return Phase.CLOSED, told.recovered, told.ended
    return Phase.RECOVERED if recovered else Phase.ONGOING, recovered, told.ended


def _completed(record: Incident, told: _Told) -> Phase:
    """How complete a completion report is; an imported one is taken as its source wrote it."""
    if record.imported is not None:
        return Phase.COMPLETED
    if told.account.lacking:
        return Phase.COMPLETION_INCOMPLETE
    return Phase.FINAL_REPORT_PENDING if told.account.pending else Phase.COMPLETED


def _began(record: Incident, told: _Told) -> datetime:
    """When it began as far as that is known: else when it was noticed, else when it was first told of."""
    noticed = record.detected.at if record.detected else None
    return told.started or noticed or (record.reports[0].at if record.reports else NEVER)


def _changes(record: Incident, reports: Sequence[tuple[int, IncidentReport]], began: datetime) -> Iterator[Change]:
    """How components became, in the order of the reports; what is back brings all of them back."""
    known = dict(record.components)
    yield began.astimezone(UTC), record.components
    for _, report in reports:
        back_at = report.recovered_at or report.ended_at
        since = (back_at or report.at).astimezone(UTC)
        if back_at is not None:
            yield since, dict.fromkeys(known, ComponentLevel.OPERATIONAL)
        known |= report.components
        yield since, report.components


def _estimate(number: int, report: IncidentReport, recovery: datetime | UnknownRecovery) -> Estimate:
    told_at = report.at.astimezone(UTC)
    if isinstance(recovery, UnknownRecovery):
        return Estimate(number=number, said_at=told_at, expected=None, answer_by=utc(recovery.answer_by))
    return Estimate(number=number, said_at=told_at, expected=utc(recovery))
