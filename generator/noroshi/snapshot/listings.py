"""The whole history, and the choices from it that have pages of their own: by kind, by severity, by component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import TypeVar

from noroshi.records.choices import Severity
from noroshi.records.content import MatterKind
from noroshi.snapshot.site import Month, Snapshot
from noroshi.snapshot.state import State
from noroshi.urls import HISTORY, component_path, kind_path, month_path, period_path, severity_path

NEWEST = 20
"""How many matters the first page of a listing shows itself."""

LONG = 200
"""More matters than so many in a year stand on a page for each month; the year's page then leads to these."""


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year in the site's zone and what began in it."""

    key: str
    """``2026``."""
    months: tuple[Month, ...]
    """Newest first; months without anything are left out."""

    @cached_property
    def number(self) -> int:
        """How many matters began in it."""
        return sum(len(month.states) for month in self.months)

    @property
    def long(self) -> bool:
        """Whether its matters stand on a page for each month."""
        return self.number > LONG

    @property
    def states(self) -> Iterator[State]:
        """What began in it, newest first."""
        return (state for month in self.months for state in month.states)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """All matters, or those of one kind, severity or component, by year and month."""

    path: str
    """Of its own page, below the language's root."""
    kind: MatterKind | None = None
    severity: Severity | None = None
    component: str | None = None
    years: tuple[Year, ...]
    """Newest first; years without anything are left out."""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.path == HISTORY

    @property
    def chosen(self) -> bool:
        """Whether it is a kind or a severity, whose own page shows nothing else."""
        return not self.whole and self.component is None

    @cached_property
    def number(self) -> int:
        """How many matters it holds."""
        return sum(year.number for year in self.years)

    @cached_property
    def newest(self) -> tuple[State, ...]:
        """The newest of them, newest first."""
        return tuple(islice((state for year in self.years for state in year.states), NEWEST))

    def year_path(self, year: Year) -> str:
        """Where a year of it stands, below the language's root."""
        return period_path(self.path, year.key)

    def month_path(self, year: Year, month: Month) -> str | None:
        """Where a month of it stands; None where the year's page shows it."""
        if self.whole:
            return month_path(month.key)
        return period_path(self.path, month.key) if year.long else None

    @cached_property
    def paged(self) -> tuple[PagedMonth, ...]:
        """The months that have a page of their own, newest first."""
        found = [
            (year, month, path)
            for year in self.years
            for month in year.months
            if (path := self.month_path(year, month)) is not None
        ]
        keys = ["", *(month.key for _, month, _ in found), ""]
        return tuple(
            PagedMonth(year=year, month=month, path=path, newer=keys[place], older=keys[place + 2])
            for place, (year, month, path) in enumerate(found)
        )


@dataclass(frozen=True, kw_only=True)
class PagedMonth:
    """A month of a listing that has a page of its own."""

    year: Year
    month: Month
    path: str
    """Of its page, below the language's root."""
    newer: str
    """The key of the next such month, empty for the newest."""
    older: str
    """The key of the one before, empty for the oldest."""


@dataclass(frozen=True, kw_only=True)
class Listings:
    """Every listing of a site."""

    whole: Listing
    kinds: tuple[Listing, ...]
    """Incidents and maintenance, and commitments where this audience may see any; none without any history."""
    severities: tuple[Listing, ...]
    """Worst first; none without any history."""
    components: tuple[Listing, ...]
    """In the order of ``components.yaml``."""

    @property
    def filters(self) -> tuple[Listing, ...]:
        """Those whose own page stands below the history."""
        return (*self.kinds, *self.severities)

    @property
    def all(self) -> tuple[Listing, ...]:
        """Every one of them."""
        return (self.whole, *self.filters, *self.components)


def list_history(snapshot: Snapshot) -> Listings:
    """All listings; no matter is opened for them."""
    months = snapshot.months
    kinds: dict[MatterKind, list[Month]] = {}
    severities: dict[Severity, list[Month]] = {}
    concerned: dict[str, list[Month]] = {}
    for month in months:
        by_kind: dict[MatterKind, list[State]] = {}
        by_severity: dict[Severity, list[State]] = {}
        by_component: dict[str, list[State]] = {}
        for state in month.states:
            by_kind.setdefault(state.kind, []).append(state)
            if state.severity is not None:
                by_severity.setdefault(state.severity, []).append(state)
            for component in state.components:
                by_component.setdefault(component, []).append(state)
        _add_month(kinds, month.key, by_kind)
        _add_month(severities, month.key, by_severity)
        _add_month(concerned, month.key, by_component)
    shown = [kind for kind in MatterKind if kind in kinds or kind is not MatterKind.COMMITMENT] if months else []
    return Listings(
        whole=Listing(path=HISTORY, years=_years(months)),
        kinds=tuple(Listing(path=kind_path(kind), kind=kind, years=_years(kinds.get(kind, ()))) for kind in shown),
        severities=tuple(
            Listing(path=severity_path(severity), severity=severity, years=_years(severities.get(severity, ())))
            for severity in reversed(Severity if months else ())
        ),
        components=tuple(
            Listing(path=component_path(each.id), component=each.id, years=_years(concerned.get(each.id, ())))
            for each in snapshot.settings.components
        ),
    )


_Word = TypeVar("_Word")


def _add_month(found: dict[_Word, list[Month]], key: str, chosen: dict[_Word, list[State]]) -> None:
    for word, states in chosen.items():
        found.setdefault(word, []).append(Month(key=key, states=tuple(states)))


def _years(months: Sequence[Month]) -> tuple[Year, ...]:
    by_year: Iterable[tuple[str, Iterator[Month]]] = groupby(months, key=lambda month: month.key[:4])
    return tuple(Year(key=key, months=tuple(group)) for key, group in by_year)
