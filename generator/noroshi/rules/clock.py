"""Rules on clocks: reports and agreements are not ahead of the build's, and a time stands on the site's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from noroshi.problems import Level, Problem
from noroshi.records.base import Record
from noroshi.records.matters import Maintenance
from noroshi.rules.subject import Subject
from noroshi.text.wording import wording

AHEAD_OF_CLOCK = timedelta(minutes=15)
"""How far a report or an agreement may be ahead of the clock: telephones and build machines differ."""

_MINUTE = timedelta(minutes=1)
_ENGLISH = wording("en", ZoneInfo("UTC"))
"""Problems are told in English; a length of time is the same in every zone."""


def report_ahead(subject: Subject, now: datetime) -> Iterator[Problem]:
    """Nothing is told or agreed in the future; 15 minutes are forgiven, for telephones and build machines differ."""
    record = subject.entry.record
    for index, report in enumerate(record.reports):
        if report.at > now:
            allowed = "a report's time is when it was made"
            yield _ahead(subject, ("reports", index), report.at - now, now, f"report {index + 1}", allowed)
    if isinstance(record, Maintenance):
        for index, given in enumerate(record.agreements):
            if given.at > now:
                allowed = "an agreement's time is when it was given"
                which = f"the agreement of '{given.client}'"
                yield _ahead(subject, ("agreements", index), given.at - now, now, which, allowed)


def _ahead(
    subject: Subject, where: tuple[str, int], ahead: timedelta, now: datetime, which: str, allowed: str
) -> Problem:
    clock = now.astimezone(subject.settings.site.zone).isoformat(timespec="minutes")
    return subject.problem(
        "report-ahead",
        *where,
        "at",
        found=f"{which} is {_ENGLISH.duration(ceil(ahead / _MINUTE) * _MINUTE)} ahead of the clock ({clock})",
        allowed=f"{allowed}, at most 15 minutes ahead",
        advice="correct the time (look at the day and the offset), or build again when it has come",
        level=Level.ERROR if ahead > AHEAD_OF_CLOCK else Level.WARNING,
    )


def clock_gap(subject: Subject) -> Iterator[Problem]:
    """A time written with the site's own offset stands on the site's clocks: not in the hour that summer time skips."""
    zone = subject.settings.site.zone
    if not _ever_changes(zone):
        return
    for steps, moment in _moments(subject.entry.record):
        if _changes_in(zone, moment.year) and _in_gap(zone, moment):
            real = moment.astimezone(zone)
            yield subject.problem(
                "clock-gap",
                *steps,
                found=f"{moment.isoformat()} is skipped by the clocks of {zone.key} (summer time begins)",
                allowed="times that the clocks show",
                advice=f"write {real.isoformat()} if that moment is meant",
            )


@lru_cache(maxsize=16)
def _ever_changes(zone: ZoneInfo) -> bool:
    """Whether the zone's clocks were or will be changed in the years that records speak of."""
    return any(_changes_in(zone, year) for year in range(1970, 2100))


@lru_cache(maxsize=512)
def _changes_in(zone: ZoneInfo, year: int) -> bool:
    offsets = {datetime(year, month, 1, tzinfo=zone).utcoffset() for month in range(1, 13)}
    return len(offsets) > 1


def _in_gap(zone: ZoneInfo, moment: datetime) -> bool:
    wall = moment.replace(tzinfo=zone)
    offsets = {wall.utcoffset(), wall.replace(fold=1).utcoffset()}
    if moment.utcoffset() not in offsets:
        return False  # written in another zone's offset, such as Z: every moment exists
    back = wall.astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) - wall.replace(tzinfo=None) != timedelta(0)


def _moments(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], datetime]]:
    if isinstance(value, datetime):
        yield steps, value
    elif isinstance(value, Record):
        fields = type(value).model_fields
        for name in value.model_fields_set:
            yield from _moments(getattr(value, name), (*steps, fields[name].alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _moments(item, (*steps, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _moments(item, (*steps, key))
