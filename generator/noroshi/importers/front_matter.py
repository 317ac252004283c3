"""A Hugo page's front matter and body: YAML between ``---``, TOML between ``+++``, or JSON in braces."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from noroshi.yamlsource.foreign import ForeignError, load_foreign
from noroshi.yamlsource.nodes import Mapping as MarkedMapping
from noroshi.yamlsource.nodes import Sequence as MarkedSequence

_YAML = re.compile(r"---[ \t]*\n(?:(?P<matter>[\s\S]*?)\n)??---[ \t]*(?:\n|\Z)")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:(?P<matter>[\s\S]*?)\n)??\+\+\+[ \t]*(?:\n|\Z)")
_MAX_BYTES = 1024 * 1024


class SourceError(Exception):
    """A page that cannot be read: the rule, the line from 1, and what was found."""

    def __init__(self, rule: str, line: int, found: str) -> None:
        super().__init__(rule, line, found)
        self.rule, self.line, self.found = rule, line, found


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page taken apart."""

    values: Mapping[str, str | list[str]]
    """Keys in small letters, as Hugo compares them; scalars as text, lists as texts, anything else as an empty text."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each key, from 1; a list's items as ``key/0``."""
    body: str
    body_line: int
    """The line on which the body begins, from 1."""

    def text(self, key: str) -> str:
        """The scalar at ``key``, or an empty text."""
        value = self.values.get(key, "")
        return value.strip() if isinstance(value, str) else ""

    def texts(self, key: str) -> list[str]:
        """The list at ``key``; a scalar is a list of one."""
        value = self.values.get(key, "")
        return value if isinstance(value, list) else [value] if value else []

    def line(self, key: str) -> int:
        """The line of ``key``, or 1."""
        return self.lines.get(key, 1)


def read_bytes(data: bytes) -> str:
    """A source file's text: UTF-8, without a byte order mark, line ends as ``\\n``.

    :raises SourceError: ``not-utf-8``, ``too-large`` or ``empty-file``
    """
    if len(data) > _MAX_BYTES:
        raise SourceError("too-large", 1, f"the file has {len(data):,} bytes; 1 MiB is the most")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("not-utf-8", line, "the file is not UTF-8; save it as UTF-8 and import again") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SourceError("empty-file", 1, "the file is empty")
    return text


def read_page(text: str) -> Page:
    """The front matter and body of a page.

    :raises SourceError: ``no-front-matter`` or ``bad-front-matter``
    """
    if found := _YAML.match(text):
        values, lines = _yaml(found["matter"] or "")
    elif found := _TOML.match(text):
        values, lines = _toml(found["matter"] or "")
    elif text.startswith("{"):
        return _json_page(text)
    else:
        raise SourceError("no-front-matter", 1, "the file does not begin with --- or +++ or {, closed further down")
    return Page(values=values, lines=lines, body=text[found.end() :], body_line=text.count("\n", 0, found.end()) + 1)


def _yaml(matter: str) -> tuple[dict[str, str | list[str]], dict[str, int]]:
    try:
        data = load_foreign(matter)
    except ForeignError as error:
        raise SourceError("bad-front-matter", error.line + 1, f"the YAML cannot be read: {error.message}") from None
    if data == "":
        return {}, {}
    if not isinstance(data, MarkedMapping):
        raise SourceError("bad-front-matter", 2, "the front matter holds no 'key: value' lines")
    lines: dict[str, int] = {}
    for key, value in data.items():
        lines[key.lower()] = data.marks[key][0] + 1
        if isinstance(value, MarkedSequence):
            # Items that are no text are left out, and their lines with them.
            marks = [mark for item, mark in zip(value, value.marks, strict=True) if isinstance(item, str)]
            lines |= {f"{key.lower()}/{index}": mark[0] + 1 for index, mark in enumerate(marks)}
    return {key.lower(): _plain(value) for key, value in data.items()}, lines


def _toml(matter: str) -> tuple[dict[str, str | list[str]], dict[str, int]]:
    try:
        data = tomllib.loads(matter)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) + 1 if place else 2
        raise SourceError("bad-front-matter", line, f"the TOML cannot be read: {error}") from None
    return _with_lines(data, matter, 2)


def _json_page(text: str) -> Page:
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise SourceError("bad-front-matter", line, f"the JSON cannot be read: {error}") from None
    values, lines = _with_lines(data, text[:end], 1)
    return Page(values=values, lines=lines, body=text[end:], body_line=text.count("\n", 0, end) + 1)


def _with_lines(data: dict[str, Any], matter: str, first: int) -> tuple[dict[str, str | list[str]], dict[str, int]]:
    lines: dict[str, int] = {}
    for key in data:
        place = re.search(rf"^[ \t{{,]*[\"']?{re.escape(key)}[\"']?[ \t]*[=:]", matter, re.MULTILINE)
        lines[key.lower()] = (matter.count("\n", 0, place.end()) if place else 0) + first
    return {key.lower(): _plain(value) for key, value in data.items()}, lines


def _plain(value: object) -> str | list[str]:
    if isinstance(value, list):
        return [text for item in value if isinstance(text := _plain(item), str) and (text or item == "")]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, str | int | float) else ""
