"""Reading the calendars that site.yaml names: their events become commitments, for conflicts, ``plan`` and ``due``.

They have no page and owe no report, for nobody promised any. What is wrong with a calendar fails ``check`` alone:
an urgent report gets out whatever a program exports. Only a name that leads out of the content stops a build.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from noroshi.calendars.event import CalendarEvent, Horizon
from noroshi.calendars.reading import read_calendar
from noroshi.pipeline.reading.content import SiteFolder, leads_inside, read_bytes
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.reading.settings import SettingsReading
from noroshi.problems import Level, Place, Problem
from noroshi.records.content import MatterKind
from noroshi.records.site import Calendar
from noroshi.snapshot.matter.calendar_event import concern_of, fold_event, unknown_names
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.settlement import is_past
from noroshi.snapshot.state import State

FOLDER = "calendars"
"""Where calendars lie, below ``content/``."""


class KeptCalendar(NamedTuple):
    """What a file gave, for a later run to use again."""

    key: bytes
    """Differs when the file's bytes, the time looked at or the site's zone do."""
    events: tuple[CalendarEvent, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class CalendarReading:
    """The events of a site's calendars as commitments, and all that is wrong with them."""

    states: tuple[State, ...] = ()
    """By the order of site.yaml, files and time."""
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    """By a commitment's id, where its event begins."""
    kept: Mapping[str, KeptCalendar] = field(default_factory=dict)
    """By file, for a later run."""


def read_calendars(
    folder: SiteFolder,
    settings_reading: SettingsReading,
    terms: Terms,
    moments: Moments,
    *,
    until: datetime | None = None,
    kept: Mapping[str, KeptCalendar] | None = None,
) -> CalendarReading:
    """The events of a site's calendars from a year before now to a year after.

    :param until: look on to this time, where it is later
    :param kept: what an earlier run read
    """
    settings = settings_reading.settings
    problems: list[Problem] = []
    if not settings.site.calendars:
        return CalendarReading()
    horizon = horizon_at(moments.now, until)
    reader = _Reader(settings.site.zone, horizon, kept or {})
    gathered = _Gathered()
    for calendar, named_at in zip(settings.site.calendar_sources, settings_reading.calendars_at, strict=True):
        for file in _files(folder, calendar, named_at, problems):
            path = f"content/{file.relative_to(folder.content).as_posix()}"
            events, found = reader.read(path, file)
            problems += found
            for event in events:
                problems += unknown_names(event, path, settings)
                concern = concern_of(event, calendar, settings)
                state = fold_event(event, path, calendar, concern, terms, moments.now)
                gathered.add(state, Place(path=path, line=event.line))
    return CalendarReading(
        states=tuple(gathered.states.values()),
        problems=tuple(dict.fromkeys(problems)),
        places=gathered.places,
        kept=reader.kept,
    )


def calendars_among(
    folder: SiteFolder,
    settings_reading: SettingsReading,
    terms: Terms,
    moments: Moments,
    states: Iterable[State],
    only: Collection[str] | None,
) -> CalendarReading:
    """The calendars, unless nothing of what is looked at could meet their events.

    :param states: what was read
    :param only: the paths that are looked at; None for all
    """
    disturbing = any(state.kind is not MatterKind.COMMITMENT and not is_past(state) for state in states)
    if only is not None and not disturbing and not any(path.lower().endswith(".ics") for path in only):
        return CalendarReading()
    return read_calendars(folder, settings_reading, terms, moments)


def horizon_at(now: datetime, until: datetime | None = None) -> Horizon:
    """The time in which events count: whole months, so that what was read once holds for a while."""
    now = now.astimezone(UTC)
    start = datetime(now.year - 1, now.month, 1, tzinfo=UTC)
    end = _month_after(now.replace(year=now.year + 1, day=1))
    return Horizon(start=start, end=end if until is None else max(end, _month_after(until.astimezone(UTC))))


