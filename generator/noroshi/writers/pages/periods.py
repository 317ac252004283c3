"""The pages of a year and of a month, of the whole history or of a choice from it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.snapshot.listings import Listing, Listings, PagedMonth
from noroshi.urls import period_anchor, period_path
from noroshi.writers.pages.filters import (
    Choice,
    FilterGroup,
    choices,
    links_beside,
    links_of_period,
    listing_name,
)
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Rows
from noroshi.writers.pages.templates import Templates
from noroshi.writers.pages.year_figures import YearFigures, year_figures


@dataclass(frozen=True, kw_only=True)
class PeriodLink:
    """A way to another time."""

    name: str
    link: str


@dataclass(frozen=True, kw_only=True)
class MonthRows:
    """A month on a page of several."""

    anchor: str
    name: str
    rows: Markup


@dataclass(frozen=True, kw_only=True)
class YearPage:
    """A year's page, finished for its template."""

    name: Markup
    title: str
    """The same as plain text."""
    above: PeriodLink
    """The way to the page of all years."""
    filters: tuple[FilterGroup, ...]
    figures: YearFigures
    choices: tuple[Choice, ...]
    months: tuple[MonthRows, ...]
    """Newest first; none of a year whose matters stand on pages for each month."""
    newer: PeriodLink | None
    older: PeriodLink | None
    zone: str | None
    """The zone of all times on it; None where it shows none."""


@dataclass(frozen=True, kw_only=True)
class MonthPage:
    """A month's page, finished for its template."""

    name: Markup
    title: str
    """The same as plain text."""
    filters: tuple[FilterGroup, ...]
    choices: tuple[Choice, ...]
    rows: Markup
    year: PeriodLink
    newer: PeriodLink | None
    older: PeriodLink | None
    zone: str


def year_page(listings: Listings, listing: Listing, place: int, reader: Reader, rows: Rows) -> YearPage:
    """A year of a listing.

    :param place: of the year among those of the listing
    """
    year = listing.years[place]
    said = reader.wording.gettext("{year}").format(year=year.key)
    if listing.whole:
        filters = links_of_period(listings, year.states, reader, year.key)
    else:
        filters = links_beside(listings, listing, reader)
    return YearPage(
        name=_name(listing, said, reader),
        title=_title(listing, said, reader),
        above=PeriodLink(name=_above(listing, reader), link=reader.link(listing.path)),
        filters=filters,
        figures=year_figures(listing, year, reader, newest=year.key == listings.whole.years[0].key),
        choices=() if year.long else choices(listings, listing, reader),
        months=()
        if year.long
        else tuple(
            MonthRows(
                anchor=period_anchor(month.key), name=month_name(month.key, reader), rows=rows.of(month.states, reader)
            )
            for month in year.months
        ),
        newer=_year_link(listing, place - 1, reader),
        older=_year_link(listing, place + 1, reader),
        zone=None if year.long else reader.wording.zone_name(year.months[0].states[0].began_at),
    )


def month_page(listings: Listings, listing: Listing, each: PagedMonth, reader: Reader, rows: Rows) -> MonthPage:
    """A month of a listing that has a page of its own."""
    month, year = each.month, each.year
    said = month_name(month.key, reader)
    if listing.whole:
        fragment = f"#{period_anchor(month.key)}"
        filters = links_of_period(listings, month.states, reader, year.key, fragment)
    else:
        filters = links_beside(listings, listing, reader)
    return MonthPage(
        name=_name(listing, said, reader),
        title=_title(listing, said, reader),
        filters=filters,
        choices=choices(listings, listing, reader),
        rows=rows.of(month.states, reader),
        year=PeriodLink(
            name=reader.wording.gettext("{year}").format(year=year.key), link=reader.link(listing.year_path(year))
        ),
        newer=_month_link(listing, each.newer, reader),
        older=_month_link(listing, each.older, reader),
        zone=reader.wording.zone_name(month.states[0].began_at),
    )


def month_name(key: str, reader: Reader) -> str:
    """A month's name, from its key ``2026-06``."""
    return reader.wording.month(int(key[:4]), int(key[5:]))


def _month_link(listing: Listing, key: str, reader: Reader) -> PeriodLink | None:
    return PeriodLink(name=month_name(key, reader), link=reader.link(period_path(listing.path, key))) if key else None


def _year_link(listing: Listing, place: int, reader: Reader) -> PeriodLink | None:
    if not 0 <= place < len(listing.years):
        return None
    year = listing.years[place]
    name = reader.wording.gettext("{year}").format(year=year.key)
    return PeriodLink(name=name, link=reader.link(listing.year_path(year)))


def _above(listing: Listing, reader: Reader) -> str:
    _ = reader.wording.gettext
    return _("All years") if listing.component is None else _("The service and how it is")


def _name(listing: Listing, said: str, reader: Reader) -> Markup:
    if listing.whole:
        return escape(said)
    return reader.say(reader.wording.gettext("{what}, {period}"), what=listing_name(listing, reader), period=said)


def _title(listing: Listing, said: str, reader: Reader) -> str:
    if listing.whole:
        return said
    what = listing_name(listing, reader).striptags()
    return reader.wording.gettext("{what}, {period}").format(what=what, period=said)


def render_year(view: YearPage, reader: Reader, templates: Templates) -> str:
    """The body of a year's page, as HTML."""
    return templates.render("year.html", reader.wording, view=view)


def render_month(view: MonthPage, reader: Reader, templates: Templates) -> str:
    """The body of a month's page, as HTML."""
    return templates.render("month.html", reader.wording, view=view)
