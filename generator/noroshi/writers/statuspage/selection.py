"""Which matters each document holds, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from noroshi.records.content import MatterKind
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State

NEWEST = 50
"""How many matters the documents of all incidents, and of all planned work, hold: as Statuspage's do."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The matters of each document."""

    incidents: tuple[State, ...]
    """The newest ones, and all that are unresolved; newest first."""
    unresolved: tuple[State, ...]
    """Newest first."""
    maintenance: tuple[State, ...]
    """The newest planned work, and all that is not completed; newest first."""
    upcoming: tuple[State, ...]
    """Work that no report has started; soonest first."""
    active: tuple[State, ...]
    """Work that has begun and is not completed; soonest first."""

    @property
    def current(self) -> tuple[State, ...]:
        """Work under way, then work ahead."""
        return (*self.active, *self.upcoming)


def select(snapshot: Snapshot) -> Selection:
    """Choose the matters of each document. Commitments are no part of any: Statuspage has nothing like them."""
    work = (*snapshot.current_work, *snapshot.announced)
    incidents = _newest(snapshot.states, MatterKind.INCIDENT)
    return Selection(
        incidents=incidents,
        unresolved=tuple(state for state in incidents if not state.phase.over),
        maintenance=_newest(snapshot.states, MatterKind.MAINTENANCE),
        upcoming=tuple(sorted((state for state in work if state.phase.ahead), key=_planned)),
        active=tuple(sorted((state for state in work if state.open), key=_planned)),
    )


def _newest(states: Iterable[State], kind: MatterKind) -> tuple[State, ...]:
    """:param states: newest first"""
    of_kind = [state for state in states if state.kind is kind]
    return (*of_kind[:NEWEST], *(state for state in of_kind[NEWEST:] if not state.phase.over))


def _planned(state: State) -> tuple[datetime, str]:
    return (state.began_at, state.id)
