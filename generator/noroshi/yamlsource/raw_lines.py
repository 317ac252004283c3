"""A file's bytes by the lines and columns in which the YAML parser counts them."""

from __future__ import annotations

import re
from typing import NamedTuple

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Spot(NamedTuple):
    """A place before a character; line and column from 0."""

    line: int
    column: int


class RawLines:
    """The lines of a text in UTF-8, which was read before and holds no line separators but ``\\n`` and ``\\r``."""

    def __init__(self, data: bytes) -> None:
        """:param data: the bytes, a byte order mark included"""
        ends = [match.end() for match in _LINE_END.finditer(data)]
        first = _LINE_END.search(data)
        self._data = data
        self._starts = [0, *ends]
        self.line_end = first[0] if first is not None else b"\n"
        """How its first line ends, and so what is added to it."""
        texts = _LINE_END.split(data.removeprefix(_BOM))
        self.texts = [text.decode("utf-8") for text in texts]
        """The lines without their ends; the last one is empty where the file ends with a line end."""

    @property
    def ended(self) -> bool:
        """Whether the last line has its end."""
        return self.texts[-1] == ""

    def offset(self, spot: Spot) -> int:
        """How many bytes stand before a place."""
        start = self._starts[spot.line] + (len(_BOM) if spot.line == 0 and self._data.startswith(_BOM) else 0)
        return start + len(self.texts[spot.line][: spot.column].encode("utf-8"))

    def behind(self, line: int) -> int:
        """How many bytes stand before the line that follows, or in all the file."""
        return self._starts[line + 1] if line + 1 < len(self._starts) else len(self._data)

    def indent(self, line: int) -> int:
        """How many blanks a line begins with."""
        return len(self.texts[line]) - len(self.texts[line].lstrip(" \t"))

    def is_blank(self, line: int) -> bool:
        """Whether nothing stands in a line."""
        return not self.texts[line].strip(" \t")

    def is_comment(self, line: int) -> bool:
        """Whether a comment is all that stands in a line."""
        return self.texts[line].lstrip(" \t").startswith("#")
