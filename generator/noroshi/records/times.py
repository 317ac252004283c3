"""Points in time as people write them: moments with an offset, and days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from noroshi.records.refusal import a_word, half_width, refusal, shown

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?\Z", re.ASCII)
_STRICT_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
FIRST_YEAR = 1970
LAST_YEAR = 9000
"""Python's own end in 9999, less room for what is reckoned from a time."""
# By the first word of what datetime says.
_IMPOSSIBLE = {
    "year": f"years go from {FIRST_YEAR} to {LAST_YEAR}",
    "month": "months go from 01 to 12",
    "day": "the month has no such day",
    "hour": "hours go from 00 to 23",
    "minute": "minutes go from 00 to 59",
    "second": "seconds go from 00 to 59",
}
MOMENT_ALLOWED = "times are written 2026-06-18T21:40+09:00"


def parse_moment(value: object, zone: ZoneInfo | None = None) -> datetime:
    """A moment with its offset, as written (RFC 3339 section 5.6, seconds optional).

    :param zone: the site's zone, from which a missing offset is proposed
    :raises PydanticCustomError: ``time``, ``time-offset`` or ``impossible-date``
    """
    if isinstance(value, datetime):
        return value
    word = a_word(value, MOMENT_ALLOWED)
    loose = _MOMENT.match(word)
    if loose is None:
        advice = _spelled(word, zone)
        raise refusal("time", found=f"{shown(word)} is no time", allowed=MOMENT_ALLOWED, advice=advice)
    day, clock, offset = loose.groups()
    try:
        if clock.startswith("24"):
            raise ValueError("hour")  # newer versions of Python take it for the next day
        parsed = datetime.fromisoformat(f"{day}T{clock}{offset or ''}")
    except ValueError as error:
        reason = _IMPOSSIBLE.get(str(error).split()[0], "offsets go from -23:59 to +23:59")
        raise refusal(
            "impossible-date",
            found=f"{shown(word)} does not exist: {reason}",
            allowed=MOMENT_ALLOWED,
            advice="look at a calendar and a clock (24:00 is 00:00 of the next day)",
        ) from None
    if offset is None:
        spelled = f"{day}T{clock}{_offset(zone, f'{day}T{clock}')}"
        raise refusal(
            "time-offset",
            found=f"{shown(word)} has no offset from UTC",
            allowed=MOMENT_ALLOWED,
            advice=f"write {spelled}",
        )
    if not _STRICT_MOMENT.match(word):
        raise refusal(
            "time",
            found=f"{shown(word)} is not spelled as a time",
            allowed=MOMENT_ALLOWED,
            advice=f"write {day}T{clock}{offset}",
        )
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise refusal(
            "time",
            found=f"the year {parsed.year} is out of range",
            allowed=f"years from {FIRST_YEAR} to {LAST_YEAR}",
            advice="correct the year",
        )
    return parsed


# The ways in which people write times elsewhere: 2026/6/18 21:52, 2026-06-18T21:52+0900, 2026年6月18日21時52分.
_ELSEWHERE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[Tt\s]*(\d{1,2})[:時](\d\d)(?::(\d\d))?分?)?(?:\.\d+)?"
    r"\s*(?:(Z)|([+-]\d\d):?(\d\d))?\Z",
    re.ASCII,
)


def _spelled(word: str, zone: ZoneInfo | None) -> str:
    """How to write the time that seems to be meant."""
    match = _ELSEWHERE.match(half_width(word))
    if match is None:
        return "write the day, 'T', the time of day and the offset, in half-width characters"
    year, month, day, hour, minute, second, zulu, hours, minutes = match.groups()
    date_part = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return f"add the time of day, for example {date_part}T09:00{_offset(zone, date_part + 'T09:00')}"
    clock = f"{int(hour):02}:{minute}" + (f":{second}" if second else "")
    offset = zulu or (f"{hours}:{minutes}" if hours else _offset(zone, f"{date_part}T{clock}"))
    return f"write {date_part}T{clock}{offset}"


def _offset(zone: ZoneInfo | None, wall: str) -> str:
    try:
        aware = datetime.fromisoformat(wall).replace(tzinfo=zone or UTC)
    except ValueError:
        return "+00:00"
    return aware.isoformat()[-6:]


def parse_day(value: object) -> date:
    """A calendar day, ``2026-06-26``.

    :raises PydanticCustomError: ``date`` or ``impossible-date``
    """
    allowed = "days are written 2026-06-26"
    word = a_word(value, allowed)
    if not _DAY.match(word):
        match = _ELSEWHERE.match(half_width(word))
        advice = f"write {match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else "write year-month-day"
        raise refusal("date", found=f"{shown(word)} is no day", allowed=allowed, advice=advice)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise refusal(
            "impossible-date", found=f"{shown(word)} does not exist", allowed=allowed, advice="look at a calendar"
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise refusal(
            "date",
            found=f"the year {day.year} is out of range",
            allowed=f"years from {FIRST_YEAR} to {LAST_YEAR}",
            advice="correct the year",
        )
    return day


def _zone_of(info: ValidationInfo) -> ZoneInfo | None:
    context: Any = info.context
    return context.get("zone") if context else None


def _moment(value: object, info: ValidationInfo) -> datetime:
    return parse_moment(value, _zone_of(info))


def _day_or_moment(value: object, info: ValidationInfo) -> date | datetime:
    if isinstance(value, str) and len(value) <= len("2026-06-26"):
        return parse_day(value)
    return parse_moment(value, _zone_of(info))


_MOMENT_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$",
    "examples": ["2026-06-18T21:40+09:00"],
}
_DAY_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "examples": ["2026-06-26"],
}

Moment: TypeAlias = Annotated[datetime, PlainValidator(_moment), WithJsonSchema(_MOMENT_SCHEMA)]
"""A time with its offset from UTC."""

Day: TypeAlias = Annotated[date, PlainValidator(parse_day), WithJsonSchema(_DAY_SCHEMA)]
"""A calendar day."""

Deadline: TypeAlias = Annotated[
    date | datetime, PlainValidator(_day_or_moment), WithJsonSchema({"anyOf": [_DAY_SCHEMA, _MOMENT_SCHEMA]})
]
"""A time, or a day that means its end in the site's zone."""


def end_of(deadline: date | datetime, zone: ZoneInfo) -> datetime:
    """The moment a deadline means: itself, or the end of that day (the next midnight) in ``zone``."""
    if isinstance(deadline, datetime):
        return deadline
    return datetime.combine(deadline + timedelta(days=1), time(), tzinfo=zone)
