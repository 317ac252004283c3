"""Plain words in Markdown: a backslash before whatever CommonMark 0.31 or GFM would take for markup."""

from __future__ import annotations

import re
import unicodedata

# An underscore within an ASCII word opens and closes nothing (https://spec.commonmark.org/0.31.2/#rule-1 to 10):
# names such as staging_web stay as people know them.
_ANYWHERE = re.compile(r"[\\`*~\[\]<|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=[A-Za-z0-9#]|\Z)|!\Z")
_AT_LINE_START = re.compile(r"^([-+=>#:])|^([0-9]{1,9})([.)])", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_END_OF_HEADING = re.compile(r"(?<![\\#])#+\Z")
_BACKSLASHED = r"\\\g<0>"
_BLANK_LINES = re.compile(r"\n\s*\n")
BREAK = "  \n"
"""Two spaces, not a backslash: where nobody renders it, nobody sees it."""


def escape_inline(words: str, *, at_line_start: bool) -> str:
    """The words, escaped; their own line ends stay as they are."""
    escaped = _ANYWHERE.sub(_BACKSLASHED, words)
    if at_line_start:
        return _escape_line_starts(escaped)
    first, end, rest = escaped.partition("\n")
    return first + end + _escape_line_starts(rest)


def _escape_line_starts(escaped: str) -> str:
    return _AT_LINE_START.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", _INDENT.sub("", escaped)
    )


def escape_plain(words: str) -> str:
    """A plain field that follows other words on its line; its line ends become line breaks."""
    escaped = escape_inline(_BLANK_LINES.sub("\n", words), at_line_start=False)
    return escaped.replace("\n", BREAK)


def heading(level: int, escaped: str) -> str:
    """Escaped words as a heading; `#` at their end would count as its end."""
    return f"{'#' * level} {_END_OF_HEADING.sub(_BACKSLASHED, escaped)}".rstrip()


def is_punctuation(character: str) -> bool:
    """Whether the character is Unicode punctuation or a symbol, as CommonMark counts them."""
    return unicodedata.category(character)[0] in "PS"


def as_reference(character: str) -> str:
    """The character as a numeric reference: to the flanking rule its ends are punctuation, whatever it is."""
    return f"&#{ord(character)};"
