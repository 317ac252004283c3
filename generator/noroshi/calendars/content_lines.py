"""The lines of a calendar file (RFC 5545, section 3.1): values as they are written, folded by octets.

The library that reads calendars could write them. It takes twenty times as long, and turns a backslash before a
capital N, as in a path of Windows, into the end of a line. Tests read everything back with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta


def when(moment: date | datetime) -> str:
    """What follows the name of a property that holds a time or a whole day."""
    if isinstance(moment, datetime):
        return f":{time_value(moment)}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def time_value(moment: datetime) -> str:
    """A time in UTC (RFC 5545, section 3.3.5, form 2)."""
    utc = moment.astimezone(UTC)
    # strftime does not write the year 999 with four digits on every system.
    return f"{utc.year:04}{utc.month:02}{utc.day:02}T{utc.hour:02}{utc.minute:02}{utc.second:02}Z"


def duration_value(length: timedelta) -> str:
    """A length in whole minutes (RFC 5545, section 3.3.6)."""
    return f"PT{length // timedelta(minutes=1)}M"


# Python's and other languages' splitting of lines takes these for line ends too, and would tear a line in two.
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")


def text_value(words: str) -> str:
    """A text as a value (RFC 5545, section 3.3.11)."""
    # One character after the other is replaced at a tenth of the time that str.translate takes for Japanese.
    words = _LINE_ENDS.sub("\n", words).replace("\\", "\\\\")
    return words.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def parameter_value(words: str) -> str:
    """A text as a parameter's value, in quotes (RFC 6868)."""
    words = _LINE_ENDS.sub("\n", words).replace("^", "^^")
    return '"' + words.replace('"', "^'").replace("\n", "^n") + '"'


def joined(lines: Iterable[str]) -> bytes:
    """Lines as they stand in a file."""
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
