"""The three kinds of matter that people report on: incidents, maintenance and commitments."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from noroshi.records.base import Imported, Record, Window
from noroshi.records.choices import DetectorWord, Severity, SeverityWord, Visibility, VisibilityWord
from noroshi.records.durations import Duration, Period, Unit
from noroshi.records.reports import CommitmentReport, Components, IncidentReport, MaintenanceReport
from noroshi.records.texts import Line, Prose
from noroshi.records.times import Moment
from noroshi.records.words import Name, Word


class Detection(Record):
    """Who noticed an incident first, and when."""

    at: Moment | None = None
    """When it was noticed; the first report is promised from then."""
    by: DetectorWord
    """monitoring, staff or client."""


class Incident(Record):
    """An unplanned interruption or degradation: opening facts, then reports."""

    title: Line
    """What is wrong, in a few words."""
    severity: SeverityWord = Severity.MINOR
    """How bad it is; policy makes promises from it."""
    components: Components = Field(default_factory=dict)
    """How each affected component is, from ``started_at`` on."""
    caused_by: Name | None = None
    """The maintenance or incident that caused it."""
    started_at: Moment | None = None
    """When it began, not when it was written; without it the start counts as unknown."""
    detected: Detection | None = None
    """Who noticed first."""
    not_affected: Prose | None = None
    """Who and what is not affected."""
    reports: tuple[IncidentReport, ...] = ()
    """What was said, oldest first."""
    imported: Imported | None = None
    """Set where the record was written elsewhere."""


class Agreement(Record):
    """A client's consent that work may meet their commitment; shown to that client only."""

    client: Name
    """The client's id."""
    by: Word
    """Who agreed, as a role."""
    at: Moment
    """When they agreed."""
    note: Prose | None = None
    """On what terms."""


class Emergency(Record):
    """Why work cannot wait although it meets a commitment."""

    reason: Prose
    """Why it cannot wait."""
    approved_by: Word
    """Who decided, as a role."""


class Maintenance(Record):
    """Planned work: opening facts, then reports."""

    title: Line
    """What is done, in a few words."""
    components: Components = Field(default_factory=dict)
    """How each component is within the window."""
    window: Window | None = None
    """The planned time; only imported records may lack it."""
    reason: Prose | None = None
    """Why it is done."""
    rollback: Prose | None = None
    """How it is undone if it fails."""
    not_affected: Prose | None = None
    """Who and what is not affected."""
    agreements: tuple[Agreement, ...] = ()
    """Consent of the clients whose commitments the window meets."""
    emergency: Emergency | None = None
    """The work cannot wait for consent."""
    reports: tuple[MaintenanceReport, ...] = ()
    """What was said, oldest first."""
    imported: Imported | None = None
    """Set where the record was written elsewhere."""


class KeepClear(Record):
    """The time around a commitment in which its components are left alone."""

    before: Period = Duration(0, Unit.MINUTES)
    """Before it begins."""
    after: Period = Duration(0, Unit.MINUTES)
    """After it ends."""


class Commitment(Record):
    """A slot or release promised to a client: opening facts, then reports."""

    title: Line
    """What was promised, in a few words."""
    client: Name
    """To whom."""
    from_: Moment
    """When it begins."""
    until: Moment
    """When it ends."""
    needs: tuple[Name, ...] = ()
    """The components it needs; all that these depend on count too."""
    keep_clear: KeepClear = Field(default_factory=KeepClear)
    """The time around it in which they are left alone."""
    visibility: VisibilityWord = Visibility.CLIENT
    """Who may read of it."""
    reports: tuple[CommitmentReport, ...] = ()
    """What was said, oldest first."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


Matter = Incident | Maintenance | Commitment
