"""The documents of Statuspage's read API (v2) as a JSON Schema, told from its public documentation in our own words.

Every key is required and no other is allowed, but where the documents of public pages differ among themselves.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
NULL: Schema = {"type": "null"}
# With milliseconds and an offset: clients parse it with fixed patterns.
STAMP: Schema = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$",
}


def _object(optional: tuple[str, ...] = (), **keys: Schema) -> Schema:
    required = [key for key in keys if key not in optional]
    return {"type": "object", "properties": keys, "required": required, "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, NULL]}


def _one_of(*words: str) -> Schema:
    return {"enum": list(words)}


def _list(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


IMPACT = _one_of("none", "minor", "major", "critical", "maintenance")
LEVEL = _one_of("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance")
INCIDENT_STATUS = _one_of("investigating", "identified", "monitoring", "resolved", "postmortem")
WORK_STATUS = _one_of("scheduled", "in_progress", "verifying", "completed")

PAGE = _object(
    id=TEXT, name=TEXT, url={"type": "string", "pattern": "^https?://.*[^/]$"}, time_zone=TEXT, updated_at=STAMP
)

STATUS = _object(
    indicator=IMPACT,
    description=_one_of(
        "All Systems Operational",
        "Major System Outage",
        "Partial System Outage",
        "Minor Service Outage",
        "Degraded System Service",
        "Partially Degraded Service",
        "Service Under Maintenance",
    ),
)

COMPONENT = _object(
    ("components",),
    id=TEXT,
    name=TEXT,
    status=LEVEL,
    created_at=STAMP,
    updated_at=STAMP,
    position={"type": "integer", "minimum": 1},
    description=_or_null(TEXT),
    showcase={"type": "boolean"},
    start_date=_or_null({"type": "string", "format": "date"}),
    group_id=_or_null(TEXT),
    page_id=TEXT,
    group={"type": "boolean"},
    only_show_if_degraded={"type": "boolean"},
    components=_list(TEXT, 1),
) | {
    # A group names its components and stands in no other; nothing else names any.
    "if": {"properties": {"group": {"const": True}}},
    "then": {"required": ["components"], "properties": {"group_id": NULL}},
    "else": {"properties": {"components": False}},
}

AFFECTED = _object(code=TEXT, name=TEXT, old_status=LEVEL, new_status=LEVEL)


def _update(status: Schema) -> Schema:
    return _object(
        id=TEXT,
        status=status,
        body=TEXT,
        incident_id=TEXT,
        created_at=STAMP,
        updated_at=STAMP,
        display_at=STAMP,
        affected_components=_or_null(_list(AFFECTED, 1)),
        deliver_notifications={"type": "boolean"},
        custom_tweet=_or_null(TEXT),
        tweet_id=_or_null(TEXT),
    )


def _incident(status: Schema, impact: Schema, over: tuple[str, ...], **more: Schema) -> Schema:
    keys = _object(
        id=TEXT,
        name=TEXT,
        status=status,
        created_at=STAMP,
        updated_at=STAMP,
        monitoring_at=_or_null(STAMP),
        resolved_at=_or_null(STAMP),
        impact=impact,
        shortlink={"type": "string", "format": "uri", "pattern": "^https?://"},
        started_at=STAMP,
        page_id=TEXT,
        incident_updates=_list(_update(status), 1),
        components=_list(COMPONENT),
        reminder_intervals=NULL,
        **more,
    )
    return keys | {
        "if": {"properties": {"status": _one_of(*over)}},
        "then": {"properties": {"resolved_at": STAMP}},
        "else": {"properties": {"resolved_at": NULL}},
    }


INCIDENT = _incident(INCIDENT_STATUS, _one_of("none", "minor", "major", "critical"), ("resolved", "postmortem"))
WORK = _incident(WORK_STATUS, IMPACT, ("completed",), scheduled_for=STAMP, scheduled_until=STAMP)


def _only(status: tuple[str, ...], part: Schema) -> Schema:
    return {"allOf": [part, {"properties": {"status": _one_of(*status)}}]}


_UNRESOLVED = _only(("investigating", "identified", "monitoring"), INCIDENT)
_CURRENT = _only(("scheduled", "in_progress", "verifying"), WORK)

DOCUMENTS: dict[str, Schema] = {
    "summary.json": _object(
        page=PAGE,
        components=_list(COMPONENT),
        incidents=_list(_UNRESOLVED),
        scheduled_maintenances=_list(_CURRENT),
        status=STATUS,
    ),
    "status.json": _object(page=PAGE, status=STATUS),
    "components.json": _object(page=PAGE, components=_list(COMPONENT)),
    "incidents.json": _object(page=PAGE, incidents=_list(INCIDENT)),
    "incidents/unresolved.json": _object(page=PAGE, incidents=_list(_UNRESOLVED)),
    "scheduled-maintenances.json": _object(page=PAGE, scheduled_maintenances=_list(WORK)),
    "scheduled-maintenances/upcoming.json": _object(
        page=PAGE, scheduled_maintenances=_list(_only(("scheduled",), WORK))
    ),
    "scheduled-maintenances/active.json": _object(
        page=PAGE, scheduled_maintenances=_list(_only(("in_progress", "verifying"), WORK))
    ),
}
"""By the path below ``api/v2/``."""

_VALIDATORS = {name: Draft202012Validator(schema, format_checker=FormatChecker()) for name, schema in DOCUMENTS.items()}


def faults(name: str, document: object) -> list[str]:
    """What is wrong with a document, by its path below ``api/v2/``."""
    return [f"{name} {error.json_path}: {error.message[:200]}" for error in _VALIDATORS[name].iter_errors(document)]
