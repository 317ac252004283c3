"""The canonical form of a text: its words, and of its layout only what could take a sign from the page.

Report text is Markdown, in which white space is syntax: a line end before ``> 5 s`` makes a quotation of it, and the
sign is gone. So a line end counts before a line that begins with such a mark, behind a backslash and in a table; deep
indentation counts where it makes code of what would be marks, and an empty line where marks could pair across it.
Everywhere else white space is one space, however the text is wrapped.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from noroshi.text.east_asian import is_wide

_LINE_END = re.compile(r"\r\n?|\n")
_INDENTATION = " \t"
"""What is indentation to Markdown; an ideographic space is not, nor any other."""
_PLAIN_SPACES = re.compile(r"[ \t]+")
_MARKS = re.compile(
    r"""(?:(?:
      > | (?: [-+*] | \#{1,6} | [0-9]{1,9}[.)] ) (?=\s|$)   # quotations, lists, headings
    | (?: =+ | (?:[-*_][ \t]*)+ ) $                        # rules, and lines that make a heading of the one above
    | `{3,} | ~{3,}                                        # fences
    )\s*)+""",
    re.VERBOSE,
)
"""What begins a line that is more than a line of a paragraph (CommonMark 0.31, sections 4 and 5)."""
_ITEM = re.compile(r"([-+*]|[0-9]{1,9}[.)])(?:[ \t]+|$)")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_LONE = re.compile(r"=+|-{1,2}|[+*]|[0-9]{1,9}[.)]")
"""What is a mark below an empty line alone, or below text alone."""
_INLINE = re.compile(r"[*_~`|\\\[&<]")
"""What may be read within a line, up to the end of its paragraph."""
_MARKED = re.compile(r"[*_~`|\\\[&<>#=+]|(?:^|[\r\n])[^\S\r\n]*-|[0-9][.)]")
"""Without any of these a text has no marks, however it is laid out."""
_RUNS = re.compile(r"\*+|_+|~{2,}|`+")
"""What pairs with another of its kind."""
_CODE_INDENT = 4
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_EMPHASIS = frozenset("*_~`")
_LETTERS_AND_PUNCTUATION = frozenset({"Lo", "Lm", "Nl", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"})
_KEPT = "\0"
"""Stands for a space behind a mark until the others have been judged: no text holds it."""


def canonical_text(text: str) -> str:
    """The words of a text: composed (Unicode's NFC), each run of white space as one space, and none where Japanese is
    wrapped; of the layout what could take a sign from the page."""
    words = _lines(_LINE_END.split(text)) if _MARKED.search(text) else " ".join(text.split())
    if not words.isascii():
        words = unicodedata.normalize("NFC", words)
        if " " in words:
            words = re.sub(" ", _space_between_words, words)
    return words.replace(_KEPT, " ")


def _lines(lines: list[str]) -> str:
    marked = any(map(_INLINE.search, lines))
    reading = _Reading(pairs=marked and any(map(_unpaired, _paragraphs(lines))))
    return "".join(part for line in lines for part in reading.add(line))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """What stands between empty lines."""
    return ("\n".join(part) for filled, part in groupby(lines, lambda line: bool(line.strip())) if filled)


def _unpaired(paragraph: str) -> bool:
    """Whether it holds a mark that may find its other half in the next paragraph, once nothing parts the two."""
    if paragraph.count("[") != paragraph.count("]"):
        return True
    opened: Counter[str] = Counter()
    odd: set[str] = set()
    for run in _RUNS.finditer(paragraph):
        before, after = paragraph[run.start() - 1 : run.start()].strip(), paragraph[run.end() : run.end() + 1].strip()
        if run[0][0] != "`" and bool(before) != bool(after):
            opened[run[0]] += 1 if after else -1
        elif run[0][0] == "`" or (before and after and run[0][0] != "_"):
            odd ^= {run[0]}
    return bool(odd) or any(opened.values())


class _Reading:
    """The lines so far, as far as the next one depends on them."""

    def __init__(self, *, pairs: bool) -> None:
        """:param pairs: whether the text holds marks that an empty line keeps from pairing"""
        self._pairs = pairs
        self._begun = False
        self._apart = False
        """Whether an empty line stands above."""
        self._closed = True
        """Whether no paragraph stands above that the line could go on with."""
        self._empty = False
        """Whether the item of a list above holds nothing yet."""
        self._row = False
        self._broken = False
        """Whether the line end counts: a backslash stands before it, or nothing but marks."""
        self._code = False
        self._kept = False
        """Whether the line above is code, and would show otherwise if it were none."""
        self._base = 0
        """The column where the content of the list begins that is open."""

    def add(self, line: str) -> tuple[str, ...]:
        """What a line adds to the canonical form: how it is parted from what is above, and its words."""
        text = line.strip(_INDENTATION)
        if not text.strip():
            self._apart = True
            return ()
        marks, item = _MARKS.match(text), _ITEM.match(text)
        indent = self._indent(line)
        new = self._apart or self._closed
        if new and (indent < self._base or (self._apart and self._empty)):
            self._base = 0
        deep = indent >= self._base + _CODE_INDENT
        code = deep and (new or self._code)
        kept = deep and (marks is not None or "|" in text or (code and _INLINE.search(text) is not None))
        within = "" if deep or not self._base or indent < self._base or not _LONE.fullmatch(text) else _KEPT
        if item is not None and not deep and (new or item.end() < len(text)):
            self._base = indent + (item.end() if item[0] != item[1] else item.end() + 1)
        parting = "\n\n" if kept and code and self._begun else self._parting(text, marked=marks is not None or kept)
        alone = marks is not None and marks.end() == len(text)
        self._begun, self._apart, self._row, self._code, self._kept = True, False, "|" in text, code, kept
        self._closed = not deep and ((alone and not (new and text[0] == "=")) or _HEADING.match(text) is not None)
        self._empty = not deep and item is not None and item.end() == len(text)
        self._broken = alone or (len(line) - len(line.rstrip("\\"))) % 2 == 1
        return parting, _KEPT * _CODE_INDENT if kept else within, _words(text, marks)

    @staticmethod
    def _indent(line: str) -> int:
        text = line.lstrip(_INDENTATION)
        return len(line[: len(line) - len(text)].expandtabs(_CODE_INDENT))

    def _parting(self, text: str, *, marked: bool) -> str:
        if not self._begun:
            return ""
        apart = self._apart and (self._pairs or self._row or "|" in text or self._broken)
        if apart or ((self._apart or self._code) and _LONE.fullmatch(text)):
            return "\n\n"
        return "\n" if marked or self._row or "|" in text or self._broken or self._kept else " "


def _words(text: str, marks: re.Match[str] | None) -> str:
    """The words of a line, and the marks that it begins with.

    Behind a mark only a space or a tab makes it one; an ideographic space leaves it a sign, and counts there. So does
    one before it.
    """
    if marks is not None and (marks.end() < len(text) or text == text.strip()):
        return f"{_PLAIN_SPACES.sub(_KEPT, marks.group())}{' '.join(text[marks.end() :].split())}"
    words = " ".join(text.split())
    meant = _MARKS.match(words)
    before = "\u3000" if meant and text[:1].isspace() else ""
    behind = "\u3000" if meant and meant.end() == len(words) and text[-1:].isspace() else ""
    return before + words + behind


def _space_between_words(match: re.Match[str]) -> str:
    words, place = match.string, match.start()
    before, after = words[place - 1], words[place + 1]
    if not (_wraps_anywhere(before) or _wraps_anywhere(after)):
        return " "
    if before in _EMPHASIS or after in _EMPHASIS:
        return " "
    both_numbers = unicodedata.numeric(before, None) is not None and unicodedata.numeric(after, None) is not None
    return " " if both_numbers else ""


@lru_cache(maxsize=4096)
def _wraps_anywhere(character: str) -> bool:
    """Whether it is of a script that is written without spaces and wrapped anywhere: kana, ideographs and their
    punctuation; not Hangul, which parts words by spaces, nor pictures, nor full-width letters and digits."""
    if not is_wide(character) or _HANGUL.match(character):
        return False
    return unicodedata.category(character) in _LETTERS_AND_PUNCTUATION
