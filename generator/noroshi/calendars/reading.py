"""Reading one calendar file: bytes to events within a time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from noroshi.calendars.blocks import read_blocks
from noroshi.calendars.event import CalendarEvent, Horizon
from noroshi.problems import Problem


def read_calendar(
    path: str, data: bytes, horizon: Horizon, zone: ZoneInfo
) -> tuple[tuple[CalendarEvent, ...], tuple[Problem, ...]]:
    """The events of a calendar file that keep somebody busy within the horizon, in the order of time.

    Repetitions, their exceptions and what was moved are counted out (RRULE, RDATE, EXDATE, RECURRENCE-ID). Events
    that were called off (``STATUS:CANCELLED``) or keep nobody busy (``TRANSP:TRANSPARENT``) are left out. A broken
    event is told, and the others are read.

    :param path: the file, relative to the site's folder
    :param data: its bytes; over 1 MiB is refused
    :param zone: the site's, in which whole days lie and times without a zone are meant
    """
    blocks, problems = read_blocks(path, data)
    if not blocks.events:
        return (), tuple(problems)
    from noroshi.calendars.expansion import expand

    events, found = expand(path, blocks, horizon, zone)
    return tuple(events), (*problems, *found)
