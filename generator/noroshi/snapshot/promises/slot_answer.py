"""What is owed to a client whose commitment an incident threatens: word on what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from noroshi.records.choices import PromiseKind
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.threats import Threat


def slot_promises(threats: Iterable[Threat], terms: Terms, now: datetime) -> tuple[Promise, ...]:
    """One promise for each threat that the client had to hear of, in the order of the threats.

    It is due when the period of the first report has passed since the threat arose: the client's own period, else that
    of policy. The first report on the commitment from then on keeps it. A threat that ends before that is no promise;
    one that ends later stays owed until the commitment's time is over.
    """
    return tuple(_promises(threats, terms, now))


def _promises(threats: Iterable[Threat], terms: Terms, now: datetime) -> Iterator[Promise]:
    for threat in threats:
        incident, commitment = threat.incident, threat.commitment
        if commitment.from_calendar:  # a warning all the same, but no report can tell its client there
            continue
        owed = terms.first_for(threat.outlook.severity, threat.since, commitment.client)
        if owed is None or owed.times.first is None:
            continue
        due = terms.after(threat.since, owed.times.first).astimezone(UTC)
        told = next((mark for mark in commitment.reports if mark.at >= threat.since), None)
        if threat.until is not None and threat.until <= due and (told is None or told.at > threat.until):
            continue
        passed = commitment.clear is not None and now >= max(commitment.clear.end, due)
        yield Promise(
            kind=PromiseKind.SLOT_ANSWER,
            matter=commitment.id,
            due=due,
            place=owed.place,
            policy=owed.policy,
            to=commitment.client,
            about=incident.id,
            made_at=threat.since,
            met_at=None if told is None else told.at,
            met_by=None if told is None else told.number,
            closed=told is not None or passed,
        )
