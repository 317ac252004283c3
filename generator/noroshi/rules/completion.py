"""Rules on what closes a matter: causes, and a completion report that tells the whole."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.problems import Level, Problem
from noroshi.records.matters import Incident
from noroshi.rules.subject import Subject
from noroshi.snapshot.matter.completion import Piece, account_of
from noroshi.snapshot.matter.recovery import standing_ends
from noroshi.snapshot.matter.spoken import said


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
    completion = standing_ends(said(record.reports)).completed
    if completion is not None:
        for piece in account_of(record.severity, record.reports).lacking:
            yield subject.problem(
                "completion-incomplete",
                "reports",
                completion - 1,
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
