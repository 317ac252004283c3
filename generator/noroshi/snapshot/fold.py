"""The fold: a matter's opening facts and its reports up to a time become its state."""

from __future__ import annotations

from datetime import datetime

from noroshi.problems import Locate
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.snapshot.matter.commitment import fold_commitment
from noroshi.snapshot.matter.incident import fold_incident
from noroshi.snapshot.matter.maintenance import fold_maintenance
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.promises.walk import promises_of
from noroshi.snapshot.state import State


def fold(entry: Entry, now: datetime, terms: Terms, place: Locate) -> State:
    """What is true of a matter at ``now``.

    :param entry: with all the reports that count: :func:`until` leaves out those that were not yet made
    :param terms: what policy promises
    :param place: tells where in the matter's file a value stands
    """
    record, promises = entry.record, promises_of(entry, terms, place)
    if isinstance(record, Incident):
        return fold_incident(entry, record, promises)
    if isinstance(record, Maintenance):
        return fold_maintenance(entry, record, promises, now)
    return fold_commitment(entry, record, promises, terms, now)


def until(entry: Entry, moment: datetime) -> Entry | None:
    """The entry as it stood at ``moment``, or None where it had no report yet.

    A commitment stood from the beginning: it is made when it is agreed, and reports come when it is carried out.
    Later reports are left out, agreements that were given later, and the mark of a slip that was mended later. A report
    that was withdrawn later stays withdrawn, for its text is gone.

    :return: ``entry`` itself where nothing was left out
    """
    record = entry.record
    said = [report for report in record.reports if report.at <= moment]
    reports = tuple(
        report.model_copy(update={"edited": None}) if report.edited and report.edited.at > moment else report
        for report in said
    )
    changes: dict[str, object] = {} if reports == record.reports else {"reports": reports}
    if isinstance(record, Maintenance) and any(each.at > moment for each in record.agreements):
        changes["agreements"] = tuple(each for each in record.agreements if each.at <= moment)
    if not changes:
        return entry
    if record.reports and not reports and not isinstance(record, Commitment):
        return None
    earlier: Matter = record.model_copy(update=changes)
    return Entry(id=entry.id, kind=entry.kind, path=entry.path, record=earlier)
