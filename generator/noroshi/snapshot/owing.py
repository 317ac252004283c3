"""What is owed at a time, to whom, and what stands in the way: for those who have to keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from noroshi.problems import Problem
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Client
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.risks import Fired, fired_risks
from noroshi.snapshot.slots.conflicts import Conflict
from noroshi.snapshot.slots.dependencies import Dependencies
from noroshi.snapshot.state import State


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A promise that is still to be kept, and to whom."""

    promise: Promise
    matter: State
    overdue: bool
    """Whether its time has passed."""
    length: timedelta
    """How long it has been overdue, or how long is left."""
    to_readers: bool
    """Whether it is owed to everybody who reads."""
    clients: tuple[Client, ...]
    """The client to whom it was made or, of a promise to all readers, those who use what is affected."""


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A risk that has fired and still holds."""

    fired: Fired
    matter: State
    commitment: State | None
    """The commitment that is threatened, or on which word is owed."""
    clients: tuple[Client, ...]
    """Those who use what is affected and, of a threatened commitment, the one to whom it was made."""


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """Planned work that meets a commitment without the client's consent."""

    conflict: Conflict
    problem: Problem
    """What the rule says of it."""
    clients: tuple[Client, ...]
    """The client whose commitment it is."""


@dataclass(frozen=True, kw_only=True)
class Owing:
    """All that is owed at a time."""

    settings: Settings
    at: datetime
    owed: tuple[Owed, ...]
    """Soonest due first, hence overdue on top."""
    conflicts: tuple[Unsettled, ...]
    alarms: tuple[Alarm, ...]
    """Oldest first."""
    next_due: Promise | None = None
    """What is due next of all that was left out for being due later."""

    @property
    def overdue(self) -> tuple[Owed, ...]:
        """What is owed though its time has passed, longest overdue first."""
        return tuple(each for each in self.owed if each.overdue)

    @property
    def ahead(self) -> tuple[Owed, ...]:
        """What is owed and not yet due, soonest first."""
        return tuple(each for each in self.owed if not each.overdue)

    @property
    def alarming(self) -> bool:
        """Whether somebody has to act now: something is overdue, a slot is in conflict, or a risk has fired."""
        return bool(self.overdue or self.conflicts or self.alarms)


def take_stock(
    settings: Settings, states: Iterable[State], conflicts: Iterable[tuple[Conflict, Problem]], at: datetime
) -> Owing:
    """All that is owed at ``at``.

    :param states: of all matters, in any order, with the promises to clients whose commitments are threatened
    :param conflicts: those that are not settled, each with what the rule says of it
    """
    by_id = {state.id: state for state in states}
    needs = Dependencies(settings.components)
    uses = {client.id: needs.reached_from(client.components) for client in settings.clients}
    promises = sorted((p for state in by_id.values() for p in state.promises if p.owed), key=attrgetter("order"))
    return Owing(
        settings=settings,
        at=at,
        owed=tuple(_owed(promise, by_id[promise.matter], settings, uses, at) for promise in promises),
        conflicts=tuple(
            Unsettled(conflict=each, problem=problem, clients=_named([each.commitment.client], settings))
            for each, problem in sorted(conflicts, key=lambda pair: pair[1].order)
        ),
        alarms=tuple(
            _alarm(fired, by_id, settings, uses)
            for fired in fired_risks(settings, by_id.values(), at)
            if fired.until is None and fired.matter in by_id
        ),
    )


def narrow(owing: Owing, *, within: timedelta | None = None, client: str | None = None) -> Owing:
    """Only what is overdue or due within a time, or what concerns one client.

    :param client: by id
    """
    owed, conflicts, alarms = owing.owed, owing.conflicts, owing.alarms
    if client is not None:
        owed = tuple(each for each in owed if _concerns(client, each.clients))
        conflicts = tuple(each for each in conflicts if _concerns(client, each.clients))
        alarms = tuple(each for each in alarms if _concerns(client, each.clients))
    later: tuple[Owed, ...] = ()
    if within is not None:
        last = owing.at + within
        later = tuple(each for each in owed if each.promise.due > last)
        owed = tuple(each for each in owed if each.promise.due <= last)
    next_due = later[0].promise if later else None
    return replace(owing, owed=owed, conflicts=conflicts, alarms=alarms, next_due=next_due)


def _owed(
    promise: Promise, matter: State, settings: Settings, uses: Mapping[str, Collection[str]], at: datetime
) -> Owed:
    overdue = promise.overdue(at)
    return Owed(
        promise=promise,
        matter=matter,
        overdue=overdue,
        length=promise.lateness(at) if overdue else promise.due - at,
        to_readers=promise.to is None,
        clients=_concerned(matter, settings, uses) if promise.to is None else _named([promise.to], settings),
    )


def _alarm(fired: Fired, by_id: Mapping[str, State], settings: Settings, uses: Mapping[str, Collection[str]]) -> Alarm:
    promise = fired.promise
    commitment = by_id[fired.commitment] if fired.commitment is not None else None
    if commitment is not None:
        clients = _concerned(commitment, settings, uses)
    elif promise is not None and promise.to is not None:
        clients = _named([promise.to], settings)
    else:
        clients = _concerned(by_id[fired.matter], settings, uses)
    return Alarm(fired=fired, matter=by_id[fired.matter], commitment=commitment, clients=clients)


def _concerned(matter: State, settings: Settings, uses: Mapping[str, Collection[str]]) -> tuple[Client, ...]:
    """The clients who use what a matter affects, or what needs it; a commitment is its client's alone."""
    if matter.kind is MatterKind.COMMITMENT:
        return _named([matter.client], settings)
    affected = set(matter.components)
    return tuple(client for client in settings.clients if affected.intersection(uses[client.id]))


def _named(ids: Collection[str | None], settings: Settings) -> tuple[Client, ...]:
    return tuple(client for client in settings.clients if client.id in ids)


def _concerns(client: str, clients: Iterable[Client]) -> bool:
    return any(each.id == client for each in clients)
