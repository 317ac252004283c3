"""Uptime: what counts as downtime, by how much, and what is said of what nobody knows."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.records.choices import ComponentLevel, Phase
from noroshi.snapshot.days import ComponentDay, component_days
from noroshi.snapshot.settling import add_gist
from noroshi.snapshot.state import Impact, State
from noroshi.snapshot.uptime import WEIGHTS, Uptime, share, uptime_of, weighed
from noroshi.text.wording import wording
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.uptime import percent, uptime_view
from promise_logs import SETTINGS
from track_states import matter

ZONE = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)
START = datetime(2026, 6, 8, 15, 0, tzinfo=UTC)
"""The midnight at which the first of ten days begins."""
MAJOR, PARTIAL = ComponentLevel.MAJOR_OUTAGE, ComponentLevel.PARTIAL_OUTAGE
SLOW, WORK = ComponentLevel.DEGRADED_PERFORMANCE, ComponentLevel.UNDER_MAINTENANCE
HOUR = timedelta(hours=1)


def incident(*impacts: tuple[ComponentLevel, datetime, datetime | None], **more: object) -> State:
    """An incident that impaired the component ``web`` so, from the first of these times on."""
    facts = {"began_at": impacts[0][1], "phase": Phase.COMPLETED if impacts[0][2] else Phase.ONGOING} | more
    told = tuple(Impact(component="web", level=level, start=start, end=end) for level, start, end in impacts)
    return matter(f"m-{impacts[0][1]:%d-%H%M}", impacts=told, components=("web",), **facts)


def days_of(*states: State, since: date | None = None, now: datetime = NOW) -> tuple[ComponentDay, ...]:
    """The last ten days."""
    return component_days("web", states, now=now, zone=ZONE, days=10, since=since)


def uptime(*states: State, since: date | None = None) -> Uptime:
    """The uptime of the last ten days."""
    return uptime_of("web", days_of(*states, since=since), states, start=START, now=NOW)


def said(found: Uptime, language: str = "en") -> tuple[str | None, str, tuple[str, ...]]:
    """The share, the downtime and the notes, as a page says them."""
    view = uptime_view(found, Reader(settings=SETTINGS, wording=wording(language, ZONE), path=""))
    return view.share, view.down, view.notes


def test_a_time_without_outage_is_all_up() -> None:
    """Ten days up to 21:00 of today, of which nothing is lost."""
    found = uptime()
    assert (found.hundredths, found.down, found.known) == (10_000, timedelta(0), 10)
    assert found.observed == NOW - START
    assert said(found) == ("100%", "No outage was reported.", ())


@pytest.mark.parametrize(
    ("level", "lost"),
    [(MAJOR, timedelta(hours=10)), (PARTIAL, timedelta(hours=3)), (SLOW, timedelta(0)), (WORK, timedelta(0))],
)
def test_levels_are_weighed(level: ComponentLevel, lost: timedelta) -> None:
    """Ten hours of each: a major outage counts whole, a partial one with 30 %, the others not at all."""
    found = uptime(incident((level, START + HOUR, START + 11 * HOUR)))
    assert found.down == lost
    assert found.spent == ((level, 10 * HOUR),)
    exact = 10_000 - 10_000 * (lost / found.observed)
    assert found.hundredths is not None
    assert exact - 1 < found.hundredths <= exact


def test_the_worst_of_what_meets_in_time_counts_once() -> None:
    """Two outages at once are one: the hours in which both lasted count as the worse of them."""
    found = uptime(
        incident((MAJOR, START + 2 * HOUR, START + 4 * HOUR)), incident((PARTIAL, START + HOUR, START + 5 * HOUR))
    )
    assert found.spent == ((MAJOR, 2 * HOUR), (PARTIAL, 2 * HOUR))
    assert found.down == 2 * HOUR + 2 * HOUR * 0.3


def test_a_second_of_downtime_is_never_rounded_away() -> None:
    """99.9999 % is told as 99.99 %: 100 % means that nothing was down."""
    found = uptime(incident((PARTIAL, START, START + timedelta(seconds=1))))
    assert found.hundredths == 9_999
    assert said(found)[:2] == ("99.99%", "Downtime: less than a minute (weighed)")
    assert percent(share((), HOUR) or 0) == "100%"
    assert percent(0) == "0.00%"


def test_what_lasts_counts_until_now() -> None:
    """An outage that began two hours ago has cost two hours so far, and the page says that it goes on."""
    found = uptime(incident((MAJOR, NOW - 2 * HOUR, None)))
    assert (found.down, found.lasting) == (2 * HOUR, True)
    assert said(found)[1] == "Downtime so far: 2 hours (weighed). It goes on."
    assert said(found, "ja")[1] == "停止時間はこれまでに 2時間（換算）で、今も続いています。"


def test_what_began_before_counts_from_the_first_day_on() -> None:
    """Of an outage that began before these days only what falls into them is counted."""
    found = uptime(incident((MAJOR, START - 50 * HOUR, START + HOUR)))
    assert found.down == HOUR


def test_days_before_the_first_record_are_not_counted() -> None:
    """They are unknown, neither up nor down, and the page says from when it counts."""
    found = uptime(incident((MAJOR, NOW - HOUR, NOW)), since=date(2026, 6, 18))
    assert (found.known, found.unknown, found.observed) == (1, 9, timedelta(hours=21))
    assert found.hundredths == 9_523  # 20 of 21 hours
    assert said(found, "ja")[2] == ("2026年6月18日（木）からの計算です。それより前の記録はありません。",)
    nothing = uptime(since=date(2026, 7, 1))
    assert (nothing.hundredths, nothing.since) == (None, None)
    assert said(nothing) == (None, "Nothing is known of these days yet.", ())


def test_what_is_not_known_is_said() -> None:
    """A start that nobody knows, a length that nobody told, and records of another system."""
    noticed = incident((MAJOR, START + HOUR, START + 2 * HOUR), started_at=None)
    endless = matter(
        "endless", components=("web",), began_at=START + 5 * HOUR, ended_at=None, imported=True, phase=Phase.CLOSED
    )
    found = uptime(endless, noticed)
    assert (found.start_unknown, found.length_unknown, found.imported) == (1, 1, 1)
    assert said(found)[2] == (
        "1 incident is counted from when it was noticed or first told of, for its start is not known.",
        "1 incident is not counted, for nobody told how long it lasted.",
        "1 of the incidents was taken over from another system, with the times that it had.",
    )
    assert len(said(found, "ja")[2]) == 3
    long_ago = matter("old", components=("web",), began_at=START - HOUR, ended_at=None, imported=True)
    assert uptime(long_ago) == uptime()


STEP = timedelta(minutes=30)
moments = st.integers(-3 * 48, 11 * 48).map(lambda steps: START + steps * STEP)
incidents = st.builds(
    lambda start, length, level: incident((level, start, start + length * STEP if length else None)),
    moments,
    st.integers(0, 100),
    st.sampled_from([MAJOR, PARTIAL, SLOW, WORK]),
)


@given(st.lists(incidents, max_size=6))
def test_every_hour_is_counted_once(states: list[State]) -> None:
    """Held against a count of half hours; whatever was lost shows, and nothing is lost that was not."""
    found = uptime(*states)
    spent: dict[ComponentLevel, int] = {}
    impacts = [state.impacts[0] for state in states]
    at = START
    while at < NOW:
        there = [each.level for each in impacts if each.start <= at and (each.end is None or at < each.end)]
        if there:
            worst = max(there, key=lambda level: level.rank)
            spent[worst] = spent.get(worst, 0) + 1
        at += STEP
    assert {level: length // STEP for level, length in found.spent} == spent
    down = sum(steps * WEIGHTS.get(level, 0) for level, steps in spent.items())
    assert found.down == STEP * down / 100
    assert found.hundredths is not None
    assert (found.hundredths == 10_000) == (down == 0)
    assert 0 <= found.hundredths <= 10_000
    assert sum((day.impaired for day in days_of(*states)), timedelta(0)) == sum(spent.values()) * STEP


@given(st.lists(incidents, min_size=1, max_size=5), incidents)
def test_one_more_outage_never_makes_it_better(states: list[State], more: State) -> None:
    """Uptime falls or stays with each further incident."""
    before, after = uptime(*states), uptime(*states, more)
    assert after.down >= before.down
    assert after.hundredths is not None
    assert before.hundredths is not None
    assert after.hundredths <= before.hundredths


def test_a_settled_matter_of_long_ago_stays_packed() -> None:
    """What was over before these days is not opened to be counted as nothing."""
    old = add_gist(incident((MAJOR, START - 9 * HOUR, START - 8 * HOUR)), ZONE)
    assert old.gist is not None
    packed = pickle.loads(pickle.dumps(old))
    assert uptime(packed) == uptime()
    assert "_packed" in packed.__dict__


def test_weights_are_hundredths_of_the_length() -> None:
    """An hour down and an hour half down are 78 minutes."""
    assert weighed([(MAJOR, HOUR), (PARTIAL, HOUR), (WORK, HOUR)]) == timedelta(minutes=78)
