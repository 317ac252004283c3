"""Calendars that other programs export: their events, and what of them nobody can read."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_text import GOOGLE, OUTLOOK, calendar, event, fold
from noroshi.calendars.blocks import MAX_DEPTH, read_blocks
from noroshi.calendars.event import CalendarEvent, Horizon
from noroshi.calendars.expansion import MAX_OCCURRENCES
from noroshi.calendars.reading import read_calendar
from noroshi.problems import Level, Problem

TOKYO = ZoneInfo("Asia/Tokyo")
PATH = "content/calendars/slots.ics"
HORIZON = Horizon(start=datetime(2025, 11, 1, tzinfo=UTC), end=datetime(2027, 12, 1, tzinfo=UTC))


def read(data: bytes, zone: ZoneInfo = TOKYO) -> tuple[tuple[CalendarEvent, ...], tuple[Problem, ...]]:
    return read_calendar(PATH, data, HORIZON, zone)


def times(data: bytes) -> list[tuple[str, str]]:
    """When each event is, in Tokyo."""
    events, problems = read(data)
    assert problems == ()
    return [tuple(f"{at.astimezone(TOKYO):%m-%dT%H:%M}" for at in (each.start, each.end)) for each in events]  # type: ignore[misc]


def test_what_google_exports() -> None:
    """Repetitions with an exception and a moved occurrence, whole days, and none that is off or keeps nobody busy."""
    assert times(GOOGLE) == [
        ("10-20T16:00", "10-20T17:00"),  # 9 o'clock in Berlin, in summer
        ("10-27T17:00", "10-27T18:00"),  # and in winter
        ("11-11T22:00", "11-11T23:00"),  # moved from the 10th
        ("11-17T17:00", "11-17T18:00"),
        ("12-01T10:00", "12-01T11:00"),
        ("12-02T00:00", "12-04T00:00"),
    ]
    events, _ = read(GOOGLE)
    assert events[0].title == "公開枠, 本番と検証（" + "とても長い題名" * 8 + "）"
    assert [each.title for each in events[2:]] == ["Moved", events[0].title, "Once", "Two days"]


def test_what_outlook_exports() -> None:
    """Zones by their Windows names and of the file's own, a rule with BYSETPOS, and categories."""
    assert times(OUTLOOK) == [
        ("12-09T10:00", "12-09T12:00"),
        ("12-15T18:00", "12-15T19:00"),
        ("01-13T10:00", "01-13T12:00"),
    ]
    assert read(OUTLOOK)[0][0].categories == ("Red Category", "b-sha", "SHOP")


def test_an_event_has_the_line_where_it_begins() -> None:
    """The line is that of BEGIN:VEVENT in the file as it is folded; a moved occurrence has its own."""
    lines = GOOGLE.decode(errors="replace").split("\r\n")
    begins = [number for number, line in enumerate(lines, 1) if line == "BEGIN:VEVENT"]
    assert [each.line for each in read(GOOGLE)[0]] == [begins[at] for at in (0, 0, 1, 0, 2, 3)]


def test_occurrences_keep_their_names() -> None:
    """An occurrence that is moved stays the one that it was, whatever else of the calendar changes."""
    moved = {each.title: each for each in read(GOOGLE)[0]}["Moved"]
    assert moved.recurrence == "2026-11-10T08:00:00+00:00"
    names = [(each.uid, each.recurrence) for each in read(GOOGLE)[0]]
    assert len(set(names)) == len(names)
    assert read(GOOGLE.replace(b"20261111T1", b"20261112T1"))[0][2].recurrence == moved.recurrence


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20261202T100000", "DTEND:20261202T110000"), ("12-02T10:00", "12-02T11:00")),  # floating
        (("DTSTART:20261202T100000", "DURATION:PT90M"), ("12-02T10:00", "12-02T11:30")),
        (("DTSTART:20261202T100000",), ("12-02T10:00", "12-02T10:00")),
        (("DTSTART;VALUE=DATE:20261202",), ("12-02T00:00", "12-03T00:00")),
        (("DTSTART;VALUE=DATE:20261202", "DTEND;VALUE=DATE:20261202"), ("12-02T00:00", "12-03T00:00")),
        (("DTSTART;VALUE=DATE:20261202", "DURATION:P2D"), ("12-02T00:00", "12-04T00:00")),
        (("DTSTART;TZID=/Asia/Tokyo:20261202T100000",), ("12-02T10:00", "12-02T10:00")),
        (("dtstart;tzid=Asia/Tokyo:20261202T100000",), ("12-02T10:00", "12-02T10:00")),
    ],
)
def test_kinds_of_times(lines: tuple[str, ...], expected: tuple[str, str]) -> None:
    """Times without a zone and whole days are meant in the site's zone; a day without an end is one day."""
    assert times(calendar(event("UID:a", *lines))) == [expected]


