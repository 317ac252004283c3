"""Calendars as programs export them, for tests to put together."""

from __future__ import annotations

from collections.abc import Iterable


def fold(line: str) -> bytes:
    """A content line in pieces of 75 octets, as RFC 5545, section 3.1 has it, cut wherever an octet ends."""
    data = line.encode()
    pieces = [data[:75]] + [data[start : start + 74] for start in range(75, len(data), 74)]
    return b"\r\n ".join(pieces)


def event(*lines: str) -> tuple[str, ...]:
    """An event of these properties."""
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


def calendar(*components: Iterable[str], head: Iterable[str] = ("PRODID:-//Example//Calendar//EN",)) -> bytes:
    """A calendar file of these components."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head]
    for component in components:
        lines += component
    return b"\r\n".join(fold(line) for line in [*lines, "END:VCALENDAR"]) + b"\r\n"


GOOGLE = calendar(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "X-LIC-LOCATION:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:GMT+2",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:GMT+1",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
    ),
    event(
        "DTSTART;TZID=Europe/Berlin:20261020T090000",
        "DTEND;TZID=Europe/Berlin:20261020T100000",
        "RRULE:FREQ=WEEKLY;UNTIL=20261117T225959Z;BYDAY=TU",
        "EXDATE;TZID=Europe/Berlin:20261103T090000",
        "DTSTAMP:20261116T010000Z",
        "ORGANIZER;CN=Releases:mailto:releases@example.com",
        "UID:7kukuqrfedlm2f9t0vr2m5i1v8@google.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=secret@example.com;X-NUM-GUESTS=0:mailto:"
        "secret@example.com",
        "DESCRIPTION:毎週の公開枠です。\\n\\n" + "秘密の説明。" * 30,
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:公開枠\\, 本番と検証（" + "とても長い題名" * 8 + "）",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:This is an event reminder",
        "SUMMARY:Not the title",
        "TRIGGER:-P0DT0H10M0S",
        "END:VALARM",
    ),
    event(
        "DTSTART;TZID=Europe/Berlin:20261111T140000",
        "DTEND;TZID=Europe/Berlin:20261111T150000",
        "UID:7kukuqrfedlm2f9t0vr2m5i1v8@google.com",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261110T090000",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "SUMMARY:Moved",
        "TRANSP:OPAQUE",
    ),
    event("DTSTART:20261201T010000Z", "DTEND:20261201T020000Z", "UID:once@google.com", "SUMMARY:Once"),
    event("DTSTART;VALUE=DATE:20261202", "DTEND;VALUE=DATE:20261204", "UID:days@google.com", "SUMMARY:Two days"),
    event("DTSTART:20261205T010000Z", "DTEND:20261205T020000Z", "UID:free@google.com", "TRANSP:TRANSPARENT"),
    event("DTSTART:20261206T010000Z", "DTEND:20261206T020000Z", "UID:off@google.com", "STATUS:CANCELLED"),
    head=(
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Releases",
        "X-WR-TIMEZONE:Asia/Tokyo",
    ),
)
"""In the form of Google's export: seen from Tokyo, held in Berlin, over the end of summer time."""

OUTLOOK = calendar(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Tokyo Standard Time",
        "BEGIN:STANDARD",
        "DTSTART:16010101T000000",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0900",
        "END:STANDARD",
        "END:VTIMEZONE",
    ),
    (
        "BEGIN:VTIMEZONE",
        "TZID:Customized Time Zone",
        "BEGIN:STANDARD",
        "DTSTART:16011028T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010325T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ),
    event(
        "CATEGORIES:Red Category,b-sha,SHOP",
        "CLASS:PUBLIC",
        "CREATED:20261101T000000Z",
        'DTEND;TZID="Tokyo Standard Time":20261209T120000',
        "DTSTAMP:20261101T000000Z",
        'DTSTART;TZID="Tokyo Standard Time":20261209T100000',
        "LAST-MODIFIED:20261101T000000Z",
        "PRIORITY:5",
        "RRULE:FREQ=MONTHLY;COUNT=2;BYDAY=WE;BYSETPOS=2",
        "SEQUENCE:0",
        "SUMMARY;LANGUAGE=ja:第 2 水曜の配信",
        "TRANSP:OPAQUE",
        "UID:040000008200E00074C5B7101A82E00800000000F0C3D6A1B2C3DC01000000000000000010000000",
        'X-ALT-DESC;FMTTYPE=text/html:<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">',
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "ACTION:DISPLAY",
        "DESCRIPTION:Reminder",
        "END:VALARM",
    ),
    event(
        'DTSTART;TZID="Customized Time Zone":20261215T100000',
        'DTEND;TZID="Customized Time Zone":20261215T110000',
        "UID:custom",
        "SUMMARY:Seen from elsewhere",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    ),
    head=(
        "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
        "METHOD:PUBLISH",
        "X-MS-OLK-FORCEINSPECTOROPEN:TRUE",
    ),
)
"""In the form of Outlook's export: zones by their Windows names and of the file's own."""
