"""Times as Hugo's authors write them: in front matter, and in the words above an update."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar mars", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|d)?"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*(?P<half>[ap]m)?\s*"
    r"\(?(?P<offset>UTC|GMT|Z|[+-]\d\d:?\d\d)?\)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_BETWEEN = r"(?:\s*[T,-]\s*|\s+)(?:at\s+)?"
_STAMPS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_BETWEEN}{_CLOCK}",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}{_BETWEEN}{_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_BETWEEN}{_CLOCK}",
    )
]
_DATE_ONLY = re.compile(rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})\Z")
_ENDS_STAMP = re.compile(r"\s*(?:[:–—]|-\s|\n|\Z)")


@dataclass(frozen=True, kw_only=True)
class SourceTime:
    """A time that stands in a source."""

    at: datetime
    """Aware, with the offset that was written or assumed."""
    assumed: bool = False
    """Whether the source gives no offset."""


def read_time(text: str, zone: ZoneInfo) -> SourceTime | None:
    """A front matter's time: RFC 3339 and the looser spellings that Hugo takes; a day alone is its beginning.

    :param zone: read a time without an offset there
    """
    text = text.strip()
    if day := _DATE_ONLY.match(text):
        return _time({**day.groupdict(), "hour": "0", "minute": "00"}, zone)
    return next((_time(found.groupdict(), zone) for stamp in _STAMPS if (found := stamp.fullmatch(text))), None)


def stamp_at_start(text: str, zone: ZoneInfo) -> SourceTime | None:
    """The time with which a text begins, if it is whole (day and clock) and set off by a colon, dash or line end.

    ``Friday 26 September 2025 at 09:35am UTC: …`` says when it was written; ``Friday 26 September 2025, starting
    at 09:35, we will …`` does not.
    """
    for stamp in _STAMPS:
        if (found := stamp.match(text)) and _ENDS_STAMP.match(text, found.end()):
            return _time(found.groupdict(), zone)
    return None


def _time(parts: dict[str, str | None], zone: ZoneInfo) -> SourceTime | None:
    month = parts["month"] or ""
    hour = int(parts["hour"] or "0")
    half = (parts.get("half") or "").lower()
    if half and not 1 <= hour <= 12 and not (half == "am" and hour == 0):
        return None  # "13:00am" may mean either
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        at = datetime(
            int(parts["year"] or "0"),
            int(month) if month.isdigit() else _MONTHS[month.lower()],
            int(parts["day"] or "0"),
            hour,
            int(parts["minute"] or "0"),
            int(parts.get("second") or "0"),
            tzinfo=zone,
        )
        offset = parts.get("offset")
        if offset:
            at = at.replace(tzinfo=_offset(offset))
        elif at.utcoffset() is not None:
            at = at.replace(tzinfo=timezone(at.utcoffset() or timedelta(0)))
    except ValueError:
        return None
    # Our records hold whole minutes of offset and these years (noroshi.records.times).
    return SourceTime(at=at, assumed=not offset) if 1971 <= at.year <= 8999 else None


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if text[0] == "-" else size)


def spelled(at: datetime) -> str:
    """A time as our records write it, without seconds that are nought."""
    return at.isoformat(timespec="seconds" if at.second else "minutes")
