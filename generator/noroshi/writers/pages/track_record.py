"""The record's first page: how promises were kept, in all, by month and by kind, and how well incidents were told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.snapshot.figures import FEWEST, Figures, KindFigure, Period, Share, Spread
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record import FATES, Tally, TrackRecord
from noroshi.urls import record_part_path
from noroshi.writers.pages.charts import SHOWN, Dot, Part, Slot, columns_chart, dots_chart, swatch
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.settled import FATE_NAMES
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A row of a table: promises by their fate, each number linked to those behind it."""

    anchor: str
    name: Markup
    note: str | None
    """Why several are counted together."""
    numbers: tuple[Markup, ...]
    """In the order of :data:`FATES`."""
    share: str
    first_report: str | None = None
    """The median time to the first report; None where the table has no such column."""


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """What a part of a column means."""

    swatch: Markup
    name: str


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """The record's first page, finished for its template."""

    any: bool
    """Whether a promise has been settled, or an incident has begun."""
    verdict: str | None
    """The whole in a sentence; None for too few."""
    fates: tuple[Fact, ...]
    """How many had which fate."""
    legend: tuple[LegendEntry, ...]
    columns: Markup
    dots: Markup | None
    dots_title: str
    periods: tuple[FigureRow, ...]
    """Those that the charts show, newest first."""
    earlier: tuple[FigureRow, ...]
    """Those before them, newest first."""
    kinds: tuple[FigureRow, ...]
    incidents: tuple[Fact, ...]
    incident_months: tuple[Markup, ...]
    """Links to the months in which incidents began, newest first; so the next two."""
    commitments: tuple[Fact, ...]
    commitment_months: tuple[Markup, ...]
    months: tuple[Markup, ...]
    imported: str | None
    """How many imported records are left out."""


def record_page(record: TrackRecord, figures: Figures, matters: Mapping[str, State], reader: Reader) -> RecordPage:
    """The record's first page.

    :param matters: by id, those that the figures name
    """
    words = reader.wording
    slots, periods = _slots(figures.periods[:SHOWN], reader), figures.periods[:SHOWN][::-1]
    title, dots = _dots(periods, slots, reader)
    total, imported = figures.total, record.imported
    enough = total.total >= FEWEST
    incident_months = tuple(month_link(month.key, reader, "#incidents") for month in record.months if month.incidents)
    left_out = words.ngettext(
        "{n} imported record made no promise here and is left out.",
        "{n} imported records made no promises here and are left out.",
        imported,
    )
    return RecordPage(
        any=bool(record.months),
        verdict=verdict_of(Share(total.met, total.total), reader) if enough else None,
        fates=tuple(_fates(total, reader)) if enough else (),
        legend=tuple(LegendEntry(swatch=swatch(fate.value), name=words.gettext(FATE_NAMES[fate])) for fate in FATES),
        columns=_columns(periods, slots, reader) if periods else Markup(""),
        dots=dots,
        dots_title=title,
        periods=tuple(_period_row(period, reader) for period in figures.periods[:SHOWN]),
        earlier=tuple(_period_row(period, reader) for period in figures.periods[SHOWN:]),
        kinds=tuple(_kind_row(figure, reader) for figure in figures.kinds),
        incidents=tuple(_incident_facts(figures, matters, reader)) if incident_months else (),
        incident_months=incident_months,
        commitments=tuple(
            Fact(label=words.label(outcome), value=escape(number)) for outcome, number in figures.commitments
        ),
        commitment_months=tuple(
            month_link(month.key, reader, "#commitments") for month in record.months if month.commitments
        ),
        months=tuple(month_link(month.key, reader) for month in record.months),
        imported=left_out.format(n=imported) if imported else None,
    )


def verdict_of(share: Share, reader: Reader) -> str:
    """How many promises were kept on time."""
    message = reader.wording.gettext("{part} of {whole} promises kept on time ({percent}%)")
    return message.format(part=share.part, whole=share.whole, percent=share.percent)


def month_name(key: str, reader: Reader) -> str:
    """A month's name, from its key ``2026-06``."""
    return reader.wording.month(int(key[:4]), int(key[5:]))


def month_link(key: str, reader: Reader, fragment: str = "") -> Markup:
    """A link to a month of the record."""
    return safe(f'<a href="{reader.link(record_part_path(key))}{fragment}">{escape(month_name(key, reader))}</a>')


def too_few(reader: Reader) -> str:
    """What stands in place of a figure that is not shown."""
    return reader.wording.gettext("too few cases (fewer than three)")


def share_said(share: Share, reader: Reader) -> str:
    """A share with its fraction, or that there are too few cases."""
    if not share.enough:
        return too_few(reader)
    message = reader.wording.gettext("{part} of {whole} ({percent}%)")
    return message.format(part=share.part, whole=share.whole, percent=share.percent)


