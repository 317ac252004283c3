"""The fold of an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from noroshi.records.base import Imported
from noroshi.records.choices import ComponentLevel, Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Incident
from noroshi.records.reports import IncidentReport, UnknownRecovery
from noroshi.snapshot.matter.actions import standing_actions
from noroshi.snapshot.matter.completion import Tally
from noroshi.snapshot.matter.impact import Change, impacts_of
from noroshi.snapshot.matter.outlook import outlooks_of
from noroshi.snapshot.matter.recovery import Recovery, standing_ends
from noroshi.snapshot.matter.spoken import (
    NEVER,
    believable_end,
    marks,
    mended,
    mentioned,
    said,
    updated_at,
    utc,
)
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import Estimate, Impact, State

_Outcome = tuple[Phase, datetime | None, datetime | None]


class _Told:
    """What the opening facts and the reports so far say together, before anything follows from it."""

    def __init__(self, record: Incident) -> None:
        self.severity = record.severity
        self.caused_by = record.caused_by
        self.started = record.started_at
        self.recovered: datetime | None = None
        self.ended: datetime | None = None
        self.completed: datetime | None = None
        self.closed = False
        """Whether the source of an imported record closed it."""
        self.estimates: list[Estimate] = []
        self.tally = Tally(record.severity)
        self._recovery = Recovery()
        self._reports = record.reports

    def add(self, number: int, report: IncidentReport) -> None:
        """Take in a report that still speaks."""
        self.severity = report.severity or self.severity
        self.started = report.started_at or self.started
        self.caused_by = report.caused_by or self.caused_by
        recovery = self._recovery
        recovery.add(number, report)
        self.recovered, self.ended = recovery.end
        self.completed = self._reports[recovery.completed - 1].at if recovery.completed else None
        if report.recovery is not None:
            self.estimates.append(_estimate(number, report, report.recovery))
        self.tally.add(report, back=recovery.back is not None)

    def add_end(self, imported: Imported) -> None:
        """Take in what the source of an imported record says of its end, after all that was reported."""
        self.ended = self.ended or believable_end(imported, self.started)
        self.closed = imported.resolved_at is not None


def fold_incident(entry: Entry, record: Incident, promises: tuple[Promise, ...]) -> State:
    """What is true of an incident after these reports; the clock changes nothing in it.

    :param record: the entry's, with the reports that count
    :param promises: all that it ever owed
    """
    reports = said(record.reports)
    told = _told(record, reports)
    outcome = phase, recovered, ended = _outcome(record, told)
    began = _began(record, told)
    changes = list(_changes(record, reports, began))
    return State(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        title=record.title,
        phase=phase,
        severity=told.severity,
        began_at=began.astimezone(UTC),
        started_at=utc(told.started),
        recovered_at=utc(recovered),
        ended_at=utc(ended),
        window=None,
        moved_from=(),
        estimates=tuple(told.estimates),
        components=mentioned(changes),
        impacts=impacts_of(changes, end=_end(outcome, began, told.completed)),
        reports=marks(record.reports),
        updated_at=updated_at(record.reports, began),
        mended=mended(record.reports),
        caused_by=told.caused_by,
        detected_by=record.detected.by if record.detected else None,
        detected_at=utc(record.detected.at) if record.detected else None,
        result=None,
        outcome=None,
        imported=record.imported is not None,
        settled=phase.over and all(promise.closed for promise in promises),
        promises=promises,
        outlooks=outlooks_of(record),
        lacking=told.tally.account.lacking if phase is Phase.COMPLETION_INCOMPLETE else (),
        actions=standing_actions(record.reports),
    )


def incident_phases(record: Incident) -> Iterator[Phase]:
    """How far an incident had come after each report."""
    return (_outcome(record, told)[0] for told in _told_after_each(record))


def incident_impacts(record: Incident) -> Iterator[tuple[tuple[str, ...], tuple[Impact, ...]]]:
    """The components that an incident concerned, and how it impaired them, as far as was told after each report."""
    for number, told in enumerate(_told_after_each(record), 1):
        began = _began(record, told)
        changes = list(_changes(record, said(record.reports[:number]), began))
        end = _end(_outcome(record, told), began, told.completed)
        yield mentioned(changes), impacts_of(changes, end=end)


def _told(record: Incident, reports: Iterable[tuple[int, IncidentReport]]) -> _Told:
    told = _Told(record)
    for number, report in reports:
        told.add(number, report)
    if record.imported is not None:
        told.add_end(record.imported)
    return told


def _told_after_each(record: Incident) -> Iterator[_Told]:
    """What is told after each report: one and the same object. The end that a source tells comes with the last one."""
    told = _Told(record)
    for number, report in enumerate(record.reports, 1):
        if report.withdrawn is None:
            told.add(number, report)
        if record.imported is not None and number == len(record.reports):
            told.add_end(record.imported)
        yield told


def _outcome(record: Incident, told: _Told) -> _Outcome:
    """How far it has come, when it was back and when it was over: one of the two times stands in for the other."""
    recovered = told.recovered or told.ended
    if told.completed is not None:
        return _completed(record, told), recovered, told.ended or recovered
    if told.closed:
        return Phase.CLOSED, told.recovered, told.ended
    return Phase.RECOVERED if recovered else Phase.ONGOING, recovered, told.ended


def _end(outcome: _Outcome, began: datetime, completed: datetime | None) -> datetime | None:
    """When its impacts ended, in UTC; None while they last."""
    phase, recovered, ended = outcome
    if not phase.over and completed is None:
        return None
    over = ended or recovered or completed
    if phase.over and (over is None or over < began):
        over = began  # only imported records get here: nobody knows how long they lasted
    return utc(over)


def _completed(record: Incident, told: _Told) -> Phase:
    """How complete a completion report is; an imported one is taken as its source wrote it."""
    if record.imported is not None:
        return Phase.COMPLETED
    if told.tally.account.lacking:
        return Phase.COMPLETION_INCOMPLETE
    return Phase.FINAL_REPORT_PENDING if told.tally.account.pending else Phase.COMPLETED


def _began(record: Incident, told: _Told) -> datetime:
    """When it began as far as that is known: else when it was noticed, else when it was first told of."""
    noticed = record.detected.at if record.detected else None
    return told.started or noticed or (record.reports[0].at if record.reports else NEVER)


def _changes(record: Incident, reports: Sequence[tuple[int, IncidentReport]], began: datetime) -> Iterator[Change]:
    """How components became, in the order of the reports; what is back brings all of them back.

    A recovery that a correction dates anew was at that time, and one that it takes back never was.
    """
    known = dict(record.components)
    yield began.astimezone(UTC), record.components
    recovery = standing_ends(reports)
    for number, report in reports:
        counts = recovery.counts_from(number)
        if counts is None:
            continue
        since = counts.astimezone(UTC)
        if recovery.brings_back(number):
            yield since, dict.fromkeys(known, ComponentLevel.OPERATIONAL)
        known |= report.components
        yield since, report.components


def _estimate(number: int, report: IncidentReport, recovery: datetime | UnknownRecovery) -> Estimate:
    told_at = report.at.astimezone(UTC)
    if isinstance(recovery, UnknownRecovery):
        return Estimate(number=number, said_at=told_at, expected=None, answer_by=utc(recovery.answer_by))
    return Estimate(number=number, said_at=told_at, expected=utc(recovery))
