"""How components were, and from when until when, as a matter's reports tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.state import Impact

Change = tuple[datetime, Mapping[str, ComponentLevel]]
"""From a time on, these components are so."""


def impacts_of(changes: Iterable[Change], *, end: datetime | None) -> tuple[Impact, ...]:
    """The times in which components were not operational, by component in order of mention, then by time.

    :param changes: in the order of the reports; a later one may speak of an earlier time, and of two that speak
        of the same time the later one holds
    :param end: when all was over; None while it lasts
    """
    levels: dict[str, dict[datetime, ComponentLevel]] = {}
    for since, components in changes:
        for component, level in components.items():
            levels.setdefault(component, {})[since] = level
    return tuple(impact for component, by_time in levels.items() for impact in _intervals(component, by_time, end))


def worst_levels(impacts: Iterable[Impact]) -> dict[str, ComponentLevel]:
    """The worst level that each component came to, by its id."""
    worst: dict[str, ComponentLevel] = {}
    for impact in impacts:
        known = worst.get(impact.component)
        if known is None or impact.level.rank > known.rank:
            worst[impact.component] = impact.level
    return worst


def lasting_levels(impacts: Iterable[Impact]) -> dict[str, ComponentLevel]:
    """How each component is that is not back yet, by its id."""
    return {impact.component: impact.level for impact in impacts if impact.end is None}


def _intervals(component: str, by_time: Mapping[datetime, ComponentLevel], end: datetime | None) -> Iterable[Impact]:
    starts = sorted(by_time)
    level, since = ComponentLevel.OPERATIONAL, None
    for start in starts:
        if end is not None and start >= end:
            break
        if by_time[start] is level:
            continue
        if since is not None and level is not ComponentLevel.OPERATIONAL:
            yield Impact(component=component, level=level, start=since, end=start)
        level, since = by_time[start], start
    if since is not None and level is not ComponentLevel.OPERATIONAL:
        yield Impact(component=component, level=level, start=since, end=end)
