"""The record's tables: promises by their fate, a row for each month and for each kind."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseState
from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.figures import KindFigure, Period, Share
from noroshi.snapshot.track_record.months import Tally
from noroshi.urls import record_part_path
from noroshi.writers.pages.figure_words import length_said, month_link, share_said, too_few
from noroshi.writers.pages.links import Reader, safe


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


def number_link(number: int, fate: PromiseState, fragment: str, reader: Reader) -> Markup:
    """How many had a fate, with a link to them all."""
    if not number:
        return escape(number)
    return safe(f'<a href="{reader.link(record_part_path(fate.value))}{fragment}">{number}</a>')


def by_fate(tally: Tally) -> tuple[tuple[PromiseState, int], ...]:
    """A tally's numbers, each with its fate, from best to worst."""
    return tuple(zip(FATES, (tally.met, tally.late, tally.missed), strict=True))


def period_row(period: Period, reader: Reader) -> FigureRow:
    """A month, or several that are counted together."""
    newest_first = period.months[::-1]
    single = period.months[0] if len(period.months) == 1 else None
    numbers = (
        safe(f'<a href="{reader.link(record_part_path(single))}#{fate.value}">{number}</a>')
        if single and number
        else escape(number)
        for fate, number in by_fate(period.tally)
    )
    spread = period.first_report
    return FigureRow(
        anchor=f"month-{newest_first[0]}",
        name=escape(reader.wording.gettext(", ")).join(month_link(key, reader) for key in newest_first),
        note=None if single else _together(reader),
        numbers=tuple(numbers),
        share=share_said(Share(period.tally.met, period.tally.total), reader),
        first_report=length_said(spread.median, reader) if spread else too_few(reader),
    )


def kind_row(figure: KindFigure, reader: Reader) -> FigureRow:
    """A kind of promise, or several that are counted together."""
    words = reader.wording
    kinds, single = figure.kinds, len(figure.kinds) == 1
    numbers = (
        number_link(number, fate, f"#{kinds[0].value}" if single else "", reader)
        for fate, number in by_fate(figure.tally)
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
