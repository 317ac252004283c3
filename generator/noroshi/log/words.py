"""The canonical form of a text: its words, and of its layout only what could take a sign from the page.

Report text is Markdown, in which white space is syntax: a line end before ``> 5 s`` makes a quotation of it, and the
sign is gone. So a line end counts before a line that begins with such a mark, and in a table; everywhere else it is
one space, however the text is wrapped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from noroshi.text.east_asian import is_wide

_SPACE = re.compile(" ")
_LINE_END = re.compile(r"\r\n?|\n")
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
_SIGN = re.compile(r"[-+*>#]\s*[0-9]")
"""A mark that could be meant as a sign of the number behind it: as code, which deep indentation makes, it is shown."""
_CODE_INDENT = 4
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_EMPHASIS = frozenset("*_~`")


def canonical_text(text: str) -> str:
    """The words of a text: composed (Unicode's NFC), each run of white space as one space, and none where Japanese is
    wrapped; a line end stays where the next line begins with a mark of Markdown, and in a table."""
    if "\n" in text or "\r" in text or _MARKS.match(text.lstrip()):
        words = _lines(_LINE_END.split(text))
    else:
        words = " ".join(text.split())
    if not words.isascii():
        words = unicodedata.normalize("NFC", words)
        if " " in words:
            words = _SPACE.sub(_space_between_words, words)
    return words


def _lines(lines: list[str]) -> str:
    said = ""
    in_table = False
    for line in lines:
        words, marked = _line(line)
        if not words:
            continue
        row = "|" in words
        if not said:
            said = words
        elif in_table or row or marked:
            said += f"\n{words}"
        else:
            said += f" {words}"
        in_table = row
    return said


def _line(line: str) -> tuple[str, bool]:
    """Its words, and whether it begins with a mark.

    Behind a mark only a space or a tab makes it one; an ideographic space leaves it a sign, and counts there.
    """
    text = line.strip()
    marks = _MARKS.match(text)
    if marks is None:
        return " ".join(text.split()), False
    deep = "    " if _SIGN.match(text) and _indent(line) >= _CODE_INDENT else ""
    return f"{deep}{_PLAIN_SPACES.sub(' ', marks.group())}{' '.join(text[marks.end() :].split())}", True


def _indent(line: str) -> int:
    expanded = line.expandtabs(_CODE_INDENT)
    return len(expanded) - len(expanded.lstrip())


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


_LETTERS_AND_PUNCTUATION = frozenset({"Lo", "Lm", "Nl", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"})
