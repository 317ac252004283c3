"""One report in pasted text: what was said, and the facts that it brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from noroshi.records.base import Edited, Withdrawn
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.reports import Cause, CommitmentReport, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.writers.pasted.action import PastedAction, pasted_actions
from noroshi.writers.pasted.pieces import Fact, Speaker, fact

Report = IncidentReport | MaintenanceReport | CommitmentReport


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
    edited: str | None


def pasted_reports(
    record: Incident | Maintenance | Commitment, speaker: Speaker, only: int | None = None
) -> tuple[PastedReport, ...]:
    """The reports of a matter in order.

    :param only: the number of the only report that is wanted; it then tells how far its actions have come too
    """
    reports: Sequence[Report] = record.reports
    return tuple(
        _pasted(reports, number, speaker, alone=only is not None)
        for number in range(1, len(reports) + 1)
        if only in (None, number)
    )


def _pasted(reports: Sequence[Report], number: int, speaker: Speaker, *, alone: bool) -> PastedReport:
    report = reports[number - 1]
    corrected_by = [later for later, other in enumerate(reports, 1) if number in other.corrects]
    notes = [speaker.lead("Corrected by", _named(later, reports, speaker)) for later in corrected_by]
    if report.withdrawn is not None:
        notes.append(speaker.lead("This report was withdrawn:", _noted(report.withdrawn, speaker)))
    if report.corrects:
        named = ", ".join(_named(target, reports, speaker) for target in report.corrects)
        notes.append(speaker.lead("Corrects", named))
    told = report.withdrawn is None
    heading = speaker.dated(speaker.wording.label(report.kind), report.at)
    return PastedReport(
        number=number,
        heading=speaker.enclosed(heading, report.by) if report.by else heading,
        notes=tuple(notes),
        body=speaker.plain(report.text) if report.text and told else None,
        facts=tuple(_facts(report, speaker)) if told else (),
        actions_heading=speaker.wording.gettext("Corrective actions"),
        actions=_actions(reports, number, speaker, alone=alone) if told else (),
        edited=speaker.lead("Edited:", _noted(report.edited, speaker)) if report.edited else None,
    )


def _named(number: int, reports: Sequence[Report], speaker: Speaker) -> str:
    """A report by its number and, as pasted text has no links within itself, by its kind and time."""
    words = speaker.say("report {n}", n=str(number))
    if number > len(reports):
        return words
    target = reports[number - 1]
    return f"{words} ({speaker.dated(speaker.wording.label(target.kind), target.at)})"


def _noted(mark: Edited | Withdrawn, speaker: Speaker) -> str:
    note = mark.note if isinstance(mark, Edited) else mark.reason
    return f"{speaker.plain(note)} ({speaker.wording.moment(mark.at)})"


def _actions(reports: Sequence[Report], number: int, speaker: Speaker, *, alone: bool) -> tuple[PastedAction, ...]:
    report = reports[number - 1]
    if isinstance(report, CommitmentReport):
        return ()
    if isinstance(report.actions, tuple) or not alone:
        return pasted_actions((report,), speaker)
    earlier = [each for each in reports[:number] if not isinstance(each, CommitmentReport)]
    return pasted_actions(earlier, speaker, frozenset(report.actions))


def _facts(report: Report, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    _ = words.gettext
    if isinstance(report, IncidentReport):
        if report.severity is not None:
            yield fact(_("Severity is now"), words.label(report.severity))
        if report.workaround is not None:
            yield fact(_("Workaround"), speaker.plain(report.workaround))
        if report.recovery is not None:
            yield fact(_("Recovery expected"), _recovery(report.recovery, report.at, speaker))
        if report.recovered_at is not None:
            yield fact(_("Recovered"), words.moment(report.recovered_at))
        if report.undetected_because is not None:
            yield fact(_("Why it was not noticed earlier"), speaker.plain(report.undetected_because))
    else:
        if report.window is not None:
            yield fact(_("Moved to"), words.span(report.window.from_, report.window.until))
        if isinstance(report, MaintenanceReport) and report.cancelled:
            yield fact(_("State"), _("Cancelled"))
        if report.expected is not None:
            yield fact(_("Expected end"), speaker.clock(report.expected, report.at))
        result = report.result if isinstance(report, MaintenanceReport) else report.outcome
        if result is not None:
            yield fact(_("Result"), words.label(result))
    if isinstance(report, CommitmentReport):
        if report.ended_at is not None:
            yield fact(_("Ended"), words.moment(report.ended_at))
    else:
        yield from _acting_facts(report, speaker)
    if report.next_report is not None:
        yield fact(_("Next report"), speaker.clock(report.next_report, report.at))


def _acting_facts(report: IncidentReport | MaintenanceReport, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    _ = words.gettext
    for label, moment in ((_("Began"), report.started_at), (_("Ended"), report.ended_at)):
        if moment is not None:
            yield fact(label, words.moment(moment))
    for name, level in report.components.items():
        yield fact(_("Component"), f"{speaker.component(name)} {words.label(level)}")
    for label, text in (
        (_("Not affected"), report.not_affected),
        (_("How that was confirmed"), report.confirmed_by),
        (_("Lasting effects"), report.lasting_effects),
    ):
        if text is not None:
            yield fact(label, speaker.plain(text))
    if report.cause is not None:
        yield _cause(report.cause, speaker)


def _recovery(recovery: datetime | UnknownRecovery, beside: datetime, speaker: Speaker) -> str:
    if isinstance(recovery, datetime):
        return speaker.clock(recovery, beside)
    answer = speaker.say("to be answered by {time}", time=speaker.clock(recovery.answer_by, beside))
    return f"{speaker.wording.gettext('Unknown')}: {speaker.plain(recovery.unknown)} ({answer})"


def _cause(cause: Cause, speaker: Speaker) -> Fact:
    said = speaker.plain(cause.text) if cause.text else ""
    if cause.answer_by is not None:
        by = speaker.say("to be answered by {time}", time=speaker.deadline(cause.answer_by))
        said = f"{said} {by}".strip()
    return fact(speaker.wording.label(cause.status), said)
