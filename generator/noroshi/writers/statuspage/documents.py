"""The eight documents, as bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypedDict

from noroshi.writers.statuspage.component import Component
from noroshi.writers.statuspage.incident import Incident
from noroshi.writers.statuspage.page import Page, Status
from noroshi.writers.statuspage.scheduled_maintenance import ScheduledMaintenance


class StatusDocument(TypedDict):
    """``status.json``."""

    page: Page
    status: Status


class ComponentsDocument(TypedDict):
    """``components.json``."""

    page: Page
    components: Sequence[Component]


class IncidentsDocument(TypedDict):
    """``incidents.json`` and ``incidents/unresolved.json``."""

    page: Page
    incidents: Sequence[Incident]


class MaintenancesDocument(TypedDict):
    """``scheduled-maintenances.json``, ``scheduled-maintenances/upcoming.json`` and ``…/active.json``."""

    page: Page
    scheduled_maintenances: Sequence[ScheduledMaintenance]


class SummaryDocument(TypedDict):
    """``summary.json``: all components, what is unresolved, and work under way or ahead."""

    page: Page
    components: Sequence[Component]
    incidents: Sequence[Incident]
    scheduled_maintenances: Sequence[ScheduledMaintenance]
    status: Status


Document = StatusDocument | ComponentsDocument | IncidentsDocument | MaintenancesDocument | SummaryDocument


def document_bytes(document: Document) -> bytes:
    """A document as UTF-8, on one line as Statuspage sends it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
