"""What a badge says: a label, a message and the colour of both, the same for every form of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.overall import overall
from noroshi.snapshot.site import ComponentState, Snapshot
from noroshi.text.labels import N_
from noroshi.text.wording import Wording
from noroshi.writers.badges.widths import shortened

NAME_ROOM = 240
"""How wide a component's name may be, in pixels."""

LABEL_ROOM = 480
"""How wide a label may be with the name of the edition that the badge belongs to, in pixels."""


class Colour(NamedTuple):
    """A colour and that of the text on it; they contrast by 4.5 to 1 at least (WCAG 2.2, 1.4.3)."""

    fill: str
    ink: str


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A badge, before it has a form."""

    label: str
    """What it speaks of."""
    message: str
    """How that is: all that the colour says, in words."""
    colour: Colour
    """Of the message."""
    alarming: bool
    """Whether something is wrong; planned work is not."""
    sentence: str
    """All of it, to be read aloud."""
    language: str


LABEL_COLOUR = Colour("#4d5562", "#ffffff")
"""Of every label."""

_WARNING = Colour("#f2b82e", "#333333")
_COLOURS = {
    ComponentLevel.OPERATIONAL: Colour("#1a7446", "#ffffff"),
    ComponentLevel.UNDER_MAINTENANCE: Colour("#2460bd", "#ffffff"),
    ComponentLevel.DEGRADED_PERFORMANCE: _WARNING,
    ComponentLevel.PARTIAL_OUTAGE: Colour("#b34708", "#ffffff"),
    ComponentLevel.MAJOR_OUTAGE: Colour("#b01e1e", "#ffffff"),
}


def page_badge(snapshot: Snapshot, words: Wording, marked: Callable[[str], str] = str) -> Badge:
    """How the whole page is: the worst level now.

    An incident under which no component suffers is told as well while it lasts, as is work that has begun.

    :param marked: puts the name of an edition beside a title
    """
    label = _tidy(marked(words.gettext(N_("status"))))
    whole = overall(snapshot)
    if whole.incident:
        return _badge(label, words.gettext(N_("incident open")), _WARNING, words, alarming=True)
    return _level_badge(label, whole.level, words)


def component_badge(
    component: ComponentState, words: Wording, *, first: str, marked: Callable[[str], str] = str
) -> Badge:
    """How one component is.

    :param first: the site's first language: that of texts without one
    :param marked: puts the name of an edition beside a title
    """
    name, _ = component.component.name.said_in(words.language, first)
    return _level_badge(_tidy(marked(shortened(_tidy(name), NAME_ROOM))), component.level, words)


def _level_badge(label: str, level: ComponentLevel, words: Wording) -> Badge:
    return _badge(label, words.label(level).lower(), _COLOURS[level], words, alarming=level.impaired)


def _badge(label: str, message: str, colour: Colour, words: Wording, *, alarming: bool) -> Badge:
    sentence = f"{label}{words.gettext(': ')}{message}"
    return Badge(
        label=label, message=message, colour=colour, alarming=alarming, sentence=sentence, language=words.language
    )


def _tidy(text: str) -> str:
    """One line of bounded width that cannot turn round what stands beside it."""
    return shortened(" ".join(_TURNING.sub("", text).split()), LABEL_ROOM)


# The marks of UAX #9 that set the direction of writing: a badge's parts are put together as text in titles.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
