"""The bar of a component's last days: a picture of few shapes, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.days import ComponentDay
from noroshi.writers.pages.links import Reader


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


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The last days of a component, oldest first."""

    days: int
    summary: str
    """The whole in a sentence, for those who cannot see the bar."""
    marks: tuple[Stretch, ...]
    """The days that were not operational, oldest first."""
    stretches: tuple[Stretch, ...]
    """All days in runs, newest first, to be read as a list."""


UNKNOWN = "unknown"
"""The level of days before the site was there."""


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
    if bad:
        template = words.ngettext(
            "The last {n} days: not operational on {bad} day", "The last {n} days: not operational on {bad} days",
            bad,
        )  # fmt: skip
    else:
        template = words.gettext("The last {n} days: operational on all of them")
    known = sum(day.known for day in days)
    return Bar(
        days=len(days),
        summary=template.format(n=known, bad=bad),
        marks=marks,
        stretches=tuple(reversed(stretches)),
    )


def _stretches(days: Sequence[ComponentDay], reader: Reader) -> Iterator[Stretch]:
    numbered = list(enumerate(days))
    words = reader.wording
    for key, group in groupby(numbered, key=_kind_of_day):
        run = list(group)
        place, first = run[0]
        yield Stretch(
            start=place,
            length=len(run),
            level=first.level.value if first.known else UNKNOWN,
            level_name=words.label(first.level) if first.known else words.gettext("No record yet"),
            days=words.days(first.day, run[-1][1].day),
            lasted=reader.length(first.impaired) if key >= 0 else None,
        )


@dataclass(frozen=True, kw_only=True)
class LegendEntry:
    """What a colour of the bars means."""

    level: str
    name: str


def legend(reader: Reader) -> tuple[LegendEntry, ...]:
    """The colours of the bars, from best to worst."""
    return tuple(LegendEntry(level=level.value, name=reader.wording.label(level)) for level in ComponentLevel)


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
