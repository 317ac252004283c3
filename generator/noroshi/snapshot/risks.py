"""Risks: triggers that were decided beforehand, evaluated over the site's states at a time.

A risk fires at the moment at which its condition comes true, whether or not anybody was looking, and holds until the
condition ends. What reports tell later of an earlier time counts: work that, as it turns out, ended in time never ran
over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from noroshi.records.choices import Detector, PromiseKind
from noroshi.records.content import MatterKind, Settings
from noroshi.records.durations import Duration
from noroshi.records.settings import Risk
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.dependencies import Dependencies
from noroshi.snapshot.slots.threats import Threat, find_threats
from noroshi.snapshot.state import State


class TriggerKind(StrEnum):
    """What can make a risk fire; the value is its key in ``risks.yaml``."""

    MAINTENANCE_OVERRUN = "maintenance_overrun"
    REPORT_OVERDUE = "report_overdue"
    RECOVERY_MISSED = "recovery_missed"
    OPEN_LONGER_THAN = "open_longer_than"
    DETECTED_BY_CLIENT = "detected_by_client"
    COMMITMENT_THREATENED = "commitment_threatened"


class Fired(NamedTuple):
    """A risk that fired: what, when, because of what, and whether it still holds. Times are UTC."""

    risk: Risk
    matter: str
    """The id of the incident, maintenance or commitment that fired it."""
    trigger: TriggerKind
    at: datetime
    """When its condition came true."""
    since: datetime
    """What the trigger counted from: the planned end, the due time, the estimate, the beginning, the detection."""
    promise: Promise | None = None
    """The promise that is late."""
    commitment: str | None = None
    """The commitment that is threatened, or on which word is owed to its client, by id."""
    until: datetime | None = None
    """When its condition ended; None while it holds."""

    @property
    def matters(self) -> tuple[str, ...]:
        """The ids of all the matters that it speaks of."""
        return (self.matter,) if self.commitment is None else (self.matter, self.commitment)

    @property
    def order(self) -> tuple[datetime, str, str, str, str]:
        """A total order: by time, then risk, matter, and what of it fired."""
        promise = self.promise
        about = f"{promise.kind} {promise.matter} {promise.about}" if promise else self.commitment or ""
        return (self.at, self.risk.id, self.matter, self.trigger.value, about)


LATE_REPORTS = frozenset(
    {
        PromiseKind.FIRST_REPORT,
        PromiseKind.NEXT_REPORT,
        PromiseKind.RECOVERY_ANSWER,
        PromiseKind.COMPLETION,
        PromiseKind.CAUSE,
        PromiseKind.SLOT_ANSWER,
    }
)
"""What ``report_overdue`` watches: promises to say something. Others are promises to do something, and a notice that
comes late is known to be late only when it comes."""


class _Spell(NamedTuple):
    """A time over which a trigger's condition held."""

    matter: str
    since: datetime
    at: datetime
    until: datetime | None = None
    promise: Promise | None = None
    commitment: str | None = None


_After = Callable[[datetime, Duration], datetime]
_Look = Callable[[State, Duration, _After], Iterator[_Spell]]


def fired_risks(settings: Settings, states: Iterable[State], now: datetime) -> tuple[Fired, ...]:
    """Every risk that had fired by ``now``, oldest first, whether or not it still holds.

    Imported matters fire none: what was decided here was not decided there.

    :param states: of all matters, in any order
    """
    if not settings.risks:
        return ()
    watched = tuple(state for state in states if not state.imported)
    watch = _Watch(settings, watched, now)
    fired: dict[tuple[str, ...], Fired] = {}
    for risk in settings.risks:
        for name in risk.when.kinds:
            trigger = TriggerKind(name)
            for spell in watch.spells(trigger, getattr(risk.when, name)):
                if spell.at > now or (spell.until is not None and spell.until <= spell.at):
                    continue
                found = Fired(
                    risk=risk,
                    matter=spell.matter,
                    trigger=trigger,
                    at=spell.at,
                    since=spell.since,
                    promise=spell.promise,
                    commitment=spell.commitment,
                    until=spell.until if spell.until is not None and spell.until <= now else None,
                )
                # The same report may be promised to all readers and to a client: it is late once.
                fired.setdefault(tuple(map(str, found.order)), found)
    return tuple(sorted(fired.values(), key=lambda each: each.order))


def by_matter(fired: Iterable[Fired]) -> Mapping[str, tuple[Fired, ...]]:
    """The risks that fired by each matter that they speak of, by its id, in the order given."""
    found: dict[str, tuple[Fired, ...]] = {}
    for each in fired:
        for name in each.matters:
            found[name] = (*found.get(name, ()), each)
    return found


