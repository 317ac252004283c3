"""What stands in a calendar's components, as the library reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone

from noroshi.calendars.blocks import Block


def zone_component(block: Block) -> Any:
    component: Any = Timezone.from_ical("\r\n".join(("BEGIN:VTIMEZONE", *block.lines, "END:VTIMEZONE", "")))
    for part in component.walk():
        for rule in several(part, "RRULE"):
            if [str(each).upper() for each in rule.get("FREQ", ())] != ["YEARLY"] or rule.get("INTERVAL", [1]) != [1]:
                raise ValueError("clocks change once a year at a time")
    return component


def moment_of(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A time of an event, in UTC: a day begins in the site's zone, and a time without a zone is meant in it."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), tzinfo=zone).astimezone(UTC)
    return (value if value.tzinfo is not None else value.replace(tzinfo=zone)).astimezone(UTC)


def keeps_busy(event: Any) -> bool:
    return (
        str(one(event, "STATUS") or "").strip().upper() != "CANCELLED"
        and str(one(event, "TRANSP") or "").strip().upper() != "TRANSPARENT"
    )


def end_of(event: Any) -> date | datetime:
    """When it ends: a day without an end has one day, a time without one is a moment."""
    start: date | datetime = event["DTSTART"].dt
    if "DTEND" in event:
        end: date | datetime = event["DTEND"].dt
        return end
    if "DURATION" in event:
        whole: date | datetime = start + event["DURATION"].dt
        return whole
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def several(component: Any, name: str) -> Sequence[Any]:
    """A property's values, for it may stand several times."""
    value = component.get(name, [])
    return value if isinstance(value, list) else [value]


def one(event: Any, name: str) -> Any:
    """A property's value; of several the first."""
    return next(iter(several(event, name)), None)


def categories(event: Any) -> Iterator[str]:
    for each in several(event, "CATEGORIES"):
        yield from (str(category).strip() for category in each.cats)
