"""From the answers of a form to the facts of a record or a report, with times written out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.importers.issue_form import FormError, Submission
from noroshi.records.choices import ActionType, CauseStatus, ReportKind
from noroshi.records.refusal import half_width, shown
from noroshi.records.words import NAME_ALLOWED, check_name
from noroshi.text.fact_times import DEADLINE_LEANS, MOMENT_LEANS, deadline_spelled, end_said
from noroshi.text.said_times import UnsaidError, moment_said, spelled
from noroshi.writers.forms.fields import LEVEL_PREFIX, FormKind
from noroshi.yamlsource.emit import Emittable

_KINDS = {
    FormKind.INCIDENT: ReportKind.START,
    FormKind.MAINTENANCE: ReportKind.NOTICE,
    FormKind.COMPLETE: ReportKind.COMPLETION,
}
_WORDS = (
    *("title", "severity", "text", "workaround", "not_affected", "by", "confirmed_by", "lasting_effects"),
    *("undetected_because", "reason", "rollback", "result", "outcome"),
)
_TIMES = ("started_at", "recovered_at", "ended_at", "next_report", "expected")
_LEANS = {**MOMENT_LEANS, **DEADLINE_LEANS}


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


def facts_of(submission: Submission, sent: datetime, zone: ZoneInfo, taken_actions: Collection[str] = ()) -> FormFacts:
    """The facts of a form.

    :param sent: when it was sent: what is said in it was said then, where it does not say when
    :param taken_actions: the ids of the actions that the record has
    :raises FormError: answers that cannot be taken, each on a line of its own
    """
    faults: list[str] = []
    reading = _Reading(submission, sent.astimezone(zone).replace(second=0, microsecond=0), zone, faults)
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
    name, record = reading.id("name"), reading.id("record")
    if faults:
        raise FormError("\n".join(faults))
    kind = _KINDS.get(submission.form) or ReportKind(reading.answers["kind"])
    return FormFacts(kind=kind, at=reading.at, name=name, record=record, facts=facts)


class _Reading:
    """One form's answers, and what is wrong with them."""

    def __init__(self, submission: Submission, sent: datetime, zone: ZoneInfo, faults: list[str]) -> None:
        self.answers = submission.answers
        self.at = sent
        self._submission = submission
        self._zone = zone
        self._faults = faults
        said = self._said("at")
        if said is not None:
            self.at = said

    def moment(self, key: str) -> str:
        """A time as the content spells it, or nothing."""
        said = self._said(key)
        return "" if said is None else spelled(said)

    def components(self) -> dict[str, Emittable]:
        """How each component is."""
        levels: dict[str, Emittable] = {}
        for key in self.answers:
            if key.startswith(LEVEL_PREFIX):
                for name in self._submission.chosen(key):
                    if name in levels:
                        self._faults.append(f"components: {name} is chosen twice, as {levels[name]} and as {key[6:]}")
                    levels[name] = key.removeprefix(LEVEL_PREFIX)
        return levels

    def recovery(self) -> Emittable:
        """When it will be back, or why nobody knows."""
        estimate, unknown = self.moment("recovery"), self.answers.get("recovery.unknown", "")
        answer_by = self.moment("recovery.answer_by")
        if not unknown and not answer_by:
            return estimate
        if estimate:
            self._faults.append("recovery: a time and why it is unknown; one of them only")
        elif not unknown or "recovery.answer_by" not in self.answers:
            self._faults.append("recovery: why it is unknown and by when it will be known go together; write both")
        return {"unknown": unknown, "answer_by": answer_by}

    def detected(self) -> dict[str, Emittable]:
        """Who noticed first."""
        at, by = self.moment("detected.at"), self.answers.get("detected.by", "")
        if at and not by:
            self._faults.append("detected: say who noticed it too, or leave the time empty")
        return {"at": at, "by": by} if at else {"by": by} if by else {}

    def window(self) -> dict[str, Emittable]:
        """The planned time; a length may stand for its end."""
        begins = self._said("window.from")
        if begins is None:
            return {}
        try:
            ends = end_said(self.answers["window.until"], begins, self._zone)
        except UnsaidError as error:
            self._faults.append(f"window.until: {error}")
            return {}
        return {"from": spelled(begins), "until": spelled(ends)}

    def cause(self) -> dict[str, Emittable]:
        """Why it happened."""
        status, text = self.answers.get("cause.status", ""), self.answers.get("cause.text", "")
        by = self._deadline("cause.answer_by", self.answers.get("cause.answer_by", ""))
        if (text or by) and not status:
            status = (CauseStatus.CONFIRMED if text and not by else CauseStatus.PENDING).value
            self._faults.append(f"cause: say how sure it is; {status}?")
        told = {"status": status, "text": text, "answer_by": by}
        return {key: value for key, value in told.items() if value}

    def corrects(self) -> list[Emittable]:
        """The numbers of reports."""
        return [half_width(word) for word in re.split(r"[\s,、,]+", self.answers.get("corrects", "")) if word]

    def actions(self, taken: Collection[str]) -> list[Emittable]:
        """New actions, one a line."""
        return list(self._actions(set(taken)))

    def _actions(self, taken: set[str]) -> Iterator[Emittable]:
        number = 0
        for line in filter(None, (each.strip() for each in self.answers.get("actions", "").split("\n"))):
            what, *more = (part.strip() for part in re.split("[|｜]", re.sub(r"^[-*] +", "", line)))
            kind = half_width(more.pop()).lower() if len(more) == _ACTION_PARTS else ActionType.PERMANENT.value
            if len(more) != _ACTION_PARTS - 1 or not all((what, *more)) or kind not in list(ActionType):
                self._faults.append(f"actions: {shown(line)} is no action; write WHAT | ROLE | BY WHEN [| interim]")
                continue
            number += 1
            while f"action-{number}" in taken:
                number += 1
            due = self._deadline("actions", more[1])
            yield {"id": f"action-{number}", "what": what, "type": kind, "owner": more[0], "due": due}

    def id(self, key: str) -> str | None:
        """An id, or the address of a page that ends in one."""
        said = half_width(self.answers.get(key, ""))
        if not said:
            return None
        name = said.rstrip("/").rpartition("/")[2] if re.match("https?://", said) else said
        reason = check_name(name)
        if reason is not None:
            self._faults.append(f"{key}: {reason[0]}; {NAME_ALLOWED}; {reason[1]}")
        return name

    def _said(self, key: str) -> datetime | None:
        word = self.answers.get(key, "")
        if not word:
            return None
        try:
            return moment_said(word, self.at, self._zone, _LEANS[key.rpartition(".")[2]])
        except UnsaidError as error:
            self._faults.append(f"{key}: {error}")
            return None

    def _deadline(self, key: str, word: str) -> str:
        if not word:
            return ""
        try:
            return deadline_spelled(word, self.at, self._zone)
        except UnsaidError as error:
            self._faults.append(f"{key}: {error}")
            return ""


_ACTION_PARTS = 3
"""What stands behind what is done: who, by when, and of what type."""
