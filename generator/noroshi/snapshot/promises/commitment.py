"""The promises of a commitment: its start and end, the reports that it names, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.problems import Locate
from noroshi.records.base import Window
from noroshi.records.choices import Outcome, PromiseKind, ReportKind, Visibility
from noroshi.records.matters import Commitment
from noroshi.records.reports import CommitmentReport
from noroshi.snapshot.promises.ledger import Ledger
from noroshi.snapshot.promises.plan import enter_window, move_window
from noroshi.snapshot.promises.promise import Promise


def commitment_promises(matter: str, record: Commitment, place: Locate) -> tuple[Promise, ...]:
    """All that a commitment ever owed, to its client unless every reader may know of it.

    :param matter: its id
    :param record: with the reports that count
    :param place: tells where in its file a value stands
    """
    ledger = Ledger(matter)
    for after in walk_commitment(matter, record, place):
        ledger = after
    return ledger.promises


def walk_commitment(matter: str, record: Commitment, place: Locate) -> Iterator[Ledger]:
    """The ledger before the first report and then after each, always the same one."""
    ledger = Ledger(matter)
    to = None if record.visibility is Visibility.PUBLIC else record.client
    slot = Window.model_construct(from_=record.from_, until=record.until)
    enter_window(ledger, slot, None, place, to)
    yield ledger
    for number, report in enumerate(record.reports, 1):
        ledger.answer(report.at, number, None)
        if report.withdrawn is None:
            _tell(ledger, number, report, place, to)
        yield ledger


def _tell(ledger: Ledger, number: int, report: CommitmentReport, place: Locate, to: str | None) -> None:
    """Count what one report says."""
    if report.window is not None:
        move_window(ledger, report.window, report.at, _within_window(place, number), number)
    _come_further(ledger, number, report)
    if report.next_report is not None:
        here = place("reports", number - 1, "next_report")
        due = report.next_report
        ledger.promise(PromiseKind.NEXT_REPORT, due, made_at=report.at, place=here, to=to, report=number)


def _within_window(place: Locate, number: int) -> Locate:
    return lambda *steps: place("reports", number - 1, "window", *steps)


def _come_further(ledger: Ledger, number: int, report: CommitmentReport) -> None:
    """It has started or ended, or a report tells that it will not be kept."""
    if report.outcome is Outcome.BROKEN or (report.outcome is Outcome.MOVED and report.window is None):
        for kind in (PromiseKind.START, PromiseKind.END):
            ledger.give_up(kind)
        return
    over = report.kind is ReportKind.COMPLETION or report.ended_at is not None
    if report.kind is ReportKind.START or over:
        ledger.keep(PromiseKind.START, report.at, number)
    if over:
        ledger.keep(PromiseKind.END, report.ended_at or report.at, number)
