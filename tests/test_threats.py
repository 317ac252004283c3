"""Incidents that reach into a commitment's time: since when that was to be seen, and what its client is owed for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.slots.threats import find_threats
from noroshi.snapshot.state import State
from slot_states import DEPENDENCIES, jst, outage, release, said, together

DOWN = "kind: start, at: @17 21:00"


def threats(now: str, *states: State) -> list[tuple[str, str | None]]:
    """Since when and until when these are threatened."""
    found = find_threats(states, DEPENDENCIES, jst(now))
    return [(said(each.since), said(each.until) if each.until else None) for each in found]


def owed(now: str, *states: State) -> list[Promise]:
    """What the clients of these are owed."""
    return [
        promise
        for state in together(now, *states).states
        for promise in state.promises
        if promise.kind is PromiseKind.SLOT_ANSWER
    ]


def only(now: str, *states: State) -> Promise:
    (promise,) = owed(now, *states)
    return promise


@pytest.mark.parametrize(
    ("recovery", "now", "since"),
    [
        # The clear time begins on the 18th at 10:00.
        ("", "17 21:00", "17 21:00"),
        (", recovery: {unknown: why, answer_by: @17 22:00}", "17 21:00", "17 21:00"),
        (", recovery: @18 10:00", "18 09:59", None),
        (", recovery: @18 10:01", "17 21:00", "17 21:00"),
        (", recovery: @17 23:00", "17 22:59", None),
        (", recovery: @17 23:00", "17 23:00", "17 23:00"),
    ],
)
def test_an_estimate_tells_how_far_an_incident_reaches(recovery: str, now: str, since: str | None) -> None:
    """Up to its estimate; into the next day while nobody can say, which is also so once an estimate has passed."""
    found = threats(now, outage(now, DOWN + recovery), release(now))
    assert found == ([(since, None)] if since else [])


def test_what_lies_further_than_a_day_ahead_is_threatened_when_the_day_comes() -> None:
    """While nobody can say when it will be back, time alone brings a commitment into reach, 24 hours before it."""
    down = "kind: start, at: @15 08:00"
    assert threats("17 09:59", outage("17 09:59", down), release("17 09:59")) == []
    assert threats("17 10:00", outage("17 10:00", down), release("17 10:00")) == [("17 10:00", None)]
    promised = ", recovery: {unknown: why, answer_by: @17 11:00}"
    assert threats("15 08:00", outage("15 08:00", down + promised), release("15 08:00")) == [("15 08:00", None)]


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("kind: interim, at: @17 22:00, recovery: @18 02:00", "17 22:00"),
        ("kind: interim, at: @17 22:00, recovered_at: @17 21:50", "17 22:00"),
        ("kind: completion, at: @17 22:00", "17 22:00"),
        ("kind: interim, at: @17 22:00, components: {db: operational}", "17 22:00"),
        ("kind: interim, at: @17 22:00, severity: critical", None),
    ],
)
def test_a_report_ends_a_threat_when_it_is_made(end: str, until: str | None) -> None:
    """What counts is when people were told, not how it was in truth."""
    now = "17 22:30"
    assert threats(now, outage(now, DOWN, end), release(now)) == [("17 21:00", until)]


def test_a_threat_ends_with_the_time_that_was_to_be_kept_clear() -> None:
    """An outage that goes on after a commitment's time threatens it no more; nor one that was completed or moved."""
    assert threats("19 15:00", outage("19 15:00", DOWN), release("19 15:00")) == [("17 21:00", "19 14:00")]
    done = ("kind: start, at: @19 10:00", "kind: completion, at: @19 11:00, ended_at: @19 11:00, outcome: kept")
    assert threats("19 15:00", outage("19 15:00", DOWN), release("19 15:00", *done)) == [("17 21:00", "19 11:00")]
    moved = "kind: notice, at: @17 21:10, window: {from: @28 10:00, until: @28 12:00}"
    assert threats("17 22:00", outage("17 22:00", DOWN), release("17 22:00", moved)) == [("17 21:00", "17 21:10")]


