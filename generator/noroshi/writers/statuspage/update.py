"""The updates of an incident or of planned work: one for each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TypedDict

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import Entry
from noroshi.snapshot.matter.spoken import changed_at
from noroshi.snapshot.promises.after_report import after_each_report
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.urls import statuspage_update
from noroshi.writers.statuspage.body import body, corrections_of, no_report
from noroshi.writers.statuspage.component import full_name
from noroshi.writers.statuspage.progress import Report, Told, Word
from noroshi.writers.statuspage.scope import Scope


class AffectedComponent(TypedDict):
    """How an update changed a component."""

    code: str
    """Its id."""
    name: str
    """Behind its group's."""
    old_status: str
    new_status: str


class IncidentUpdate(TypedDict):
    """An update."""

    id: str
    status: Word
    body: str
    """Plain text, never empty."""
    incident_id: str
    created_at: str
    updated_at: str
    display_at: str
    affected_components: list[AffectedComponent] | None
    """None where it concerns no component: a list is never empty."""
    deliver_notifications: bool
    custom_tweet: None
    tweet_id: None


def update_parts(entry: Entry, told: Sequence[Told], terms: Terms, scope: Scope) -> list[IncidentUpdate]:
    """The updates of a matter, newest first.

    :param terms: what policy promises readers
    """
    owed = [after.owed for after in after_each_report(entry, terms)]
    reports = [each.report for each in told]
    parts = [
        _part(
            entry.id,
            each.number,
            each.status,
            body(each.number, reports, owed[each.number - 1], scope),
            (each.report.at, _changed_at(each, reports)),
            list(_affected(before, each, scope)),
            scope,
        )
        for before, each in pairwise((None, *told))
        if each is not None
    ]
    return parts[::-1]


def _changed_at(told: Told, reports: Sequence[Report]) -> datetime:
    """When a report last changed, or when another one corrected it, which it tells from then on."""
    corrected = () if told.report.withdrawn else corrections_of(told.number, reports)
    return max((changed_at(told.report), *(other.at for other in corrected)))


def first_update(state: State, status: Word, written_at: datetime, scope: Scope) -> IncidentUpdate:
    """What stands in for the updates of a matter on which nothing was reported: clients expect one."""
    return _part(state.id, 0, status, no_report(scope), (written_at, written_at), [], scope)


def _part(
    matter_id: str,
    number: int,
    status: Word,
    said: str,
    times: tuple[datetime, datetime],
    affected: list[AffectedComponent],
    scope: Scope,
) -> IncidentUpdate:
    created, updated = map(scope.stamp, times)
    return {
        "id": statuspage_update(matter_id, number),
        "status": status,
        "body": said,
        "incident_id": matter_id,
        "created_at": created,
        "updated_at": updated,
        "display_at": created,
        "affected_components": affected or None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }


def _affected(before: Told | None, told: Told, scope: Scope) -> Iterator[AffectedComponent]:
    """Every component that the matter had concerned by then, whether or not the update changed it."""
    for name in told.affected.components:
        component = scope.settings.by_id.get(name)
        if component is not None:
            yield {
                "code": name,
                "name": full_name(component, scope),
                "old_status": _level(before, name),
                "new_status": _level(told, name),
            }


def _level(told: Told | None, component: str) -> str:
    levels = {} if told is None else told.affected.levels
    return levels.get(component, ComponentLevel.OPERATIONAL).value
