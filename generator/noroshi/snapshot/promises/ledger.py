"""The ledger of one matter: promises are opened, moved, kept and closed as its reports are read in order.

What became of a promise is settled by the report that settles it: no later report makes it late.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from noroshi.problems import Place
from noroshi.records.choices import PromiseKind
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import IncidentTerms, MaintenanceTerms


class Ledger:
    """The promises of one matter. All times that it is given may be in any zone; it keeps them in UTC."""

    def __init__(self, matter: str) -> None:
        """:param matter: its id"""
        self._matter = matter
        self._entries: list[Promise | None] = []
        self._open: dict[tuple[PromiseKind, str | None], list[int]] = {}

    @property
    def promises(self) -> tuple[Promise, ...]:
        """All promises, in the order in which they were made."""
        return tuple(entry for entry in self._entries if entry is not None)

    @property
    def owed(self) -> tuple[Promise, ...]:
        """Those still to be kept, in the order in which they were made."""
        numbers = sorted(number for found in self._open.values() for number in found)
        return tuple(entry for number in numbers if (entry := self._entries[number]) is not None)

    def owes(self, kind: PromiseKind, about: str | None = None) -> bool:
        """Whether one of this kind is still to be kept."""
        return bool(self._open.get((kind, about)))

    def promise(
        self,
        kind: PromiseKind,
        due: datetime,
        *,
        made_at: datetime | None = None,
        place: Place | None = None,
        policy: date | None = None,
        to: str | None = None,
        about: str | None = None,
        report: int | None = None,
    ) -> None:
        """Open a promise.

        :param report: the number of the one that names the due time
        """
        self._open.setdefault((kind, about), []).append(len(self._entries))
        self._entries.append(
            Promise(
                kind=kind,
                matter=self._matter,
                due=due.astimezone(UTC),
                place=place,
                policy=policy,
                to=to,
                about=about,
                made_at=None if made_at is None else made_at.astimezone(UTC),
                named_by=report,
            )
        )

    def promise_by(
        self, terms: IncidentTerms | MaintenanceTerms, kind: PromiseKind, due: datetime, made_at: datetime | None
    ) -> None:
        """Open a promise that policy makes, to whom and where these terms say it."""
        self.promise(kind, due, made_at=made_at, place=terms.place, policy=terms.policy, to=terms.to)

    def keep(self, kind: PromiseKind, met_at: datetime, report: int | None, about: str | None = None) -> None:
        """Those of a kind were kept at ``met_at``, as a report tells.

        :param report: its number
        """
        for index in self._open.pop((kind, about), ()):
            self._close(index, met_at=met_at.astimezone(UTC), met_by=report)

    def move(
        self,
        kind: PromiseKind,
        due: datetime,
        said_at: datetime,
        place: Place,
        report: int,
        about: str | None = None,
    ) -> None:
        """Another due time is named for those of a kind: it holds where the old one had not yet passed.

        :param report: the number of the one that names it
        """
        for index in self._open.get((kind, about), ()):
            entry = self._entries[index]
            if entry is None or entry.due == due:
                continue
            if said_at <= entry.due:
                moved_from = (*entry.moved_from, entry.due)
                entry = entry._replace(
                    due=due.astimezone(UTC), place=place, policy=None, moved_from=moved_from, named_by=report
                )
            else:
                entry = entry._replace(moved_to=due.astimezone(UTC))
            self._entries[index] = entry

    def release(self, kind: PromiseKind, at: datetime, about: str | None = None) -> None:
        """Those of a kind are no longer owed from ``at`` on: forgotten, but where their time had passed, missed."""
        for index in self._open.pop((kind, about), ()):
            entry = self._entries[index]
            if entry is not None and entry.due < at:
                self._close(index, met_at=None, met_by=None)
            else:
                self._entries[index] = None

    def annul(self, kind: PromiseKind, made_at: datetime) -> None:
        """Those of a kind that were kept, and counted from what never was: nothing was owed, and nothing kept."""
        for index, entry in enumerate(self._entries):
            if entry is not None and entry.kind is kind and entry.made_at == made_at and entry.met_at is not None:
                self._entries[index] = None

    def give_up(self, kind: PromiseKind, about: str | None = None) -> None:
        """Those of a kind will not be kept."""
        for index in self._open.pop((kind, about), ()):
            self._close(index, met_at=None, met_by=None)

    def answer(self, at: datetime, report: int, over_since: datetime | None) -> None:
        """A report was made: it is the next one that was promised.

        :param over_since: when it was over, where that is known by now: no interim report was owed after that
        """
        kind = PromiseKind.NEXT_REPORT
        for index in self._open.pop((kind, None), ()):
            entry = self._entries[index]
            if entry is not None and _was_owed(entry, at, over_since):
                self._close(index, met_at=at.astimezone(UTC), met_by=report)
            else:
                self._entries[index] = None

    def _close(self, index: int, *, met_at: datetime | None, met_by: int | None) -> None:
        entry = self._entries[index]
        if entry is not None:
            self._entries[index] = entry._replace(met_at=met_at, met_by=met_by, closed=True)


def _was_owed(interim: Promise, at: datetime, over_since: datetime | None) -> bool:
    """Whether an interim report was owed at all when the next report was made ``at``.

    It was not where that came before the promise began to count (work that is still within its planned time), nor
    where all was over before that, or before it was due.
    """
    if interim.made_at is not None and at < interim.made_at:
        return False
    if over_since is None:
        return True
    return (at <= interim.due and (interim.made_at is None or interim.made_at < over_since)) or interim.due < over_since
