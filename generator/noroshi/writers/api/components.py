"""The components: what each is, how it is, and how it has been."""

from __future__ import annotations

from noroshi.snapshot.days import ComponentDay
from noroshi.snapshot.site import ComponentState, Snapshot
from noroshi.snapshot.uptime import Uptime
from noroshi.urls import component_path
from noroshi.writers.api import site_shapes as shapes
from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.parts import Names, document_bytes


def components_document(snapshot: Snapshot, names: Names) -> bytes:
    """All components, and how they have been."""
    needed: dict[str, list[str]] = {}
    for component in snapshot.settings.components:
        for other in component.depends_on:
            needed.setdefault(other, []).append(component.id)
    document: shapes.ComponentsDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "components",
        "today": snapshot.now.astimezone(snapshot.settings.site.zone).date().isoformat(),
        "components": [_component(each, needed.get(each.component.id, []), names) for each in snapshot.components],
    }
    return document_bytes(document)


def component_link(each: ComponentState, names: Names) -> shapes.ComponentLink:
    """A component in a list."""
    component = each.component
    return {
        "id": component.id,
        "name": names.texts(component.name),
        "level": each.level,
        "url": names.file(component_path(component.id)),
    }


def _component(each: ComponentState, needed_by: list[str], names: Names) -> shapes.Component:
    component = each.component
    return {
        **component_link(each, names),
        "description": names.told(component.description),
        "group": names.told(component.group),
        "environment": names.told(component.environment),
        "owner": component.owner,
        "depends_on": list(component.depends_on),
        "needed_by": needed_by,
        "because": [names.link(state) for state in each.because],
        "since": next((each.day.isoformat() for each in each.days if each.known), None),
        "days": [_day(day) for day in each.days if day.known and day.impaired],
        "uptime": _uptime(each.uptime),
    }


def _day(day: ComponentDay) -> shapes.ComponentDay:
    return {
        "day": day.day.isoformat(),
        "level": day.level,
        "impaired_seconds": int(day.impaired.total_seconds()),
    }


def _uptime(uptime: Uptime) -> shapes.Uptime:
    return {
        "hundredths": uptime.hundredths,
        "down_seconds": int(uptime.down.total_seconds()),
        "lengths": [{"level": level, "seconds": int(length.total_seconds())} for level, length in uptime.spent],
        "lasting": uptime.lasting,
        "start_unknown": uptime.start_unknown,
        "length_unknown": uptime.length_unknown,
        "imported": uptime.imported,
    }