class _Watch:
    """Looks at all matters for one trigger after the other."""

    def __init__(self, settings: Settings, states: tuple[State, ...], now: datetime) -> None:
        self._settings = settings
        self._states = states
        self._now = now
        self._after = Terms(settings).after

    def spells(self, trigger: TriggerKind, value: Duration | bool) -> Iterator[_Spell]:
        """When a trigger's condition held, for all matters, as far as their reports tell."""
        if isinstance(value, Duration):
            watch = _WATCHES[trigger]
            for state in self._states:
                yield from watch(state, value, self._after)
        elif value and trigger is TriggerKind.DETECTED_BY_CLIENT:
            for state in self._states:
                yield from _detected(state)
        elif value:
            needs = Dependencies(self._settings.components)
            yield from map(_threatened, find_threats(self._states, needs, self._now))


def _overruns(state: State, period: Duration, after: _After) -> Iterator[_Spell]:
    """Planned work past its window. A window moved after it had passed is still the one that was promised."""
    if state.kind is not MatterKind.MAINTENANCE or state.window is None:
        return
    promise = next((each for each in state.promises if each.kind is PromiseKind.END), None)
    since = promise.due if promise else state.window.end
    over = state.ended_at or state.closed_at
    yield _Spell(matter=state.id, since=since, at=after(since, period), until=over, promise=promise)


def _late_reports(state: State, period: Duration, after: _After) -> Iterator[_Spell]:
    for promise in state.promises:
        if promise.kind in LATE_REPORTS:
            slot = promise.kind is PromiseKind.SLOT_ANSWER
            over = promise.met_at or (_released(promise, state) if promise.closed else None)
            yield _Spell(
                matter=(promise.about if slot else None) or state.id,
                since=promise.due,
                at=after(promise.due, period),
                until=over,
                promise=promise,
                commitment=state.id if slot else None,
            )


def _missed_recoveries(state: State, period: Duration, after: _After) -> Iterator[_Spell]:
    """Estimates that passed; one that was replaced before the trigger's time was not relied on any more."""
    if state.kind is not MatterKind.INCIDENT:
        return
    for place, estimate in enumerate(state.estimates):
        if estimate.expected is None:
            continue
        at = after(estimate.expected, period)
        replaced = [later.said_at for later in state.estimates[place + 1 :]][:1]
        ends = [*replaced, *_ends(state)]
        if _down(state, at):
            yield _Spell(matter=state.id, since=estimate.expected, at=at, until=min(ends, default=None))


def _long_open(state: State, period: Duration, after: _After) -> Iterator[_Spell]:
    """Incidents that are not recovered: what is then owed in words, ``report_overdue`` watches."""
    if state.kind is MatterKind.INCIDENT:
        over = min(_ends(state), default=None)
        yield _Spell(matter=state.id, since=state.began_at, at=after(state.began_at, period), until=over)


def _detected(state: State) -> Iterator[_Spell]:
    """That a client noticed first stays true; it asks for an answer until the incident is closed."""
    if state.detected_by is Detector.CLIENT:
        at = state.detected_at or (state.reports[0].at if state.reports else state.began_at)
        yield _Spell(matter=state.id, since=at, at=at, until=state.closed_at)


def _threatened(threat: Threat) -> _Spell:
    return _Spell(
        matter=threat.incident.id,
        since=threat.since,
        at=threat.since,
        until=threat.until,
        commitment=threat.commitment.id,
    )


def _ends(state: State) -> list[datetime]:
    """When an incident was back, where that is known: in one time or in none."""
    if state.recovered_at is not None:
        return [state.recovered_at]
    over = state.ended_at or state.closed_at
    return [] if over is None else [over]


def _down(state: State, moment: datetime) -> bool:
    """Whether components were down at a moment, for it may have been back in between; without components, yes."""
    if not state.impacts:
        return True
    return any(each.start <= moment and (each.end is None or moment < each.end) for each in state.impacts)


def _released(promise: Promise, state: State) -> datetime:
    """When a promise that was not kept ceased to be owed: no later than by the next report after its time."""
    later = [mark.at for mark in state.reports if mark.at > promise.due]
    return min(later, default=max(promise.due, state.updated_at))


_WATCHES: dict[TriggerKind, _Look] = {
    TriggerKind.MAINTENANCE_OVERRUN: _overruns,
    TriggerKind.REPORT_OVERDUE: _late_reports,
    TriggerKind.RECOVERY_MISSED: _missed_recoveries,
    TriggerKind.OPEN_LONGER_THAN: _long_open,
}
