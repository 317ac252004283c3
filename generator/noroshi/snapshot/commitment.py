"""The fold of a commitment."""

from __future__ import annotations

from datetime import UTC, datetime

from noroshi.records.choices import ReportKind
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment
from noroshi.records.reports import CommitmentReport
from noroshi.snapshot.planned import estimates_of, planned_phase, span_of
from noroshi.snapshot.spoken import marks, said, updated_at, utc
from noroshi.snapshot.state import Span, State


def fold_commitment(entry: Entry, record: Commitment, now: datetime) -> State:
    """What is true of a commitment at ``now`` after these reports.

    :param record: the entry's, with the reports that count
    """
    reports: list[tuple[int, CommitmentReport]] = said(record.reports)
    windows = [Span(start=record.from_.astimezone(UTC), end=record.until.astimezone(UTC))]
    ended = next_report = outcome = None
    started = completed = False
    for _, report in reports:
        if report.window is not None:
            windows.append(span_of(report.window))
        ended = report.ended_at or ended
        outcome = report.outcome or outcome
        next_report = report.next_report
        started = started or report.kind is ReportKind.START
        completed = completed or report.kind is ReportKind.COMPLETION
    phase = planned_phase(
        started=started or ended is not None,
        completed=completed,
        cancelled=False,
        ended=ended is not None,
        window=windows[-1],
        now=now,
    )
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=None,
        began_at=windows[-1].start,
        started_at=windows[-1].start if started else None,
        recovered_at=None,
        ended_at=utc(ended),
        window=windows[-1],
        moved_from=tuple(windows[:-1]),
        estimates=estimates_of(reports),
        next_report_at=utc(next_report),
        components=record.needs,
        impacts=(),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, windows[-1].start),
        caused_by=None,
        detected_by=None,
        result=None,
        outcome=outcome,
        imported=False,
        settled=phase.over,
    )
