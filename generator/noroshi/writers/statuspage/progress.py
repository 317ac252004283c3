"""How a matter stood after each of its reports, in Statuspage's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from noroshi.records.choices import CauseStatus, ComponentLevel, Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.reports import IncidentReport, MaintenanceReport
from noroshi.snapshot.matter.incident import fold_incident
from noroshi.snapshot.matter.maintenance import fold_maintenance
from noroshi.snapshot.state import State

IncidentWord = Literal["investigating", "identified", "monitoring", "resolved"]
MaintenanceWord = Literal["scheduled", "in_progress", "verifying", "completed"]
Word = IncidentWord | MaintenanceWord
Report = IncidentReport | MaintenanceReport


@dataclass(frozen=True, kw_only=True)
class Step:
    """A report, and how the matter stood when it had been made: no later report changes that."""

    number: int
    report: Report
    status: Word
    components: tuple[str, ...]
    """The ids of those that it had concerned by then."""
    levels: Mapping[str, ComponentLevel]
    """How those of them were then, because of it, that were not operational."""


def steps_of(entry: Entry, state: State) -> tuple[Step, ...]:
    """What the reports of an incident or of planned work led to, oldest first.

    :param state: the matter's as it stands, which the last step agrees with
    """
    steps = []
    cause_known = False
    for number, report, folded in _folded(entry):
        if isinstance(report, IncidentReport) and report.cause is not None and report.withdrawn is None:
            cause_known = report.cause.status is CauseStatus.CONFIRMED
        last = number == len(state.reports)
        phase = state.phase if last else folded.phase
        steps.append(
            Step(
                number=number,
                report=report,
                status=status_word(state, phase, cause_known=cause_known),
                components=folded.components,
                levels={
                    impact.component: impact.level
                    for impact in folded.impacts
                    if impact.start <= report.at and (impact.end is None or report.at < impact.end)
                },
            )
        )
    return tuple(steps)


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


def reached(steps: tuple[Step, ...], *words: Word) -> datetime | None:
    """When the matter came to the first of these words for good: from then on it has left them no more.

    :param words: the one that is asked for, and those that may follow it
    """
    found: Step | None = None
    for step in reversed(steps):
        if step.status not in words:
            break
        if step.status == words[0]:
            found = step
    return found.report.at if found else None


def _folded(entry: Entry) -> Iterator[tuple[int, Report, State]]:
    record = entry.record
    if isinstance(record, Commitment):
        raise TypeError("Statuspage knows no commitments")
    if record.imported is not None:
        # Its source's end closes it whatever its reports say, and would close it from the first of them on.
        open_ended = record.imported.model_copy(update={"resolved_at": None})
        record = record.model_copy(update={"imported": open_ended})
    reports: tuple[Report, ...] = record.reports
    for number, report in enumerate(reports, 1):
        earlier = record.model_copy(update={"reports": record.reports[:number]})
        yield number, report, _fold(entry, earlier, report.at)


def _fold(entry: Entry, record: Incident | Maintenance, at: datetime) -> State:
    """The state without what was promised, which is not asked for here."""
    if isinstance(record, Incident):
        return fold_incident(entry, record, ())
    return fold_maintenance(entry, record, (), at)
