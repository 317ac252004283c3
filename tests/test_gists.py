"""What lists and counts take from a settled matter's gist is what they would have found in the matter itself."""

from __future__ import annotations

import pickle
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.problems import Place
from noroshi.records.choices import ActionType, ComponentLevel, PromiseKind, ReportKind
from noroshi.records.content import Settings
from noroshi.records.settings import Component
from noroshi.records.texts import Text
from noroshi.snapshot.action_list import ActionList, list_actions
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience, visible_state
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.settling import add_gist
from noroshi.snapshot.site import Snapshot, take_snapshot
from noroshi.snapshot.state import Estimate, Impact, ReportMark, State
from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.figures import figures_of
from noroshi.snapshot.track_record.months import TrackRecord, track_record
from noroshi.writers.statuspage.component import level_changes
from promise_logs import SETTINGS
from track_states import matter, promised

SITE = Settings(
    site=SETTINGS.site, policies=SETTINGS.policies, components=(Component.model_validate({"id": "web", "name": "Web"}),)
)
FIRST_DAY = datetime(2025, 8, 1, tzinfo=UTC)
LAST_DAY = FIRST_DAY + timedelta(days=400)
ZONES = [ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")]

moments = st.integers(0, 400 * 24 * 60).map(lambda minutes: FIRST_DAY + timedelta(minutes=minutes))
promises = st.builds(
    lambda kind, due, off, to: promised(
        kind, due, None if off is None else due + timedelta(minutes=off), closed=True, to=to, made_at=due
    ),
    st.sampled_from([kind for kind in PromiseKind if kind is not PromiseKind.SLOT_ANSWER]),
    moments,
    st.none() | st.integers(-5000, 5000),
    st.sampled_from([None, None, "a-sha", "b-sha"]),
)
standings = st.builds(
    lambda name, dropped, told_at: ActionStanding(
        id=name,
        what=Text((("en", "A"),)),
        type=ActionType.PERMANENT,
        owner="infra",
        announced=1,
        dues=(date(2026, 1, 1),),
        check_effect_by=None,
        done=None if dropped else date(2026, 1, 1),
        evidence=None,
        effect_checked=None,
        dropped=Text((("en", "A"),)) if dropped else None,
        told_at=told_at,
    ),
    st.sampled_from("abc"),
    st.booleans(),
    moments,
)


@st.composite
def settled_matters(draw: st.DrawFn) -> State:
    """An incident of which all is said."""
    began, lasted = draw(moments), timedelta(minutes=draw(st.integers(1, 200_000)))
    back = draw(st.sampled_from([None, began + lasted]))
    expected = draw(st.lists(moments, max_size=2))
    components = draw(st.sampled_from([("web",), ("db",), ("db", "web")]))
    impacted = draw(st.lists(st.sampled_from(components), max_size=1))
    return matter(
        f"m{draw(st.integers(0, 10**9))}",
        draw(st.lists(promises, max_size=5)),
        began_at=began,
        recovered_at=back,
        components=components,
        impacts=tuple(Impact(each, ComponentLevel.MAJOR_OUTAGE, began, began + lasted) for each in impacted),
        estimates=tuple(Estimate(1, began, each) for each in expected),
        reports=(ReportMark(1, ReportKind.START, began),),
        updated_at=began + lasted,
        imported=draw(st.booleans()),
        actions=tuple({each.id: each for each in draw(st.lists(standings, max_size=3))}.values()),
    )


logs = st.lists(settled_matters(), max_size=12, unique_by=lambda state: state.id)


def told_of_record(record: TrackRecord) -> list[object]:
    months = [
        (month.key, month.kinds, month.total, [facts[1:] for facts in month.incidents]) for month in record.months
    ]
    rows = [month.settled(kind, fate) for month in record.months for kind in PromiseKind for fate in FATES]
    return [record.imported, figures_of(record), months, rows]


def told_of_actions(listed: ActionList) -> list[object]:
    parts = [listed.overdue, listed.owed, listed.recent, *listed.years.values()]
    named = [[(each.matter.id, *each[1:]) for each in part] for part in parts]
    first = listed.first and (listed.first.matter.id, listed.first.standing)
    return [named, first, list(listed.years), listed.counts, listed.stages]


def told_of_site(snapshot: Snapshot) -> list[object]:
    return [(each.level, [state.id for state in each.because], each.days) for each in snapshot.components]


@given(logs, st.sampled_from(ZONES), moments, st.sampled_from([PUBLIC, INTERNAL, Audience(word="a-sha")]))
def test_a_gist_says_what_its_matter_says(whole, zone, now, audience):
    """The record, the actions and the components are the same with gists and without, at any time and for anybody."""
    gists = [add_gist(state, zone) for state in whole]
    assert all(state.gist is not None for state in gists if all(promise.to is None for promise in state.promises))
    log = [seen for state in whole if (seen := visible_state(state, audience)) is not None]
    with_gists = [seen for state in gists if (seen := visible_state(state, audience)) is not None]
    assert told_of_record(track_record(with_gists, now, zone)) == told_of_record(track_record(log, now, zone))
    assert told_of_actions(list_actions(with_gists, now, zone)) == told_of_actions(list_actions(log, now, zone))
    assert told_of_site(take_snapshot(SITE, with_gists, now)) == told_of_site(take_snapshot(SITE, log, now))
    assert level_changes(with_gists, now) == level_changes(log, now)


OWED = promised(PromiseKind.CAUSE, LAST_DAY, closed=False)
TO_A_CLIENT = promised(PromiseKind.FIRST_REPORT, LAST_DAY, LAST_DAY)._replace(to="a-sha")
LASTING = Impact("web", ComponentLevel.MAJOR_OUTAGE, FIRST_DAY, None)


@pytest.mark.parametrize(
    "state",
    [
        matter("m", [OWED], settled=False),
        matter("m", impacts=(LASTING,)),
    ],
)
def test_what_may_still_change_has_no_gist(state):
    """Nothing is said of it in advance."""
    assert add_gist(state, ZONES[0]).gist is None


def packed(state: State) -> State:
    """A state as it comes from the cache or from another process."""
    again: State = pickle.loads(pickle.dumps(state))
    return again


def test_a_state_comes_back_as_it_was_and_opens_when_it_is_asked():
    """Lists and counts leave it packed; whoever asks for more finds what was there; every field is somewhere."""
    state = add_gist(matter("m", [promised(PromiseKind.CAUSE, LAST_DAY, LAST_DAY)]), ZONES[0])
    again = packed(state)
    track_record([again], LAST_DAY, ZONES[0])
    take_snapshot(SITE, [again], LAST_DAY)
    list_actions([again], LAST_DAY, ZONES[0])
    assert "promises" not in vars(again)
    assert packed(again).promises == state.promises
    assert again == state
    assert [vars(again)[field.name] for field in fields(State)] == [vars(state)[field.name] for field in fields(State)]
    with pytest.raises(AttributeError, match="no attribute 'promisses'"):
        again.promisses  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("sent", [False, True])
def test_a_packed_state_shows_an_audience_no_more_than_an_open_one(sent):
    """What is taken out for an audience is gone whenever the state is opened, sent on in between or not."""
    told = promised(PromiseKind.CAUSE, LAST_DAY, LAST_DAY)._replace(place=Place(path="content/secret.yaml"))
    state = matter("m", [told, TO_A_CLIENT])
    shown = visible_state(packed(state), PUBLIC)
    assert shown is not None
    if sent:
        shown = packed(shown)
    assert shown == visible_state(state, PUBLIC)
    assert [(each.place, each.to) for each in shown.promises] == [(None, None)]
    assert visible_state(packed(state), INTERNAL) == state
