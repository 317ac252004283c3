"""The night of the example's story, half an hour by half an hour: how things stood, and what was owed.

``tests/story/hours.txt`` holds the whole walk; ``REFRESH_STORY=1`` writes it anew, to be read before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from noroshi.pipeline.reading.content import find_records, open_site
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.together import put_together
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.site import take_snapshot

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "story" / "hours.txt"
STORY = ("2026-06-18-staging-down", "2026-06-18-staging-db-upgrade", "2026-06-19-release")


def night() -> Iterator[datetime]:
    """From the hour before the work until the day after the release, then the days on which something was due."""
    moment = datetime.fromisoformat("2026-06-18T20:00+09:00")
    while moment <= datetime.fromisoformat("2026-06-19T13:00+09:00"):
        yield moment
        moment += timedelta(minutes=120 if moment.hour in (0, 2, 4, 6) else 30)
    for day in ("2026-06-26T12:00", "2026-06-27T12:00", "2026-07-31T09:00", "2026-08-01T12:00"):
        yield datetime.fromisoformat(f"{day}+09:00")


def walk() -> Iterator[str]:
    """How the story's matters stood at each of these times, and what they owed."""
    folder = open_site(ROOT)
    settings = read_settings(folder).settings
    terms = Terms(settings)
    sources = [source for source in find_records(folder)[0] if source.id in STORY]
    zone = settings.site.zone
    for now in night():
        readings = [read_record(each, settings, terms, Moments(now=now, as_of=now))[0] for each in sources]
        states = [each.state for each in readings if each.state is not None]
        together = put_together(states, settings, terms, now)
        snapshot = take_snapshot(settings, together.states, now)
        yield f"{now:%Y-%m-%d %H:%M}"
        yield from (f"  {snapshot.by_id[each].phase:24}{each}" for each in STORY if each in snapshot.by_id)
        for promise in snapshot.owed:
            yield f"    {_said(promise, now, zone)}"


def _said(promise: Promise, now: datetime, zone: ZoneInfo) -> str:
    late = f"overdue {promise.lateness(now)}" if promise.overdue(now) else "due"
    due = promise.due.astimezone(zone)
    whom = f" to {promise.to}" if promise.to else ""
    about = f" {promise.about}" if promise.about else ""
    return f"{late:18} {due:%m-%d %H:%M} {promise.kind}{about} of {promise.matter}{whom}"


def test_the_story_hour_by_hour() -> None:
    """Nothing starts or completes by the clock, and what is owed is known at every half hour of the night."""
    walked = "\n".join(walk()) + "\n"
    if os.environ.get("REFRESH_STORY"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(walked, "utf-8")
    assert walked == GOLDEN.read_text("utf-8")
