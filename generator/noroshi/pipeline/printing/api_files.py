"""The documents of our own API that show many matters; those of single matters are printed with their pages."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from noroshi.cache import program_key
from noroshi.endpoints import (
    API_ACTIONS,
    API_COMPONENTS,
    API_INDEX,
    API_MONTHS,
    API_RECORD,
    API_SCHEMA,
    action_year_document_file,
    month_document_file,
)
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.snapshot.site import Month
from noroshi.snapshot.state import State
from noroshi.urls import ACTIONS, HISTORY, action_year_path, month_path
from noroshi.writers.api.actions import action_year_bytes, actions_document
from noroshi.writers.api.components import components_document
from noroshi.writers.api.index import index_document
from noroshi.writers.api.months import month_bytes, months_document
from noroshi.writers.api.parts import Names
from noroshi.writers.api.track_record import named_by, record_document


def plan_api(materials: Materials) -> Iterator[Plan]:
    """The documents of the whole site, and the schema of all of them."""
    snapshot, audience = materials.snapshot, materials.audience
    names = Names(snapshot.settings.site)

    def index() -> bytes:
        def marked(language: str, title: str) -> str:
            return title_marker(snapshot.settings, audience, language)(title)

        return index_document(snapshot, names, audience.edition, marked)

    # It tells the time of the build, and so is made every time.
    yield Plan(file=API_INDEX, key=None, make=index)
    yield _plan_components(materials, names)
    yield from _plan_actions(materials, names)
    yield _plan_record(materials, names)
    yield from _plan_months(materials, names)
    # The same for every site, so that it is made once with each version of the program.
    schema = blake2b(b"api-schema" + program_key(), digest_size=16).digest()
    yield Plan(file=API_SCHEMA, key=schema, make=_schema)


def _schema() -> bytes:
    # What reads the types is needed once, and not loaded by the other builds.
    from noroshi.writers.api.schema import write_schema

    return write_schema()


def _plan_components(materials: Materials, names: Names) -> Plan:
    snapshot = materials.snapshot
    words = [snapshot.now.astimezone(snapshot.settings.site.zone).date().isoformat()]
    concerned: dict[str, State] = {}
    for each in snapshot.components:
        days = ";".join(f"{day.day}{day.level}{day.impaired}" for day in each.days if day.impaired)
        words.append(f"{each.level} {[state.id for state in each.because]} {days} {each.uptime.told}")
        concerned |= {state.id: state for state in each.because}
    return Plan(
        file=API_COMPONENTS,
        key=materials.keys.of("api-components", *words, states=concerned.values()),
        make=lambda: components_document(snapshot, names),
    )


def _plan_actions(materials: Materials, names: Names) -> Iterator[Plan]:
    actions, keys = materials.actions, materials.list_keys
    yield Plan(file=API_ACTIONS, key=keys[ACTIONS], make=lambda: actions_document(actions, names))
    for year in actions.years:

        def make(year: str = year) -> bytes:
            return action_year_bytes(actions, year, names)

        yield Plan(file=action_year_document_file(year), key=keys[action_year_path(year)], make=make)


def _plan_record(materials: Materials, names: Names) -> Plan:
    figures, imported, by_id = materials.figures, materials.track_record.imported, materials.snapshot.by_id
    return Plan(
        file=API_RECORD,
        key=materials.keys.of(
            "api-record", repr(figures), str(imported), states=[by_id[each] for each in named_by(figures)]
        ),
        make=lambda: record_document(figures, imported, by_id, names),
    )


def _plan_months(materials: Materials, names: Names) -> Iterator[Plan]:
    months, keys = materials.snapshot.months, materials.list_keys
    yield Plan(file=API_MONTHS, key=keys[HISTORY], make=lambda: months_document(months, names))
    for month in months:

        def make(month: Month = month) -> bytes:
            return month_bytes(month, names)

        yield Plan(file=month_document_file(month.key), key=keys[month_path(month.key)], make=make)
