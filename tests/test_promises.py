"""Promises: what is owed by when, from which words, and what becomes of it just before and after its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from noroshi.records.choices import Phase, PromiseKind, PromiseState
from noroshi.records.content import MatterKind
from noroshi.snapshot.matter.completion import Piece
from promise_logs import (
    CLIENT,
    LOOSER,
    POLICY,
    incident,
    jst,
    life,
    promises_at,
    report,
    settings_of,
    slot,
    stamp,
    state_at,
    work,
)

DUE, MET, LATE, MISSED = PromiseState
K = PromiseKind
MAINTENANCE, COMMITMENT = MatterKind.MAINTENANCE, MatterKind.COMMITMENT
START = report("21:52", "start")
NOTICE = report("15 09:00", "notice")
BACK = report("22:40", "interim", f"recovered_at: {stamp('22:30')}")
CAUSE = "cause: {status: confirmed, text: A}"
ACTION = "actions: [{id: a, what: A, type: permanent, owner: pm, due: 2026-06-26, check_effect_by: 2026-07-31}]"
TOLD = f"ended_at: {stamp('22:30')}, confirmed_by: A, {CAUSE}, {ACTION}"


def test_first_report_is_due_from_detection() -> None:
    """Noticed at 21:45 and promised within 30 minutes: due at 22:15, and on time to the minute."""
    noticed = f"detected: {{at: {stamp('21:45')}, by: monitoring}}\n"
    late = incident(report("22:16", "start"), opening=noticed)
    kept = incident(report("22:15", "start"), opening=noticed)
    (promise,) = promises_at(late, "22:16", only=K.FIRST_REPORT)
    assert (promise.due, promise.policy is not None, promise.place) == (jst("22:15"), True, None)
    assert promise.lateness(jst("23:00")) == timedelta(minutes=1)
    assert (life(kept, K.FIRST_REPORT, "22:15"), life(late, K.FIRST_REPORT, "22:16")) == ([[MET]], [[LATE]])


def test_first_report_counts_from_the_start_where_nobody_says_when_it_was_noticed() -> None:
    """Without detection the start counts; with neither there is no such promise, whatever a later report tells."""
    assert promises_at(incident(START), "22:00", only=K.FIRST_REPORT)[0].due == jst("22:10")
    unknown = f"title: A\nseverity: major\nreports:\n{START}" + report(
        "22:10", "interim", f"started_at: {stamp('18:00')}"
    )
    assert promises_at(unknown, "23:00", only=K.FIRST_REPORT) == []


def test_next_report_is_due_while_it_lasts() -> None:
    """Every report promises the next one: by its own words, else by policy; the one that comes settles it."""
    log = incident(START, report("22:50"), report("23:51"))
    clocks = ("22:52", "23:50", "23:51")
    assert life(log, K.NEXT_REPORT, *clocks) == [[MET, DUE], [MET, DUE], [MET, LATE, DUE]]
    assert [each.due for each in promises_at(log, "23:51", only=K.NEXT_REPORT)] == [
        jst("22:52"),
        jst("23:50"),
        jst("19 00:51"),
    ]
    assert life(incident(START), K.NEXT_REPORT, "22:52", "22:53") == [[DUE], [MISSED]]


def test_next_report_named_by_a_report_overrides_policy() -> None:
    """The report's own word holds, and says where it stands."""
    log = incident(report("21:52", "start", f"next_report: {stamp('22:05')}"), report("22:39"))
    (first, second) = promises_at(log, "23:00", only=K.NEXT_REPORT)
    assert (first.due, first.lateness(jst("23:00")), first.met_by) == (jst("22:05"), timedelta(minutes=34), 2)
    assert first.place is not None
    assert (first.place.path, first.place.line, first.policy) == ("content/x.yaml", 6, None)
    assert (second.due, second.place, second.policy is not None) == (jst("23:39"), None, True)


def test_interim_promises_stop_at_recovery() -> None:
    """What was over before the next report was due owed no report; what was over after that did."""
    over_before = incident(START, report("23:30", "interim", f"recovered_at: {stamp('22:51')}"))
    over_after = incident(START, report("23:30", "interim", f"recovered_at: {stamp('22:53')}"))
    assert life(over_before, K.NEXT_REPORT, "23:30") == [[]]
    assert life(over_after, K.NEXT_REPORT, "23:30") == [[LATE]]
    assert promises_at(incident(START, BACK), "19 09:00", only=K.NEXT_REPORT)[-1].closed


