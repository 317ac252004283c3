"""The fold: a matter's opening facts and its reports up to a time become its state."""

from __future__ import annotations

from datetime import datetime

from noroshi.records.content import Entry
from noroshi.records.matters import Incident, Maintenance, Matter
from noroshi.snapshot.commitment import fold_commitment
from noroshi.snapshot.incident import fold_incident
from noroshi.snapshot.maintenance import fold_maintenance
from noroshi.snapshot.state import State


def fold(entry: Entry, now: datetime) -> State:
    """What is true of a matter at ``now``.

    :param entry: with all the reports that count: :func:`until` leaves out those that were not yet made
    """
    record = entry.record
    if isinstance(record, Incident):
        return fold_incident(entry, record)
    if isinstance(record, Maintenance):
        return fold_maintenance(entry, record, now)
    return fold_commitment(entry, record, now)


def until(entry: Entry, moment: datetime) -> Entry | None:
    """The entry as it stood at ``moment``, or None where it had no report yet.

    Later reports are left out, and the mark of a slip that was mended later. A report that was withdrawn
    later stays withdrawn, for its text is gone.
    """
    record = entry.record
    said = [report for report in record.reports if report.at <= moment]
    reports = tuple(
        report.model_copy(update={"edited": None}) if report.edited and report.edited.at > moment else report
        for report in said
    )
    if reports == record.reports:
        return entry
    if not reports:
        return None
    earlier: Matter = record.model_copy(update={"reports": reports})
    return Entry(id=entry.id, kind=entry.kind, path=entry.path, record=earlier)
