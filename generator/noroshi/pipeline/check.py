"""``check``: read everything, say all that is wrong, write nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from noroshi.pipeline.published_log import continue_log
from noroshi.pipeline.reading.calendars import calendars_among
from noroshi.pipeline.reading.content import SiteFolder, SourceFile, find_records
from noroshi.pipeline.reading.neighbours import read_neighbours
from noroshi.pipeline.reading.record import Moments, Reading, read_record
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.templates import read_templates
from noroshi.pipeline.reading.together import put_together, slot_problems
from noroshi.problems import Problem, sorted_problems, stops_build
from noroshi.records.content import MatterKind
from noroshi.records.words import check_name
from noroshi.rules import duplicate_ids, unknown_records, usable_id
from noroshi.snapshot.audience import PUBLIC_WORD, find_audience, visible_state
from noroshi.snapshot.promises.terms import Terms
from noroshi.urls import log_origin


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The outcome of a check."""

    problems: tuple[Problem, ...]
    """In file and line order."""
    files: int
    """How many records were read."""


def check_site(
    folder: SiteFolder,
    moments: Moments,
    only: Collection[str] | None = None,
    log: Path | None = None,
    *,
    collection: bool = False,
) -> Checked:
    """Check a site's content.

    :param only: paths of records relative to the site's folder, None for all; of the others the ids count, and those
        are read that may meet them in time
    :param log: the public site's published log, to be held against all records; its file of entries, or its folder.
        Where one of them cannot be read at all, that is told first
    :param collection: with ``only``, tell of the content as a whole too, whatever path it names: ids, links between
        records, stray and unreadable files. A change shows there at a file that is as it was
    :raises CannotVerify: the log is missing or is none
    """
    if log is not None:
        only = None
    settings = read_settings(folder)
    sources, listed = find_records(folder)
    wanted = [source for source in sources if only is None or source.path in only]
    problems = list(settings.problems)
    problems += read_templates(folder, settings.settings).problems
    terms = Terms(settings.settings)
    readings = [read_record(source, settings.settings, terms, moments)[0] for source in wanted]
    problems += [problem for reading in readings for problem in reading.problems]
    together_found = [*listed, *check_together(sources, readings)]
    others = read_neighbours(sources, readings, settings.settings, terms, moments) if only is not None else []
    states = [reading.state for reading in (*readings, *others) if reading.state is not None]
    calendars = calendars_among(folder, settings, terms, moments, states, only)
    problems += calendars.problems
    together = put_together([*states, *calendars.states], settings.settings, terms, moments.now)
    problems += slot_problems(together, readings, settings.settings, moments.now)
    if only is not None:
        problems = [problem for problem in problems if problem.place.path in only]
        if not collection:
            together_found = [problem for problem in together_found if problem.place.path in only]
    problems += together_found
    if log is not None and not stops_build(problems):
        site, seen = settings.settings.site, find_audience(PUBLIC_WORD, ())
        shown = {state.id for state in together.states if visible_state(state, seen) is not None}
        read = zip(sources, readings, strict=True)
        origin = log_origin(site.id, seen.edition)
        problems += continue_log(log, origin, read, shown.__contains__, settings.settings, moments).problems
    return Checked(problems=tuple(sorted_problems(problems)), files=len(wanted))


def check_together(sources: Sequence[SourceFile], readings: Iterable[Reading]) -> list[Problem]:
    """What only shows when all records are seen together."""
    # Asked before a generator is made for each: of 10,000 ids none is wrong.
    unusable = (source for source in sources if check_name(source.id) is not None)
    problems = [problem for source in unusable for problem in usable_id(source.path, source.id)]
    problems += duplicate_ids((source.path, source.id) for source in sources)
    return problems + unknown_causes(sources, readings)


def unknown_causes(sources: Iterable[SourceFile], readings: Iterable[Reading]) -> list[Problem]:
    """The problems of records that name as their cause what is no incident or maintenance of the site.

    :param sources: all records of the site
    """
    known = {source.id for source in sources if source.kind is not MatterKind.COMMITMENT}
    causes = {place: name for reading in readings for place, name in reading.causes}
    return list(unknown_records(causes, known))
