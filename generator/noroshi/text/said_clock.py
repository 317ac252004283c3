"""The words of a clock and of a calendar, as people type them: ``21時40分``, ``3pm``, ``25:30``, ``明日``, ``金曜``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

Clock: TypeAlias = timedelta
"""A time of day, counted from midnight; past 24 hours on the next day."""

HOURS = 30
"""Japanese timetables count a late night on: 25:30 is half past one on the next day, 29:59 the last minute."""
_NOON = 12
_EVENING = timedelta(hours=17)
"""Weather services call the hours from 18 on the night; some begin to say it an hour before."""

_DIGITS = re.compile(
    r"(?P<half>午前|午後|am|pm)?\s*(?P<hour>\d{1,2})"
    r"(?:[:](?P<minute>\d\d)(?:[:](?P<second>\d\d))?|\s*時\s*(?:(?P<minutes>\d{1,2})\s*分|(?P<and_half>半))?)?"
    r"\s*(?P<after>a\.?m\.?|p\.?m\.?)?\Z",
    re.ASCII,
)
_NOONS = frozenset({"正午", "noon"})


class NotSaidError(Exception):
    """The words look like a time of day and are none; the message completes a sentence that quotes them."""


def clock_said(word: str) -> Clock | None:
    """A time of day; None where the word is nothing like one.

    :param word: half-width, in small letters
    :raises NotSaidError: no clock shows it, or it says two things
    """
    if word in _NOONS:
        return timedelta(hours=_NOON)
    match = _DIGITS.match(word)
    if match is None:
        return None
    half = (match["half"] or match["after"] or "").replace(".", "")
    if not half and match["minute"] is None and "時" not in word:
        return None  # a number alone may be anything
    if match["half"] and match["after"]:
        raise NotSaidError("names the half of the day twice; write 15:00")
    hour = int(match["hour"])
    minute = 30 if match["and_half"] else int(match["minute"] or match["minutes"] or 0)
    second = int(match["second"] or 0)
    if half:
        hour = _in_half(hour, half)
    if hour >= HOURS or minute > 59 or second > 59:
        raise NotSaidError("is on no clock; hours go from 0 to 29 (25:30 is 1:30 on the next day), minutes to 59")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _in_half(hour: int, half: str) -> int:
    if hour > _NOON:
        raise NotSaidError(f"has no such hour; a half of the day has 12, write {hour}:00 without {half!r}")
    if half in ("午前", "午後"):
        if hour == _NOON:  # by law 午後12時 is midnight, and most people mean noon
            raise NotSaidError("means noon to some and midnight to others; write 12:00 or 0:00")
        return hour + (_NOON if half == "午後" else 0)
    if hour == 0:
        raise NotSaidError("is on no clock; write 0:00 or 12:00")
    return hour % _NOON + (_NOON if half == "pm" else 0)


@dataclass(frozen=True, kw_only=True)
class SaidDay:
    """A day as it was said: one day, or one that comes again each week or year."""

    day: date | None = None
    """The day itself, where the words say which."""
    weekday: int | None = None
    """From 0 for Monday; of a date the day of the week that was said with it."""
    yearly: tuple[int, int] | None = None
    """Month and day of the month."""
    monthly: int | None = None
    """Day of the month."""
    evening: bool = False
    """Whether its evening is meant, or the night that follows."""

    def around(self, today: date) -> Iterator[date]:
        """The days that may be meant, oldest first; 29 February within eight years, for 1900 and 2100 have none."""
        if self.day is not None:
            yield self.day
        elif self.yearly is not None:
            for year in range(today.year - 8, today.year + 9):
                try:
                    yield date(year, *self.yearly)
                except ValueError:
                    continue
        elif self.monthly is not None:
            for months in range(today.year * 12 + today.month - 4, today.year * 12 + today.month + 3):
                try:
                    yield date(months // 12, months % 12 + 1, self.monthly)
                except ValueError:
                    continue
        elif self.weekday is not None:
            first = today + timedelta(days=(self.weekday - today.weekday()) % 7 - 14)
            yield from (first + timedelta(days=7 * week) for week in range(5))

    def checked(self, day: date) -> date:
        """The day that was chosen.

        :raises NotSaidError: another day of the week was said with it
        """
        if self.weekday is not None and self.weekday != day.weekday():
            raise NotSaidError(f"has the wrong day of the week; {day} is a {_WEEKDAYS[day.weekday()].capitalize()}")
        return day

    def clock(self, clock: Clock) -> Clock:
        """The time of day that was said with it.

        :raises NotSaidError: no evening has it: 今夜11時 is 23:00 to most people, and 今夜1時 is after midnight
        """
        if self.evening and clock < _EVENING:
            hour, minute = divmod(clock // timedelta(minutes=1), 60)
            if HOURS - 24 <= hour < _NOON:
                meant = f"{hour + _NOON}:{minute:02}"
            elif hour > _NOON:
                meant = f"今日 {hour}:{minute:02}"
            else:
                meant = f"{hour % _NOON + 24}:{minute:02}"
            raise NotSaidError(f"is no time of an evening or of the night after it; write {meant} if that is meant")
        return clock


_FROM_TODAY = {
    **dict.fromkeys(("一昨日", "おととい"), -2),
    **dict.fromkeys(("昨日", "きのう", "yesterday"), -1),
    **dict.fromkeys(("今日", "本日", "きょう", "today"), 0),
    **dict.fromkeys(("明日", "あした", "あす", "tomorrow"), 1),
    **dict.fromkeys(("明後日", "あさって"), 2),
    **dict.fromkeys(("今夜", "今晩", "tonight"), 0),
}
_EVENINGS = frozenset({"今夜", "今晩", "tonight"})
_KANJI = "月火水木金土日"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {name[:3]: index for index, name in enumerate(_WEEKDAYS)} | {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}
_AFTER = r"(?:\s*\(\s*(?P<named>[月火水木金土日](?:曜日?)?|[a-z]{3,9})\.?\s*\))?"
_DATED = re.compile(
    r"(?:(?P<year>\d{4})(?:-|/|年\s*))?(?P<month>\d{1,2})(?:-|/|月\s*)(?P<day>\d{1,2})日?" + _AFTER, re.ASCII
)
_OF_MONTH = re.compile(r"(?P<day>\d{1,2})日" + _AFTER + r"(?=.)", re.ASCII)
# A day of the month alone may be a length; with a time of day behind it, it is none.
_NAMED = re.compile(
    "(?P<word>" + "|".join(sorted(_FROM_TODAY, key=len, reverse=True)) + r")(?![a-z])"
    rf"|(?P<kanji>[{_KANJI}])曜日?|(?P<english>{'|'.join(_WEEKDAYS)}|{'|'.join(sorted(_SHORT, key=len, reverse=True))})"
    r"(?![a-z])\.?"
)
_BETWEEN = re.compile(r"(?:\s*の\s*|\s*[,、]\s*|\s+at\s+|\s+|(?<=\d)t(?=\d)|(?<=[^\da-z])(?=\d))|(?=正午|午[前後])")


def day_said(words: str, today: date) -> tuple[SaidDay, str] | None:
    """The day with which the words begin, and the rest; None where they begin with none.

    :param words: half-width, in small letters
    :raises NotSaidError: no calendar has it
    """
    dated = _DATED.match(words)
    if dated is not None and (dated["year"] or words[dated.start("month") : dated.end()].find("-") < 0):
        return _dated(dated), _rest(words, dated.end())
    numbered = _OF_MONTH.match(words)
    if numbered is not None:
        return _of_month(numbered), _rest(words, numbered.end())
    named = _NAMED.match(words)
    if named is None:
        return None
    if word := named["word"]:
        day = today + timedelta(days=_FROM_TODAY[word])
        return SaidDay(day=day, evening=word in _EVENINGS), _rest(words, named.end())
    weekday = _weekday(named["kanji"] or named["english"])
    return SaidDay(weekday=weekday), _rest(words, named.end())


def _rest(words: str, end: int) -> str:
    """What stands behind the day; ``?`` in front of what cannot follow it."""
    if end == len(words):
        return ""
    between = _BETWEEN.match(words, end)
    return words[between.end() :] if between is not None else "?" + words[end:]


def _dated(match: re.Match[str]) -> SaidDay:
    month, day = int(match["month"]), int(match["day"])
    try:
        found = date(int(match["year"] or 2000), month, day)  # 2000 had a 29 February
    except ValueError:
        raise NotSaidError("is on no calendar; look at the month and the day") from None
    weekday = _weekday(match["named"]) if match["named"] else None
    if not match["year"]:
        return SaidDay(yearly=(month, day), weekday=weekday)
    return SaidDay(day=found, weekday=weekday)


def _of_month(match: re.Match[str]) -> SaidDay:
    day = int(match["day"])
    if not 1 <= day <= 31:
        raise NotSaidError("is on no calendar; look at the day")
    return SaidDay(monthly=day, weekday=_weekday(match["named"]) if match["named"] else None)


def _weekday(name: str) -> int:
    if name[0] in _KANJI:
        return _KANJI.index(name[0])
    if name not in _SHORT and name not in _WEEKDAYS:
        raise NotSaidError(f"has {name!r} for a day of the week; write it as in 金曜 or Fri, or leave it out")
    return _SHORT[name] if name in _SHORT else _WEEKDAYS.index(name)
