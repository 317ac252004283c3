"""The survey: all of a site's content read, and seen together, at a time. What builds and ``due`` begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from noroshi.cache import Memory, Remembered, load_calendars, prepare_cache, save_calendars
from noroshi.pipeline.check import check_together
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.reading.calendars import read_calendars
from noroshi.pipeline.reading.content import SiteError, SiteFolder, SourceFile, find_records
from noroshi.pipeline.reading.readings import read_all, remember
from noroshi.pipeline.reading.record import Moments, Reading
from noroshi.pipeline.reading.settings import SettingsReading
from noroshi.pipeline.reading.together import Together, put_together, slot_problems
from noroshi.problems import Problem, sorted_problems
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State


@dataclass(frozen=True, kw_only=True)
class Survey:
    """All that a site's content tells at a time, to those who may see everything."""

    sources: tuple[SourceFile, ...]
    readings: tuple[Reading, ...]
    """Of the sources, in their order."""
    together: Together
    events: tuple[State, ...]
    """Those of ``together`` that stand in calendars."""
    problems: tuple[Problem, ...]
    """In file and line order."""
    kept: Mapping[str, Remembered]
    """The readings that the next run may believe."""

    @property
    def states(self) -> list[State]:
        """Those of the records themselves, completed by what follows from each other."""
        return [state for state in self.together.states if not state.from_calendar]


def survey(
    folder: SiteFolder,
    settings: SettingsReading,
    cache: Path,
    memory: Memory,
    moments: Moments,
    crew: Crew,
    on_stage: Callable[[str], None] = lambda _: None,
) -> Survey:
    """Read everything, by the crew's hands and from memory, and see it together.

    :param settings: usable ones
    :param cache: a folder that is prepared
    :raises CrewError: with words for people
    """
    on_stage("read")
    sources, problems = find_records(folder)
    readings = read_all(sources, memory, moments, crew)
    on_stage("check")
    problems += settings.problems
    problems += [problem for reading in readings for problem in reading.problems]
    problems += check_together(sources, readings)
    terms = Terms(settings.settings)
    known: dict[str, Any] = load_calendars(cache) if settings.settings.site.calendars else {}
    calendars = read_calendars(folder, settings, terms, moments, kept=known)
    save_calendars(cache, calendars.kept, known)
    problems += calendars.problems
    alone = [reading.state for reading in readings if reading.state is not None]
    together = put_together([*alone, *calendars.states], settings.settings, terms, moments.now)
    problems += slot_problems(together, readings, settings.settings, moments.now)
    # At a past time later reports are left out: what was read then is not what the next run asks for.
    kept = remember(sources, readings, memory.readings) if moments.as_of is None else memory.readings
    return Survey(
        sources=tuple(sources),
        readings=tuple(readings),
        together=together,
        events=tuple(calendars.states),
        problems=tuple(sorted_problems(problems)),
        kept=kept,
    )


def open_cache(cache: Path, outside: Sequence[Path]) -> Path:
    """The cache's folder, made and closed to others.

    :param outside: folders in which it must not lie: among records it is a stray folder, and in the site it would show
        what no reader may see
    :raises SiteError: it lies in one of them
    :raises OSError: it cannot be used
    """
    for place in outside:
        if cache.resolve().is_relative_to(place.resolve()):
            raise SiteError(f"{cache}: the cache cannot lie in {place}; name another folder with --cache")
    return prepare_cache(cache)
