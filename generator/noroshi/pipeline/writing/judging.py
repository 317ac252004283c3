"""What would be wrong with a record's file, and true of its matter, if these bytes stood in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from noroshi.pipeline.check import check_together
from noroshi.pipeline.reading.calendars import calendars_among
from noroshi.pipeline.reading.content import SiteFolder, SourceFile
from noroshi.pipeline.reading.neighbours import read_neighbours
from noroshi.pipeline.reading.record import Moments, Reading, read_record_bytes
from noroshi.pipeline.reading.settings import SettingsReading
from noroshi.pipeline.reading.together import put_together, slot_problems
from noroshi.problems import Level, Problem, sorted_problems
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What ``check`` would say of one file."""

    problems: tuple[Problem, ...]
    """In line order."""
    state: State | None


class Judge:
    """Judges versions of one file beside the other records, which are read once."""

    def __init__(
        self,
        folder: SiteFolder,
        settings: SettingsReading,
        source: SourceFile,
        sources: Sequence[SourceFile],
        moments: Moments,
    ) -> None:
        """:param source: the file, which need not be there
        :param sources: all records of the site
        """
        self._folder = folder
        self._settings = settings
        self._source = source
        self._sources = [*(each for each in sources if each.path != source.path), source]
        self._moments = moments
        self._terms = Terms(settings.settings)

    def judge(self, *versions: bytes) -> list[Judgement]:
        """What is wrong with each version, and true of the matter with it."""
        settings, terms, moments = self._settings.settings, self._terms, self._moments
        readings = [read_record_bytes(self._source, data, settings, terms, moments)[0] for data in versions]
        others = read_neighbours(self._sources, readings, settings, terms, moments)
        states = [reading.state for reading in (*readings, *others) if reading.state is not None]
        events = calendars_among(self._folder, self._settings, terms, moments, states, (self._source.path,)).states
        around = [*(reading.state for reading in others if reading.state is not None), *events]
        return [self._judged(reading, around) for reading in readings]

    def _judged(self, reading: Reading, around: Sequence[State]) -> Judgement:
        settings, now = self._settings.settings, self._moments.now
        problems = [*reading.problems, *check_together(self._sources, [reading])]
        state = reading.state
        if state is not None:
            together = put_together([state, *around], settings, self._terms, now)
            problems += slot_problems(together, [reading], settings, now)
            state = together.states[0]
        own = [problem for problem in problems if problem.place.path == self._source.path]
        return Judgement(problems=tuple(sorted_problems(own)), state=state)


def new_problems(before: Sequence[Problem], after: Sequence[Problem]) -> tuple[Problem, ...]:
    """All errors, and of what is less those that were not there before, wherever they stand now."""
    known = Counter(map(_words, before))
    found = []
    for problem in after:
        if problem.level is Level.ERROR or not known[_words(problem)]:
            found.append(problem)
        else:
            known[_words(problem)] -= 1
    return tuple(found)


def _words(problem: Problem) -> tuple[str, str, str]:
    return (problem.rule, problem.level, problem.message)
