"""Lengths as people say them: ``30m``, ``+1h30m``, ``1.5h``, ``2時間半``, ``半日``, ``10分前``."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import Enum

from noroshi.text.said_clock import NotSaidError


class Lean(Enum):
    """To which side a time leans that does not say its day."""

    PAST = "past"
    """What has happened: the latest such time, up to :data:`AHEAD` from now."""
    FUTURE = "future"
    """What will happen: the next such time."""


_LENGTH = (
    r"(?:(?P<d>\d{1,4})\s*(?:d|days?|日間?)(?P<half_day>半)?|(?P<noon>半日))?"
    r"\s*(?:(?P<h>\d{1,4})(?:\.(?P<part>\d{1,2}))?\s*(?:h|hours?|hrs?|時間)(?P<half>半)?)?"
    r"\s*(?:(?P<m>\d{1,5})\s*(?:m|min|mins|minutes?|分間?))?"
)
_DAY_OR_DAYS = re.compile(r"(\d{1,4})\s*日\Z", re.ASCII)
_SIGNED = re.compile(rf"(?P<sign>[+-])\s*{_LENGTH}\Z", re.ASCII)
_WORDED = re.compile(rf"(?P<in>in\s+|あと\s*)?{_LENGTH}\s*(?P<side>後|前|ago|later|from now)?\Z", re.ASCII)


def length_said(words: str, lean: Lean) -> tuple[int, timedelta] | None:
    """Days by the calendar, and clock time, counted from now; None where it says no length.

    A length alone, such as ``30m``, lies ahead where what will happen is asked for.

    :param words: half-width, in small letters
    :raises NotSaidError: it says no side and needs one, may be a day of the month, or counts no whole minutes
    """
    match = _SIGNED.match(words)
    if match is not None:
        forward = match["sign"] == "+"
    else:
        match = _WORDED.match(words)
        if match is None or (match["in"] and match["side"]):
            return None
        forward = match["side"] not in ("前", "ago")
    if not (match["d"] or match["noon"] or match["h"] or match["m"]):
        return None
    if match.re is _WORDED and not match["in"] and not match["side"]:
        _refuse_sideless(words, lean)
    half = 30 if match["half"] else 0
    hours = timedelta(hours=int(match["h"] or 0)) + _part_of_hour(match["part"])
    noon = timedelta(hours=12 if match["noon"] or match["half_day"] else 0)
    rest = noon + hours + timedelta(minutes=int(match["m"] or 0) + half)
    days = int(match["d"] or 0)
    return (days, rest) if forward else (-days, -rest)


def _refuse_sideless(words: str, lean: Lean) -> None:
    """A length alone says no side where the past is asked for, and ``20日`` is the 20th day to most people."""
    if lean is Lean.PAST:
        raise NotSaidError(f"does not say on which side it lies; write -{words} for what is past")
    days = _DAY_OR_DAYS.match(words)
    if days is not None:
        raise NotSaidError(f"may be a length or a day of the month; write {days[1]}日間, or month and day as in 6/18")


def _part_of_hour(decimals: str | None) -> timedelta:
    part = timedelta(seconds=36) * int((decimals or "0").ljust(2, "0"))
    if part % timedelta(minutes=1):
        raise NotSaidError("counts no whole minutes; write it as in 1h20m")
    return part
