"""Where a block of a YAML text ends for a person: its last line, less the blank lines and comments that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from noroshi.yamlsource.raw_lines import RawLines, Spot


def spot(mark: Any) -> Spot:
    """The place of a parser's mark."""
    return Spot(mark.line, mark.column)


def is_scalar(node: Any) -> bool:
    """Whether a node of PyYAML is a scalar."""
    return bool(node.id == "scalar")


def is_nothing(node: Any) -> bool:
    """Whether a value was left out."""
    return is_scalar(node) and node.value == "" and node.start_mark.index == node.end_mark.index


def last_leaf(node: Any) -> Any:
    """The scalar or the collection between brackets with which a node ends; the marks of others lie further on."""
    while not is_scalar(node) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if node.id == "mapping" else last
    return node


def last_lines(node: Any, lines: RawLines, column: int) -> Iterator[int]:
    """The lines after which something may follow a node: the likely one, then the one behind its blank lines.

    :param column: where what follows begins; comments that stand deeper than this still belong to the node
    """
    leaf = last_leaf(node)
    end = spot(leaf.end_mark)
    last = end.line
    if is_scalar(leaf) and leaf.style in ("|", ">"):
        last = end.line - 1 if end.column == 0 else end.line
        trimmed = last
        while trimmed > leaf.start_mark.line and lines.is_blank(trimmed):
            trimmed -= 1
        yield _behind_comments(trimmed, lines, column)
    yield _behind_comments(last, lines, column)


def keeps_blank_lines(node: Any, lines: RawLines) -> bool:
    """Whether blank lines behind a node would become part of its text (YAML 1.2, section 8.1.1.2)."""
    leaf = last_leaf(node)
    if not is_scalar(leaf) or leaf.style not in ("|", ">"):
        return False
    begin = spot(leaf.start_mark)
    return "+" in lines.texts[begin.line][begin.column :].split("#")[0]


def _behind_comments(last: int, lines: RawLines, column: int) -> int:
    """The last of the comments below a line that stand deeper than a column."""
    for line in range(last + 1, len(lines.texts)):
        if lines.is_comment(line) and lines.indent(line) > column:
            last = line
        elif not lines.is_blank(line):
            break
    return last
