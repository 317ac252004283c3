"""Planned work with its updates: an incident with a planned time."""

from __future__ import annotations

from noroshi.records.content import Entry
from noroshi.snapshot.state import State
from noroshi.writers.statuspage.incident import Incident, Telling, matter_part
from noroshi.writers.statuspage.progress import told_of


class ScheduledMaintenance(Incident):
    """Planned work."""

    scheduled_for: str
    scheduled_until: str


def maintenance_part(entry: Entry, state: State, telling: Telling) -> ScheduledMaintenance:
    """Planned work, with its planned time as last announced.

    Imported work may have none: then it is told from when until when it was done, as far as that is known.
    """
    scope = telling.scope
    start, end = state.window or (state.began_at, max(state.ended_at or state.began_at, state.began_at))
    return {
        **matter_part(entry, state, told_of(entry, state), "maintenance", telling),
        "scheduled_for": scope.stamp(start),
        "scheduled_until": scope.stamp(end),
    }
