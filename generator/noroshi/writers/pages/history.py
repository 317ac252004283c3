"""The history: an index of months, and a page for each month."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from noroshi.records.content import MatterKind
from noroshi.snapshot.site import Month, Snapshot
from noroshi.urls import HISTORY, month_path
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Row, Rows
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
class YearView:
    """A year's months, newest first."""

    year: str
    months: tuple[MonthLink, ...]


@dataclass(frozen=True, kw_only=True)
class MonthView:
    """A month's page, finished for its template."""

    name: str
    rows: tuple[Row, ...]
    newer: MonthLink | None
    older: MonthLink | None
    index: str
    """The link to the index of months."""
    zone: str


def years_view(snapshot: Snapshot, reader: Reader) -> tuple[YearView, ...]:
    """All months that hold something, by year."""
    by_year = groupby(snapshot.months, key=lambda month: month.key[:4])
    return tuple(
        YearView(year=year, months=tuple(_link(month, reader) for month in months)) for year, months in by_year
    )


def month_view(month: Month, *, newer: Month | None, older: Month | None, reader: Reader, rows: Rows) -> MonthView:
    """One month, with the ways to its neighbours."""
    return MonthView(
        name=_name(month, reader),
        rows=tuple(rows.of(month.states)),
        newer=_link(newer, reader) if newer else None,
        older=_link(older, reader) if older else None,
        index=reader.link(HISTORY),
        zone=reader.wording.zone_name(month.states[0].began_at),
    )


def _name(month: Month, reader: Reader) -> str:
    return reader.wording.month(int(month.key[:4]), int(month.key[5:]))


def _link(month: Month, reader: Reader) -> MonthLink:
    kinds = [state.kind for state in month.states]
    return MonthLink(
        name=_name(month, reader),
        link=reader.link(month_path(month.key)),
        incidents=kinds.count(MatterKind.INCIDENT),
        maintenance=kinds.count(MatterKind.MAINTENANCE),
        commitments=kinds.count(MatterKind.COMMITMENT),
    )


def render_years(view: tuple[YearView, ...], reader: Reader, templates: Templates) -> str:
    """The body of the index of months, as HTML."""
    return templates.render("history.html", reader.wording, years=view)


def render_month(view: MonthView, reader: Reader, templates: Templates) -> str:
    """The body of a month's page, as HTML."""
    return templates.render("month.html", reader.wording, view=view)
