"""The walk through a matter's reports: its ledger before the first of them, and after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from noroshi.problems import Locate
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Incident
from noroshi.snapshot.promises.commitment import CommitmentStory
from noroshi.snapshot.promises.incident import IncidentStory
from noroshi.snapshot.promises.ledger import Ledger
from noroshi.snapshot.promises.maintenance import MaintenanceStory
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms

_Report = TypeVar("_Report", contravariant=True)
_Told = TypeVar("_Told")


class _Story(Protocol[_Report]):
    """A matter while its reports are read, one after the other."""

    ledger: Ledger

    def tell(self, number: int, report: _Report) -> None:
        """Count one report."""


def promises_of(entry: Entry, terms: Terms, place: Locate) -> tuple[Promise, ...]:
    """All that a matter ever owed, as its reports tell.

    :param entry: with the reports that count
    :param terms: what policy promises
    :param place: tells where in the matter's file a value stands
    """
    *_, ledger = walk(entry, terms, place)
    return ledger.promises


def walk(entry: Entry, terms: Terms, place: Locate) -> Iterator[Ledger]:
    """The ledger before the first report and then after each, always the same one; an imported record owes nothing."""
    record = entry.record
    if isinstance(record, Commitment):
        yield from _told(CommitmentStory(entry.id, record, place), record.reports)
    elif record.imported is not None:
        yield from [Ledger(entry.id)] * (1 + len(record.reports))
    elif isinstance(record, Incident):
        yield from _told(IncidentStory(entry.id, record, terms, place), record.reports)
    else:
        yield from _told(MaintenanceStory(entry.id, record, terms, place), record.reports)


def _told(story: _Story[_Told], reports: Iterable[_Told]) -> Iterator[Ledger]:
    yield story.ledger
    for number, report in enumerate(reports, 1):
        story.tell(number, report)
        yield story.ledger
