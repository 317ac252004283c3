"""What an event is of: a matter whose time is planned, or a promise by a time; and what follows from its reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noroshi.records.choices import Phase
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
    changed: datetime
    """When what is told of it was last changed."""
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
    changed: datetime
    """When what is told of either matter was last changed."""

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


def sequence_of(state: State) -> int:
    """The number of reports, and of the marks that they bear of having been mended or withdrawn: each may move it."""
    return len(state.reports) + state.mended


def is_over(state: State) -> bool:
    """Whether planned work or a commitment has ended or was called off, as reports tell."""
    return state.phase.over or state.phase is Phase.ENDED
