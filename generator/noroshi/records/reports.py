"""Reports: what was said, when, and what it changed. They are numbered from 1 in file order and only ever added."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, ValidatorFunctionWrapHandler, WrapValidator

from noroshi.records.base import Edited, Record, Window, Withdrawn
from noroshi.records.choices import (
    ActionTypeWord,
    CauseStatusWord,
    LevelWord,
    OutcomeWord,
    ReportKind,
    SeverityWord,
    WorkResultWord,
)
from noroshi.records.refusal import refusal, shown
from noroshi.records.texts import Line, Prose
from noroshi.records.times import Day, Deadline, Moment
from noroshi.records.words import Flag, Name, Number, Word, choice

KindWord: TypeAlias = Annotated[ReportKind, choice(ReportKind)]
Components: TypeAlias = dict[Name, LevelWord]
"""How each component is, by its id."""


class UnknownRecovery(Record):
    """Nobody can say yet when it will be back: why, and by when that will be known."""

    unknown: Prose
    """Why the time is unknown."""
    answer_by: Moment
    """By when it will be known."""


def _shape(value: Any) -> str:
    return "(unknown)" if isinstance(value, dict | UnknownRecovery) else "(estimate)"


def _estimate(value: object, take: ValidatorFunctionWrapHandler) -> Any:
    """A time; what is no time at all, such as 不明, is told how to say that it is unknown."""
    if isinstance(value, str) and not any(character.isdecimal() for character in value):
        raise refusal(
            "time",
            found=f"{shown(value)} is no time",
            allowed="a time, or why it is unknown and by when it will be known",
            advice="write {unknown: why, answer_by: a time} if nobody can say yet",
        )
    return take(value)


Recovery: TypeAlias = Annotated[
    Annotated[Moment, WrapValidator(_estimate), Tag("(estimate)")] | Annotated[UnknownRecovery, Tag("(unknown)")],
    Discriminator(_shape),
]
"""When it will be back: an estimate, or why that is unknown and by when it will be known."""


class Cause(Record):
    """Why it happened; ``pending`` says by when that will be known."""

    status: CauseStatusWord
    """confirmed, suspected or pending."""
    text: Prose | None = None
    """The cause; needed unless pending."""
    answer_by: Deadline | None = None
    """By when a pending cause will be known."""


class Action(Record):
    """A corrective action (ISO 9001:2015, 10.2): what will be done, by whom and by when."""

    id: Name
    """Unique in the record; follow-ups name it."""
    what: Prose
    """What will be done."""
    type: ActionTypeWord
    """interim (relieves the symptom, 応急) or permanent (removes the cause, 恒久)."""
    owner: Word
    """The role that does it."""
    due: Deadline
    """By when; a day means its end."""
    check_effect_by: Deadline | None = None
    """By when its effect is checked."""


class Progress(Record):
    """How far an action has come, as a follow-up says."""

    done: Day | None = None
    """The day it was done."""
    evidence: Line | None = None
    """Where that can be seen."""
    effect_checked: Day | None = None
    """The day its effect was found to hold."""
    due: Deadline | None = None
    """A new due time; the old one stays visible."""
    dropped: Prose | None = None
    """Why the action will not be done after all."""


def _plan_or_progress(value: Any) -> str:
    return "(progress)" if isinstance(value, dict) else "(plan)"


Actions: TypeAlias = Annotated[
    Annotated[tuple[Action, ...], Tag("(plan)")] | Annotated[dict[Name, Progress], Tag("(progress)")],
    Discriminator(_plan_or_progress),
]
"""New corrective actions (a list), or the progress of known ones (by id)."""


class ReportBase(Record):
    """What every report has."""

    kind: KindWord
    """What the report is for."""
    at: Moment
    """When it was said."""
    by: Word | None = None
    """Who speaks: a role, never a person's name."""
    text: Prose | None = None
    """What is said, in Markdown without raw HTML; needed unless withdrawn."""
    edited: Edited | None = None
    """A slip of the pen was mended."""
    withdrawn: Withdrawn | None = None
    """The report had to vanish."""
    corrects: tuple[Number, ...] = ()
    """The numbers of the reports that this correction sets right."""


class _ActingReport(ReportBase):
    components: Components = Field(default_factory=dict)
    """How components are from ``recovered_at``, else ``started_at`` of a start report, else ``at``."""
    started_at: Moment | None = None
    """The real start, when it becomes known or proves to be another."""
    next_report: Moment | None = None
    """When the next report will come; otherwise policy says."""
    ended_at: Moment | None = None
    """The real end."""
    not_affected: Prose | None = None
    """Who and what is not affected."""
    confirmed_by: Prose | None = None
    """How the end was confirmed."""
    lasting_effects: Prose | None = None
    """What remains after the end."""
    cause: Cause | None = None
    """Why it happened."""
    actions: Actions = ()
    """New corrective actions (a list), or the progress of known ones (by id)."""


class IncidentReport(_ActingReport):
    """A report on an incident."""

    severity: SeverityWord | None = None
    """A new severity."""
    workaround: Prose | None = None
    """What readers can do meanwhile."""
    recovery: Recovery | None = None
    """When it will be back."""
    recovered_at: Moment | None = None
    """When the service was back: interim promises end, a completion report is owed."""
    undetected_because: Prose | None = None
    """Why nobody noticed earlier."""
    caused_by: Name | None = None
    """The maintenance or incident that caused it, once known."""


class MaintenanceReport(_ActingReport):
    """A report on planned work."""

    window: Window | None = None
    """A notice moves the work to this time."""
    cancelled: Flag = False
    """A notice calls the work off."""
    expected: Moment | None = None
    """When the work is now expected to end."""
    result: WorkResultWord | None = None
    """How it came out: done, rolled_back or partial."""


class CommitmentReport(ReportBase):
    """A report on a commitment."""

    window: Window | None = None
    """A notice moves the commitment to this time."""
    expected: Moment | None = None
    """When it is now expected to be over."""
    ended_at: Moment | None = None
    """The real end."""
    next_report: Moment | None = None
    """When the next report will come."""
    outcome: OutcomeWord | None = None
    """What became of it: kept, late, moved or broken."""
