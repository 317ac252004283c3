"""Times as people say them, in the site's zone: ``23:30``, ``+30m``, ``明日 10:00``, ``金曜 9時``.

A word that may mean two times is refused with the spellings of both: a promise an hour or a week off is worse than
a second question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from noroshi.problems import StatedError
from noroshi.records.refusal import half_width, shown
from noroshi.records.times import FIRST_YEAR, LAST_YEAR
from noroshi.text.said_clock import HOURS, Clock, NotSaidError, SaidDay, clock_said, day_said
from noroshi.text.said_lengths import Lean as Lean
from noroshi.text.said_lengths import length_said


class UnsaidError(StatedError):
    """What was said is no time, or may be two; the message says what was found, what is allowed and what to do."""


AHEAD = timedelta(minutes=15)
"""How far ahead what has happened may lie, for no two clocks show the same time."""
STILL_AHEAD = timedelta(hours=3)
"""So little ahead, a time of day that is asked of the past is rather a slip than yesterday's."""

Found = TypeVar("Found", bound=date)
_NOW = frozenset({"now", "今", "いま", "ただいま", "只今", "現在"})
_WITH_OFFSET = re.compile(r"(\d{4}-\d\d-\d\d)[t ]((?:[01]\d|2[0-3]):\d\d(?::\d\d)?) ?(z|[+-]\d\d:\d\d)\Z", re.ASCII)


def moment_said(word: str, now: datetime, zone: ZoneInfo, lean: Lean) -> datetime:
    """The moment that somebody means at ``now``, in the site's zone.

    What counts from now drops now's seconds.

    :param now: with its offset
    :raises UnsaidError: it is none, no clock of the zone shows it, or clocks show it twice
    """
    here = _minute(now, zone)
    with _refusing(word, here):
        return _moment(plain(word), here, zone, lean)


def deadline_said(word: str, now: datetime, zone: ZoneInfo, lean: Lean = Lean.FUTURE) -> date | datetime:
    """The day, or the moment where a time of day is said, by which somebody will do something, or has done it.

    :param now: with its offset
    :param lean: to which side a day leans that does not say its year or week
    :raises UnsaidError: as :func:`moment_said`; a day of the week that is today
    """
    here = _minute(now, zone)
    today = here.date()
    with _refusing(word, here):
        words = plain(word)
        said = day_said(words, today)
        if said is not None and not said[1]:
            return _day(said[0], today, lean)
        length = length_said(words, lean)
        if length is not None and length[0] and not length[1]:
            return _existing(today + timedelta(days=length[0]))
        return _moment(words, here, zone, lean)


