"""Adding items to ``components.yaml`` while every byte that stands in it stays."""

from __future__ import annotations

import re
from pathlib import Path

from noroshi.problems import StatedError
from noroshi.writers.schema import schema_path
from noroshi.yamlsource import Sequence, read_document

_EMPTY_LIST = re.compile(rb"^\[[ \t]*\][ \t]*(\r?\n)?", re.MULTILINE)


def extended_list(place: Path, path: str, items: str) -> bytes:
    """The bytes of a list file with items added at its end.

    :param place: the file, which need not be there
    :param path: its name in messages
    :param items: the YAML of a block list
    :raises StatedError: the list is not written with ``- `` lines, so that nothing can be added to its text
    """
    if not place.is_file():
        return f"# yaml-language-server: $schema={schema_path('components')}\n{items}".encode()
    data = place.read_bytes()
    before = _items(path, data)
    if not before:
        data = _EMPTY_LIST.sub(b"", data, count=1)
    line_end = b"\r\n" if b"\r\n" in data else b"\n"
    indent = _indent(data) if before else ""
    added = "".join(f"{indent}{line}\n" if line else "\n" for line in items.splitlines()).encode()
    gap = b"" if not data or data.endswith(b"\n") else line_end
    extended = data + gap + added.replace(b"\n", line_end)
    if _items(path, extended) != [*before, *_items(path, items.encode())]:
        raise StatedError(
            f"{path}: the new components cannot be added to this list, for it is not written with '- ' lines; "
            f"write each component on a line that begins with '- ', and import again. To be added:\n{items}"
        )
    return extended


def _items(path: str, data: bytes) -> list[object]:
    """What the list holds; an empty list where the text is no list."""
    document, _ = read_document(path, data)
    return list(document.data) if document is not None and isinstance(document.data, Sequence) else []


def _indent(data: bytes) -> str:
    """The spaces before the list's items."""
    first = re.search(r"^( *)- ", data.decode("utf-8-sig"), re.MULTILINE)
    return first[1] if first else ""
