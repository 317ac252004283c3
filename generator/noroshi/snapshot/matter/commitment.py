"""The fold of a commitment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from noroshi.records.choices import Outcome, Phase, ReportKind
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, KeepClear
from noroshi.records.reports import CommitmentReport
from noroshi.snapshot.matter.planned import estimates_of, planned_phase, span_of
from noroshi.snapshot.matter.spoken import marks, said, updated_at, utc
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import Slot, Span, State


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the opening facts and the reports of a commitment say together, before anything follows from it."""

    windows: tuple[Span, ...]
    """Every time that was planned for it, the last one holding."""
    planned_at: tuple[datetime | None, ...]
    """When each of them was said; None for the opening facts'."""
    started: bool
    ended: datetime | None
    completed: bool
    outcome: Outcome | None


def fold_commitment(
    entry: Entry, record: Commitment, promises: tuple[Promise, ...], terms: Terms, now: datetime
) -> State:
    """What is true of a commitment at ``now`` after these reports.

    :param record: the entry's, with the reports that count
    :param promises: all that it ever owed
    """
    reports: list[tuple[int, CommitmentReport]] = said(record.reports)
    told = _told(record, reports)
    windows, ended = told.windows, told.ended
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
    for number, report in enumerate(record.reports, 1):
        yield _phase(_told(record, said(record.reports[:number])), report.at)


def _phase(told: _Told, now: datetime) -> Phase:
    return planned_phase(
        started=told.started or told.ended is not None,
        completed=told.completed,
        cancelled=False,
        ended=told.ended is not None,
        window=told.windows[-1],
        now=now,
    )


def _told(record: Commitment, reports: Sequence[tuple[int, CommitmentReport]]) -> _Told:
    windows = [Span(start=record.from_.astimezone(UTC), end=record.until.astimezone(UTC))]
    planned_at: list[datetime | None] = [None]
    ended = outcome = None
    started = completed = False
    for _, report in reports:
        if report.window is not None:
            windows.append(span_of(report.window))
            planned_at.append(report.at)
        ended = report.ended_at or ended
        outcome = report.outcome or outcome
        started = started or report.kind is ReportKind.START
        completed = completed or report.kind is ReportKind.COMPLETION
    return _Told(
        windows=tuple(windows),
        planned_at=tuple(planned_at),
        started=started,
        ended=ended,
        completed=completed,
        outcome=outcome,
    )


def _slot(window: Span, said_at: datetime | None, clear: KeepClear, terms: Terms) -> Slot:
    start, end = terms.before(window.start, clear.before), terms.after(window.end, clear.after)
    return Slot(said_at=utc(said_at), clear=Span(start=start.astimezone(UTC), end=end.astimezone(UTC)))
