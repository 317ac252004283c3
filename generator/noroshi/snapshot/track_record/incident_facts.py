"""What the record counts of one incident: how soon it was told of, how true its estimates were, how complete it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from noroshi.records.choices import Phase, PromiseKind, PromiseState
from noroshi.snapshot.state import State


class IncidentFacts(NamedTuple):
    """What the record counts of one incident."""

    matter: State
    first_report: timedelta | None
    """From when it was noticed, else from its start, to the first report; None where that is unknown."""
    first_error: timedelta | None
    """How far the first estimate of the recovery was off, later or earlier; None where nothing was estimated."""
    last_error: timedelta | None
    """How far the last estimate before the recovery was off."""
    complete: bool | None
    """Whether it was completed with cause and actions; None while it goes on, or the time for that is not over."""


Measures: TypeAlias = tuple[timedelta | None, timedelta | None, timedelta | None, bool | None]
"""All fields of :class:`IncidentFacts` but the matter."""


def facts_of(state: State, now: datetime) -> IncidentFacts:
    """What the record counts of an incident at ``now``."""
    known = state.gist.measures if state.gist is not None else None
    return IncidentFacts(state, *(known or measures_of(state, now)))


def measures_of(state: State, now: datetime) -> Measures:
    """What the record counts of an incident at ``now``, from what its state holds."""
    back, first, last = state.recovered_at, None, None
    if back is not None and state.estimates:
        errors = [abs(each.expected - back) for each in state.estimates if each.expected and each.said_at < back]
        first, last = (errors[0], errors[-1]) if errors else (None, None)
    return _first_report(state), first, last, None if back is None else _complete(state, now)


def _first_report(state: State) -> timedelta | None:
    for promise in state.promises:
        if promise.kind is PromiseKind.FIRST_REPORT and promise.made_at is not None and promise.met_at is not None:
            return max(promise.met_at - promise.made_at, timedelta(0))
    return None


_COMPLETING = (PromiseKind.COMPLETION, PromiseKind.CAUSE)


def _complete(state: State, now: datetime) -> bool | None:
    """Whether an incident that is over was completed in full; None while there is time for that."""
    if state.phase is Phase.COMPLETED and not state.lacking:
        return True
    within_time = any(each.kind in _COMPLETING and each.state(now) is PromiseState.DUE for each in state.promises)
    return None if within_time else False
