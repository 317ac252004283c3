"""Rules on what closes a matter: causes, corrective actions, and a completion report that tells the whole."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.problems import Level, Problem
from noroshi.records.choices import ReportKind
from noroshi.records.matters import Incident
from noroshi.records.refusal import nearest
from noroshi.records.reports import Action, IncidentReport, MaintenanceReport
from noroshi.rules.subject import Subject
from noroshi.snapshot.matter.completion import Piece, account_of, is_completion


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

    ISO 9001:2015, 10.2.1 asks for the cause, the action and the review of its effect. A later correction or follow-up
    may tell what the completion report lacks.
    """
    record = subject.entry.record
    if not isinstance(record, Incident):
        return
    completions = [index for index, report in enumerate(record.reports) if is_completion(report)]
    if completions:
        for piece in account_of(record.severity, record.reports).lacking:
            yield subject.problem(
                "completion-incomplete",
                "reports",
                completions[0],
                found=f"the completion report lacks {_NAMES[piece]}",
                allowed="completion tells the end, its confirmation, the cause and an action against the cause",
                advice=f"add {_WORDS[piece]}; once it is published, add that in a report of kind: follow_up",
                level=Level.REVIEW,
            )


_NAMES = {
    Piece.END: "ended_at",
    Piece.CONFIRMATION: "confirmed_by",
    Piece.CAUSE: "cause",
    Piece.ACTIONS: "actions",
    Piece.PERMANENT_ACTION: "an action against the cause: all that it announces relieve the symptom (type: interim)",
}
_WORDS = {
    Piece.END: "ended_at: … (when it was over)",
    Piece.CONFIRMATION: "confirmed_by: … (how that was confirmed)",
    Piece.CAUSE: "cause: {status: confirmed, text: …}, or {status: pending, answer_by: …} if it is still sought",
    Piece.ACTIONS: "actions: with a list item {id: …, what: …, type: permanent, owner: …, due: …}",
    Piece.PERMANENT_ACTION: "an action with type: permanent",
}
