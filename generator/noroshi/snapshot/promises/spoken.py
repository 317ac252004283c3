"""What a report left promised when it was made: no later report changes it."""

from __future__ import annotations

from noroshi.problems import Place
from noroshi.records.choices import PromiseKind
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Incident
from noroshi.snapshot.promises.commitment import commitment_promises
from noroshi.snapshot.promises.incident import incident_promises
from noroshi.snapshot.promises.maintenance import maintenance_promises
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms

_TOLD_OF_ACTIONS = (PromiseKind.ACTION, PromiseKind.EFFECT_CHECK)


def promised_after(entry: Entry, number: int, terms: Terms) -> tuple[Promise, ...]:
    """What was still owed when report ``number`` had been made, soonest due first; actions are told by themselves.

    :param terms: what policy promises the readers
    """
    record = entry.record
    said = record.reports[:number]
    if isinstance(record, Commitment):
        promises = commitment_promises(entry.id, record.model_copy(update={"reports": said}), _nowhere)
    elif isinstance(record, Incident):
        promises = incident_promises(entry.id, record.model_copy(update={"reports": said}), terms, _nowhere)
    else:
        promises = maintenance_promises(entry.id, record.model_copy(update={"reports": said}), terms, _nowhere)
    owed = [promise for promise in promises if promise.owed and promise.kind not in _TOLD_OF_ACTIONS]
    return tuple(sorted(owed, key=lambda promise: (promise.due, promise.kind)))


def _nowhere(*steps: str | int) -> Place:
    """Readers are not told lines of files."""
    return Place(path="")
