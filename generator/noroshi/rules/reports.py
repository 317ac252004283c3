"""Rules on the reports of one matter: their texts, order, kinds and what each kind may carry."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.problems import Problem
from noroshi.records.choices import ReportKind
from noroshi.records.content import MatterKind
from noroshi.records.reports import IncidentReport
from noroshi.rules.subject import Subject
from noroshi.snapshot.matter.recovery import Recovery

_K = ReportKind
KINDS = {
    MatterKind.INCIDENT: (_K.START, _K.INTERIM, _K.COMPLETION, _K.CORRECTION, _K.FOLLOW_UP),
    MatterKind.MAINTENANCE: (_K.NOTICE, _K.START, _K.INTERIM, _K.COMPLETION, _K.CORRECTION, _K.FOLLOW_UP),
    MatterKind.COMMITMENT: (_K.NOTICE, _K.START, _K.INTERIM, _K.COMPLETION, _K.CORRECTION, _K.FOLLOW_UP),
}
"""The kinds of report that each kind of matter can have."""

_AFTER_COMPLETION = (_K.CORRECTION, _K.FOLLOW_UP)


def reports_missing(subject: Subject) -> Iterator[Problem]:
    """An incident has at least one report; what is planned may still wait for its first."""
    if subject.entry.kind is MatterKind.INCIDENT and not subject.entry.record.reports:
        yield subject.problem(
            "reports-missing",
            "reports",
            found="the incident has no report",
            allowed="an incident has at least a start report",
            advice="add: reports:, and below it '- kind: start', 'at: …', 'text: …'",
        )


def report_text(subject: Subject) -> Iterator[Problem]:
    """Every report says something, unless it was withdrawn: then its text is gone from the file."""
    for index, report in enumerate(subject.entry.record.reports):
        if report.withdrawn is None and report.text is None:
            yield subject.problem(
                "report-text",
                "reports",
                index,
                found=f"report {index + 1} has no text",
                allowed="a report has a text, unless withdrawn",
                advice="add the line 'text: …'",
            )
        if report.withdrawn is not None and report.text is not None:
            yield subject.problem(
                "withdrawn-text",
                "reports",
                index,
                "text",
                found=f"report {index + 1} is withdrawn and its text still stands here",
                allowed="a withdrawn report keeps its kind, at and withdrawn only",
                advice="delete the text (and purge it from the git history if it is secret)",
            )


def report_order(subject: Subject) -> Iterator[Problem]:
    """Reports stand in the order of their times, for their order gives them their numbers."""
    reports = subject.entry.record.reports
    for index in range(1, len(reports)):
        if reports[index].at < reports[index - 1].at:
            yield subject.problem(
                "report-order",
                "reports",
                index,
                "at",
                found=f"report {index + 1} is older than report {index} above it, {reports[index - 1].at.isoformat()}",
                allowed="reports stand in the order of their times",
                advice="add new reports at the end; if a time is wrong, correct it before it is published",
            )


def report_kind(subject: Subject) -> Iterator[Problem]:
    """Each kind of matter has its kinds of report; nothing but corrections and follow-ups comes after completion."""
    kinds = KINDS[subject.entry.kind]
    recovery = Recovery()
    completed = None
    started = None
    for index, report in enumerate(subject.entry.record.reports):
        if report.kind not in kinds:
            yield subject.problem(
                "report-kind",
                "reports",
                index,
                "kind",
                found=f"a report of kind '{report.kind}' stands here",
                allowed="allowed here: " + ", ".join(kinds),
                advice="choose the kind that fits",
            )
        if report.withdrawn is not None:
            continue
        first_start = report.kind is _K.START and started is None  # completion-before-start tells of it
        if completed is not None and report.kind not in _AFTER_COMPLETION and not first_start:
            yield subject.problem(
                "report-after-completion",
                "reports",
                index,
                "kind",
                found=f"report {index + 1} ('{report.kind}') comes after the completion report {completed}",
                allowed="after completion: correction, follow_up",
                advice="use one of these, or open a new record if it happened again",
            )
        if report.kind is _K.START and started is not None:
            yield subject.problem(
                "report-kind",
                "reports",
                index,
                "kind",
                found=f"a second start report stands here (the first is report {started})",
                allowed="one start report",
                advice="use kind: interim",
            )
        if report.kind is _K.START and started is None:
            started = index + 1
        if report.kind is _K.COMPLETION and completed is None:
            completed = index + 1
        if isinstance(report, IncidentReport) and recovery.add(index + 1, report) and not recovery.completed:
            completed = None


ONLY_ON: dict[str, tuple[ReportKind, ...]] = {
    "cancelled": (_K.NOTICE,),
    "corrects": (_K.CORRECTION,),
    "result": (_K.COMPLETION, _K.CORRECTION),
    "outcome": (_K.COMPLETION, _K.CORRECTION),
    "confirmed_by": (_K.INTERIM, _K.COMPLETION, _K.CORRECTION, _K.FOLLOW_UP),
    "undetected_because": (_K.COMPLETION, _K.CORRECTION, _K.FOLLOW_UP),
    "actions": (_K.COMPLETION, _K.CORRECTION, _K.FOLLOW_UP),
    "window": (_K.NOTICE,),
}
"""The keys that only some kinds of report may carry."""


def report_field(subject: Subject) -> Iterator[Problem]:
    """A report carries only what its kind can change: only a notice moves a window, only follow-ups move actions."""
    for index, report in enumerate(subject.entry.record.reports):
        for name, kinds in ONLY_ON.items():
            if name in report.model_fields_set and report.kind not in kinds:
                yield subject.problem(
                    "report-field",
                    "reports",
                    index,
                    name,
                    found=f"'{name}' stands on a report of kind '{report.kind}'",
                    allowed=f"'{name}' stands on: {', '.join(kinds)}",
                    advice="move it to such a report",
                )
        if report.kind is _K.CORRECTION and not report.corrects and report.withdrawn is None:
            yield subject.problem(
                "correction-target",
                "reports",
                index,
                found="the correction does not say which reports it sets right",
                allowed="corrects: a list of report numbers",
                advice="add for example: corrects: [2]",
            )
        for position, number in enumerate(report.corrects):
            if number > index and report.kind is _K.CORRECTION:
                yield subject.problem(
                    "correction-target",
                    "reports",
                    index,
                    "corrects",
                    position,
                    found=f"report {number} does not come before this correction",
                    allowed="a correction names earlier reports: "
                    + (f"1 to {index}" if index else "there is none yet"),
                    advice="count the reports from the top of the list, from 1",
                )
