"""Lengths of time and times of day, as people write them: ``24h``, ``5bd``, ``"23:00"``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from noroshi.records.refusal import a_word, refusal, shown


def _time_of_day(value: object) -> time:
    allowed = 'times of day are written "23:00"'
    word = a_word(value, allowed)
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", word):
        raise refusal(
            "time-of-day",
            found=f"{shown(word)} is no time of day",
            allowed=allowed,
            advice="write hours and minutes, 00:00 to 23:59",
        )
    return time.fromisoformat(word)


TimeOfDay: TypeAlias = Annotated[
    time,
    PlainValidator(_time_of_day),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]


class Unit(StrEnum):
    """What a duration counts."""

    MINUTES = "m"
    HOURS = "h"
    BUSINESS_DAYS = "bd"
    """Days that are neither Saturday, Sunday nor a holiday of the site's country."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as policy writes it: ``30m``, ``24h``, ``5bd``."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def length(self) -> timedelta | None:
        """The length in clock time; None for business days, which a calendar has to count."""
        if self.unit is Unit.MINUTES:
            return timedelta(minutes=self.amount)
        return timedelta(hours=self.amount) if self.unit is Unit.HOURS else None


_LONGEST = {Unit.MINUTES: 99_999, Unit.HOURS: 87_840, Unit.BUSINESS_DAYS: 3_660}
"""How much of each a duration may count, at most: so many days, and hours, are in ten years.

Nobody promises longer, and what is counted back from the first years must not end before clocks had offsets from UTC.
"""


def parse_duration(value: object) -> Duration:
    """A length of time as policy writes it.

    :raises PydanticCustomError: it is none
    """
    allowed = "durations are written 30m, 24h or 5bd (business days)"
    word = a_word(value, allowed)
    match = re.fullmatch(r"([0-9]{1,5})(m|h|bd)", word)
    if match is None:
        raise refusal(
            "duration",
            found=f"{shown(word)} is no duration",
            allowed=allowed,
            advice="write a number and m, h or bd, without a space",
        )
    duration = Duration(int(match[1]), Unit(match[2]))
    if duration.amount > _LONGEST[duration.unit]:
        longest = ", ".join(f"{amount}{unit}" for unit, amount in _LONGEST.items())
        raise refusal(
            "duration",
            found=f"{shown(word)} is too long",
            allowed=f"durations are at most {longest}",
            advice="write a shorter one; look at its unit",
        )
    return duration


Period: TypeAlias = Annotated[
    Duration, PlainValidator(parse_duration), WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,5}(m|h|bd)$"})
]
