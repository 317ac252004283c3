"""Planned work and the time that is kept clear for commitments: when they meet, and what settles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.records.choices import Settlement
from noroshi.records.content import MatterKind
from noroshi.records.settings import Component
from noroshi.snapshot.slots.conflicts import Conflict, find_conflicts
from noroshi.snapshot.slots.dependencies import Dependencies
from noroshi.snapshot.state import Consent, Span, State
from slot_states import DEPENDENCIES, jst, outage, release, said, together, work

NOW = "10 12:00"


def met(now: str, *states: State) -> list[tuple[str, str, tuple[str, ...]]]:
    """The overlaps between these, with why."""
    found = find_conflicts(states, DEPENDENCIES, jst(now))
    return [(said(each.overlap.start), said(each.overlap.end), each.chain) for each in found]


def only(now: str, *states: State) -> Conflict:
    (conflict,) = find_conflicts(states, DEPENDENCIES, jst(now))
    return conflict


@pytest.mark.parametrize(
    ("on", "chain"),
    [
        ("shop", ("shop",)),
        ("api", ("shop", "api")),
        ("db", ("shop", "api", "db")),
        ("dns", ("shop", "dns")),
        ("mail", None),
        ("vpn", None),
    ],
)
def test_a_commitment_needs_what_its_components_depend_on(on: str, chain: tuple[str, ...] | None) -> None:
    """Work on anything that a commitment's component depends on meets it, however far away; on others it does not."""
    found = met(NOW, work(NOW, on=on), release(NOW))
    assert found == ([("18 21:00", "18 21:30", chain)] if chain else [])


def test_the_shortest_reason_is_told() -> None:
    """Where several components of the work are needed, the nearest one is the reason, and the pair is one conflict."""
    assert met(NOW, work(NOW, on="db: under_maintenance, api"), release(NOW, needs="shop, api")) == [
        ("18 21:00", "18 21:30", ("api",))
    ]


def test_a_circle_of_dependencies_ends() -> None:
    """Content that the rules refuse for a circle is still looked at once."""
    circle = Dependencies(
        Component.model_validate({"id": a, "name": a, "depends_on": (b,)}) for a, b in (("x", "y"), ("y", "x"))
    )
    assert circle.reached_from(["x"]) == {"x": ("x",), "y": ("x", "y")}
    assert circle.leading_to(["x"]) == {"x", "y"}


@pytest.mark.parametrize(
    ("window", "overlap"),
    [
        (("18 09:00", "18 10:00"), None),
        (("18 09:00", "18 10:01"), ("18 10:00", "18 10:01")),
        (("18 10:00", "18 10:01"), ("18 10:00", "18 10:01")),
        (("17 10:00", "20 10:00"), ("18 10:00", "19 14:00")),
        (("19 13:59", "19 15:00"), ("19 13:59", "19 14:00")),
        (("19 14:00", "19 15:00"), None),
    ],
)
def test_touching_ends_do_not_overlap(window: tuple[str, str], overlap: tuple[str, str] | None) -> None:
    """Work may end when the clear time begins, and begin when it ends."""
    found = met(NOW, work(NOW, at=window), release(NOW))
    assert [each[:2] for each in found] == ([overlap] if overlap else [])


def test_a_long_commitment_hides_no_short_one() -> None:
    """Among commitments that overlap each other, one that just ended is past and the one around it is not."""
    around = release(NOW, name="around", at=("10 00:00", "30 00:00"))
    ended = release(NOW, name="ended", at=("18 20:00", "18 21:00"), clear="{}")
    (conflict,) = find_conflicts([around, ended, work(NOW)], DEPENDENCIES, jst(NOW))
    assert conflict.commitment is around


def test_clear_time_in_business_days() -> None:
    """A clear time in business days reaches back over a weekend: 22 June 2026 is a Monday."""
    monday = release(NOW, at=("22 10:00", "22 12:00"), clear="{before: 1bd}")
    assert met(NOW, work(NOW, at=("20 10:00", "20 11:00")), monday)
    assert not met(NOW, work(NOW, at=("18 10:00", "18 11:00")), monday)


