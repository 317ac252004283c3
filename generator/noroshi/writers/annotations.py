"""Annotations of a workflow on GitHub: a command on a line of its own, shown at a line of a file.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from urllib.parse import quote

from noroshi.problems import Place


def annotation(level: str, place: Place, title: str, said: str) -> str:
    """A command that annotates a place; its data and properties are percent-encoded.

    :param level: error, warning or notice
    """
    file, title = _encoded(place.shown_path, ":,"), _encoded(title, ":,")
    return f"::{level} file={file},line={place.line},col={place.column},title={title}::{_encoded(said, '')}"


def _encoded(text: str, more: str) -> str:
    return "".join(quote(char) if char in "%\r\n" + more else char for char in text)
