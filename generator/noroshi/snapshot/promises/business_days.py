"""Business days and quiet hours: the calendar that promises are counted by.

Business days are those that are neither Saturday, Sunday nor a public holiday of the site's country, substitute days
(振替休日) included. The holidays come from the library of that name, which takes a tenth of a second to load: it is
loaded when the first business day is counted, and not before.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from noroshi.records.site import QuietHours
from noroshi.records.times import end_of
from noroshi.snapshot.promises.countries import COUNTRIES

_DAY = timedelta(days=1)


class Workdays:
    """The business days of a country, or of one of its regions, in the site's zone."""

    def __init__(self, country: str | None, zone: ZoneInfo) -> None:
        """Nothing is loaded yet.

        :param country: an ISO 3166-1 code, with the region's code behind a ``-`` or not (``JP``, ``DE-BY``); None, or
            a country that the library does not know, has no holidays but its weekends
        :param zone: in which days begin and end
        """
        self.country = country
        self.zone = zone

    def open_on(self, day: date) -> bool:
        """Whether ``day`` is a business day. In years that the library does not know only weekends are free."""
        return day.weekday() < 5 and (self.country is None or day not in _holidays(self.country, day.year))

    def after(self, moment: datetime, days: int) -> datetime:
        """The end of the ``days``-th business day after the day of ``moment``, in UTC.

        The day of the moment does not count, whatever the time of day: what is promised "within five business days"
        at 17:50 on a Monday is due when the next Monday ends. With 0 days it is the end of the moment's own day or,
        where that is no business day, of the next one.

        :param moment: an aware time
        :param days: from 0
        """
        day = moment.astimezone(self.zone).date()
        for _ in range(days):
            day = self._step(day, _DAY)
        if not self.open_on(day):
            day = self._step(day, _DAY)
        return end_of(day, self.zone).astimezone(UTC)

    def before(self, moment: datetime, days: int) -> datetime:
        """The same time of day on the ``days``-th business day before the day of ``moment``, in UTC.

        A time of day that the clocks skip on that day is taken an hour later, as the clocks do; one that they show
        twice is taken the first time. With 0 days it is the moment itself.

        :param moment: an aware time
        :param days: from 0
        """
        if days == 0:
            return moment.astimezone(UTC)
        local = moment.astimezone(self.zone)
        day = local.date()
        for _ in range(days):
            day = self._step(day, -_DAY)
        return datetime.combine(day, local.time(), tzinfo=self.zone).astimezone(UTC)

    def _step(self, day: date, step: timedelta) -> date:
        day += step
        while not self.open_on(day):
            day += step
        return day


def after_quiet(moment: datetime, quiet_hours: QuietHours, zone: ZoneInfo) -> datetime:
    """``moment``, or the end of the quiet hours that it falls into, in UTC.

    Quiet begins with its first minute and is over with the minute named as its end. Hours whose beginning and end are
    the same are none. Where the clocks skip a time, quiet begins or ends with the skip; where they show a time twice,
    the first one counts.

    :param moment: an aware time
    """
    moment = moment.astimezone(UTC)
    start, end = quiet_hours.from_, quiet_hours.until
    if start == end:
        return moment
    today = moment.astimezone(zone).date()
    # In the order of time: where the clocks skip the gap between two nights, the later one takes over.
    for day in (today - _DAY, today, today + _DAY):
        last = day if start < end else day + _DAY
        if _first_at(day, start, zone) <= moment < (over := _first_at(last, end, zone)):
            moment = over
    return moment


def unknown_place(country: str) -> tuple[str, str, str] | None:
    """Why nobody knows the holidays of ``country``, as (found, allowed, advice), or None where they are known.

    A country by itself is looked up without loading the library.
    """
    if country in COUNTRIES:
        return None
    code, _, region = country.partition("-")
    if code not in COUNTRIES:
        return _unknown_country(country, code)
    regions = _regions(code)
    if region in regions:
        return None
    named = f"{code} has no region '{region}' of its own holidays"
    allowed = f"{code} alone, or with one of: {', '.join(regions)}" if regions else f"{code} alone"
    alike = _alike(region, {each.lower(): f"{code}-{each}" for each in regions})
    return named, allowed, f"did you mean '{alike}'?" if alike else f"write {code}, or one of these behind '{code}-'"


def _unknown_country(country: str, code: str) -> tuple[str, str, str]:
    from holidays.registry import COUNTRIES as REGISTRY

    spellings = {name.lower(): codes[1] for name, codes in REGISTRY.items()}
    spellings |= {each.lower(): codes[1] for codes in REGISTRY.values() for each in codes}
    alike = _alike(country, spellings) or _alike(code, spellings)
    return (
        f"no country has the code '{country}'",
        "a country's code of two capital letters (ISO 3166-1), with a region's behind '-' or not: JP, DE-BY",
        f"did you mean '{alike}'?" if alike else "look at https://www.iso.org/obp/ui/#search for the code",
    )


def _alike(word: str, spellings: Mapping[str, str]) -> str:
    from difflib import get_close_matches

    spelt = word[:100].strip().lower().replace(" ", "_")
    for each in (spelt, *get_close_matches(spelt, sorted(spellings), n=1, cutoff=0.65)):
        if each in spellings:
            return spellings[each]
    return ""


_found: dict[tuple[str, int], frozenset[date]] = {}


def recall_holidays(known: Mapping[tuple[str, int], frozenset[date]]) -> None:
    """Take what :func:`known_holidays` of an earlier run gave, so that the library need not be loaded for it.

    :param known: by country and year, of this same version of the library
    """
    _found.update(known)


def known_holidays() -> dict[tuple[str, int], frozenset[date]]:
    """The holidays that were asked for in this process, by country and year."""
    return dict(_found)


def _holidays(country: str, year: int) -> frozenset[date]:
    found = _found.get((country, year))
    if found is None:
        found = _found[country, year] = _look_up(country, year)
    return found


def _look_up(country: str, year: int) -> frozenset[date]:
    """The public holidays of one year; none where the library knows neither the place nor the year."""
    import holidays

    code, _, region = country.partition("-")
    with warnings.catch_warnings():  # it warns of years for which it has only a part
        warnings.simplefilter("ignore")
        try:
            return frozenset(holidays.country_holidays(code, subdiv=region or None, years=year))
        except NotImplementedError:  # refused by name in `check`; what is promised is counted all the same
            return frozenset()


@cache
def _regions(code: str) -> tuple[str, ...]:
    import holidays

    return tuple(sorted(holidays.country_holidays(code).subdivisions))


def _first_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment at which clocks in ``zone`` show this time of this day or a later one, in UTC."""
    wall = datetime.combine(day, clock, tzinfo=zone)
    earlier, later = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if earlier <= later:  # the time comes once, or twice
        return earlier
    # The time is skipped. By the offset after the skip it is `later`, which is too early; by the one before, too late.
    low, high = later, earlier
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (
            (low, middle)
            if middle.astimezone(zone).replace(tzinfo=None) >= wall.replace(tzinfo=None)
            else (middle, high)
        )
    return high.replace(microsecond=0)
