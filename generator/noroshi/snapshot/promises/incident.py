"""The promises of an incident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from noroshi.problems import Locate
from noroshi.records.choices import PromiseKind, ReportKind, Severity
from noroshi.records.durations import Duration
from noroshi.records.matters import Incident
from noroshi.records.reports import IncidentReport, UnknownRecovery
from noroshi.records.settings import PromiseTimes
from noroshi.snapshot.matter.completion import Tally
from noroshi.snapshot.matter.recovery import Recovery, back_at
from noroshi.snapshot.promises.actions import enter_actions
from noroshi.snapshot.promises.cause import enter_pending_cause
from noroshi.snapshot.promises.ledger import Ledger
from noroshi.snapshot.promises.terms import Terms


class IncidentStory:
    """An incident while its reports are read, one after the other."""

    def __init__(self, matter: str, record: Incident, terms: Terms, place: Locate) -> None:
        """Enter what the opening facts promise.

        :param matter: its id
        :param place: tells where in its file a value stands
        """
        self.ledger = Ledger(matter)
        self._terms = terms
        self._place = place
        self._severity = record.severity
        self._components = set(record.components)
        self._recovery = Recovery()
        self._counted_from: datetime | None = None
        self._tally = Tally(record.severity)
        noticed = record.detected.at if record.detected is not None else None
        if (base := noticed or record.started_at) is not None:
            self._promise(lambda times: times.first, PromiseKind.FIRST_REPORT, base, record.severity)

    def tell(self, number: int, report: IncidentReport) -> None:
        """Count one report: first what it keeps, then what it makes."""
        ledger, at = self.ledger, report.at
        over = self._recovery.back
        back = None if report.withdrawn else back_at(report)
        ledger.keep(PromiseKind.FIRST_REPORT, at, number)
        ledger.answer(at, number, back or over)
        if report.withdrawn is not None:
            return
        relapse = self._recovery.add(number, report)
        now_over = self._recovery.back
        self._tally.add(report, back=now_over is not None)
        before = self._severity
        self._severity = report.severity or before
        self._components.update(report.components)
        if relapse:
            for kind in (PromiseKind.COMPLETION, PromiseKind.CAUSE):
                ledger.release(kind, at)
                if report.kind is ReportKind.CORRECTION and self._counted_from is not None:
                    ledger.annul(kind, self._counted_from)
        if now_over is not None and over is None:
            self._counted_from = now_over
            # Severity changes with a report: lowered in the one that tells the recovery, it was not lower at that time.
            worse = max(before, self._severity, key=list(Severity).index)
            self._promise(lambda times: times.completion, PromiseKind.COMPLETION, now_over, worse)
            self._promise(lambda times: times.cause, PromiseKind.CAUSE, now_over, worse)
        self._recovery_answer(number, report, back)
        self._next_report(number, report)
        if report.cause is not None:
            enter_pending_cause(ledger, number, report.cause, at, self._terms, self._place)
        enter_actions(ledger, number, report, self._terms.zone, self._place)
        if self._completed and not self._tally.account.lacking:
            ledger.keep(PromiseKind.COMPLETION, at, number)
        if self._tally.explained:
            ledger.keep(PromiseKind.CAUSE, at, number)

    @property
    def _completed(self) -> bool:
        return self._recovery.completed is not None

    def _promise(
        self,
        period_of: Callable[[PromiseTimes], Duration | None],
        kind: PromiseKind,
        base: datetime,
        severity: Severity,
    ) -> None:
        """Promise what policy says, counted from ``base``."""
        for terms in self._terms.incident(severity, base, self._components):
            period = period_of(terms.times)
            if period is not None:
                self.ledger.promise_by(terms, kind, self._terms.after(base, period), base)

    def _recovery_answer(self, number: int, report: IncidentReport, back: datetime | None) -> None:
        ledger, kind = self.ledger, PromiseKind.RECOVERY_ANSWER
        if isinstance(report.recovery, UnknownRecovery):
            due, here = report.recovery.answer_by, self._place("reports", number - 1, "recovery", "answer_by")
            if ledger.owes(kind):
                ledger.move(kind, due, report.at, here, number)
            else:
                ledger.promise(kind, due, made_at=report.at, place=here, report=number)
        elif report.recovery is not None or back is not None or self._completed:
            ledger.keep(kind, report.at, number)

    def _next_report(self, number: int, report: IncidentReport) -> None:
        kind, at = PromiseKind.NEXT_REPORT, report.at
        if report.next_report is not None:
            here = self._place("reports", number - 1, "next_report")
            self.ledger.promise(kind, report.next_report, made_at=at, place=here, report=number)
        elif self._recovery.back is None and not self._completed:
            for terms in self._terms.incident(self._severity, at, self._components):
                if terms.times.every is not None:
                    due = self._terms.interim(self._severity, at, terms.times.every)
                    self.ledger.promise_by(terms, kind, due, at)
