"""Calendar programs take an event for newer by its SEQUENCE: it rises with all that changes in an event."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noroshi import urls
from noroshi.calendars.writing import Event
from noroshi.records.content import MatterKind, Settings
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.fold import fold
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.site import take_snapshot
from noroshi.snapshot.state import State
from noroshi.text.wording import wording
from noroshi.writers.calendar.agenda import choose
from noroshi.writers.calendar.due_event import due_event
from noroshi.writers.calendar.occasions import Due
from noroshi.writers.calendar.planned_event import planned_event
from noroshi.writers.calendar.words import Voice
from page_bodies import STORY, load_site
from promise_logs import CLIENT, POLICY, entry_of, jst, settings_of, stamp

ROOT = Path(__file__).parent.parent

SETTINGS = settings_of(POLICY, clients=(CLIENT,))
moves = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 9), st.integers(5, 400)), min_size=2, max_size=7)


def told_of_work(steps: list[tuple[int, int, int]], count: int) -> str:
    """Planned work with the first of these reports."""
    lines, moment = [], jst("11 11:00")
    for gap, what, ahead in steps[:count]:
        moment += timedelta(minutes=gap)
        then, later = (
            f"{(moment + timedelta(minutes=each)).isoformat(timespec='minutes')}" for each in (ahead, ahead + 30)
        )
        here = moment.isoformat(timespec="minutes")
        kind, more = [
            ("notice", ", text: A"),
            ("notice", f", text: A, window: {{from: {then}, until: {later}}}"),
            ("notice", ", text: A, cancelled: true"),
            ("start", ", text: A"),
            ("interim", f", text: A, expected: {then}"),
            ("interim", f", text: A, next_report: {then}"),
            ("interim", f", text: A, started_at: {(moment - timedelta(minutes=3)).isoformat(timespec='minutes')}"),
            ("interim", f", text: A, ended_at: {here}"),
            ("completion", ", text: A, result: done"),
            ("interim", f", withdrawn: {{at: {here}, reason: A}}"),
        ][what]
        lines.append(f"  - {{kind: {kind}, at: {here}{more}}}\n")
    window = f"{{from: {stamp('18 21:00')}, until: {stamp('18 21:30')}}}"
    return f"title: Work\ncomponents: {{web: under_maintenance}}\nwindow: {window}\nreports:\n" + "".join(lines)


def seen(state: State, chosen_of: Settings, now: datetime, entry: Any) -> dict[str, Event]:
    """The events of one matter, by UID."""
    voice = Voice(settings=chosen_of, wording=wording("en", chosen_of.site.zone))
    found = {}
    for each in choose(take_snapshot(chosen_of, [state], now)):
        event = due_event(each, voice) if isinstance(each, Due) else planned_event(each, entry, voice, "public")
        found[each.uid] = event
    return found


def assert_followed(before: dict[str, Event], after: dict[str, Event]) -> None:
    """Of an event that both have: the sequence never falls, and rises where anything that readers look at changes."""
    for uid in before.keys() & after.keys():
        one, other = before[uid], after[uid]
        assert other.sequence >= one.sequence
        assert other.changed >= one.changed
        if (one.start, one.end, one.status, one.summary) != (other.start, other.end, other.status, other.summary):
            assert other.sequence > one.sequence, uid


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves)
def test_sequences_rise_with_what_is_told_of_work(steps: list[tuple[int, int, int]]) -> None:
    """Over all logs of planned work, report by report."""
    before: dict[str, Event] = {}
    for count in range(1, len(steps) + 1):
        entry = entry_of(told_of_work(steps, count), MatterKind.MAINTENANCE)
        now = entry.record.reports[-1].at
        state = fold(entry, now, Terms(SETTINGS), lambda *_: None)  # type: ignore[arg-type, return-value]
        after = seen(state, SETTINGS, now, entry)
        assert after.keys() >= {urls.event_uid(SETTINGS.site.id, "x")}
        for event in after.values():
            assert event.end is None or event.end > event.start
        assert_followed(before, after)
        before = after


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("root", [pytest.param(ROOT, marks=pytest.mark.slow), STORY], ids=["example", "story"])
def test_sequences_rise_over_a_whole_story(root: Path, audience: str) -> None:
    """Stepped from report to report over all matters together, threats to commitments included."""
    site = load_site(root, datetime.fromisoformat("2026-12-31T00:00+09:00"), Audience(word=audience))
    moments = sorted({mark.at for state in site.snapshot.states for mark in state.reports})
    before: dict[str, Event] = {}
    gone: dict[str, int] = {}
    for moment in moments:
        found = load_site(root, audience=Audience(word=audience), as_of=moment)
        voice = Voice(settings=found.snapshot.settings, wording=found.press.wordings["ja"])
        after = {
            each.uid: due_event(each, voice)
            if isinstance(each, Due)
            else planned_event(each, found.entries[each.state.id], voice, audience)
            for each in choose(found.snapshot)
        }
        assert_followed(before, after)
        for uid in after.keys() & gone.keys():
            assert after[uid].sequence > gone[uid], "what came again is newer than what went"
        gone |= {uid: before[uid].sequence for uid in before.keys() - after.keys()}
        before = after
    assert len(before) + len(gone) > 12
