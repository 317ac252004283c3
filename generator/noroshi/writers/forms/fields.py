"""What the forms ask, each in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from noroshi.records.choices import (
    CauseStatus,
    ComponentLevel,
    Detector,
    Outcome,
    Phase,
    ReportKind,
    Severity,
    WorkResult,
)
from noroshi.text.labels import N_
from noroshi.writers.forms.question import LEVEL_PREFIX, Field, FormKind

_TIME = N_("a time: 23:30, +30m, tomorrow 10:00")
_PAST = N_("a time: 21:40, -10m, yesterday 18:00")
_DAY = N_("a day: 2026-06-26, tomorrow, +7d")
_PAST_DAY = N_("a day: today, yesterday, 2026-06-26")
_ID = N_("its id: the last part of its page's address, such as 2026-06-18-staging-down; empty where one alone is open")


def _level(level: ComponentLevel) -> Field:
    return Field(key=f"{LEVEL_PREFIX}{level.value}", asks=_LEVELS[level], components=True)


_LEVELS = {
    ComponentLevel.MAJOR_OUTAGE: N_("Which components are down?"),
    ComponentLevel.PARTIAL_OUTAGE: N_("Which components are partly down?"),
    ComponentLevel.DEGRADED_PERFORMANCE: N_("Which components are slow?"),
    ComponentLevel.OPERATIONAL: N_("Which components work again?"),
    ComponentLevel.UNDER_MAINTENANCE: N_("Which components are worked on?"),
}
_TITLE = Field(key="title", asks=N_("The title, in a few words"), needed=True)
_RECORD = Field(key="record", asks=N_("Which record is it about?"), hint=_ID)
_TEXT = Field(key="text", asks=N_("What do you tell your readers?"), needed=True, prose=True)
_SEVERITY = Field(key="severity", asks=N_("How bad is it?"), choices=Severity)
_IMPAIRED = tuple(
    map(_level, (ComponentLevel.MAJOR_OUTAGE, ComponentLevel.PARTIAL_OUTAGE, ComponentLevel.DEGRADED_PERFORMANCE))
)
_RECOVERY = (
    Field(key="recovery", asks=N_("When will it be back?"), hint=_TIME),
    Field(key="recovery.unknown", asks=N_("Why can nobody say yet?")),
    Field(key="recovery.answer_by", asks=N_("By when will that be known?"), hint=_TIME),
)
_NEXT = Field(key="next_report", asks=N_("When will the next report come?"), hint=_TIME)
_WORKAROUND = Field(key="workaround", asks=N_("What can readers do meanwhile?"), prose=True)
_NOT_AFFECTED = Field(key="not_affected", asks=N_("Who and what is not affected?"), prose=True)
_AT = Field(key="at", asks=N_("When was this said? Empty: when the form is sent"), hint=_PAST)
_BY = Field(key="by", asks=N_("Who speaks? A role"))
_NAME = Field(
    key="name",
    asks=N_("A short English name for the page's address, such as staging-down"),
    hint=N_("ASCII letters, digits and '-'; it never changes"),
)

_STARTED = Field(key="started_at", asks=N_("When did it begin?"), hint=_PAST)
_OVER = Field(key="ended_at", asks=N_("When was it over?"), hint=_PAST)
_AFTER = (
    Field(key="confirmed_by", asks=N_("How was it confirmed that it is over?"), prose=True),
    Field(key="lasting_effects", asks=N_("What remains after the end?"), prose=True),
)
_WHY = (
    Field(
        key="cause.status",
        asks=N_("How sure is the cause?"),
        hint=N_("empty: confirmed where a cause is told, under investigation where only its day is"),
        choices=CauseStatus,
    ),
    Field(key="cause.text", asks=N_("What was the cause?"), prose=True),
    Field(key="cause.answer_by", asks=N_("By when will the cause be known?"), hint=_DAY),
    Field(key="undetected_because", asks=N_("Why did nobody notice earlier?"), prose=True),
    Field(
        key="actions",
        asks=N_("What will be done about it? A line for each action"),
        hint=N_(
            "WHAT | ROLE | BY WHEN, behind it '| interim' where the cause remains, and '| check 2027-01-29' for the "
            "day by which its effect is checked"
        ),
        prose=True,
    ),
)
_FATE = (
    Field(key="result", asks=N_("How did the work come out?"), choices=WorkResult),
    Field(key="outcome", asks=N_("What became of the commitment?"), choices=Outcome),
)
_LENGTH = N_("a time, or how long it takes: 22:00, 30m")

FORMS: Mapping[FormKind, Sequence[Field]] = MappingProxyType(
    {
        FormKind.INCIDENT: (
            _TITLE,
            _TEXT,
            _SEVERITY,
            *_IMPAIRED,
            *_RECOVERY,
            _NEXT,
            _WORKAROUND,
            _NOT_AFFECTED,
            _STARTED,
            Field(key="detected.by", asks=N_("Who noticed first?"), choices=Detector),
            Field(key="detected.at", asks=N_("When was it noticed?"), hint=_PAST),
            _BY,
            _AT,
            _NAME,
        ),
        FormKind.REPORT: (
            _RECORD,
            Field(
                key="kind",
                asks=N_("What kind of report is it?"),
                needed=True,
                choices=ReportKind,
                chosen=(
                    *(ReportKind.INTERIM, ReportKind.START, ReportKind.NOTICE),
                    *(ReportKind.CORRECTION, ReportKind.FOLLOW_UP),
                ),
            ),
            _TEXT,
            _level(ComponentLevel.OPERATIONAL),
            *_IMPAIRED,
            Field(key="recovered_at", asks=N_("When was it back?"), hint=_PAST),
            *_RECOVERY,
            Field(key="expected", asks=N_("When will it be over?"), hint=_TIME),
            _NEXT,
            _SEVERITY,
            _WORKAROUND,
            _NOT_AFFECTED,
            Field(key="corrects", asks=N_("Which reports does it set right? Their numbers")),
            _STARTED,
            _OVER,
            *_AFTER,
            *_WHY,
            *_FATE,
            Field(
                key="window.from",
                asks=N_("When does it begin now?"),
                hint=N_("where a notice moves planned work or a commitment; a time: tomorrow 10:00"),
            ),
            Field(key="window.until", asks=N_("When does it end now?"), hint=_LENGTH),
            Field(
                key="cancelled",
                asks=N_("Is planned work called off?"),
                hint=N_("in a notice"),
                choices=Phase,
                chosen=(Phase.CANCELLED,),
            ),
            _BY,
            _AT,
        ),
        FormKind.COMPLETE: (
            _RECORD,
            _TEXT,
            _OVER,
            *_AFTER,
            _level(ComponentLevel.OPERATIONAL),
            *_WHY,
            *_FATE,
            _BY,
            _AT,
        ),
        FormKind.ACTION: (
            replace(_RECORD, hint=N_("its id, or its page's address; empty where one alone owes such an action")),
            Field(
                key="action.id",
                asks=N_("Which corrective action is it about?"),
                hint=N_("its id, its number in the order of the record, or its address; empty where one alone is owed"),
            ),
            _TEXT,
            Field(key="action.done", asks=N_("On which day was it done?"), hint=_PAST_DAY),
            Field(key="action.evidence", asks=N_("Where can that be seen?")),
            Field(key="action.effect_checked", asks=N_("On which day was its effect found to hold?"), hint=_PAST_DAY),
            Field(key="action.due", asks=N_("By which day will it be done now?"), hint=_DAY),
            Field(key="action.dropped", asks=N_("Why will it not be done after all?"), prose=True),
            _BY,
            _AT,
        ),
        FormKind.MAINTENANCE: (
            _TITLE,
            Field(key="window.from", asks=N_("When does it begin?"), hint=_TIME, needed=True),
            Field(
                key="window.until",
                asks=N_("When does it end?"),
                hint=_LENGTH,
                needed=True,
            ),
            _TEXT,
            _level(ComponentLevel.UNDER_MAINTENANCE),
            *_IMPAIRED,
            Field(key="reason", asks=N_("Why is the work done?"), prose=True),
            Field(key="rollback", asks=N_("How is it undone if it fails?"), prose=True),
            _NOT_AFFECTED,
            _BY,
            _AT,
            _NAME,
        ),
    }
)
"""The questions of each form, in their order."""

TITLES: Mapping[FormKind, tuple[str, str]] = MappingProxyType(
    {
        FormKind.INCIDENT: (N_("Report an incident"), N_("A new incident, with its start report")),
        FormKind.REPORT: (N_("Add a report"), N_("An interim report, a correction or another one, to a record")),
        FormKind.COMPLETE: (N_("Complete"), N_("The completion report of an incident, of work or of a commitment")),
        FormKind.ACTION: (
            N_("Progress of an action"),
            N_("A corrective action was done, was checked, moves to another day or is given up"),
        ),
        FormKind.MAINTENANCE: (N_("Planned work"), N_("New planned work, with its notice")),
    }
)
"""What each form is called, and what it is for: messages of the catalogue."""


def asked(form: FormKind, *, components: bool) -> list[Field]:
    """The questions that a site's form has.

    :param components: whether the site lists any
    """
    return [field for field in FORMS[form] if components or not field.components]
