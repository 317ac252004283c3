"""An incident with its updates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from noroshi.records.content import Entry
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.writers.statuspage.component import Component
from noroshi.writers.statuspage.progress import Told, Word, reached, status_word, told_of
from noroshi.writers.statuspage.scope import Scope
from noroshi.writers.statuspage.update import IncidentUpdate, first_update, update_parts


class Incident(TypedDict):
    """An incident; planned work has the same keys and more."""

    id: str
    name: str
    status: Word
    created_at: str
    """Of its first report."""
    updated_at: str
    monitoring_at: str | None
    resolved_at: str | None
    """Set where, and only where, it is resolved."""
    impact: str
    shortlink: str
    """Its page."""
    started_at: str
    """When it really began; as with Statuspage that of its first report, where that is not known."""
    page_id: str
    incident_updates: list[IncidentUpdate]
    """Newest first; never empty."""
    components: list[Component]
    """As they are now."""
    reminder_intervals: None


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What all matters of one build are told with."""

    scope: Scope
    terms: Terms
    """What policy promises readers."""
    components: Mapping[str, Component]
    """How each is now, by its id."""


def incident_part(entry: Entry, state: State, telling: Telling) -> Incident:
    """An incident."""
    told = told_of(entry, state)
    impact = state.severity.value if state.severity else "none"
    part = matter_part(entry, state, told, impact, telling)
    monitoring = reached(told, "monitoring", "resolved")
    part["monitoring_at"] = telling.scope.stamp(monitoring) if monitoring else None
    return part


def matter_part(entry: Entry, state: State, told: tuple[Told, ...], impact: str, telling: Telling) -> Incident:
    """What incidents and planned work have alike."""
    scope = telling.scope
    written = state.reports[0].at if state.reports else min(state.began_at, scope.since)
    status = told[-1].status if told else status_word(state, state.phase, cause_known=False)
    over = _over_at(state, told, written)
    return {
        "id": state.id,
        "name": scope.words(state.title),
        "status": status,
        "created_at": scope.stamp(written),
        "updated_at": scope.stamp(state.updated_at if state.reports else written),
        "monitoring_at": None,
        "resolved_at": scope.stamp(over) if over else None,
        "impact": impact,
        "shortlink": scope.page_of(state.kind, state.id),
        "started_at": scope.stamp(state.started_at or written),
        "page_id": scope.page_id,
        "incident_updates": update_parts(entry, told, telling.terms, scope)
        or [first_update(state, status, written, scope)],
        "components": [telling.components[name] for name in state.components if name in telling.components],
        "reminder_intervals": None,
    }


def _over_at(state: State, told: tuple[Told, ...], written: datetime) -> datetime | None:
    """When it was resolved or completed: told so by a report or, of what was imported, by its source."""
    if not state.phase.over:
        return None
    return reached(told, "resolved" if state.severity is not None else "completed") or state.ended_at or written
