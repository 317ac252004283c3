"""The API in Statuspage's shapes as files: which there are, and what each depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from noroshi.endpoints import (
    STATUSPAGE_ACTIVE,
    STATUSPAGE_COMPONENTS,
    STATUSPAGE_INCIDENTS,
    STATUSPAGE_MAINTENANCE,
    STATUSPAGE_STATUS,
    STATUSPAGE_SUMMARY,
    STATUSPAGE_UNRESOLVED,
    STATUSPAGE_UPCOMING,
)
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.records.content import Entry
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.urls import statuspage_page
from noroshi.writers.statuspage.component import Component, component_parts, level_changes
from noroshi.writers.statuspage.documents import (
    Document,
    IncidentsDocument,
    MaintenancesDocument,
    SummaryDocument,
    document_bytes,
)
from noroshi.writers.statuspage.incident import Incident, Telling, incident_part
from noroshi.writers.statuspage.page import page_part, status_part
from noroshi.writers.statuspage.scheduled_maintenance import ScheduledMaintenance, maintenance_part
from noroshi.writers.statuspage.scope import Scope, spoken_language
from noroshi.writers.statuspage.selection import select


def plan_statuspage(materials: Materials) -> Iterator[Plan]:
    """The eight documents. Every part is made once, for whichever of them need it."""
    snapshot, settings = materials.snapshot, materials.snapshot.settings
    site = settings.site
    language = spoken_language(settings)
    name, _ = site.name.said_in(language, site.languages[0])
    scope = Scope(
        settings=settings,
        page_id=statuspage_page(site.id, materials.audience.edition),
        page_name=title_marker(settings, materials.audience, language)(name),
        since=snapshot.since,
    )
    chosen = select(snapshot)
    changes = level_changes(snapshot.states, snapshot.now)
    page, status = page_part(snapshot.updated_at, scope), status_part(snapshot)

    @cache
    def components() -> tuple[Component, ...]:
        return component_parts(snapshot.components, changes, scope)

    @cache
    def telling() -> Telling:
        known = {part["id"]: part for part in components()}  # a group's id is no component's
        return Telling(scope=scope, terms=Terms(settings), components=known)

    @cache
    def entry(matter: str) -> Entry:
        return materials.entries_of([matter])[matter]

    @cache
    def incident(matter: str) -> Incident:
        return incident_part(entry(matter), snapshot.by_id[matter], telling())

    @cache
    def maintenance(matter: str) -> ScheduledMaintenance:
        return maintenance_part(entry(matter), snapshot.by_id[matter], telling())

    def incidents(states: Sequence[State]) -> IncidentsDocument:
        return {"page": page, "incidents": [incident(state.id) for state in states]}

    def work(states: Sequence[State]) -> MaintenancesDocument:
        return {"page": page, "scheduled_maintenances": [maintenance(state.id) for state in states]}

    def summary() -> SummaryDocument:
        return {
            "page": page,
            "components": components(),
            "incidents": incidents(chosen.unresolved)["incidents"],
            "scheduled_maintenances": work(chosen.current)["scheduled_maintenances"],
            "status": status,
        }

    # The clock moves levels, and with them when a component was updated; of all else, states tell.
    levels = [f"{each.component.id} {each.level} {changes.get(each.component.id)}" for each in snapshot.components]
    verdict = [status["indicator"], status["description"]]

    def plan(file: str, make: Callable[[], Document], words: Sequence[str], states: Sequence[State] = ()) -> Plan:
        told = (f"{state.updated_at}" for state in states)
        key = materials.keys.of("statuspage", file, page["updated_at"], *words, *told, states=states)
        return Plan(file=file, key=key, make=lambda: document_bytes(make()))

    yield plan(STATUSPAGE_SUMMARY, summary, [*verdict, *levels], (*chosen.unresolved, *chosen.current))
    yield plan(STATUSPAGE_STATUS, lambda: {"page": page, "status": status}, verdict)
    yield plan(STATUSPAGE_COMPONENTS, lambda: {"page": page, "components": components()}, levels)
    yield plan(STATUSPAGE_INCIDENTS, partial(incidents, chosen.incidents), levels, chosen.incidents)
    yield plan(STATUSPAGE_UNRESOLVED, partial(incidents, chosen.unresolved), levels, chosen.unresolved)
    yield plan(STATUSPAGE_MAINTENANCE, partial(work, chosen.maintenance), levels, chosen.maintenance)
    yield plan(STATUSPAGE_UPCOMING, partial(work, chosen.upcoming), levels, chosen.upcoming)
    yield plan(STATUSPAGE_ACTIVE, partial(work, chosen.active), levels, chosen.active)
