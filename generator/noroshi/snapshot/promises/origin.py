"""Where a promise comes from: which report's word named its due time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from noroshi.records.choices import PromiseKind
from noroshi.records.matters import Matter
from noroshi.records.reports import CommitmentReport, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.records.times import end_of
from noroshi.snapshot.promises.promise import Promise

Report = IncidentReport | MaintenanceReport | CommitmentReport


_NAMED = (
    PromiseKind.NEXT_REPORT,
    PromiseKind.RECOVERY_ANSWER,
    PromiseKind.CAUSE,
    PromiseKind.ACTION,
    PromiseKind.EFFECT_CHECK,
    PromiseKind.START,
    PromiseKind.END,
)
"""What a report can name a time for; all else follows from policy."""


def naming_report(promise: Promise, record: Matter, zone: ZoneInfo) -> int | None:
    """The number of the last report that named the promise's due time; None where policy or the opening facts did."""
    if promise.policy is not None or promise.kind not in _NAMED:
        return None
    reports: tuple[Report, ...] = record.reports
    for number in range(len(reports), 0, -1):
        report = reports[number - 1]
        if report.withdrawn is None:
            for due in _named(promise, report):
                if end_of(due, zone) == promise.due:
                    return number
    return None


def _named(promise: Promise, report: Report) -> Iterator[date | datetime]:
    """The due times that a report names for promises of this kind."""
    match promise.kind:
        case PromiseKind.NEXT_REPORT if report.at == promise.made_at and report.next_report is not None:
            yield report.next_report
        case PromiseKind.START | PromiseKind.END if not isinstance(report, IncidentReport) and report.window:
            yield report.window.from_ if promise.kind is PromiseKind.START else report.window.until
        case PromiseKind.RECOVERY_ANSWER if isinstance(report, IncidentReport):
            if isinstance(report.recovery, UnknownRecovery):
                yield report.recovery.answer_by
        case PromiseKind.CAUSE if not isinstance(report, CommitmentReport):
            if report.cause is not None and report.cause.answer_by is not None:
                yield report.cause.answer_by
        case PromiseKind.ACTION | PromiseKind.EFFECT_CHECK if not isinstance(report, CommitmentReport):
            yield from _named_of_action(promise, report)


def _named_of_action(promise: Promise, report: IncidentReport | MaintenanceReport) -> Iterator[date | datetime]:
    checked = promise.kind is PromiseKind.EFFECT_CHECK
    if not isinstance(report.actions, tuple):
        step = report.actions.get(promise.about or "")
        if step is not None and step.due is not None and not checked:
            yield step.due
        return
    for action in report.actions:
        due = action.check_effect_by if checked else action.due
        if action.id == promise.about and due is not None:
            yield due
