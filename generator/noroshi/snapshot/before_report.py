"""What had been said before each report of a matter, so that what the report changes can stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from noroshi.records.choices import ComponentLevel, Severity
from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.records.reports import CommitmentReport, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.snapshot.state import Span


@dataclass(frozen=True, kw_only=True)
class Before:
    """What readers had been told last when a report was made; None and no key where nothing had been said."""

    severity: Severity | None = None
    started_at: datetime | None = None
    window: Span | None = None
    end: datetime | UnknownRecovery | None = None
    """When it was expected to be back or over."""
    levels: Mapping[str, ComponentLevel] = field(default_factory=dict)
    """By component id."""


def before_each_report(record: Matter) -> Iterator[Before]:
    """What had been said before each report, in their order. A withdrawn report has said nothing."""
    said = _opening(record)
    for report in record.reports:
        yield said
        if report.withdrawn is None:
            said = _after(report, said)


def _opening(record: Matter) -> Before:
    if isinstance(record, Incident):
        return Before(severity=record.severity, started_at=record.started_at, levels=record.components)
    if isinstance(record, Maintenance):
        planned = Span(record.window.from_, record.window.until) if record.window else None
        return Before(window=planned, levels=record.components)
    assert isinstance(record, Commitment)
    return Before(window=Span(record.from_, record.until))


def _after(report: IncidentReport | MaintenanceReport | CommitmentReport, said: Before) -> Before:
    if isinstance(report, IncidentReport):
        return replace(
            said,
            severity=report.severity or said.severity,
            started_at=report.started_at or said.started_at,
            end=report.recovery or said.end,
            levels={**said.levels, **(report.components or {})},
        )
    window = Span(report.window.from_, report.window.until) if report.window else said.window
    if isinstance(report, CommitmentReport):
        return replace(said, window=window, end=report.expected or said.end)
    return replace(
        said,
        started_at=report.started_at or said.started_at,
        window=window,
        end=report.expected or said.end,
        levels={**said.levels, **(report.components or {})},
    )