AGREED = "agreements: [{client: %s, by: production, at: @09 10:00}]\n"
EMERGENCY = "emergency: {reason: A hole, approved_by: head}\n"


@pytest.mark.parametrize(
    ("more", "settlement"),
    [
        ("", Settlement.AWAITED),
        (AGREED % "a-sha", Settlement.AGREED),
        (AGREED % "b-sha", Settlement.AWAITED),
        (EMERGENCY, Settlement.EMERGENCY),
        (AGREED % "b-sha" + EMERGENCY, Settlement.EMERGENCY),
        (AGREED % "a-sha" + EMERGENCY, Settlement.AGREED),
    ],
)
def test_agreement_of_that_client_or_an_emergency_settles(more: str, settlement: Settlement) -> None:
    """Only the consent of the client concerned, or that the work cannot wait, settles a conflict."""
    planned = work(NOW, more=more)
    assert only(NOW, planned, release(NOW)).settlement is settlement
    assert together(NOW, planned, release(NOW)).states[0].settlement is settlement


def agreed(*clocks: str, client: str = "a-sha") -> str:
    given = ", ".join(f"{{client: {client}, by: production, at: @{clock}}}" for clock in clocks)
    return f"agreements: [{given}]\n"


STARTED = "kind: start, at: @18 21:00"
ENDED = "kind: completion, at: @18 22:40, ended_at: @18 22:30"


@pytest.mark.parametrize(
    ("now", "more", "settlement"),
    [
        ("18 21:29", agreed("09 10:00"), Settlement.AGREED),
        ("18 21:30", agreed("09 10:00"), Settlement.AGREED),
        ("18 21:31", agreed("09 10:00"), Settlement.EXCEEDED),
        ("18 22:00", agreed("09 10:00") + EMERGENCY, Settlement.EMERGENCY),
        ("18 22:00", "", Settlement.AWAITED),
        ("18 22:00", agreed("09 10:00", client="b-sha"), Settlement.AWAITED),
        ("18 22:00", agreed("09 10:00", "18 21:29"), Settlement.EXCEEDED),
        ("18 22:00", agreed("09 10:00", "18 21:30"), Settlement.AGREED),
        ("18 22:40", agreed("09 10:00"), Settlement.AS_PLANNED),
        ("18 22:40", agreed("09 10:00") + EMERGENCY, Settlement.EMERGENCY),
        ("18 22:40", agreed("18 21:40"), Settlement.AGREED),
        ("18 22:40", "", Settlement.LACKING),
    ],
)
def test_an_agreement_is_for_the_planned_time(now: str, more: str, settlement: Settlement) -> None:
    """It ends with the window while the work runs on, unless it was given after that; of the past nothing is asked."""
    planned = work(now, STARTED, ENDED, more=more)
    conflict = only(now, planned, release(now))
    assert conflict.settlement is settlement
    assert conflict.settled is (settlement in {Settlement.AGREED, Settlement.AS_PLANNED, Settlement.EMERGENCY})
    assert together(now, planned, release(now)).states[0].settlement is settlement


def test_only_the_time_past_the_window_is_not_agreed() -> None:
    """What is told is the part that the agreement does not cover, although the window lies in the clear time too."""
    conflict = only("18 22:00", work("18 22:00", STARTED, more=agreed("09 10:00")), release("18 22:00"))
    assert conflict.overruns
    assert conflict.unagreed == Span(start=jst("18 21:30"), end=jst("18 22:00"))
    assert conflict.overlap == Span(start=jst("18 21:00"), end=jst("18 22:00"))


@pytest.mark.parametrize(
    ("now", "given", "settlement"),
    [
        ("18 21:15", ("09 10:00",), Settlement.AWAITED),
        ("18 21:15", ("09 10:00", "18 21:10"), Settlement.AGREED),
        ("18 22:05", ("09 10:00", "18 21:10"), Settlement.EXCEEDED),
        ("18 22:05", ("09 10:00", "18 21:10", "18 22:01"), Settlement.AGREED),
    ],
)
def test_what_was_expected_when_it_was_given_is_agreed(
    now: str, given: tuple[str, ...], settlement: Settlement
) -> None:
    """A client who hears that it will take until 22:00, and agrees, agreed until 22:00."""
    longer = "kind: interim, at: @18 21:10, expected: @18 22:00"
    assert only(now, work(now, STARTED, longer, more=agreed(*given)), release(now)).settlement is settlement


