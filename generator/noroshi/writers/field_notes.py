"""The words that stand under fields and types in the source, for people who meet them in an editor.

They are parsed only when a schema is made: pydantic's own way (``use_attribute_docstrings``) reads the source at
every import.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import NamedTuple, TypedDict

from pydantic import BaseModel


def class_note(kind: type) -> str:
    """The first paragraph of a class's docstring, or an empty string.

    It is read from the source like the others: Python drops docstrings when it is asked to (``-OO``).

    :raises OSError: the package was installed without its source
    """
    written = _written(sys.modules[kind.__module__]).get(kind.__qualname__)
    return written.note if written else ""


def field_notes(model: type[BaseModel]) -> dict[str, str]:
    """By field name, the string under the field, inherited ones included.

    :raises OSError: the package was installed without its source
    """
    notes: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            written = _written(sys.modules[kind.__module__]).get(kind.__qualname__)
            notes.update(written.fields if written else {})
    return notes


def typed_dict_notes(kind: type) -> dict[str, str]:
    """By key, the string under it in a typed dictionary, inherited ones included.

    :raises OSError: the package was installed without its source
    """
    module, notes = sys.modules[kind.__module__], dict[str, str]()
    written = _written(module).get(kind.__name__)
    if written is None:
        return notes  # made by a call, and not by a class statement
    for base in written.bases:  # the class itself forgets them
        parent = getattr(module, base)
        if parent is not TypedDict:
            notes.update(typed_dict_notes(parent))
    return notes | dict(written.fields)


def alias_note(module: ModuleType, name: str) -> str:
    """The string under a module's assignment, such as a type alias, or an empty string."""
    return dict(_noted(ast.parse(inspect.getsource(module)).body)).get(name, "")


class _Written(NamedTuple):
    """What the source says of a class."""

    note: str
    bases: tuple[str, ...]
    """Their names."""
    fields: Mapping[str, str]


@cache
def _written(module: ModuleType) -> Mapping[str, _Written]:
    """The classes of a module, by name."""
    return {
        node.name: _Written(
            note=_as_markdown((ast.get_docstring(node) or "").split("\n\n")[0]),
            bases=tuple(base.id for base in node.bases if isinstance(base, ast.Name)),
            fields=dict(_noted(node.body)),
        )
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef)
    }


def _noted(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Each assigned name that has a string right under it."""
    for statement, below in pairwise(body):
        match statement, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(note))),
            ):
                yield name, _as_markdown(inspect.cleandoc(note))


def _as_markdown(note: str) -> str:
    """On one line; ``code`` in one backtick, as the Markdown that editors show has it."""
    return re.sub(r"``([^`]+)``", r"`\1`", " ".join(note.split()))
