"""Writing a calendar file: events to bytes (RFC 5545 and RFC 7986).

The lines are made here and not by the library that reads calendars: it takes twenty times as long, and turns a
backslash before a capital N, as in a path of Windows, into the end of a line. Tests read everything back with it.

All times are in UTC, so no time zone has to be described (RFC 5545, section 3.6.5), and no program can read another
time from it than was meant. Whole days are days of the site's zone, as they are on its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

PRODUCT = "-//Noroshi//Noroshi//EN"
"""What made it: the same whatever the version, for a new version changes no event."""


class Status(StrEnum):
    """Whether an event takes place (RFC 5545, section 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class WorkNotice:
    """Planned work for machines, in the words of NANOG's maintenance notification standard.

    https://datatracker.ietf.org/doc/draft-gunter-calext-maintenance-notifications/
    """

    provider: str
    """The domain name of who does it."""
    account: str
    """Whom it is told to."""
    id: str
    """The work's, unique with the provider."""
    objects: tuple[tuple[str, str], ...]
    """What is worked on, by id, each with its impact."""
    impact: str
    """The worst: NO-IMPACT, REDUCED-REDUNDANCY, DEGRADED or OUTAGE."""
    status: str
    """TENTATIVE, CONFIRMED, CANCELLED, IN-PROCESS or COMPLETED."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event of a calendar that is written. Texts are plain."""

    uid: str
    """Its name for ever."""
    changed: datetime
    """When what it says was last changed."""
    sequence: int
    """Rises with each change; never negative."""
    start: date | datetime
    """A time, or a whole day."""
    end: date | datetime | None
    """Its end, later than its start, and the day after its last one where days are whole; None for a moment."""
    summary: str
    description: str
    status: Status
    busy: bool
    """Whether the time is taken for whoever has it in their calendar."""
    categories: tuple[str, ...]
    colour: str
    """A name of CSS."""
    url: str
    contact: str | None = None
    """Where to ask: an http, https or mailto address."""
    organizer: tuple[str, str] | None = None
    """Name and mailto address of whose work it is."""
    notice: WorkNotice | None = None


@dataclass(frozen=True, kw_only=True)
class CalendarHead:
    """What a calendar says of itself. Texts are plain.

    A calendar may have a UID (RFC 7986, section 5.3) and has none here: vdirsyncer takes it for that of each event, and
    keeps but one of them.
    """

    name: str
    description: str
    zone: str
    """The site's time zone, for programs that show a calendar in a zone of its own."""
    refresh: timedelta
    """How long to wait before asking again."""
    source: str
    """Its own address."""
    url: str
    """The page about the same."""
    changed: datetime
    """When what it says was last changed."""


def write_event(event: Event) -> bytes:
    """The lines of an event."""
    return _lines(_event_lines(event))


def write_calendar(head: CalendarHead, events: Iterable[bytes]) -> bytes:
    """A calendar file.

    :param events: as :func:`write_event` made them, in their order
    """
    body = b"".join(events)
    # A calendar holds at least one component (RFC 5545, section 3.4), and some programs refuse one that does not.
    return _lines(_head_lines(head)) + (body or _lines(_NO_EVENT)) + b"END:VCALENDAR\r\n"


def _head_lines(head: CalendarHead) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    # The names with X- are those that programs knew before RFC 7986.
    yield f"NAME:{_text(head.name)}"
    yield f"X-WR-CALNAME:{_text(head.name)}"
    yield f"DESCRIPTION:{_text(head.description)}"
    yield f"X-WR-CALDESC:{_text(head.description)}"
    yield f"X-WR-TIMEZONE:{_text(head.zone)}"
    yield f"LAST-MODIFIED:{_time(head.changed)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{_duration(head.refresh)}"
    yield f"X-PUBLISHED-TTL:{_duration(head.refresh)}"
    yield f"SOURCE;VALUE=URI:{head.source}"
    yield f"URL:{head.url}"


_NO_EVENT = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def _event_lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_time(event.changed)}"
    yield f"LAST-MODIFIED:{_time(event.changed)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART{_when(event.start)}"
    if event.end is not None:
        yield f"DTEND{_when(event.end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{event.status}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield f"CATEGORIES:{','.join(map(_text, event.categories))}"
    yield f"COLOR:{event.colour}"
    yield f"URL:{event.url}"
    if event.organizer is not None:
        name, address = event.organizer
        yield f"ORGANIZER;CN={_parameter(name)}:{address}"
    if event.contact is not None:
        yield f"CONTACT:{_text(event.contact)}"
    if event.notice is not None:
        yield from _notice_lines(event.notice)
    yield "END:VEVENT"


def _notice_lines(notice: WorkNotice) -> Iterator[str]:
    yield f"X-MAINTNOTE-PROVIDER:{_text(notice.provider)}"
    yield f"X-MAINTNOTE-ACCOUNT:{_text(notice.account)}"
    yield f"X-MAINTNOTE-MAINTENANCE-ID:{_text(notice.id)}"
    for name, impact in notice.objects:
        yield f"X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT={impact}:{_text(name)}"
    yield f"X-MAINTNOTE-IMPACT:{notice.impact}"
    yield f"X-MAINTNOTE-STATUS:{notice.status}"


def _when(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return f":{_time(moment)}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _time(moment: datetime) -> str:
    """A time in UTC (RFC 5545, section 3.3.5, form 2)."""
    utc = moment.astimezone(UTC)
    # strftime does not write the year 999 with four digits on every system.
    return f"{utc.year:04}{utc.month:02}{utc.day:02}T{utc.hour:02}{utc.minute:02}{utc.second:02}Z"


def _duration(length: timedelta) -> str:
    """A length in whole minutes (RFC 5545, section 3.3.6)."""
    return f"PT{length // timedelta(minutes=1)}M"


# Python's and other languages' splitting of lines takes these for line ends too, and would tear a line in two.
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")


def _text(words: str) -> str:
    """A text as a value (RFC 5545, section 3.3.11)."""
    # One character after the other is replaced at a tenth of the time that str.translate takes for Japanese.
    words = _LINE_ENDS.sub("\n", words).replace("\\", "\\\\")
    return words.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _parameter(words: str) -> str:
    """A text as a parameter's value, in quotes (RFC 6868)."""
    words = _LINE_ENDS.sub("\n", words).replace("^", "^^")
    return '"' + words.replace('"', "^'").replace("\n", "^n") + '"'


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(_folded(line.encode()) + b"\r\n" for line in lines)


_LONGEST = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""


def _folded(line: bytes) -> bytes:
    """A line in pieces of at most 75 octets. None parts a character nor, for some programs trip over it, an escape."""
    if len(line) <= _LONGEST:
        return line
    pieces, start, room = [], 0, _LONGEST
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        head = line[start:end]
        if (len(head) - len(head.rstrip(b"\\"))) % 2:
            end -= 1
        pieces.append(line[start:end])
        start, room = end, _LONGEST - 1
    return b"\r\n ".join((*pieces, line[start:]))
