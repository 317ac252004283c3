"""What the words that programs compare are called on a page: message ids of the catalogue, in English."""

from __future__ import annotations

from enum import StrEnum

from noroshi.records.choices import (
    ActionStage,
    ActionType,
    CauseStatus,
    ComponentLevel,
    Detector,
    Outcome,
    Phase,
    PromiseKind,
    PromiseState,
    ReportKind,
    Settlement,
    Severity,
    WorkResult,
)
from noroshi.records.content import MatterKind


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for a message that is looked up later)
    """Mark a message for the catalogue."""
    return message


_LABELS: dict[tuple[type[StrEnum], str], str] = {
    (MatterKind, "incidents"): N_("Incident"),
    (MatterKind, "maintenance"): N_("Maintenance"),
    (MatterKind, "commitments"): N_("Commitment"),
    (ReportKind, "notice"): N_("Notice"),
    (ReportKind, "start"): N_("Start report"),
    (ReportKind, "interim"): N_("Interim report"),
    (ReportKind, "completion"): N_("Completion report"),
    (ReportKind, "correction"): N_("Correction"),
    (ReportKind, "follow_up"): N_("Follow-up report"),
    (Severity, "none"): N_("No impact"),
    (Severity, "minor"): N_("Minor"),
    (Severity, "major"): N_("Major"),
    (Severity, "critical"): N_("Critical"),
    (ComponentLevel, "operational"): N_("Operational"),
    (ComponentLevel, "under_maintenance"): N_("Under maintenance"),
    (ComponentLevel, "degraded_performance"): N_("Degraded performance"),
    (ComponentLevel, "partial_outage"): N_("Partial outage"),
    (ComponentLevel, "major_outage"): N_("Major outage"),
    (Phase, "ongoing"): N_("Ongoing"),
    (Phase, "recovered"): N_("Recovered, completion report awaited"),
    (Phase, "planned"): N_("Planned"),
    (Phase, "start_awaited"): N_("Planned start passed, start report awaited"),
    (Phase, "in_progress"): N_("In progress"),
    (Phase, "completion_awaited"): N_("Planned end passed, completion report awaited"),
    (Phase, "ended"): N_("Ended, completion report awaited"),
    (Phase, "completion_incomplete"): N_("Completion report incomplete"),
    (Phase, "final_report_pending"): N_("Final report pending"),
    (Phase, "completed"): N_("Completed"),
    (Phase, "cancelled"): N_("Cancelled"),
    (Phase, "closed"): N_("Closed, imported without a completion report"),
    (PromiseKind, "first_report"): N_("First report"),
    (PromiseKind, "next_report"): N_("Next report"),
    (PromiseKind, "recovery_answer"): N_("Recovery estimate"),
    (PromiseKind, "completion"): N_("Completion report"),
    (PromiseKind, "cause"): N_("Cause and corrective actions"),
    (PromiseKind, "action"): N_("Corrective action"),
    (PromiseKind, "effect_check"): N_("Effect check"),
    (PromiseKind, "notice"): N_("Advance notice"),
    (PromiseKind, "start"): N_("Start as planned"),
    (PromiseKind, "end"): N_("End as planned"),
    (PromiseKind, "slot_answer"): N_("Word on a threatened slot"),
    (PromiseState, "due"): N_("Due"),
    (PromiseState, "met"): N_("On time"),
    (PromiseState, "late"): N_("Late"),
    (PromiseState, "missed"): N_("Overdue"),
    (ActionStage, "to_do"): N_("To be done"),
    (ActionStage, "unchecked"): N_("Done, effect to be checked"),
    (ActionStage, "done"): N_("Done"),
    (ActionStage, "checked"): N_("Done, effect checked"),
    (ActionStage, "dropped"): N_("Given up"),
    (Settlement, "agreed"): N_("Agreed with the clients concerned"),
    (Settlement, "emergency"): N_("Falls into a time promised to a client, and cannot wait"),
    (Settlement, "as_planned"): N_("Agreed with the clients concerned for the planned time"),
    (Settlement, "exceeded"): N_("The time agreed with the clients concerned has passed"),
    (Settlement, "awaited"): N_("Falls into a time promised to a client; agreement is awaited"),
    (Settlement, "lacking"): N_("Fell into a time promised to a client, without agreement"),
    (Detector, "monitoring"): N_("Our monitoring"),
    (Detector, "staff"): N_("Our staff"),
    (Detector, "client"): N_("A client"),
    (CauseStatus, "confirmed"): N_("Cause (confirmed)"),
    (CauseStatus, "suspected"): N_("Cause (suspected)"),
    (CauseStatus, "pending"): N_("Cause (under investigation)"),
    (ActionType, "interim"): N_("Interim measure"),
    (ActionType, "permanent"): N_("Permanent measure"),
    (WorkResult, "done"): N_("Done in full"),
    (WorkResult, "rolled_back"): N_("Rolled back"),
    (WorkResult, "partial"): N_("Done in part"),
    (Outcome, "kept"): N_("Kept"),
    (Outcome, "late"): N_("Late"),
    (Outcome, "moved"): N_("Moved"),
    (Outcome, "broken"): N_("Broken"),
}


def label_of(word: StrEnum) -> str:
    """The message id of a word's name."""
    return _LABELS[type(word), word.value]
