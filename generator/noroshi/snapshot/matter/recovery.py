"""Whether it is back: which reports tell so, and which take that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from noroshi.records.choices import ComponentLevel, ReportKind
from noroshi.records.reports import IncidentReport


def back_at(report: IncidentReport) -> datetime | None:
    """When a report tells that it was back; None where it tells of no end."""
    return report.recovered_at or report.ended_at


def relapses(report: IncidentReport, reports: Sequence[IncidentReport]) -> bool:
    """Whether what had recovered has not: an interim report tells that it is down again, or a correction of the report
    that told of the recovery tells how it is, or when it will be back.

    :param reports: all of the incident, by whose numbers a correction names what it corrects
    """
    if back_at(report) is not None:
        return False
    down = any(level is not ComponentLevel.OPERATIONAL for level in report.components.values())
    if report.kind is ReportKind.INTERIM:
        return down
    still = report.kind is ReportKind.CORRECTION and (down or report.recovery is not None)
    return still and bool(ends(report, reports))


def reopens(report: IncidentReport, reports: Sequence[IncidentReport]) -> bool:
    """Whether a completion report is among those whose end this correction takes back: what was complete is not."""
    if not relapses(report, reports):
        return False
    return any(reports[number - 1].kind is ReportKind.COMPLETION for number in ends(report, reports))


def ends(report: IncidentReport, reports: Sequence[IncidentReport]) -> tuple[int, ...]:
    """The numbers of the reports which told that it was back, among those that this one corrects."""
    known = len(reports)
    named = [(number, reports[number - 1]) for number in report.corrects if number <= known]
    return tuple(number for number, each in named if each.withdrawn is None and back_at(each) is not None)
