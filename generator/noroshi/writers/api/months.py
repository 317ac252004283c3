"""The months, and what began in each."""

from __future__ import annotations

from collections.abc import Iterable

from noroshi.endpoints import month_document_file
from noroshi.records.content import MatterKind
from noroshi.snapshot.site import Month
from noroshi.snapshot.state import State
from noroshi.urls import HISTORY, month_path
from noroshi.writers.api import list_shapes as shapes
from noroshi.writers.api.head import FORMAT
from noroshi.writers.api.parts import Names, document_bytes, moment, span


def months_document(months: Iterable[Month], names: Names) -> bytes:
    """The months in which something began."""
    document: shapes.MonthsDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "months",
        "url": names.file(HISTORY),
        "months": [_month(month, names) for month in months],
    }
    return document_bytes(document)


def _month(month: Month, names: Names) -> shapes.MonthLink:
    kinds = [state.kind for state in month.states]
    return {
        "month": month.key,
        "incidents": kinds.count(MatterKind.INCIDENT),
        "maintenance": kinds.count(MatterKind.MAINTENANCE),
        "commitments": kinds.count(MatterKind.COMMITMENT),
        "url": names.file(month_path(month.key)),
        "json": names.file(month_document_file(month.key)),
    }


def month_bytes(month: Month, names: Names) -> bytes:
    """What began in a month."""
    document: shapes.MonthDocument = {
        "$schema": names.schema,
        "format": FORMAT,
        "document": "month",
        "month": month.key,
        "url": names.file(month_path(month.key)),
        "matters": [summary(state, names) for state in month.states],
    }
    return document_bytes(document)


def summary(state: State, names: Names) -> shapes.Summary:
    """A matter in a list."""
    return {
        **names.link(state),
        "phase": state.phase,
        "open": state.open,
        "severity": state.severity,
        "began_at": moment(state.began_at),
        "started_at": moment(state.started_at),
        "recovered_at": moment(state.recovered_at),
        "ended_at": moment(state.ended_at),
        "updated_at": moment(state.told_at),
        "window": None if state.window is None else span(state.window),
        "expected": moment(state.estimates[-1].expected) if state.estimates else None,
        "components": list(state.components),
        "result": state.result,
        "outcome": state.outcome,
    }
