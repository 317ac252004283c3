"""The history's pages: its years and months, the choices from it, and the components with what concerned them."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.pipeline.printing.look import announced_feed
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.snapshot.listings import Listing, Listings, PagedMonth
from noroshi.snapshot.site import ComponentState, Snapshot
from noroshi.urls import HISTORY
from noroshi.writers.pages.component import component_page, render_component
from noroshi.writers.pages.history import choice_view, history_view, render_choice, render_history
from noroshi.writers.pages.lists import Rows
from noroshi.writers.pages.periods import month_page, render_month, render_year, year_page


class HistoryPages:
    """What all of these pages are made of, computed once for all languages."""

    def __init__(self, materials: Materials) -> None:
        self._snapshot, self._listings = materials.snapshot, materials.listings
        self._press, self._keys, self._known = materials.press, materials.keys, materials.list_keys
        self._components = _component_keys(self._snapshot, self._listings, self._keys)

    def pages(self, language: str) -> Iterator[Plan]:
        """All of them in one language."""
        press, listings = self._press, self._listings
        rows = Rows(press.reader(language, ""), press.templates)
        yield self._first(language)
        for listing in listings.all:
            if listing.chosen:
                yield self._choice(listing, language, rows)
            for place, year in enumerate(listing.years):
                yield self._year(listing, place, language, rows, listing.year_path(year))
            for month in listing.paged:
                yield self._month(listing, month, language, rows)
        for each, listing in zip(self._snapshot.components, listings.components, strict=True):
            yield self._component(each, listing, language, rows)

    def _first(self, language: str) -> Plan:
        press, listings = self._press, self._listings
        reader = press.reader(language, HISTORY)

        def make() -> bytes:
            body = render_history(history_view(listings, reader), reader, press.templates)
            return press.page("history", reader, title=reader.wording.gettext("History"), description="", body=body)

        return Plan(file=press.file(language, HISTORY), key=self._known[HISTORY], make=make)

    def _choice(self, listing: Listing, language: str, rows: Rows) -> Plan:
        press, listings = self._press, self._listings
        reader = press.reader(language, listing.path)

        def make() -> bytes:
            view = choice_view(listings, listing, reader, rows)
            body = render_choice(view, reader, press.templates)
            return press.page("choice", reader, title=view.title, description="", body=body)

        return Plan(file=press.file(language, listing.path), key=self._known[listing.path], make=make)

    def _year(self, listing: Listing, place: int, language: str, rows: Rows, path: str) -> Plan:
        press, listings = self._press, self._listings
        reader = press.reader(language, path)

        def make() -> bytes:
            view = year_page(listings, listing, place, reader, rows)
            body = render_year(view, reader, press.templates)
            return press.page(_shell(listing), reader, title=view.title, description="", body=body)

        return Plan(file=press.file(language, path), key=self._known[path], make=make)

    def _month(self, listing: Listing, month: PagedMonth, language: str, rows: Rows) -> Plan:
        press, listings = self._press, self._listings
        reader = press.reader(language, month.path)

        def make() -> bytes:
            view = month_page(listings, listing, month, reader, rows)
            body = render_month(view, reader, press.templates)
            return press.page(_shell(listing), reader, title=view.title, description="", body=body)

        return Plan(file=press.file(language, month.path), key=self._known[month.path], make=make)

    def _component(self, each: ComponentState, listing: Listing, language: str, rows: Rows) -> Plan:
        snapshot, press, listings = self._snapshot, self._press, self._listings
        reader = press.reader(language, listing.path)

        def make() -> bytes:
            view = component_page(each, snapshot, listings, listing, reader, rows)
            body = render_component(view, reader, press.templates)
            title = each.component.name.said_in(reader.language, reader.first)[0]
            head = announced_feed(each.component, reader)
            return press.page("component", reader, title=title, description="", body=body, head=head)

        zone = reader.wording.zone_name(snapshot.now)  # clocks change within a day
        key = self._keys.of("component", zone, self._components[each.component.id].hex())
        return Plan(file=press.file(language, listing.path), key=key, make=make)


def _shell(listing: Listing) -> str:
    """The shell of a listing's years and months."""
    if listing.whole:
        return "month"
    return "componentpart" if listing.component is not None else "choicepart"


def _component_keys(snapshot: Snapshot, listings: Listings, keys: Keys) -> dict[str, bytes]:
    """By component's id, digests of what its page depends on in every language."""
    today = snapshot.now.astimezone(snapshot.settings.site.zone).date().isoformat()
    offered = ",".join(each.path for each in listings.filters)
    found = {}
    for each, listing in zip(snapshot.components, listings.components, strict=True):
        days = ";".join(f"{day.day}{day.level}{day.spent}" for day in each.days if day.impaired)
        because = ",".join(state.id for state in each.because)
        years = ",".join(f"{year.key}:{year.number}" for year in listing.years)
        words = (today, each.level, because, days, years, offered, each.uptime.told)
        # The matters that make it as it is may be older than the newest ones.
        shown = {state.id: state for state in (*listing.newest, *each.because)}
        found[each.component.id] = keys.of("component", *words, states=shown.values())
    return found
