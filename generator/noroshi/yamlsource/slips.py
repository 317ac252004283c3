"""Slips of the hand that one line alone gives away: tabs, full-width punctuation, a forgotten space."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A problem without its file."""

    line: int
    """From 0."""
    column: int
    """From 0."""
    found: str
    allowed: str
    advice: str
    rule: str = "yaml-syntax"


_KEY = r"[A-Za-z_][\w-]*"
_FULL_WIDTH = "keys, colons, dashes, brackets and the spaces around them are half-width"
_SWITCH = "switch the input method off and type "

# (pattern whose group 1 is the slip, what was found, what to type), tried in this order.
_PATTERNS = (
    (
        re.compile(rf"[\s\u3000]*(?:-[ \u3000]+)?{_KEY}[ \u3000]*(：)"),
        "a full-width colon '：' stands where ':' is needed",
        "': '",
    ),
    (
        re.compile(r" *(?:- +)?(\u3000)"),
        "a full-width space (U+3000) stands in the indentation",
        "two half-width spaces",
    ),
    (re.compile(r" *-(\u3000)"), "a full-width space (U+3000) stands after '-'", "a half-width space"),
    (
        re.compile(rf" *(?:- +)?{_KEY}(\u3000+):"),
        "a full-width space (U+3000) stands before ':'",
        "the key and ': ' again",
    ),
    (re.compile(rf" *(?:- +)?{_KEY}:(\u3000)"), "a full-width space (U+3000) stands after ':'", "a half-width space"),
    (
        re.compile(rf" *([－ー−–—‐‑])[ \u3000]*{_KEY}:"),
        "a dash of another kind ('{0}') stands where '-' is needed",
        "'- '",
    ),
    (
        re.compile(rf" *(?:- +)?{_KEY}: +([｛［【〔（])"),
        "a full-width bracket '{0}' stands where '{{' or '[' is needed",
        "half-width brackets",
    ),
)
_FULL_WIDTH_IN_FLOW = (
    (re.compile(r"[^\"']*[{\[][^\"']*([、，])"), "a full-width comma '{0}' stands between brackets", "', '"),
    (re.compile(rf"[^\"']*[{{,] *{_KEY}(：)"), "a full-width colon '：' stands where ':' is needed", "': '"),
    (
        re.compile(r"[^\"']*[{\[][^\"']*([｝］】〕）])"),
        "a full-width bracket '{0}' stands where '}}' or ']' is needed",
        "half-width brackets",
    ),
)
_NO_SPACE = re.compile(rf" *(?:- +)?({_KEY}):(?!//)[^\s:]")
_NO_SPACE_AFTER_DASH = re.compile(rf" *-({_KEY}):(?: |$)")


def slip_on(shown: str, number: int, in_flow: bool) -> Slip | None:
    """What is wrong with a line by itself, if the line gives it away.

    :param shown: the line
    :param number: its number from 0, for the answer
    :param in_flow: whether the trouble lies between brackets
    """
    indent = shown[: len(shown) - len(shown.lstrip(" \t\u3000"))]
    if "\t" in indent or shown.startswith("-\t", len(indent)):
        return Slip(
            line=number,
            column=shown.index("\t"),
            rule="tab",
            found="a tab stands in the indentation",
            allowed="YAML indents with spaces",
            advice="replace the tab with two spaces",
        )
    for pattern, found, typed in (*_PATTERNS, *(_FULL_WIDTH_IN_FLOW if in_flow else ())):
        match = pattern.match(shown)
        if match is not None:
            return Slip(
                line=number,
                column=match.start(1),
                rule="full-width",
                found=found.format(match[1]),
                allowed=_FULL_WIDTH,
                advice=_SWITCH + typed,
            )
    match = _NO_SPACE.match(shown)
    if match is not None:
        return Slip(
            line=number,
            column=match.end(1),
            found=f"no space stands after ':' in '{match[1]}:'",
            allowed="keys end in ': '",
            advice=f"write '{match[1]}: ' and then the value",
        )
    match = _NO_SPACE_AFTER_DASH.match(shown)
    if match is not None:
        return Slip(
            line=number,
            column=match.start(1),
            found=f"no space stands after '-' in '-{match[1]}:'",
            allowed="items begin with '- '",
            advice=f"write '- {match[1]}: '",
        )
    return None
