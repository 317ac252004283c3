"""From the answers of a form to the facts of a record or a report, with times written out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.importers.form_answers import Answers
from noroshi.importers.issue_form import FormError, Submission
from noroshi.records.choices import ReportKind
from noroshi.writers.forms.question import FormKind
from noroshi.yamlsource.emit import Emittable

_KINDS = {
    FormKind.INCIDENT: ReportKind.START,
    FormKind.MAINTENANCE: ReportKind.NOTICE,
    FormKind.COMPLETE: ReportKind.COMPLETION,
    FormKind.ACTION: ReportKind.FOLLOW_UP,
}
_WORDS = (
    *("title", "severity", "text", "workaround", "not_affected", "by", "confirmed_by", "lasting_effects"),
    *("undetected_because", "reason", "rollback", "result", "outcome"),
)
_TIMES = ("started_at", "recovered_at", "ended_at", "next_report", "expected")


@dataclass(frozen=True, kw_only=True)
class FormFacts:
    """What a form says, in the format's terms."""

    kind: ReportKind
    at: datetime
    """When it was said."""
    name: str | None
    """What a new record is to be called in its id."""
    record: str | None
    """The record that a report belongs to; None where a new one is opened, or nobody named it."""
    facts: Mapping[str, Emittable]
    """All else."""
    action: str | None = None
    """The id or the number of the action of which progress is told; None where nobody named it."""
    progress: Mapping[str, Emittable] = field(default_factory=dict)
    """How far that action has come; empty in every other form."""


def facts_of(submission: Submission, sent: datetime, zone: ZoneInfo, taken_actions: Collection[str] = ()) -> FormFacts:
    """The facts of a form.

    :param sent: when it was sent: what is said in it was said then, where it does not say when
    :param taken_actions: the ids of the actions that the record has
    :raises FormError: answers that cannot be taken, each on a line of its own
    """
    faults: list[str] = []
    reading = Answers(submission, sent.astimezone(zone).replace(second=0, microsecond=0), zone, faults)
    facts: dict[str, Emittable] = {key: reading.answers[key] for key in _WORDS if key in reading.answers}
    parts: tuple[tuple[str, Emittable], ...] = (
        *((key, reading.moment(key)) for key in _TIMES),
        ("components", reading.components()),
        ("recovery", reading.recovery()),
        ("detected", reading.detected()),
        ("window", reading.window()),
        ("cause", reading.cause()),
        ("corrects", reading.corrects()),
        ("actions", reading.actions(taken_actions)),
    )
    facts |= {key: value for key, value in parts if value}
    if "cancelled" in reading.answers:
        facts["cancelled"] = "true"
    name, record = reading.id("name"), reading.id("record")
    within, action = reading.action()
    if record is not None and within not in (None, record):
        faults.append(f"action: it is one of {within}, and the report is about {record}; which of them?")
    progress = reading.progress() if submission.form is FormKind.ACTION else {}
    if faults:
        raise FormError("\n".join(faults))
    kind = _KINDS.get(submission.form) or ReportKind(reading.answers["kind"])
    return FormFacts(
        kind=kind, at=reading.at, name=name, record=record or within, facts=facts, action=action, progress=progress
    )
