"""Promises hold over all logs: what one report adds never makes another promise late, and order decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from noroshi.problems import Place
from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.records.content import MatterKind
from noroshi.records.reports import IncidentReport
from noroshi.snapshot.fold import fold
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.site import take_snapshot
from noroshi.snapshot.state import State
from promise_logs import CLIENT, POLICY, entry_of, incident, jst, settings_of, work

SETTINGS = settings_of(POLICY, clients=(CLIENT,))
TERMS = Terms(SETTINGS)
NOW = jst("08-01 00:00")

minutes = st.integers(0, 3000)
steps = st.lists(st.tuples(st.integers(1, 600), st.integers(0, 8), st.integers(0, 900)), min_size=1, max_size=7)


def said(at: datetime, what: int, ahead: int) -> str:
    """One of the things that reports on incidents say, at a time."""
    then = (at + timedelta(minutes=ahead)).isoformat(timespec="minutes")
    before = (at - timedelta(minutes=min(ahead, 10))).isoformat(timespec="minutes")
    kind, more = [
        ("interim", ""),
        ("interim", f", next_report: {then}"),
        ("interim", f", recovery: {then}"),
        ("interim", f", recovery: {{unknown: A, answer_by: {then}}}"),
        ("interim", f", recovered_at: {before}"),
        ("interim", ", components: {web: major_outage}"),
        ("completion", f", ended_at: {before}, confirmed_by: A, cause: {{status: pending, answer_by: {then}}}"),
        (
            "completion",
            f", ended_at: {before}, confirmed_by: A, cause: {{status: confirmed, text: A}}, actions: "
            f"[{{id: a{at:%d%H%M}, what: A, type: permanent, owner: x, due: 2026-06-26, check_effect_by: 2026-06-30}}]",
        ),
        ("follow_up", ", actions: {a182142: {done: 2026-06-25}}"),
    ][what]
    return f"  - {{kind: {kind}, at: {at.isoformat(timespec='minutes')}, text: A{more}}}\n"


def lines(said_steps: list[tuple[int, int, int]]) -> list[str]:
    """The reports of a log, in the order of their times."""
    found, at = [], jst("21:40")
    for gap, what, ahead in said_steps:
        at += timedelta(minutes=gap)
        found.append(said(at, what, ahead))
    return found


def folded(text: str, kind: MatterKind = MatterKind.INCIDENT) -> State:
    return fold(entry_of(text, kind), NOW, TERMS, lambda *_: Place(path="content/x.yaml"))


def name(promise: Promise) -> tuple[object, ...]:
    """What makes a promise the same one, whatever becomes of it."""
    return (promise.kind, promise.made_at, promise.to, promise.about)


@settings(max_examples=300, deadline=None)
@given(steps, minutes)
def test_another_report_makes_no_promise_late(told: list[tuple[int, int, int]], later: int) -> None:
    """At any time: what was due or kept without the last report is not late or missed with it, unless it moved it."""
    reports = lines(told)
    made = jst("21:40") + timedelta(minutes=sum(gap for gap, _, _ in told))
    moment = made + timedelta(minutes=later)
    before = {name(each): each for each in folded(incident(*reports[:-1])).promises} if len(reports) > 1 else {}
    for each in folded(incident(*reports)).promises:
        known = before.get(name(each))
        if known is None or known.due != each.due:
            continue
        if known.state(moment) in (PromiseState.MET, PromiseState.LATE):
            assert each == known
        if known.state(moment) is PromiseState.DUE:
            assert each.state(moment) in (PromiseState.DUE, PromiseState.MET)


def kept_at(promise: Promise, report: IncidentReport) -> datetime:
    """When a report tells that a promise was kept: by itself, but of an action on the day that it names, by its end."""
    if not promise.kind.of_action:
        return report.at
    assert not isinstance(report.actions, tuple)
    step = report.actions[promise.about or ""]
    day = step.done if promise.kind is PromiseKind.ACTION else step.effect_checked
    assert day is not None
    return min(datetime.combine(day + timedelta(days=1), time(), SETTINGS.site.zone), report.at)


# An action is done long before it is told, which steps of ten hours seldom come to.
@settings(max_examples=200, deadline=None)
@example([(2, 7, 0), (12000, 8, 0)])
@given(steps)
def test_promise_is_kept_once_and_when_its_report_tells(told: list[tuple[int, int, int]]) -> None:
    """A kept promise is closed, was kept by a report that exists and at the time that it tells, and never twice."""
    text = incident(*lines(told))
    reports = entry_of(text).record.reports
    state = folded(text)
    for each in state.promises:
        assert each.closed or each.met_at is None
        assert (each.met_at is None) == (each.met_by is None)
        if each.met_by is not None:
            report = reports[each.met_by - 1]
            assert isinstance(report, IncidentReport)
            assert each.met_at == kept_at(each, report)
    owed = [(each.kind, each.to, each.about) for each in state.promises if each.owed]
    assert len(owed) == len(set(owed))


@settings(max_examples=100, deadline=None)
@given(steps, st.randoms(use_true_random=False))
def test_order_of_records_never_matters(told: list[tuple[int, int, int]], shuffled: Random) -> None:
    """What is owed stands in the order of its due times, whatever the order of the files."""
    texts = [incident(*lines(told[:end])) for end in range(1, len(told) + 1)]
    states = [
        fold(replace(entry_of(text), id=f"x{number}"), NOW, TERMS, lambda *_: Place(path="content/x.yaml"))
        for number, text in enumerate(texts)
    ]
    states.append(folded(work()[:-1] + "\n", MatterKind.MAINTENANCE))
    mixed = list(states)
    shuffled.shuffle(mixed)
    assert take_snapshot(SETTINGS, mixed, NOW).owed == take_snapshot(SETTINGS, states, NOW).owed
    dues = [promise.due for promise in take_snapshot(SETTINGS, states, NOW).owed]
    assert dues == sorted(dues)
