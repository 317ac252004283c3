"""How much of the last days a component was up, computed from its reports alone.

Weights follow Statuspage's uptime showcase, which readers know from other status pages: a major outage counts whole,
a partial one 30 %, degraded performance and maintenance not at all
(https://help.statuspage.io/help/uptime-calendar, "Display historical uptime of components").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import MatterKind
from noroshi.snapshot.days import ComponentDay
from noroshi.snapshot.state import State

WEIGHTS = {ComponentLevel.MAJOR_OUTAGE: 100, ComponentLevel.PARTIAL_OUTAGE: 30}
"""How many hundredths of its length a level counts as downtime; every other level counts as none."""

_NOUGHT = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Uptime:
    """How much of a time a component was up."""

    known: int
    """How many days are counted, today included."""
    unknown: int
    """How many are not, because nothing is known of them."""
    since: date | None
    """The first day that counts, in the site's zone; None where none does."""
    observed: timedelta
    """How long these days lasted so far."""
    spent: tuple[tuple[ComponentLevel, timedelta], ...]
    """For how long it was at each level but operational, worst first."""
    hundredths: int | None
    """Uptime in hundredths of a percent, rounded down: 10000 only where nothing was down. None of no known days."""
    down: timedelta
    """Downtime, weighed."""
    lasting: bool
    """Whether it is down now: downtime counts until now."""
    start_unknown: int
    """How many incidents count from when they were noticed or told of, because their start is not known."""
    length_unknown: int
    """How many incidents count as no downtime, because nobody knows how long they lasted."""
    imported: int
    """How many of the incidents in this time were taken over from another system."""

    @property
    def told(self) -> str:
        """Differs where what is told of it does: the time that passes while nothing is down tells nothing new."""
        parts = (self.hundredths, self.since, self.unknown, self.spent, self.lasting)
        return f"{parts} {self.start_unknown} {self.length_unknown} {self.imported}"


def uptime_of(
    component: str, days: Sequence[ComponentDay], states: Iterable[State], *, start: datetime, now: datetime
) -> Uptime:
    """The uptime of a component over these days.

    :param states: matters that concerned the component, newest first
    :param start: when the first of these days begins
    """
    spent = spent_in(days)
    observed = sum((day.observed for day in days), _NOUGHT)
    hundredths = share(spent, observed)
    known = [day.day for day in days if day.known]
    lasting, start_unknown, length_unknown, imported = False, 0, 0, 0
    for state in states:
        if state.kind is not MatterKind.INCIDENT or state.began_at > now:
            continue
        gist = state.gist
        over = gist is not None and (gist.fine_since is None or gist.fine_since <= start)
        told = state.began_at >= start
        if over and not told:
            continue
        down = [] if over else [each for each in state.impacts if each.component == component and each.level in WEIGHTS]
        counts = [each for each in down if (each.end is None or each.end > start) and each.start <= now]
        lasting = lasting or any(each.end is None or each.end > now for each in counts)
        endless = state.phase.over and state.ended_at is None and state.recovered_at is None
        length_unknown += told and endless and not counts
        start_unknown += bool(counts) and state.started_at is None
        imported += state.imported and (told or bool(counts))
    return Uptime(
        known=len(known),
        unknown=len(days) - len(known),
        since=min(known, default=None),
        observed=observed,
        spent=spent,
        hundredths=hundredths,
        down=weighed(spent),
        lasting=lasting,
        start_unknown=start_unknown,
        length_unknown=length_unknown,
        imported=imported,
    )


def spent_in(days: Iterable[ComponentDay]) -> tuple[tuple[ComponentLevel, timedelta], ...]:
    """For how long these days were spent at each level but operational, worst first."""
    total: dict[ComponentLevel, timedelta] = {}
    for day in days:
        for level, length in day.spent:
            total[level] = total.get(level, _NOUGHT) + length
    return tuple(sorted(total.items(), key=lambda pair: -pair[0].rank))


def weighed(spent: Iterable[tuple[ComponentLevel, timedelta]]) -> timedelta:
    """The downtime that these lengths come to."""
    return sum((length * WEIGHTS.get(level, 0) for level, length in spent), _NOUGHT) / 100


def share(spent: Iterable[tuple[ComponentLevel, timedelta]], observed: timedelta) -> int | None:
    """Uptime in hundredths of a percent, rounded down, so that no downtime is ever lost; None of no time at all.

    :param observed: how long was looked at
    """
    if not observed:
        return None
    down = sum((length * WEIGHTS.get(level, 0) for level, length in spent), _NOUGHT)  # in hundredths of its length
    return ((observed * 100 - down) * 100) // observed
