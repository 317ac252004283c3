"""From when until when an event of planned work or of a commitment is, as its reports tell; the clock says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from noroshi.records.choices import Phase, PromiseKind
from noroshi.records.content import MatterKind
from noroshi.snapshot.state import Span, State

_MOMENT = timedelta(minutes=1)


class EventSpan(NamedTuple):
    """An event's time, in UTC."""

    start: datetime
    end: datetime | None
    """Later than the start; None where nobody ever said."""
    overrunning: bool = False
    """Whether a report was made after the planned end that does not say that it is over."""
    end_told: bool = True
    """Whether the end is one that was told, and not only the time until which nothing more is known."""

    @property
    def last(self) -> datetime:
        """When it is over, as far as is known."""
        return self.end or self.start


def span_of(state: State) -> EventSpan | None:
    """The planned time as last announced, and of what has begun the real times as far as they are known.

    The end of what still goes on is the one that was last expected, else the planned one or, of what began after that,
    as much later as was planned for it. Once a report was made after that end and names no later one, nobody knows when
    it will be over, and nobody shall take it for over: it then lasts until the next report that is promised, else until
    the newest one. None where no time was ever told.
    """
    window, phase = state.window, state.phase
    if phase is Phase.CANCELLED or phase.ahead:
        return None if window is None else _whole(window.start, window.end)
    start = state.started_at or (window.start if window else state.began_at)
    real = state.ended_at or (state.closed_at if _ends_with_its_report(state) else None)
    if real is not None and (real > start or window is None or state.kind is MatterKind.MAINTENANCE):
        return _whole(start, real)
    expected = state.estimates[-1].expected if state.estimates and not phase.over else None
    planned = _planned_end(start, window)
    end = expected if expected is not None and expected > start else planned
    if end is None:
        return EventSpan(start, None)
    newest = max((mark.at for mark in state.reports), default=start)
    if phase.over or real is not None:
        return EventSpan(start, end)
    overrunning = planned is not None and newest > planned
    if newest <= end:
        return EventSpan(start, end, overrunning)
    return EventSpan(start, _next_report(state, newest) or newest, overrunning, end_told=False)


def _planned_end(start: datetime, window: Span | None) -> datetime | None:
    """The planned end, later than the real start; None where the plan has no length."""
    if window is None:
        return None
    end = window.end if window.end > start else start + (window.end - window.start)
    return end if end > start else None


def _next_report(state: State, newest: datetime) -> datetime | None:
    """When the next report is promised for; None where none is, after the newest one."""
    return min(
        (
            each.due
            for each in state.promises
            if each.kind is PromiseKind.NEXT_REPORT and each.owed and each.due > newest
        ),
        default=None,
    )


def _ends_with_its_report(state: State) -> bool:
    """Whether its end is not told but by the completion report; a commitment is then taken to have kept its time."""
    return state.phase is Phase.COMPLETED and state.kind is MatterKind.MAINTENANCE


def _whole(start: datetime, end: datetime) -> EventSpan:
    """An event ends later than it begins (RFC 5545, section 3.8.2.2): minutes are all that content tells."""
    return EventSpan(start, max(end, start + _MOMENT))