def test_relapse_owes_interim_reports_again_and_completion_no_more() -> None:
    """Down again: what had recovered has not."""
    log = incident(START, BACK, report("23:00", "interim", "components: {web: major_outage}"))
    assert life(log, K.COMPLETION, "22:40", "23:00") == [[DUE], []]
    assert life(log, K.NEXT_REPORT, "23:00", "19 00:01") == [[MET, DUE], [MET, MISSED]]


def test_a_recovery_that_is_taken_back_owes_interim_reports_again() -> None:
    """A correction of the report that told it back: completion is owed no more, and the next report is."""
    false = report("23:00", "correction", "corrects: [2], components: {web: major_outage}")
    log = incident(START, BACK, false)
    assert life(log, K.COMPLETION, "22:40", "23:00") == [[DUE], []]
    assert life(log, K.NEXT_REPORT, "23:00", "19 00:01") == [[MET, DUE], [MET, MISSED]]


def test_a_completion_that_is_taken_back_kept_nothing() -> None:
    """Nothing was over: what was promised from its end on was not owed, and what kept it is not told as kept."""
    done = report("23:00", "completion", TOLD)
    false = report("23:30", "correction", "corrects: [2, 3], components: {web: major_outage}")
    log = incident(START, BACK, done, false)
    assert life(log, K.COMPLETION, "23:00", "23:30") == [[MET], []]
    assert life(log, K.CAUSE, "23:00", "23:30") == [[MET], []]
    really = TOLD.replace("actions: [{id: a", "actions: [{id: b").replace(stamp("22:30"), stamp("19 01:00"))
    again = incident(START, BACK, done, false, report("19 02:00", "completion", really))
    assert life(again, K.COMPLETION, "19 02:00") == [[MET]]


def test_quiet_hours_move_what_policy_fills_in() -> None:
    """An interim report of a minor incident that would be due at night is due in the morning; a named one is not."""
    log = f"title: A\nseverity: minor\nstarted_at: {stamp('20:00')}\nreports:\n" + report("20:30", "start")
    assert promises_at(log, "21:00", only=K.NEXT_REPORT)[0].due == jst("19 08:00")
    named = log.replace("text: A", f"text: A, next_report: {stamp('23:30')}")
    assert promises_at(named, "21:00", only=K.NEXT_REPORT)[0].due == jst("23:30")
    assert promises_at(incident(report("22:30", "start")), "22:31", only=K.NEXT_REPORT)[0].due == jst("23:30")


def test_unknown_recovery_owes_an_answer() -> None:
    """By the time that was named an estimate comes, or recovery; another 'unknown' before it moves the promise."""
    unknown = "recovery: {unknown: A, answer_by: "
    start = report("21:52", "start", f"{unknown}{stamp('22:30')}}}")
    assert life(incident(start), K.RECOVERY_ANSWER, "22:30", "22:31") == [[DUE], [MISSED]]
    answered = incident(start, report("22:30", "interim", f"recovery: {stamp('23:30')}"))
    assert life(answered, K.RECOVERY_ANSWER, "22:29", "22:30") == [[DUE], [MET]]
    moved = incident(start, report("22:10", "interim", f"{unknown}{stamp('23:10')}}}"))
    (promise,) = promises_at(moved, "22:31", only=K.RECOVERY_ANSWER)
    assert (promise.due, promise.moved_from) == (jst("23:10"), (jst("22:30"),))
    too_late = incident(start, report("22:40", "interim", f"{unknown}{stamp('23:10')}}}"))
    (promise,) = promises_at(too_late, "22:41", only=K.RECOVERY_ANSWER)
    assert (promise.due, promise.moved_to, promise.overdue(jst("22:41"))) == (jst("22:30"), jst("23:10"), True)


def test_completion_is_due_after_recovery() -> None:
    """24 hours after it was back, not after that was reported."""
    log = incident(START, BACK, report("19 22:31", "completion", TOLD))
    assert life(log, K.COMPLETION, "22:39", "22:40", "19 22:30", "19 22:31") == [[], [DUE], [DUE], [LATE]]
    kept = incident(START, BACK, report("19 22:30", "completion", TOLD))
    assert life(kept, K.COMPLETION, "19 22:30") == [[MET]]


