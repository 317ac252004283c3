"""What is owed, as annotations of a workflow on GitHub: an error for what is overdue, a warning for what soon is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from noroshi.problems import in_one_line
from noroshi.snapshot.owing import Alarm, Owed, Owing, Unsettled
from noroshi.writers.annotations import annotation
from noroshi.writers.due.words import (
    because_words,
    english,
    keeping,
    kind_words,
    named,
    people,
    receivers,
    shown_place,
    state_words,
)
from noroshi.writers.first_language import first_words

SOON = timedelta(hours=24)
"""What is due within this time is a warning; what is due later, a notice."""


def annotation_lines(owing: Owing) -> Iterator[str]:
    """One command a line, the most urgent first: GitHub shows ten of each kind."""
    for owed in owing.overdue:
        yield _promise("error", owed, owing)
    for conflict in owing.conflicts:
        yield _conflict(conflict, owing)
    for alarm in owing.alarms:
        yield _alarm(alarm, owing)
    for owed in owing.ahead:
        yield _promise("warning" if owed.length <= SOON else "notice", owed, owing)


def _promise(level: str, owed: Owed, owing: Owing) -> str:
    settings = owing.settings
    title = f"{'Overdue' if owed.overdue else 'Due'}: {kind_words(owed)}"
    said = (
        f"{named(owed.matter, settings)}: {state_words(owed, settings)}; "
        f"to {receivers(owed, settings)}; file {in_one_line(owed.matter.path)}; add {keeping(owed)}"
    )
    return annotation(level, shown_place(owed.promise, owed.matter), title, said)


def _conflict(conflict: Unsettled, owing: Owing) -> str:
    clients = f"; client: {people(conflict.clients, owing.settings)}" if conflict.clients else ""
    return annotation("warning", conflict.problem.place, "Conflict", conflict.problem.message + clients)


def _alarm(alarm: Alarm, owing: Owing) -> str:
    settings, fired = owing.settings, alarm.fired
    said = (
        f"{named(alarm.matter, settings)}: {because_words(alarm, settings)}; "
        f"{fired.risk.owner} now: {first_words(fired.risk.respond, settings)}"
    )
    title = f"Risk {fired.risk.id} fired {english(settings).moment(fired.at)}"
    return annotation("warning", shown_place(fired.promise, alarm.matter), title, said)
