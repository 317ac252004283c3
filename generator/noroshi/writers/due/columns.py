"""Lines of a width, where Japanese characters take two columns and may be parted anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

WIDTH = 80
"""The columns of a terminal that nobody has made wider."""

# Characters that a line must not begin with (JIS X 4051, the commonest of them).
_NOT_FIRST = "、。，．・：；？！)）」』】〉》ー々…"
_WIDE = "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"


def width_of(text: str) -> int:
    """How many columns a text takes."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, indent: str, *, hanging: str | None = None, width: int = WIDTH) -> Iterator[str]:
    """The lines of a text, each behind an indent; what cannot be parted, as a path, may reach beyond the width.

    :param hanging: the indent of the second line and those after it; that of the first where None
    """
    line, begun = indent, False
    for piece in _pieces(text):
        if begun and width_of(line + piece.rstrip()) > width:
            yield line.rstrip()
            line, piece = indent if hanging is None else hanging, piece.lstrip()
        line += piece
        begun = True
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What stays together: a word with the space before it, or a wide character with what must not begin a line."""
    yield from re.findall(
        rf"\s*(?:{_WIDE}[{re.escape(_NOT_FIRST)}]*|(?:(?!{_WIDE})\S)+[{re.escape(_NOT_FIRST)}]*)",
        " ".join(text.split()),
    )