def test_incomplete_completion_keeps_no_promise_until_the_rest_is_told() -> None:
    """A completion report without confirmation leaves the incident open; a later report earns the completion."""
    told = TOLD.replace("confirmed_by: A, ", "")
    log = incident(
        START, BACK, report("19 09:00", "completion", told), report("19 23:00", "follow_up", "confirmed_by: A")
    )
    before, after = state_at(log, "19 09:00"), state_at(log, "19 23:00")
    assert (before.phase, before.lacking, before.open) == (
        Phase.COMPLETION_INCOMPLETE,
        (Piece.CONFIRMATION,),
        True,
    )
    assert (after.phase, after.lacking) == (Phase.COMPLETED, ())
    assert life(log, K.COMPLETION, "19 09:00", "19 22:31", "19 23:00") == [[DUE], [MISSED], [LATE]]


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        (TOLD, []),
        (TOLD.replace(CAUSE + ", ", ""), ["cause"]),
        (TOLD.replace(", " + ACTION, ""), ["actions"]),
        (TOLD.replace("permanent", "interim"), ["type: permanent"]),
        (CAUSE, ["ended_at", "confirmed_by", "actions"]),
    ],
)
def test_what_a_completion_report_lacks(told: str, lacking: list[str]) -> None:
    """End, confirmation, cause, and an action against the cause: relief of the symptom is not enough."""
    state = state_at(incident(START, report("19 09:00", "completion", told)), "19 09:00")
    assert [piece.value for piece in state.lacking] == lacking
    assert state.phase is (Phase.COMPLETION_INCOMPLETE if lacking else Phase.COMPLETED)


def test_incident_without_impact_completes_with_its_end() -> None:
    """Where nobody was affected nobody is owed a cause."""
    log = incident(START, report("19 09:00", "completion", f"ended_at: {stamp('22:30')}")).replace("major\n", "none\n")
    assert state_at(log, "19 09:00").phase is Phase.COMPLETED


def test_pending_cause_keeps_the_final_report_owed() -> None:
    """An honest 'not yet' completes nothing: the incident stays open until the cause and its action are told."""
    pending = f"ended_at: {stamp('22:30')}, confirmed_by: A, cause: {{status: pending, answer_by: 2026-06-24}}"
    found = report("24 15:00", "follow_up", f"{CAUSE}, {ACTION}")
    log = incident(START, BACK, report("19 09:00", "completion", pending), found)
    assert [state_at(log, clock).phase for clock in ("19 09:00", "24 15:00")] == [
        Phase.FINAL_REPORT_PENDING,
        Phase.COMPLETED,
    ]
    assert life(log, K.COMPLETION, "19 09:00") == [[MET]]
    assert life(log, K.CAUSE, "19 09:00", "24 15:00") == [[DUE], [MET]]
    (cause,) = promises_at(log, "19 09:00", only=K.CAUSE)
    assert (cause.due, cause.moved_from) == (jst("25 00:00"), (jst("26 00:00"),))
    unfound = incident(START, BACK, report("19 09:00", "completion", pending))
    assert life(unfound, K.CAUSE, "24 23:59", "25 00:00", "25 00:01") == [[DUE], [DUE], [MISSED]]


def test_cause_without_an_action_against_it_does_not_answer() -> None:
    """Cause and corrective actions are one promise."""
    first = f"ended_at: {stamp('22:30')}, confirmed_by: A, {CAUSE}"
    log = incident(START, BACK, report("19 09:00", "completion", first), report("26 09:00", "follow_up", ACTION))
    assert life(log, K.CAUSE, "19 09:00", "26 09:00") == [[DUE], [LATE]]


