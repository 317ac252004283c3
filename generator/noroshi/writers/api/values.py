"""The single values of the API's documents, each with what a reader may rely on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, TypedDict

from noroshi.records.words import MAX_NAME


@dataclass(frozen=True, kw_only=True, eq=False)
class Value:
    """What the schema says of a single value beyond its type. It stands in the type, for schemas alone."""

    name: str
    note: str
    schema: dict[str, Any]
    """Keywords of JSON Schema."""


_LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_TEXTS: dict[str, Any] = {"minProperties": 1, "propertyNames": {"pattern": _LANGUAGE}}

Moment: TypeAlias = Annotated[
    str,
    Value(
        name="Moment",
        note="A time in UTC (RFC 3339), such as `2026-06-18T12:40:00Z`.",
        schema={"format": "date-time", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"},
    ),
]
Day: TypeAlias = Annotated[
    str,
    Value(
        name="Day",
        note="A day in the site's zone, such as `2026-06-26`.",
        schema={"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    ),
]
Deadline: TypeAlias = Annotated[
    str,
    Value(
        name="Deadline",
        note="A time in UTC or, as it was promised, a day, which means the end of that day in the site's zone.",
        schema={"pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$"},
    ),
]
Month: TypeAlias = Annotated[
    str,
    Value(name="Month", note="A month in the site's zone, such as `2026-06`.", schema={"pattern": r"^\d{4}-\d{2}$"}),
]
Year: TypeAlias = Annotated[
    str, Value(name="Year", note="A year in the site's zone, such as `2026`.", schema={"pattern": r"^\d{4}$"})
]
Length: TypeAlias = Annotated[
    str,
    Value(
        name="Length",
        note="A length of time as it was promised: minutes `30m`, hours `24h` or business days `5bd`.",
        schema={"pattern": "^[0-9]+(m|h|bd)$"},
    ),
]
Id: TypeAlias = Annotated[
    str,
    Value(
        name="Id",
        note="The name of a matter, component, action or client; it never changes.",
        schema={"pattern": "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", "maxLength": MAX_NAME},
    ),
]
Address: TypeAlias = Annotated[
    str, Value(name="Address", note="An absolute address.", schema={"pattern": "^(https?|mailto):"})
]
Guid: TypeAlias = Annotated[
    str,
    Value(
        name="Guid",
        note="A permanent name (RFC 4151), the same as in the feeds; it survives a move of the site.",
        schema={"pattern": "^tag:"},
    ),
]
Language: TypeAlias = Annotated[
    str, Value(name="Language", note="A language (RFC 5646), such as `ja`.", schema={"pattern": _LANGUAGE})
]
Texts: TypeAlias = Annotated[
    dict[str, str], Value(name="Texts", note="Plain text by language; at least one is there.", schema=_TEXTS)
]
Markdown: TypeAlias = Annotated[
    dict[str, str],
    Value(
        name="Markdown",
        note="Markdown by language, as it was written; at least one is there. HTML in it is text, not markup.",
        schema=_TEXTS,
    ),
]

Span = TypedDict("Span", {"from": Moment, "until": Moment})
"""From one time until another."""
