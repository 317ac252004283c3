"""The promises of a planned time: that it starts then, and that it ends then."""

from __future__ import annotations

from datetime import datetime

from noroshi.problems import Locate
from noroshi.records.base import Window
from noroshi.records.choices import PromiseKind
from noroshi.snapshot.promises.ledger import Ledger


def enter_window(
    ledger: Ledger,
    window: Window,
    said_at: datetime | None,
    place: Locate,
    to: str | None = None,
    report: int | None = None,
) -> None:
    """Promise start and end of a planned time.

    :param said_at: when it was first planned, where a report says so
    :param place: tells where in the window a value stands
    :param to: the client to whom it is promised; None for every reader
    :param report: the number of the one that says so
    """
    ledger.promise(PromiseKind.START, window.from_, made_at=said_at, place=place("from"), to=to, report=report)
    ledger.promise(PromiseKind.END, window.until, made_at=said_at, place=place("until"), to=to, report=report)


def move_window(ledger: Ledger, window: Window, said_at: datetime, place: Locate, report: int) -> None:
    """A notice moves a planned time: what has passed by then stays promised as it was.

    :param report: the notice's number
    """
    ledger.move(PromiseKind.START, window.from_, said_at, place("from"), report)
    ledger.move(PromiseKind.END, window.until, said_at, place("until"), report)
