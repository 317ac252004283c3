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
from noroshi.writers.statuspage.progress import Report, Step, Word
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


def update_parts(entry: Entry, steps: Sequence[Step], terms: Terms, scope: Scope) -> list[IncidentUpdate]:
    """The updates of a matter, newest first.

    :param terms: what policy promises readers
    """
    owed = [after.owed for after in after_each_report(entry, terms)]
    reports = [step.report for step in steps]
    parts = [
        _part(
            entry.id,
            step.number,
            step.status,
            body(step.number, reports, owed[step.number - 1], scope),
            (step.report.at, _changed_at(step, reports)),
            list(_affected(before, step, scope)),
            scope,
        )
        for before, step in pairwise((None, *steps))
        if step is not None
    ]
    return parts[::-1]


def _changed_at(step: Step, reports: Sequence[Report]) -> datetime:
    """When a report last changed, or when another one corrected it, which it tells from then on."""
    corrected = () if step.report.withdrawn else corrections_of(step.number, reports)
    return max((changed_at(step.report), *(other.at for other in corrected)))


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


def _affected(before: Step | None, step: Step, scope: Scope) -> Iterator[AffectedComponent]:
    """Every component that the matter had concerned by then, whether or not the update changed it."""
    for name in step.components:
        component = scope.settings.by_id.get(name)
        if component is not None:
            yield {
                "code": name,
                "name": full_name(component, scope),
                "old_status": _level(before, name),
                "new_status": _level(step, name),
            }


def _level(step: Step | None, component: str) -> str:
    return (
        ComponentLevel.OPERATIONAL if step is None else step.levels.get(component, ComponentLevel.OPERATIONAL)
    ).value
