"""Promises and corrective actions as the API publishes them."""

from __future__ import annotations

from typing import TypedDict

from noroshi.records.choices import ActionStage, ActionType, PromiseKind, PromiseState
from noroshi.writers.api.values import Day, Deadline, Id, Moment, Texts


class Promise(TypedDict):
    """What was owed by a time, and what became of it."""

    kind: PromiseKind
    about: Id | None
    """The corrective action or, of `slot_answer`, the incident that it is about."""
    state: PromiseState
    owed: bool
    """Whether it is still to be kept."""
    overdue: bool
    """Whether it is owed though its time has passed; so judged by the build."""
    due: Moment
    made_at: Moment | None
    """When it began to be owed."""
    report: int | None
    """The number of the report that named its time."""
    policy: Day | None
    """The day of the policy's entry that it follows from."""
    client: Id | None
    """The client to whom alone it was made; null for every reader."""
    moved_from: list[Moment]
    """Due times that were moved before they passed."""
    moved_to: Moment | None
    """A new time that was named too late and redeems nothing."""
    met_at: Moment | None
    met_by: int | None
    """The number of the report that tells that it was kept."""


class Action(TypedDict):
    """A corrective action, as far as it has come."""

    id: Id
    what: Texts
    type: ActionType
    """`interim` relieves the symptom, `permanent` removes the cause."""
    owner: str
    """The role that does it."""
    announced: int
    """The number of the report that announced it."""
    dues: list[Deadline]
    """Every time by which it was promised; the last one holds."""
    check_effect_by: Deadline | None
    done: Day | None
    evidence: Texts | None
    effect_checked: Day | None
    dropped: Texts | None
    told_at: Moment | None
    """When a report last told of its progress."""
    owed: bool
    """Whether it is still to be done, or its effect to be checked."""
    stage: ActionStage