def test_added_dates_count() -> None:
    """RDATE adds, EXDATE takes away."""
    data = calendar(
        event(
            "UID:a",
            "DTSTART;TZID=Asia/Tokyo:20261202T100000",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;COUNT=3",
            "RDATE;TZID=Asia/Tokyo:20261224T100000,20261225T100000",
            "EXDATE;TZID=Asia/Tokyo:20261203T100000,20261225T100000",
        )
    )
    assert [start for start, _ in times(data)] == ["12-02T10:00", "12-04T10:00", "12-24T10:00"]


def test_an_occurrence_called_off_is_gone() -> None:
    """An exception with STATUS:CANCELLED takes its occurrence away; METHOD:CANCEL a whole calendar."""
    weekly = event("UID:a", "DTSTART:20261202T010000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    off = event("UID:a", "RECURRENCE-ID:20261202T010000Z", "DTSTART:20261202T010000Z", "STATUS:CANCELLED")
    assert [start for start, _ in times(calendar(weekly, off))] == ["12-09T10:00"]
    assert times(calendar(weekly, head=["METHOD:CANCEL"])) == []


def test_folds_may_cut_characters() -> None:
    """RFC 5545, section 3.1: lines are folded by octets, and some programs do."""
    assert any(b"\xe3" in line[-2:] or b"\xe6" in line[-2:] for line in GOOGLE.split(b"\r\n ")), "the fold cuts one"
    assert fold("題" * 40).count(b"\r\n ") == 1
    assert "\N{REPLACEMENT CHARACTER}" not in read(GOOGLE)[0][0].title


@pytest.mark.parametrize(
    "change", [(b"\r\n", b"\n"), (b"\r\n", b"\r"), (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR")]
)
def test_line_ends_and_byte_order_mark(change: tuple[bytes, bytes]) -> None:
    """Whatever an editor makes of a calendar's line ends, its events are the same."""
    assert read(GOOGLE.replace(*change)) == read(GOOGLE)


def test_what_is_private_stays_out() -> None:
    """Of an event only its title, times, categories and what it concerns are kept: nobody's address, no note."""
    kept = repr(read(GOOGLE))
    assert "secret" not in kept
    assert "秘密" not in kept
    assert "reminder" not in kept
    blocks, _ = read_blocks(PATH, GOOGLE)
    assert "secret" not in repr(blocks.events)


def test_a_broken_event_does_not_lose_the_others() -> None:
    """Each broken event is told at its line, and fails `check` alone."""
    sound = event("UID:b", "DTSTART:20261202T010000Z")
    for broken in (
        event("UID:a"),
        event("UID:a", "DTSTART:2026"),
        event("UID:a", "DTSTART;VALUE=DATE:20261340"),
        event("UID:a", "DTSTART:20261202T010000Z", "DTSTART:20261203T010000Z"),
        event("UID:a", "DTSTART:20261202T010000Z", "DTEND:20261201T010000Z"),
        event("UID:a", "DTSTART:20261202T010000Z", "DURATION:P999999999W"),
        event("UID:a", "DTSTART:20261202T010000Z", "RRULE:FREQ=OFTEN"),
        event("UID:a", "DTSTART:20261202T010000Z", "EXDATE:yesterday"),
        ("BEGIN:VEVENT", "UID:a", "DTSTART:20261202T010000Z"),
    ):
        events, problems = read(calendar(broken, sound))
        assert [each.uid for each in events if each.uid == "b"] == ["b"], broken
        assert [(each.place.path, each.place.line, each.rule, each.level) for each in problems] == [
            (PATH, 4, "calendar-event", Level.REVIEW)
        ], broken


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=3",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYWEEKNO=60",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=0,1,2,3,4,5,6",
    ],
)
def test_rules_that_nobody_can_count(rule: str) -> None:
    """A rule that may never come again, or comes all the time, is told; the first occurrence counts."""
    events, problems = read(calendar(event("UID:a", "DTSTART:20260601T010000Z", f"RRULE:{rule}")))
    assert [each.start for each in events] == [datetime(2026, 6, 1, 1, tzinfo=UTC)]
    assert ["repetition is not counted" in each.found for each in problems] == [True]


RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.just("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 6),
        st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True).map(",".join),
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 15, 28, 29, 30, 31, -1, -2])),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1]), st.sampled_from(["MO", "FR"])),
    st.builds("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from([1, 2, -1])),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYDAY=-1SU".format, st.integers(1, 12)),
)


