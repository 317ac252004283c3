"""What became of promises, in numbers that are quick to count: a long log has a hundred thousand of them.

A month is numbered from the year 0 on; a settled promise by its month, its kind and its fate together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State

FATES = (PromiseState.MET, PromiseState.LATE, PromiseState.MISSED)
"""What can have become of a promise that is settled, from best to worst."""

_KINDS = tuple(PromiseKind)
_NUMBERS = {(kind, fate): place for place, (kind, fate) in enumerate((k, f) for k in _KINDS for f in FATES)}
_PLACES = {number: (kind, FATES.index(fate)) for (kind, fate), number in _NUMBERS.items()}


class Months:
    """The months of a zone. The zone is asked once a month, for asking it once a moment takes long."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._bounds: dict[int, tuple[datetime, datetime]] = {}

    def number(self, moment: datetime) -> int:
        """The month of a moment in UTC: mostly the month that UTC calls it, else one beside it."""
        number = moment.year * 12 + moment.month - 1
        start, end = self._bounds.get(number) or self._bounds.setdefault(
            number, (self._start(number), self._start(number + 1))
        )
        return number - 1 if moment < start else number + 1 if moment >= end else number

    def _start(self, number: int) -> datetime:
        return datetime(number // 12, number % 12 + 1, 1, tzinfo=self._zone).astimezone(UTC)


@lru_cache(maxsize=4)
def months_in(zone: ZoneInfo) -> Months:
    """The months of a zone, with what was asked before."""
    return Months(zone)


def month_key(number: int) -> str:
    """A month's name: ``2026-06``."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def settled_at(promise: Promise) -> datetime:
    """When the fate of a settled promise was settled for the record: kept by its time, or its time ran out."""
    due, met = promise.due, promise.met_at
    return met if met is not None and met < due else due


def settled_promises(state: State, now: datetime, months: Months) -> Iterator[tuple[int, Promise]]:
    """A matter's promises whose fate is settled at ``now``, each with its number."""
    for promise in state.promises:
        number = _NUMBERS.get((promise.kind, promise.state(now)))
        if number is not None:
            yield months.number(settled_at(promise)) * len(_NUMBERS) + number, promise


def told_by(number: int) -> tuple[int, PromiseKind, int]:
    """The month, the kind, and the place in :data:`FATES` that a number tells of."""
    month, rest = divmod(number, len(_NUMBERS))
    return month, *_PLACES[rest]
