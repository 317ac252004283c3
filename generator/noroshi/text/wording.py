"""Words for readers in one language: messages of the catalogue, dates and durations in the site's zone."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from noroshi.records.content import Settings
from noroshi.records.translation import Translation
from noroshi.text.labels import N_, label_of

if TYPE_CHECKING:
    from noroshi.text.dates import DateFormats

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"
"""The message catalogues; English is the language of the message ids and needs none."""


ASIDE = N_("{main} ({aside})")
"""How words stand beside others."""


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

    def __init__(self, language: str, zone: ZoneInfo, translation: Translation | None = None) -> None:
        """:param translation: the site's own words, which come before the shipped ones"""
        self.language = language
        self.zone = zone
        catalogue = _catalogue(language, translation)
        self.gettext: Callable[[str], str] = _Messages(catalogue.gettext).__getitem__
        self.ngettext: Callable[[str, str, int], str] = catalogue.ngettext
        self._aside = self.gettext(ASIDE)
        self._days_said: dict[date, str] = {}
        self._times_said: dict[int, str] = {}
        self._translation = translation

    @cached_property
    def key(self) -> str:
        """Differs for each language, and when its words do."""
        file = _shipped(self.language)
        digest = blake2b(file.read_bytes() if file.is_file() else b"", digest_size=8)
        digest.update(self._translation.compiled if self._translation else b"")
        return f"{self.language}-{digest.hexdigest()}"

    @cached_property
    def dates(self) -> DateFormats:
        """How the language writes days. Babel is loaded here, by whoever words the first day."""
        from noroshi.text.dates import date_formats

        return date_formats(self.language)

    def counted(self, one: str, many: str) -> dict[str, str]:
        """A message in every form that the language counts in, by CLDR's names, for programs that choose one later."""
        return {form: self.ngettext(one, many, number) for form, number in self.dates.counted.items()}

    def label(self, word: StrEnum) -> str:
        """What a word that programs compare is called."""
        return self.gettext(label_of(word))

    def local(self, moment: datetime) -> datetime:
        """The moment as the site's clocks show it."""
        return moment.astimezone(self.zone)

    def moment(self, moment: datetime) -> str:
        """A date and a time of day, to the minute."""
        local = moment.astimezone(self.zone)
        return self._at(self.day(local.date()), local)

    def clock(self, moment: datetime) -> str:
        """A time of day, to the minute."""
        return self._time(moment.astimezone(self.zone))

    def _time(self, local: datetime) -> str:
        minute = local.hour * 60 + local.minute
        said = self._times_said.get(minute)
        if said is None:
            said = self._times_said[minute] = self.dates.time(local.hour, local.minute)
        return said

    def _at(self, day: str, local: datetime) -> str:
        return self.dates.moment_form.format(date=day, time=self._time(local))

    def step(self, moment: datetime, before: datetime | None) -> str:
        """A time in a row of times, as short as it stays clear after the one before it.

        The time of day alone on the same day; "next day" on the day after; else the date, with its year at first.
        """
        local = moment.astimezone(self.zone)
        if before is None:
            return self.moment(moment)
        gap = (local.date() - before.astimezone(self.zone).date()).days
        clock = self._time(local)
        if gap == 0:
            return clock
        if gap == 1:
            return self.gettext("next day {time}").format(time=clock)
        if abs(gap) < _YEAR_IS_CLEAR:
            return self._at(self.short_day(local.date()), local)
        return self.moment(moment)

    def day(self, day: date) -> str:
        """A day with its weekday."""
        said = self._days_said.get(day)
        if said is None:
            said = self._days_said[day] = self.dates.day(day)
        return said

    def short_day(self, day: date) -> str:
        """A day with its weekday, without the year: for days near the time of reading."""
        return self.dates.short_day(day)

    def days(self, first: date, last: date) -> str:
        """A run of days, without the year; one day where both are the same."""
        return self.short_day(first) if first == last else self.dates.days(first, last)

    def month(self, year: int, month: int) -> str:
        """A month of a year."""
        return self.dates.month(year, month)

    def short_month(self, month: int) -> str:
        """A month in a few characters, for charts: ``Jun``."""
        return self.dates.short_month(month)

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

    def aside(self, main: str, aside: str, shape: str | None = None) -> str:
        """Words with others in the language's parentheses behind them.

        :param shape: the language's own way as HTML, where the words are
        """
        return (self._aside if shape is None else shape).format(main=main, aside=aside)

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


def _shipped(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "noroshi.mo"


@lru_cache(maxsize=16)
def shipped_catalogue(language: str) -> gettext.NullTranslations:
    """The program's own words in a language; English where it has none."""
    file = _shipped(language)
    if not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)


@lru_cache(maxsize=16)
def _catalogue(language: str, translation: Translation | None) -> gettext.NullTranslations:
    """The site's words, behind them the shipped ones, behind them English."""
    if translation is None:
        return shipped_catalogue(language)
    own = gettext.GNUTranslations(BytesIO(translation.compiled))
    own.add_fallback(shipped_catalogue(language))
    return own


@lru_cache(maxsize=16)
def wording(language: str, zone: ZoneInfo, translation: Translation | None = None) -> Wording:
    """The wording of a language in a zone, made once.

    :param translation: the site's own words in that language
    """
    return Wording(language, zone, translation)


def wording_of(settings: Settings, language: str) -> Wording:
    """How a site speaks a language."""
    return wording(language, settings.site.zone, settings.translations.get(language))


@lru_cache(maxsize=1024)
def iso(moment: datetime) -> str:
    """A moment as programs read it (RFC 3339), in UTC. Kept for a while: a page says each time thrice."""
    return moment.astimezone(UTC).isoformat()[:19] + "Z"
