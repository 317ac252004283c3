"""The record of a site: which promises were kept, late or missed, and what became of its incidents, month by month.

A promise counts once its fate is settled: kept, given up, or its time passed. It belongs to the month in the site's
zone in which that was settled for the record: when it was kept, where that was on time, else when its time ran out.
So a month that is over changes only by what becomes of its own missed promises, and by reports that came to light.
An incident or a commitment belongs to the month in which it began. What was imported made no promises to anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.records.content import MatterKind
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record.fates import (
    FATES,
    Months,
    month_key,
    months_in,
    settled_at,
    settled_promises,
    told_by,
)
from noroshi.snapshot.track_record.incident_facts import IncidentFacts, facts_of


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many promises were kept on time, late, and not."""

    met: int = 0
    late: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        """All that were settled."""
        return self.met + self.late + self.missed

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(met=self.met + other.met, late=self.late + other.late, missed=self.missed + other.missed)


@dataclass(frozen=True, kw_only=True)
class RecordMonth:
    """A month in the site's zone and what it brought."""

    number: int
    """As :mod:`.fates` counts months."""
    now: datetime
    """At which it is looked back upon."""
    zone: ZoneInfo
    matters: Mapping[PromiseKind, tuple[tuple[State, ...], ...]]
    """By kind, and for each fate of :data:`FATES` the matter of each promise that had it, in the order of their ids: of
    several promises, several times."""
    kinds: Mapping[PromiseKind, Tally]
    """How many of each kind."""
    total: Tally
    """How many of all kinds."""
    incidents: tuple[IncidentFacts, ...]
    """Those that began in it, oldest first."""
    commitments: tuple[State, ...]
    """Those that began in it and whose outcome was told, oldest first."""

    @property
    def key(self) -> str:
        """``2026-06``."""
        return month_key(self.number)

    def has(self, kind: PromiseKind, fate: PromiseState) -> bool:
        """Whether a promise of a kind had a fate."""
        return bool(self.matters_of(kind, fate))

    def matters_of(self, kind: PromiseKind, fate: PromiseState) -> tuple[State, ...]:
        """The matter of each promise of one kind and fate: of several promises, several times."""
        return self.matters[kind][FATES.index(fate)] if kind in self.matters else ()

    def settled(self, kind: PromiseKind, fate: PromiseState) -> list[Promise]:
        """The promises of one kind and fate, by their due time; those of one matter as they were made."""
        months = months_in(self.zone)
        found = [
            promise
            for state in {state.id: state for state in self.matters_of(kind, fate)}.values()
            for promise in state.promises
            if promise.kind is kind
            and promise.state(self.now) is fate
            and months.number(settled_at(promise)) == self.number
        ]
        return sorted(found, key=lambda promise: promise.order[:2])


@dataclass(frozen=True, kw_only=True)
class TrackRecord:
    """The record of all months."""

    months: tuple[RecordMonth, ...]
    """Newest first; months without anything are left out."""
    imported: int
    """How many imported matters are left out of everything here."""

    @property
    def total(self) -> Tally:
        """All promises: the sum of the months."""
        return sum((month.total for month in self.months), Tally())

    def tally(self, kind: PromiseKind) -> Tally:
        """The promises of one kind: the sum of the months."""
        return sum((month.kinds[kind] for month in self.months if kind in month.kinds), Tally())


class _Gathered:
    """What is found for one month."""

    def __init__(self) -> None:
        self.matters: dict[PromiseKind, list[tuple[State, ...]]] = {}
        self.incidents: list[IncidentFacts] = []
        self.commitments: list[State] = []


def track_record(states: Iterable[State], now: datetime, zone: ZoneInfo) -> TrackRecord:
    """The record that these matters make at ``now``, as this audience may see them.

    :param states: in any order, with the promises that the audience may know of
    :param zone: the site's, by which months are told apart
    """
    ordered = sorted(states, key=attrgetter("id"))
    own = [state for state in ordered if not state.imported]
    months = months_in(zone)
    matters: defaultdict[int, list[State]] = defaultdict(list)
    for state in own:
        for number in _fates_of(state, now, months):
            matters[number].append(state)
    found: defaultdict[int, _Gathered] = defaultdict(_Gathered)
    for number, those in matters.items():
        month, kind, place = told_by(number)
        found[month].matters.setdefault(kind, [()] * len(FATES))[place] = tuple(those)
    for state in sorted(own, key=attrgetter("began_at")):
        if state.kind is MatterKind.INCIDENT:
            found[_began_in(state, months)].incidents.append(facts_of(state, now))
        elif state.kind is MatterKind.COMMITMENT and state.outcome is not None:
            found[_began_in(state, months)].commitments.append(state)
    return TrackRecord(
        months=tuple(_month(number, found[number], now, zone) for number in sorted(found, reverse=True)),
        imported=len(ordered) - len(own),
    )


def _fates_of(state: State, now: datetime, months: Months) -> tuple[int, ...]:
    if state.gist is None:
        return tuple(number for number, _ in settled_promises(state, now, months))
    to_clients = state.gist.fates_to
    return (*state.gist.fates, *(number for _, number in to_clients)) if to_clients else state.gist.fates


def _began_in(state: State, months: Months) -> int:
    return state.gist.began_in if state.gist is not None else months.number(state.began_at)


def _month(number: int, gathered: _Gathered, now: datetime, zone: ZoneInfo) -> RecordMonth:
    kinds = {kind: _tally(gathered.matters[kind]) for kind in PromiseKind if kind in gathered.matters}
    return RecordMonth(
        number=number,
        now=now,
        zone=zone,
        matters={kind: tuple(gathered.matters[kind]) for kind in kinds},
        kinds=kinds,
        total=sum(kinds.values(), Tally()),
        incidents=tuple(gathered.incidents),
        commitments=tuple(gathered.commitments),
    )


def _tally(matters: Sequence[Sequence[State]]) -> Tally:
    met, late, missed = map(len, matters)
    return Tally(met=met, late=late, missed=missed)
