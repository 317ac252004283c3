"""What is true of one matter at a time. Times here are all UTC; pages turn them into the site's zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from noroshi.records.choices import (
    ComponentLevel,
    Detector,
    Outcome,
    Phase,
    ReportKind,
    Settlement,
    Severity,
    Visibility,
    WorkResult,
)
from noroshi.records.content import MatterKind
from noroshi.records.texts import Text
from noroshi.snapshot.gist import Gist
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.matter.completion import Piece
from noroshi.snapshot.packing import Packable
from noroshi.snapshot.promises.promise import Promise


class Span(NamedTuple):
    """From one time to another."""

    start: datetime
    end: datetime


class Impact(NamedTuple):
    """How one component was because of this matter, over a time. A tuple, for a log holds many."""

    component: str
    level: ComponentLevel
    start: datetime
    end: datetime | None
    """None while it lasts."""


class Estimate(NamedTuple):
    """What one report said of when it would be over. A tuple, for a log holds many."""

    number: int
    """The report's."""
    said_at: datetime
    expected: datetime | None
    """None where the report says that the time is unknown."""
    answer_by: datetime | None = None
    """By when an unknown time will be known."""


class Outlook(NamedTuple):
    """What was to be expected of an incident from one report on. A tuple, for a log holds many."""

    number: int
    """The report's."""
    at: datetime
    """When it was said."""
    severity: Severity
    components: tuple[str, ...]
    """The ids of those that were not operational by then, as far as was told."""
    expected: datetime | None
    """When it would be back; None where nobody could say."""
    answer_by: datetime | None
    """By when that would be known."""
    back: bool
    """Whether it was told to be over."""


class Slot(NamedTuple):
    """A commitment's time as it was planned from one report on, with the time around it that is kept clear."""

    said_at: datetime | None
    """When it was said; None where the opening facts say it."""
    clear: Span


class Consent(NamedTuple):
    """A client's agreement to planned work, with the time that was planned when it was given."""

    client: str
    """Their id."""
    at: datetime
    """When it was given."""
    start: datetime
    end: datetime | None
    """The window's, or what was expected then; None where the window had passed: it is for as long as it takes."""


class Meeting(NamedTuple):
    """A commitment whose time planned work falls into; known only to those who may know of the commitment."""

    commitment: str
    """Its id."""
    title: Text
    client: str | None
    visibility: Visibility | None
    settlement: Settlement
    has_page: bool
    """Whether it is a record, and no event of a calendar."""


class ReportMark(NamedTuple):
    """One report's number, kind and time: enough to order reports without their texts. A tuple: a log holds many."""

    number: int
    """From 1, in file order; a withdrawn report keeps its own."""
    kind: ReportKind
    at: datetime


@dataclass(frozen=True, kw_only=True)
class State(
    Packable,
    packed=("title", "moved_from", "estimates", "impacts", "promises", "lacking", "actions", "outlooks", "slots"),
):
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
    promises: tuple[Promise, ...] = field(default_factory=tuple)
    """All that it ever owed, to whomever, in the order in which it began to be owed."""
    lacking: tuple[Piece, ...] = field(default_factory=tuple)
    """What its completion report still has to tell."""
    actions: tuple[ActionStanding, ...] = field(default_factory=tuple)
    """Its corrective actions, in the order of their announcement."""
    consents: tuple[Consent, ...] = ()
    """The agreements of clients to planned work, as they are written."""
    emergency: bool = False
    """Whether planned work cannot wait for consent."""
    client: str | None = None
    """To whom a commitment was made, by id."""
    clear: Span | None = None
    """A commitment with the time around it that is kept clear."""
    visibility: Visibility | None = None
    """Who may read of a commitment."""
    from_calendar: bool = False
    """Whether a commitment is an event of a calendar: it has no page, and nobody reports on it."""
    detected_at: datetime | None = None
    """When an incident was noticed, where that is told."""
    outlooks: tuple[Outlook, ...] = field(default_factory=tuple)
    """What was to be expected of an incident, oldest first; the last one holds."""
    slots: tuple[Slot, ...] = field(default_factory=tuple)
    """Every time that was planned for a commitment, oldest first; the last one's span is ``clear``."""
    mended: int = 0
    """How many marks its reports bear of having been mended or withdrawn."""
    settlement: Settlement | None = None
    """How it stands between planned work and the commitments that it meets; None where it meets none."""
    meets: tuple[Meeting, ...] = ()
    """The commitments that planned work meets, by time."""
    gist: Gist | None = None
    """What lists and counts need of it where it is settled; None where they look at the state itself."""

    @property
    def told_at(self) -> datetime | None:
        """When it was last told of, or what was told was mended; None where nothing was reported yet."""
        return self.updated_at if self.reports else None

    @property
    def open(self) -> bool:
        """Whether it has begun and is not over."""
        return not self.phase.over and not self.phase.ahead

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed: by its last completion report or, of what was called off, by its last notice.

        By its last report where it has neither; None while it is not over, and where nothing was ever reported.
        """
        if not self.phase.over:
            return None
        kind = ReportKind.NOTICE if self.phase is Phase.CANCELLED else ReportKind.COMPLETION
        closing = [mark.at for mark in self.reports if mark.kind is kind]
        return max(closing or [mark.at for mark in self.reports], default=None)
