"""The record of a site: which promises were kept, late or missed, and what became of its incidents, month by month.

A promise counts once its fate is settled: kept, given up, or its time passed. It belongs to the month in the site's
zone in which that was settled for the record: when it was kept, where that was on time, else when its time ran out.
So a month that is over changes only by what becomes of its own missed promises, and by reports that came to light.
An incident or a commitment belongs to the month in which it began. What was imported made no promises to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.records.content import MatterKind
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State
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


FATES = (PromiseState.MET, PromiseState.LATE, PromiseState.MISSED)
"""What can have become of a promise that is settled, from best to worst."""


@dataclass(frozen=True, kw_only=True)
class RecordMonth:
    """A month in the site's zone and what it brought."""

    key: str
    """``2026-06``."""
    promises: Mapping[PromiseKind, tuple[tuple[Promise, ...], ...]]
    """By kind, and for each fate of :data:`FATES` those that had it, in the order of their matters' ids."""
    kinds: Mapping[PromiseKind, Tally]
    """How many of each kind."""
    total: Tally
    """How many of all kinds."""
    incidents: tuple[IncidentFacts, ...]
    """Those that began in it, oldest first."""
    commitments: tuple[State, ...]
    """Those that began in it and whose outcome was told, oldest first."""

    def has(self, kind: PromiseKind, fate: PromiseState) -> bool:
        """Whether a promise of a kind had a fate."""
        return kind in self.promises and bool(self.promises[kind][FATES.index(fate)])

    def settled(self, kind: PromiseKind, fate: PromiseState) -> list[Promise]:
        """The promises of one kind and fate, by their due time; those of one matter as they were made."""
        found = self.promises[kind][FATES.index(fate)] if kind in self.promises else ()
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
        self.promises: tuple[list[Promise], ...] = tuple([] for _ in FATES)
        self.incidents: list[IncidentFacts] = []
        self.commitments: list[State] = []


def track_record(states: Iterable[State], now: datetime, zone: ZoneInfo) -> TrackRecord:
    """The record that these matters make at ``now``, as this audience may see them.

    :param states: in any order, with the promises that the audience may know of
    :param zone: the site's, by which months are told apart
    """
    ordered = sorted(states, key=attrgetter("id"))
    own = [state for state in ordered if not state.imported]
    months = _Months(zone)
    for state in own:
        for promise in state.promises:
            fate = promise.state(now)
            if fate is not PromiseState.DUE:
                months.at(_settled_at(promise)).promises[FATES.index(fate)].append(promise)
    for state in sorted(own, key=attrgetter("began_at")):
        if state.kind is MatterKind.INCIDENT:
            months.at(state.began_at).incidents.append(facts_of(state, now))
        elif state.kind is MatterKind.COMMITMENT and state.outcome is not None:
            months.at(state.began_at).commitments.append(state)
    return TrackRecord(
        months=tuple(_month(key, gathered) for key, gathered in sorted(months.found.items(), reverse=True)),
        imported=len(ordered) - len(own),
    )


def _settled_at(promise: Promise) -> datetime:
    """When the fate of a settled promise was settled for the record: kept by its time, or its time ran out."""
    due, met = promise.due, promise.met_at
    return met if met is not None and met < due else due


class _Months:
    """The months of the site's zone. The zone is asked once a month, for asking it once a moment takes long."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.found: dict[str, _Gathered] = {}
        self._zone = zone
        self._near: dict[int, tuple[datetime, datetime]] = {}
        self._places: dict[int, _Gathered] = {}

    def at(self, moment: datetime) -> _Gathered:
        """What is found for the month of a moment in UTC: mostly the month that UTC calls it, else one beside it."""
        place = moment.year * 12 + moment.month - 1
        bounds = self._near.get(place)
        if bounds is None:
            bounds = self._near[place] = (self._start(place), self._start(place + 1))
        if moment < bounds[0]:
            place -= 1
        elif moment >= bounds[1]:
            place += 1
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = self.found[f"{place // 12:04}-{place % 12 + 1:02}"] = _Gathered()
        return found

    def _start(self, place: int) -> datetime:
        return datetime(place // 12, place % 12 + 1, 1, tzinfo=self._zone).astimezone(UTC)


def _month(key: str, gathered: _Gathered) -> RecordMonth:
    promises: dict[PromiseKind, tuple[list[Promise], ...]] = {}
    for place, found in enumerate(gathered.promises):
        for promise in found:
            groups = promises.get(promise.kind)
            if groups is None:
                groups = promises[promise.kind] = tuple([] for _ in FATES)
            groups[place].append(promise)
    met, late, missed = map(len, gathered.promises)
    return RecordMonth(
        key=key,
        promises={kind: tuple(map(tuple, groups)) for kind, groups in promises.items()},
        kinds={kind: Tally(met=len(g[0]), late=len(g[1]), missed=len(g[2])) for kind, g in promises.items()},
        total=Tally(met=met, late=late, missed=missed),
        incidents=tuple(gathered.incidents),
        commitments=tuple(gathered.commitments),
    )
