"""What had been said before each report of a matter, so that what the report changes can stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from noroshi.records.choices import ComponentLevel, Severity
from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.records.reports import CommitmentReport, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.snapshot.matter.recovery import back_at, relapses
from noroshi.snapshot.state import Span

_Report: TypeAlias = IncidentReport | MaintenanceReport | CommitmentReport


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
    said = _opening(record)
    incident = record.reports if isinstance(record, Incident) else ()
    for report in record.reports:
        if report.withdrawn is None:
            said = _taken_back(report, said, incident)
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


def _taken_back(report: _Report, said: Before, incident: Sequence[IncidentReport]) -> Before:
    """What had been said, with the recovery that this report takes back, if it does."""
    told = said.recovered_at or said.ended_at
    relapse = isinstance(report, IncidentReport) and told is not None and relapses(report, incident)
    return replace(said, taken_back=told if relapse else None)


def _after(report: _Report, said: Before) -> Before:
    if isinstance(report, IncidentReport):
        lost = said.taken_back is not None
        back = back_at(report)
        recovered = said.levels if back is None else dict.fromkeys(said.levels, ComponentLevel.OPERATIONAL)
        return replace(
            said,
            severity=report.severity or said.severity,
            started_at=report.started_at or said.started_at,
            end=report.recovery or said.end,
            recovered_at=report.recovered_at or (None if lost else said.recovered_at),
            ended_at=report.ended_at or (None if lost else said.ended_at),
            taken_back=None,
            levels={**recovered, **(report.components or {})},
        )
    window = Span(report.window.from_, report.window.until) if report.window else said.window
    ended_at = report.ended_at or said.ended_at
    if isinstance(report, CommitmentReport):
        return replace(said, window=window, end=report.expected or said.end, ended_at=ended_at)
    return replace(
        said,
        started_at=report.started_at or said.started_at,
        window=window,
        end=report.expected or said.end,
        ended_at=ended_at,
        levels={**said.levels, **(report.components or {})},
    )