def length_said(length: timedelta, reader: Reader) -> str:
    """A length of time, which may be nought."""
    return reader.length(length) if length >= _MINUTE else reader.wording.gettext("less than a minute")


_MINUTE = timedelta(minutes=1)


def _number(number: int, fate: PromiseState, fragment: str, reader: Reader) -> Markup:
    """How many, with a link to them all."""
    if not number:
        return escape(number)
    return safe(f'<a href="{reader.link(record_part_path(fate.value))}{fragment}">{number}</a>')


def _by_fate(tally: Tally) -> tuple[tuple[PromiseState, int], ...]:
    return tuple(zip(FATES, (tally.met, tally.late, tally.missed), strict=True))


def _fates(tally: Tally, reader: Reader) -> Iterator[Fact]:
    for fate, number in _by_fate(tally):
        yield Fact(label=reader.wording.gettext(FATE_NAMES[fate]), value=_number(number, fate, "", reader))


def _period_row(period: Period, reader: Reader) -> FigureRow:
    newest_first = period.months[::-1]
    single = period.months[0] if len(period.months) == 1 else None
    numbers = (
        safe(f'<a href="{reader.link(record_part_path(single))}#{fate.value}">{number}</a>')
        if single and number
        else escape(number)
        for fate, number in _by_fate(period.tally)
    )
    spread = period.first_report
    return FigureRow(
        anchor=f"month-{newest_first[0]}",
        name=Markup(", ").join(month_link(key, reader) for key in newest_first),
        note=None if single else _together(reader),
        numbers=tuple(numbers),
        share=share_said(Share(period.tally.met, period.tally.total), reader),
        first_report=length_said(spread.median, reader) if spread else too_few(reader),
    )


def _kind_row(figure: KindFigure, reader: Reader) -> FigureRow:
    words = reader.wording
    kinds, single = figure.kinds, len(figure.kinds) == 1
    numbers = (
        _number(number, fate, f"#{kinds[0].value}" if single else "", reader) for fate, number in _by_fate(figure.tally)
    )
    return FigureRow(
        anchor=f"kind-{kinds[0].value}",
        name=escape(words.gettext(", ").join(words.label(kind) for kind in kinds)),
        note=None if single else _together(reader),
        numbers=tuple(numbers),
        share=share_said(Share(figure.tally.met, figure.tally.total), reader),
    )


def _together(reader: Reader) -> str:
    return reader.wording.gettext("counted together: too few cases (fewer than three) in one alone")


def _slots(periods: Sequence[Period], reader: Reader) -> tuple[Slot, ...]:
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


def _columns(periods: Sequence[Period], slots: Sequence[Slot], reader: Reader) -> Markup:
    _ = reader.wording.gettext
    said = _("{what}: {n}")
    columns = [
        [
            Part(fate.value, number, said.format(what=_(FATE_NAMES[fate]), n=number))
            for fate, number in _by_fate(period.tally)
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


_MANY_MINUTES, _MANY_HOURS = timedelta(hours=3), timedelta(hours=72)


def _dots(periods: Sequence[Period], slots: Sequence[Slot], reader: Reader) -> tuple[str, Markup | None]:
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


def _incident_facts(figures: Figures, matters: Mapping[str, State], reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    spreads = (
        (_("Time to the first report"), figures.first_report),
        (_("First estimate of the recovery, off by"), figures.first_estimate),
        (_("Last estimate of the recovery, off by"), figures.last_estimate),
    )
    for label, spread in spreads:
        yield Fact(label=label, value=_spread_said(spread, matters, reader))
    shares = (
        (_("Noticed by a client first"), figures.noticed_by_clients, "#incidents"),
        (_("Completed with cause and corrective actions"), figures.complete, "#incidents"),
        (_("Corrective actions done on time"), figures.actions, f"#kind-{PromiseKind.ACTION.value}"),
        (_("Effects checked on time"), figures.effect_checks, f"#kind-{PromiseKind.EFFECT_CHECK.value}"),
    )
    shown = {f"#kind-{figure.kinds[0].value}" for figure in figures.kinds}
    for label, share, behind in shares:
        said = escape(share_said(share, reader))
        linked = share.enough and (behind in shown or behind == "#incidents")
        yield Fact(label=label, value=safe(f'<a href="{behind}">{said}</a>') if linked else said)


def _spread_said(spread: Spread | None, matters: Mapping[str, State], reader: Reader) -> Markup:
    if spread is None:
        return escape(too_few(reader))
    worst = matters[spread.worst_id]
    return reader.say(
        reader.wording.gettext("{median} (median of {n}), {worst} at worst: {incident}"),
        median=length_said(spread.median, reader),
        n=str(spread.cases),
        worst=length_said(spread.worst, reader),
        incident=reader.matter(worst.kind, worst.id, worst.title),
    )


def render_record_page(view: RecordPage, reader: Reader, templates: Templates) -> str:
    """The body of the record's first page, as HTML."""
    return templates.render("track_record.html", reader.wording, view=view)
