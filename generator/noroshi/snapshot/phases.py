"""How far a matter had come when each of its reports was made: no later report changes it."""

from __future__ import annotations

from noroshi.records.choices import Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Incident, Maintenance
from noroshi.snapshot.matter.commitment import commitment_phases
from noroshi.snapshot.matter.incident import incident_phases
from noroshi.snapshot.matter.maintenance import maintenance_phases


def phases_after_each(entry: Entry) -> list[Phase]:
    """The phase after each report, in their order, at the time of that report."""
    record = entry.record
    if isinstance(record, Incident):
        return list(incident_phases(record))
    if isinstance(record, Maintenance):
        return list(maintenance_phases(record))
    return list(commitment_phases(record))
