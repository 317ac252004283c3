"""Writing a calendar file: events to bytes (RFC 5545 and RFC 7986).

All times are in UTC, so no time zone has to be described (RFC 5545, section 3.6.5), and no program can read another
time from it than was meant. Whole days are days of the site's zone, as they are on its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from noroshi.calendars.content_lines import duration_value, joined, parameter_value, text_value, time_value, when

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
    return joined(_event_lines(event))


def write_calendar(head: CalendarHead, events: Iterable[bytes]) -> bytes:
    """A calendar file.

    :param events: as :func:`write_event` made them, in their order
    """
    body = b"".join(events)
    # A calendar holds at least one component (RFC 5545, section 3.4), and some programs refuse one that does not.
    return joined(_head_lines(head)) + (body or joined(_NO_EVENT)) + b"END:VCALENDAR\r\n"


def _head_lines(head: CalendarHead) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    # The names with X- are those that programs knew before RFC 7986.
    yield f"NAME:{text_value(head.name)}"
    yield f"X-WR-CALNAME:{text_value(head.name)}"
    yield f"DESCRIPTION:{text_value(head.description)}"
    yield f"X-WR-CALDESC:{text_value(head.description)}"
    yield f"X-WR-TIMEZONE:{text_value(head.zone)}"
    yield f"LAST-MODIFIED:{time_value(head.changed)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{duration_value(head.refresh)}"
    yield f"X-PUBLISHED-TTL:{duration_value(head.refresh)}"
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
    yield f"UID:{text_value(event.uid)}"
    yield f"DTSTAMP:{time_value(event.changed)}"
    yield f"LAST-MODIFIED:{time_value(event.changed)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART{when(event.start)}"
    if event.end is not None:
        yield f"DTEND{when(event.end)}"
    yield f"SUMMARY:{text_value(event.summary)}"
    yield f"DESCRIPTION:{text_value(event.description)}"
    yield f"STATUS:{event.status}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield f"CATEGORIES:{','.join(map(text_value, event.categories))}"
    yield f"COLOR:{event.colour}"
    yield f"URL:{event.url}"
    if event.organizer is not None:
        name, address = event.organizer
        yield f"ORGANIZER;CN={parameter_value(name)}:{address}"
    if event.contact is not None:
        yield f"CONTACT:{text_value(event.contact)}"
    if event.notice is not None:
        yield from _notice_lines(event.notice)
    yield "END:VEVENT"


def _notice_lines(notice: WorkNotice) -> Iterator[str]:
    yield f"X-MAINTNOTE-PROVIDER:{text_value(notice.provider)}"
    yield f"X-MAINTNOTE-ACCOUNT:{text_value(notice.account)}"
    yield f"X-MAINTNOTE-MAINTENANCE-ID:{text_value(notice.id)}"
    for name, impact in notice.objects:
        yield f"X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT={impact}:{text_value(name)}"
    yield f"X-MAINTNOTE-IMPACT:{notice.impact}"
    yield f"X-MAINTNOTE-STATUS:{notice.status}"
