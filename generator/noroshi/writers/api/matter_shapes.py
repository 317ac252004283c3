"""The documents of single matters: what was written of each, and what follows from it."""

from __future__ import annotations

from typing import Literal, TypedDict

from noroshi.records.choices import ComponentLevel, Detector, Outcome, Phase, Settlement, Severity, WorkResult
from noroshi.records.content import MatterKind
from noroshi.snapshot.matter.completion import Piece
from noroshi.writers.api.fact_shapes import CommitmentFacts, IncidentFacts, MaintenanceFacts
from noroshi.writers.api.head import Head, Link
from noroshi.writers.api.promise_shapes import Action, Promise
from noroshi.writers.api.report_shapes import CommitmentReport, IncidentReport, MaintenanceReport
from noroshi.writers.api.values import Address, Guid, Id, Language, Moment, Span, Texts

_ImpactTime = TypedDict("_ImpactTime", {"from": Moment, "until": Moment | None})


class Impact(_ImpactTime):
    """How a component was; `until` is null while it lasts."""

    component: Id
    level: ComponentLevel


class Estimate(TypedDict):
    """What a report said of when it would be over."""

    report: int
    """The report's number."""
    said_at: Moment
    expected: Moment | None
    """Null where the time was unknown."""
    answer_by: Moment | None
    """By when an unknown time would be known."""


class MetCommitment(TypedDict):
    """A commitment that planned work meets."""

    id: Id
    kind: Literal[MatterKind.COMMITMENT]
    title: Texts
    url: Address | None
    """Its page; null where it has none here."""


class Meeting(TypedDict):
    """How planned work stands with a commitment that it meets."""

    commitment: MetCommitment
    client: Id | None
    settlement: Settlement


class State(TypedDict):
    """What the reports make of a matter."""

    open: bool
    """Whether it has begun and is not over."""
    severity: Severity | None
    began_at: Moment
    """What orders it: the real start, else the planned one, else detection, else the first report."""
    detected_at: Moment | None
    started_at: Moment | None
    recovered_at: Moment | None
    ended_at: Moment | None
    updated_at: Moment | None
    """The newest time that the content speaks of having been written at."""
    window: Span | None
    """The planned time as last announced."""
    moved_from: list[Span]
    """Earlier planned times, oldest first."""
    planned_clear: Span | None
    """A commitment's planned time with the time around it that is kept clear."""
    estimates: list[Estimate]
    """Every estimate of the end, oldest first; the last one holds."""
    components: list[Id]
    """All components that it ever concerned."""
    impacts: list[Impact]
    caused_by: Id | None
    detected_by: Detector | None
    result: WorkResult | None
    outcome: Outcome | None
    settlement: Settlement | None
    """How it stands with the commitments that it meets; null where it meets none."""
    meets: list[Meeting]
    """Those of them that the reader may know of."""
    imported: bool
    lacking: list[Piece]
    """What its completion report still has to tell."""


class Matter(Link):
    """Which matter it is."""

    guid: Guid
    phase: Phase
    pages: dict[Language, Address]
    """Its page in every language of the site."""


class Related(TypedDict):
    """The matters near it, as far as the reader may know of them."""

    cause: Link | None
    """What caused it."""
    caused: list[Link]
    """The incidents that it caused."""
    threats: list[Link]
    """The commitments that it threatened or, of a commitment, the incidents that threatened it."""


class MatterHead(Head):
    """What the documents of all kinds of matter begin with."""

    matter: Matter


class Following(TypedDict):
    """What follows from that which was written of a matter."""

    state: State
    promises: list[Promise]
    """All that it ever owed, in the order in which it began to be owed."""
    actions: list[Action]
    """Its corrective actions, in the order of their announcement."""
    related: Related


class IncidentDocument(MatterHead, Following):
    """An unplanned interruption or degradation."""

    document: Literal["incident"]
    facts: IncidentFacts
    reports: list[IncidentReport]


class MaintenanceDocument(MatterHead, Following):
    """Planned work."""

    document: Literal["maintenance"]
    facts: MaintenanceFacts
    reports: list[MaintenanceReport]


class CommitmentDocument(MatterHead, Following):
    """A slot or release promised to a client."""

    document: Literal["commitment"]
    facts: CommitmentFacts
    reports: list[CommitmentReport]
