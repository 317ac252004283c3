"""The opening facts of matters as the API publishes them."""

from __future__ import annotations

from noroshi.records import matters as told
from noroshi.records.base import Imported
from noroshi.writers.api import fact_shapes as shapes
from noroshi.writers.api.parts import Names, moment, window


def incident_facts(record: told.Incident, names: Names) -> shapes.IncidentFacts:
    """What was written of an incident."""
    detected = record.detected
    return {
        "title": names.texts(record.title),
        "severity": record.severity,
        "components": record.components,
        "caused_by": record.caused_by,
        "started_at": moment(record.started_at),
        "detected": None if detected is None else {"at": moment(detected.at), "by": detected.by},
        "not_affected": names.told(record.not_affected),
        "imported": _imported(record.imported, names),
    }


def maintenance_facts(record: told.Maintenance, names: Names) -> shapes.MaintenanceFacts:
    """What was written of planned work."""
    emergency = record.emergency
    return {
        "title": names.texts(record.title),
        "components": record.components,
        "window": window(record.window),
        "reason": names.told(record.reason),
        "rollback": names.told(record.rollback),
        "not_affected": names.told(record.not_affected),
        "agreements": [
            {"client": each.client, "by": each.by, "at": moment(each.at), "note": names.told(each.note)}
            for each in record.agreements
        ],
        # What the audience may not know is an empty word by now.
        "emergency": {"reason": names.texts(emergency.reason), "approved_by": emergency.approved_by or None}
        if emergency
        else None,
        "imported": _imported(record.imported, names),
    }


def commitment_facts(record: told.Commitment, names: Names) -> shapes.CommitmentFacts:
    """What was written of a commitment."""
    return {
        "title": names.texts(record.title),
        "client": record.client or None,
        "from": moment(record.from_),
        "until": moment(record.until),
        "needs": list(record.needs),
        "keep_clear": {"before": str(record.keep_clear.before), "after": str(record.keep_clear.after)},
        "visibility": record.visibility,
    }


def _imported(imported: Imported | None, names: Names) -> shapes.Imported | None:
    if imported is None:
        return None
    return {
        "from": imported.from_,
        "resolved_at": moment(imported.resolved_at),
        "anomalies": [names.texts(line) for line in imported.anomalies],
    }
