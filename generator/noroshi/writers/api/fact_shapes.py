"""The opening facts of matters, with the keys of the content format."""

from __future__ import annotations

from typing import TypedDict

from noroshi.records.choices import ComponentLevel, Detector, Severity, Visibility
from noroshi.writers.api.values import Id, Length, Moment, Span, Texts

_From = TypedDict("_From", {"from": str})


class Imported(_From):
    """The mark of what was written elsewhere (`from` names the program): it promises nothing."""

    resolved_at: Moment | None
    """When its source says that it was over."""
    anomalies: list[Texts]
    """What the import found wrong and kept."""


class Detection(TypedDict):
    """Who noticed an incident first."""

    at: Moment | None
    by: Detector


class IncidentFacts(TypedDict):
    """The opening facts of an incident, as they were written."""

    title: Texts
    severity: Severity
    components: dict[Id, ComponentLevel]
    """How each was from the start on."""
    caused_by: Id | None
    started_at: Moment | None
    detected: Detection | None
    not_affected: Texts | None
    imported: Imported | None


class Agreement(TypedDict):
    """A client's consent that work may meet their commitment; told to that client only."""

    client: Id
    by: str
    """Who agreed, as a role."""
    at: Moment
    note: Texts | None
    """On what terms."""


class Emergency(TypedDict):
    """Why work cannot wait although it meets a commitment."""

    reason: Texts
    approved_by: str | None
    """Who decided, as a role; null for readers who may not know."""


class MaintenanceFacts(TypedDict):
    """The opening facts of planned work, as they were written."""

    title: Texts
    components: dict[Id, ComponentLevel]
    """How each is while the work goes on."""
    window: Span | None
    reason: Texts | None
    rollback: Texts | None
    """How it is undone if it fails."""
    not_affected: Texts | None
    agreements: list[Agreement]
    """Those of the client whose edition this is; none for the public."""
    emergency: Emergency | None
    imported: Imported | None


class KeepClear(TypedDict):
    """How long before and after a commitment its components are left alone."""

    before: Length
    after: Length


class CommitmentFacts(Span):
    """The opening facts of a commitment, as they were written; `from` and `until` are its time."""

    title: Texts
    client: Id | None
    """To whom; null for readers who may not know."""
    needs: list[Id]
    """The components that it needs."""
    keep_clear: KeepClear
    visibility: Visibility
