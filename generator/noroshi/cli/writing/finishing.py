"""From facts to a file: a new record, or a report added to one."""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.cli.writing.agreeing import Writing
from noroshi.cli.writing.beginning import chosen_id
from noroshi.cli.writing.committing import note_earlier_changes
from noroshi.cli.writing.gathering import Gathering
from noroshi.cli.writing.standing import Standing
from noroshi.pipeline.writing.assembling import REPORT_KEYS, opening_keys, record_data, report_data
from noroshi.pipeline.writing.prepared import Prepared
from noroshi.pipeline.writing.preparing import prepare_record, prepare_report, record_day
from noroshi.records.choices import ReportKind
from noroshi.records.content import MatterKind
from noroshi.repository.committing import report_subject
from noroshi.yamlsource.emit import Emittable


def finish_record(gathering: Gathering, kind: MatterKind, first: ReportKind | None, record_id: str | None) -> None:
    """Write a new record: with its first report, where it has one.

    :raises ProblemsFound: what was said breaks rules; it was told, and nothing was written
    :raises GitError: it was written, and could not be committed or pushed
    """
    desk = gathering.desk
    order = [*opening_keys(kind), *(key for key in REPORT_KEYS if first is not None)]
    name: list[str] = []

    def prepare(facts: Mapping[str, Emittable]) -> Prepared:
        data = record_data(kind, facts, first, desk.spelled_at)
        if not name:
            gathering.data = dict(facts)
            name.append(chosen_id(gathering, kind, record_day(kind, data, desk.reading, desk.now), record_id))
        return prepare_record(desk.folder, desk.reading, kind, name[0], data, desk.now)

    with Writing(gathering, order) as writing:
        prepared = writing.agreed(prepare)
        if prepared is not None:
            writing.write(prepared, f"{name[0]}: opened")


def finish_report(gathering: Gathering, standing: Standing, kind: ReportKind) -> None:
    """Add a report to a record.

    :raises ProblemsFound: what was said breaks rules; it was told, and nothing was written
    :raises GitError: it was written, and could not be committed or pushed
    """
    desk = gathering.desk
    number = len(standing.entry.record.reports) + 1

    def prepare(facts: Mapping[str, Emittable]) -> Prepared:
        data = report_data(kind, desk.spelled_at, facts)
        return prepare_report(desk.folder, desk.reading, standing.source, data, desk.now)

    with Writing(gathering, REPORT_KEYS) as writing:
        prepared = writing.agreed(prepare)
        if prepared is not None:
            if desk.manner.commit:
                note_earlier_changes(desk.folder.root, prepared.place)
            writing.write(prepared, report_subject(standing.source.id, kind, number))