def spelled(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """The moment as the content spells it: ``2026-06-18T23:30+09:00``, with seconds only where they are not zero.

    :param moment: with its offset
    :param zone: whose offset it gets; None keeps its own
    """
    local = (moment if zone is None else moment.astimezone(zone)).replace(microsecond=0)
    if (local.utcoffset() or timedelta()) % timedelta(minutes=1):  # local mean times of the 19th century
        local = local.astimezone(UTC)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def _minute(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(second=0, microsecond=0)


def plain(word: str) -> str:
    """The word as it is compared: half-width, in small letters, with single spaces."""
    return " ".join(half_width(word).lower().split())


@contextmanager
def _refusing(word: str, here: datetime) -> Iterator[None]:
    """Say what is wrong with a word, and which words are right, in the site's zone."""
    try:
        yield
    except NotSaidError as wrong:
        raise UnsaidError(f"{shown(word)} {wrong} (times are those of {here.tzinfo})") from None
    except (ValueError, OverflowError):  # Python's calendar ends in 9999
        raise UnsaidError(f"{shown(word)} is out of range; years go from {FIRST_YEAR} to {LAST_YEAR}") from None


def _moment(words: str, here: datetime, zone: ZoneInfo, lean: Lean) -> datetime:
    if words in _NOW:
        return here
    full = _WITH_OFFSET.match(words)
    if full is not None:
        try:
            return _existing(datetime.fromisoformat(f"{full[1]}T{full[2]}{full[3].upper()}").astimezone(zone))
        except ValueError:
            raise NotSaidError("does not exist; look at a calendar and a clock") from None
    length = length_said(words, lean)
    if length is not None:
        days, rest = length
        moved = _resolved(_existing(here.date() + timedelta(days=days)), _clock_of(here), zone) if days else here
        return _existing((moved.astimezone(UTC) + rest).astimezone(zone))
    said = day_said(words, here.date())
    day, rest_words = said if said is not None else (None, words)
    clock = clock_said(rest_words)
    if clock is None:
        raise NotSaidError(_unread(words, day, rest_words, here, lean))
    if day is None:
        if lean is Lean.PAST:
            _refuse_ahead(clock, here, zone)
        days_around = [here.date() + timedelta(days=days) for days in range(-3, 3)]
        return _resolved(_leaning(days_around, clock, here, zone, lean), clock, zone)
    clock = day.clock(clock)
    meant = _leaning(list(day.around(here.date())), clock, here, zone, lean)
    return _resolved(day.checked(_near(day, meant, here.date())), clock, zone)


def _refuse_ahead(clock: Clock, here: datetime, zone: ZoneInfo) -> None:
    """A time of day of what has happened that comes soon: yesterday's is hardly meant, and today's has not been."""
    if clock >= timedelta(days=1):
        return
    first, second = _both(here.date(), clock, zone)
    ahead = first - here
    if first == second and AHEAD < ahead <= STILL_AHEAD:
        pair = f"{spelled(first, zone)} is still ahead of {here:%H:%M}"
        day_before = _both(here.date() - timedelta(days=1), clock, zone)[0]
        raise NotSaidError(
            f"is asked of the past, and {pair}; write it later, or {spelled(day_before, zone)} if that is meant"
        )


def _leaning(days: list[date], clock: Clock, here: datetime, zone: ZoneInfo, lean: Lean) -> date:
    """The day whose clock shows the time that is meant: the next one, or the latest one."""
    if len(days) == 1:
        return days[0]
    if lean is Lean.FUTURE:
        return next(day for day in days if max(_both(day, clock, zone)) >= here)
    return next(day for day in reversed(days) if min(_both(day, clock, zone)) <= here + AHEAD)


def _both(day: date, clock: Clock, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The two moments at which clocks may show it; the same but where they are turned (PEP 495), in UTC."""
    wall = datetime.combine(day, time()) + clock
    return (
        wall.replace(tzinfo=zone, fold=0).astimezone(UTC),
        wall.replace(tzinfo=zone, fold=1).astimezone(UTC),
    )


def _resolved(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    first, second = _both(day, clock, zone)
    local = first.astimezone(zone)
    if first == second:
        return _existing(local)
    wall = datetime.combine(day, time()) + clock
    pair = f"{spelled(min(first, second), zone)} or {spelled(max(first, second), zone)}"
    if first > second:
        raise NotSaidError(f"does not exist on {wall.date()}: clocks are put forward over it; write {pair}")
    raise NotSaidError(f"comes twice on {wall.date()}: clocks are put back; write {pair}")


def _day(said: SaidDay, today: date, lean: Lean) -> date:
    days = list(said.around(today))
    if len(days) == 1:
        return _existing(said.checked(days[0]))
    if said.yearly is None and today in days:
        raise NotSaidError(f"is today; write today, or {today + timedelta(days=7 if lean is Lean.FUTURE else -7)}")
    if lean is Lean.FUTURE:
        found = next(day for day in days if day >= today)
    else:
        found = next(day for day in reversed(days) if day <= today)
    return said.checked(_near(said, found, today))


_DAY_OFF = (timedelta(days=20), timedelta(days=10), "month")
"""A day of the month so far off is asked for where the same one of another month is so near; ``write the month``."""
_DATE_OFF = (timedelta(days=300), timedelta(days=65), "year")
"""The same of a day of the year."""


def _near(said: SaidDay, found: date, today: date) -> date:
    """The day that was found, unless it lies nearly a whole round off and the same one of another round is near."""
    if said.yearly is not None or said.monthly is not None:
        far, near, word = _DATE_OFF if said.monthly is None else _DAY_OFF
        other = min(said.around(today), key=lambda day: abs(day - today))
        if abs(found - today) > far and abs(other - today) < near:
            raise NotSaidError(f"may be {min(other, found)} or {max(other, found)}; write the {word}")
    return found


def _existing(found: Found) -> Found:
    """What was found, if records may hold it."""
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotSaidError(f"is out of range; years go from {FIRST_YEAR} to {LAST_YEAR}")
    return found


def _clock_of(here: datetime) -> Clock:
    return timedelta(hours=here.hour, minutes=here.minute)


def _unread(words: str, day: SaidDay | None, rest: str, here: datetime, lean: Lean) -> str:
    """Why no time can be made of the words, with examples of this very day, on the side that is asked for."""
    if lean is Lean.FUTURE:
        later = here + timedelta(hours=1)
        allowed = f"write a time such as {later:%H:%M}, 明日 10:00, tomorrow 10:00 or {spelled(later)}"
        allowed += ", or a length such as 30m, 1h30m or 2時間"
    else:
        earlier = here - timedelta(minutes=10)
        allowed = f"write a time such as {earlier:%H:%M}, -10m, 昨日 10:00, yesterday 10:00 or {spelled(earlier)}"
    if day is not None and not rest:
        return f"says a day and no time of day; write it with one, such as {words} {'23' if day.evening else '10'}:00"
    if rest.isascii() and rest.isdigit() and len(rest) in (3, 4) and int(rest[-2:]) < 60:
        return f"has no colon; write {rest[:-2]}:{rest[-2:]}"
    if rest.isascii() and rest.isdigit() and len(rest) <= 2 and day is None:
        minutes = f"+{int(rest)}m"
        return (
            f"may be an hour or minutes; write {int(rest)}:00 or {minutes}"
            if int(rest) < HOURS
            else f"has no unit; write {minutes}"
        )
    return f"is no time; {allowed}"
