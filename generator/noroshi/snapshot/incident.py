"""The fold of an incident."""

from __future__ import annotations

from datetime import UTC, datetime

from noroshi.records.choices import ComponentLevel, Phase, ReportKind
from noroshi.records.content import Entry
from noroshi.records.matters import Incident
from noroshi.records.reports import IncidentReport, UnknownRecovery
from noroshi.snapshot.impact import Change, impacts_of
from noroshi.snapshot.spoken import believable_end, cause_pending, marks, mentioned, owes_actions, said, updated_at, utc
from noroshi.snapshot.state import Estimate, State


def fold_incident(entry: Entry, record: Incident) -> State:
    reports = said(record.reports)
    severity, started, recovered, ended = record.severity, record.started_at, None, None
    caused_by, completed, next_report = record.caused_by, None, None
    estimates: list[Estimate] = []
    for number, report in reports:
        severity = report.severity or severity
        started = report.started_at or started
        caused_by = report.caused_by or caused_by
        if _relapses(report):
            recovered = ended = None
        recovered = report.recovered_at or recovered
        ended = report.ended_at or ended
        next_report = report.next_report
        if report.recovery is not None:
            estimates.append(_estimate(number, report, report.recovery))
        if report.kind is ReportKind.COMPLETION:
            completed = report.at
    imported = record.imported
    if imported is not None:
        ended = ended or believable_end(imported, started)
    if completed is not None:
        phase = Phase.COMPLETED
        recovered = recovered or ended
        ended = ended or recovered
    elif imported is not None and imported.resolved_at is not None:
        phase = Phase.CLOSED
    else:
        phase = Phase.RECOVERED if recovered or ended else Phase.ONGOING
        recovered = recovered or ended
    first = record.reports[0].at if record.reports else (started or datetime.fromtimestamp(0, UTC))
    detected = record.detected.at if record.detected else None
    began = started or detected or first
    over = ended or recovered or completed
    if phase.over and (over is None or over < began):
        over = began  # only imported records get here: nobody knows how long they lasted
    changes: list[Change] = [(began.astimezone(UTC), record.components)]
    for _, report in reports:
        back_at = report.recovered_at or report.ended_at
        since = (back_at or report.at).astimezone(UTC)
        if back_at is not None:
            back = {component: ComponentLevel.OPERATIONAL for _, known in changes for component in known}
            changes.append((since, back))
        changes.append((since, report.components))
    closing = over if phase.over else None
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=severity,
        began_at=began.astimezone(UTC),
        started_at=utc(started),
        recovered_at=utc(recovered),
        ended_at=utc(ended),
        window=None,
        moved_from=(),
        estimates=tuple(estimates),
        next_report_at=utc(next_report),
        components=mentioned(changes),
        impacts=impacts_of(changes, end=utc(closing)),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, began),
        caused_by=caused_by,
        detected_by=record.detected.by if record.detected else None,
        result=None,
        outcome=None,
        imported=imported is not None,
        settled=phase.over and not owes_actions(reports) and not cause_pending(reports),
    )


def _relapses(report: IncidentReport) -> bool:
    """Whether an interim report tells that it is down again: what had recovered has not."""
    down = any(level is not ComponentLevel.OPERATIONAL for level in report.components.values())
    return report.kind is ReportKind.INTERIM and down and report.recovered_at is None and report.ended_at is None


def _estimate(number: int, report: IncidentReport, recovery: datetime | UnknownRecovery) -> Estimate:
    said = report.at.astimezone(UTC)
    if isinstance(recovery, UnknownRecovery):
        return Estimate(number=number, said_at=said, expected=None, answer_by=utc(recovery.answer_by))
    return Estimate(number=number, said_at=said, expected=utc(recovery))
