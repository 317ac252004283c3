"""How much of the last days a component was up, in words: the figure, what it is made of, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.uptime import WEIGHTS, Uptime
from noroshi.text.labels import N_
from noroshi.writers.pages.figure_words import length_said
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.report import Fact


@dataclass(frozen=True, kw_only=True)
class UptimeView:
    """A component's uptime, finished for its template."""

    share: str | None
    """``99.98%``; None where nothing is known."""
    down: str
    """The downtime in a sentence."""
    levels: tuple[Fact, ...]
    """How long it was at each level but operational, worst first."""
    weights: str
    """How levels are weighed, in a sentence."""
    notes: tuple[str, ...]
    """What is not counted, or not known, a sentence each."""


def percent(hundredths: int) -> str:
    """A share as people read it: ``99.98%``, and ``100%`` only of the whole.

    :param hundredths: in hundredths of a percent, rounded down
    """
    if hundredths == _WHOLE:
        return "100%"
    return f"{hundredths // 100}.{hundredths % 100:02}%"


_WHOLE = 10_000

_WEIGHED = N_(
    "A major outage counts with all of its length, a partial outage with {part}%; "
    "degraded performance and maintenance do not count."
)


def uptime_view(uptime: Uptime, reader: Reader) -> UptimeView:
    """What a component's page says of its uptime."""
    words = reader.wording
    return UptimeView(
        share=None if uptime.hundredths is None else percent(uptime.hundredths),
        down=_down(uptime, reader),
        levels=tuple(
            Fact(label=words.label(level), value=escape(length_said(length, reader))) for level, length in uptime.spent
        ),
        weights=words.gettext(_WEIGHED).format(part=WEIGHTS[ComponentLevel.PARTIAL_OUTAGE]),
        notes=tuple(_notes(uptime, reader)),
    )


def _down(uptime: Uptime, reader: Reader) -> str:
    _ = reader.wording.gettext
    if uptime.hundredths is None:
        return _("Nothing is known of these days yet.")
    if not uptime.down:
        return _("No outage was reported.")
    length = length_said(uptime.down, reader)
    if uptime.lasting:
        return _("Downtime so far: {length} (weighed). It goes on.").format(length=length)
    return _("Downtime: {length} (weighed)").format(length=length)


def _notes(uptime: Uptime, reader: Reader) -> Iterator[str]:
    words = reader.wording
    _, ngettext = words.gettext, words.ngettext
    if uptime.unknown and uptime.since is not None:
        yield _("Counted from {day}; nothing is known of the days before.").format(day=words.day(uptime.since))
    if n := uptime.start_unknown:
        yield ngettext(
            "{n} incident is counted from when it was noticed or first told of, for its start is not known.",
            "{n} incidents are counted from when they were noticed or first told of, for their start is not known.",
            n,
        ).format(n=n)
    if n := uptime.length_unknown:
        yield ngettext(
            "{n} incident is not counted, for nobody told how long it lasted.",
            "{n} incidents are not counted, for nobody told how long they lasted.",
            n,
        ).format(n=n)
    if n := uptime.imported:
        yield ngettext(
            "{n} of the incidents was taken over from another system, with the times that it had.",
            "{n} of the incidents were taken over from another system, with the times that it had.",
            n,
        ).format(n=n)


def uptime_words(uptime: Uptime, reader: Reader) -> Markup | None:
    """The uptime on a line of a list; None where nothing is known."""
    if uptime.hundredths is None:
        return None
    said = reader.wording.gettext("Uptime {share}")
    return Markup('<span class="nr-uptime">{}</span>').format(said.format(share=percent(uptime.hundredths)))
