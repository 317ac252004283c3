"""What policy promises: which of its entries holds at a time, for whom, and when a period has passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple, TypeVar

from noroshi.problems import Place
from noroshi.records.choices import Severity
from noroshi.records.content import Settings
from noroshi.records.durations import Duration
from noroshi.records.settings import Client, ClientPolicy, MaintenanceTimes, Policy, PromiseTimes
from noroshi.snapshot.promises.business_days import Workdays, after_quiet

_Entry = TypeVar("_Entry", Policy, ClientPolicy)
_ALWAYS = datetime.min.replace(tzinfo=UTC)


class IncidentTerms(NamedTuple):
    """What is promised to somebody for an incident of one severity."""

    times: PromiseTimes
    policy: date | None
    """The day of the policy's entry; None where it stands with the client."""
    to: str | None
    """The client, by id; None for every reader."""
    place: Place | None
    """Where the client stands; None where the policy says it."""


class MaintenanceTerms(NamedTuple):
    """What is promised to somebody for planned work."""

    times: MaintenanceTimes
    policy: date | None
    to: str | None
    place: Place | None


class Terms:
    """The terms of one site. An entry holds from the beginning of its day, so a looser one never mends the past."""

    def __init__(self, settings: Settings) -> None:
        self.zone = settings.site.zone
        self._quiet = settings.site.quiet_hours
        self._workdays = Workdays(settings.site.holidays, self.zone)
        self._policies = [(self._beginning(policy.since), policy) for policy in settings.policies]
        self._places = settings.clients_at
        self._clients = [
            (client, [(self._beginning(own.since), own) for own in client.policies])
            for client in settings.clients
            if client.policies
        ]

    def incident(self, severity: Severity, at: datetime, components: Iterable[str]) -> Iterator[IncidentTerms]:
        """The terms that hold at ``at`` for an incident: those for every reader, then each client's own.

        :param components: the ids of those affected; a client's own terms hold where one of them is the client's
        """
        policy = _holding(self._policies, at)
        if policy is not None:
            yield IncidentTerms(getattr(policy, severity.value), policy.since, None, None)
        for client, promised in self._concerned(at, components):
            own: PromiseTimes | None = getattr(promised, severity.value)
            if own is not None:
                yield IncidentTerms(own, None, client.id, self._places.get(client.id))

    def maintenance(self, at: datetime, components: Iterable[str]) -> Iterator[MaintenanceTerms]:
        """The terms that hold at ``at`` for planned work: those for every reader, then each client's own."""
        policy = _holding(self._policies, at)
        if policy is not None:
            yield MaintenanceTerms(policy.maintenance, policy.since, None, None)
        for client, promised in self._concerned(at, components):
            if promised.maintenance is not None:
                yield MaintenanceTerms(promised.maintenance, None, client.id, self._places.get(client.id))

    def first_for(self, severity: Severity, at: datetime, client: str | None) -> IncidentTerms | None:
        """The terms by which one client is told of an incident: their own, else those for every reader."""
        for each, promised in self._promised(at):
            if each.id == client:
                own: PromiseTimes | None = getattr(promised, severity.value)
                if own is not None and own.first is not None:
                    return IncidentTerms(own, None, each.id, self._places.get(each.id))
        policy = _holding(self._policies, at)
        return None if policy is None else IncidentTerms(getattr(policy, severity.value), policy.since, None, None)

    def after(self, moment: datetime, period: Duration) -> datetime:
        """When a period that begins at ``moment`` has passed."""
        length = period.length
        return self._workdays.after(moment, period.amount) if length is None else moment + length

    def before(self, moment: datetime, period: Duration) -> datetime:
        """When a period that ends at ``moment`` begins."""
        length = period.length
        return self._workdays.before(moment, period.amount) if length is None else moment - length

    def interim(self, severity: Severity, moment: datetime, period: Duration) -> datetime:
        """When an interim report is due: not in the quiet hours, for the severities that keep them."""
        due = self.after(moment, period)
        if self._quiet is None or severity not in self._quiet.severities:
            return due
        return after_quiet(due, self._quiet, self.zone)

    def _beginning(self, day: date | None) -> datetime:
        """When what holds from a day on begins to hold; what has no day always held."""
        return _ALWAYS if day is None else datetime.combine(day, time(), tzinfo=self.zone)

    def _promised(self, at: datetime) -> Iterator[tuple[Client, ClientPolicy]]:
        """The clients to whom something of their own was promised at ``at``."""
        for client, entries in self._clients:
            holding = _holding(entries, at)
            if holding is not None:
                yield client, holding

    def _concerned(self, at: datetime, components: Iterable[str]) -> Iterator[tuple[Client, ClientPolicy]]:
        if self._clients:
            affected = set(components)
            yield from (each for each in self._promised(at) if affected.intersection(each[0].components))


def _holding(entries: Iterable[tuple[datetime, _Entry]], at: datetime) -> _Entry | None:
    """The last of the entries, which stand in the order of their days, that holds at ``at``."""
    holding = None
    for since, entry in entries:
        if since > at:
            break
        holding = entry
    return holding
