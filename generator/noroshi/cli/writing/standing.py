"""The record that a report is added to: found by its id or, where one alone is open, without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import click

from noroshi.cli.choosing import chosen_record, listed
from noroshi.cli.output import note, note_problems
from noroshi.cli.writing.desk import Desk
from noroshi.cli.writing.questions import QUESTIONS
from noroshi.cli.writing.screen import Screen
from noroshi.cli.writing.taking import Unfit, take_names
from noroshi.pipeline.reading.content import SourceFile, find_records
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.pipeline.writing.open_matters import open_matters
from noroshi.problems import StatedError, in_one_line
from noroshi.records.choices import ReportKind
from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Incident
from noroshi.snapshot.matter.recovery import standing_ends
from noroshi.snapshot.matter.spoken import said
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State

_EARLY = timedelta(hours=1)
"""So long before its time, work or a promised time has hardly begun."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A record as it stands."""

    source: SourceFile
    sources: Sequence[SourceFile]
    entry: Entry
    state: State
    now: datetime
    """When the report is made."""

    @property
    def kind(self) -> MatterKind:
        """What it is."""
        return self.source.kind

    @property
    def told(self) -> frozenset[ReportKind]:
        """The kinds of report that it has, withdrawn ones left out."""
        return frozenset(report.kind for report in self.entry.record.reports if report.withdrawn is None)

    @property
    def completed(self) -> bool:
        """Whether a completion report stands: no later one took it back."""
        record = self.entry.record
        if isinstance(record, Incident):
            return standing_ends(said(record.reports)).completed is not None
        return ReportKind.COMPLETION in self.told

    @property
    def next_kind(self) -> ReportKind:
        """What kind of report comes next: notice, start, interim, and after completion follow-ups.

        What is said of a planned time while that is far does not say that it has begun.
        """
        if self.completed:
            return ReportKind.FOLLOW_UP
        if ReportKind.START in self.told:
            return ReportKind.INTERIM
        window = self.state.window
        far = window is not None and self.now < window.start - _EARLY
        if self.kind is MatterKind.MAINTENANCE and (far or not self.told):
            return ReportKind.NOTICE
        if self.kind is MatterKind.COMMITMENT and far:
            return ReportKind.INTERIM
        return ReportKind.START


def standing_record(desk: Desk, wanted: str | None) -> Standing:
    """The record that is meant, as it stands.

    :raises click.UsageError: none is, or several are
    :raises StatedError: it has errors, so that nothing can be added to it
    """
    sources, _ = find_records(desk.folder)
    source = chosen_record(wanted, sources, desk.folder) if wanted is not None else _only_open(desk, sources)
    reading, entry = read_record(source, desk.settings, Terms(desk.settings), Moments(now=desk.now))
    if entry is None or reading.state is None:
        note_problems(reading.problems)
        raise StatedError(f"{in_one_line(source.path)} cannot be read; mend it first, nothing was written")
    return Standing(source=source, sources=sources, entry=entry, state=reading.state, now=desk.at)


def _asked_for(desk: Desk, found: Sequence[SourceFile]) -> SourceFile:
    """The one of several that somebody at a terminal means."""
    screen = Screen(desk.wording)
    known = {source.id: (_title(desk, source),) for source in found}
    screen.list_choices([(name, called[0]) for name, called in known.items()])
    while True:
        try:
            names = take_names(
                (screen.ask(desk.wording.gettext(QUESTIONS["record"].asks), needed=True),), known, "record"
            )
        except Unfit as unfit:
            screen.refuse(str(unfit))
            continue
        if len(names) == 1:
            return next(source for source in found if source.id == names[0])
        screen.refuse(f"these are {len(names)}; name one")


def _title(desk: Desk, source: SourceFile) -> str:
    entry = read_record(source, desk.settings, Terms(desk.settings), Moments(now=desk.now))[1]
    first = desk.settings.site.languages[0]
    return entry.record.title.said_in(first, first)[0] if entry is not None else ""


def _only_open(desk: Desk, sources: Sequence[SourceFile]) -> SourceFile:
    found = open_matters(sources, desk.settings, Moments(now=desk.now))
    if len(found) == 1:
        note(f"this is {found[0].id} ({in_one_line(found[0].path)})")
        return found[0]
    if not found:
        raise click.UsageError("ID is missing, and nothing is open; name the record")
    if desk.asks:
        return _asked_for(desk, found)
    raise click.UsageError(f"ID is missing, and several matters are open; name one of them:\n{listed(found)}")
