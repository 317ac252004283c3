"""The fold of a commitment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from noroshi.records.choices import Outcome, Phase, ReportKind
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, KeepClear
from noroshi.records.reports import CommitmentReport
from noroshi.snapshot.matter.planned import estimates_of, planned_phase, span_of
from noroshi.snapshot.matter.spoken import marks, mended, said, updated_at, utc
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import Slot, Span, State


class _Told:
    """What the opening facts and the reports so far of a commitment say together, before anything follows from it."""

    def __init__(self, record: Commitment) -> None:
        self.windows = [Span(start=record.from_.astimezone(UTC), end=record.until.astimezone(UTC))]
        """Every time that was planned for it, the last one holding."""
        self.planned_at: list[datetime | None] = [None]
        """When each of them was said; None for the opening facts'."""
        self.started = False
        self.ended: datetime | None = None
        self.completed = False
        self.outcome: Outcome | None = None

    def add(self, report: CommitmentReport) -> None:
        """Take in a report that still speaks."""
        if report.window is not None:
            self.windows.append(span_of(report.window))
            self.planned_at.append(report.at)
        self.ended = report.ended_at or self.ended
        self.outcome = report.outcome or self.outcome
        self.started = self.started or report.kind is ReportKind.START
        self.completed = self.completed or report.kind is ReportKind.COMPLETION


def fold_commitment(
    entry: Entry, record: Commitment, promises: tuple[Promise, ...], terms: Terms, now: datetime
) -> State:
    """What is true of a commitment at ``now`` after these reports.

    :param record: the entry's, with the reports that count
    :param promises: all that it ever owed
    """
    reports: list[tuple[int, CommitmentReport]] = said(record.reports)
    told = _Told(record)
    for _, report in reports:
        told.add(report)
    windows, ended = tuple(told.windows), told.ended
    phase = _phase(told, now)
    slots = tuple(
        _slot(window, said_at, record.keep_clear, terms)
        for window, said_at in zip(windows, told.planned_at, strict=True)
    )
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=None,
        began_at=windows[-1].start,
        started_at=windows[-1].start if told.started else None,
        recovered_at=None,
        ended_at=utc(ended),
        window=windows[-1],
        moved_from=windows[:-1],
        estimates=estimates_of(reports),
        components=record.needs,
        impacts=(),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, windows[-1].start),
        mended=mended(record.reports),
        caused_by=None,
        detected_by=None,
        result=None,
        outcome=told.outcome,
        imported=False,
        settled=phase.over and all(promise.closed for promise in promises),
        promises=promises,
        client=record.client,
        clear=slots[-1].clear,
        slots=slots,
        visibility=record.visibility,
    )


def commitment_phases(record: Commitment) -> Iterator[Phase]:
    """How far a commitment had come when each report was made."""
    told = _Told(record)
    for report in record.reports:
        if report.withdrawn is None:
            told.add(report)
        yield _phase(told, report.at)


def _phase(told: _Told, now: datetime) -> Phase:
    return planned_phase(
        started=told.started or told.ended is not None,
        completed=told.completed,
        cancelled=False,
        ended=told.ended is not None,
        window=told.windows[-1],
        now=now,
    )


def _slot(window: Span, said_at: datetime | None, clear: KeepClear, terms: Terms) -> Slot:
    start, end = terms.before(window.start, clear.before), terms.after(window.end, clear.after)
    return Slot(said_at=utc(said_at), clear=Span(start=start.astimezone(UTC), end=end.astimezone(UTC)))
