"""Events and their repetitions within a time, by the libraries that know iCalendar.

Imported only where a calendar is read, for the libraries take a fifth of a second to load.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.timezone import tzp
from recurring_ical_events import CalendarQuery

from noroshi.calendars.blocks import CLIENT, NEEDS, TIMES, Block, Blocks
from noroshi.calendars.event import CalendarEvent, Horizon, refuse
from noroshi.calendars.properties import categories, end_of, keeps_busy, moment_of, one, several, zone_component
from noroshi.calendars.repetition import steps, uncountable
from noroshi.problems import Problem

MAX_OCCURRENCES = 5_000
"""How many events of one file count, occurrences of repeated ones by themselves."""
MAX_STEPS = 300_000
"""How far the repetitions of one file are counted, in days, weeks, months or years as each rule has it."""

# What the libraries raise at what is no iCalendar: they say so nowhere, and tests feed them junk.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, OSError)
_ALLOWED = "an event has a DTSTART, and a DTEND or DURATION, and may repeat by an RRULE (RFC 5545, section 3.6.1)"
_REPEATING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_AGAIN = "export the calendar again, or take the event out"


class _Parsed(NamedTuple):
    """An event as the library reads it."""

    uid: str
    line: int
    event: Any


def expand(path: str, blocks: Blocks, horizon: Horizon, zone: ZoneInfo) -> tuple[list[CalendarEvent], list[Problem]]:
    """The events within the horizon, in the order of time, and what is wrong with those that cannot be read.

    :param path: the file, relative to the site's folder
    :param zone: the site's, in which days lie and times without a zone are meant
    """
    tzp.use_zoneinfo()  # forgets the time zones that other files described
    with warnings.catch_warnings():  # what it thinks of the file is told by ourselves
        warnings.simplefilter("ignore")
        reading = _Reading(path, horizon, zone)
        reading.learn_zones(blocks.zones)
        series: dict[str, list[_Parsed]] = {}
        for block in blocks.events:
            parsed = reading.parse(block)
            if parsed is not None:
                series.setdefault(parsed.uid, []).append(parsed)
        found = [event for parts in series.values() for event in reading.occurrences(parts)]
    found.sort(key=lambda event: (event.start, event.end, event.uid, event.recurrence))
    return found, reading.problems


class _Reading:
    """One file's events, and how much of what a file may hold has been used up."""

    def __init__(self, path: str, horizon: Horizon, zone: ZoneInfo) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._horizon = horizon
        self._zone = zone
        self._room = MAX_OCCURRENCES
        self._steps = MAX_STEPS
        self._full = False

    def learn_zones(self, zones: Sequence[Block]) -> None:
        """Time zones that the file describes itself; names of IANA and of Windows are known without."""
        for block in zones:
            name = next((line.partition(":")[2].strip() for line in block.lines if line.upper().startswith("TZID")), "")
            try:
                if name and tzp.timezone(name) is None:
                    tzp.cache_timezone_component(zone_component(block))
            except _BROKEN:
                found = f"the time zone {name[:60]!r} cannot be read"
                allowed = "a VTIMEZONE with STANDARD or DAYLIGHT times (RFC 5545, section 3.6.5)"
                self._tell(block.line, found, allowed, "export the calendar again in a time zone with a name")

    def parse(self, block: Block) -> _Parsed | None:
        """The event; None where it is told and left out, or was called off."""
        try:
            event: Any = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *block.lines, "END:VEVENT", "")))
            flaw = self._flaw(event, block.line)
        except _BROKEN:
            flaw = "the event cannot be read"
        if flaw:
            self._tell(block.line, flaw, _ALLOWED, _AGAIN)
            return None
        uid = str(one(event, "UID") or "")
        return _Parsed(uid or blake2b("\n".join(block.lines).encode(), digest_size=16).hexdigest(), block.line, event)

    def _flaw(self, event: Any, line: int) -> str:
        """Why it cannot be counted; a rule that nobody can count is told and taken off."""
        for name, _ in event.errors:
            if name is None or name in TIMES:
                return f"its {name or 'lines'} cannot be read"
        if "DTSTART" not in event:
            return "it has no DTSTART"
        start = event["DTSTART"].dt
        if moment_of(end_of(event), self._zone) < moment_of(start, self._zone):
            return "it ends before it begins"
        self._tell_unknown_zone(event["DTSTART"], line)
        for rule in several(event, "RRULE"):
            reason = uncountable(rule, start)
            if reason:
                found = f"its repetition is not counted: {reason}"
                allowed = "every so many days, weeks, months or years, on days of the week or of the month"
                self._tell(line, found, allowed, "only its first time counts: write the others as events of their own")
                del event["RRULE"]
                break
        return ""

    def _tell_unknown_zone(self, value: Any, line: int) -> None:
        tzid = str(value.params.get("TZID", ""))
        if tzid and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            found = f"it is in the time zone {tzid[:60]!r}, which nobody knows"
            advice = f"it counts in the site's, {self._zone.key}: export the calendar in a zone with a name"
            self._tell(line, found, "a name of the IANA database or of Windows, or a VTIMEZONE in the file", advice)

    def occurrences(self, parts: Sequence[_Parsed]) -> Sequence[CalendarEvent]:
        """The times of one event within the horizon, but for those that were called off or keep nobody busy."""
        if self._full:
            return ()
        lines = {self._recurrence(part.event): part.line for part in parts}
        try:
            self._steps -= sum(steps(rule, start, self._horizon.end) for start, rule in _rules(parts))
            found = self._repeated(parts) if self._steps >= 0 else []
            events = [self._event(parts[0].uid, event, lines) for event in found if keeps_busy(event)]
        except _BROKEN:
            self._tell(parts[0].line, "the event's times cannot be counted", _ALLOWED, _AGAIN)
            return ()
        events = [event for event in events if event.start < self._horizon.end and event.end >= self._horizon.start]
        self._room -= len(events)
        if self._room >= 0 and self._steps >= 0:
            return events
        self._full = True
        what = "has more events in the time that counts" if self._room < 0 else "repeats more, and from longer ago,"
        too_much = f"the calendar {what} than can be read"
        allowed = f"at most {MAX_OCCURRENCES:,} events a file, occurrences of repeated ones counted by themselves"
        advice = "this event and those after it do not count: export fewer of them, or newer ones"
        self.problems.append(refuse("calendar-file", self._path, parts[0].line, too_much, allowed, advice))
        return ()

    def _repeated(self, parts: Sequence[_Parsed]) -> Sequence[Any]:
        """The event itself or, where it repeats, its occurrences within the horizon."""
        if len(parts) == 1 and not any(name in parts[0].event for name in _REPEATING):
            return (parts[0].event,)
        calendar = Calendar()
        for part in parts:
            calendar.add_component(part.event)
        found: Sequence[Any] = CalendarQuery(calendar).between(self._horizon.start, self._horizon.end)
        return found

    def _event(self, uid: str, event: Any, lines: Mapping[str, int]) -> CalendarEvent:
        first, last = event["DTSTART"].dt, end_of(event)
        start, end = moment_of(first, self._zone), moment_of(last, self._zone)
        if not isinstance(first, datetime) and end <= start:  # a day that is said to end as it begins
            end = moment_of(first + timedelta(days=1), self._zone)
        recurrence = self._recurrence(event)
        return CalendarEvent(
            uid=uid,
            recurrence=recurrence,
            title=" ".join(str(one(event, "SUMMARY") or "").split())[:200],
            start=start,
            end=end,
            line=lines.get(recurrence, lines.get("", 1)),
            categories=tuple(categories(event)),
            client=str(one(event, CLIENT) or "").strip(),
            needs=tuple(word.strip() for word in str(one(event, NEEDS) or "").split(",") if word.strip()),
        )

    def _recurrence(self, event: Any) -> str:
        value = event.get("RECURRENCE-ID")
        if value is None:
            return ""
        return (
            value.dt.isoformat() if not isinstance(value.dt, datetime) else moment_of(value.dt, self._zone).isoformat()
        )

    def _tell(self, line: int, found: str, allowed: str, advice: str) -> None:
        self.problems.append(refuse("calendar-event", self._path, line, found, allowed, advice))


def _rules(parts: Sequence[_Parsed]) -> Iterator[tuple[date, Any]]:
    """The rules of repetition, each with its first occurrence."""
    for part in parts:
        yield from ((part.event["DTSTART"].dt, rule) for rule in several(part.event, "RRULE"))
