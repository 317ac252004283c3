"""What is true of one matter at a time. Times here are all UTC; pages turn them into the site's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from noroshi.records.choices import ComponentLevel, Detector, Outcome, Phase, ReportKind, Severity, WorkResult
from noroshi.records.content import MatterKind
from noroshi.records.texts import Text


@dataclass(frozen=True, kw_only=True)
class Span:
    """From one time to another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Impact:
    """How one component was because of this matter, over a time."""

    component: str
    level: ComponentLevel
    start: datetime
    end: datetime | None
    """None while it lasts."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What one report said of when it would be over."""

    number: int
    """The report's."""
    said_at: datetime
    expected: datetime | None
    """None where the report says that the time is unknown."""
    answer_by: datetime | None = None
    """By when an unknown time will be known."""


@dataclass(frozen=True, kw_only=True)
class ReportMark:
    """One report's number, kind and time: enough to order reports without their texts."""

    number: int
    """From 1, in file order; a withdrawn report keeps its own."""
    kind: ReportKind
    at: datetime


@dataclass(frozen=True, kw_only=True)
class State:
    """The fold of one matter's opening facts and its reports up to a time."""

    id: str
    kind: MatterKind
    path: str
    """Its file, relative to the site's folder."""
    title: Text
    phase: Phase
    severity: Severity | None
    """None for maintenance and commitments."""
    began_at: datetime
    """What orders it: the real start, else the planned one, else detection, else the first report."""
    started_at: datetime | None
    """The real start; None while unknown or ahead."""
    recovered_at: datetime | None
    ended_at: datetime | None
    """The real end; None while open or unknown."""
    window: Span | None
    """The planned time as last announced."""
    moved_from: tuple[Span, ...]
    """Earlier planned times, oldest first."""
    estimates: tuple[Estimate, ...]
    """Every estimate of the end, oldest first; the last one holds."""
    next_report_at: datetime | None
    """When the last report said that the next one would come."""
    components: tuple[str, ...]
    """The ids of all components it ever concerned, in the order of their mention."""
    impacts: tuple[Impact, ...]
    reports: tuple[ReportMark, ...]
    updated_at: datetime
    """The newest time that the content speaks of having been written at."""
    caused_by: str | None
    detected_by: Detector | None
    result: WorkResult | None
    outcome: Outcome | None
    imported: bool
    settled: bool
    """Whether neither time nor further promises can change it: only a new report could."""

    @property
    def open(self) -> bool:
        """Whether it has begun and is not over."""
        return not self.phase.over and not self.phase.ahead
