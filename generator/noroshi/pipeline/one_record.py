"""One record, found by what people call it and read without the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from noroshi.pipeline.check import unknown_causes
from noroshi.pipeline.reading.calendars import read_calendars
from noroshi.pipeline.reading.content import SiteFolder, SourceFile
from noroshi.pipeline.reading.neighbours import read_neighbours
from noroshi.pipeline.reading.record import Moments, Reading, read_record
from noroshi.pipeline.reading.settings import SettingsReading, read_settings
from noroshi.pipeline.reading.together import put_together
from noroshi.problems import Problem, sorted_problems
from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.rules import usable_id
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.settlement import is_past
from noroshi.snapshot.state import State


@dataclass(frozen=True, kw_only=True)
class OneRecord:
    """A record at the run's time, as far as it can be read."""

    settings: Settings
    entry: Entry | None
    """None where it cannot be read, or nothing had been said yet."""
    state: State | None
    """None where ``entry`` is."""
    cause: State | None
    """The state of what caused it, for its title; a cause that cannot be read is not this record's fault."""
    problems: tuple[Problem, ...]
    """The settings' and its own, in file and line order; with an error among them it must not be shown."""


def matching_records(wanted: str, sources: Sequence[SourceFile], places: Collection[Path]) -> list[SourceFile]:
    """The records that ``wanted`` may mean: its file, else its id, the beginning of ids, or a part of them.

    :param places: the resolved paths that ``wanted`` may be, where it is one
    """
    if wanted.endswith(".yaml"):
        named = [source for source in sources if resolved(Path(source.place)) in places]
        if named:
            return named[:1]
    sought = stem_of(wanted)
    exact = [source for source in sources if source.id == sought]
    begun = [source for source in sources if source.id.lower().startswith(sought.lower())]
    return exact or begun or [source for source in sources if sought.lower() in source.id.lower()]


def stem_of(wanted: str) -> str:
    """The id that a record's name or path holds."""
    return wanted.removesuffix(".yaml").rpartition("/")[2]


def resolved(path: Path) -> Path:
    """The path without links; as it stands where the system cannot follow it."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def read_one(folder: SiteFolder, source: SourceFile, sources: Sequence[SourceFile], moments: Moments) -> OneRecord:
    """Read the settings, one record, what caused it, and those that it may meet in time.

    :param sources: all records of the site, of which the others are known by their ids alone
    """
    read = read_settings(folder)
    if not read.usable:
        return OneRecord(
            settings=read.settings,
            entry=None,
            state=None,
            cause=None,
            problems=tuple(sorted_problems([*read.problems])),
        )
    terms = Terms(read.settings)
    reading, entry = read_record(source, read.settings, terms, moments)
    # At a past time later reports are left out, not ahead of the clock.
    own = [each for each in reading.problems if moments.as_of is None or each.rule != "report-ahead"]
    problems = [*read.problems, *own, *usable_id(source.path, source.id), *unknown_causes(sources, [reading])]
    return OneRecord(
        settings=read.settings,
        entry=entry,
        state=_beside_others(folder, read, reading, sources, moments),
        cause=_cause(reading.state, sources, read.settings, moments) if reading.state else None,
        problems=tuple(sorted_problems(problems)),
    )


def _beside_others(
    folder: SiteFolder, read: SettingsReading, reading: Reading, sources: Sequence[SourceFile], moments: Moments
) -> State | None:
    """The record's state with what follows from those that it may meet, where anything can follow from them."""
    state = reading.state
    if state is None or state.kind is MatterKind.INCIDENT or (state.kind is MatterKind.COMMITMENT and state.phase.over):
        return state
    settings, terms = read.settings, Terms(read.settings)
    others = read_neighbours(sources, [reading], settings, terms, moments, completed=True)
    states = [state, *(other.state for other in others if other.state is not None)]
    if state.kind is MatterKind.MAINTENANCE and not is_past(state):
        states += read_calendars(folder, read, terms, moments).states
    return put_together(states, settings, terms, moments.now).states[0]


def _cause(state: State, sources: Sequence[SourceFile], settings: Settings, moments: Moments) -> State | None:
    found = [each for each in sources if each.id == state.caused_by]
    if not found:
        return None
    return read_record(found[0], settings, Terms(settings), replace(moments, as_of=None))[0].state