ENDS = st.sampled_from(["", ";COUNT=7", ";UNTIL=20270101T000000Z"])


@given(RULES, st.dates(date(2020, 1, 1), date(2026, 12, 1)), ENDS)
@settings(max_examples=150, deadline=None)
def test_repetitions_are_those_of_the_rule(rule: str, day: date, end: str) -> None:
    """The occurrences within the horizon are those that the rule gives, at the same time of day in the event's zone."""
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime.combine(day, time(9), tzinfo=berlin)
    data = calendar(
        event("UID:a", f"DTSTART;TZID=Europe/Berlin:{first:%Y%m%dT%H%M%S}", "DURATION:PT1H", f"RRULE:{rule}{end}")
    )
    events, problems = read(data)
    assert problems == ()
    stop = datetime(2027, 1, 1, tzinfo=UTC) if "UNTIL" in end else HORIZON.end
    expected = {first}  # DTSTART is the first occurrence, whatever the rule (RFC 5545, section 3.8.5.3)
    for at in rrulestr(rule + end.replace("T000000Z", "T230000"), dtstart=first.replace(tzinfo=None)):
        local = at.replace(tzinfo=berlin)
        if local.astimezone(UTC) > stop:
            break
        expected.add(local)
    within = {at.astimezone(UTC) for at in expected if at.astimezone(UTC) < HORIZON.end}
    assert {each.start for each in events} == {at for at in within if at + timedelta(hours=1) >= HORIZON.start}


def test_many_events_are_bounded() -> None:
    """A file counts so many events and no more, and says from which line on it does not."""
    data = calendar(*(event(f"UID:{n}", "DTSTART:20261202T010000Z") for n in range(MAX_OCCURRENCES + 3)))
    events, problems = read(data)
    assert len(events) == MAX_OCCURRENCES
    assert [(each.rule, each.place.line) for each in problems] == [("calendar-file", 4 + 4 * MAX_OCCURRENCES)]


def test_long_repetitions_are_bounded() -> None:
    """Counting on from the year 1000 every day takes too long when there are many such events."""
    data = calendar(*(event(f"UID:{n}", "DTSTART:10000101T010000Z", "RRULE:FREQ=DAILY") for n in range(50)))
    events, problems = read(data)
    assert events == ()
    assert [each.rule for each in problems] == ["calendar-file"]


def test_components_in_each_other_are_bounded() -> None:
    """They lie so deep in each other and no deeper, which is told once, and takes no more time than other lines."""
    data = b"BEGIN:VCALENDAR\r\n" * 5000 + b"BEGIN:X\r\n" * 50_000
    began = process_time()
    events, problems = read(data)
    assert process_time() - began < 10  # a fiftieth of it is enough; walking all that is open took 75
    assert events == ()
    assert [(each.place.line, each.rule) for each in problems] == [
        (5000 + MAX_DEPTH, "calendar-file"),
        (5000, "calendar-file"),
    ]
    assert problems[0].message.startswith(f"this lies too deep in others; at most {MAX_DEPTH} components in each other")


def test_what_lies_too_deep_loses_no_event() -> None:
    """An event whose reminder holds too much counts, as do those after it."""
    deep = ("BEGIN:X",) * MAX_DEPTH + ("END:X",) * MAX_DEPTH
    first = event("UID:a", "DTSTART:20261202T010000Z", *deep, "DTEND:20261202T020000Z")
    events, problems = read(calendar(first, event("UID:b", "DTSTART:20261203T010000Z")))
    assert [(each.uid, each.end.hour) for each in events] == [("a", 2), ("b", 1)]
    assert [each.rule for each in problems] == ["calendar-file"]