def test_actions_are_due_and_their_effect_checked() -> None:
    """A day means its end in the site's zone; done on that day is on time though it was told later."""
    completion = report("19 09:00", "completion", TOLD)
    done = report("29 09:00", "follow_up", "actions: {a: {done: 2026-06-26}}")
    late = report("29 09:00", "follow_up", "actions: {a: {done: 2026-06-27}}")
    log = incident(START, BACK, completion, done)
    assert promises_at(log, "19 09:00", only=K.ACTION)[0].due == jst("27 00:00")
    assert life(log, K.ACTION, "27 00:00", "27 00:01", "29 09:00") == [[DUE], [MISSED], [MET]]
    assert life(incident(START, BACK, completion, late), K.ACTION, "29 09:00") == [[LATE]]
    assert life(log, K.EFFECT_CHECK, "08-01 00:00", "08-01 00:01") == [[DUE], [MISSED]]
    checked = report("07-31 09:00", "follow_up", "actions: {a: {effect_checked: 2026-07-30}}")
    settled = state_at(incident(START, BACK, completion, done, checked), "08-01 00:00")
    assert [promise.state(jst("08-01 00:00")) for promise in settled.promises if promise.about] == [MET, MET]
    assert settled.settled


def test_action_may_be_moved_before_its_time_but_not_after() -> None:
    """A new due time counts where it is named in time; named too late, it is shown and redeems nothing."""
    completion = report("19 09:00", "completion", TOLD)
    moves = {clock: report(clock, "follow_up", "actions: {a: {due: 2026-07-10}}") for clock in ("26 09:00", "29 09:00")}
    (moved,) = promises_at(incident(START, BACK, completion, moves["26 09:00"]), "30 09:00", only=K.ACTION)
    assert (moved.due, moved.moved_from, moved.overdue(jst("30 09:00"))) == (
        jst("07-11 00:00"),
        (jst("27 00:00"),),
        False,
    )
    (late,) = promises_at(incident(START, BACK, completion, moves["29 09:00"]), "30 09:00", only=K.ACTION)
    assert (late.due, late.moved_to, late.overdue(jst("30 09:00"))) == (jst("27 00:00"), jst("07-11 00:00"), True)


def test_dropped_action_is_owed_no_more() -> None:
    """Dropped in time it is forgiven; dropped when overdue it stays missed."""
    completion = report("19 09:00", "completion", TOLD)
    in_time = report("26 09:00", "follow_up", "actions: {a: {dropped: A}}")
    too_late = report("29 09:00", "follow_up", "actions: {a: {dropped: A}}")
    assert life(incident(START, BACK, completion, in_time), K.ACTION, "30 09:00") == [[]]
    assert life(incident(START, BACK, completion, too_late), K.ACTION, "30 09:00") == [[MISSED]]


def test_policy_of_the_time_holds() -> None:
    """A looser policy from July does not mend June, and holds from its day on."""
    settings = settings_of(POLICY, LOOSER)
    june = incident(report("22:11", "start"))
    july = june.replace("2026-06-18", "2026-07-01")
    assert life(june, K.FIRST_REPORT, "22:11", settings=settings) == [[LATE]]
    assert life(july, K.FIRST_REPORT, "07-01 22:11", settings=settings) == [[MET]]
    before = june.replace("2026-06-18", "2026-03-31")
    assert life(before, K.FIRST_REPORT, "03-31 22:11", settings=settings) == [[]]


def test_clients_have_promises_of_their_own() -> None:
    """What was promised to one client beyond the policy is owed to that client, beside what everybody is owed."""
    settings = settings_of(POLICY, clients=(CLIENT,))
    log = incident(report("22:00", "start"))
    (everyone, client) = promises_at(log, "22:00", settings=settings, only=K.FIRST_REPORT)
    assert (everyone.to, everyone.due, client.to, client.due) == (None, jst("22:10"), "a-sha", jst("21:55"))
    elsewhere = log.replace("{web: ", "{db: ")
    assert [each.to for each in promises_at(elsewhere, "22:00", settings=settings, only=K.FIRST_REPORT)] == [None]


def test_withdrawn_report_was_made() -> None:
    """A report that had to vanish keeps its time: it was the next one; what it said counts no more."""
    gone = f"  - {{kind: interim, at: {stamp('22:30')}, withdrawn: {{at: {stamp('22:35')}, reason: A}}}}\n"
    assert life(incident(START, gone), K.NEXT_REPORT, "23:40") == [[MET]]


def test_withdrawn_report_tells_nothing() -> None:
    """What a withdrawn report had told of the end has to be told again."""
    mark = f"withdrawn: {{at: {stamp('19 08:00')}, reason: A}}"
    gone = f"  - {{kind: interim, at: {stamp('22:40')}, confirmed_by: A, {mark}}}\n"
    told = TOLD.replace("confirmed_by: A, ", "")
    state = state_at(incident(START, gone, report("19 09:00", "completion", told)), "19 09:00")
    assert state.lacking == (Piece.CONFIRMATION,)


