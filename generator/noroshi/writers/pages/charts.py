"""Small charts as SVG. They hold no number that does not stand in the table beside them, and no colour speaks alone.

The parts of a column are told apart by pattern too. A chart is one picture to a screen reader (WAI-ARIA 1.2, role
``img``) with a title and a description; the table says the rest. Sizes are in units of the view box, 360 wide: on a
narrow telephone a unit is about a pixel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from markupsafe import Markup, escape

from noroshi.writers.pages.links import safe

SHOWN = 12
"""How many places a chart shows at most: a year of months."""

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM, _LINE = 360, 28, 358, 24, 156, 13


class Slot(NamedTuple):
    """A place on the axis of time."""

    lines: tuple[str, ...]
    """What stands below it, a short word a line."""
    name: str
    """What it is called in full."""


class Part(NamedTuple):
    """A part of a column."""

    word: str
    """The word that its look is found by: ``met``, ``late`` or ``missed``; a severity's or a kind's."""
    number: int
    said: str
    """What it says, with its number."""


class Dot(NamedTuple):
    """The value at a place; none where there are too few cases."""

    value: float | None
    label: str
    """The value as a number, in the chart's unit."""
    said: str
    """The value in full."""


def columns_chart(
    chart_id: str, slots: Sequence[Slot], columns: Sequence[Sequence[Part]], *, title: str, description: str
) -> Markup:
    """Columns of parts, one on the other.

    :param chart_id: unique on the page
    :param slots: oldest first
    """
    axis = _Axis(max((sum(part.number for part in parts) for parts in columns), default=0), len(slots))
    shapes = [_patterns(columns), *axis.grid()]
    for place, (slot, parts) in enumerate(zip(slots, columns, strict=True)):
        height, middle = 0, axis.middle(place)
        for part in parts:
            if part.number:
                said = f"<title>{escape(slot.name)}: {escape(part.said)}</title>"
                shapes.append(f"<g>{said}{_filled(part.word, axis.box(place, height, part.number))}</g>")
            height += part.number
        shapes.append(f'<text class="nr-value" x="{middle:g}" y="{axis.y(height) - 4:g}">{height}</text>')
    return _picture(chart_id, title, description, axis, slots, shapes)


def dots_chart(chart_id: str, slots: Sequence[Slot], dots: Sequence[Dot], *, title: str, description: str) -> Markup:
    """A dot for each value, joined to the next where both are known.

    :param chart_id: unique on the page
    :param slots: oldest first
    """
    axis = _Axis(max((dot.value for dot in dots if dot.value is not None), default=0), len(slots))
    points = [None if dot.value is None else (axis.middle(place), axis.y(dot.value)) for place, dot in enumerate(dots)]
    shapes = list(axis.grid())
    for one, other in pairwise(points):
        if one and other:
            ends = f'x1="{one[0]:g}" y1="{one[1]:g}" x2="{other[0]:g}" y2="{other[1]:g}"'
            shapes.append(f'<line class="nr-join" {ends}></line>')
    for slot, dot, point in zip(slots, dots, points, strict=True):
        if point:
            shapes.append(
                f"<g><title>{escape(slot.name)}: {escape(dot.said)}</title>"
                f'<circle class="nr-dot" cx="{point[0]:g}" cy="{point[1]:g}" r="4"></circle></g>'
                f'<text class="nr-value" x="{point[0]:g}" y="{point[1] - 8:g}">{escape(dot.label)}</text>'
            )
    return _picture(chart_id, title, description, axis, slots, shapes)


def swatch(word: str) -> Markup:
    """What a part of a column looks like, for the legend of a chart of columns on the same page."""
    box = 'x=".5" y=".5" width="13" height="13"'
    return safe(f'<svg class="nr-key" viewBox="0 0 14 14" aria-hidden="true">{_filled(word, box)}</svg>')


