"""Incidents that reach into the time kept clear for a commitment, and since when that was to be seen.

Everything is judged by what was known at the time: who was told what by when must not change because more is known
later. While nobody can say when it will be back, an incident threatens all that begins within a day; an estimate that
has passed says no more than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from noroshi.records.content import MatterKind
from noroshi.records.times import LAST_YEAR
from noroshi.snapshot.slots.conflicts import Held, Holds
from noroshi.snapshot.slots.dependencies import Chain, Dependencies
from noroshi.snapshot.state import Outlook, Slot, Span, State

FORESIGHT = timedelta(hours=24)
"""How far an incident reaches of which nobody can say when it will be over: a day is time enough to act."""

_NEVER = datetime(LAST_YEAR, 12, 31, tzinfo=UTC)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Threat:
    """An incident that may keep a commitment from being kept, over a time."""

    incident: State
    commitment: State
    chain: Chain
    """From a component that the commitment names to one that is affected."""
    outlook: Outlook
    """What was to be expected of the incident when the threat arose."""
    since: datetime
    """When it arose: a report made it so, or time did while nobody could say when it would be over."""
    until: datetime | None
    """When it ended: back, out of the way, or the commitment past; None while it lasts."""


def find_threats(states: Sequence[State], dependencies: Dependencies, now: datetime) -> tuple[Threat, ...]:
    """Every threat up to ``now``, oldest first; those that last have no end."""
    holds = Holds(
        Held(clear=Span(start=_earliest(state), end=_latest(state)), commitment=state, chain=chain)
        for state in states
        if state.kind is MatterKind.COMMITMENT and state.slots
        for chain in dependencies.reached_from(state.components).values()
    )
    found: list[Threat] = []
    for incident in states:
        if not incident.outlooks:
            continue
        names = dict.fromkeys(name for outlook in incident.outlooks for name in outlook.components)
        near = {held.commitment.id: held.commitment for held in holds.meeting(names, _reach(incident, now))}
        for commitment in near.values():
            found += _threats_between(incident, commitment, dependencies, now)
    return tuple(sorted(found, key=lambda each: (each.since, each.commitment.id, each.incident.id)))


def _earliest(commitment: State) -> datetime:
    return min(slot.clear.start for slot in commitment.slots)


def _latest(commitment: State) -> datetime:
    return max(slot.clear.end for slot in commitment.slots)


def _reach(incident: State, now: datetime) -> Span:
    """All the time into which an incident can ever have seemed to reach."""
    outlooks = incident.outlooks
    named = [moment for each in outlooks for moment in (each.expected, each.answer_by) if moment is not None]
    last = outlooks[-1].at if outlooks[-1].back else max(now, outlooks[-1].at)
    return Span(start=outlooks[0].at, end=max([last, *named]) + FORESIGHT + timedelta(seconds=1))


def _threats_between(incident: State, commitment: State, dependencies: Dependencies, now: datetime) -> Iterator[Threat]:
    """The threats between one incident and one commitment, oldest first; what goes on without a gap is one."""
    chains = dependencies.reached_from(commitment.components)
    closed = commitment.closed_at or _NEVER
    last: Threat | None = None
    for outlook, slot, span in _stretches(incident, commitment):
        touched = [chains[name] for name in outlook.components if name in chains]
        end = min(span.end, slot.clear.end, closed)
        since = None if outlook.back or not touched else _arises(outlook, slot.clear.start, span.start)
        if since is None or since >= end or since > now:
            continue
        until = end if end <= now else None
        if last is not None and last.until == since:
            last = replace(last, until=until)
            continue
        if last is not None:
            yield last
        chain = min(touched, key=len)
        last = Threat(incident=incident, commitment=commitment, chain=chain, outlook=outlook, since=since, until=until)
    if last is not None:
        yield last


def _stretches(incident: State, commitment: State) -> Iterator[tuple[Outlook, Slot, Span]]:
    """The times over which both what was expected and what was planned stayed the same, oldest first."""
    ends = [*(outlook.at for outlook in incident.outlooks[1:]), _NEVER]
    planned = [*(slot.said_at or _EVER for slot in commitment.slots), _NEVER]
    for outlook, end in zip(incident.outlooks, ends, strict=True):
        for slot, (said_at, replaced_at) in zip(commitment.slots, pairwise(planned), strict=True):
            span = Span(start=max(outlook.at, said_at), end=min(end, replaced_at))
            if span.start < span.end:
                yield outlook, slot, span


def _arises(outlook: Outlook, clear_start: datetime, since: datetime) -> datetime:
    """From when on an incident reaches into what begins at ``clear_start``, while nothing else is said.

    :param since: from when on this is what was to be expected
    """
    if outlook.expected is not None and outlook.expected > clear_start:
        return since
    if outlook.expected is not None:
        since = max(since, outlook.expected)
    elif outlook.answer_by is not None and clear_start <= outlook.answer_by + FORESIGHT:
        return since
    return max(since, clear_start - FORESIGHT)
