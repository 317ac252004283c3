"""The promises of planned work: its notice, its start, its end, and the reports in between and after."""

from __future__ import annotations

from datetime import datetime

from noroshi.problems import Locate, Place
from noroshi.records.base import Window
from noroshi.records.choices import CauseStatus, PromiseKind, ReportKind
from noroshi.records.matters import Maintenance
from noroshi.records.reports import MaintenanceReport
from noroshi.snapshot.promises.actions import enter_actions
from noroshi.snapshot.promises.cause import enter_pending_cause
from noroshi.snapshot.promises.ledger import Ledger
from noroshi.snapshot.promises.plan import enter_window, move_window
from noroshi.snapshot.promises.terms import Terms


class MaintenanceStory:
    """Planned work while its reports are read, one after the other."""

    def __init__(self, matter: str, record: Maintenance, terms: Terms, place: Locate) -> None:
        """Enter what the opening facts promise.

        :param matter: its id
        :param place: tells where in its file a value stands
        """
        self.ledger = Ledger(matter)
        self._terms = terms
        self._place = place
        self._components = set(record.components)
        self._window = record.window
        self._urgent = record.emergency is not None
        self._started = False
        self._ended: datetime | None = None
        self._over = False
        if record.window is not None:
            self._promise_notice(record.window)
            enter_window(self.ledger, record.window, None, lambda *steps: place("window", *steps))

    def tell(self, number: int, report: MaintenanceReport) -> None:
        """Count one report: first what it keeps, then what it makes."""
        ledger, at = self.ledger, report.at
        ended = None if report.withdrawn else report.ended_at
        ledger.keep(PromiseKind.NOTICE, at, number)
        ledger.answer(at, number, ended or self._ended)
        if report.withdrawn is not None:
            return
        self._components.update(report.components)
        if report.window is not None:
            self._moved(number, report, report.window)
        if report.cancelled:
            self._call_off(at)
        self._come_further(number, report)
        self._next_report(number, report)
        if report.cause is not None:
            enter_pending_cause(ledger, number, report.cause, at, self._terms, self._place)
            if report.cause.status is not CauseStatus.PENDING:
                ledger.keep(PromiseKind.CAUSE, at, number)
        enter_actions(ledger, number, report, self._terms.zone, self._place)

    def _promise_notice(self, window: Window) -> None:
        """Work that cannot wait owes no notice."""
        if self._urgent:
            return
        for terms in self._terms.maintenance(window.from_, self._components):
            if terms.times.notice is not None:
                due = self._terms.before(window.from_, terms.times.notice)
                self.ledger.promise_by(terms, PromiseKind.NOTICE, due, None)

    def _moved(self, number: int, report: MaintenanceReport, window: Window) -> None:
        def here(*steps: str | int) -> Place:
            return self._place("reports", number - 1, "window", *steps)

        if self._window is None:
            enter_window(self.ledger, window, report.at, here, report=number)
        else:
            move_window(self.ledger, window, report.at, here, number)
        if self._window is None or window.from_ != self._window.from_:
            self._promise_notice(window)
            self.ledger.keep(PromiseKind.NOTICE, report.at, number)
        self._window = window

    def _call_off(self, at: datetime) -> None:
        for kind in (PromiseKind.START, PromiseKind.END, PromiseKind.NEXT_REPORT, PromiseKind.COMPLETION):
            self.ledger.release(kind, at)
        self._over = True

    def _come_further(self, number: int, report: MaintenanceReport) -> None:
        """It has started or ended: facts count from when they happened, completion from when it was reported."""
        ledger, completes = self.ledger, report.kind is ReportKind.COMPLETION
        if report.kind is ReportKind.START or report.started_at or report.ended_at or completes:
            ledger.keep(PromiseKind.START, report.started_at or report.at, number)
            self._started = True
        if self._ended is None and (report.ended_at is not None or completes):
            self._ended = report.ended_at or report.at
            ledger.keep(PromiseKind.END, self._ended, number)
            for terms in self._terms.maintenance(self._ended, self._components):
                if terms.times.completion is not None:
                    due = self._terms.after(self._ended, terms.times.completion)
                    ledger.promise_by(terms, PromiseKind.COMPLETION, due, self._ended)
        if completes:
            ledger.keep(PromiseKind.COMPLETION, report.at, number)
            self._over = True

    def _next_report(self, number: int, report: MaintenanceReport) -> None:
        """Interim reports are owed from the planned end until the real one."""
        kind, at = PromiseKind.NEXT_REPORT, report.at
        if report.next_report is not None:
            here = self._place("reports", number - 1, "next_report")
            self.ledger.promise(kind, report.next_report, made_at=at, place=here, report=number)
        elif self._started and self._ended is None and not self._over and self._window is not None:
            base = max(at, self._window.until)
            for terms in self._terms.maintenance(self._window.from_, self._components):
                if terms.times.every is not None:
                    due = self._terms.after(base, terms.times.every)
                    self.ledger.promise_by(terms, kind, due, base)
