"""A promise: what is owed, by when, where that was said, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from noroshi.problems import Place
from noroshi.records.choices import PromiseKind, PromiseState


class Promise(NamedTuple):
    """One thing owed by a time. A tuple, for a log holds many and each run loads them all. Times are UTC."""

    kind: PromiseKind
    matter: str
    """The id of the matter that it belongs to."""
    due: datetime
    """By when. A due time that is moved before it passes counts anew; one that has passed stays what it was."""
    place: Place | None = None
    """Where it was said; None where policy alone says it."""
    policy: date | None = None
    """The day of the policy's entry that it follows from; None where a report says it."""
    to: str | None = None
    """The client to whom it was made, by id; None where every reader may hold us to it."""
    about: str | None = None
    """The corrective action or, of ``slot_answer``, the incident that it is about, by id."""
    made_at: datetime | None = None
    """When it began to be owed: the report that made it, or the time that policy counts from."""
    moved_from: tuple[datetime, ...] = ()
    """Due times that were moved before they passed, oldest first."""
    moved_to: datetime | None = None
    """A new time that was named after the due time had passed: said, but it redeems nothing."""
    met_at: datetime | None = None
    met_by: int | None = None
    """The number of the report that kept it, or told that it was kept."""
    closed: bool = False
    """Whether nothing more can become of it: kept, or given up."""
    named_by: int | None = None
    """The number of the report that named its due time; None where policy or the opening facts did."""

    @property
    def owed(self) -> bool:
        """Whether it is still to be kept."""
        return not self.closed

    @property
    def order(self) -> tuple[datetime, str, str, str, str]:
        """A total order of what one site owes: by due time, then matter, kind, what it is about, and to whom."""
        return (self.due, self.matter, self.kind, self.about or "", self.to or "")

    def state(self, now: datetime) -> PromiseState:
        """What became of it by ``now``; to be on time is to be there at the due time or before."""
        if self.met_at is not None:
            return PromiseState.MET if self.met_at <= self.due else PromiseState.LATE
        return PromiseState.MISSED if now > self.due or self.closed else PromiseState.DUE

    def lateness(self, now: datetime) -> timedelta:
        """How long after its time it was kept or, while it is owed, how long it has been overdue; zero if neither."""
        until = self.met_at or now
        return max(until - self.due, timedelta(0))

    def overdue(self, now: datetime) -> bool:
        """Whether it is still owed though its time has passed."""
        return self.owed and now > self.due
