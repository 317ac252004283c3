"""Sentences about a matter: which message of the catalogue says it, with which values. Writers print them.

They are chosen here, once, so that a page and pasted text cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from noroshi.records.choices import Phase, PromiseKind, PromiseState
from noroshi.records.content import MatterKind
from noroshi.snapshot.matter.completion import Piece
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.risks import Fired, TriggerKind
from noroshi.snapshot.state import Estimate, State
from noroshi.text.labels import N_


class Deadline(NamedTuple):
    """By when something is promised."""

    at: datetime
    whole_day: bool
    """Whether the end of a day is meant, so that the day alone says it."""


class WholeDay(NamedTuple):
    """The day on which something was done at the latest: one that ends at ``at`` is meant, not the next."""

    at: datetime


class ReportNumber(NamedTuple):
    """A report of the same matter, to be named and linked."""

    number: int


class Names(NamedTuple):
    """Messages of the catalogue in a row."""

    messages: tuple[str, ...]


class PromiseName(NamedTuple):
    """What is promised: a kind and, of word on a commitment that is threatened, which commitment."""

    kind: PromiseKind
    commitment: State | None


Value: TypeAlias = datetime | date | timedelta | Deadline | WholeDay | ReportNumber | Names | PromiseName | State
"""What stands in a sentence: a time as clocks show it, a day, a length, a report, a promise, another matter."""


class Saying(NamedTuple):
    """A sentence, or a part of one."""

    message: str
    """An id of the catalogue."""
    values: Mapping[str, Value] = {}
    """By the name of the place in the message."""


_PIECES = {
    Piece.END: N_("when it was over"),
    Piece.CONFIRMATION: N_("how the end was confirmed"),
    Piece.CAUSE: N_("the cause"),
    Piece.ACTIONS: N_("corrective actions"),
    Piece.PERMANENT_ACTION: N_("a corrective action against the cause (permanent measure)"),
}


def deadline_of(promise: Promise, due: datetime | None = None) -> Deadline:
    """By when a promise is due; a cause and what is about an action may be promised for a day.

    :param due: another of its due times
    """
    return Deadline(due or promise.due, promise.kind is PromiseKind.CAUSE or promise.kind.of_action)


def origin_of(promise: Promise, state: State) -> Saying:
    """Where a promise comes from, in readers' words."""
    if promise.kind is PromiseKind.SLOT_ANSWER:
        return Saying(N_("because an incident threatens the promised time"))
    if promise.policy is not None:
        return Saying(N_("by our policy of {day}"), {"day": promise.policy})
    if promise.named_by is not None:
        return Saying(N_("promised in {report}"), {"report": ReportNumber(promise.named_by)})
    if promise.to is not None and state.kind is not MatterKind.COMMITMENT:
        return Saying(N_("by the terms agreed with the client"))
    return Saying(N_("as first planned"))


def standing_of(promise: Promise, now: datetime) -> Saying:
    """What became of a promise by ``now``. Of one that is not yet due it says nothing that time makes untrue."""
    state = promise.state(now)
    match state:
        case PromiseState.DUE:
            return Saying(N_("awaited"))
        case PromiseState.MISSED:
            return overdue_since(promise) if promise.owed else Saying(not_kept(promise))
    if promise.met_at is None:
        raise ValueError("what was kept has a time")
    values: dict[str, Value] = {"time": _kept(promise)}
    if promise.met_by is not None:
        values["report"] = ReportNumber(promise.met_by)
    if state is PromiseState.LATE:
        values["length"] = promise.lateness(now)
    return Saying(_KEPT[_is_deed(promise), state is PromiseState.LATE, promise.met_by is not None], values)


def not_kept(promise: Promise) -> str:
    """The message that says that a promise was never kept, and is owed no more."""
    return N_("not done") if _is_deed(promise) else N_("not kept")


def _is_deed(promise: Promise) -> bool:
    """Whether it is kept by being done, not by being told."""
    return promise.kind.of_action or promise.kind in (PromiseKind.START, PromiseKind.END)


# By whether it is a deed, came late, and a report tells of it.
_KEPT = {
    (False, False, False): N_("kept: {time}"),
    (False, False, True): N_("kept: {time} ({report})"),
    (False, True, False): N_("{length} late: {time}"),
    (False, True, True): N_("{length} late: {time} ({report})"),
    (True, False, False): N_("kept: done {time}"),
    (True, False, True): N_("kept: done {time} ({report})"),
    (True, True, False): N_("{length} late: done {time}"),
    (True, True, True): N_("{length} late: done {time} ({report})"),
}


def overdue_since(promise: Promise) -> Saying:
    """That a promise is overdue, and since when."""
    return Saying(N_("overdue since {due}"), {"due": deadline_of(promise)})


def due_by(promise: Promise) -> Saying:
    """By when a promise is due."""
    return Saying(N_("by {due}"), {"due": deadline_of(promise)})


def said_with(promise: Promise, number: int, at: datetime) -> bool:
    """Whether a report tells by when something is promised among its own facts, so that it need not be told again.

    It names the time itself, or the time is that of a plan that has not passed.

    :param number: the report's
    :param at: when it was made
    """
    planned = promise.kind in (PromiseKind.START, PromiseKind.END) and not promise.overdue(at)
    return planned or promise.named_by == number


def late_by(promise: Promise) -> Saying:
    """That a promise was kept after its time, and how long after."""
    return Saying(
        N_("due {due}, {length} late"), {"due": deadline_of(promise), "length": promise.lateness(promise.due)}
    )


