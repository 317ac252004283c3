"""``due``: read all records, and say what is owed. Writes nothing but the cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from noroshi.cache import Memory, load_memory, program_key, save_memory
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.reading.record import Moments, Reading
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.survey import open_cache, survey
from noroshi.pipeline.reading.together import Together
from noroshi.problems import Level, Problem, sorted_problems
from noroshi.records.content import Settings
from noroshi.rules import slot_conflicts
from noroshi.snapshot.audience import INTERNAL, find_client
from noroshi.snapshot.owing import Owing, narrow, take_stock
from noroshi.snapshot.slots.conflicts import Conflict
from noroshi.snapshot.slots.settlement import is_past


@dataclass(frozen=True, kw_only=True)
class DueRequest:
    """One question for what is owed."""

    folder: SiteFolder
    cache: Path
    """A folder of its owner alone, the builds'."""
    moments: Moments
    jobs: int = 1
    """How many processes may work."""
    within: timedelta | None = None
    """Leave out what is due later than this; None for nothing."""
    client: str | None = None
    """Tell only what concerns this client, by id; None for all."""


@dataclass(frozen=True, kw_only=True)
class DueAnswer:
    """What is owed, as far as the content can be read."""

    owing: Owing | None
    """None where site.yaml cannot be read."""
    problems: tuple[Problem, ...]
    """Errors alone, in file and line order: with any of them something may be missing."""


def what_is_due(request: DueRequest) -> DueAnswer:
    """All that is owed at a time, by every record that can be read.

    :raises AudienceError: the client is not known
    :raises SiteError: the cache folder lies in the content
    :raises CrewError: with words for people
    :raises OSError: the cache folder cannot be used
    """
    folder, moments = request.folder, request.moments
    settings = read_settings(folder)
    if not settings.usable:
        return DueAnswer(owing=None, problems=_errors([*settings.problems, *find_records(folder)[1]]))
    if request.client is not None and "clients.yaml" not in settings.settings.unread:
        find_client(request.client, settings.settings.clients)
    cache, key = open_cache(request.cache, [folder.content]), program_key() + settings.digest
    memory = load_memory(cache, key)
    with Crew(settings.settings, moments, INTERNAL, request.jobs) as crew:
        found = survey(folder, settings, cache, memory, moments, crew)
    left = Memory(readings=dict(found.kept), pages=memory.pages, generation=memory.generation)
    save_memory(cache, key, left, memory)
    unsettled = _unsettled(found.together, found.readings, settings.settings)
    owing = take_stock(settings.settings, found.together.states, unsettled, moments.now)
    return DueAnswer(
        owing=narrow(owing, within=request.within, client=request.client), problems=_errors(found.problems)
    )


def _unsettled(
    together: Together, readings: Iterable[Reading], settings: Settings
) -> Iterator[tuple[Conflict, Problem]]:
    """The conflicts that somebody can still settle, each with what the rule says of it."""
    places = {each.state.id: each.hinge for each in readings if each.state is not None and each.hinge is not None}
    for conflict in together.conflicts:
        if not is_past(conflict.work):
            for problem in slot_conflicts([conflict], places, settings.site):
                yield conflict, problem


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(each for each in sorted_problems(list(problems)) if each.level is Level.ERROR)
