"""What to add, and where, so that brackets hold one thing more."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from noroshi.yamlsource.raw_lines import RawLines, Spot
from noroshi.yamlsource.tails import spot

Addition: TypeAlias = tuple[int, bytes]
"""Bytes, and how many of the old ones stand before them."""

_COMMENT = re.compile(r"(?:^|(?<=[ \t,\]}\"']))#.*")


def into_flow(node: Any, words: str, lines: RawLines) -> list[Addition]:
    """Add words at the end of a list or mapping between brackets, on a line of their own where the last one has it.

    :param node: PyYAML's
    """
    if not node.value:
        closing = lines.offset(spot(node.end_mark)) - 1
        return [(closing, words.encode())]
    first, last = node.value[-1] if node.id == "mapping" else (node.value[-1], node.value[-1])
    begin, end = spot(first.start_mark), spot(last.end_mark)
    comma = _comma(end, spot(node.end_mark), lines)
    behind = Spot(comma.line, comma.column + 1) if comma is not None else end
    if lines.texts[begin.line][: begin.column].strip(" \t"):
        return [(lines.offset(behind), (f" {words}" if comma is not None else f", {words}").encode())]
    added = [] if comma is not None else [(lines.offset(end), b",")]
    if behind.line < node.end_mark.line:  # past a comment, which speaks of what stands before it
        behind = Spot(behind.line, len(lines.texts[behind.line]))
    own_line = lines.line_end + (lines.texts[begin.line][: begin.column] + words).encode()
    return [*added, (lines.offset(behind), own_line + (b"," if comma is not None else b""))]


def _comma(start: Spot, closing: Spot, lines: RawLines) -> Spot | None:
    """The comma behind the last one, before the closing bracket, if one is there."""
    for line in range(start.line, closing.line + 1):
        begin = start.column if line == start.line else 0
        text = lines.texts[line][begin : closing.column - 1 if line == closing.line else None]
        column = _COMMENT.sub("", text).find(",")
        if column >= 0:
            return Spot(line, begin + column)
    return None


def into_empty_value(key: Any, value: Any, words: str, lines: RawLines) -> list[Addition]:
    """Give a value to a key between brackets that has none.

    :param key: PyYAML's node
    :param value: the node of what was left out
    """
    start, end = spot(key.end_mark), spot(value.end_mark)
    between = lines.texts[start.line][start.column : end.column if end.line == start.line else None]
    if ":" in _COMMENT.sub("", between):
        column = start.column + between.index(":") + 1
        return [(lines.offset(Spot(start.line, column)), f" {words}".encode())]
    return [(lines.offset(start), f": {words}".encode())]
