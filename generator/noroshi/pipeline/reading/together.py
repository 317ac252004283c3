"""What only shows when a site's matters are seen together: conflicts, threats, and what is owed because of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from noroshi.pipeline.reading.record import Reading
from noroshi.problems import Place, Problem
from noroshi.records.choices import Settlement
from noroshi.records.content import MatterKind, Settings
from noroshi.rules import slot_conflicts, slot_threatened
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.slot_answer import slot_promises
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.conflicts import Conflict, find_conflicts
from noroshi.snapshot.slots.dependencies import Dependencies
from noroshi.snapshot.slots.threats import Threat, find_threats
from noroshi.snapshot.state import Meeting, State


@dataclass(frozen=True, kw_only=True)
class Together:
    """A site's matters, each with what follows from the others."""

    states: tuple[State, ...]
    """In the order given: work with its settlement, commitments with the word that is owed on them."""
    conflicts: tuple[Conflict, ...]
    """Settled or not, by work."""
    threats: tuple[Threat, ...]
    """All that ever were, oldest first; those that last have no end."""


def put_together(states: Iterable[State], settings: Settings, terms: Terms, now: datetime) -> Together:
    """Complete the states of a site's matters by what follows from each other, at ``now``.

    :param states: of all matters, whoever may see them
    :param terms: those of the settings
    """
    alone = tuple(states)
    if not any(state.kind is MatterKind.COMMITMENT for state in alone):
        return Together(states=alone, conflicts=(), threats=())
    dependencies = Dependencies(settings.components)
    conflicts = find_conflicts(alone, dependencies, now)
    threats = find_threats(alone, dependencies, now)
    met: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        met.setdefault(conflict.work.id, []).append(conflict)
    owed: dict[str, list[Promise]] = {}
    for promise in slot_promises(threats, terms, now):
        owed.setdefault(promise.matter, []).append(promise)
    return Together(
        states=tuple(_completed(state, met.get(state.id, ()), owed.get(state.id, ())) for state in alone),
        conflicts=conflicts,
        threats=threats,
    )


def slot_problems(together: Together, readings: Iterable[Reading], settings: Settings, now: datetime) -> list[Problem]:
    """The problems of conflicts and threats, each at a place in one of the files that were read.

    :param readings: of the files that are looked at; the matters of others are known, but not told of
    """
    places: Mapping[str, Place] = {
        reading.state.id: reading.hinge for reading in readings if reading.state is not None and reading.hinge
    }
    return [
        *slot_conflicts(together.conflicts, places, settings.site),
        *slot_threatened(together.threats, places, settings.site, now),
    ]


def _completed(state: State, conflicts: Sequence[Conflict], owed: Sequence[Promise]) -> State:
    if not conflicts and not owed:
        return state
    meets = tuple(
        Meeting(
            commitment=conflict.commitment.id,
            title=conflict.commitment.title,
            client=conflict.commitment.client,
            visibility=conflict.commitment.visibility,
            settlement=conflict.settlement,
            has_page=not conflict.commitment.from_calendar,
        )
        for conflict in conflicts
    )
    # Of several clients, how it stands with the one who is worst off.
    worst = max((each.settlement for each in meets), key=list(Settlement).index, default=None)
    # Its gist knows nothing of what is owed because of others.
    gist = None if owed else state.gist
    return replace(state, settlement=worst, meets=meets, promises=(*state.promises, *owed), gist=gist)
