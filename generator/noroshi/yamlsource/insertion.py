"""Adding an item to a list of a YAML text without touching a byte of it: comments, quotes, order and line ends stay.

Where the item goes is read off the parser's marks; whether it got there is read off the whole text, read again.
What one style cannot take (blank lines that belong to a text above) another may, so several are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent
from typing import Any, TypeAlias

import yaml

from noroshi.problems import StatedError
from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import Emittable, emit
from noroshi.yamlsource.flow import emit_flow
from noroshi.yamlsource.flow_insertion import Addition, into_empty_value, into_flow
from noroshi.yamlsource.nodes import HAS_C_LOADER
from noroshi.yamlsource.raw_lines import RawLines
from noroshi.yamlsource.tails import is_nothing, keeps_blank_lines, last_lines

_Loader: Any = yaml.CSafeLoader if HAS_C_LOADER else yaml.SafeLoader

Additions: TypeAlias = Sequence[Addition]


class InsertionError(StatedError):
    """The item cannot be added by the program; the message says why, and what to do."""


def append_item(data: bytes, key: str, item: Emittable) -> bytes:
    """The text with an item more at the end of the list at a key of its top level, which is made where it is missing.

    Bytes are only added. Read again it is the old data and the item; a last line without its end gets one where the
    item follows it, and counts as if it had had one.

    :param data: a content file's bytes, a mapping at the top
    :raises InsertionError: that cannot be done; nothing is lost
    :raises TypeError: something in the item is neither text, mapping nor sequence
    """
    by_hand = f"add it at the end of {key!r} in an editor"
    old = _read(data)
    if old is None:
        raise InsertionError("the file cannot be read; mend it first ('noroshi check' tells its problems)")
    if not isinstance(old, Mapping):
        raise InsertionError(f"a list stands at the top of the file; {by_hand}")
    lines = RawLines(data)
    root: Any = yaml.compose("\n".join(lines.texts), Loader=_Loader)
    found = next(((name, value) for name, value in root.value if name.value == key), None)
    if found is not None and found[1].id != "sequence" and not is_nothing(found[1]):
        raise InsertionError(f"{key!r} holds no list; make it one, its items behind '- ', and {by_hand}")
    _check_item(key, item)
    for additions in _ways(root, found, key, item, lines):
        new = _with(data, additions)
        if _holds(data, new, additions, key, item):
            return new
    raise InsertionError(f"the file is written in a way to which nothing can be added safely; {by_hand}")


def _read(data: bytes) -> Any:
    """The data of a text; None where anything is wrong with it."""
    document, problems = read_document("", data)
    return None if document is None or problems else document.data


def _check_item(key: str, item: Emittable) -> None:
    """Refuse what no file of content may hold.

    :raises InsertionError: it holds characters that no content file may
    """
    try:
        text = emit({key: [item]})
    except ValueError as error:  # half of a surrogate pair
        raise InsertionError(f"this cannot be written: {error}; delete it") from None
    problems = read_document("", text.encode())[1]
    if problems:
        raise InsertionError(f"this cannot be written: {problems[0].message}")


def _ways(root: Any, found: tuple[Any, Any] | None, key: str, item: Emittable, lines: RawLines) -> Iterator[Additions]:
    """The ways in which the item can be added, the likeliest first."""
    inline = emit_flow(item)
    if found is not None and found[1].id == "sequence" and found[1].flow_style:
        yield into_flow(found[1], inline, lines)
    elif root.flow_style:
        if found is None:
            yield into_flow(root, f"{emit_flow(key)}: [{inline}]", lines)
        else:
            yield into_empty_value(*found, f"[{inline}]", lines)
    elif found is None:
        column = root.start_mark.column
        for text in (emit({key: [item]}), f"{emit(key).strip()}:\n  - {inline}\n"):
            yield from _below(root, column, text, lines)
    elif is_nothing(found[1]):
        column = found[0].start_mark.column
        for text in (emit([item]), f"- {inline}\n"):
            yield from _below(found[1], column, indent(text, "  "), lines)
    else:
        column = found[1].start_mark.column
        space = "\n" if _is_spaced(found[1], lines) else ""
        for text in (space + emit([item]), emit([item]), f"- {inline}\n"):
            yield from _below(found[1], column, text, lines)


def _below(node: Any, column: int, text: str, lines: RawLines) -> Iterator[Additions]:
    """A text of lines at a column, below the lines of a node."""
    ended = lines.line_end.join(line.encode() for line in indent(text, " " * column).split("\n"))
    for line in last_lines(node, lines, column):
        unended = line == len(lines.texts) - 1
        yield [(lines.behind(line), lines.line_end + ended if unended else ended)]


def _is_spaced(node: Any, lines: RawLines) -> bool:
    """Whether a blank line stands before the last of several items, as it then should before the next."""
    if len(node.value) < 2 or keeps_blank_lines(node, lines):
        return False
    line: int = node.value[-1].start_mark.line
    while line > 0 and lines.texts[line][node.start_mark.column : node.start_mark.column + 1] != "-":
        line -= 1
    return line > 0 and lines.is_blank(line - 1)


def _with(data: bytes, additions: Additions) -> bytes:
    """The bytes with what is added to them."""
    pieces, done = [], 0
    for offset, added in additions:
        pieces += [data[done:offset], added]
        done = offset
    return b"".join([*pieces, data[done:]])


def _holds(data: bytes, new: bytes, additions: Additions, key: str, item: Emittable) -> bool:
    """Whether the new text, read again, is the old data and the item."""
    if additions[0][0] == len(data) and not data.endswith((b"\n", b"\r")):
        data += b"\n"  # a text block that ends with the file counts its last line's end only where it is there
    old, found = _read(data), _read(new)
    if old is None or found is None:
        return False
    before = old.get(key) or []
    return list(found) == [*old, *([] if key in old else [key])] and found == {**old, key: [*before, plain(item)]}


def plain(item: Emittable) -> Any:
    """The item in the lists and mappings that a reader makes."""
    if isinstance(item, str):
        return item
    if isinstance(item, Mapping):
        return {name: plain(value) for name, value in item.items()}
    return [plain(value) for value in item]
