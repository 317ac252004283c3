"""The lines of a calendar: whatever a text holds arrives as it is, in lines of 75 octets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_sites import event_lines, value
from noroshi.calendars.writing import Event, Status, write_event


def naughty_event(words: str) -> Event:
    moment = datetime(2026, 6, 18, 12, tzinfo=UTC)
    return Event(
        uid="x@example.com", changed=moment, sequence=0, start=moment, end=None, summary=words, description=words,
        status=Status.CONFIRMED, busy=True, categories=(words, "b"), colour="gray", url="https://example.com/",
        contact=words, organizer=(words, "mailto:a@example.com"),
    )  # fmt: skip


ESCAPES = ["\n", "\\", "\\n", "\\N", "\\,", ";", ",", '"', ":", "^", "^^", "^n", "^'", "N", " "]
"""What means something to one of the ways in which calendars escape, alone and in pairs."""


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(ESCAPES) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), max_size=30
    ).map("".join)
)
def test_any_text_comes_back(words: str) -> None:
    """Whatever is written arrives with readers as it is, and no line is longer than 75 octets or parts a character."""
    words = words.strip() or "x"
    data = write_event(naughty_event(words))
    assert data.endswith(b"END:VEVENT\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode()
    event = icalendar.Event.from_ical(data)
    wanted = words.replace("\u2028", "\n").replace("\u2029", "\n")
    assert unescaped(value(event_lines(data, "x@example.com"), "SUMMARY")) == wanted
    assert event["SUMMARY"] == event["DESCRIPTION"] == event["CONTACT"] == wanted
    assert [str(each) for each in event["CATEGORIES"].cats] == [wanted, "b"]
    (organizer,) = [line for line in event_lines(data, "x@example.com") if line.startswith("ORGANIZER;")]
    assert organizer_name(organizer) == wanted
    if "\\" not in wanted:  # the library takes it for an escape, which parameters do not know (RFC 5545, section 3.2)
        assert event["ORGANIZER"].params["CN"] == wanted


def organizer_name(line: str) -> str:
    """The name in an organizer's line: a parameter in quotes (RFC 5545, section 3.2) with RFC 6868's three escapes."""
    quoted = re.fullmatch(r'ORGANIZER;CN="([^"]*)":mailto:a@example\.com', line)
    assert quoted, line
    return re.sub(r"\^(.)", lambda each: {"n": "\n", "'": '"', "^": "^"}[each[1]], quoted[1])


def unescaped(words: str) -> str:
    """A value as RFC 5545, section 3.3.11 has it read."""
    found, rest = [], iter(words)
    for each in rest:
        if each != "\\":
            assert each not in ";,"
            found.append(each)
            continue
        escaped = next(rest)
        assert escaped in "\\;,nN"
        found.append("\n" if escaped in "nN" else escaped)
    return "".join(found)


def test_folding_parts_neither_characters_nor_escapes() -> None:
    """At every place where a line can end, whatever stands there."""
    for before in range(80):
        for words in ("狼煙" * 60, "\U0001f525" * 60, "\\" * 200, "a\\n;b," * 40, "é" * 100):
            lines = write_event(naughty_event("x" * before + words)).split(b"\r\n")
            for line, after in pairwise(lines):
                line.decode()
                assert len(line) <= 75
                if after.startswith(b" "):
                    assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


def test_line_ends_of_other_kinds_are_line_ends() -> None:
    """U+2028 and its like would tear a line for programs that split by all that Unicode calls a line end."""
    data = write_event(naughty_event("a\u2028b\u0085c\u2029d"))
    assert data.decode().count("\r\n") == len(data.decode().splitlines())
    assert value(event_lines(data, "x@example.com"), "SUMMARY") == "a\\nb\\nc\\nd"
