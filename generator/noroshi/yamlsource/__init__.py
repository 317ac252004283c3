"""The one place that reads YAML: bytes to text, text to data with the line of everything in it."""

from __future__ import annotations

from dataclasses import dataclass

from noroshi.problems import Place, Problem
from noroshi.yamlsource.encoding import UNPRINTABLE, read_text
from noroshi.yamlsource.nodes import HAS_C_LOADER, Mapping, Mark, Sequence, mark_of, read_nodes

__all__ = ["HAS_C_LOADER", "Document", "Mapping", "Sequence", "read_document"]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One content file's data, with the place of every key."""

    path: str
    data: Mapping | Sequence

    def place(self, *steps: str | int) -> Place:
        """Where the thing at ``steps`` stands (its key or item), or the nearest thing above it."""
        line, column = mark_of(self.data, steps)
        return Place(path=self.path, line=line, column=column)


def read_document(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """One content file: its document, or None where it cannot be read, and all the problems found.

    :param path: the file's path as problems should name it, relative to the site's folder
    :param data: the file's bytes; over 1 MiB is refused
    """
    text, problems = read_text(path, data)
    if text is None:
        return None, problems
    root, found = read_nodes(path, text)
    problems += found
    if root is None:
        if not found:
            problems.append(
                Problem(
                    place=Place(path=path),
                    rule="empty-file",
                    found="the file is empty",
                    allowed="a content file holds 'key: value' lines",
                    advice="write the record, or delete the file",
                )
            )
        return None, problems
    document = Document(path=path, data=root)
    if "\\" in text:
        problems += _escaped_characters(document)
    return document, problems


def _escaped_characters(document: Document) -> list[Problem]:
    """Control characters that only exist once an escape such as ``"\\a"`` is read."""
    problems: list[Problem] = []
    pending: list[tuple[object, Mark]] = [(document.data, (1, 1))]
    while pending:
        node, mark = pending.pop()
        if isinstance(node, Mapping):
            pending.extend((value, node.values_at[key]) for key, value in node.items())
            pending.extend((key, node.marks[key]) for key in node)
        elif isinstance(node, Sequence):
            pending.extend(zip(node, node.marks, strict=True))
        elif isinstance(node, str) and not node.isprintable() and (match := UNPRINTABLE.search(node)):
            problems.append(
                Problem(
                    place=Place(path=document.path, line=mark[0], column=mark[1]),
                    rule="control-character",
                    found=f"an escape here makes the character U+{ord(match[0]):04X}",
                    allowed="text holds printable characters, spaces, tabs and line ends",
                    advice="delete the escape",
                )
            )
    return problems
