"""The pages that show many matters: home, history, components. Each is planned with what it depends on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from noroshi.pipeline.printing.history_pages import HistoryPages
from noroshi.pipeline.printing.log_files import LogPages
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.pipeline.printing.search_files import plan_search_page
from noroshi.pipeline.printing.subscribe_files import plan_subscribe_page
from noroshi.pipeline.printing.track_record_pages import TrackRecordPages
from noroshi.records.content import Entry
from noroshi.snapshot.action_list import ActionList
from noroshi.snapshot.site import Snapshot
from noroshi.urls import ACTIONS, HISTORY, NOT_FOUND, action_year_path, host_path
from noroshi.writers.pages.actions import action_year_view, actions_view, render_action_year, render_actions
from noroshi.writers.pages.home import home_view, render_home
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.press import Press


def plan_pages(materials: Materials) -> Iterator[Plan]:
    """All pages that show many matters, in every language."""
    snapshot, press, keys = materials.snapshot, materials.press, materials.keys
    shown = (*snapshot.open_incidents, *snapshot.current_work, *snapshot.announced, *snapshot.commitments)
    entries = materials.entries_of(state.id for state in shown)
    list_keys = materials.list_keys
    history, record, log = HistoryPages(materials), TrackRecordPages(materials), LogPages(materials)
    for language in snapshot.settings.site.languages:
        yield from _plan_home(snapshot, entries, press, keys, language)
        yield from history.pages(language)
        yield from _plan_actions(materials.actions, press, list_keys, language)
        yield from record.pages(press, keys, language)
        yield from plan_subscribe_page(materials, language)
        yield from plan_search_page(materials, language)
        yield from log.pages(language)


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
