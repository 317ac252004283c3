"""Rules of repetition (RRULE): which of them are counted, and how much counting they take.

The library that counts them walks from the first occurrence on, and where none follows it walks to the year 9999:
rules that may never come again, or that come every minute, could keep a build for hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import prod
from typing import Any, TypeAlias

Rule: TypeAlias = Mapping[str, Sequence[Any]]
"""A rule's parts with their values."""

_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_ENDS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", *_CLOCK)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def uncountable(rule: Rule, start: date) -> str:
    """Why a rule is not counted, or an empty string where it is.

    Counted are the rules that calendars offer: every so many days, weeks on certain days, months on a day or on a
    weekday of the month, years on a date or on a weekday of a month.

    :param start: the first occurrence
    """
    frequency, interval = _frequency(rule), _interval(rule)
    if frequency not in _DAYS:
        return f"it repeats {frequency.lower() or 'by no known measure'}"
    if interval < 1:
        return f"its INTERVAL is {interval}"
    if prod(len(rule.get(part, [0])) or 1 for part in _CLOCK) > 24:
        return "it repeats more often than every hour"
    parts = {part for part in rule if part not in _ENDS}
    comes = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}[frequency]
    return "" if comes(rule, parts, start) else "nobody can tell whether it ever comes again"


def steps(rule: Rule, start: date, end: datetime) -> int:
    """How many times the library will count on until ``end``."""
    days = (end.date() - (start.date() if isinstance(start, datetime) else start)).days
    return max(0, days) // (_DAYS[_frequency(rule)] * _interval(rule)) + 1


def _frequency(rule: Rule) -> str:
    return str(next(iter(rule.get("FREQ", ())), "")).upper()


def _interval(rule: Rule) -> int:
    return int(next(iter(rule.get("INTERVAL", ())), 1))


def _daily(rule: Rule, parts: set[str], start: date) -> bool:
    return not parts or (parts == {"BYDAY"} and _interval(rule) == 1 and bool(rule["BYDAY"]))


def _weekly(rule: Rule, parts: set[str], start: date) -> bool:
    return not parts or (parts == {"BYDAY"} and bool(rule["BYDAY"]))


def _monthly(rule: Rule, parts: set[str], start: date) -> bool:
    interval = _interval(rule)
    if parts == {"BYMONTHDAY"}:
        months = {(start.month - 1 + interval * turn) % 12 for turn in range(12)}
        return _falls(rule["BYMONTHDAY"], months, leap=interval == 1)
    return not parts or _on_weekdays(rule, parts)


def _yearly(rule: Rule, parts: set[str], start: date) -> bool:
    months = {int(month) - 1 for month in rule.get("BYMONTH", [start.month])} & set(range(12))
    others = parts - {"BYMONTH"}
    if not others:
        return bool(months) and _falls([start.day], months, leap=_interval(rule) == 1)
    if others == {"BYMONTHDAY"}:
        return _falls(rule["BYMONTHDAY"], months, leap=_interval(rule) == 1)
    return bool(months) and _on_weekdays(rule, others)


def _falls(days: Sequence[Any], months: set[int], *, leap: bool) -> bool:
    """Whether one of these days of the month is in one of these months, or at least in its leap years."""
    longest = max((28 if month == 1 and not leap else _LENGTHS[month] for month in months), default=0)
    return any(0 < abs(int(day)) <= longest for day in days)


def _on_weekdays(rule: Rule, parts: set[str]) -> bool:
    """Whether it comes on weekdays of the month, such as the second Tuesday or the last workday."""
    days = [str(day) for day in rule.get("BYDAY", ())]
    if not days or not parts <= {"BYDAY", "BYSETPOS"}:
        return False
    places = [int(day[:-2] or 1) for day in days]
    if any(not 0 < abs(place) <= 4 for place in places):
        return parts == {"BYDAY"} and _interval(rule) == 1 and all(0 < abs(place) <= 5 for place in places)
    # Each plain weekday is there four times in every month.
    there = sum(1 if day[:-2] else 4 for day in days)
    return all(0 < abs(int(place)) <= there for place in rule.get("BYSETPOS", ()))