def test_imported_history_promises_nothing() -> None:
    """Nobody had made a promise there."""
    mark = f"imported: {{from: cstate, source: A, resolved_at: {stamp('23:00')}}}\n"
    assert promises_at(incident(START, opening=mark), "19 09:00") == []
    assert promises_at(work(NOTICE, opening=mark), "19 09:00", MAINTENANCE) == []


def test_notice_is_due_before_planned_work() -> None:
    """48 hours before the window; work that cannot wait owes none."""
    at_edge, too_late = (report(clock, "notice") for clock in ("16 21:00", "16 21:01"))
    assert life(work(at_edge), K.NOTICE, "16 21:00", kind=MAINTENANCE) == [[MET]]
    assert life(work(too_late), K.NOTICE, "16 21:01", kind=MAINTENANCE) == [[LATE]]
    assert life(work(), K.NOTICE, "16 21:00", "16 21:01", kind=MAINTENANCE) == [[DUE], [MISSED]]
    urgent = work(too_late, opening="emergency: {reason: A, approved_by: pm}\n")
    assert life(urgent, K.NOTICE, "18 09:00", kind=MAINTENANCE) == [[]]


def test_work_starts_and_ends_by_report_only() -> None:
    """The clock starts and ends nothing: both are overdue until a report tells them."""
    started = report("21:05", "start", f"started_at: {stamp('21:00')}")
    log = work(NOTICE, started, report("22:00", "completion", f"ended_at: {stamp('21:31')}"))
    assert life(log, K.START, "21:00", "21:01", "21:05", kind=MAINTENANCE) == [[DUE], [MISSED], [MET]]
    assert life(log, K.END, "21:30", "21:31", "22:00", kind=MAINTENANCE) == [[DUE], [MISSED], [LATE]]
    phases = [state_at(log, clock, MAINTENANCE).phase for clock in ("20:59", "21:00", "21:05", "21:30", "22:00")]
    assert phases == [
        Phase.PLANNED,
        Phase.START_AWAITED,
        Phase.IN_PROGRESS,
        Phase.COMPLETION_AWAITED,
        Phase.COMPLETED,
    ]


def test_overrunning_work_owes_interim_reports_from_the_planned_end() -> None:
    """60 minutes after the planned end the first is due, then 60 after each report, until the real end."""
    log = work(NOTICE, report("21:00", "start"), report("21:45"), report("23:00", "interim"))
    assert [each.due for each in promises_at(log, "23:00", MAINTENANCE, only=K.NEXT_REPORT)] == [
        jst("22:30"),
        jst("22:45"),
        jst("19 00:00"),
    ]
    assert life(log, K.NEXT_REPORT, "22:45", "22:46", "23:00", kind=MAINTENANCE) == [
        [MET, DUE],
        [MET, MISSED],
        [MET, LATE, DUE],
    ]
    punctual = work(NOTICE, report("21:00", "start"), report("21:35", "completion", f"ended_at: {stamp('21:30')}"))
    assert promises_at(punctual, "22:00", MAINTENANCE, only=K.NEXT_REPORT) == []


def test_report_within_the_planned_time_is_not_one_that_was_owed() -> None:
    """Interim reports are owed from the planned end on: one that comes before it is welcome, and keeps no promise."""
    log = work(NOTICE, report("21:00", "start"), report("21:15"))
    (promise,) = promises_at(log, "21:15", MAINTENANCE, only=K.NEXT_REPORT)
    assert (promise.due, promise.owed) == (jst("22:30"), True)


def test_completion_of_work_is_due_after_its_real_end() -> None:
    """One hour after it ended, which may be known before the completion report."""
    ended = report("21:40", "interim", f"ended_at: {stamp('21:30')}")
    log = work(NOTICE, report("21:00", "start"), ended, report("22:31", "completion"))
    assert life(log, K.COMPLETION, "22:30", "22:31", kind=MAINTENANCE) == [[DUE], [LATE]]
    assert state_at(log, "21:40", MAINTENANCE).phase is Phase.ENDED


