"""How a language writes days, months and times, and how it counts: CLDR's patterns and names, taken from Babel.

Everything is resolved once for a language, into templates of ``str.format`` and tuples of names, so that a date costs
about a microsecond, where ``babel.dates`` takes some fifty. Babel itself (25 ms for two languages) is loaded when the
first date is worded: ``noroshi check`` words none.

Two things of Babel are not used. Its ``format_timedelta`` says "2 hours" of 95 minutes. And ``Locale`` looks names up
through a dictionary that writes what it found into data which all languages share: after Japanese, French months are
called 1月 too. So the data are read here as they lie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from babel import localedata

_DAY = ("yMMMMEd", "yMMMMEEEEd", "yMMMEd")
_SHORT_DAY = ("MMMMEd", "MMMMEEEEd", "MMMEd")
"""The skeletons for a day, the first that the language has: with the month's whole name, for which pages have room,
and the weekday's short one. Where there is none of both, a pattern with other widths is taken and its names changed."""

_MONTH, _SHORT_MONTH, _TIME = "yMMMM", "MMM", "Hm"

_DATA = MappingProxyType({"en": "en_001", "tl": "fil"})
"""Languages by their name in CLDR: English as the world writes it, with the day before the month and 24 hours."""

_ADJUSTED: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        # One comma in a moment is enough, and it stands before the time: Thu 18 June 2026, 21:40.
        "en": (("E, d", "E d"),),
        # Japanese text has full-width brackets, which need no space behind them; a span has the dash that it has
        # everywhere on a page; and times stand in columns, so they keep their zero.
        "ja": (("(E)", "（E）"), ("{1} {0}", "{1}{0}"), ("～", "– "), ("H:", "HH:")),
    }
)
"""Where CLDR's pattern is not what a page wants: what is replaced in it, and by what."""

_SAMPLES = 201
"""Up to which number the forms of counting are looked for: Arabic's last one begins at 100."""

_FIELDS = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+")


class UnknownLanguageError(LookupError):
    """CLDR has nothing on this language."""


@dataclass(frozen=True, kw_only=True)
class DateFormats:
    """How one language writes days and counts things."""

    locale: str
    """The language as browsers know it (BCP 47), so that what they word looks like what is worded here."""
    names: Mapping[str, tuple[str, ...]]
    """By the pattern's letters: the months from January, the days of the week from Monday."""
    day_form: str
    short_day_form: str
    month_form: str
    short_month_form: str
    moment_form: str
    """``{date}`` and ``{time}``."""
    time_form: str
    """``{H:02}`` and ``{m:02}`` or the like."""
    days_form: tuple[str, str] | None
    """From a day until another one of its month; None where the language has no shorter way to say it."""
    range_form: str
    """From ``{first}`` until ``{last}``."""
    counted: Mapping[str, int]
    """The forms in which the language counts whole things, by CLDR's names, each with a number that takes it."""

    def day(self, day: date) -> str:
        """A day with its weekday and year."""
        return self.day_form.format_map(self._fields(day))

    def short_day(self, day: date) -> str:
        """A day with its weekday, without the year."""
        return self.short_day_form.format_map(self._fields(day))

    def days(self, first: date, last: date) -> str:
        """A run of days, without the year."""
        if self.days_form is not None and (first.year, first.month) == (last.year, last.month):
            begun, ended = self.days_form
            return begun.format_map(self._fields(first)) + ended.format_map(self._fields(last))
        return self.range_form.format(first=self.short_day(first), last=self.short_day(last))

    def month(self, year: int, month: int) -> str:
        """A month of a year."""
        return self.month_form.format_map(self._fields(date(year, month, 1)))

    def short_month(self, month: int) -> str:
        """A month in a few characters."""
        return self.short_month_form.format_map(self._fields(date(2000, month, 1)))

    def time(self, hour: int, minute: int) -> str:
        """A time of day."""
        return self.time_form.format(H=hour, m=minute)

    def _fields(self, day: date) -> dict[str, int | str]:
        fields: dict[str, int | str] = {"y": day.year, "M": day.month, "d": day.day}
        for name, said in self.names.items():
            fields[name] = said[day.month - 1 if name[0] in "ML" else day.weekday()]
        return fields


def is_known(language: str) -> bool:
    """Whether CLDR knows how this language writes dates."""
    return cldr_name(language) is not None


