"""The single values of the format as JSON Schema that fits what an editor makes of them.

Our reader takes every scalar for text. An editor types unquoted ones (YAML 1.2, section 10.3.2): in ``title: 123``
it sees a number. So each type takes whatever an editor may see where the reader takes the text, and refuses what it
can of the rest. Nothing after a colon is null to an editor and refused by both; ``~`` and a plain ``null``, which the
reader takes for text, cannot be told from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

from pydantic import TypeAdapter

from noroshi.records import durations, texts, times, words
from noroshi.writers.field_notes import alias_note

Schema = dict[str, Any]

_TEXT: Schema = {
    "anyOf": [
        {"type": ["string", "number", "boolean"], "pattern": r"\S"},
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
            "additionalProperties": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
        },
    ]
}
_ADDRESS: Schema = {"type": "string", "pattern": r"^(https?://|mailto:)[^\s]+$"}
_NAME: Schema = {
    "type": ["string", "integer", "boolean"],
    "pattern": "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
    "minLength": 1,
    "maxLength": words.MAX_NAME,
    "minimum": 0,
}
_NUMBER: Schema = {
    "type": ["integer", "string"],
    "minimum": 1,
    "maximum": 999999,
    "pattern": "^[1-9][0-9]{0,5}$",
}

# By the name of the type, where it lives and what an editor should hold its values against; None keeps pydantic's.
_TYPES: Mapping[str, tuple[ModuleType, Schema | None]] = MappingProxyType(
    {
        "Text": (texts, _TEXT),
        "Name": (words, _NAME),
        "Word": (words, {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
        "Address": (words, _ADDRESS),
        "Flag": (words, {"enum": [True, False, "true", "false"]}),
        "Number": (words, _NUMBER),
        "Moment": (times, None),
        "Day": (times, None),
        "Deadline": (times, None),
        "TimeOfDay": (durations, None),
        "Period": (durations, None),
    }
)
# Several types of ours look alike to an editor.
_ALIKE: Mapping[str, str] = MappingProxyType({"Text": "Prose", "Address": "Contact"})
_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "Text": "A text in the site's first language, or texts by language: `{ja: …, en: …}`.",
        "Deadline": "A time, or a day that means its end in the site's zone.",
        "TimeOfDay": 'A time of day in the site\'s zone, such as `"23:00"`.',
        "Period": "A length of time: `30m`, `24h` or `5bd` (business days).",
        "Moment": "A time with its offset from UTC, such as `2026-06-18T21:40+09:00`.",
        "Day": "A calendar day, such as `2026-06-26`.",
        "Flag": "`true` or `false`.",
        "Number": "A whole number from 1.",
    }
)


@cache
def value_types() -> Mapping[str, Schema]:
    """The definition of each single value, by name."""
    return MappingProxyType(
        {
            name: {"description": _NOTES.get(name) or alias_note(module, _ALIKE.get(name, name))}
            | (_plain(name, module) if schema is None else schema)
            for name, (module, schema) in _TYPES.items()
        }
    )


def type_named(schema: Schema) -> str | None:
    """The name of the value type that pydantic describes so, or None where it is something else."""
    return _names().get(_bytes(schema))


@cache
def _names() -> Mapping[str, str]:
    return {_bytes(_plain(name, module)): name for name, (module, _) in _TYPES.items()}


def _plain(name: str, module: ModuleType) -> Schema:
    return TypeAdapter(getattr(module, _ALIKE.get(name, name))).json_schema()


def _bytes(schema: Schema) -> str:
    return json.dumps(schema, sort_keys=True)
