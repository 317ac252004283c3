"""Words for readers in one language: messages of the catalogue, dates and durations in the site's zone."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from noroshi.text.labels import N_, label_of

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"
"""The message catalogues; English is the language of the message ids and needs none."""

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class _Messages(dict[str, str]):
    """The messages said so far: a page says the same few dozen words again and again."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, message: str) -> str:
        said = self[message] = self._look_up(message)
        return said


class Wording:
    """How one language says things, with times as the site's clocks show them."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        catalogue = _catalogue(language)
        self.gettext: Callable[[str], str] = _Messages(catalogue.gettext).__getitem__
        self.ngettext: Callable[[str, str, int], str] = catalogue.ngettext
        self._months = tuple(map(self.gettext, _MONTHS))
        self._weekdays = tuple(map(self.gettext, _DAYS))
        self._date = self.gettext(N_("{weekday} {day} {month} {year}"))
        self._short_date = self.gettext(N_("{weekday} {day} {month}"))
        self._moment = self.gettext(N_("{date}, {time}"))
        self._month = self.gettext(N_("{month} {year}"))
        self._short_month = self.gettext(N_("{short_month}"))
        self._aside = self.gettext(N_("{main} ({aside})"))
        self._days_said: dict[date, str] = {}

    def label(self, word: StrEnum) -> str:
        """What a word that programs compare is called."""
        return self.gettext(label_of(word))

    def local(self, moment: datetime) -> datetime:
        """The moment as the site's clocks show it."""
        return moment.astimezone(self.zone)

    def moment(self, moment: datetime) -> str:
        """A date and a time of day, to the minute."""
        local = moment.astimezone(self.zone)
        return self._moment.format(date=self.day(local.date()), time=f"{local.hour:02}:{local.minute:02}")

    def clock(self, moment: datetime) -> str:
        """A time of day, to the minute."""
        local = moment.astimezone(self.zone)
        return f"{local.hour:02}:{local.minute:02}"

    def step(self, moment: datetime, before: datetime | None) -> str:
        """A time in a row of times, as short as it stays clear after the one before it.

        The time of day alone on the same day; "next day" on the day after; else the date, with its year at first.
        """
        local = moment.astimezone(self.zone)
        if before is None:
            return self.moment(moment)
        gap = (local.date() - before.astimezone(self.zone).date()).days
        clock = f"{local.hour:02}:{local.minute:02}"
        if gap == 0:
            return clock
        if gap == 1:
            return self.gettext("next day {time}").format(time=clock)
        if abs(gap) < _YEAR_IS_CLEAR:
            return self._moment.format(date=self.short_day(local.date()), time=clock)
        return self.moment(moment)

    def day(self, day: date) -> str:
        """A day with its weekday."""
        said = self._days_said.get(day)
        if said is None:
            said = self._days_said[day] = self._date.format(
                weekday=self._weekdays[day.weekday()], day=day.day, month=self._months[day.month - 1], year=day.year
            )
        return said

    def short_day(self, day: date) -> str:
        """A day with its weekday, without the year: for days near the time of reading."""
        return self._short_date.format(
            weekday=self._weekdays[day.weekday()], day=day.day, month=self._months[day.month - 1]
        )

    def days(self, first: date, last: date) -> str:
        """A run of days, without the year; one day where both are the same."""
        if first == last:
            return self.short_day(first)
        if (first.year, first.month) != (last.year, last.month):
            return self.gettext("{first} – {last}").format(first=self.short_day(first), last=self.short_day(last))
        return self.gettext("{weekday} {day} – {last_weekday} {last_day} {month}").format(
            weekday=self._weekdays[first.weekday()],
            day=first.day,
            last_weekday=self._weekdays[last.weekday()],
            last_day=last.day,
            month=self._months[first.month - 1],
        )

    def month(self, year: int, month: int) -> str:
        """A month of a year."""
        return self._month.format(month=self._months[month - 1], year=year)

    def short_month(self, month: int) -> str:
        """A month in a few characters, for charts: ``Jun``."""
        return self._short_month.format(short_month=self._months[month - 1][:3])

    def span(self, start: datetime, end: datetime) -> str:
        """From when until when; the day stands once where it is the same."""
        same_day = self.local(start).date() == self.local(end).date()
        return f"{self.moment(start)} – {self.clock(end) if same_day else self.moment(end)}"

    def duration(self, length: timedelta) -> str:
        """A length of time in its two largest units, rounded down to the minute; never less than one minute."""
        minutes = max(1, int(length.total_seconds() // 60))
        days, rest = divmod(minutes, 24 * 60)
        hours, minutes = divmod(rest, 60)
        parts = [
            (days, self.ngettext("{n} day", "{n} days", days)),
            (hours, self.ngettext("{n} hour", "{n} hours", hours)),
            (minutes, self.ngettext("{n} minute", "{n} minutes", minutes)),
        ]
        said = [words.format(n=number) for number, words in parts if number][:2]
        if len(said) == 1:
            return said[0]
        return self.gettext("{larger_unit} {smaller_unit}").format(larger_unit=said[0], smaller_unit=said[1])

    def aside(self, main: str, aside: str) -> str:
        """Words with others in the language's parentheses behind them."""
        return self._aside.format(main=main, aside=aside)

    def zone_name(self, moment: datetime) -> str:
        """The zone as the site's clocks name it at a moment, with its offset: ``JST (UTC+09:00)``."""
        local = moment.astimezone(self.zone)
        minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
        sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
        offset = f"UTC{sign}{hours:02}:{rest:02}" if minutes else "UTC"
        name = local.tzname() or offset
        return self.aside(name, offset) if name.isalpha() and name != offset else offset


_YEAR_IS_CLEAR = 300
"""Within so many days a date without its year cannot be taken for that of another year."""


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("noroshi", localedir=CATALOGUES, languages=[language])


@lru_cache(maxsize=8)
def wording(language: str, zone: ZoneInfo) -> Wording:
    """The wording of a language in a zone, made once.

    :raises FileNotFoundError: no catalogue speaks that language
    """
    return Wording(language, zone)


@lru_cache(maxsize=1024)
def iso(moment: datetime) -> str:
    """A moment as programs read it (RFC 3339), in UTC. Kept for a while: a page says each time thrice."""
    return moment.astimezone(UTC).isoformat()[:19] + "Z"
