"""What the forms ask. The program that reads a submitted form back asks here what each heading means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from noroshi.records.choices import (
    CauseStatus,
    ComponentLevel,
    Detector,
    Outcome,
    ReportKind,
    Severity,
    WorkResult,
)
from noroshi.records.content import MatterKind
from noroshi.text.labels import N_
from noroshi.text.wording import Wording

LEVEL_PREFIX = "level."
"""The key of a list of components that are so: ``level.major_outage``."""


class FormKind(StrEnum):
    """The forms there are; the value is the name of the file."""

    INCIDENT = "incident"
    REPORT = "report"
    COMPLETE = "complete"
    MAINTENANCE = "maintenance"

    @property
    def label(self) -> str:
        """The label of its issues, by which a submitted form is known."""
        return f"noroshi:{self.value}"

    @property
    def opens(self) -> MatterKind | None:
        """The kind of record that it makes; None where it adds a report to one."""
        return _OPENS.get(self)


_OPENS = {FormKind.INCIDENT: MatterKind.INCIDENT, FormKind.MAINTENANCE: MatterKind.MAINTENANCE}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form."""

    key: str
    """The fact that it tells, as the format names it; a part of a fact stands behind a dot."""
    asks: str
    """A message of the catalogue."""
    hint: str = ""
    """What may be answered, a message of the catalogue."""
    needed: bool = False
    """Whether the format cannot do without it."""
    prose: bool = False
    """Whether the answer may have several lines."""
    choices: type[StrEnum] | None = None
    """The words that it may choose from."""
    chosen: tuple[str, ...] = ()
    """Those of them that it offers; empty for all."""
    components: bool = False
    """Whether components are chosen, any number of them."""

    @property
    def id(self) -> str:
        """How the form names it, and a link that fills it in."""
        return self.key.replace(".", "-").replace("_", "-")


_TIME = N_("a time: 23:30, +30m, tomorrow 10:00")
_PAST = N_("a time: 21:40, -10m, yesterday 18:00")
_DAY = N_("a day: 2026-06-26, tomorrow, +7d")
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
            Field(key="started_at", asks=N_("When did it begin?"), hint=_PAST),
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
            _BY,
            _AT,
        ),
        FormKind.COMPLETE: (
            _RECORD,
            _TEXT,
            Field(key="ended_at", asks=N_("When was it over?"), hint=_PAST),
            Field(key="confirmed_by", asks=N_("How was it confirmed that it is over?"), prose=True),
            Field(key="lasting_effects", asks=N_("What remains after the end?"), prose=True),
            _level(ComponentLevel.OPERATIONAL),
            Field(key="cause.status", asks=N_("How sure is the cause?"), choices=CauseStatus),
            Field(key="cause.text", asks=N_("What was the cause?"), prose=True),
            Field(key="cause.answer_by", asks=N_("By when will the cause be known?"), hint=_DAY),
            Field(key="undetected_because", asks=N_("Why did nobody notice earlier?"), prose=True),
            Field(
                key="actions",
                asks=N_("What will be done about it? A line for each action"),
                hint=N_("WHAT | ROLE | BY WHEN, and '| interim' behind it where the cause remains"),
                prose=True,
            ),
            Field(key="result", asks=N_("How did the work come out?"), choices=WorkResult),
            Field(key="outcome", asks=N_("What became of the commitment?"), choices=Outcome),
            _BY,
            _AT,
        ),
        FormKind.MAINTENANCE: (
            _TITLE,
            Field(key="window.from", asks=N_("When does it begin?"), hint=_TIME, needed=True),
            Field(
                key="window.until",
                asks=N_("When does it end?"),
                hint=N_("a time, or how long it takes: 22:00, 30m"),
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
        FormKind.MAINTENANCE: (N_("Planned work"), N_("New planned work, with its notice")),
    }
)
"""What each form is called, and what it is for: messages of the catalogue."""


def heading(field: Field, wordings: Sequence[Wording]) -> str:
    """The question in each of the site's languages, the first one first: the heading that its answer comes under.

    The same words in two languages stand once.
    """
    return joined(field.asks, wordings)


def joined(message: str, wordings: Sequence[Wording]) -> str:
    """A message of the catalogue in each language."""
    return " / ".join(dict.fromkeys(wording.gettext(message) for wording in wordings))


def asked(form: FormKind, *, components: bool) -> list[Field]:
    """The questions that a site's form has.

    :param components: whether the site lists any
    """
    return [field for field in FORMS[form] if components or not field.components]
