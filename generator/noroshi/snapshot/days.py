"""How a component was on each of the last days: what bars show."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from zoneinfo import ZoneInfo

from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.state import Impact, State

BAR_DAYS = 90
"""How many days a component's bar shows, today included."""


@dataclass(frozen=True, kw_only=True)
class ComponentDay:
    """A day in the site's zone: the worst level of it, and for how long the component was not operational."""

    day: date
    level: ComponentLevel
    impaired: timedelta
    known: bool = True
    """Whether the site was there on that day: of earlier ones nobody can say how they were."""
    observed: timedelta
    """How much of the day has passed; nothing of one that is not known."""
    spent: tuple[tuple[ComponentLevel, timedelta], ...] = ()
    """For how long it was at each level but operational, worst first; where levels meet in time, the worst counts."""


def component_days(
    component: str,
    states: Iterable[State],
    *,
    now: datetime,
    zone: ZoneInfo,
    days: int = BAR_DAYS,
    since: date | None = None,
) -> tuple[ComponentDay, ...]:
    """The last days of a component up to ``now``, oldest first.

    :param states: matters that concerned the component; others are passed over
    :param since: the first day of which anything is known; None where all are
    """
    today = now.astimezone(zone).date()
    bounds = _midnights(today, days, zone)
    touching: list[list[Impact]] = [[] for _ in range(days)]
    for state in states:
        gist = state.gist  # most were over before the first of these days
        if gist is not None and (gist.fine_since is None or gist.fine_since <= bounds[0]):
            continue
        for impact in state.impacts:
            if impact.component == component and (impact.end is None or impact.end > bounds[0]):
                first = max(bisect_right(bounds, impact.start) - 1, 0)
                last = bisect_left(bounds, min(impact.end or now, now)) - 1
                for n in range(first, min(last, days - 1) + 1):
                    touching[n].append(impact)
    dates = [today - timedelta(days=days - 1 - n) for n in range(days)]
    return tuple(
        _day(day, bounds[n], bounds[n + 1], touching[n], now)
        if since is None or day >= since
        else ComponentDay(
            day=day, level=ComponentLevel.OPERATIONAL, impaired=_NOT_AT_ALL, known=False, observed=_NOT_AT_ALL
        )
        for n, day in enumerate(dates)
    )


@lru_cache(maxsize=4)
def _midnights(today: date, days: int, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When each of the last days began, and when the last of them ends, in UTC."""
    dates = [today - timedelta(days=days - 1 - n) for n in range(days + 1)]
    return tuple(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in dates)


def _day(day: date, start: datetime, end: datetime, impacts: list[Impact], now: datetime) -> ComponentDay:
    spans: list[tuple[datetime, datetime, ComponentLevel]] = []
    for impact in impacts:
        since, till = max(impact.start, start), min(impact.end or now, end, now)
        if since < till:
            spans.append((since, till, impact.level))
    spent = _spent(spans) if spans else ()
    return ComponentDay(
        day=day,
        level=spent[0][0] if spent else ComponentLevel.OPERATIONAL,
        impaired=sum((length for _, length in spent), _NOT_AT_ALL),
        observed=min(now, end) - start,
        spent=spent,
    )


_NOT_AT_ALL = timedelta(0)


def _spent(spans: list[tuple[datetime, datetime, ComponentLevel]]) -> tuple[tuple[ComponentLevel, timedelta], ...]:
    """How long each level was the worst, worst first."""
    total: dict[ComponentLevel, timedelta] = {}
    edges = sorted({edge for since, till, _ in spans for edge in (since, till)})
    for since, till in pairwise(edges):
        there = [level for start, end, level in spans if start <= since and till <= end]
        if there:
            worst = max(there, key=attrgetter("rank"))
            total[worst] = total.get(worst, _NOT_AT_ALL) + till - since
    return tuple(sorted(total.items(), key=lambda pair: -pair[0].rank))
