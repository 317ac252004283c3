"""When components are free for planned work: what stands in the way of a time, and the nearest time that is free."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from noroshi.snapshot.slots.conflicts import Holds, hold_slots, overlap_of, working_time
from noroshi.snapshot.slots.dependencies import Chain, Dependencies
from noroshi.snapshot.state import Span, State


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """A commitment whose clear time a planned time falls into."""

    commitment: State
    clear: Span
    """All the time that it keeps clear."""
    overlap: Span
    chain: Chain
    """From a component that the commitment names to one that would be worked on."""


@dataclass(frozen=True, kw_only=True)
class OtherWork:
    """Planned work on the same components at the same time: no obstacle, but good to know."""

    work: State
    span: Span
    """The time that it takes up, as far as is known."""


@dataclass(frozen=True, kw_only=True)
class Availability:
    """Whether a time is free for work on some components."""

    span: Span
    components: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    """By time; none where it is free."""
    next_free: Span | None
    """The earliest free time of the same length from then on, not in the past; None where it is free as it is."""
    free_before: Span | None
    """The latest free time of the same length before; None where it is free as it is, or where none is left."""
    others: tuple[OtherWork, ...]
    """By time."""

    @property
    def free(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles


def availability(
    span: Span, components: Sequence[str], states: Sequence[State], dependencies: Dependencies, now: datetime
) -> Availability:
    """Whether work on these components in this time meets a commitment.

    :param components: ids, each once
    :param states: of all commitments, and of the planned work that may be told of
    """
    holds = hold_slots(states, dependencies, now)
    found = obstacles(holds, components, span)
    late = max(now.astimezone(UTC) - span.start, timedelta(0))
    ahead = Span(start=span.start + late, end=span.end + late)
    return Availability(
        span=span,
        components=tuple(components),
        obstacles=found,
        next_free=next_free(holds, components, ahead) if found else None,
        free_before=last_free(holds, components, span, now) if found else None,
        others=tuple(_others(states, components, span, now)),
    )


def _others(states: Sequence[State], components: Sequence[str], span: Span, now: datetime) -> list[OtherWork]:
    found = []
    for state in states:
        taken = working_time(state, now)
        if taken is None or taken.start >= span.end or taken.end <= span.start:
            continue
        if not set(components).isdisjoint(state.components):
            found.append(OtherWork(work=state, span=taken))
    return sorted(found, key=lambda each: (each.span.start, each.work.id))


def obstacles(holds: Holds, components: Iterable[str], span: Span) -> tuple[Obstacle, ...]:
    """What stands in the way of work on these components, by time; each commitment once, by its shortest chain."""
    found = [
        Obstacle(commitment=held.commitment, clear=held.clear, overlap=overlap_of(span, held.clear), chain=held.chain)
        for held in holds.nearest(components, span)
    ]
    return tuple(sorted(found, key=lambda each: (each.overlap.start, each.commitment.id)))


def next_free(holds: Holds, components: Sequence[str], span: Span) -> Span:
    """The earliest free time of this length that begins with the span, or later."""
    return _moved(holds, components, span, lambda clear: clear.end)


def last_free(holds: Holds, components: Sequence[str], span: Span, not_before: datetime) -> Span | None:
    """The latest free time of this length that begins with the span, or earlier; None where it is past by then.

    :param not_before: when it may begin at the earliest
    """
    length = span.end - span.start
    found = _moved(holds, components, span, lambda clear: clear.start - length, forward=False)
    return found if found.start >= not_before else None


def _moved(
    holds: Holds,
    components: Sequence[str],
    span: Span,
    start_beside: Callable[[Span], datetime],
    *,
    forward: bool = True,
) -> Span:
    """The span moved out of the way of all that it meets, again and again; every step leaves something behind it.

    :param start_beside: when work begins that touches a clear time on the side to which the span moves
    """
    length = span.end - span.start
    while starts := [start_beside(held.clear) for held in holds.meeting(components, span)]:
        start = max(starts) if forward else min(starts)
        span = Span(start=start, end=start + length)
    return span
