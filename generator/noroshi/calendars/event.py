"""What is kept of a calendar's event: when it is, what it is called, and whom and what it says it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from noroshi.problems import Level, Place, Problem


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One event, or one occurrence of a repeated one."""

    uid: str
    """What its calendar knows it by."""
    recurrence: str
    """Which occurrence it is, by the time at which it was first meant to be; empty where it does not repeat."""
    title: str
    """Empty where it has none."""
    start: datetime
    """UTC, as all times here."""
    end: datetime
    """Not before the start."""
    line: int
    """Where it begins in its file, from 1."""
    categories: tuple[str, ...] = ()
    """Its ``CATEGORIES``."""
    client: str = ""
    """Its ``X-NOROSHI-CLIENT``; empty where it has none."""
    needs: tuple[str, ...] = ()
    """Its ``X-NOROSHI-NEEDS``."""


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """The time in which events are looked for."""

    start: datetime
    end: datetime


def refuse(rule: str, path: str, line: int, found: str, allowed: str, advice: str) -> Problem:
    """Something wrong with a calendar. It fails ``check`` alone, for an urgent report gets out whatever one holds."""
    place = Place(path=path, line=line)
    return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice, level=Level.REVIEW)
