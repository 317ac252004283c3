"""Report text, written in Markdown: as HTML for pages and feeds, as plain text, and as a short excerpt."""

import html
import re
from functools import lru_cache

from noroshi.text.dialect import report_markdown
from noroshi.text.east_asian import is_wide
from noroshi.text.emphasis import is_joined_to_previous
from noroshi.text.plain_text import PlainText
from noroshi.text.sanitise import replace_forbidden, sanitise

# What could be Markdown. Text without any of it is paragraphs and line breaks, which need no parser.
_COULD_BE_MARKUP = re.compile(
    r"""
      [\\`*_~\[\]<&]                              # inline marks, links, references
    | ://                                         # a bare address
    | ^(?: [^\S\n] | [#>+=:|-] | [0-9]+[.)] )     # indentation, headings, quotes, lists, rules, tables
    | [^\S\n]$                                    # trailing space, which the parser takes away
    """,
    re.VERBOSE | re.MULTILINE,
)
_LINE_ENDS = re.compile(r"\r\n?")
_BLANK_LINES = re.compile(r"\n{2,}")
_SPACES = re.compile(r"\s+")

_SENTENCE_END = re.compile(r"[。！？]+[」』）]*|[.!?]+[)\"'”’]*(?= )")
_CLAUSE_END = re.compile(r"[、，；： ]")
_ASCII_WORD_AT_END = re.compile(r"[!-~]+\Z")
_ZERO_WIDTH_JOINER = "\u200d"
_OPENING_BRACKETS = "「『（【〔［｛〈《([{“‘"
_ELLIPSIS = "…"

# Enough for a year of a busy log in every language; at some 2 kB an entry, 16 MB.
_REMEMBERED = 8192


def _normalised(text: str) -> str:
    return replace_forbidden(_LINE_ENDS.sub("\n", text)).strip("\n")


@lru_cache(maxsize=_REMEMBERED)
def markdown_to_html(text: str) -> str:
    """The text as block HTML that is safe to splice into a page or a feed, ended by a line end; "" for no text.

    Holds only the tags, attributes and addresses of `noroshi.text.sanitise`, no character that XML forbids, and
    headings from h4 down. Never raises, whatever the text. Remembered, as every language renders the same text.
    """
    source = _normalised(text)
    if _COULD_BE_MARKUP.search(source):
        return sanitise(report_markdown().render(source))
    return _plain_paragraphs_to_html(source)


def _plain_paragraphs_to_html(source: str) -> str:
    if not source:
        return ""
    paragraphs = _BLANK_LINES.split(html.escape(source, quote=False))
    return "".join("<p>" + paragraph.replace("\n", "<br>\n") + "</p>\n" for paragraph in paragraphs)


def markdown_to_text(text: str) -> str:
    """The visible text, plain, its lines ended by `\\n`; a link as "label (address)", lists with their markers."""
    return _visible_text(text, addresses=True)


def _visible_text(text: str, *, addresses: bool) -> str:
    source = _normalised(text)
    if _COULD_BE_MARKUP.search(source):
        return replace_forbidden(PlainText(addresses=addresses).write(report_markdown().parse(source)))
    return _BLANK_LINES.sub("\n\n", source)


@lru_cache(maxsize=_REMEMBERED)
def markdown_line(text: str) -> str:
    """The visible text in one line; a link as "label (address)". Remembered, as every language searches the same."""
    return _one_line(_visible_text(text, addresses=True))


def plain_line(text: str) -> str:
    """A text that is no Markdown in one line, without characters that XML forbids."""
    return _one_line(_normalised(text))


def excerpt(text: str, limit: int) -> str:
    """The beginning of the visible text in one line of at most `limit` characters, without link addresses.

    Text that is longer is cut after a sentence, else after a clause or word, and ends in "…", which counts.

    Raises:
        ValueError: `limit` is less than 1.
    """
    if limit < 1:
        raise ValueError(f"an excerpt needs room for at least one character, not {limit}")
    line = _one_line(_visible_text(text, addresses=False))
    if len(line) <= limit:
        return line
    return line[: _cut(line, limit - 1)].rstrip().rstrip(_OPENING_BRACKETS).rstrip() + _ELLIPSIS


def _one_line(text: str) -> str:
    """Line ends become spaces, but none between two wide characters, where Japanese knows no space."""

    line = text.strip()

    def join(space: re.Match[str]) -> str:
        before, after = line[space.start() - 1], line[space.end()]
        return "" if "\n" in space.group() and is_wide(before) and is_wide(after) else " "

    return _SPACES.sub(join, line)


def _cut(line: str, room: int) -> int:
    """Where to cut a line that is longer than `room` characters, at most at `room`."""
    head = line[: room + 1]
    sentences = [end for found in _SENTENCE_END.finditer(head) if room // 2 <= (end := found.end()) <= room]
    if sentences:
        return sentences[-1]
    clauses = [end for found in _CLAUSE_END.finditer(head) if room * 3 // 4 <= (end := found.end()) <= room]
    return clauses[-1] if clauses else _between_characters(line, room)


def _between_characters(line: str, room: int) -> int:
    """The last place up to `room` that parts no ASCII word (if it is not half of all) and no joined character."""
    word = _ASCII_WORD_AT_END.search(line, 0, room)
    if word and room // 2 <= word.start() and line[room].isascii() and not line[room].isspace():
        return word.start()
    while room and (is_joined_to_previous(line[room]) or line[room - 1] == _ZERO_WIDTH_JOINER):
        room -= 1
    return room
