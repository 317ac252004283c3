"""The record's charts: promises by month, and the time to the first report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.figures import Period, Spread
from noroshi.writers.pages.charts import Dot, Part, Slot, columns_chart, dots_chart, swatch
from noroshi.writers.pages.figure_tables import by_fate
from noroshi.writers.pages.figure_words import length_said, month_name
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.settled import FATE_NAMES


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """What a part of a column means."""

    swatch: Markup
    name: str


def legend_of(reader: Reader) -> tuple[LegendEntry, ...]:
    """What the parts of a column mean."""
    return tuple(
        LegendEntry(swatch=swatch(fate.value), name=reader.wording.gettext(FATE_NAMES[fate])) for fate in FATES
    )


def slots_of(periods: Sequence[Period], reader: Reader) -> tuple[Slot, ...]:
    """The places of periods below a chart, oldest first; the year stands where it begins."""
    slots, year = [], ""
    for period in reversed(periods):
        first, last = period.months[0], period.months[-1]
        short = [reader.wording.short_month(int(key[5:])) for key in (first, last)]
        months = (short[0],) if first == last else (f"{short[0]}–", short[1])
        named = (last[:4],) if last[:4] != year else ()
        year = last[:4]
        name = ", ".join(month_name(key, reader) for key in period.months)
        slots.append(Slot((*months, *named), name))
    return tuple(slots)


def promises_chart(periods: Sequence[Period], slots: Sequence[Slot], reader: Reader) -> Markup:
    """A column for each period, of what was kept on time, late, and not.

    :param periods: oldest first, like the places
    """
    _ = reader.wording.gettext
    said = _("{what}: {n}")
    columns = [
        [
            Part(fate.value, number, said.format(what=_(FATE_NAMES[fate]), n=number))
            for fate, number in by_fate(period.tally)
        ]
        for period in periods
    ]
    return columns_chart(
        "promises-by-month",
        slots,
        columns,
        title=_("Promises by month"),
        description=_(
            "A column for each month: what was kept on time, kept late and not kept. The table tells it all."
        ),
    )


_MINUTE, _MANY_MINUTES, _MANY_HOURS = timedelta(minutes=1), timedelta(hours=3), timedelta(hours=72)


def first_reports_chart(periods: Sequence[Period], slots: Sequence[Slot], reader: Reader) -> tuple[str, Markup | None]:
    """The chart's title, with its unit, and the chart; none where no month has cases enough."""
    _ = reader.wording.gettext
    medians = [period.first_report.median for period in periods if period.first_report]
    if not medians:
        return "", None
    unit, title = _MINUTE, _("Time to the first report (median), in minutes")
    if max(medians) >= _MANY_HOURS:
        unit, title = timedelta(days=1), _("Time to the first report (median), in days")
    elif max(medians) >= _MANY_MINUTES:
        unit, title = timedelta(hours=1), _("Time to the first report (median), in hours")
    dots = [_dot(period.first_report, unit, reader) for period in periods]
    description = _("A dot for each month with cases enough. The table tells the same.")
    return title, dots_chart("first-report-by-month", slots, dots, title=title, description=description)


def _dot(spread: Spread | None, unit: timedelta, reader: Reader) -> Dot:
    if spread is None:
        return Dot(None, "", "")
    value = spread.median / unit
    label = f"{int(value)}" if unit == _MINUTE else f"{value:.1f}"
    return Dot(value, label, length_said(spread.median, reader))
