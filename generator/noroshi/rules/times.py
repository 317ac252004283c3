"""Rules on the times within one matter: what comes after what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from noroshi.problems import Level, Problem
from noroshi.records.choices import ReportKind
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.records.reports import UnknownRecovery
from noroshi.rules.subject import Subject
from noroshi.snapshot.matter.recovery import Recovery
from noroshi.snapshot.matter.spoken import said


def planned_window(subject: Subject) -> Iterator[Problem]:
    """Planned work says from when until when."""
    record = subject.entry.record
    if isinstance(record, Maintenance) and record.window is None and record.imported is None:
        yield subject.problem(
            "missing-key",
            "window",
            found="the key 'window' is missing",
            allowed="planned work says from when until when",
            advice="add the line 'window: {from: …, until: …}'",
        )


def end_before_start(subject: Subject) -> Iterator[Problem]:
    """Nothing ends, recovers or is planned to end before it starts."""
    record = subject.entry.record
    started = record.started_at if isinstance(record, Incident) else None
    if isinstance(record, Maintenance) and record.window is not None and record.window.until <= record.window.from_:
        yield _backwards(subject, ("window", "until"), record.window.until, record.window.from_, "the window")
    if isinstance(record, Commitment) and record.until <= record.from_:
        yield _backwards(subject, ("until",), record.until, record.from_, "the commitment")
    for index, report in enumerate(record.reports):
        window = getattr(report, "window", None)
        if window is not None and window.until <= window.from_:
            yield _backwards(subject, ("reports", index, "window", "until"), window.until, window.from_, "the window")
        started = getattr(report, "started_at", None) or started
        for name in ("recovered_at", "ended_at"):
            moment = getattr(report, name, None)
            if moment is not None and started is not None and moment < started:
                yield _backwards(subject, ("reports", index, name), moment, started, "it")


def _backwards(subject: Subject, steps: tuple[str | int, ...], end: datetime, start: datetime, what: str) -> Problem:
    return subject.problem(
        "end-before-start",
        *steps,
        found=f"{what} ends at {end.isoformat()} and starts at {start.isoformat()}",
        allowed="an end comes after its start",
        advice="correct the one that is wrong (look at day and month)",
    )


def completion_before_start(subject: Subject) -> Iterator[Problem]:
    """A completion report comes after the start, and after the start report."""
    record = subject.entry.record
    started = record.started_at if isinstance(record, Incident) else None
    begun = None
    for index, report in enumerate(record.reports):
        if report.withdrawn is not None:
            continue
        started = getattr(report, "started_at", None) or started
        if report.kind is ReportKind.START:
            begun = report.at
        if report.kind is not ReportKind.COMPLETION:
            continue
        if started is not None and report.at < started:
            yield subject.problem(
                "completion-before-start",
                "reports",
                index,
                "at",
                found=f"the completion report of {report.at.isoformat()} comes before the start, {started.isoformat()}",
                allowed="a completion report comes after the start",
                advice="correct the time that is wrong",
            )
        if begun is None and any(
            later.kind is ReportKind.START and later.withdrawn is None for later in record.reports[index:]
        ):
            yield subject.problem(
                "completion-before-start",
                "reports",
                index,
                "kind",
                found="the completion report stands before the start report",
                allowed="start, interim, completion",
                advice="put the reports in the order in which they were made",
            )


def facts_ahead_of_report(subject: Subject) -> Iterator[Problem]:
    """A report tells what has happened, and promises what is still to come."""
    for index, report in enumerate(subject.entry.record.reports):
        for name in ("started_at", "recovered_at", "ended_at"):
            moment = getattr(report, name, None)
            if moment is not None and moment > report.at:
                yield subject.problem(
                    "fact-ahead-of-report",
                    "reports",
                    index,
                    name,
                    found=f"'{name}' is {moment.isoformat()}, later than the report of {report.at.isoformat()}",
                    allowed="a report tells what had happened when it was written",
                    advice="correct the time, or write it as an estimate (recovery, expected)",
                )
        for name in ("next_report", "expected", "recovery"):
            moment = getattr(report, name, None)
            steps: tuple[str, ...] = (name,)
            if isinstance(moment, UnknownRecovery):
                moment, steps = moment.answer_by, (name, "answer_by")
            if moment is not None and moment < report.at:
                yield subject.problem(
                    "promise-behind-report",
                    "reports",
                    index,
                    *steps,
                    found=f"'{steps[-1]}' is {moment.isoformat()}, earlier than the report of {report.at.isoformat()}",
                    allowed="what is promised lies ahead of its report",
                    advice="correct the time (look at the day)",
                )
        for name in ("edited", "withdrawn"):
            mark = getattr(report, name)
            if mark is not None and mark.at < report.at:
                yield subject.problem(
                    "fact-ahead-of-report",
                    "reports",
                    index,
                    name,
                    "at",
                    found=f"'{name}' is older than its report",
                    allowed="a report is edited or withdrawn after it was made",
                    advice="correct the time",
                )


def reported_before_it_began(subject: Subject) -> Iterator[Problem]:
    """An incident is not reported, nor noticed, before it began."""
    record = subject.entry.record
    if not isinstance(record, Incident) or record.started_at is None:
        return
    if record.reports and record.reports[0].at < record.started_at and "started_at" not in _told(record):
        yield subject.problem(
            "reported-before-start",
            "started_at",
            found=f"the incident begins at {record.started_at.isoformat()}, after its first report",
            allowed="started_at is when it began, not when it was written",
            advice="correct started_at, or leave it out while it is unknown",
        )
    if record.detected is not None and record.detected.at is not None and record.detected.at < record.started_at:
        yield subject.problem(
            "reported-before-start",
            "detected",
            "at",
            found="it was noticed before it began",
            allowed="detected.at comes after started_at",
            advice="correct the one that is wrong",
            level=Level.WARNING,
        )


def _told(record: Incident) -> set[str]:
    return {name for report in record.reports for name in report.model_fields_set}


def estimate_after_recovery(subject: Subject) -> Iterator[Problem]:
    """An estimate is for what is down: after a report that it was back it needs one that it is not."""
    record = subject.entry.record
    if not isinstance(record, Incident):
        return
    recovery = Recovery()
    for number, report in said(record.reports):
        recovery.add(number, report)
        back = recovery.told_by
        if report.recovery is not None and back is not None and back != number:
            yield subject.problem(
                "estimate-after-recovery",
                "reports",
                number - 1,
                "recovery",
                found=f"'recovery' says when it will be back, and report {back} says that it is",
                allowed="an estimate for what is down",
                advice="if it is down again, say how in 'components'; if it never was back, make this a correction "
                f"with 'corrects: [{back}]'",
                level=Level.WARNING,
            )
