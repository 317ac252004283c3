"""The time that is kept clear for commitments, and the planned work that falls into it.

Spans are half open: work that ends when the clear time begins does not meet it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from noroshi.records.choices import Outcome, Phase, Settlement
from noroshi.records.content import MatterKind
from noroshi.snapshot.slots.dependencies import Chain, Dependencies
from noroshi.snapshot.slots.settlement import consents_to, is_past, settle, unagreed_part
from noroshi.snapshot.state import Consent, Span, State


class Held(NamedTuple):
    """A time in which a commitment keeps one component clear."""

    clear: Span
    commitment: State
    chain: Chain
    """From a component that the commitment names to the one that is kept clear."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Planned work and a commitment whose clear time it falls into."""

    work: State
    commitment: State
    overlap: Span
    chain: Chain
    """From a component that the commitment names to one that is worked on."""
    settlement: Settlement
    unagreed: Span | None
    """The overlap from the first moment on to which the client did not agree; None where all is agreed."""

    @property
    def settled(self) -> bool:
        """Whether the client agreed to what was planned, or the work cannot wait."""
        return self.settlement in (Settlement.AGREED, Settlement.AS_PLANNED, Settlement.EMERGENCY)

    @property
    def overruns(self) -> bool:
        """Whether the work is where nobody agreed to only because it runs past its window."""
        start = (self.unagreed or self.overlap).start
        return self.work.window is not None and start >= self.work.window.end

    @property
    def consents(self) -> tuple[Consent, ...]:
        """The agreements of the commitment's client to the work."""
        return consents_to(self.work, self.commitment.client)


class Holds:
    """Which components are kept clear when, found quickly among many commitments."""

    def __init__(self, held: Iterable[Held]) -> None:
        by_component: dict[str, list[Held]] = {}
        for each in held:
            by_component.setdefault(each.chain[-1], []).append(each)
        self._lists: dict[str, tuple[list[datetime], list[datetime], list[Held]]] = {}
        for component, found in by_component.items():
            found.sort(key=lambda each: (each.clear.start, each.clear.end, each.commitment.id))
            starts = [each.clear.start for each in found]
            # The latest end so far only rises, so that it can be searched as well.
            ends = list(accumulate((each.clear.end for each in found), max))
            self._lists[component] = (starts, ends, found)

    def meeting(self, components: Iterable[str], span: Span) -> Iterator[Held]:
        """What is held of these components at some time of the span, by component and time."""
        for component in dict.fromkeys(components):
            if component in self._lists:
                starts, ends, found = self._lists[component]
                last = bisect_left(starts, span.end)
                for each in found[bisect_right(ends, span.start, 0, last) : last]:
                    if each.clear.end > span.start:
                        yield each

    def nearest(self, components: Iterable[str], span: Span) -> tuple[Held, ...]:
        """What is held, each commitment once however many components it shares: by the shortest chain to one."""
        found: dict[str, Held] = {}
        for held in self.meeting(components, span):
            known = found.get(held.commitment.id)
            if known is None or len(held.chain) < len(known.chain):
                found[held.commitment.id] = held
        return tuple(found.values())


def hold_slots(states: Iterable[State], dependencies: Dependencies, now: datetime) -> Holds:
    """What the commitments among these states keep clear, as it stands at ``now``."""
    return Holds(
        Held(clear=clear, commitment=state, chain=chain)
        for state in states
        if (clear := clear_time(state, now)) is not None
        for chain in dependencies.reached_from(state.components).values()
    )


def clear_time(state: State, now: datetime) -> Span | None:
    """The time that a commitment keeps clear, as it stands at ``now``; None for other matters, and where none is left.

    A commitment that runs late moves its end, and the time after it. One that was given up needs nothing any more.
    """
    if state.kind is not MatterKind.COMMITMENT or state.clear is None or state.window is None:
        return None
    start, end = state.clear.start, state.clear.end
    end += max(_end(state, state.window, now) - state.window.end, timedelta(0))
    if state.outcome is Outcome.BROKEN or (state.outcome is Outcome.MOVED and state.phase.over):
        end = min(end, state.closed_at or state.updated_at)
    return Span(start=start, end=end) if start < end else None


def working_time(state: State, now: datetime) -> Span | None:
    """The time that planned work takes up, as it stands at ``now``; None where it takes none, or nobody knows.

    The window as last announced, until reports tell the real times. Work that runs past its window takes all the time
    up to ``now``, or to when a report expects its end.
    """
    if state.kind is not MatterKind.MAINTENANCE or state.imported or state.window is None:
        return None
    if state.phase is Phase.CANCELLED:
        return None
    start, end = state.began_at, _end(state, state.window, now)
    return Span(start=start, end=end) if start < end else None


def find_conflicts(states: Sequence[State], dependencies: Dependencies, now: datetime) -> tuple[Conflict, ...]:
    """Where planned work falls into the clear time of commitments, by work, commitment and time.

    One for each pair, however many components they share: told by the shortest chain between them.
    """
    holds = hold_slots(states, dependencies, now)
    found: list[Conflict] = []
    for work in states:
        span = working_time(work, now)
        if span is None:
            continue
        for held in holds.nearest(work.components, span):
            if held.commitment.from_calendar and is_past(work):
                continue  # a calendar helps to plan; it may have been exported only when the work was over
            overlap = overlap_of(span, held.clear)
            unagreed = unagreed_part(work, held.commitment.client, overlap)
            found.append(
                Conflict(
                    work=work,
                    commitment=held.commitment,
                    overlap=overlap,
                    chain=held.chain,
                    settlement=settle(work, held.commitment.client, unagreed),
                    unagreed=unagreed,
                )
            )
    return tuple(sorted(found, key=lambda each: (each.work.path, each.overlap.start, each.commitment.id)))


def overlap_of(one: Span, other: Span) -> Span:
    """The time that two spans share, which do."""
    return Span(start=max(one.start, other.start), end=min(one.end, other.end))


def _end(state: State, window: Span, now: datetime) -> datetime:
    """When something planned ended, or will end as far as is known; its window's end where nothing says otherwise."""
    if state.ended_at is not None or state.phase.over:
        return state.ended_at or state.closed_at or window.end
    if state.phase is Phase.PLANNED or state.phase is Phase.START_AWAITED:
        return window.end
    expected = [each.expected for each in state.estimates[-1:] if each.expected is not None]
    return max([window.end, *expected, *([now.astimezone(UTC)] if state.phase is Phase.COMPLETION_AWAITED else [])])
