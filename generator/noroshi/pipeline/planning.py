"""``plan``: whether a time is free for work, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from noroshi.pipeline.reading.calendars import read_calendars
from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.reading.neighbours import read_naming
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.pipeline.reading.settings import SettingsReading
from noroshi.problems import Level, Problem, sorted_problems
from noroshi.records.content import MatterKind
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.dependencies import Dependencies
from noroshi.snapshot.slots.free_time import Availability, availability
from noroshi.snapshot.state import Span

# How far beyond the time asked for the next free one is looked for in calendars.
_BEYOND = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class PlanAnswer:
    """Whether a time is free, as far as the content can be read."""

    availability: Availability
    problems: tuple[Problem, ...]
    """Errors, and all that is wrong with calendars, in file and line order: with any of them a promise may be missing
    in the answer."""


def plan(
    folder: SiteFolder, settings_reading: SettingsReading, span: Span, components: Sequence[str], moments: Moments
) -> PlanAnswer:
    """Whether work on these components meets a commitment. Commitments are all read, other work where it names them.

    :param span: in UTC
    :param components: ids that the site has
    """
    settings = settings_reading.settings
    sources, problems = find_records(folder)
    problems += settings_reading.problems
    terms, names = Terms(settings), tuple(dict.fromkeys(components))
    readings = [
        read_record(source, settings, terms, moments)[0] for source in sources if source.kind is MatterKind.COMMITMENT
    ]
    problems += [problem for reading in readings for problem in reading.problems]
    readings += read_naming(sources, {MatterKind.MAINTENANCE: names}, settings, terms, moments)
    calendars = read_calendars(folder, settings_reading, terms, moments, until=span.end + _BEYOND)
    states = [*(reading.state for reading in readings if reading.state is not None), *calendars.states]
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    return PlanAnswer(
        availability=availability(span, names, states, Dependencies(settings.components), moments.now),
        problems=tuple(sorted_problems([*errors, *calendars.problems])),
    )
