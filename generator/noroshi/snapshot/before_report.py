"""What had been said before each report of a matter, so that what the report changes can stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from noroshi.records.choices import ComponentLevel, Severity
from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.records.reports import CommitmentReport, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.snapshot.matter.recovery import Recovery, back_at
from noroshi.snapshot.state import Span


@dataclass(frozen=True, kw_only=True)
class Before:
    """What readers had been told last when a report was made; None and no key where nothing had been said."""

    severity: Severity | None = None
    started_at: datetime | None = None
    window: Span | None = None
    end: datetime | UnknownRecovery | None = None
    """When it was expected to be back or over."""
    recovered_at: datetime | None = None
    ended_at: datetime | None = None
    taken_back: datetime | None = None
    """When readers had been told that it was back, where this report tells that it is not."""
    levels: Mapping[str, ComponentLevel] = field(default_factory=dict)
    """By component id."""


def before_each_report(record: Matter) -> Iterator[Before]:
    """What had been said before each report, in their order. A withdrawn report has said nothing."""
    told, recovery = _opening(record), Recovery()
    reports: tuple[IncidentReport | MaintenanceReport | CommitmentReport, ...] = record.reports
    for number, report in enumerate(reports, 1):
        if report.withdrawn is not None:
            yield told
            continue
        if not isinstance(report, IncidentReport):
            yield told
            told = _after(report, told)
            continue
        before = recovery.back
        relapse = recovery.add(number, report)
        yield replace(told, taken_back=before) if relapse else told
        told = _after_incident_report(report, told, recovery)


def _opening(record: Matter) -> Before:
    if isinstance(record, Incident):
        return Before(severity=record.severity, started_at=record.started_at, levels=record.components)
    if isinstance(record, Maintenance):
        planned = Span(record.window.from_, record.window.until) if record.window else None
        return Before(window=planned, levels=record.components)
    assert isinstance(record, Commitment)
    return Before(window=Span(record.from_, record.until))


def _after_incident_report(report: IncidentReport, told: Before, recovery: Recovery) -> Before:
    well = back_at(report) is not None and recovery.back is not None
    levels = dict.fromkeys(told.levels, ComponentLevel.OPERATIONAL) if well else told.levels
    return replace(
        told,
        severity=report.severity or told.severity,
        started_at=report.started_at or told.started_at,
        end=report.recovery or told.end,
        recovered_at=recovery.end.recovered,
        ended_at=recovery.end.ended,
        levels={**levels, **report.components},
    )


def _after(report: MaintenanceReport | CommitmentReport, told: Before) -> Before:
    window = Span(report.window.from_, report.window.until) if report.window else told.window
    ended_at = report.ended_at or told.ended_at
    if isinstance(report, CommitmentReport):
        return replace(told, window=window, end=report.expected or told.end, ended_at=ended_at)
    return replace(
        told,
        started_at=report.started_at or told.started_at,
        window=window,
        end=report.expected or told.end,
        ended_at=ended_at,
        levels={**told.levels, **(report.components or {})},
    )
