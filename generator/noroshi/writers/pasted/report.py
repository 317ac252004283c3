"""One report in pasted text: what was said, and the facts that it brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from noroshi.records.base import Edited, Withdrawn
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.reports import Cause, CommitmentReport, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.snapshot.matter.actions import announced_actions
from noroshi.snapshot.matter.spoken import corrected_by
from noroshi.writers.pasted.action import PastedAction, told_actions
from noroshi.writers.pasted.pieces import Fact, Speaker

Report = IncidentReport | MaintenanceReport | CommitmentReport

_PROGRESS = "Progress of corrective actions"


@dataclass(frozen=True, kw_only=True)
class PastedReport:
    """One report, finished for every format."""

    number: int
    heading: str
    """Its kind, time and speaker."""
    notes: tuple[str, ...]
    """What must be known before it is read: that it was corrected or withdrawn, or what it corrects."""
    body: str | None
    """Markdown; None where nothing was said or the report was withdrawn."""
    facts: tuple[Fact, ...]
    actions_heading: str
    actions: tuple[PastedAction, ...]
    """Those that it announces, or how far earlier ones have come."""
    edited: str | None


def pasted_reports(
    record: Incident | Maintenance | Commitment, speaker: Speaker, only: int | None = None
) -> tuple[PastedReport, ...]:
    """The reports of a matter in order.

    :param only: the number of the only report that is wanted
    """
    reports: Sequence[Report] = record.reports
    return tuple(_pasted(reports, number, speaker) for number in range(1, len(reports) + 1) if only in (None, number))


def _pasted(reports: Sequence[Report], number: int, speaker: Speaker) -> PastedReport:
    report = reports[number - 1]
    corrections = corrected_by(reports).get(number, ())
    notes = [speaker.lead("Corrected by", _named(corrections, reports, speaker))] if corrections else []
    if report.withdrawn is not None:
        notes.append(speaker.lead("This report was withdrawn:", _noted(report.withdrawn, speaker)))
    told = report.withdrawn is None
    if report.corrects and told:
        notes.append(speaker.lead("Corrects", _named(report.corrects, reports, speaker)))
    acting = report if told and not isinstance(report, CommitmentReport) else None
    announced = announced_actions([each for each in reports if not isinstance(each, CommitmentReport)])
    heading = speaker.dated(speaker.wording.label(report.kind), report.at)
    return PastedReport(
        number=number,
        heading=speaker.wording.aside(heading, report.by) if report.by else heading,
        notes=tuple(notes),
        body=speaker.plain(report.text) if report.text and told else None,
        facts=tuple(_facts(report, speaker)) if told else (),
        actions_heading=speaker.wording.gettext(
            "Corrective actions" if acting is None or isinstance(acting.actions, tuple) else _PROGRESS
        ),
        actions=told_actions(acting, announced, speaker) if acting else (),
        edited=speaker.lead("Edited:", _noted(report.edited, speaker)) if report.edited else None,
    )


def _named(numbers: Sequence[int], reports: Sequence[Report], speaker: Speaker) -> str:
    """Reports by their numbers and, as pasted text has no links within itself, by their kinds and times."""
    names = []
    for number in numbers:
        name = speaker.say("report {n}", n=str(number))
        if number <= len(reports):
            target = reports[number - 1]
            name = speaker.wording.aside(name, speaker.dated(speaker.wording.label(target.kind), target.at))
        names.append(name)
    return speaker.wording.gettext(", ").join(names)


def _noted(mark: Edited | Withdrawn, speaker: Speaker) -> str:
    note = mark.note if isinstance(mark, Edited) else mark.reason
    return speaker.wording.aside(speaker.plain(note), speaker.wording.moment(mark.at))


def _facts(report: Report, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    if isinstance(report, IncidentReport):
        if report.severity is not None:
            yield speaker.fact("Severity is now", words.label(report.severity))
        if report.workaround is not None:
            yield speaker.fact("Workaround", speaker.plain(report.workaround))
        if report.recovery is not None:
            yield speaker.fact("Recovery expected", _recovery(report.recovery, report.at, speaker))
        if report.recovered_at is not None:
            yield speaker.fact("Recovered", words.moment(report.recovered_at))
        if report.undetected_because is not None:
            yield speaker.fact("Why it was not noticed earlier", speaker.plain(report.undetected_because))
    else:
        if report.window is not None:
            yield speaker.fact("Moved to", words.span(report.window.from_, report.window.until))
        if isinstance(report, MaintenanceReport) and report.cancelled:
            yield speaker.fact("State", words.gettext("Cancelled"))
        if report.expected is not None:
            yield speaker.fact("Expected end", speaker.clock(report.expected, report.at))
        result = report.result if isinstance(report, MaintenanceReport) else report.outcome
        if result is not None:
            yield speaker.fact("Result", words.label(result))
    if isinstance(report, CommitmentReport):
        if report.ended_at is not None:
            yield speaker.fact("Ended", words.moment(report.ended_at))
    else:
        yield from _acting_facts(report, speaker)
    if report.next_report is not None:
        yield speaker.fact("Next report", speaker.clock(report.next_report, report.at))


def _acting_facts(report: IncidentReport | MaintenanceReport, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    for label, moment in (("Began", report.started_at), ("Ended", report.ended_at)):
        if moment is not None:
            yield speaker.fact(label, words.moment(moment))
    if report.components:
        levels = (f"{speaker.component(name)} {words.label(level)}" for name, level in report.components.items())
        yield speaker.fact("Component", *levels)
    for label, text in (
        ("Not affected", report.not_affected),
        ("How that was confirmed", report.confirmed_by),
        ("Lasting effects", report.lasting_effects),
    ):
        if text is not None:
            yield speaker.fact(label, speaker.plain(text))
    if report.cause is not None:
        yield _cause(report.cause, speaker)


def _recovery(recovery: datetime | UnknownRecovery, beside: datetime, speaker: Speaker) -> str:
    if isinstance(recovery, datetime):
        return speaker.clock(recovery, beside)
    answer = speaker.say("to be answered by {time}", time=speaker.clock(recovery.answer_by, beside))
    unknown, colon = speaker.wording.gettext("Unknown"), speaker.wording.gettext(": ")
    return speaker.wording.aside(f"{unknown}{colon}{speaker.plain(recovery.unknown)}", answer)


def _cause(cause: Cause, speaker: Speaker) -> Fact:
    said = speaker.plain(cause.text) if cause.text else ""
    if cause.answer_by is not None:
        by = speaker.say("to be answered by {time}", time=speaker.deadline(cause.answer_by))
        said = speaker.wording.aside(said, by) if said else by
    return speaker.fact(speaker.wording.label(cause.status), said)