@pytest.mark.parametrize(
    ("moved", "given", "unagreed"),
    [
        (("18 22:00", "18 22:30"), ("09 10:00",), ("18 22:00", "18 22:30")),
        (("18 22:00", "18 22:30"), ("10 10:59",), ("18 22:00", "18 22:30")),
        (("18 22:00", "18 22:30"), ("09 10:00", "10 11:00"), None),
        (("18 22:00", "18 22:30"), ("10 11:00",), None),
        (("18 21:00", "18 22:00"), ("09 10:00",), ("18 21:30", "18 22:00")),
        (("18 20:30", "18 21:30"), ("09 10:00",), ("18 20:30", "18 21:30")),
        (("18 21:10", "18 21:30"), ("09 10:00",), None),
    ],
)
def test_a_notice_that_moves_the_work_leaves_the_agreement_behind(
    moved: tuple[str, str], given: tuple[str, ...], unagreed: tuple[str, str] | None
) -> None:
    """Another time has to be agreed to by or after the notice that names it; less of the same time has not."""
    notice = f"kind: notice, at: @10 11:00, window: {{from: @{moved[0]}, until: @{moved[1]}}}"
    conflict = only("10 12:00", work("10 12:00", notice, more=agreed(*given)), release("10 12:00"))
    assert conflict.unagreed == (unagreed and Span(start=jst(unagreed[0]), end=jst(unagreed[1])))
    assert conflict.settlement is (Settlement.AWAITED if unagreed else Settlement.AGREED)


def test_consent_to_run_on_is_none_to_another_day() -> None:
    """An agreement that was given after a window in which nothing began does not cover the window that follows."""
    notice = "kind: notice, at: @18 23:00, window: {from: @19 08:00, until: @19 09:00}"
    now = "18 23:00"
    assert only(now, work(now, notice, more=agreed("18 22:00")), release(now)).settlement is Settlement.AWAITED


def test_the_agreed_window_alone_can_be_overrun() -> None:
    """Who agreed to a time that was given up did not agree to work that overruns another one."""
    back = "kind: notice, at: @10 11:00, window: {from: @18 09:00, until: @18 09:30}"
    now = "18 10:30"
    running = work(now, back, BEGUN, more=agreed("09 10:00"))
    assert only(now, running, release(now)).settlement is Settlement.AWAITED


def test_a_work_that_begins_some_minutes_early_is_agreed() -> None:
    """Only what runs on is asked for again, not what began before its window."""
    now = "18 21:10"
    early = work(now, "kind: start, at: @18 20:55, started_at: @18 20:55", more=agreed("09 10:00"))
    assert only(now, early, release(now)).settlement is Settlement.AGREED


def test_consent_that_was_given_later_settles_nothing_before() -> None:
    """As of the hour before the client agreed, agreement is awaited."""
    for now, settlement in (("09 09:59", Settlement.AWAITED), ("09 10:00", Settlement.AGREED)):
        assert only(now, work(now, more=agreed("09 10:00")), release(now)).settlement is settlement


def test_the_worst_of_several_conflicts_is_how_the_work_stands() -> None:
    """Two clients concerned and one asked: agreement is awaited. Work that meets nobody has no settlement."""
    planned = work(NOW, more=AGREED % "a-sha")
    both = together(NOW, planned, release(NOW), release(NOW, name="campaign", client="b-sha"))
    assert [each.settlement for each in both.conflicts] == [Settlement.AWAITED, Settlement.AGREED]
    assert both.states[0].settlement is Settlement.AWAITED
    assert together(NOW, work(NOW, on="vpn"), release(NOW)).states[0].settlement is None


