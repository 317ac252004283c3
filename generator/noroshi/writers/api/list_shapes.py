"""The documents that list matters: months, and corrective actions."""

from __future__ import annotations

from typing import Literal, TypedDict

from noroshi.records.choices import ActionStage, Outcome, Phase, Severity, WorkResult
from noroshi.writers.api.head import Head, Link
from noroshi.writers.api.promise_shapes import Action
from noroshi.writers.api.values import Address, Id, Moment, Month, Span, Year


class Summary(Link):
    """A matter in a list."""

    phase: Phase
    open: bool
    """Whether it has begun and is not over."""
    severity: Severity | None
    began_at: Moment
    started_at: Moment | None
    recovered_at: Moment | None
    ended_at: Moment | None
    updated_at: Moment | None
    window: Span | None
    """The planned time as last announced."""
    expected: Moment | None
    """When it would be over, as the last estimate says."""
    components: list[Id]
    result: WorkResult | None
    outcome: Outcome | None


class ListedAction(TypedDict):
    """A corrective action, and what it belongs to."""

    matter: Link
    action: Action
    announced_at: Moment
    next_due: Moment | None
    """By when something is owed; null where nothing is."""
    overdue: bool
    late: bool
    """Whether it was done after its time."""


class ActionYear(TypedDict):
    """The actions that were announced in a year."""

    year: Year
    count: int
    url: Address
    json: Address


class ActionsDocument(Head):
    """The corrective actions that are owed, or were done lately, and where all of them stand."""

    document: Literal["actions"]
    url: Address
    stages: dict[ActionStage, int]
    """How many there are of each stage, in all."""
    overdue: list[ListedAction]
    owed: list[ListedAction]
    """Not overdue, soonest due first."""
    recent: list[ListedAction]
    """Nothing owed, and told of in the last 90 days; newest first."""
    years: list[ActionYear]
    """Newest first."""


class ActionYearDocument(Head):
    """All corrective actions announced in a year."""

    document: Literal["action_year"]
    year: Year
    url: Address
    actions: list[ListedAction]
    """Overdue first, then what is owed, then what is done."""


class MonthLink(TypedDict):
    """A month in which something began."""

    month: Month
    incidents: int
    maintenance: int
    commitments: int
    url: Address
    json: Address


class MonthsDocument(Head):
    """The months in which something began."""

    document: Literal["months"]
    url: Address
    months: list[MonthLink]
    """Newest first."""


class MonthDocument(Head):
    """What began in a month."""

    document: Literal["month"]
    month: Month
    url: Address
    matters: list[Summary]
    """Newest first."""