@lru_cache(maxsize=8)
def date_formats(language: str) -> DateFormats:
    """How a language writes days, resolved once.

    :param language: a code as in ``site.yaml``, such as ``ja`` or ``pt-BR``
    :raises UnknownLanguageError: CLDR does not know it
    """
    name = cldr_name(language)
    if name is None:
        raise UnknownLanguageError(language)
    data = localedata.load(name)
    skeletons = _look(data, "datetime_skeletons")
    adjusted = _ADJUSTED.get(language, ())

    def pattern(*wanted: str) -> str:
        found = next(skeletons[skeleton] for skeleton in wanted if skeleton in skeletons)
        return str(found.pattern)

    def day(pattern: str) -> str:
        return _template(_adjust(_day_widths(pattern), adjusted))

    intervals, short_day = _look(data, "interval_formats"), day(pattern(*_SHORT_DAY))
    ends = [day(end) for end in intervals.get(_SHORT_DAY[-1], {}).get("d", ())]
    # Made of another width, a run may lack words between the names, which the day alone has: 21 de noviembre.
    agree = len(ends) == 2 and (ends[1] == short_day or "MMM" not in ends[1])
    moment = _adjust(str(_look(data, "datetime_formats", "medium")), adjusted)
    return DateFormats(
        locale=name.replace("_", "-"),
        names={**_months(data), **_weekdays(data)},
        day_form=day(pattern(*_DAY)),
        short_day_form=short_day,
        month_form=_template(_adjust(pattern(_MONTH), adjusted)),
        short_month_form=_template(pattern(_SHORT_MONTH)),
        moment_form=moment.replace("'", "").format("{time}", "{date}"),
        time_form=_template(_adjust(pattern(_TIME), adjusted)),
        days_form=(ends[0], ends[1]) if agree else None,
        range_form=_adjust(intervals[None], adjusted).format("{first}", "{last}"),
        counted=_counted(data["plural_form"]),
    )


@lru_cache(maxsize=64)
def writing_direction(language: str) -> str:
    """How a language is written, as HTML says it: ``ltr`` or ``rtl``; from the left where CLDR does not know it."""
    name = cldr_name(language)
    order = localedata.load(name).get("character_order") if name is not None else None
    return "rtl" if order == "right-to-left" else "ltr"


def own_name(language: str) -> str | None:
    """What a language calls itself, as a word that stands alone; None where CLDR does not say."""
    name = cldr_name(language)
    if name is None:
        return None
    said = _look(localedata.load(name), "languages").get(language.replace("-", "_"))
    return said[:1].upper() + said[1:] if said else None


def cldr_name(language: str) -> str | None:
    """The name of CLDR's data on a language, None where it has none; of a territory without any, its language's."""
    name = _DATA.get(language, language.replace("-", "_"))
    known = localedata.normalize_locale(name) if name else None
    return known or localedata.normalize_locale(name.partition("_")[0])


def _look(data: Mapping[Any, Any], *keys: str) -> Any:
    """What stands at the end of these keys, aliases followed; nothing is written back."""
    value: Any = data
    for key in keys:
        value = value[key]
        if isinstance(value, localedata.Alias):
            value = _look(data, *value.keys)
        elif isinstance(value, tuple):  # an alias, and what stands over it; Alias.resolve forgets the latter
            alias, over = value
            value = {**_look(data, *alias.keys), **over}
    return value


def _months(data: Mapping[Any, Any]) -> dict[str, tuple[str, ...]]:
    letters = (("MMM", "format", "abbreviated"), ("MMMM", "format", "wide"))
    alone = (("LLL", "stand-alone", "abbreviated"), ("LLLL", "stand-alone", "wide"))
    found = {}
    for letter, context, width in (*letters, *alone):
        names = _look(data, "months", context, width)
        found[letter] = tuple(str(names[month]) for month in range(1, 13))
    return found


def _weekdays(data: Mapping[Any, Any]) -> dict[str, tuple[str, ...]]:
    found = {}
    for letter, context in (("E", "format"), ("c", "stand-alone")):
        for letters, width in ((letter, "abbreviated"), (letter * 4, "wide")):
            names = _look(data, "days", context, width)
            found[letters] = tuple(str(names[day]) for day in range(7))
    return found


def _adjust(pattern: str, adjusted: tuple[tuple[str, str], ...]) -> str:
    # Thin spaces are left out of many fonts, and out of what people type to find a date on a page.
    pattern = pattern.replace("\u2009", " ").replace("\u202f", "\u00a0")
    for old, new in adjusted:
        pattern = pattern.replace(old, new)
    return pattern


def _day_widths(pattern: str) -> str:
    """A day's pattern with the month's whole name and the weekday's short one."""
    pattern = re.sub(r"\b(MMM|LLL)\b", lambda month: month[0] + month[0][0], pattern)
    return re.sub("EEEE|E{1,3}", "E", pattern.replace("cccc", "ccc"))


def _template(pattern: str) -> str:
    """A pattern of CLDR (https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns) for ``str.format``."""
    parts = []
    for match in _FIELDS.finditer(pattern):
        said, letter = match[0], match[1]
        if letter is None:
            said = "'" if said == "''" else said[1:-1].replace("''", "'") if said.startswith("'") else said
            parts.append(said.replace("{", "{{").replace("}", "}}"))
        elif letter in "yudHm":
            parts.append(f"{{{'y' if letter == 'u' else letter}{':02' if len(said) == 2 and letter != 'y' else ''}}}")
        elif letter in "ML":
            parts.append("{M}" if len(said) == 1 else "{M:02}" if len(said) == 2 else f"{{{said[:4]}}}")
        elif letter in "Ec":
            parts.append(f"{{{letter if len(said) < 4 else letter * 4}}}")
    return "".join(parts)


def _counted(rule: Any) -> dict[str, int]:
    """A number for each form in which whole things are counted, and always one for ``other``."""
    found: dict[str, int] = {}
    # From 1 on: of a message that has no translation the English form for 1 is meant where 0 takes the same.
    for number in (*range(1, _SAMPLES), 0):
        found.setdefault(rule(number), number)
    found.setdefault("other", _SAMPLES - 1)
    return found