def test_moved_work_is_promised_anew() -> None:
    """A notice before the planned start moves start and end, and is a notice of its own; one after it is too late."""
    window = f"window: {{from: {stamp('20 21:00')}, until: {stamp('20 21:30')}}}"
    in_time, too_late = (work(NOTICE, report(clock, "notice", window)) for clock in ("17 09:00", "21:10"))
    (start,) = promises_at(in_time, "20 09:00", MAINTENANCE, only=K.START)
    assert (start.due, start.moved_from) == (jst("20 21:00"), (jst("21:00"),))
    assert life(in_time, K.NOTICE, "17 09:00", kind=MAINTENANCE) == [[MET, MET]]
    (start,) = promises_at(too_late, "20 09:00", MAINTENANCE, only=K.START)
    assert (start.due, start.moved_to, start.overdue(jst("20 09:00"))) == (jst("21:00"), jst("20 21:00"), True)
    assert life(too_late, K.NOTICE, "21:10", kind=MAINTENANCE) == [[MET, LATE]]


def test_end_that_stays_where_it_was_has_not_moved() -> None:
    """A notice that moves the start alone moves no end."""
    window = f"window: {{from: {stamp('20:30')}, until: {stamp('21:30')}}}"
    log = work(NOTICE, report("17 09:00", "notice", window))
    kept = {each.kind: each.moved_from for each in promises_at(log, "20:00", MAINTENANCE)}
    assert (kept[K.START], kept[K.END]) == ((jst("21:00"),), ())


def test_work_that_is_called_off_owes_nothing() -> None:
    """Called off before its time it is forgiven; after its planned start, that start stays missed."""
    log, late = (work(NOTICE, report(clock, "notice", "cancelled: true")) for clock in ("17 09:00", "21:10"))
    assert [each.kind for each in promises_at(log, "19 09:00", MAINTENANCE)] == [K.NOTICE]
    assert life(late, K.START, "19 09:00", kind=MAINTENANCE) == [[MISSED]]
    assert state_at(late, "19 09:00", MAINTENANCE).settled


def test_commitment_is_owed_to_its_client() -> None:
    """Its start and end, and the reports that it names; a public one is owed to everybody."""
    start = report("19 10:00", "start", f"next_report: {stamp('19 11:00')}")
    log = slot(
        start, report("19 11:01"), report("19 12:40", "completion", f"ended_at: {stamp('19 12:25')}, outcome: late")
    )
    assert {each.to for each in promises_at(log, "19 13:00", COMMITMENT)} == {"a-sha"}
    assert life(log, K.START, "19 10:00", kind=COMMITMENT) == [[MET]]
    assert life(log, K.NEXT_REPORT, "19 11:00", "19 11:01", kind=COMMITMENT) == [[DUE], [LATE]]
    assert life(log, K.END, "19 12:00", "19 12:01", "19 12:40", kind=COMMITMENT) == [[DUE], [MISSED], [LATE]]
    public = log.replace("client: a-sha\n", "client: a-sha\nvisibility: public\n")
    assert {each.to for each in promises_at(public, "19 13:00", COMMITMENT)} == {None}


def test_broken_commitment_stays_broken() -> None:
    """What was not kept is missed for ever, and owed no more."""
    log = slot(report("19 09:00", "completion", "outcome: broken"))
    state = state_at(log, "19 09:00", COMMITMENT)
    assert [each.state(jst("19 09:00")) for each in state.promises] == [MISSED, MISSED]
    assert state.settled


def test_severity_lowered_with_the_recovery_loosens_nothing() -> None:
    """What was major when it came back is completed as major; lowered in an earlier report, the lower one holds."""
    back = report("22:40", "interim", f"severity: minor, recovered_at: {stamp('22:30')}")
    assert promises_at(incident(START, back), "22:40", only=K.COMPLETION)[0].due == jst("19 22:30")
    lowered = incident(START, report("22:00", "interim", "severity: minor"), BACK)
    assert promises_at(lowered, "22:40", only=K.COMPLETION)[0].due == jst("20 22:30")


def test_severity_of_the_time_makes_the_next_promise() -> None:
    """A report that changes the severity changes what is owed from then on."""
    log = incident(START, report("22:00", "interim", "severity: minor"))
    assert [each.due for each in promises_at(log, "22:00", only=K.NEXT_REPORT)] == [jst("22:52"), jst("19 08:00")]
