"""One generated record, and the words in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clock import clock
from dice import Dice
from inventory import Component
from phrases import Pair
from yaml_text import Value

Words = Callable[[Pair, datetime], Value]


@dataclass(frozen=True, kw_only=True)
class RecordFile:
    """An incident or a maintenance as it is written to disk."""

    folder: Literal["incidents", "maintenance"]
    id: str
    year: str
    data: dict[str, Value]
    open: bool
    """True for what is going on at NOW: a short list on the home page."""


def record_id(moment: datetime, component: Component, number: int) -> str:
    """Return an id that is unique through `number` and sorts by date."""
    return f"{moment.date().isoformat()}-{component.id}-{number:05d}"


def speak(dice: Dice, component: Component, *, both_languages: bool) -> Words:
    """Return a function that fills a pair of sentences: Japanese alone, or both languages."""
    host = f"{component.id}-{dice.number(1, 9):02d}"

    def words(pair: Pair, moment: datetime) -> Value:
        count, at = dice.number(2, 97), clock(moment)
        ja = pair[0].format(name=component.ja, host=host, n=count, clock=at)
        if not both_languages:
            return ja
        return {"ja": ja, "en": pair[1].format(name=component.en, host=host, n=count, clock=at)}

    return words
