"""Reports as the API publishes them: who said what and when, and the facts that this brought."""

from __future__ import annotations

from typing import TypeAlias, TypedDict

from noroshi.records.choices import (
    ActionType,
    CauseStatus,
    ComponentLevel,
    Outcome,
    ReportKind,
    Severity,
    WorkResult,
)
from noroshi.writers.api.values import Address, Day, Deadline, Guid, Id, Markdown, Moment, Span, Texts


class Edited(TypedDict):
    """A slip of the pen, mended in place without changing what was said."""

    at: Moment
    """When it was mended."""
    note: Texts
    """What kind of slip it was."""


class Withdrawn(TypedDict):
    """A report that had to vanish: its number, time and kind stay, all else is gone."""

    at: Moment
    """When it was taken back."""
    reason: Texts


class UnknownRecovery(TypedDict):
    """Nobody could say when it would be back."""

    unknown: Texts
    """Why."""
    answer_by: Moment
    """By when that would be known."""


class Cause(TypedDict):
    """Why it happened."""

    status: CauseStatus
    text: Texts | None
    """The cause; null while it is pending."""
    answer_by: Deadline | None
    """By when a pending cause will be known."""


class AnnouncedAction(TypedDict):
    """A corrective action as a report announced it."""

    id: Id
    what: Texts
    """What will be done."""
    type: ActionType
    owner: str
    """The role that does it."""
    due: Deadline
    check_effect_by: Deadline | None
    """By when its effect is to be checked."""


class Progress(TypedDict):
    """How far an action had come by a report."""

    done: Day | None
    evidence: Texts | None
    """Where that can be seen."""
    effect_checked: Day | None
    """The day on which its effect was found to hold."""
    due: Deadline | None
    """A new due time."""
    dropped: Texts | None
    """Why it will not be done after all."""


Actions: TypeAlias = list[AnnouncedAction] | dict[Id, Progress]


class ReportHead(TypedDict):
    """What every report has. Of a withdrawn one nothing else is told."""

    number: int
    """From 1, in the order in which they were made; a withdrawn report keeps its own."""
    guid: Guid
    url: Address
    """Where it stands on its matter's page, in the site's first language."""
    kind: ReportKind
    at: Moment
    """When it was said."""
    by: str | None
    """Who speaks: a role."""
    text: Markdown | None
    """What was said; null where it was withdrawn."""
    edited: Edited | None
    withdrawn: Withdrawn | None
    corrects: list[int]
    """The numbers of the reports that it sets right."""
    corrected_by: list[int]
    """The numbers of the reports that set it right."""
    ended_at: Moment | None
    """The real end."""
    next_report: Moment | None
    """When it promised the next report."""


class ActingReport(ReportHead):
    """What reports on incidents and on planned work can tell."""

    components: dict[Id, ComponentLevel]
    """How components were from then on."""
    started_at: Moment | None
    """The real start."""
    not_affected: Texts | None
    """Who and what is not affected."""
    confirmed_by: Texts | None
    """How the end was confirmed."""
    lasting_effects: Texts | None
    """What remains after the end."""
    cause: Cause | None
    actions: Actions
    """Corrective actions that it announces (a list), or the progress of known ones (by their ids)."""


class IncidentReport(ActingReport):
    """A report on an incident."""

    severity: Severity | None
    """A new severity."""
    workaround: Texts | None
    """What readers can do meanwhile."""
    recovery: Moment | UnknownRecovery | None
    """When it would be back: an estimate, or that nobody could say."""
    recovered_at: Moment | None
    """When it was back."""
    undetected_because: Texts | None
    """Why nobody noticed earlier."""
    caused_by: Id | None
    """The matter that caused it."""


class MaintenanceReport(ActingReport):
    """A report on planned work."""

    window: Span | None
    """The time to which it moved the work."""
    cancelled: bool
    """Whether it called the work off."""
    expected: Moment | None
    """When the work would end."""
    result: WorkResult | None


class CommitmentReport(ReportHead):
    """A report on a commitment."""

    window: Span | None
    """The time to which it moved the commitment."""
    expected: Moment | None
    """When it would be over."""
    outcome: Outcome | None
