"""The record's first page: how promises were kept, in all, by month and by kind, and how well incidents were told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseKind
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record.figures import FEWEST, Figures, Share, Spread
from noroshi.snapshot.track_record.months import Tally, TrackRecord
from noroshi.urls import LOG
from noroshi.writers.pages.charts import SHOWN
from noroshi.writers.pages.figure_charts import LegendEntry, first_reports_chart, legend_of, promises_chart, slots_of
from noroshi.writers.pages.figure_tables import FigureRow, by_fate, kind_row, number_link, period_row
from noroshi.writers.pages.figure_words import length_said, month_link, share_said, too_few, verdict_of
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.settled import FATE_NAMES
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class TrackRecordView:
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
    log: str
    """The link to the published log."""


def track_record_view(
    record: TrackRecord, figures: Figures, matters: Mapping[str, State], reader: Reader
) -> TrackRecordView:
    """The record's first page.

    :param matters: by id, those that the figures name
    """
    words = reader.wording
    slots, periods = slots_of(figures.periods[:SHOWN], reader), figures.periods[:SHOWN][::-1]
    title, dots = first_reports_chart(periods, slots, reader)
    total, imported = figures.total, record.imported
    enough = total.total >= FEWEST
    incident_months = tuple(month_link(month.key, reader, "#incidents") for month in record.months if month.incidents)
    left_out = words.ngettext(
        "{n} imported record made no promise here and is left out.",
        "{n} imported records made no promises here and are left out.",
        imported,
    )
    return TrackRecordView(
        any=bool(record.months),
        log=reader.link(LOG),
        verdict=verdict_of(Share(total.met, total.total), reader) if enough else None,
        fates=tuple(_fates(total, reader)) if enough else (),
        legend=legend_of(reader),
        columns=promises_chart(periods, slots, reader) if periods else Markup(""),
        dots=dots,
        dots_title=title,
        periods=tuple(period_row(period, reader) for period in figures.periods[:SHOWN]),
        earlier=tuple(period_row(period, reader) for period in figures.periods[SHOWN:]),
        kinds=tuple(kind_row(figure, reader) for figure in figures.kinds),
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


def _fates(tally: Tally, reader: Reader) -> Iterator[Fact]:
    for fate, number in by_fate(tally):
        yield Fact(label=reader.wording.gettext(FATE_NAMES[fate]), value=number_link(number, fate, "", reader))


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


def render_track_record(view: TrackRecordView, reader: Reader, templates: Templates) -> str:
    """The body of the record's first page, as HTML."""
    return templates.render("track_record.html", reader.wording, view=view)
