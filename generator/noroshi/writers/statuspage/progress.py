"""How a matter stood after each of its reports, in Statuspage's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from noroshi.records.choices import Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment
from noroshi.records.reports import IncidentReport, MaintenanceReport
from noroshi.snapshot.state import State
from noroshi.snapshot.steps import Affected, affected_after_each, steps_after_each

IncidentWord = Literal["investigating", "identified", "monitoring", "resolved"]
MaintenanceWord = Literal["scheduled", "in_progress", "verifying", "completed"]
Word = IncidentWord | MaintenanceWord
Report = IncidentReport | MaintenanceReport


class Told(NamedTuple):
    """A report, and how the matter stood when it had been made."""

    number: int
    report: Report
    status: Word
    affected: Affected


def told_of(entry: Entry, state: State) -> tuple[Told, ...]:
    """The reports of an incident or of planned work, and what they led to, oldest first.

    :param state: the matter's as it stands, which the last one's status agrees with
    """
    record = entry.record
    if isinstance(record, Commitment):
        raise TypeError("Statuspage knows no commitments")
    reports: Sequence[Report] = record.reports
    return tuple(
        Told(step.number, report, status_word(state, step.phase, cause_known=step.cause_known), affected)
        for report, step, affected in zip(reports, steps_after_each(entry), affected_after_each(entry), strict=True)
    )


def status_word(state: State, phase: Phase, *, cause_known: bool) -> Word:
    """A phase in Statuspage's words. The clock changes none of them: it starts, ends and resolves nothing."""
    if state.severity is None:
        return _OF_WORK[phase]
    if phase is Phase.ONGOING:
        return "identified" if cause_known else "investigating"
    # A completion report that lacks the cause or its actions resolves nothing yet.
    return "resolved" if phase.over else "monitoring"


_OF_WORK: dict[Phase, MaintenanceWord] = {
    Phase.PLANNED: "scheduled",
    Phase.START_AWAITED: "scheduled",
    Phase.IN_PROGRESS: "in_progress",
    Phase.COMPLETION_AWAITED: "in_progress",
    Phase.ENDED: "verifying",
    Phase.COMPLETED: "completed",
    Phase.CANCELLED: "completed",
    Phase.CLOSED: "completed",
}


def reached(told: Sequence[Told], *words: Word) -> datetime | None:
    """When the matter came to the first of these words for good: from then on it has left them no more.

    :param words: the one that is asked for, and those that may follow it
    """
    found: Told | None = None
    for each in reversed(told):
        if each.status not in words:
            break
        if each.status == words[0]:
            found = each
    return found.report.at if found else None
