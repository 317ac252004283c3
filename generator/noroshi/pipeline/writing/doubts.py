"""What is odd in what somebody is about to write, and breaks no rule: said before it is written, and written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from noroshi.pipeline.writing.prepared import Prepared
from noroshi.records.choices import Phase, PromiseKind
from noroshi.records.content import MatterKind
from noroshi.snapshot.state import State
from noroshi.text.said_times import spelled

LONG_WORK = timedelta(hours=12)
"""Planned work that takes longer may be a slip in one of its times."""


def doubts(prepared: Prepared, unnamed: State | None, now: datetime) -> Iterator[str]:
    """Doubts about times, as sentences without a point.

    :param unnamed: what would be true of the matter if the next report were left to the policy; None where it is
    :param now: in the site's zone
    """
    state, before = prepared.state, prepared.before
    if state is None:
        return
    yield from _next_report(state, unnamed, now)
    if state.kind is not MatterKind.MAINTENANCE:
        return
    if before is None or state.window != before.window:
        yield from _window(state, now)
    known = (
        {(each.due, each.to) for each in before.promises if each.met_at is not None} if before is not None else set()
    )
    for promise in state.promises:
        late = promise.met_at is not None and promise.met_at > promise.due
        if promise.kind is PromiseKind.NOTICE and late and promise.to is None and (promise.due, None) not in known:
            yield f"the policy promises a notice of this work by {_here(promise.due, now)}; this one comes later"
    if before is None or before.window is None or before.phase is Phase.CANCELLED:
        return
    if state.phase is Phase.CANCELLED and any(each.kind is PromiseKind.NOTICE for each in before.promises):
        yield from _called_off(before.window.start, before.window.end, now)


def _next_report(state: State, unnamed: State | None, now: datetime) -> Iterator[str]:
    named, due = _next_due(state), _next_due(unnamed) if unnamed is not None else None
    if named is not None and due is not None and named > due:
        yield f"the next report is promised for {_here(named, now)}; the policy promises it by {_here(due, now)}"


def _next_due(state: State) -> datetime | None:
    """When every reader may count on the next report."""
    kind = PromiseKind.NEXT_REPORT
    return min(
        (each.due for each in state.promises if each.kind is kind and each.owed and each.to is None), default=None
    )


def _window(state: State, now: datetime) -> Iterator[str]:
    if state.window is None:
        return
    start, end = state.window.start, state.window.end
    if end <= now:
        yield f"the planned time lies in the past: it ends {_here(end, now)}"
    if end - start > LONG_WORK:
        length = end - start
        hours = length / timedelta(hours=1)
        said = f"{length.days} days" if length >= timedelta(days=3) else f"{hours:.3g} hours"
        yield f"the work takes {said}: it ends {_here(end, now)}"


def _called_off(start: datetime, end: datetime, now: datetime) -> Iterator[str]:
    if start <= now:
        what = f"ended {_here(end, now)}" if end <= now else f"began {_here(start, now)}"
        yield f"the planned time {what}; the policy promises a notice before the work"


def _here(moment: datetime, now: datetime) -> str:
    return spelled(moment.astimezone(now.tzinfo))
