"""The bar of a component's last days: a picture of few shapes, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.days import ComponentDay
from noroshi.snapshot.uptime import share
from noroshi.text.labels import N_
from noroshi.writers.pages.figure_words import length_said
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.uptime import percent


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days in a row that look alike; each day that was not operational stands alone."""

    start: int
    """The first day's place in the bar, from 0."""
    length: int
    level: str
    level_name: str
    days: str
    """The days in words."""
    lasted: str | None
    """For how long the component was not operational."""
    levels: tuple[Fact, ...]
    """How long it was at each level on such a day, worst first."""
    uptime: str | None
    """The share of the time in which it was up, outages weighed; None of days that are not known."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The last days of a component, oldest first."""

    days: int
    summary: str
    """The whole in a sentence, for those who cannot see the bar."""
    marks: tuple[Stretch, ...]
    """The days that were not operational, oldest first."""
    stretches: tuple[Stretch, ...]
    """All days in runs, newest first, to be read as a table."""
    cells: Markup
    """A shape for each day, the taller the worse it was, in a picture of :data:`HEIGHT`."""


UNKNOWN = "unknown"
"""The level of days before the site was there."""

_NO_RECORD = N_("No record yet")


def _kind_of_day(numbered: tuple[int, ComponentDay]) -> int:
    """Days that look alike have the same; each day that was not operational stands alone."""
    place, day = numbered
    if not day.known:
        return -2
    return place if day.impaired else -1


def bar(days: Sequence[ComponentDay], reader: Reader) -> Bar:
    """The bar of these days, oldest first."""
    stretches = tuple(_stretches(days, reader))
    marks = tuple(stretch for stretch in stretches if stretch.level != ComponentLevel.OPERATIONAL.value)
    bad = sum(stretch.level != UNKNOWN for stretch in marks)
    words = reader.wording
    known = sum(day.known for day in days)
    # Two numbers in one sentence would need a form for each pair of them.
    period = words.ngettext("The last {n} day", "The last {n} days", known).format(n=known)
    if bad:
        told = words.ngettext("not operational on {n} day", "not operational on {n} days", bad).format(n=bad)
    else:
        told = words.gettext("operational on all of them")
    return Bar(
        days=len(days),
        summary=f"{period}{words.gettext(': ')}{told}",
        marks=marks,
        stretches=tuple(reversed(stretches)),
        cells=_cells(stretches),
    )


def _stretches(days: Sequence[ComponentDay], reader: Reader) -> Iterator[Stretch]:
    numbered = list(enumerate(days))
    words = reader.wording
    for key, group in groupby(numbered, key=_kind_of_day):
        run = list(group)
        place, first = run[0]
        hundredths = share(first.spent, first.observed)
        yield Stretch(
            start=place,
            length=len(run),
            level=first.level.value if first.known else UNKNOWN,
            level_name=words.label(first.level) if first.known else words.gettext(_NO_RECORD),
            days=words.days(first.day, run[-1][1].day),
            lasted=length_said(first.impaired, reader) if key >= 0 else None,
            levels=tuple(
                Fact(label=words.label(level), value=escape(length_said(length, reader)))
                for level, length in first.spent
            ),
            uptime=None if hundredths is None else percent(hundredths),
        )


HEIGHT = 20
"""How tall the worst day is in the bar."""

_TALL = {
    UNKNOWN: 4,
    ComponentLevel.OPERATIONAL.value: 8,
    ComponentLevel.UNDER_MAINTENANCE.value: 11,
    ComponentLevel.DEGRADED_PERFORMANCE.value: 14,
    ComponentLevel.PARTIAL_OUTAGE.value: 17,
    ComponentLevel.MAJOR_OUTAGE.value: HEIGHT,
}


def _cells(stretches: Iterable[Stretch]) -> Markup:
    shapes = []
    for stretch in stretches:
        top, tall = HEIGHT - _TALL[stretch.level], _TALL[stretch.level]
        said = " ".join(filter(None, (stretch.days, stretch.level_name, stretch.lasted)))
        title = f"<title>{escape(said)}</title>" if stretch.level != ComponentLevel.OPERATIONAL.value else ""
        shape = f'class="nr-fill--{stretch.level}" y="{top}" width=".8" height="{tall}"'
        end = f">{title}</rect>" if title else "/>"
        shapes += [f'<rect x="{stretch.start + day}.1" {shape}{end}' for day in range(stretch.length)]
    return safe("".join(shapes))


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """What a colour of the bars means."""

    level: str
    name: str


def legend(reader: Reader, *, unknown: bool = False) -> tuple[LegendEntry, ...]:
    """The colours of the bars, from best to worst.

    :param unknown: whether some days are not known
    """
    words = reader.wording
    found = [LegendEntry(level=level.value, name=words.label(level)) for level in ComponentLevel]
    return (*found, *([LegendEntry(level=UNKNOWN, name=words.gettext(_NO_RECORD))] if unknown else ()))


def small_bar(shown: Bar) -> Markup:
    """The bar as a picture that fits on a line: a ground of good days and a shape for each other day."""
    shapes = "".join(
        f'<rect class="nr-fill--{mark.level}" x="{mark.start}" width="{mark.length}" height="1"/>'
        for mark in shown.marks
    )
    return Markup(
        f'<svg class="nr-small-bar" viewBox="0 0 {shown.days} 1" preserveAspectRatio="none" role="img" '
        f'aria-label="{{}}">{shapes}</svg>'
    ).format(shown.summary)
