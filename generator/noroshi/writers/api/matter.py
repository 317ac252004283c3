"""One matter's document: what was written of it, what follows from that, and what is near it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from noroshi.records import matters as told
from noroshi.records.content import Entry, MatterKind
from noroshi.snapshot.near import Near
from noroshi.snapshot.state import State
from noroshi.urls import matter_path
from noroshi.writers.api import matter_shapes as shapes
from noroshi.writers.api.facts import commitment_facts, incident_facts, maintenance_facts
from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.parts import Names, document_bytes, moment, span
from noroshi.writers.api.promises import action_part, promise_part
from noroshi.writers.api.reports import ReportWriter
from noroshi.writers.api.values import Span


def matter_document(entry: Entry, state: State, near: Near, names: Names, now: datetime) -> bytes:
    """A matter's document.

    :param now: the time at which promises are judged
    """
    record = entry.record
    matter: shapes.Matter = {
        **names.link(state),
        "phase": state.phase,
        "guid": names.guid(state.id),
        "pages": names.pages(state.kind, state.id),
    }
    following = _following(state, near, names, now)
    writer = ReportWriter(names, state.id, matter["url"], record.reports)
    match record:
        case told.Incident():
            incident: shapes.IncidentDocument = {
                "$schema": names.schema,
                "format": FORMAT,
                "document": "incident",
                "matter": matter,
                "facts": incident_facts(record, names),
                "reports": writer.incident(record.reports),
                **following,
            }
            return document_bytes(incident)
        case told.Maintenance():
            maintenance: shapes.MaintenanceDocument = {
                "$schema": names.schema,
                "format": FORMAT,
                "document": "maintenance",
                "matter": matter,
                "facts": maintenance_facts(record, names),
                "reports": writer.maintenance(record.reports),
                **following,
            }
            return document_bytes(maintenance)
        case told.Commitment():
            commitment: shapes.CommitmentDocument = {
                "$schema": names.schema,
                "format": FORMAT,
                "document": "commitment",
                "matter": matter,
                "facts": commitment_facts(record, names),
                "reports": writer.commitment(record.reports),
                **following,
            }
            return document_bytes(commitment)


def _following(state: State, near: Near, names: Names, now: datetime) -> shapes.Following:
    return {
        "state": _state(state, names),
        "promises": [promise_part(each, now) for each in state.promises],
        "actions": [action_part(each, names) for each in state.actions],
        "related": {
            "cause": None if near.cause is None else names.link(near.cause),
            "caused": [names.link(each) for each in near.caused],
            "threats": [names.link(each) for each in near.threats],
        },
    }


def _state(state: State, names: Names) -> shapes.State:
    return {
        "open": state.open,
        "severity": state.severity,
        "began_at": moment(state.began_at),
        "detected_at": moment(state.detected_at),
        "started_at": moment(state.started_at),
        "recovered_at": moment(state.recovered_at),
        "ended_at": moment(state.ended_at),
        "updated_at": moment(state.told_at),
        "window": None if state.window is None else span(state.window),
        "moved_from": [span(each) for each in state.moved_from],
        "planned_clear": _planned_clear(state),
        "estimates": [
            {
                "report": each.number,
                "said_at": moment(each.said_at),
                "expected": moment(each.expected),
                "answer_by": moment(each.answer_by),
            }
            for each in state.estimates
        ],
        "components": list(state.components),
        "impacts": [
            {
                "from": moment(each.start),
                "until": moment(each.end),
                "component": each.component,
                "level": each.level,
            }
            for each in state.impacts
        ],
        "caused_by": state.caused_by,
        "detected_by": state.detected_by,
        "result": state.result,
        "outcome": state.outcome,
        "settlement": state.settlement,
        "meets": _meets(state, names) if state.meets else [],
        "imported": state.imported,
        "lacking": list(state.lacking),
    }


def _planned_clear(state: State) -> Span | None:
    return None if state.clear is None else span(state.clear)


def _meets(state: State, names: Names) -> list[shapes.Meeting]:
    kind: Literal[MatterKind.COMMITMENT] = MatterKind.COMMITMENT
    return [
        {
            "commitment": {
                "id": each.commitment,
                "kind": kind,
                "title": names.texts(each.title),
                "url": names.file(matter_path(kind, each.commitment)) if each.has_page else None,
            },
            "client": each.client,
            "settlement": each.settlement,
        }
        for each in state.meets
    ]
