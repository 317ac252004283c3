"""The promises of a commitment: its start and end, the reports that it names, and what becomes of it."""

from __future__ import annotations

from noroshi.problems import Locate
from noroshi.records.base import Window
from noroshi.records.choices import Outcome, PromiseKind, ReportKind, Visibility
from noroshi.records.matters import Commitment
from noroshi.records.reports import CommitmentReport
from noroshi.snapshot.promises.ledger import Ledger
from noroshi.snapshot.promises.plan import enter_window, move_window


class CommitmentStory:
    """A commitment while its reports are read, one after the other; owed to its client unless every reader may know."""

    def __init__(self, matter: str, record: Commitment, place: Locate) -> None:
        """Enter what the opening facts promise.

        :param matter: its id
        :param place: tells where in its file a value stands
        """
        self.ledger = Ledger(matter)
        self._place = place
        self._to = None if record.visibility is Visibility.PUBLIC else record.client
        slot = Window.model_construct(from_=record.from_, until=record.until)
        enter_window(self.ledger, slot, None, place, self._to)

    def tell(self, number: int, report: CommitmentReport) -> None:
        """Count one report: first what it keeps, then what it makes."""
        ledger, place = self.ledger, self._place
        ledger.answer(report.at, number, None)
        if report.withdrawn is not None:
            return
        if report.window is not None:
            move_window(ledger, report.window, report.at, _within_window(place, number), number)
        _come_further(ledger, number, report)
        if report.next_report is not None:
            here = place("reports", number - 1, "next_report")
            due = report.next_report
            ledger.promise(PromiseKind.NEXT_REPORT, due, made_at=report.at, place=here, to=self._to, report=number)


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
