"""JSON Schema (draft 2020-12) of the content files, for editors that complete and check while people type.

It is made from the record types alone, so it knows every key that the reader knows and no other.
https://json-schema.org/draft/2020-12/json-schema-core
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, cast

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import WithDefaultSchema

from noroshi.records.base import Record
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.settings import Client, Component, Policy, Risk
from noroshi.records.site import FORMAT, Site
from noroshi.records.template import Template
from noroshi.writers.field_notes import class_note, field_notes
from noroshi.writers.format_words import choice_notes, in_both
from noroshi.writers.schema_types import Schema, type_named, value_types

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schema"
"""Where a site keeps its schemas, below ``content/``."""


@dataclass(frozen=True, kw_only=True)
class SchemaSubject:
    """A kind of content file."""

    model: type[Record]
    file: str
    """Where such files stand, below ``content/``."""
    listing: bool = False
    """Whether the file holds a list of the records."""

    @property
    def note(self) -> str:
        """What it is, in a sentence."""
        return class_note(self.model)


class _PlainDefaults(GenerateJsonSchema):
    """Tells defaults that are words; the others are records of defaults, told at their own fields."""

    def default_schema(self, schema: WithDefaultSchema) -> Schema:
        if isinstance(schema.get("default"), str | bool):
            return super().default_schema(schema)
        return self.generate_inner(schema["schema"])


SUBJECTS: Mapping[str, SchemaSubject] = MappingProxyType(
    {
        "site": SchemaSubject(model=Site, file="site.yaml"),
        "components": SchemaSubject(model=Component, file="components.yaml", listing=True),
        "clients": SchemaSubject(model=Client, file="clients.yaml", listing=True),
        "policy": SchemaSubject(model=Policy, file="policy.yaml", listing=True),
        "risks": SchemaSubject(model=Risk, file="risks.yaml", listing=True),
        "incident": SchemaSubject(model=Incident, file="incidents/<year>/<id>.yaml"),
        "maintenance": SchemaSubject(model=Maintenance, file="maintenance/<year>/<id>.yaml"),
        "commitment": SchemaSubject(model=Commitment, file="commitments/<year>/<id>.yaml"),
        "template": SchemaSubject(model=Template, file="templates/<name>.yaml"),
    }
)
"""The schemas there are, by name, in the order in which people meet the files."""


def schema_path(name: str) -> str:
    """A schema's file, relative to ``content/``."""
    return f"{FOLDER}/{name}.schema.json"


def write_schema(name: str) -> bytes:
    """The schema of one kind of file, as the bytes of a JSON document; the same bytes each time.

    :raises KeyError: there is none of that name
    :raises OSError: the package was installed without its source, where the words for the fields stand
    """
    return (json.dumps(make_schema(name), ensure_ascii=False, indent=2) + "\n").encode()


def make_schema(name: str) -> Schema:
    """The schema of one kind of file, one of :data:`SUBJECTS`.

    :raises KeyError: there is none of that name
    :raises OSError: the package was installed without its source
    """
    subject = SUBJECTS[name]
    made = subject.model.model_json_schema(schema_generator=_PlainDefaults)
    models = _models(subject.model)
    used: set[str] = set()
    definitions = {key: _tidied(part, models.get(key), used) for key, part in made.pop("$defs", {}).items()}
    root = _tidied(made, subject.model, used)
    if subject.listing:
        definitions[subject.model.__name__] = root
        # To an editor a file that holds nothing but comments holds null; to us it is an empty list.
        root = {"type": ["array", "null"], "items": {"$ref": f"#/$defs/{subject.model.__name__}"}}
    definitions |= {key: dict(value_types()[key]) for key in used}
    title = f"Noroshi, format {FORMAT}: content/{subject.file}"
    whole = {"$schema": DIALECT} | root | {"title": title, "$defs": dict(sorted(definitions.items()))}
    return cast(Schema, in_both(whole))


def _models(root: type[Record]) -> dict[str, type]:
    """Every record and choice type that ``root`` can hold, by its name: names are unique over the format."""
    found: dict[str, type] = {}
    pending: list[Any] = [root]
    while pending:
        kind = pending.pop()
        if not isinstance(kind, type) or not issubclass(kind, Record | StrEnum):
            pending += getattr(kind, "__args__", ())
        elif kind.__name__ not in found:
            found[kind.__name__] = kind
            pending += [field.annotation for field in getattr(kind, "model_fields", {}).values()]
    return found


def _tidied(schema: Schema, model: type | None, used: set[str]) -> Schema:
    """A record's or a choice's schema with its words, and its values by the names of their types."""
    tidy: Schema = {"title": _spaced(schema.get("title", "")), "description": ""}
    if model is not None:
        tidy["description"] = class_note(model)
    notes = field_notes(model) if isinstance(model, type) and issubclass(model, Record) else {}
    aliases = {field.alias or key: key for key, field in getattr(model, "model_fields", {}).items()}
    for key, value in schema.items():
        if key == "properties":
            tidy[key] = {
                name: _described(notes.get(aliases.get(name, name), ""), _value(part, used))
                for name, part in value.items()
            }
        elif key not in ("title", "description"):
            tidy[key] = value
    if isinstance(model, type) and issubclass(model, StrEnum) and "enum" in tidy and (called := choice_notes(model)):
        # No keyword of JSON Schema: the language servers of YAML and JSON show it beside each word.
        tidy["markdownEnumDescriptions"] = called
    return {key: value for key, value in tidy.items() if value != ""}


def _described(note: str, schema: Schema) -> Schema:
    return {"description": note} | schema if note else schema


def _value(schema: Schema, used: set[str]) -> Schema:
    """A field's value: known types by reference, no null (nobody can write it), no title that repeats the key."""
    schema = {key: value for key, value in schema.items() if key not in ("title", "description")}
    kept: Schema = {"default": schema.pop("default")} if "default" in schema else {}
    if "anyOf" in schema and {"type": "null"} in schema["anyOf"]:
        arms = [arm for arm in schema["anyOf"] if arm != {"type": "null"}]
        schema = arms[0] if len(arms) == 1 else schema | {"anyOf": arms}
    name = type_named(schema)
    if name is not None:
        used.add(name)
        return {"$ref": f"#/$defs/{name}"} | kept
    if schema.get("const") == FORMAT:
        return {"enum": [FORMAT, str(FORMAT)]}
    if "format" in schema:
        # The one bare format left: a tag's authority, which may be an address of mail as well (RFC 4151, 2.1).
        del schema["format"]
        schema |= {"type": ["string", "number"], "pattern": "^([a-z0-9._-]+@)?[a-z0-9.-]+$"}
    if "oneOf" in schema:
        # The arms differ by shape; as `anyOf` an editor tells what the nearest one misses.
        schema["anyOf"] = schema.pop("oneOf")
    if "anyOf" in schema:
        schema["anyOf"] = [_value(arm, used) for arm in schema["anyOf"]]
    if isinstance(schema.get("items"), dict):
        schema["items"] = _value(schema["items"], used)
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        schema["additionalProperties"] = _value(schema["additionalProperties"], used)
    if "patternProperties" in schema:
        ((_, value),) = schema.pop("patternProperties").items()
        used.add("Name")
        schema |= {"propertyNames": {"$ref": "#/$defs/Name"}, "additionalProperties": _value(value, used)}
    return schema | kept


def _spaced(name: str) -> str:
    """A class's name as words: ``IncidentReport`` is ``Incident report``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.rsplit(".", 1)[-1].lstrip("_"))
    return words[:1] + words[1:].lower()
