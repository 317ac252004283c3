"""From when until when an event of planned work or of a commitment is, as its reports tell; the clock says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from noroshi.records.choices import Phase
from noroshi.records.content import MatterKind
from noroshi.snapshot.state import State

_MOMENT = timedelta(minutes=1)


class EventSpan(NamedTuple):
    """An event's time, in UTC."""

    start: datetime
    end: datetime | None
    """Later than the start; None where nobody ever said."""

    @property
    def last(self) -> datetime:
        """When it is over, as far as is known."""
        return self.end or self.start


def span_of(state: State) -> EventSpan | None:
    """The planned time as last announced, and of what has begun the real times as far as they are known.

    The end of what still goes on is the one that was last expected, else the planned one or, of what began after that,
    as much later as was planned for it. None where no time was ever told.
    """
    window, phase = state.window, state.phase
    if phase is Phase.CANCELLED or phase.ahead:
        return None if window is None else _whole(window.start, window.end)
    start = state.started_at or (window.start if window else state.began_at)
    real = state.ended_at or (state.closed_at if _ends_with_its_report(state) else None)
    if real is not None and (real > start or window is None or state.kind is MatterKind.MAINTENANCE):
        return _whole(start, real)
    expected = state.estimates[-1].expected if state.estimates and not phase.over else None
    end = expected or (window.end if window else None)
    if end is not None and end <= start and window is not None:
        end = start + (window.end - window.start)
    return EventSpan(start, end if end is not None and end > start else None)


def _ends_with_its_report(state: State) -> bool:
    """Whether its end is not told but by the completion report; a commitment is then taken to have kept its time."""
    return state.phase is Phase.COMPLETED and state.kind is MatterKind.MAINTENANCE


def _whole(start: datetime, end: datetime) -> EventSpan:
    """An event ends later than it begins (RFC 5545, section 3.8.2.2): minutes are all that content tells."""
    return EventSpan(start, max(end, start + _MOMENT))
