"""The words that stand under fields and types in the source, for people who meet them in an editor.

They are parsed only when a schema is made: pydantic's own way (``use_attribute_docstrings``) reads the source at
every import.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import TypedDict

from pydantic import BaseModel


def class_note(kind: type) -> str:
    """The first paragraph of a class's docstring, or an empty string."""
    note = inspect.cleandoc(kind.__doc__ or "")
    return _as_markdown(note.split("\n\n")[0])


def field_notes(model: type[BaseModel]) -> dict[str, str]:
    """By field name, the string under the field, inherited ones included.

    :raises OSError: the package was installed without its source
    """
    notes: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            notes.update(_class_bodies(sys.modules[kind.__module__]).get(kind.__qualname__, {}))
    return notes


def typed_dict_notes(kind: type) -> dict[str, str]:
    """By key, the string under it in a typed dictionary, inherited ones included.

    :raises OSError: the package was installed without its source
    """
    module, notes = sys.modules[kind.__module__], dict[str, str]()
    for base in _class_bases(module).get(kind.__name__, ()):  # the class itself forgets them
        parent = getattr(module, base)
        if parent is not TypedDict:
            notes.update(typed_dict_notes(parent))
    return notes | dict(_class_bodies(module).get(kind.__name__, {}))


def alias_note(module: ModuleType, name: str) -> str:
    """The string under a module's assignment, such as a type alias, or an empty string."""
    return dict(_noted(ast.parse(inspect.getsource(module)).body)).get(name, "")


@cache
def _class_bodies(module: ModuleType) -> Mapping[str, Mapping[str, str]]:
    tree = ast.parse(inspect.getsource(module))
    return {node.name: dict(_noted(node.body)) for node in tree.body if isinstance(node, ast.ClassDef)}


@cache
def _class_bases(module: ModuleType) -> Mapping[str, Sequence[str]]:
    tree = ast.parse(inspect.getsource(module))
    return {
        node.name: [base.id for base in node.bases if isinstance(base, ast.Name)]
        for node in tree.body
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