def test_the_last_window_counts() -> None:
    """Work or a commitment that was moved meets what it now falls into, and no longer what it was moved away from."""
    away = "kind: notice, at: @10 11:00, window: {from: @25 21:00, until: @25 21:30}"
    assert not met(NOW, work(NOW, away), release(NOW))
    assert met("10 10:59", work("10 10:59", "kind: notice, at: @09 11:00", away), release("10 10:59"))
    moved = release(NOW, "kind: notice, at: @10 11:00, window: {from: @26 10:00, until: @26 12:00}")
    assert met(NOW, work(NOW, away), moved)
    assert not met(NOW, work(NOW), moved)


def test_work_called_off_or_imported_meets_nothing() -> None:
    """What does not take place is in nobody's way, and nobody here planned what was imported."""
    assert not met(NOW, work(NOW, "kind: notice, at: @10 11:00, cancelled: true"), release(NOW))
    imported = work(NOW, more="imported: {from: cstate, source: a.md}\n")
    assert not met(NOW, imported, release(NOW))


BEGUN = "kind: start, at: @18 09:00"
EARLY = ("18 09:00", "18 09:30")


def test_work_that_runs_on_into_the_clear_time_meets_it() -> None:
    """Work within its window was in order; past its window it takes all the time up to now, from the minute on."""
    assert not met("18 10:00", work("18 10:00", BEGUN, at=EARLY), release("18 10:00"))
    late = only("18 10:20", work("18 10:20", BEGUN, at=EARLY), release("18 10:20"))
    assert (said(late.overlap.start), said(late.overlap.end)) == ("18 10:00", "18 10:20")
    assert late.overruns
    assert not only(NOW, work(NOW), release(NOW)).overruns


def test_work_that_expects_to_run_on_meets_what_it_expects() -> None:
    """A report that moves the expected end into the clear time makes the conflict known before it is there."""
    longer = "kind: interim, at: @18 09:20, expected: @18 10:30"
    now = "18 09:25"
    assert met(now, work(now, BEGUN, longer, at=EARLY), release(now)) == [
        ("18 10:00", "18 10:30", ("shop", "api", "db"))
    ]


def test_an_earlier_estimate_frees_nothing_of_the_window() -> None:
    """The window is what was announced; only a real end gives time back."""
    sooner = "kind: interim, at: @18 21:05, expected: @18 21:10"
    begun = "kind: start, at: @18 21:00"
    assert met("18 21:06", work("18 21:06", begun, sooner), release("18 21:06"))[0][:2] == ("18 21:00", "18 21:30")
    over = "kind: completion, at: @18 21:20, ended_at: @18 21:10"
    assert met("18 22:00", work("18 22:00", begun, over), release("18 22:00"))[0][:2] == ("18 21:00", "18 21:10")


def test_work_that_ended_before_the_clear_time_met_nothing() -> None:
    """A window that reached into the clear time is no conflict any more where the work ended before it."""
    planned = ("18 09:00", "18 11:00")
    over = "kind: completion, at: @18 11:10, ended_at: @18 09:55"
    assert met("18 09:30", work("18 09:30", BEGUN, at=planned), release("18 09:30"))
    assert not met("18 12:00", work("18 12:00", BEGUN, over, at=planned), release("18 12:00"))


def test_what_is_over_can_only_be_owned_up_to() -> None:
    """An unsettled conflict of work that has ended is lacking its agreement for good; told from the end on."""
    begun = "kind: start, at: @18 21:00"
    ended = "kind: interim, at: @18 21:25, ended_at: @18 21:20"
    for now, settlement in (("18 21:24", Settlement.AWAITED), ("18 21:25", Settlement.LACKING)):
        assert only(now, work(now, begun, ended), release(now)).settlement is settlement


def test_a_commitment_that_runs_late_keeps_clear_for_longer() -> None:
    """The time after a commitment counts from its real end, as soon as that is expected."""
    after = work("19 11:30", at=("19 14:10", "19 15:00"))
    start = "kind: start, at: @19 10:00"
    assert not met("19 11:30", after, release("19 11:30", start))
    late = release("19 11:30", start, "kind: interim, at: @19 11:00, expected: @19 12:30")
    assert met("19 11:30", after, late)[0][:2] == ("19 14:10", "19 14:30")
    done = release("19 13:00", start, "kind: completion, at: @19 12:40, ended_at: @19 12:25, outcome: late")
    assert met("19 13:00", after, done)[0][:2] == ("19 14:10", "19 14:25")


