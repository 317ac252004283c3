"""The promise of a cause: a report that cannot name it says by when it will be known."""

from __future__ import annotations

from datetime import datetime

from noroshi.problems import Locate
from noroshi.records.choices import CauseStatus, PromiseKind
from noroshi.records.reports import Cause
from noroshi.records.times import end_of
from noroshi.snapshot.promises.ledger import Ledger
from noroshi.snapshot.promises.terms import Terms


def enter_pending_cause(
    ledger: Ledger, number: int, cause: Cause, said_at: datetime, terms: Terms, place: Locate
) -> None:
    """Enter by when a report says that a cause will be known."""
    if cause.status is not CauseStatus.PENDING or cause.answer_by is None:
        return
    due, here = end_of(cause.answer_by, terms.zone), place("reports", number - 1, "cause", "answer_by")
    if ledger.owes(PromiseKind.CAUSE):
        ledger.move(PromiseKind.CAUSE, due, said_at, here, number)
    else:
        ledger.promise(PromiseKind.CAUSE, due, made_at=said_at, place=here, report=number)
