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
    """The schema, as the bytes of a file; the same for every site.

    :raises OSError: the package was installed without its source, where the words for the fields stand
    """
    return (json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n").encode()


def make_schema() -> Schema:
    """The schema of all documents: each is that of one kind, which its key `document` names.

    Objects are closed: a document of this version holds every key that stands here, and no other.

    :raises OSError: the package was installed without its source
    """
    known: dict[str, Schema] = {}
    shapes = [_schema(shape, known) for shape in DOCUMENTS.values()]
    return {
        "$schema": DIALECT,
        "title": f"Noroshi's API, version {FORMAT}",
        "oneOf": shapes,
        "$defs": dict(sorted(known.items())),
    }


def _schema(kind: Any, known: dict[str, Schema]) -> Schema:
    """A type's schema. What has a name is told in ``known``, and named."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        value: Value = arguments[1]
        return _named(
            value.name, lambda: {"description": value.note, **_schema(arguments[0], known), **value.schema}, known
        )
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(arm, known) for arm in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], known)}
    if origin is dict:
        keys = {} if arguments[0] is str else {"propertyNames": _schema(arguments[0], known)}
        return {"type": "object", **keys, "additionalProperties": _schema(arguments[1], known)}
    if origin is Literal:
        return {"const": arguments[0]}
    if kind is NoneType:
        return {"type": "null"}
    if is_typeddict(kind):
        return _named(kind.__name__, lambda: _object(kind, known), known)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _named(
            kind.__name__, lambda: {"description": class_note(kind), "enum": [each.value for each in kind]}, known
        )
    return {"type": _PLAIN[kind]}


def _named(name: str, make: Callable[[], Schema], known: dict[str, Schema]) -> Schema:
    if name not in known:
        known[name] = {}  # taken, while what it holds is told
        known[name] = make()
    return {"$ref": f"#/$defs/{name}"}


def _object(shape: type, known: dict[str, Schema]) -> Schema:
    """A typed dictionary: every key is there, and no other."""
    notes = typed_dict_notes(shape)
    keys = get_type_hints(shape, include_extras=True)
    properties = {
        key: ({"description": notes[key]} if key in notes else {}) | _schema(kind, known) for key, kind in keys.items()
    }
    note = class_note(shape) or alias_note(sys.modules[shape.__module__], shape.__name__)
    return {
        "description": note,
        "type": "object",
        "properties": properties,
        "required": list(keys),
        "additionalProperties": False,
    }
