"""What is owed, as text for a terminal of 80 columns: overdue first, then conflicts, fired risks, and what is due."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from noroshi.problems import in_one_line
from noroshi.records.content import Settings
from noroshi.snapshot.owing import Alarm, Owed, Owing, Unsettled
from noroshi.snapshot.state import State
from noroshi.writers.due.columns import wrap
from noroshi.writers.due.words import (
    because_words,
    due_words,
    english,
    keeping,
    kind_words,
    named,
    origin,
    people,
    receivers,
    state_words,
)
from noroshi.writers.first_language import first_words


class Tone(StrEnum):
    """How loud a line is."""

    HEADING = "heading"
    LOUD = "loud"
    PLAIN = "plain"
    QUIET = "quiet"


class TextLine(NamedTuple):
    """A line of the text, and how loud it is."""

    words: str
    tone: Tone = Tone.PLAIN


def text_lines(owing: Owing) -> Iterator[TextLine]:
    """The whole text, line by line, in English; titles are in the site's first language."""
    words = english(owing.settings)
    yield TextLine(f"As of {words.moment(owing.at)}, {words.zone_name(owing.at)}", Tone.QUIET)
    if owing.overdue:
        yield from _heading("Overdue", len(owing.overdue))
        for owed in owing.overdue:
            yield from _promise(owed, owing)
    if owing.conflicts:
        yield from _heading("Conflicts", len(owing.conflicts))
        for conflict in owing.conflicts:
            yield from _conflict(conflict, owing.settings)
    if owing.alarms:
        yield from _heading("Fired risks", len(owing.alarms))
        for alarm in owing.alarms:
            yield from _alarm(alarm, owing)
    if owing.ahead:
        yield from _heading("Due", len(owing.ahead))
        for owed in owing.ahead:
            yield from _promise(owed, owing)
    if not owing.owed:
        yield TextLine("")
        yield TextLine("Nothing is owed." if owing.next_due is None else "Nothing is owed by then.")
    if owing.next_due is not None:
        yield TextLine("")
        yield TextLine(f"The next thing after that is due {due_words(owing.next_due, owing.settings)}.", Tone.QUIET)


def _heading(words: str, number: int) -> Iterator[TextLine]:
    yield TextLine("")
    yield TextLine(f"{words} ({number:,})", Tone.HEADING)


def _promise(owed: Owed, owing: Owing) -> Iterator[TextLine]:
    settings = owing.settings
    yield TextLine("")
    yield from _wrapped(
        f"{kind_words(owed)}: {state_words(owed, settings)}", "  ", Tone.LOUD if owed.overdue else Tone.PLAIN
    )
    yield from _matter(owed.matter, settings)
    yield from _wrapped(f"to: {receivers(owed, settings)}", "    ")
    yield from _wrapped(f"promised: {origin(owed)}", "    ")
    for before in owed.promise.moved_from[-1:]:
        yield from _wrapped(f"moved from: {due_words(owed.promise, settings, before)}", "    ")
    if owed.promise.moved_to is not None:
        yield from _wrapped(
            f"announced since, too late: {due_words(owed.promise, settings, owed.promise.moved_to)}", "    "
        )
    yield from _wrapped(f"file: {in_one_line(owed.matter.path)}", "    ")
    yield TextLine(f"    add: {keeping(owed)}")  # whole: people copy the YAML in it


def _conflict(conflict: Unsettled, settings: Settings) -> Iterator[TextLine]:
    problem = conflict.problem
    yield TextLine("")
    place = f"{problem.place.shown_path}:{problem.place.line}"
    yield from _wrapped(f"{place}: {problem.found}", "  ", Tone.LOUD)
    if conflict.clients:
        yield from _wrapped(f"client: {people(conflict.clients, settings)}", "    ")
    if problem.allowed:
        yield from _wrapped(problem.allowed, "    ")
    yield TextLine(f"    {problem.advice}")  # whole: people copy the YAML in it


def _alarm(alarm: Alarm, owing: Owing) -> Iterator[TextLine]:
    words, settings, fired = english(owing.settings), owing.settings, alarm.fired
    risk = fired.risk
    yield TextLine("")
    yield from _wrapped(
        f"{risk.id}: {first_words(risk.title, settings)}, fired {words.moment(fired.at)}", "  ", Tone.LOUD
    )
    yield from _matter(alarm.matter, settings)
    yield from _wrapped(f"because: {because_words(alarm, settings)}", "    ")
    if alarm.clients:
        yield from _wrapped(f"clients: {people(alarm.clients, settings)}", "    ")
    yield from _wrapped(f"{risk.owner} now: {first_words(risk.respond, settings)}", "    ")


def _matter(matter: State, settings: Settings) -> Iterator[TextLine]:
    yield from _wrapped(named(matter, settings), "    ")


def _wrapped(words: str, indent: str, tone: Tone = Tone.PLAIN) -> Iterator[TextLine]:
    for line in wrap(words, indent, hanging=indent + "  "):
        yield TextLine(line, tone)
