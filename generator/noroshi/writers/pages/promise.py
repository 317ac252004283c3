"""Promises on a page: what is owed next, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.snapshot.matter.spoken import NEVER
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.sayings import (
    deadline_of,
    due_by,
    late_by,
    moves_of,
    next_owed,
    origin_of,
    overdue_since,
    standing_of,
)
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.writers.pages.clock import clock_data, due_clock
from noroshi.writers.pages.links import Reader, safe


@dataclass(frozen=True, kw_only=True)
class OwedView:
    """A promise that is still owed: what, of which matter, and by when."""

    name: Markup
    overdue: bool
    due: Markup
    """By when or since when, following the reader's clock."""
    matter: Markup | None
    """A link to its matter; None where the page is that matter's."""


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    """A promise and what became of it."""

    state: str
    """The word that programs compare: due, met, late or missed."""
    name: Markup
    due: Markup
    moved: tuple[Markup, ...]
    """Earlier due times, and a new one that was named too late."""
    origin: Markup
    standing: Markup


def owed_view(
    promise: Promise, state: State, now: datetime, reader: Reader, *, beside: datetime, elsewhere: bool
) -> OwedView:
    """A promise that is still owed.

    :param beside: times of its day stand without their date
    :param elsewhere: whether the page is another than its matter's, and so has to name it
    """
    overdue = promise.overdue(now)
    stands = reader.tell(overdue_since(promise) if overdue else due_by(promise), beside)
    return OwedView(
        name=promise_name(promise, state, reader),
        overdue=overdue,
        due=due_clock(promise.due, reader.wording, stands, overdue=overdue),
        matter=reader.matter(state.kind, state.id, state.title) if elsewhere else None,
    )


def next_owed_views(state: State, now: datetime, reader: Reader, *, beside: datetime) -> tuple[OwedView, ...]:
    """What a matter owes next: all that is overdue, and the two that are due next."""
    return tuple(
        owed_view(promise, state, now, reader, beside=beside, elsewhere=False) for promise in next_owed(state, now)
    )


def promise_views(state: State, now: datetime, reader: Reader) -> tuple[PromiseView, ...]:
    """Every promise of a matter, in the order in which it began to be owed.

    A due time has its date where it is another day's than the one above it; all else in a row is beside its due time.
    Nothing here depends on ``now`` but for promises that are still owed.
    """
    above = NEVER
    views = []
    origins: dict[date | None, Markup] = {}
    for promise in state.promises:
        policy = promise.policy if promise.kind is not PromiseKind.SLOT_ANSWER else None
        origin = origins.get(policy)
        if origin is None:
            origin = reader.tell(origin_of(promise, state), promise.due)
            if policy is not None:
                origins[policy] = origin
        beside = reader.day_of(deadline_of(promise))
        views.append(
            PromiseView(
                state=promise.state(now).value,
                name=promise_name(promise, state, reader),
                due=reader.deadline(deadline_of(promise), above),
                moved=tuple(reader.tell(move, beside) for move in moves_of(promise)),
                origin=origin,
                standing=_standing(promise, now, reader, beside),
            )
        )
        above = beside
    return tuple(views)


_SUMMED = {
    PromiseState.MET: N_("Kept on time"),
    PromiseState.LATE: N_("Kept late"),
    PromiseState.MISSED: N_("Not kept"),
    PromiseState.DUE: N_("awaited"),
}


def promises_summed(promises: Sequence[PromiseView], reader: Reader) -> str:
    """What became of many promises, in one line: how many stand how."""
    words = reader.wording
    counts = Counter(promise.state for promise in promises)
    told = [words.aside(words.gettext(name), str(counts[state])) for state, name in _SUMMED.items() if counts[state]]
    return words.gettext(", ").join(told)


def late_line(promise: Promise, at: datetime, reader: Reader) -> Markup:
    """What a report kept too late, and by how much.

    :param at: when the report was made
    """
    return safe(f"{_kind_name(promise, reader)}{reader.wording.gettext(': ')}{reader.tell(late_by(promise), at)}")


def promised_line(promise: Promise, at: datetime, reader: Reader) -> Markup:
    """What was owed when a report was made, and by when; it says the same for ever.

    :param at: when the report was made
    """
    said = overdue_since(promise) if promise.overdue(at) else due_by(promise)
    return safe(f"{_kind_name(promise, reader)}{reader.wording.gettext(': ')}{reader.tell(said, at)}")


def _kind_name(promise: Promise, reader: Reader) -> Markup:
    """The promise's kind, with the client to whom alone it was made: only they and the house get to see it."""
    name = reader.label(promise.kind)
    if promise.to is None:
        return name
    for client in reader.settings.clients:
        if client.id == promise.to:
            return reader.aside(name, reader.plain(client.name))
    return name


def promise_name(promise: Promise, state: State, reader: Reader) -> Markup:
    """What is owed: its kind, and of an action what will be done."""
    name = _kind_name(promise, reader)
    if promise.kind.of_action:
        for action in state.actions:
            if action.id == promise.about:
                return safe(f"{name}{escape(reader.wording.gettext(': '))}{reader.plain(action.what)}")
    return name


def _standing(promise: Promise, now: datetime, reader: Reader, beside: datetime) -> Markup:
    stands = reader.tell(standing_of(promise, now), beside)
    if not promise.owed:
        return stands
    words = reader.wording
    before, after = words.gettext("in {t}"), words.gettext("overdue for {t}")
    past = ' class="nr-past"' if promise.overdue(now) else ""
    return safe(f"<span{past}{clock_data(promise.due, before=before, after=after)}>{stands}</span>")


def alarm_of(promises: Iterable[Promise], now: datetime, reader: Reader) -> Markup:
    """What stands beside the verdict where something is overdue, or will be before the page is made again.

    :param promises: those still owed, soonest due first
    """
    owed = list(promises)
    overdue = [promise for promise in owed if promise.overdue(now)]
    if overdue:
        return safe(f'<a class="nr-alarm nr-past" href="#owed">{escape(_alarm(overdue, reader))}</a>')
    if not owed:
        return Markup("")
    data = clock_data(owed[0].due, after=_alarm(owed[:1], reader))
    return safe(f'<a class="nr-alarm" href="#owed" hidden{data}></a>')


def _alarm(overdue: list[Promise], reader: Reader) -> str:
    ngettext, n = reader.wording.ngettext, len(overdue)
    acting = [promise.kind.of_action for promise in overdue]
    if all(acting):
        return ngettext("A corrective action is overdue", "{n} corrective actions are overdue", n).format(n=n)
    if any(acting) or any(promise.kind in (PromiseKind.START, PromiseKind.END) for promise in overdue):
        return ngettext("A promise is overdue", "{n} promises are overdue", n).format(n=n)
    return ngettext("A report is overdue", "{n} reports are overdue", n).format(n=n)
