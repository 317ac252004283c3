"""How a component was on each of the last days: what bars show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
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


def component_days(
    component: str, states: Iterable[State], *, now: datetime, zone: ZoneInfo, days: int = BAR_DAYS
) -> tuple[ComponentDay, ...]:
    """The last days of a component up to ``now``, oldest first.

    :param states: matters that concerned the component; others are passed over
    """
    today = now.astimezone(zone).date()
    bounds = [datetime.combine(today - timedelta(days=days - 1 - n), time(), tzinfo=zone) for n in range(days + 1)]
    impacts = [
        impact
        for state in states
        for impact in state.impacts
        if impact.component == component and impact.start < now and (impact.end is None or impact.end > bounds[0])
    ]
    return tuple(_day(start, end, impacts, now) for start, end in pairwise(bounds))


def _day(start: datetime, end: datetime, impacts: list[Impact], now: datetime) -> ComponentDay:
    level = ComponentLevel.OPERATIONAL
    spans: list[tuple[datetime, datetime]] = []
    for impact in impacts:
        since, till = max(impact.start, start), min(impact.end or now, end, now)
        if since < till:
            level = max(level, impact.level, key=lambda each: each.rank)
            spans.append((since, till))
    return ComponentDay(day=start.date(), level=level, impaired=_covered(spans))


def _covered(spans: list[tuple[datetime, datetime]]) -> timedelta:
    """How long at least one of the spans lasted."""
    total, reached = timedelta(0), None
    for since, till in sorted(spans):
        if reached is not None and since < reached:
            since = reached
        if since < till:
            total += till - since
            reached = till
    return total