def kept_in_time(promise: Promise) -> Saying:
    """That a promise was kept in time, and when it was due."""
    return Saying(N_("in time, due {due}"), {"due": deadline_of(promise)})


def moves_of(promise: Promise) -> Iterator[Saying]:
    """Every earlier due time, and a new one that was named too late."""
    for due in promise.moved_from:
        yield Saying(N_("moved from {due}"), {"due": deadline_of(promise, due)})
    if promise.moved_to is not None:
        yield Saying(N_("now said to come by {due}"), {"due": deadline_of(promise, promise.moved_to)})


def next_owed(state: State, now: datetime) -> tuple[Promise, ...]:
    """What a matter owes next: all that is overdue, then the two that are due next, soonest due first.

    Start and end of a plan that have not passed stand with the plan already.
    """
    owed = sorted((promise for promise in state.promises if promise.owed), key=attrgetter("order"))
    overdue = [promise for promise in owed if promise.overdue(now)]
    ahead = [promise for promise in owed[len(overdue) :] if promise.kind not in (PromiseKind.START, PromiseKind.END)]
    return (*overdue, *ahead[:_NEXT])


_NEXT = 2
"""A report and an answer are often owed side by side."""


def standstill_of(state: State) -> Saying | None:
    """What a phase alone leaves open: what has passed, and what is missing."""
    match state.phase:
        case Phase.START_AWAITED if state.window is not None:
            message = N_("The planned start passed at {time}; the start report is awaited.")
            return Saying(message, {"time": state.window.start})
        case Phase.COMPLETION_AWAITED if state.window is not None:
            message = N_("The planned end passed at {time}; the completion report is awaited.")
            return Saying(message, {"time": state.window.end})
        case Phase.ENDED if state.ended_at is not None:
            return Saying(N_("It ended at {time}; the completion report is awaited."), {"time": state.ended_at})
        case Phase.RECOVERED if state.recovered_at is not None:
            message = N_("Service was back at {time}; the completion report is awaited.")
            return Saying(message, {"time": state.recovered_at})
        case Phase.COMPLETION_INCOMPLETE if state.lacking:
            pieces = Names(tuple(_PIECES[piece] for piece in state.lacking))
            return Saying(N_("The completion report does not yet tell: {pieces}."), {"pieces": pieces})
        case Phase.FINAL_REPORT_PENDING:
            return _final_report(state)
    return None


def _final_report(state: State) -> Saying:
    for promise in state.promises:
        if promise.kind is PromiseKind.CAUSE and promise.owed:
            message = N_("The cause is still sought; the final report is promised by {due}.")
            return Saying(message, {"due": deadline_of(promise)})
    return Saying(N_("The cause is still sought; the final report is awaited."))


def because_of(fired: Fired, commitment: State | None) -> Saying:
    """What made a risk fire.

    :param commitment: the one that is threatened, or on which word is owed
    """
    match fired.trigger:
        case TriggerKind.MAINTENANCE_OVERRUN:
            return Saying(N_("The planned end {time} passed"), {"time": fired.since})
        case TriggerKind.REPORT_OVERDUE if fired.promise is not None:
            late = PromiseName(fired.promise.kind, commitment)
            due = deadline_of(fired.promise, fired.since)
            return Saying(N_("{promise}: was due {time}"), {"promise": late, "time": due})
        case TriggerKind.RECOVERY_MISSED:
            return Saying(N_("Recovery was expected at {time}"), {"time": fired.since})
        case TriggerKind.OPEN_LONGER_THAN:
            return Saying(N_("Not recovered since {time}"), {"time": fired.since})
        case TriggerKind.DETECTED_BY_CLIENT:
            return Saying(N_("A client noticed first, at {time}"), {"time": fired.since})
        case TriggerKind.COMMITMENT_THREATENED if commitment is not None:
            message = N_("Threatens {commitment} since {time}")
            return Saying(message, {"commitment": commitment, "time": fired.since})
    raise ValueError("a late report has a promise, and a threat its commitment")


def estimate_moves(estimates: tuple[Estimate, ...]) -> Iterator[Saying]:
    """Every estimate of the end and how it came, the one that holds first."""
    for index in range(len(estimates) - 1, -1, -1):
        yield _move(estimates[index], estimates[index - 1] if index else None)


def _move(said: Estimate, before: Estimate | None) -> Saying:
    values: dict[str, Value] = {"said": said.said_at}
    if said.expected is None:
        message = N_("Unknown, said at {said}")
        if said.answer_by is not None:
            values["answer"] = said.answer_by
            message = N_("Unknown, to be answered by {answer}, said at {said}")
        if before is not None and before.expected is not None:
            values["before"] = before.expected
            message = N_("Unknown, withdrawn at {said} from {before}")
            if said.answer_by is not None:
                message = N_("Unknown, to be answered by {answer}, withdrawn at {said} from {before}")
        return Saying(message, values)
    values["time"] = said.expected
    if before is None:
        return Saying(N_("{time}, said at {said}"), values)
    if before.expected is None:
        return Saying(N_("{time}, answered at {said}"), values)
    if before.expected == said.expected:
        return Saying(N_("{time}, said again at {said}"), values)
    return Saying(N_("{time}, moved from {before} at {said}"), values | {"before": before.expected})


def _kept(promise: Promise) -> datetime | WholeDay:
    """When a promise was kept; of actions people tell the day alone."""
    at = promise.met_at or promise.due
    return WholeDay(at) if promise.kind.of_action else at
