"""The gists of settled matters: worked out once, when a matter is read, and remembered with it."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from noroshi.records.content import MatterKind
from noroshi.snapshot.action_list import year_of
from noroshi.snapshot.gist import Gist
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record.fates import months_in, settled_promises
from noroshi.snapshot.track_record.incident_facts import measures_of


def add_gist(state: State, zone: ZoneInfo) -> State:
    """This state with its gist, where it has one.

    It has none while anything in it can still change, and where what is measured of it differs by who reads: lists
    and counts then look at the state itself.

    :param zone: the site's, by which months and years are told apart
    """
    gist = _gist_of(state, zone)
    return state if gist is None else state.but(gist=gist)


def _gist_of(state: State, zone: ZoneInfo) -> Gist | None:
    ends = [impact.end for impact in state.impacts if impact.end is not None]
    lasting = len(ends) < len(state.impacts) or any(standing.owed for standing in state.actions)
    if not state.settled or lasting:
        return None
    months, now = months_in(zone), state.updated_at  # any time will do
    measures = measures_of(state, now) if state.kind is MatterKind.INCIDENT else None
    to_all = tuple(promise for promise in state.promises if promise.to is None)
    if (
        measures is not None
        and to_all != state.promises
        and measures != measures_of(replace(state, promises=to_all), now)
    ):
        return None
    fates = [(promise.to, number) for number, promise in settled_promises(state, now, months)]
    return Gist(
        began_in=months.number(state.began_at),
        fates=tuple(number for client, number in fates if client is None),
        fates_to=tuple((client, number) for client, number in fates if client is not None),
        measures=measures,
        actions=tuple((year_of(state.reports[each.announced - 1].at, zone), each.stage) for each in state.actions),
        told_at=max((each.told_at for each in state.actions if each.told_at is not None), default=None),
        fine_since=max(ends, default=None),
    )
