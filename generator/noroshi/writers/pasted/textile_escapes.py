"""Plain words in Textile as Redmine reads it: character references in place of what would be markup.

Redmine leaves references alone, and looks for its own links, mentions and macros between them. So this one way stops
Textile's marks as well as `#123`, `[[page]]`, `{{macro}}`, `commit:` and `@login`; `<notextile>` stops only the former
(https://www.redmine.org/projects/redmine/wiki/RedmineTextFormattingTextile).
"""

from __future__ import annotations

import re

# What Redmine makes links of where a colon follows.
_LINKED = (
    *("attachment", "commit", "document", "export", "forum", "message", "news", "project", "sandbox", "source"),
    *("user", "version", "wiki"),
)
_MARKUP = re.compile(
    rf"""
      [&<>"\[\]{{}}|\#*^~=]                                # references, tags, links, macros, tables, lists, marks
    | (?<![A-Za-z0-9])[-_+@] | [-_+@](?![A-Za-z0-9])       # marks and mentions; 2026-06-18 and a@b.c hold none
    | (?<![0-9])%                                          # spans; 50% is none
    | !(?=\S)                                              # images
    | (?<=\?)\? | \?(?=\?)                                 # citations
    | \.(?=\.)                                             # ellipses
    | (?<=[A-Z0-9])\( | \((?=(?:[cCrR]|[tT][mM])\)) | \A\(    # acronyms, signs such as (c), classes of what begins here
    | (?:{"|".join(f"(?<={word})" for word in _LINKED)}):  # Redmine's links by name
    | (?<![A-Za-z0-9])r(?=[0-9])                           # Redmine's revisions
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(r"(?:p|h[1-6]|bq|bc|fn[0-9]+|pre|notextile|table|clear)(?:[()][^.]{0,200})?\.")
_BLANK_LINES = re.compile(r"\n\s*\n")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_IN_ADDRESS = re.compile(r"[*\"\[\]{}|^<>]")
_RAW_TAG = re.compile(r"<(?=/?(?:pre|code|kbd|notextile|redpre)\b)", re.IGNORECASE)


def as_reference(found: re.Match[str]) -> str:
    """The character found as a reference."""
    return _NAMED.get(found[0]) or f"&#{ord(found[0])};"


def escape_textile(words: str, *, at_line_start: bool = False) -> str:
    """The words, escaped; their single line ends stay, which Redmine shows as line breaks."""
    lines = _BLANK_LINES.sub("\n", words).split("\n")
    return "\n".join(_line(line, begins=at_line_start or number > 0) for number, line in enumerate(lines))


def _line(line: str, *, begins: bool) -> str:
    if begins:
        line = line.lstrip(" \t")
    escaped = _MARKUP.sub(as_reference, line)
    if begins and _BLOCK.match(line):
        return f"&#{ord(line[0])};{escaped[1:]}"
    return escaped


def address(href: str) -> str:
    """An address without the characters that Textile could take for marks; browsers read it as the same."""
    return _IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", href)


def raw(code: str) -> str:
    """Code for within `<pre>` or `<code>`, where Redmine shows everything as it is but these tags themselves."""
    return _RAW_TAG.sub("<\u200b", code)
