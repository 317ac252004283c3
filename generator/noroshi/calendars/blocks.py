"""A calendar's bytes to its events and time zones as unfolded lines (RFC 5545, section 3.1), with their places.

What programs export is seldom without a fault: a broken event is told and left out, and the others count. Only lines
that say when an event is and what it concerns are kept: who was invited, and what was noted, is nobody's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from noroshi.calendars.event import refuse
from noroshi.problems import Level, Problem
from noroshi.yamlsource.encoding import decode_bytes

CLIENT, NEEDS = "X-NOROSHI-CLIENT", "X-NOROSHI-NEEDS"
"""The properties by which an event says whom and what it concerns."""

TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
"""The properties that say when an event is: one of them that cannot be read makes the event unreadable."""

_KEPT = TIMES | {"UID", "SEQUENCE", "STATUS", "TRANSP", "SUMMARY", "CATEGORIES", CLIENT, NEEDS}
MAX_DEPTH = 8
"""How deep components may lie in each other: a reminder of an event of a calendar lies three deep."""

_LINE_END = re.compile(rb"\r\n|\n|\r")
_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True, kw_only=True)
class Block:
    """An event or a time zone, from its ``BEGIN`` to its ``END``."""

    line: int
    """Where it begins, from 1."""
    lines: tuple[str, ...]
    """Its unfolded lines between the two; of an event those that count."""


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """What a file holds of use."""

    events: tuple[Block, ...]
    zones: tuple[Block, ...]


def read_blocks(path: str, data: bytes) -> tuple[Blocks, list[Problem]]:
    """The events and time zones of a calendar file, and what is wrong with its frame.

    :param path: the file, relative to the site's folder
    """
    lines, problems = _unfolded(path, data)
    if problems:
        return Blocks(events=(), zones=()), problems
    scan = _Scan(path)
    for number, text in lines:
        scan.take(number, text)
    scan.finish()
    return Blocks(events=tuple(scan.events), zones=tuple(scan.zones)), scan.problems


def _unfolded(path: str, data: bytes) -> tuple[list[tuple[int, str]], list[Problem]]:
    """The file's lines, each with the number of the first that it was folded into."""
    numbers: list[int] = []
    joined: list[bytearray] = []
    for number, raw in enumerate(_LINE_END.split(data), 1):
        if raw[:1] in (b" ", b"\t") and joined:
            joined[-1] += raw[1:]
        elif raw.strip():
            numbers.append(number)
            joined.append(bytearray(raw))
    # A fold may lie within a character (section 3.1 folds octets), so it is the joined lines that must be UTF-8.
    text, problems = decode_bytes(path, data)
    if problems and problems[0].rule == "encoding":
        text, _ = decode_bytes(path, b"\n".join(joined))
    if text is None:
        return [], [replace(problem, level=Level.REVIEW) for problem in problems]
    return list(zip(numbers, (bytes(line).decode("utf-8-sig") for line in joined), strict=True)), []


class _Scan:
    """Walks a file's lines, and knows within what it is."""

    def __init__(self, path: str) -> None:
        self.events: list[Block] = []
        self.zones: list[Block] = []
        self.problems: list[Problem] = []
        self._path = path
        self._names: list[str] = []
        self._begun: list[int] = []
        self._too_deep = False
        self._lines: list[str] = []
        self._method = ""
        self._calendars = 0

    def take(self, number: int, text: str) -> None:
        match = _NAME.match(text)
        name = match[0].upper() if match else ""
        if name == "BEGIN":
            self._begin(text.partition(":")[2].strip().upper(), number)
        elif name == "END":
            self._end(text.partition(":")[2].strip().upper())
        elif self._names[:2] == ["VCALENDAR", "VTIMEZONE"]:
            self._lines.append(text)
        elif self._names == ["VCALENDAR", "VEVENT"]:
            if name in _KEPT:
                self._lines.append("".join(each for each in text if each.isprintable()))
        elif self._names == ["VCALENDAR"]:
            self._header(name, text.partition(":")[2].strip().upper(), number)

    def finish(self) -> None:
        if not self._calendars:
            self._tell(1, "this is no calendar", "export it again as iCalendar (.ics)")
        elif self._names:
            self._tell_unclosed()
            self._tell(self._begun[0], "the file ends within a calendar", "export it again: it was cut short")

    def _begin(self, name: str, number: int) -> None:
        if name == "VCALENDAR" or (name == "VEVENT" and "VEVENT" in self._names):
            self._tell_unclosed()
            left = 0 if name == "VCALENDAR" else 1
            del self._names[left:], self._begun[left:]
        if name == "VCALENDAR":
            self._calendars, self._method = self._calendars + 1, ""
        if len(self._names) == MAX_DEPTH:
            self._tell_too_deep(number)
            return
        self._names.append(name)
        self._begun.append(number)
        if len(self._names) == 2:
            self._lines = []
        elif self._names[1:2] == ["VTIMEZONE"]:
            self._lines.append(f"BEGIN:{name}")

    def _end(self, name: str) -> None:
        if name not in self._names:
            return
        if self._names[-1] != name and name == "VCALENDAR":
            self._tell_unclosed()
        while self._names:
            closed, line = self._names.pop(), self._begun.pop()
            if closed == "VTIMEZONE" and closed == name and len(self._names) == 1:
                self.zones.append(Block(line=line, lines=tuple(self._lines)))
            elif self._names[1:2] == ["VTIMEZONE"]:
                self._lines.append(f"END:{closed}")
            if closed == "VEVENT" and closed == name and self._names == ["VCALENDAR"] and self._method != "CANCEL":
                self.events.append(Block(line=line, lines=tuple(self._lines)))
            if closed == name:
                return

    def _header(self, name: str, value: str, number: int) -> None:
        if name == "METHOD":
            self._method = value
        elif name == "CALSCALE" and value != "GREGORIAN":
            self._tell(number, f"the calendar counts by {value[:40]}", "export it in the Gregorian calendar")

    def _tell_unclosed(self) -> None:
        for name, line in zip(self._names, self._begun, strict=True):
            if name == "VEVENT":
                found, advice = "this event has no END:VEVENT", "export the calendar again"
                allowed = "an event is what stands between BEGIN:VEVENT and END:VEVENT"
                self.problems.append(refuse("calendar-event", self._path, line, found, allowed, advice))

    def _tell_too_deep(self, line: int) -> None:
        if not self._too_deep:
            self._too_deep = True
            found, allowed = "this lies too deep in others", f"at most {MAX_DEPTH} components in each other"
            advice = "what lies deeper does not count: export the calendar again"
            self.problems.append(refuse("calendar-file", self._path, line, found, allowed, advice))

    def _tell(self, line: int, found: str, advice: str) -> None:
        allowed = "a calendar is what stands between BEGIN:VCALENDAR and END:VCALENDAR (RFC 5545)"
        self.problems.append(refuse("calendar-file", self._path, line, found, allowed, advice))
