"""What a report left promised when it was made: no later report changes it."""

from __future__ import annotations

from operator import attrgetter

from noroshi.problems import Place
from noroshi.records.content import Entry
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.promises.walk import walk


def promised_after_each(entry: Entry, terms: Terms) -> list[tuple[Promise, ...]]:
    """What was still owed when each report had been made, soonest due first; actions are told by themselves.

    :param terms: what policy promises the readers
    :return: one for each report, in their order
    """
    return [_told(ledger.owed) for ledger in walk(entry, terms, _nowhere)][1:]


def _told(owed: tuple[Promise, ...]) -> tuple[Promise, ...]:
    told = [promise for promise in owed if not promise.kind.of_action]
    return tuple(sorted(told, key=attrgetter("order")))


def _nowhere(*steps: str | int) -> Place:
    """Readers are not told lines of files."""
    return Place(path="")
