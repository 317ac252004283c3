"""Which reports and matters each feed carries. Every order is total: by time, then id, then number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from typing import NamedTuple

from noroshi.endpoints import INCIDENT_FEED, MAINTENANCE_FEED, REPORT_FEED, component_feed
from noroshi.records.content import MatterKind
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State

NEWEST = 50
"""How many items a feed of everything carries at least; all of open incidents stay beyond it."""

NEWEST_OF_COMPONENT = 20
"""The same for a component's feed: there are many of these, and each is read by few."""

ARCHIVED_TOGETHER = 50
"""How many reports a document of the archive holds."""

_KIND_FEEDS = {MatterKind.INCIDENT: INCIDENT_FEED, MatterKind.MAINTENANCE: MAINTENANCE_FEED}


class Told(NamedTuple):
    """One report, in the order of all."""

    at: datetime
    matter: str
    """Its matter's id."""
    number: int


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What the feeds of a site carry."""

    reports: Mapping[str, tuple[Told, ...]]
    """By each feed's path: the reports that it carries, newest first."""
    matters: tuple[str, ...]
    """The ids of what the quiet feed carries, newest first."""
    archive: tuple[tuple[Told, ...], ...]
    """The documents of the main feed's archive (RFC 5005, section 4), oldest first, each newest report first.

    Only full ones, so that a document that is there does not change when a report is added; the feed itself carries
    all that is in none of them. A report that is committed long after its time shifts those behind it.
    """


def select(snapshot: Snapshot) -> Selection:
    """What each feed carries: the newest reports, all those of open incidents and, the main feed, what no document of
    its archive holds.
    """
    states = [state for state in snapshot.states if state.reports]
    everything = sorted(_told(states), reverse=True)
    open_ids = {state.id for state in snapshot.open_incidents}
    whole = len(everything) // ARCHIVED_TOGETHER * ARCHIVED_TOGETHER
    first = len(everything) - whole
    archive = [
        everything[start : start + ARCHIVED_TOGETHER] for start in range(first, len(everything), ARCHIVED_TOGETHER)
    ]
    feeds = _newest_by_feed(everything, snapshot)
    feeds[REPORT_FEED] = everything[: max(first, NEWEST)]
    for state in snapshot.open_incidents:
        for path in (REPORT_FEED, *_feeds_of(state, snapshot)):
            feeds[path] += _told([state])
    newest = nlargest(NEWEST, states, key=_first_said)
    extra = [state for state in states if state.id in open_ids and state not in newest]
    return Selection(
        reports={path: tuple(sorted(set(told), reverse=True)) for path, told in feeds.items()},
        matters=tuple(state.id for state in sorted([*newest, *extra], key=_first_said, reverse=True)),
        archive=tuple(map(tuple, reversed(archive))),
    )


def _told(states: Iterable[State]) -> list[Told]:
    return [Told(mark.at, state.id, mark.number) for state in states for mark in state.reports]


def _first_said(state: State) -> tuple[datetime, str]:
    return (state.reports[0].at, state.id)


def _feeds_of(state: State, snapshot: Snapshot) -> list[str]:
    """The paths of the feeds beside the main one that carry a matter's reports."""
    known = snapshot.settings.by_id
    paths = [component_feed(name) for name in state.components if name in known]
    return [*paths, _KIND_FEEDS[state.kind]] if state.kind in _KIND_FEEDS else paths


def _newest_by_feed(everything: Iterable[Told], snapshot: Snapshot) -> dict[str, list[Told]]:
    """The newest reports of every feed but the main one, by its path.

    :param everything: newest first
    """
    room = dict.fromkeys(_KIND_FEEDS.values(), NEWEST)
    room |= {component_feed(each.id): NEWEST_OF_COMPONENT for each in snapshot.settings.components}
    feeds: dict[str, list[Told]] = {path: [] for path in room}
    paths: dict[str, list[str]] = {}
    left = sum(room.values())
    for told in everything:
        if told.matter not in paths:
            paths[told.matter] = _feeds_of(snapshot.by_id[told.matter], snapshot)
        for path in paths[told.matter]:
            if len(feeds[path]) < room[path]:
                feeds[path].append(told)
                left -= 1
        if not left:
            break
    return feeds
