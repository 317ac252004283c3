"""Rules on what closes a matter: causes, corrective actions, and a completion report that tells the whole."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.problems import Level, Problem
from noroshi.records.base import Record
from noroshi.records.choices import ReportKind
from noroshi.records.content import MatterKind
from noroshi.records.refusal import nearest
from noroshi.records.reports import Action, IncidentReport, MaintenanceReport
from noroshi.rules.subject import Subject


def action_ids(subject: Subject) -> Iterator[Problem]:
    """An action is announced once, with an id of its own; follow-ups speak of announced actions only."""
    known: dict[str, int] = {}
    for index, report in enumerate(subject.entry.record.reports):
        if not isinstance(report, IncidentReport | MaintenanceReport):
            continue
        if isinstance(report.actions, tuple):
            yield from _new_actions(subject, index, report.actions, known)
            continue
        if report.kind is not ReportKind.FOLLOW_UP:
            yield subject.problem(
                "action-progress",
                "reports",
                index,
                "actions",
                found=f"a report of kind '{report.kind}' tells the progress of actions",
                allowed="only a follow_up does",
                advice="write it as a report of kind: follow_up",
            )
        for action_id in report.actions:
            if action_id not in known:
                yield subject.problem(
                    "action-unknown",
                    "reports",
                    index,
                    "actions",
                    action_id,
                    found=f"no earlier report announces the action '{action_id}'",
                    allowed="known actions: " + (", ".join(known) or "none"),
                    advice=nearest(action_id, list(known)) or "announce it first, in a list of actions",
                )


def _new_actions(subject: Subject, index: int, actions: tuple[Action, ...], known: dict[str, int]) -> Iterator[Problem]:
    for position, action in enumerate(actions):
        if action.id in known:
            yield subject.problem(
                "action-duplicate",
                "reports",
                index,
                "actions",
                position,
                "id",
                found=f"the action '{action.id}' was already announced in report {known[action.id]}",
                allowed="each action has an id of its own in its record",
                advice="choose another id, or tell its progress as a mapping: {" + action.id + ": {done: …}}",
            )
        known.setdefault(action.id, index + 1)


def cause_words(subject: Subject) -> Iterator[Problem]:
    """A cause that is known is told; one that is pending says by when it will be known."""
    for index, report in enumerate(subject.entry.record.reports):
        cause = getattr(report, "cause", None)
        if cause is None:
            continue
        missing = "answer_by" if cause.status == "pending" else "text"
        if getattr(cause, missing) is None:
            yield subject.problem(
                "cause-words",
                "reports",
                index,
                "cause",
                found=f"the cause is {cause.status} and '{missing}' is missing",
                allowed="confirmed and suspected have a text, pending has answer_by",
                advice=f"add '{missing}: …'",
            )


def completion_whole(subject: Subject) -> Iterator[Problem]:
    """An incident's completion report tells the end, how it was confirmed, the cause and the corrective actions.

    ISO 9001:2015, 10.2.1 asks for the cause, the action and the review of its effect.
    """
    if subject.entry.kind is not MatterKind.INCIDENT:
        return
    have: set[str] = set()
    for index, report in enumerate(subject.entry.record.reports):
        have |= {name for name in report.model_fields_set if getattr(report, name, None) is not None}
        if report.kind is not ReportKind.COMPLETION or report.withdrawn is not None:
            continue
        missing = []
        if not have & {"ended_at", "recovered_at"}:
            missing.append("ended_at: … (when it was over)")
        if "confirmed_by" not in have:
            missing.append("confirmed_by: … (how that was confirmed)")
        if "cause" not in have:
            missing.append("cause: {status: confirmed, text: …}, or {status: pending, answer_by: …}")
        elif "actions" not in have and not _is_pending(report):
            missing.append("actions: a list of corrective actions with id, what, type, owner, due")
        for words in missing:
            yield subject.problem(
                "completion-incomplete",
                "reports",
                index,
                found=f"the completion report lacks {words.split(':')[0]}",
                allowed="a completion report tells the end, its confirmation, the cause and the corrective actions",
                advice=f"add {words}",
                level=Level.REVIEW,
            )


def _is_pending(report: Record) -> bool:
    cause = getattr(report, "cause", None)
    return cause is not None and cause.status == "pending"
