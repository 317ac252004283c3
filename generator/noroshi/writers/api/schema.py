"""JSON Schema (draft 2020-12) of the API's documents, made of the types that they are written with.

https://json-schema.org/draft/2020-12/json-schema-core
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.list_shapes import ActionsDocument, ActionYearDocument, MonthDocument, MonthsDocument
from noroshi.writers.api.matter_shapes import CommitmentDocument, IncidentDocument, MaintenanceDocument
from noroshi.writers.api.record_shapes import RecordDocument
from noroshi.writers.api.site_shapes import ComponentsDocument, IndexDocument
from noroshi.writers.api.values import Value
from noroshi.writers.field_notes import alias_note, class_note, typed_dict_notes

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: Mapping[str, type] = {
    "index": IndexDocument,
    "components": ComponentsDocument,
    "actions": ActionsDocument,
    "action_year": ActionYearDocument,
    "months": MonthsDocument,
    "month": MonthDocument,
    "record": RecordDocument,
    "incident": IncidentDocument,
    "maintenance": MaintenanceDocument,
    "commitment": CommitmentDocument,
}
"""The shape of each document, by what its key `document` says."""

_PLAIN = {str: "string", int: "integer", bool: "boolean"}


def write_schema() -> bytes:
    """The schema, as the bytes of a file; the same for every site."""
    try:
        schema = make_schema()
    except OSError:  # installed without its source, where the words stand: a build goes out without them
        schema = make_schema(words=False)
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def make_schema(*, words: bool = True) -> Schema:
    """The schema of all documents: each is that of one kind, which its key `document` names.

    Objects are closed: a document of this version holds every key that stands here, and no other.

    :param words: whether to say what each key and each object is
    :raises OSError: the package was installed without its source, where these words stand
    """
    definitions = _Definitions(words=words)
    shapes = [definitions.schema(shape) for shape in DOCUMENTS.values()]
    return {
        "$schema": DIALECT,
        "title": f"Noroshi's API, version {FORMAT}",
        "oneOf": shapes,
        "$defs": dict(sorted(definitions.known.items())),
    }


class _Definitions:
    """The schemas of types; what has a name is told once, and named."""

    def __init__(self, *, words: bool) -> None:
        self.known: dict[str, Schema] = {}
        self._words = words
        self._meant: dict[str, Any] = {}

    def schema(self, kind: Any) -> Schema:
        """A type's schema."""
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._named(arguments[1].name, arguments[1], lambda: self._value(*arguments))
        if origin in (Union, UnionType):
            return {"anyOf": [self.schema(arm) for arm in arguments]}
        if origin is list:
            return {"type": "array", "items": self.schema(arguments[0])}
        if origin is dict:
            keys = {} if arguments[0] is str else {"propertyNames": self.schema(arguments[0])}
            return {"type": "object", **keys, "additionalProperties": self.schema(arguments[1])}
        if origin is Literal:
            return {"const": arguments[0]}
        if kind is NoneType:
            return {"type": "null"}
        if is_typeddict(kind):
            return self._named(kind.__name__, kind, lambda: self._object(kind))
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self._named(kind.__name__, kind, lambda: self._choice(kind))
        return {"type": _PLAIN[kind]}

    def _named(self, name: str, meant: Any, make: Callable[[], Schema]) -> Schema:
        if self._meant.setdefault(name, meant) is not meant:
            raise RuntimeError(f"two types of the API are called {name}")
        if name not in self.known:
            self.known[name] = {}  # taken, while what it holds is told
            self.known[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _value(self, plain: Any, value: Value) -> Schema:
        return {"description": value.note, **self.schema(plain), **value.schema}

    def _choice(self, kind: type[StrEnum]) -> Schema:
        return self._note(lambda: class_note(kind)) | {"enum": [each.value for each in kind]}

    def _object(self, shape: type) -> Schema:
        """A typed dictionary: every key is there, and no other."""
        notes = typed_dict_notes(shape) if self._words else {}
        properties = {}
        for key, kind in get_type_hints(shape, include_extras=True).items():
            properties[key] = ({"description": notes[key]} if key in notes else {}) | self.schema(kind)
        return {
            **self._note(lambda: class_note(shape) or alias_note(sys.modules[shape.__module__], shape.__name__)),
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def _note(self, find: Callable[[], str]) -> Schema:
        return {"description": find()} if self._words else {}
