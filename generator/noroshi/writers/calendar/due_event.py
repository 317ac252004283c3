"""The event of a promise: by when something is due, and whether it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from noroshi.calendars.writing import Event, Status
from noroshi.records.choices import ActionStage
from noroshi.snapshot.sayings import Saying, deadline_of, moves_of, not_kept, origin_of, standing_of
from noroshi.text.labels import N_
from noroshi.text.markdown import excerpt
from noroshi.urls import action_anchor
from noroshi.writers.calendar.occasions import Due, Fate
from noroshi.writers.calendar.planned_event import GREY
from noroshi.writers.calendar.words import Voice

LENGTH = timedelta(minutes=15)
"""How long an event lasts that means a moment, its beginning: programs show what has no length in ways of their own."""

_SUMMARY = {
    Fate.DUE: N_("[Due] {title}"),
    Fate.KEPT: N_("[Done] {title}"),
    Fate.LATE: N_("[Done late] {title}"),
    Fate.MISSED: N_("[Not kept] {title}"),
    Fate.DROPPED: N_("[Dropped] {title}"),
}

_BRIEF = 80
"""The length of an action's words in a title, in characters."""


def due_event(due: Due, voice: Voice) -> Event:
    """The event of a promise. It takes nobody's time, and what was promised for a day is all that day."""
    state = due.state
    start, end = _time(due, voice)
    address = voice.address(state.kind, state.id)
    return Event(
        uid=due.uid,
        changed=due.changed,
        sequence=due.sequence,
        start=start,
        end=end,
        summary=voice.say(_SUMMARY[due.fate], title=voice.led(_name(due, voice), _title(due, voice))),
        description="\n".join((*_lines(due, voice), "", address)),
        status=Status.CANCELLED if due.fate is Fate.DROPPED else Status.CONFIRMED,
        busy=False,
        categories=(voice.wording.gettext("Promises"), voice.wording.label(due.promise.kind)),
        colour="darkorange" if due.fate is Fate.DUE else GREY,
        url=f"{address}#{action_anchor(due.promise.about)}" if _is_of_action(due) and due.promise.about else address,
        contact=None if voice.contact is None else voice.contact.removeprefix("mailto:"),
    )


def _time(due: Due, voice: Voice) -> tuple[date | datetime, date | datetime]:
    day = voice.whole_day(deadline_of(due.promise))
    if day is not None:
        return day, day + timedelta(days=1)
    return due.promise.due, due.promise.due + LENGTH


def _is_of_action(due: Due) -> bool:
    return due.promise.kind.of_action


def _name(due: Due, voice: Voice) -> str:
    """What is owed, and the client to whom alone: only they and the house get to see that."""
    name = voice.wording.label(due.promise.kind)
    return name if due.promise.to is None else voice.wording.aside(name, voice.client(due.promise.to))


def _title(due: Due, voice: Voice) -> str:
    """The matter's title or, of an action, what will be done."""
    what = _what(due, voice)
    return voice.plain(due.state.title) if what is None else excerpt(what, _BRIEF)


def _what(due: Due, voice: Voice) -> str | None:
    for action in due.state.actions:
        if _is_of_action(due) and action.id == due.promise.about:
            return voice.brief(action.what)
    return None


def _lines(due: Due, voice: Voice) -> Iterator[str]:
    state, promise, words = due.state, due.promise, voice.wording
    yield voice.led(words.label(state.kind), voice.plain(state.title))
    if (what := _what(due, voice)) is not None:
        yield voice.led(words.label(promise.kind), what)
    if due.threat is not None:
        yield voice.fact("Threatened by", voice.plain(due.threat.title))
    by = voice.tell(Saying(N_("Due {time}"), {"time": deadline_of(promise)}))
    if due.fate is Fate.DROPPED:
        yield words.aside(by, words.label(ActionStage.DROPPED))
        return
    yield words.aside(by, voice.tell(origin_of(promise, state)))
    yield from map(voice.tell, moves_of(promise))
    if due.fate in (Fate.KEPT, Fate.LATE):
        yield voice.tell(standing_of(promise, promise.due))
    if due.fate is Fate.MISSED:
        yield words.gettext(not_kept(promise))
    yield voice.say("All times are in {zone}.", zone=words.zone_name(promise.due))