def _month_after(moment: datetime) -> datetime:
    return datetime(moment.year + moment.month // 12, moment.month % 12 + 1, 1, tzinfo=UTC)


class _Gathered:
    """The commitments so far: an event that two files hold counts once, unless they say different things of it."""

    def __init__(self) -> None:
        self.states: dict[str, State] = {}
        self.places: dict[str, Place] = {}

    def add(self, state: State, place: Place) -> None:
        name, number = state.id, 1
        while (known := self.states.get(name)) is not None:
            if (known.window, known.client, known.components, known.clear) == (
                state.window,
                state.client,
                state.components,
                state.clear,
            ):
                return
            number += 1
            name = f"{state.id}-{number}"
        self.states[name] = state if name == state.id else replace(state, id=name)
        self.places[name] = place


class _Reader:
    """Reads files, each once, or takes what an earlier run read."""

    def __init__(self, zone: ZoneInfo, horizon: Horizon, kept: Mapping[str, KeptCalendar]) -> None:
        self.kept: dict[str, KeptCalendar] = {}
        self._before = kept
        self._zone = zone
        self._horizon = horizon

    def read(self, path: str, file: Path) -> tuple[tuple[CalendarEvent, ...], tuple[Problem, ...]]:
        if path not in self.kept:
            data, problem = read_bytes(path, file)
            if problem is not None:
                return (), (replace(problem, level=Level.REVIEW),)
            span = f"{self._horizon.start} {self._horizon.end} {self._zone.key}"
            key = blake2b(data, digest_size=16, key=blake2b(span.encode(), digest_size=16).digest()).digest()
            known = self._before.get(path)
            if known is None or known.key != key:
                known = KeptCalendar(key, *read_calendar(path, data, self._horizon, self._zone))
            self.kept[path] = known
        return self.kept[path].events, self.kept[path].problems


def _files(folder: SiteFolder, calendar: Calendar, named_at: Place, problems: list[Problem]) -> Iterator[Path]:
    """The files that site.yaml names by one entry, in the order of their paths."""
    named = PurePosixPath(calendar.file)
    place = folder.content / named
    if named.is_absolute() or ".." in named.parts or "\\" in calendar.file or "\0" in calendar.file:
        problems.append(_misnamed(named_at, f"'{calendar.file[:60]}' leads out of the content", Level.ERROR))
    elif named.parts[:1] != (FOLDER,):
        advice = f"write {FOLDER}/{named.name}, and put it there"
        problems.append(_misnamed(named_at, f"'{calendar.file[:60]}' is not in {FOLDER}/", advice=advice))
    elif isinstance(status := _status(place), OSError):
        problems.append(_misnamed(named_at, f"'{calendar.file[:60]}' cannot be read: {status.strerror or status}"))
    elif status is not None and stat.S_ISDIR(status.st_mode):
        found = sorted(_within(place))
        yield from (file for file in found if _readable(file, folder))
        if not found:
            problems.append(_misnamed(named_at, f"the folder '{calendar.file[:60]}' holds no .ics file"))
    elif status is None or not (stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode)):
        problems.append(_misnamed(named_at, f"there is no '{calendar.file[:60]}'"))
    elif place.suffix.lower() != ".ics":
        problems.append(_misnamed(named_at, f"'{calendar.file[:60]}' does not end in .ics"))
    elif _readable(place, folder):
        yield place


def _status(place: Path) -> os.stat_result | OSError | None:
    """That of a file, not of what a link leads to; None where there is none, or why nobody can tell."""
    try:
        return place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return error


def _within(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(where) / name for name in names if name.lower().endswith(".ics") and name[0] not in ".#")


def _readable(file: Path, folder: SiteFolder) -> bool:
    """Whether it is an ordinary file of the content; what else there is, is told where the folder is looked through."""
    try:
        inside = leads_inside(file, folder.content) if file.is_symlink() else True
        inside = inside and file.resolve().is_relative_to(folder.content.resolve())
        return inside and stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _misnamed(place: Place, found: str, level: Level = Level.REVIEW, *, advice: str = "") -> Problem:
    return Problem(
        place=place,
        rule="calendar-path",
        found=found,
        allowed=f"a file that ends in .ics, or a folder of such files, in content/{FOLDER}/",
        advice=advice or f"correct the path, for example {FOLDER}/release-slots.ics",
        level=level,
    )
