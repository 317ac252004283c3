"""What stands in the calendars of one audience: which matters, and which of their promises.

Chosen from the snapshot's states alone, without their texts, and by the newest content's time, never by the clock: as
time goes by, nothing comes and nothing goes until something is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from heapq import nlargest

from noroshi.records.choices import PromiseKind
from noroshi.records.content import MatterKind, Settings
from noroshi.records.times import end_of
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.urls import event_uid, promise_uid
from noroshi.writers.calendar.occasions import Due, Fate, Planned, sequence_of
from noroshi.writers.calendar.span import EventSpan, span_of

KEPT_FOR = timedelta(days=396)
"""How long what is past stays, before the newest content: thirteen months."""

SETTLED_FOR = timedelta(days=14)
"""How long a promise stays that is no longer owed, before the newest content: two weeks after it was settled."""

MOST_PAST = 200
"""How many matters of the past there are at most, the newest: programs on the web refuse large calendars."""


def choose(snapshot: Snapshot) -> tuple[Planned | Due, ...]:
    """All that stands in a calendar, by time and then by name."""
    newest = snapshot.updated_at
    past: list[Planned] = []
    ahead: list[Planned] = []
    dues: list[Due] = []
    for state in snapshot.states:
        span = None if state.kind is MatterKind.INCIDENT else span_of(state)
        if span is not None and span.last >= newest - KEPT_FOR:
            (past if span.last < newest else ahead).append(_planned(state, span, snapshot))
        # Most matters of a long log owe nothing, and long since.
        if not state.settled or state.updated_at >= newest - SETTLED_FOR:
            dues += (due for due in _dues(state, snapshot) if _stands(due, newest))
    past = nlargest(MOST_PAST, past, key=lambda each: (each.span.last, each.uid))
    chosen: list[tuple[datetime, str, Planned | Due]] = [(each.span.start, each.uid, each) for each in (*past, *ahead)]
    chosen += [(each.promise.due, each.uid, each) for each in dues]
    return tuple(each for _, _, each in sorted(chosen, key=lambda one: one[:2]))


def _planned(state: State, span: EventSpan, snapshot: Snapshot) -> Planned:
    uid = event_uid(snapshot.settings.site.id, state.id)
    changed = _changed_at(state, snapshot)
    return Planned(uid=uid, state=state, span=span, changed=changed, sequence=sequence_of(state))


def _changed_at(state: State, snapshot: Snapshot) -> datetime:
    """When what is told of a matter was last changed; a commitment may stand without a report."""
    return state.updated_at if state.reports else snapshot.since


def _stands(due: Due, newest: datetime) -> bool:
    """Whether a promise stands in the calendar: what is owed does, what is settled for a while."""
    match due.fate:
        case Fate.DUE:
            return due.promise.due >= newest - KEPT_FOR
        case Fate.KEPT | Fate.LATE:
            return (due.promise.met_at or due.promise.due) >= newest - SETTLED_FOR
        case Fate.MISSED:
            return due.promise.due >= newest - SETTLED_FOR
        case Fate.DROPPED:
            return due.state.updated_at >= newest - SETTLED_FOR


def _dues(state: State, snapshot: Snapshot) -> Iterator[Due]:
    """Of each thing that is owed to somebody the promise that holds, else the last one.

    Start and end of a plan are its own event's. What a matter's first words kept at once was never seen as due.
    """
    holding: dict[tuple[PromiseKind, str | None, str | None], Promise] = {}
    for promise in state.promises:
        name = (promise.kind, promise.about, promise.to)
        if promise.kind in (PromiseKind.START, PromiseKind.END) or not _was_due(promise, state):
            continue
        if name not in holding or promise.owed or not holding[name].owed:
            holding[name] = promise
    for promise in holding.values():
        yield _due(promise, _fate(promise), state, snapshot)
    for promise in _dropped(state, snapshot.settings):
        yield _due(promise, Fate.DROPPED, state, snapshot)


def _due(promise: Promise, fate: Fate, state: State, snapshot: Snapshot) -> Due:
    uid = promise_uid(snapshot.settings.site.id, state.id, promise.kind.value, promise.about, promise.to)
    threat = snapshot.by_id.get(promise.about or "") if promise.kind is PromiseKind.SLOT_ANSWER else None
    changed = max(_changed_at(each, snapshot) for each in (state, threat) if each is not None)
    return Due(uid=uid, state=state, promise=promise, fate=fate, threat=threat, changed=changed)


def _was_due(promise: Promise, state: State) -> bool:
    """Whether readers ever saw it as owed: a report stood before the one that kept it."""
    if promise.owed or promise.met_by is None:
        return True
    if promise.kind in (PromiseKind.FIRST_REPORT, PromiseKind.NOTICE):
        return False
    if promise.kind in (PromiseKind.COMPLETION, PromiseKind.CAUSE) and promise.made_at is not None:
        return any(mark.number < promise.met_by and mark.at >= promise.made_at for mark in state.reports)
    return True


def _fate(promise: Promise) -> Fate:
    if promise.met_at is not None:
        return Fate.KEPT if promise.met_at <= promise.due else Fate.LATE
    # Word on a threatened commitment is given up when its time has passed: that is the clock's doing.
    given_up = promise.closed and promise.kind is not PromiseKind.SLOT_ANSWER
    return Fate.MISSED if given_up else Fate.DUE


def _dropped(state: State, settings: Settings) -> Iterator[Promise]:
    """Actions that were given up before their time: nothing is owed of them, and nobody shall wait for them."""
    for action in state.actions:
        if action.dropped is None:
            continue
        for kind, due in ((PromiseKind.ACTION, action.dues[-1]), (PromiseKind.EFFECT_CHECK, action.check_effect_by)):
            known = any(each.kind is kind and each.about == action.id for each in state.promises)
            if due is not None and not known:
                end = end_of(due, settings.site.zone).astimezone(UTC)
                yield Promise(kind=kind, matter=state.id, due=end, about=action.id, closed=True)
