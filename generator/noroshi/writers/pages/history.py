"""The history's first page, and the first page of each choice from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from noroshi.endpoints import SEARCH
from noroshi.records.content import MatterKind
from noroshi.snapshot.listings import Listing, Listings, Year
from noroshi.urls import HISTORY, month_path
from noroshi.writers.pages.filters import Choice, FilterGroup, choices, links_beside, links_of_all, listing_name
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Rows
from noroshi.writers.pages.periods import month_name
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class MonthLink:
    """A month in the index."""

    name: str
    link: str
    incidents: int
    maintenance: int
    commitments: int


@dataclass(frozen=True, kw_only=True)
class YearLink:
    """A year, with the number of what began in it."""

    name: str
    link: str
    number: int


@dataclass(frozen=True, kw_only=True)
class YearView:
    """A year with its months, newest first."""

    year: YearLink
    months: tuple[MonthLink, ...]


@dataclass(frozen=True, kw_only=True)
class HistoryView:
    """The history's first page, finished for its template."""

    search: str
    """The link to the page where readers search."""
    filters: tuple[FilterGroup, ...]
    years: tuple[YearView, ...]


@dataclass(frozen=True, kw_only=True)
class ChoiceView:
    """The first page of a choice from the history, finished for its template."""

    name: Markup
    title: str
    """The same as plain text."""
    index: str
    """The link to the whole history."""
    filters: tuple[FilterGroup, ...]
    choices: tuple[Choice, ...]
    years: tuple[YearLink, ...]
    newest: Markup
    """The rows of the newest of them; empty where there are none."""
    whole: bool
    """Whether these are all."""
    zone: str | None


def history_view(listings: Listings, reader: Reader) -> HistoryView:
    """All years and months that hold something, and the ways to choose from them."""
    return HistoryView(
        search=reader.link(SEARCH),
        filters=links_of_all(listings, reader),
        years=tuple(
            YearView(
                year=year_link(listings.whole, year, reader),
                months=tuple(
                    _month(each.key, Counter(state.kind for state in each.states), reader) for each in year.months
                ),
            )
            for year in listings.whole.years
        ),
    )


def choice_view(listings: Listings, listing: Listing, reader: Reader, rows: Rows) -> ChoiceView:
    """The newest of a choice, and its years."""
    name, newest = listing_name(listing, reader), listing.newest
    return ChoiceView(
        name=name,
        title=name.striptags(),
        index=reader.link(HISTORY),
        filters=links_beside(listings, listing, reader),
        choices=choices(listings, listing, reader),
        years=tuple(year_link(listing, year, reader) for year in listing.years),
        newest=rows.of(newest, reader),
        whole=len(newest) == listing.number,
        zone=reader.wording.zone_name(newest[0].began_at) if newest else None,
    )


def year_link(listing: Listing, year: Year, reader: Reader) -> YearLink:
    """The way to a year of a listing."""
    name = reader.wording.gettext("{year}").format(year=year.key)
    return YearLink(name=name, link=reader.link(listing.year_path(year)), number=year.number)


def _month(key: str, kinds: Counter[MatterKind], reader: Reader) -> MonthLink:
    return MonthLink(
        name=month_name(key, reader),
        link=reader.link(month_path(key)),
        incidents=kinds[MatterKind.INCIDENT],
        maintenance=kinds[MatterKind.MAINTENANCE],
        commitments=kinds[MatterKind.COMMITMENT],
    )


def render_history(view: HistoryView, reader: Reader, templates: Templates) -> str:
    """The body of the history's first page, as HTML."""
    return templates.render("history.html", reader.wording, view=view)


def render_choice(view: ChoiceView, reader: Reader, templates: Templates) -> str:
    """The body of the first page of a choice from the history, as HTML."""
    return templates.render("filtered.html", reader.wording, view=view)
