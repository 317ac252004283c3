"""A year in figures: what began in each month, by kind and severity, as a chart and as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.choices import Severity
from noroshi.records.content import MatterKind
from noroshi.snapshot.listings import Listing, Year
from noroshi.snapshot.state import State
from noroshi.urls import period_anchor
from noroshi.writers.pages.charts import Part, Slot, columns_chart, swatch
from noroshi.writers.pages.filters import KINDS, SEVERITIES
from noroshi.writers.pages.links import Reader, safe


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is counted together."""

    word: str
    """The word that its look is found by."""
    name: str
    swatch: Markup


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A month's numbers, in the order of the series, and their sum."""

    name: Markup
    """With a link to what is counted."""
    numbers: tuple[int, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """A year's chart with its table."""

    series: tuple[Series, ...]
    chart: Markup
    months: tuple[FigureRow, ...]
    """Oldest first, as in the chart."""
    sums: FigureRow


_COUNTED: tuple[Severity | MatterKind, ...] = (*reversed(Severity), MatterKind.MAINTENANCE, MatterKind.COMMITMENT)


def counted_as(state: State) -> Severity | MatterKind:
    """What a matter is counted as: an incident by its severity."""
    return state.severity or state.kind


def counts_of(year: Year) -> dict[str, Counter[Severity | MatterKind]]:
    """How much of each began in each month, by the months' keys."""
    return {month.key: Counter(map(counted_as, month.states)) for month in year.months}


def year_figures(listing: Listing, year: Year, reader: Reader, *, newest: bool) -> YearFigures:
    """A year in figures.

    :param newest: whether the history ends in it: then the chart ends with its last month that holds something
    """
    _ = reader.wording.gettext
    counts = counts_of(year)
    sums = sum(counts.values(), Counter())
    shown = [each for each in _COUNTED if sums[each]]
    last = int(year.months[0].key[5:]) if newest else 12
    keys = [f"{year.key}-{month:02}" for month in range(1, last + 1)]
    names = [_(SEVERITIES[each] if isinstance(each, Severity) else KINDS[each]) for each in shown]
    links = {month.key: _link(listing, year, place, reader) for place, month in enumerate(year.months)}
    slots = [Slot((reader.wording.short_month(int(key[5:])),), _month(key, reader)) for key in keys]
    said = _("{what}: {n}")
    columns = [
        [
            Part(each.value, counts.get(key, _NOTHING)[each], said.format(what=name, n=counts.get(key, _NOTHING)[each]))
            for each, name in zip(shown, names, strict=True)
        ]
        for key in keys
    ]
    chart = columns_chart(
        f"year-{year.key}",
        slots,
        columns,
        title=_("What began, by month"),
        description=_("A column for each month, of what began in it by kind and severity. The table tells the same."),
    )
    return YearFigures(
        series=tuple(
            Series(word=each.value, name=name, swatch=swatch(each.value))
            for each, name in zip(shown, names, strict=True)
        ),
        chart=chart,
        months=tuple(
            _row(links.get(key) or escape(_month(key, reader)), counts.get(key, _NOTHING), shown) for key in keys
        ),
        sums=_row(escape(_("All months of the year")), sums, shown),
    )


_NOTHING: Counter[Severity | MatterKind] = Counter()


def _row(name: Markup, counts: Counter[Severity | MatterKind], shown: list[Severity | MatterKind]) -> FigureRow:
    return FigureRow(name=name, numbers=tuple(counts[each] for each in shown), total=counts.total())


def _month(key: str, reader: Reader) -> str:
    return reader.wording.month(int(key[:4]), int(key[5:]))


def _link(listing: Listing, year: Year, place: int, reader: Reader) -> Markup:
    month = year.months[place]
    path = listing.month_path(year, month)
    target = f"#{period_anchor(month.key)}" if path is None else reader.link(path)
    return safe(f'<a href="{target}">{escape(_month(month.key, reader))}</a>')
