"""What a report left promised when it was made, and what it kept too late: no later report changes either."""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from noroshi.problems import Place
from noroshi.records.choices import PromiseState
from noroshi.records.content import Entry
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.promises.walk import walk


class AfterReport(NamedTuple):
    """The promises of a matter when a report had been made. Those about corrective actions are told by themselves."""

    owed: tuple[Promise, ...]
    """Still owed, soonest due first."""
    late: tuple[Promise, ...]
    """Kept by this report, or told by it to be kept, after they were due; soonest due first."""


def after_each_report(entry: Entry, terms: Terms) -> list[AfterReport]:
    """What stood after each report, in their order.

    :param terms: what policy promises the readers
    """
    found = []
    for number, ledger in enumerate(walk(entry, terms, _nowhere)):
        late = (each for each in ledger.promises if each.met_by == number and each.state(each.due) is PromiseState.LATE)
        found.append(AfterReport(owed=_told(ledger.owed), late=_told(tuple(late))))
    return found[1:]


def _told(promises: tuple[Promise, ...]) -> tuple[Promise, ...]:
    told = [promise for promise in promises if not promise.kind.of_action]
    return tuple(sorted(told, key=attrgetter("order")))


def _nowhere(*steps: str | int) -> Place:
    """Readers are not told lines of files."""
    return Place(path="")
