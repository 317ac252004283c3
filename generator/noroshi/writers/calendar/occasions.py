"""What an event is of: a matter whose time is planned, or a promise by a time; and what follows from its reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from noroshi.records.choices import Phase
from noroshi.records.content import Settings
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State
from noroshi.writers.calendar.span import EventSpan


class Fate(StrEnum):
    """What became of a promise, as far as its event says. The clock alone changes none of them."""

    DUE = "due"
    KEPT = "kept"
    LATE = "late"
    """Kept after its time."""
    MISSED = "missed"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A matter whose time is planned, and its event's."""

    uid: str
    state: State
    span: EventSpan
    sequence: int

    @property
    def components(self) -> tuple[str, ...]:
        """The ids of the components that it concerns."""
        return self.state.components

    @property
    def causes(self) -> tuple[State, ...]:
        """The matters that its event follows from."""
        return (self.state,)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A promise by a time, and its event's."""

    uid: str
    state: State
    """The matter that it belongs to."""
    promise: Promise
    fate: Fate
    threat: State | None
    """The incident because of which word on a commitment is owed."""

    @property
    def components(self) -> tuple[str, ...]:
        """The ids of the components that its matter concerns."""
        return self.state.components

    @property
    def causes(self) -> tuple[State, ...]:
        """The matters that its event follows from."""
        return (self.state,) if self.threat is None else (self.state, self.threat)

    @property
    def sequence(self) -> int:
        """Rises with each report on any of these matters."""
        return sum(map(sequence_of, self.causes))


def since(settings: Settings) -> datetime:
    """The time that stands in for that of content which nothing dates: the day from which permanent names hold."""
    return datetime.combine(settings.site.id.since, time(), tzinfo=UTC)


def changed_at(state: State, settings: Settings) -> datetime:
    """When what is told of a matter was last changed; a commitment may stand without a report."""
    return state.updated_at if state.reports else since(settings)


def sequence_of(state: State) -> int:
    """Twice the number of reports, and one more where something was mended or withdrawn after the last of them."""
    return 2 * len(state.reports) + (bool(state.reports) and state.updated_at > state.reports[-1].at)


def is_over(state: State) -> bool:
    """Whether planned work or a commitment has ended or was called off, as reports tell."""
    return state.phase.over or state.phase is Phase.ENDED