def test_a_relapse_threatens_again() -> None:
    """What was back and is down again is a threat of its own, and the client is owed word again."""
    back = "kind: interim, at: @17 21:40, recovered_at: @17 21:40"
    again = "kind: interim, at: @17 23:00, components: {db: major_outage}"
    now = "17 23:30"
    states = (outage(now, DOWN, back, again), release(now))
    assert threats(now, *states) == [("17 21:00", "17 21:40"), ("17 23:00", None)]
    assert [said(each.due) for each in owed(now, *states)] == ["17 21:15", "17 23:15"]


def test_only_what_the_commitment_needs_is_threatened() -> None:
    """An outage elsewhere threatens nothing; one report that takes in a needed component does, from then on."""
    elsewhere = outage("17 22:00", DOWN, on="vpn")
    assert threats("17 22:00", elsewhere, release("17 22:00")) == []
    wider = outage("17 22:00", DOWN, "kind: interim, at: @17 21:30, components: {dns: major_outage}", on="vpn")
    (threat,) = find_threats([wider, release("17 22:00")], DEPENDENCIES, jst("17 22:00"))
    assert (said(threat.since), threat.chain, threat.outlook.number) == ("17 21:30", ("shop", "dns"), 2)


def test_imported_incidents_threaten_nothing() -> None:
    """Imported history makes no promises."""
    imported = replace(outage("17 22:00", DOWN), outlooks=())
    assert threats("17 22:00", imported, release("17 22:00")) == []


@pytest.mark.parametrize(
    ("severity", "client", "due", "to_policy"),
    [
        ("major", "a-sha", "17 21:15", False),
        ("major", "b-sha", "17 21:30", True),
        ("minor", "a-sha", "17 22:00", True),
        ("critical", "b-sha", "17 21:15", True),
    ],
)
def test_word_is_due_when_the_first_report_is(severity: str, client: str, due: str, to_policy: bool) -> None:
    """The period is the client's own, else policy's, for the severity at that time; it says where it stands."""
    promise = only("17 21:00", outage("17 21:00", DOWN, severity=severity), release("17 21:00", client=client))
    assert (promise.matter, promise.about, promise.to) == ("release", "outage", client)
    assert (said(promise.due), said(promise.made_at)) == (due, "17 21:00")
    assert (promise.policy is not None, promise.place is not None) == (to_policy, not to_policy)
    assert promise.owed


def test_a_severity_raised_later_counts_from_then_on() -> None:
    """What was owed by the first severity stays; a threat that arises after it was raised is owed word sooner."""
    clear = "kind: interim, at: @17 21:30, severity: critical, recovery: @17 23:00"
    now = "17 23:30"
    states = (outage(now, DOWN, clear, severity="minor"), release(now, "kind: interim, at: @17 21:20", client="b-sha"))
    assert [said(each.due) for each in owed(now, *states)] == ["17 22:00", "17 23:15"]


def test_nothing_is_owed_where_policy_promises_nothing() -> None:
    """A severity without a first report in policy makes no promise; the threat is told all the same."""
    states = (outage("17 21:00", DOWN, severity="none"), release("17 21:00"))
    assert threats("17 21:00", *states)
    assert owed("17 21:00", *states) == []


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("17 21:00", PromiseState.MET),
        ("17 21:15", PromiseState.MET),
        ("17 21:16", PromiseState.LATE),
    ],
)
def test_the_first_report_on_the_commitment_keeps_it(told: str, state: PromiseState) -> None:
    """To be on time is to be there at the due time or before."""
    now = "17 23:00"
    promise = only(now, outage(now, DOWN), release(now, f"kind: interim, at: @{told}", "kind: interim, at: @17 22:30"))
    assert (said(promise.met_at), promise.met_by, promise.state(jst(now)), promise.owed) == (told, 1, state, False)


def test_a_report_from_before_the_threat_keeps_nothing() -> None:
    """What was said before anybody knew is no word on it."""
    now = "17 21:16"
    promise = only(now, outage(now, DOWN), release(now, "kind: interim, at: @17 20:59"))
    assert promise.overdue(jst(now))
    assert not only("17 21:15", outage("17 21:15", DOWN), release("17 21:15")).overdue(jst("17 21:15"))