@pytest.mark.parametrize("outcome", ["broken", "moved"])
def test_a_commitment_that_was_given_up_needs_nothing_from_then_on(outcome: str) -> None:
    """What was given up keeps nothing clear, but work that met it before did meet it."""
    given_up = f"kind: completion, at: @18 21:20, outcome: {outcome}"
    assert met("18 22:00", work("18 22:00"), release("18 22:00", given_up))[0][:2] == ("18 21:00", "18 21:20")
    assert not met("18 22:00", work("18 22:00", at=("19 10:00", "19 11:00")), release("18 22:00", given_up))


DAYS = st.integers(0, 20)
HOURS = st.integers(0, 23)
COMPONENTS = st.sampled_from(["db", "dns", "api", "shop", "mail", "vpn"])


def consents(window: Span, *clients: str) -> tuple[Consent, ...]:
    return tuple(Consent(client=client, at=jst("09 10:00"), start=window.start, end=window.end) for client in clients)


@st.composite
def crowds(draw: st.DrawFn) -> list[State]:
    """Many works and commitments at random times on random components."""
    base = {"work": work(NOW), "release": release(NOW)}
    found = []
    for n in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from(["work", "release"]))
        start = jst("10 00:00") + timedelta(days=draw(DAYS), hours=draw(HOURS))
        span = Span(start=start, end=start + timedelta(hours=draw(st.integers(1, 60))))
        changes = {
            "id": f"{kind}-{n}",
            "path": f"content/{kind}-{n}.yaml",
            "components": tuple(dict.fromkeys(draw(st.lists(COMPONENTS, min_size=1, max_size=3)))),
            "window": span,
            "began_at": span.start,
        }
        if kind == "work":
            changes["consents"] = consents(span, *draw(st.sets(st.sampled_from(["a-sha", "b-sha"]))))
        else:
            changes["client"] = draw(st.sampled_from(["a-sha", "b-sha"]))
            changes["clear"] = Span(start=span.start - timedelta(hours=draw(HOURS)), end=span.end)
        found.append(replace(base[kind], **changes))
    return found


@given(crowds(), st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(states: list[State], random: Random) -> None:
    """However the files are listed, the conflicts are the same, in the same order."""
    shuffled = list(states)
    random.shuffle(shuffled)
    assert find_conflicts(states, DEPENDENCIES, jst(NOW)) == find_conflicts(shuffled, DEPENDENCIES, jst(NOW))


@given(crowds())
def test_conflicts_are_those_that_looking_at_every_pair_finds(states: list[State]) -> None:
    """The search finds every pair that overlaps on a needed component, and no other."""
    expected = {
        (one.id, other.id)
        for one in states
        for other in states
        if one.kind is MatterKind.MAINTENANCE and other.kind is MatterKind.COMMITMENT
        if one.window.start < other.clear.end and other.clear.start < one.window.end
        if not DEPENDENCIES.reached_from(other.components).keys().isdisjoint(one.components)
    }
    found = find_conflicts(states, DEPENDENCIES, jst(NOW))
    assert {(each.work.id, each.commitment.id) for each in found} == expected
    assert len(found) == len(expected)
    for each in found:
        assert each.overlap.start < each.overlap.end


@given(crowds())
def test_agreement_always_settles(states: list[State]) -> None:
    """Once every client whose time a work meets has agreed, nothing of it is unsettled."""
    agreed = [
        replace(each, consents=consents(each.window, "a-sha", "b-sha")) if each.kind is MatterKind.MAINTENANCE else each
        for each in states
    ]
    for conflict in find_conflicts(agreed, DEPENDENCIES, jst(NOW)):
        assert conflict.settled
    for conflict in find_conflicts(states, DEPENDENCIES, jst(NOW)):
        assert conflict.settled is (conflict.commitment.client in {each.client for each in conflict.work.consents})


def test_incidents_are_no_planned_work() -> None:
    """An outage in the clear time is a threat, not a conflict."""
    assert not met("18 22:00", outage("18 22:00", "kind: start, at: @18 21:00"), release("18 22:00"))