def test_large_files_are_refused() -> None:
    """Over 1 MiB is no calendar that somebody looks after."""
    assert [each.rule for each in read(GOOGLE + b" " * 1024 * 1024)[1]] == ["file-size"]


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_junk_is_no_calendar(data: bytes) -> None:
    """Whatever stands in a file, it is told in words."""
    events, problems = read(data)
    assert events == ()
    assert problems
    assert {each.level for each in problems} == {Level.REVIEW}


PIECES = st.sampled_from(
    [
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE",
        "BEGIN:STANDARD", "END:STANDARD", "BEGIN:VALARM", "END:VALARM", "UID:a", "UID:b", "UID", ":", ";;;=:",
        "END:", "DTSTART:20261202T010000Z", "DTSTART;VALUE=DATE:20261202", "DTSTART;TZID=X:20261202T010000",
        "DTSTART:", "DTSTART;TZID=../../etc:20261202T010000", 'DTSTART;TZID=":20261202',
        "DTSTART;VALUE=PERIOD:20261202T010000Z/P1D", "DTEND:20261203T010000Z", "DTEND;VALUE=DATE:20261203",
        "DTEND:x", "DURATION:PT1H", "DURATION:-P1D", "DURATION:P", "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "RRULE:FREQ=DAILY;COUNT=5", "RRULE:FREQ=YEARLY;UNTIL=2026", "RRULE:", "RRULE:FREQ",
        "RRULE:FREQ=DAILY;UNTIL=20270101;COUNT=3", "RRULE:FREQ=MONTHLY;BYDAY=XX", "RRULE:FREQ=WEEKLY;INTERVAL=a",
        "RRULE:FREQ=DAILY,WEEKLY", "RRULE:FREQ=MONTHLY;BYMONTHDAY=a", "EXDATE:20261203T010000Z",
        "EXDATE;VALUE=DATE:x", "RDATE;VALUE=PERIOD:20261205T010000Z/PT1H", "RDATE:20261205",
        "RECURRENCE-ID:20261202T010000Z", "SEQUENCE:x", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T010000Z",
        "RECURRENCE-ID;VALUE=DATE:20261203", "SEQUENCE:2", "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "SUMMARY:",
        "SUMMARY:x", "CATEGORIES:,,a\\,b", "CATEGORIES;X", "TZID:X", "X-NOROSHI-NEEDS:a,,b",
        "X-NOROSHI-CLIENT;VALUE=DATE:a", "TZOFFSETFROM:+0900", "TZOFFSETTO:+9999", "TZOFFSETTO:x",
        "DTSTART:16010101T000000", "DTSTART:00010101T000000Z", "DTSTART:99991231T235959Z", "CALSCALE:JULIAN",
        " folded",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
@settings(max_examples=600, deadline=None)
def test_mixed_up_calendars_are_read_or_told(pieces: list[str]) -> None:
    """In whatever order lines stand, there is an answer, the same each time, and each event ends no earlier."""
    data = "\r\n".join(["BEGIN:VCALENDAR", *pieces, "END:VEVENT", "END:VCALENDAR"]).encode()
    events, problems = read(data)
    assert all(each.start <= each.end for each in events)
    assert all(1 <= each.line <= len(pieces) + 3 for each in events)
    assert all(1 <= each.place.line <= len(pieces) + 3 for each in problems)
    assert read(data) == (events, problems)


def test_files_do_not_change_each_other() -> None:
    """A zone that one file describes is unknown in the next, whichever is read first."""
    asking = calendar(event("UID:a", 'DTSTART;TZID="Customized Time Zone":20261215T100000'))
    alone = read(asking)
    read(OUTLOOK)
    assert read(asking) == alone
    assert "which nobody knows" in alone[1][0].found


def test_the_libraries_are_loaded_for_calendars_alone() -> None:
    """A site without calendars, or with those that were read before, does not wait for them."""
    code = (
        "import sys, noroshi.pipeline.check, noroshi.pipeline.build\n"
        "raise SystemExit(bool({'icalendar', 'recurring_ical_events'} & set(sys.modules)))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