def test_what_passes_before_word_was_due_is_no_promise() -> None:
    """Back, or out of the way, by the due time: nobody was owed anything. A minute later somebody was, for good."""
    for at, count in (("17 21:15", 0), ("17 21:16", 1)):
        back = f"kind: interim, at: @{at}, recovered_at: @17 21:05"
        for end in (back, f"kind: interim, at: @{at}, recovery: @17 23:00"):
            found = owed("17 22:00", outage("17 22:00", DOWN, end), release("17 22:00"))
            assert len(found) == count
            assert all(each.state(jst("17 22:00")) is PromiseState.MISSED and each.owed for each in found)


def test_word_that_came_is_kept_on_record() -> None:
    """Where the client was told in time, that stays, though the incident was back before word was due."""
    back = "kind: interim, at: @17 21:10, recovered_at: @17 21:10"
    promise = only("17 22:00", outage("17 22:00", DOWN, back), release("17 22:00", "kind: interim, at: @17 21:05"))
    assert promise.state(jst("17 22:00")) is PromiseState.MET


def test_it_is_owed_until_the_commitment_s_time_is_over() -> None:
    """After that nobody needs the answer any more: it stays missed and is owed no longer."""
    for now, still in (("19 13:59", True), ("19 14:00", False)):
        promise = only(now, outage(now, DOWN), release(now))
        assert (promise.owed, promise.state(jst(now))) == (still, PromiseState.MISSED)


STEPS = [
    "recovery: @17 23:00",
    "recovery: @18 12:00",
    "recovery: {unknown: why, answer_by: @18 08:00}",
    "recovered_at: @17 20:30",
    "severity: critical",
    "severity: minor",
    "components: {db: operational}",
    "components: {dns: major_outage}",
    "next_report: @18 12:00",
]
TOLD = [
    "kind: interim",
    "kind: notice, window: {from: @18 20:00, until: @18 22:00}",
    "kind: notice, window: {from: @26 20:00, until: @26 22:00}",
]


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Reports on an incident and on a commitment, in the order of their times."""

    def at(minutes: int) -> str:
        return said(jst("17 21:00") + timedelta(minutes=minutes))

    times = st.lists(st.integers(1, 3000), max_size=6).map(sorted)
    incident = [f"kind: interim, at: @{at(n)}, {draw(st.sampled_from(STEPS))}" for n in draw(times)]
    commitment = [f"at: @{at(n)}, {draw(st.sampled_from(TOLD))}" for n in draw(times)]
    return [DOWN, *incident], commitment


@given(stories(), st.integers(0, 4000))
def test_adding_a_report_never_makes_another_promise_late(story: tuple[list[str], list[str]], minutes: int) -> None:
    """What was kept in time by then is kept in time for ever, whatever is said later; what was late stays late."""
    now, later = said(jst("17 21:00") + timedelta(minutes=minutes)), "20 21:00"
    incident, commitment = story
    before = owed(now, outage(now, *incident), release(now, *commitment))
    after = {each.made_at: each for each in owed(later, outage(later, *incident), release(later, *commitment))}
    for promise in before:
        state = promise.state(jst(now))
        if promise.made_at not in after:
            assert state is PromiseState.DUE
            continue
        assert after[promise.made_at].due == promise.due
        if state in (PromiseState.MET, PromiseState.LATE):
            assert after[promise.made_at].state(jst(later)) is state
        if state is PromiseState.MISSED:
            assert after[promise.made_at].state(jst(later)) in (PromiseState.MISSED, PromiseState.LATE)


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(story: tuple[list[str], list[str]], random: Random) -> None:
    """However the files are listed, every matter owes the same."""
    now = "20 21:00"
    incident, commitment = story
    states = [
        outage(now, *incident),
        outage(now, DOWN, name="other", on="dns"),
        release(now, *commitment),
        release(now, name="campaign", client="b-sha"),
    ]
    shuffled = list(states)
    random.shuffle(shuffled)
    first = {state.id: state.promises for state in together(now, *states).states}
    assert {state.id: state.promises for state in together(now, *shuffled).states} == first
