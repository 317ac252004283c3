"""What the record counts: every settled promise once, in its month, and no figure over fewer than three cases."""

import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noroshi.records.choices import Detector, Outcome, Phase, PromiseKind, PromiseState
from noroshi.records.content import MatterKind
from noroshi.snapshot.matter.completion import Piece
from noroshi.snapshot.state import Estimate, State
from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.figures import FEWEST, Share, figures_of
from noroshi.snapshot.track_record.months import Tally, track_record
from track_states import BEGAN, matter, promised

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 8, 1, tzinfo=UTC)
DUE = datetime(2026, 6, 20, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FIRST, NEXT = PromiseKind.FIRST_REPORT, PromiseKind.NEXT_REPORT


@pytest.mark.parametrize(
    ("met", "now", "counted"),
    [
        (None, DUE, Tally()),
        (None, DUE + SECOND, Tally(missed=1)),
        (DUE, DUE, Tally(met=1)),
        (DUE - SECOND, DUE - SECOND, Tally(met=1)),
        (DUE + SECOND, DUE + SECOND, Tally(late=1)),
    ],
)
def test_a_promise_counts_from_when_it_is_settled(met, now, counted):
    """Still due at its very time it counts for nothing; a second later it is missed; to the second it is on time."""
    assert track_record([matter("a", [promised(NEXT, DUE, met)])], now, TOKYO).total == counted


def test_a_promise_that_was_given_up_counts_as_missed_at_once():
    """Giving up before the time has come redeems nothing."""
    record = track_record([matter("a", [promised(NEXT, DUE, closed=True)])], BEGAN, TOKYO)
    assert record.total == Tally(missed=1)
    assert record.months[0].key == "2026-06"


@pytest.mark.parametrize(
    ("due", "met", "month"),
    [
        (datetime(2026, 6, 30, 14, 59, 59, tzinfo=UTC), None, "2026-06"),
        (datetime(2026, 6, 30, 15, 0, tzinfo=UTC), None, "2026-07"),
        (datetime(2026, 6, 30, 15, 0, tzinfo=UTC), datetime(2026, 6, 30, 14, 59, tzinfo=UTC), "2026-06"),
        (datetime(2026, 6, 30, 14, 0, tzinfo=UTC), datetime(2026, 7, 30, tzinfo=UTC), "2026-06"),
        (datetime(2025, 12, 31, 15, 0, tzinfo=UTC), None, "2026-01"),
    ],
)
def test_a_promise_belongs_to_the_month_in_which_it_was_settled(due, met, month):
    """In the site's zone: when it was kept, if that was on time, else when its time ran out."""
    record = track_record([matter("a", [promised(NEXT, due, met)], began_at=due)], NOW, TOKYO)
    assert [each.key for each in record.months if each.total.total] == [month]


def test_imported_history_is_left_out_of_everything():
    """What was imported is counted as left out, whatever else it says."""
    back = BEGAN + timedelta(hours=1)
    imported = [
        matter(f"i{n}", imported=True, recovered_at=back, detected_by=Detector.CLIENT, phase=Phase.CLOSED)
        for n in range(5)
    ]
    record = track_record(imported, NOW, TOKYO)
    assert (record.months, record.imported) == ((), 5)
    assert figures_of(record).noticed_by_clients == Share(0, 0)


def incident(name: str, first: int | None, errors: tuple[int, ...] = (), **more: object) -> State:
    """An incident whose first report came after so many minutes, with estimates off by so many."""
    back = BEGAN + timedelta(hours=3)
    made = [] if first is None else [(BEGAN, BEGAN + timedelta(minutes=first))]
    promises = [promised(FIRST, BEGAN + timedelta(minutes=30), met, made_at=base) for base, met in made]
    estimates = tuple(
        Estimate(number=n, said_at=BEGAN + timedelta(minutes=n), expected=back + timedelta(minutes=off))
        for n, off in enumerate(errors)
    )
    return matter(name, promises, recovered_at=back, estimates=estimates, **more)


def test_the_first_report_is_timed_from_when_it_was_noticed():
    """Median and worst over the incidents whose beginning is known, with the incident that the worst belongs to."""
    states = [incident("a", 10), incident("b", 40), incident("c", 13), incident("d", 0), incident("e", None)]
    spread = figures_of(track_record(states, NOW, TOKYO)).first_report
    assert spread is not None
    assert (spread.cases, spread.worst, spread.worst_id) == (4, timedelta(minutes=40), "b")
    assert spread.median == timedelta(minutes=11, seconds=30)


def test_estimates_are_held_against_the_recovery():
    """Early or late counts alike; first and last are told apart; what is said after the recovery estimates nothing."""
    after = Estimate(number=9, said_at=BEGAN + timedelta(hours=4), expected=BEGAN)
    unknown = Estimate(number=1, said_at=BEGAN, expected=None)
    late = incident("d", 5)
    states = [
        incident("a", 5, (60, -10)),
        incident("b", 5, (-20,)),
        incident("c", 5, (30, 30, 0)),
        matter("d", late.promises, recovered_at=late.recovered_at, estimates=(unknown, after)),
    ]
    figures = figures_of(track_record(states, NOW, TOKYO))
    assert figures.first_estimate is not None
    assert figures.last_estimate is not None
    assert (figures.first_estimate.cases, figures.first_estimate.median) == (3, timedelta(minutes=30))
    assert (figures.last_estimate.worst, figures.last_estimate.median) == (timedelta(minutes=20), timedelta(minutes=10))


def test_a_completion_is_asked_for_when_its_time_has_come():
    """Complete is what lacks nothing; what is within its time is not asked; what goes on is no case."""
    back = BEGAN + timedelta(hours=1)
    cause = promised(PromiseKind.CAUSE, DUE)
    states = [
        matter("complete", recovered_at=back),
        matter("lacking", recovered_at=back, lacking=(Piece.CAUSE,), phase=Phase.COMPLETION_INCOMPLETE),
        matter("overdue", [cause], recovered_at=back, phase=Phase.RECOVERED),
        matter("ongoing", phase=Phase.ONGOING),
    ]
    assert figures_of(track_record(states, DUE + SECOND, TOKYO)).complete == Share(1, 3)
    assert figures_of(track_record(states, DUE, TOKYO)).complete == Share(1, 2)


def test_outcomes_of_commitments_are_counted_once_told():
    """From three on; a commitment whose outcome is still open is no case."""
    told = [Outcome.KEPT, Outcome.KEPT, Outcome.MOVED, None]
    states = [matter(f"c{n}", kind=MatterKind.COMMITMENT, outcome=each) for n, each in enumerate(told)]
    figures = figures_of(track_record(states, NOW, TOKYO))
    assert dict(figures.commitments) == {Outcome.KEPT: 2, Outcome.LATE: 0, Outcome.MOVED: 1, Outcome.BROKEN: 0}
    assert figures_of(track_record(states[1:], NOW, TOKYO)).commitments == ()


@pytest.mark.parametrize(
    ("share", "percent"),
    [((0, 9), 0), ((9, 9), 100), ((999, 1000), 99), ((1, 1000), 1), ((23, 25), 92), ((1, 8), 13), ((2, 3), 67)],
)
def test_a_percentage_is_all_only_for_all(share, percent):
    """Rounded to the nearest, but 100 and 0 only for all and none."""
    assert Share(*share).percent == percent


moments = st.integers(0, 60 * 24 * 400).map(
    lambda minutes: datetime(2025, 8, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
promises = st.builds(
    lambda kind, due, off, owed: promised(
        kind, due, None if off is None else due + timedelta(minutes=off), closed=None if off is not None else not owed
    ),
    st.sampled_from(PromiseKind),
    moments,
    st.none() | st.integers(-5000, 5000),
    st.booleans(),
)
logs = st.lists(st.tuples(moments, st.lists(promises, max_size=6), st.booleans()), max_size=25).map(
    lambda drawn: [
        matter(f"m{n:02}", each, began_at=began, imported=imported) for n, (began, each, imported) in enumerate(drawn)
    ]
)
zones = st.sampled_from([TOKYO, ZoneInfo("America/New_York"), ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati")])


@given(logs, zones, st.randoms(use_true_random=False))
def test_the_parts_make_up_the_whole(states, zone, shuffler):
    """Months and kinds, shown or counted together, add up to what a plain count finds; order changes nothing."""
    record = track_record(states, NOW, zone)
    figures = figures_of(record)
    settled = [
        (promise, fate)
        for state in states
        if not state.imported
        for promise in state.promises
        if (fate := promise.state(NOW)) is not PromiseState.DUE
    ]
    plain = Counter(fate for _, fate in settled)
    assert record.total == figures.total == Tally(met=plain[FATES[0]], late=plain[FATES[1]], missed=plain[FATES[2]])
    assert sum((record.tally(kind) for kind in PromiseKind), Tally()) == record.total
    for month in record.months:
        assert sum(month.kinds.values(), Tally()) == month.total
        assert sum(len(month.settled(kind, fate)) for kind in PromiseKind for fate in FATES) == month.total.total
    months = Counter(
        min(promise.due, promise.met_at or promise.due).astimezone(zone).strftime("%Y-%m") for promise, _ in settled
    )
    assert {month.key: month.total.total for month in record.months if month.total.total} == dict(months)
    shuffled = list(states)
    shuffler.shuffle(shuffled)
    assert track_record(shuffled, NOW, zone) == record
    if record.total.total >= FEWEST:
        for rows in (figures.periods, figures.kinds):
            assert not rows or sum((row.tally for row in rows), Tally()) == record.total


@given(logs)
def test_no_figure_tells_of_fewer_than_three(states):
    """Nor of so few more than there are months or kinds in it that each could be known to be one."""
    figures = figures_of(track_record(states, NOW, TOKYO))
    for row in (*figures.periods, *figures.kinds):
        parts = row.months if hasattr(row, "months") else row.kinds
        assert row.tally.total >= FEWEST
        assert len(parts) == 1 or row.tally.total > len(parts)
    for spread in (figures.first_report, figures.first_estimate, figures.last_estimate):
        assert spread is None or spread.cases >= FEWEST


def test_a_month_with_too_few_is_counted_with_its_neighbour():
    """April's two stand with May's; the newest month's one with the month before it; no sum gives them away."""

    def of(month: int, count: int) -> list[State]:
        due = datetime(2026, month, 10, tzinfo=UTC)
        return [matter(f"m{month}-{n}", [promised(NEXT, due, due)], began_at=due) for n in range(count)]

    record = track_record([*of(4, 2), *of(5, 3), *of(6, 4), *of(7, 1)], NOW, TOKYO)
    assert [(period.months, period.tally.met) for period in figures_of(record).periods] == [
        (("2026-06", "2026-07"), 5),
        (("2026-04", "2026-05"), 5),
    ]


def test_kinds_with_too_few_are_counted_together():
    """Two kinds with one case each need a third to hide among."""
    counts = {FIRST: 5, NEXT: 4, PromiseKind.NOTICE: 1, PromiseKind.END: 1}
    promises = [promised(kind, DUE, DUE) for kind, count in counts.items() for _ in range(count)]
    figures = figures_of(track_record([matter("a", promises)], NOW, TOKYO))
    assert [(row.kinds, row.tally.met) for row in figures.kinds] == [
        ((FIRST,), 5),
        ((NEXT, PromiseKind.NOTICE, PromiseKind.END), 6),
    ]


@pytest.mark.slow
def test_ten_thousand_incidents_are_counted_in_a_blink():
    """Six promises each, over ten years: far less than a second of this process's time."""
    draw, start = random.Random(3), datetime(2017, 1, 1, tzinfo=UTC)
    states = []
    for n in range(10_000):
        began = start + timedelta(minutes=draw.randrange(10 * 365 * 1440))
        dues = [began + timedelta(minutes=draw.randrange(30, 5000)) for _ in range(6)]
        made = [
            promised(draw.choice(list(PromiseKind)), due, due + timedelta(minutes=draw.randrange(-25, 9)))
            for due in dues
        ]
        states.append(matter(f"i{n:05}", made, began_at=began, recovered_at=began))
    spent = []
    for _ in range(3):
        before = time.process_time()
        record = track_record(states, datetime(2027, 2, 1, tzinfo=UTC), TOKYO)
        spent.append(time.process_time() - before)
    assert record.total.total == 60_000
    assert min(spent) < 0.6