# "met", "minor" and "none" are plain; the others are hatched, each in its own way.
_STRIPES = {
    "late": (5, ' patternTransform="rotate(45)"', '<line class="nr-hatch" x2="0" y2="5"></line>'),
    "missed": (6, "", '<path class="nr-hatch" d="M0 0L6 6M6 0L0 6"></path>'),
    "critical": (6, "", '<path class="nr-hatch" d="M0 0L6 6M6 0L0 6"></path>'),
    "major": (5, ' patternTransform="rotate(45)"', '<line class="nr-hatch" x2="0" y2="5"></line>'),
    "maintenance": (5, "", '<line class="nr-hatch" x2="5" y2="0"></line>'),
    "commitments": (5, "", '<line class="nr-hatch" x2="0" y2="5"></line>'),
}


def _patterns(columns: Sequence[Sequence[Part]]) -> str:
    """What the hatches of these columns are filled with."""
    used = {part.word for parts in columns for part in parts}
    found = "".join(
        f'<pattern id="nr-pattern-{word}" width="{size}" height="{size}" patternUnits="userSpaceOnUse"{turned}>'
        f"{shape}</pattern>"
        for word, (size, turned, shape) in _STRIPES.items()
        if word in used
    )
    return f"<defs>{found}</defs>"


def _filled(word: str, box: str) -> str:
    hatch = f'<rect {box} fill="url(#nr-pattern-{word})"></rect>' if word in _STRIPES else ""
    return f'<rect class="nr-part nr-part--{word}" {box}></rect>{hatch}'


class _Axis:
    """Where numbers and places stand in a chart."""

    def __init__(self, highest: float, places: int) -> None:
        step = 1.0
        while ceil(highest / step) > _GRID_LINES:
            step *= 2.5 if f"{step:g}".startswith("2") else 2
        self._step = step
        self._lines = max(1, ceil(highest / step))
        self._pitch = (_RIGHT - _LEFT) / max(places, _FEW)
        self._slot = min(26.0, self._pitch * 0.7)

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return round(_BOTTOM - (_BOTTOM - _TOP) * value / (self._step * self._lines), 2)

    def middle(self, place: int) -> float:
        """How far to the right a place stands."""
        return round(_LEFT + self._pitch * (place + 0.5), 2)

    def box(self, place: int, base: int, number: int) -> str:
        """The attributes of a part of a column."""
        top, bottom = self.y(base + number), self.y(base)
        left = self.middle(place) - self._slot / 2
        return f'x="{left:g}" y="{top:g}" width="{self._slot:g}" height="{round(bottom - top, 2):g}"'

    def grid(self) -> Iterator[str]:
        """The lines across, each with its value."""
        for line in range(self._lines + 1):
            value = line * self._step
            y = self.y(value)
            yield f'<line class="nr-grid" x1="{_LEFT}" y1="{y:g}" x2="{_RIGHT}" y2="{y:g}"></line>'
            yield f'<text class="nr-tick" x="{_LEFT - 4}" y="{y + 3:g}">{value:g}</text>'


_GRID_LINES = 4
_FEW = 4
"""A chart of one or two places does not stretch them over all its width."""


def _picture(
    chart_id: str, title: str, description: str, axis: _Axis, slots: Sequence[Slot], shapes: Sequence[str]
) -> Markup:
    words = "".join(
        f'<text class="nr-slot" x="{axis.middle(place):g}" y="{_BOTTOM + _LINE * line:g}">{escape(word)}</text>'
        for place, slot in enumerate(slots)
        for line, word in enumerate(slot.lines, 1)
    )
    height = _BOTTOM + _LINE * max((len(slot.lines) for slot in slots), default=0) + 6
    return safe(
        f'<svg class="nr-chart" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{chart_id}-title" aria-describedby="{chart_id}-said">'
        f'<title id="{chart_id}-title">{escape(title)}</title><desc id="{chart_id}-said">{escape(description)}</desc>'
        f"{''.join(shapes)}{words}</svg>"
    )
