"""The pages that show many matters: home, history, components. Each is planned with what it depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from noroshi.pipeline.printing.look import announced_feed
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.pipeline.printing.subscribe_files import plan_subscribe_page
from noroshi.pipeline.printing.track_record_pages import TrackRecordPages
from noroshi.records.content import Entry
from noroshi.snapshot.action_list import ActionList
from noroshi.snapshot.site import ComponentState, Month, Snapshot
from noroshi.urls import ACTIONS, HISTORY, NOT_FOUND, action_year_path, component_path, host_path, month_path
from noroshi.writers.pages.actions import action_year_view, actions_view, render_action_year, render_actions
from noroshi.writers.pages.component import component_page, render_component
from noroshi.writers.pages.history import month_view, render_month, render_years, years_view
from noroshi.writers.pages.home import home_view, render_home
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Rows
from noroshi.writers.pages.press import Press


def plan_pages(materials: Materials) -> Iterator[Plan]:
    """All pages that show many matters, in every language."""
    snapshot, press, keys = materials.snapshot, materials.press, materials.keys
    shown = (*snapshot.open_incidents, *snapshot.current_work, *snapshot.announced, *snapshot.commitments)
    entries = materials.entries_of(state.id for state in shown)
    list_keys, component_keys = materials.list_keys, _component_keys(snapshot, keys)
    record = TrackRecordPages(materials)
    for language in snapshot.settings.site.languages:
        yield from _plan_home(snapshot, entries, press, keys, language)
        yield from _plan_history(snapshot, press, list_keys, language)
        yield from _plan_actions(materials.actions, press, list_keys, language)
        yield from _plan_components(snapshot, press, keys, component_keys, language)
        yield from record.pages(press, keys, language)
        yield from plan_subscribe_page(materials, language)


def _plan_home(
    snapshot: Snapshot, entries: Mapping[str, Entry], press: Press, keys: Keys, language: str
) -> Iterator[Plan]:
    reader = press.reader(language, "")

    def home() -> bytes:
        view = home_view(snapshot, entries, reader)
        body = render_home(view, reader, press.templates)
        title = reader.wording.gettext("Current status")
        return press.page("home", reader, title=title, description=view.verdict, body=body)

    # It tells the time of the build, and so is made every time.
    yield Plan(file=press.file(language, ""), key=None, make=home)
    elsewhere = press.reader(language, NOT_FOUND)

    def not_found() -> bytes:
        _ = elsewhere.wording.gettext
        root = host_path(snapshot.settings.site.url, language, snapshot.settings.site.languages)
        body = press.templates.render("notfound.html", elsewhere.wording, home=root, history=f"{root}{HISTORY}")
        return press.page("notfound", elsewhere, title=_("There is no such page"), description="", body=body)

    yield Plan(file=press.file(language, NOT_FOUND), key=keys.of("notfound"), make=not_found)


def _plan_history(snapshot: Snapshot, press: Press, by_path: Mapping[str, bytes], language: str) -> Iterator[Plan]:
    index = press.reader(language, HISTORY)

    def history() -> bytes:
        title = index.wording.gettext("History")
        body = render_years(years_view(snapshot, index), index, press.templates)
        return press.page("history", index, title=title, description="", body=body)

    yield Plan(file=press.file(language, HISTORY), key=by_path[HISTORY], make=history)
    rows = Rows(press.reader(language, month_path("_")))
    months = snapshot.months
    for position, month in enumerate(months):
        newer = months[position - 1] if position else None
        older = months[position + 1] if position + 1 < len(months) else None
        reader = press.reader(language, month_path(month.key))

        def make(
            month: Month = month, newer: Month | None = newer, older: Month | None = older, reader: Reader = reader
        ) -> bytes:
            view = month_view(month, newer=newer, older=older, reader=reader, rows=rows)
            body = render_month(view, reader, press.templates)
            return press.page("month", reader, title=view.name, description="", body=body)

        yield Plan(file=press.file(language, reader.path), key=by_path[reader.path], make=make)


def _plan_actions(actions: ActionList, press: Press, by_path: Mapping[str, bytes], language: str) -> Iterator[Plan]:
    index = press.reader(language, ACTIONS)

    def lately() -> bytes:
        title = index.wording.gettext("Corrective actions")
        body = render_actions(actions_view(actions, index), index, press.templates)
        return press.page("actions", index, title=title, description="", body=body)

    yield Plan(file=press.file(language, ACTIONS), key=by_path[ACTIONS], make=lately)
    for year in actions.years:
        reader = press.reader(language, action_year_path(year))

        def make(year: str = year, reader: Reader = reader) -> bytes:
            body = render_action_year(action_year_view(actions, year, reader), reader, press.templates)
            title = reader.wording.gettext("Corrective actions announced in {year}").format(year=year)
            return press.page("actionyear", reader, title=title, description="", body=body)

        yield Plan(file=press.file(language, reader.path), key=by_path[reader.path], make=make)


def _component_keys(snapshot: Snapshot, keys: Keys) -> dict[str, bytes]:
    """By component's id, digests of what its page depends on in every language."""
    today = snapshot.now.astimezone(snapshot.settings.site.zone).date().isoformat()
    found = {}
    for each in snapshot.components:
        days = ";".join(f"{day.level}{day.impaired}" for day in each.days if day.impaired)
        because = ",".join(state.id for state in each.because)
        found[each.component.id] = keys.of("component", today, each.level, because, days, states=each.states)
    return found


def _plan_components(
    snapshot: Snapshot, press: Press, keys: Keys, known: Mapping[str, bytes], language: str
) -> Iterator[Plan]:
    """:param known: the components' digests in every language"""
    rows = Rows(press.reader(language, component_path("_")))
    for each in snapshot.components:
        reader = press.reader(language, component_path(each.component.id))

        def make(each: ComponentState = each, reader: Reader = reader) -> bytes:
            view = component_page(each, snapshot, reader, rows)
            body = render_component(view, reader, press.templates)
            title = each.component.name.said_in(reader.language, reader.first)[0]
            head = announced_feed(each.component, reader)
            return press.page("component", reader, title=title, description="", body=body, head=head)

        zone = reader.wording.zone_name(snapshot.now)  # clocks change within a day
        key = keys.of("component", zone, known[each.component.id].hex())
        yield Plan(file=press.file(language, reader.path), key=key, make=make)
