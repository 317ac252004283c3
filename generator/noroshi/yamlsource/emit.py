"""Data to YAML that every reader takes for the same strings: block style, the order given, no anchors, no tags.

Our own reader takes every scalar for text; others give types to unquoted words (YAML 1.2, section 10.3; YAML 1.1
counts ``22:00`` and ``no`` as well). What any of them would type is quoted, so the file means one thing; but for
:class:`Bare` words, which mean the same with a type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Emittable: TypeAlias = "str | Mapping[str, Emittable] | Sequence[Emittable]"
"""What can be written: text, and mappings and sequences of it."""


class Bare(str):
    """A day, a number or ``true`` that stands without quotes, as a person writes it.

    Our reader takes it for the same text; another one may give it its own type, and means the same.

    :raises ValueError: it is none of these
    """

    def __new__(cls, text: str) -> Bare:
        if not _BARE.match(text):
            raise ValueError(f"{text!r} is no day, number or 'true'")
        return super().__new__(cls, text)


_BARE = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|0|[1-9][0-9]*|true)\Z")

MAX_KEY = 128
"""The longest key; YAML's simple keys end at 1,024 characters after escaping (section 7.4)."""

# First characters that are indicators (YAML 1.2, section 5.3), or that open a number, a sign or a path-like date.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~.+0-9](?:[^\n\t]*[^\s:])?\Z")
_PLAIN_DIGITS = re.compile(r"[0-9][0-9A-Za-z.+:/_ -]*[A-Za-z0-9]\Z|[0-9]\Z")
_BREAKS_PLAIN = re.compile(r": |:\Z| #|[\t\n]")
_TYPED_WORD = re.compile(r"(?:y|yes|n|no|true|false|on|off|null|nil|none|nan|inf)\Z", re.IGNORECASE)
# A superset of what YAML 1.1 and 1.2 take for numbers, sexagesimals, dates and times. A time with an offset but
# without seconds is in neither (https://yaml.org/type/timestamp.html), and is how our records write moments.
_TYPED_DIGITS = re.compile(
    r"[0-9][0-9_,.]*(?:e[-+]?[0-9]+)?\Z|0[xob][0-9a-f_]+\Z|[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?\Z"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\Z|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:t|[ \t]+)[0-9]{1,2}:[0-9]{2}:.*\Z",
    re.IGNORECASE,
)
# What YAML calls printable (section 5.1), less the line ends that only YAML 1.1 knows.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def emit(data: Emittable) -> str:
    """The YAML of ``data``, ended by a line end, the same bytes for the same data.

    Empty collections are ``{}`` and ``[]``; text of several lines is a literal block; nothing is folded.

    :raises TypeError: something in it is neither text, mapping nor sequence
    :raises ValueError: a key is longer than :data:`MAX_KEY`, or text holds half of a surrogate pair
    """
    if isinstance(data, str):
        return _scalar(data, 0) + "\n"
    return "\n".join(_lines(data, 0)) + "\n"


def _lines(data: Emittable, indent: int) -> list[str]:
    space = " " * indent
    lines: list[str] = []
    if isinstance(data, Mapping):
        for key, value in data.items():
            start = f"{space}{_key(key)}:"
            if isinstance(value, str):
                lines.append(f"{start} {_scalar(value, indent)}")
            elif not _children(value):
                lines.append(f"{start} {_empty(value)}")
            else:
                lines.append(start)
                lines += _lines(value, indent + 2)
        return lines or [space + "{}"]
    for item in _children(data):
        if isinstance(item, str):
            lines.append(f"{space}- {_scalar(item, indent)}")
        elif not _children(item):
            lines.append(f"{space}- {_empty(item)}")
        else:
            first, *rest = _lines(item, indent + 2)
            lines += [f"{space}- {first[indent + 2 :]}", *rest]
    return lines or [space + "[]"]


def _children(data: Emittable) -> Sequence[Emittable]:
    if isinstance(data, Mapping):
        return list(data.values())
    if isinstance(data, Sequence) and not isinstance(data, str | bytes | bytearray):
        return data
    raise TypeError(f"{type(data).__name__} cannot be written: text, mappings and sequences can")


def _empty(data: Emittable) -> str:
    return "{}" if isinstance(data, Mapping) else "[]"


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} is not text")
    if len(key) > MAX_KEY:
        raise ValueError(f"a key of {len(key)} characters is longer than {MAX_KEY}")
    return key if _is_plain(key) else _quoted(key)


def _scalar(text: str, indent: int) -> str:
    if isinstance(text, Bare) or _is_plain(text):
        return str(text)
    if "\n" in text and _fits_block(text):
        return _block(text, indent + 2)
    return _quoted(text)


def _is_plain(text: str) -> bool:
    if _UNPRINTABLE.search(text) or _BREAKS_PLAIN.search(text) or _TYPED_WORD.match(text):
        return False
    if _PLAIN.match(text):
        return True
    return bool(_PLAIN_DIGITS.match(text)) and not _TYPED_DIGITS.match(text)


def _fits_block(text: str) -> bool:
    """Whether a literal block holds the text: libyaml takes a tab for indentation at the start of a line, and
    readers differ on lines of spaces alone."""
    lines = text.split("\n")
    return (
        not _UNPRINTABLE.search(text)
        and any(lines)
        and not any(line.lstrip(" ").startswith("\t") or (line and not line.strip()) for line in lines)
    )


def _block(text: str, indent: int) -> str:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomping = "-" if ends == 0 else "" if ends == 1 else "+"
    # Without the digit a reader would take leading spaces or empty lines for the indentation (section 8.1.1.1).
    digit = "2" if body[0] in " \n" else ""
    space = " " * indent
    lines = [space + line if line else "" for line in body.split("\n")]
    return "\n".join([f"|{digit}{chomping}", *lines, *[""] * (ends - 1)])


def _quoted(text: str) -> str:
    if (
        re.search(r'["\\]', text)
        and "'" not in text
        and not _UNPRINTABLE.search(text)
        and not re.search(r"[\t\n]", text)
    ):
        return f"'{text}'"
    return '"' + re.sub(r'[\\"\n\t\r]|' + _UNPRINTABLE.pattern, _escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"U+{code:04X} is half of a surrogate pair and no character")
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
