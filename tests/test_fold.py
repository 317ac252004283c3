"""The fold: opening facts and the reports up to a time make the state at that time, and nothing else does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noroshi.decode import decode
from noroshi.problems import Place
from noroshi.records.choices import ComponentLevel
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.matters import Incident
from noroshi.records.site import Site
from noroshi.snapshot import fold as folding
from noroshi.snapshot.fold import until
from noroshi.snapshot.matter.completion import Piece
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import Phase, State
from noroshi.yamlsource import read_document

SITE = Site.model_validate(
    {
        "format": "1",
        "id": {"tag": "example.com", "since": "2026-01-01"},
        "name": "Status",
        "url": "https://example.com/",
        "timezone": "Asia/Tokyo",
        "languages": ["ja"],
    }
)
TERMS = Terms(Settings(site=SITE))


def fold(entry: Entry, now: datetime) -> State:
    """The state of a matter of a site without policy."""
    return folding.fold(entry, now, TERMS, lambda *steps: Place(path=entry.path))


STORY = Path(__file__).parent / "faults" / "passes-example-story"


def jst(clock: str) -> datetime:
    """A time on 18 June 2026 in Japan, or on the day that is written before it: ``19 09:30``."""
    day, _, hour = clock.rpartition(" ")
    return datetime.fromisoformat(f"2026-{day if '-' in day else f'06-{day or 18}'}T{hour}+09:00")


def entry_of(kind: MatterKind, text: str) -> Entry:
    document, problems = read_document("content/x.yaml", text.encode())
    assert document is not None, problems
    record, problems = decode(document, RECORD_TYPES[kind], None)
    assert record is not None, problems
    return Entry(id="x", kind=kind, path="content/x.yaml", record=record)


def told(kind: MatterKind) -> Entry:
    """The record of the example story, told to its end."""
    return entry_of(kind, next((STORY / kind).rglob("*.yaml")).read_text("utf-8"))


def state_at(entry: Entry, clock: str) -> State:
    moment = jst(clock)
    standing = until(entry, moment)
    assert standing is not None
    return fold(standing, moment)


def test_agreements_that_were_given_later_are_left_out() -> None:
    """What was agreed to at ten was not agreed to before; an entry of which nothing is left out is the same one."""
    entry = told(MatterKind.MAINTENANCE)
    given = entry.record.agreements[0].at
    for before, count in ((timedelta(seconds=1), 0), (timedelta(0), 1)):
        alone = replace(entry, record=entry.record.model_copy(update={"reports": ()}))
        standing = until(alone, given - before)
        assert standing is not None
        assert len(standing.record.agreements) == len(fold(standing, given - before).consents) == count
        assert (standing is alone) is (count == 1)
    assert until(entry, entry.record.reports[-1].at) is entry


def impacts(state: State) -> list[tuple[str, str, str, str | None]]:
    def clock(moment: datetime | None) -> str | None:
        return moment and f"{moment + timedelta(hours=9):%H:%M}"

    return [(each.component, each.level.value, clock(each.start), clock(each.end)) for each in state.impacts]


COMPLETE = "ended_at: 2026-06-18T22:50+09:00, confirmed_by: A look, cause: {status: confirmed, text: The disk was full}"
DOWN = [("staging-web", "major_outage", "21:40", None), ("staging-db", "major_outage", "21:40", None)]
BACK = [("staging-web", "major_outage", "21:40", "23:20"), ("staging-db", "major_outage", "21:40", "23:20")]


@pytest.mark.parametrize(
    ("clock", "phase", "number", "recovered", "ended", "estimates", "harm"),
    [
        ("21:52", Phase.ONGOING, 1, None, None, [None], DOWN),
        ("22:19", Phase.ONGOING, 1, None, None, [None], DOWN),
        ("22:20", Phase.ONGOING, 2, None, None, [None, "23:30"], DOWN),
        ("23:23", Phase.ONGOING, 2, None, None, [None, "23:30"], DOWN),
        ("23:24", Phase.RECOVERED, 3, "23:20", None, [None, "23:30"], BACK),
        ("19 09:29", Phase.RECOVERED, 3, "23:20", None, [None, "23:30"], BACK),
        ("19 09:30", Phase.COMPLETED, 4, "23:20", "23:20", [None, "23:30"], BACK),
        ("19 11:00", Phase.COMPLETED, 5, "23:20", "23:20", [None, "23:30"], BACK),
        ("07-31 10:00", Phase.COMPLETED, 7, "23:20", "23:20", [None, "23:30"], BACK),
    ],
)
def test_incident_before_and_after_each_report(
    clock: str,
    phase: Phase,
    number: int,
    recovered: str | None,
    ended: str | None,
    estimates: list[str | None],
    harm: list[tuple[str, str, str, str | None]],
) -> None:
    """Each report changes what it says, from its minute on, and leaves the rest."""
    state = state_at(told(MatterKind.INCIDENT), clock)
    assert state.phase is phase
    assert [mark.number for mark in state.reports] == list(range(1, number + 1))
    assert state.severity == "major"
    assert state.began_at == state.started_at == jst("21:40")
    assert state.recovered_at == (recovered and jst(recovered))
    assert state.ended_at == (ended and jst(ended))
    assert [each.expected for each in state.estimates] == [when and jst(when) for when in estimates]
    assert impacts(state) == harm


def test_incident_has_nothing_to_show_before_its_first_report() -> None:
    """What nobody had said yet is not on a page that shows an earlier time."""
    assert until(told(MatterKind.INCIDENT), jst("21:51")) is None


@pytest.mark.parametrize(
    ("clock", "settled"),
    [
        ("19 09:29", False),
        ("19 09:30", False),
        ("26 16:59", False),
        ("26 17:00", False),
        ("07-31 09:59", False),
        ("07-31 10:00", True),
    ],
)
def test_incident_is_settled_when_every_action_is_done_and_checked(clock: str, settled: bool) -> None:
    """Neither the completion report nor the actions done end what is owed, only their effect checked."""
    assert state_at(told(MatterKind.INCIDENT), clock).settled is settled


def test_incident_says_what_an_unknown_recovery_promised() -> None:
    """An estimate that is unknown keeps by when it will be known, beside the later ones."""
    first, second = state_at(told(MatterKind.INCIDENT), "22:20").estimates
    assert (first.number, first.said_at, first.answer_by) == (1, jst("21:52"), jst("22:30"))
    assert (second.number, second.said_at, second.answer_by) == (2, jst("22:20"), None)


START = "title: A\nreports:\n  - {kind: start, at: 2026-06-18T21:52+09:00, text: A}\n"


def report(clock: str, words: str, kind: str = "interim") -> str:
    return f"  - {{kind: {kind}, at: {jst(clock).isoformat()}, text: A, {words}}}\n"


def incident(*lines: str, opening: str = "components: {web: major_outage, db: partial_outage}\n") -> Entry:
    return entry_of(MatterKind.INCIDENT, opening + START + "".join(lines))


def test_recovery_without_components_ends_every_impact() -> None:
    """Who reports the recovery at 22 o'clock need not list what is back."""
    state = state_at(incident(report("22:30", "recovered_at: 2026-06-18T22:20+09:00")), "22:30")
    assert state.phase is Phase.RECOVERED
    assert impacts(state) == [("web", "major_outage", "21:52", "22:20"), ("db", "partial_outage", "21:52", "22:20")]


def test_recovery_may_leave_a_component_degraded() -> None:
    """A component that the recovery names is as it says; the others are back."""
    told_so = report("22:30", "recovered_at: 2026-06-18T22:20+09:00, components: {db: degraded_performance}")
    assert impacts(state_at(incident(told_so), "22:30")) == [
        ("web", "major_outage", "21:52", "22:20"),
        ("db", "partial_outage", "21:52", "22:20"),
        ("db", "degraded_performance", "22:20", None),
    ]


def test_components_get_worse_and_better_and_new_ones_come() -> None:
    """Impacts follow the reports' own times, component by component in the order of their mention."""
    entry = incident(
        report("22:00", "components: {db: major_outage, mail: degraded_performance}"),
        report("22:10", "components: {db: operational}"),
        report("22:20", "components: {db: under_maintenance}"),
    )
    assert impacts(state_at(entry, "22:20")) == [
        ("web", "major_outage", "21:52", None),
        ("db", "partial_outage", "21:52", "22:00"),
        ("db", "major_outage", "22:00", "22:10"),
        ("db", "under_maintenance", "22:20", None),
        ("mail", "degraded_performance", "22:00", None),
    ]
    assert state_at(entry, "22:20").components == ("web", "db", "mail")


def test_saying_the_same_level_again_makes_no_new_impact() -> None:
    """Repeating what is known is one impact, not two."""
    entry = incident(report("22:00", "components: {web: major_outage}"))
    assert impacts(state_at(entry, "22:00"))[0] == ("web", "major_outage", "21:52", None)


def test_severity_changes_with_the_report_that_says_so() -> None:
    """Severity is the last one said; without a word it is minor."""
    entry = incident(
        report("22:00", "severity: critical"), report("22:10", "workaround: B"), report("22:20", "severity: none")
    )
    assert [state_at(entry, clock).severity for clock in ("21:59", "22:00", "22:10", "22:20")] == [
        "minor",
        "critical",
        "critical",
        "none",
    ]


def test_start_that_is_found_later_moves_the_impacts() -> None:
    """A start that a later report tells is the start, and the components were down since."""
    entry = incident(report("22:00", "started_at: 2026-06-18T21:30+09:00"))
    before, after = state_at(entry, "21:59"), state_at(entry, "22:00")
    assert (before.started_at, before.began_at) == (None, jst("21:52"))
    assert (after.started_at, after.began_at) == (jst("21:30"), jst("21:30"))
    assert impacts(after)[0] == ("web", "major_outage", "21:30", None)


def test_unknown_start_is_ordered_by_detection() -> None:
    """Without a start an incident stands where it was noticed, and says no start."""
    opening = "components: {web: major_outage}\ndetected: {at: 2026-06-18T21:45+09:00, by: client}\n"
    state = state_at(incident(opening=opening), "21:52")
    assert (state.started_at, state.began_at, state.detected_by) == (None, jst("21:45"), "client")


def test_cause_that_a_report_names_is_the_cause() -> None:
    """What caused it may become known with a report."""
    entry = incident(report("22:00", "caused_by: other"))
    assert [state_at(entry, clock).caused_by for clock in ("21:59", "22:00")] == [None, "other"]


def test_pending_cause_keeps_a_completed_incident_from_being_settled() -> None:
    """A cause that is still owed can be overdue one day, so time can change the page."""
    pending = report(
        "23:00",
        "ended_at: 2026-06-18T22:50+09:00, confirmed_by: A look, cause: {status: pending, answer_by: 2026-06-25}",
        "completion",
    )
    action = "{id: a, what: A, type: permanent, owner: pm, due: 2026-06-26}"
    found = report("25 10:00", f"cause: {{status: confirmed, text: Disk}}, actions: [{action}]", "follow_up")
    done = report("26 10:00", "actions: {a: {done: 2026-06-25}}", "follow_up")
    told = [state_at(incident(pending, found, done), clock) for clock in ("23:00", "25 10:00", "26 10:00")]
    assert [state.phase for state in told] == [Phase.FINAL_REPORT_PENDING, Phase.COMPLETED, Phase.COMPLETED]
    assert [state.settled for state in told] == [False, False, True]


def test_dropped_action_is_owed_no_more() -> None:
    """An action that will not be done after all, and says why, is settled."""
    action = "{id: a, what: A, type: permanent, owner: pm, due: 2026-06-26, check_effect_by: 2026-07-31}"
    entry = incident(
        report("23:00", f"{COMPLETE}, actions: [{action}]", "completion"),
        report("25 10:00", "actions: {a: {dropped: The system is gone}}", "follow_up"),
    )
    assert [state_at(entry, clock).settled for clock in ("23:00", "25 10:00")] == [False, True]


def test_completion_alone_ends_what_nobody_said_had_recovered() -> None:
    """An end without a recovery is the recovery too, and the impacts end there."""
    state = state_at(incident(report("23:00", "ended_at: 2026-06-18T22:50+09:00", "completion")), "23:00")
    assert (state.recovered_at, state.ended_at) == (jst("22:50"), jst("22:50"))
    assert (state.phase, state.lacking) == (Phase.COMPLETION_INCOMPLETE, (Piece.CONFIRMATION, Piece.CAUSE))
    assert impacts(state) == [("web", "major_outage", "21:52", "22:50"), ("db", "partial_outage", "21:52", "22:50")]


def withdrawn(clock: str, kind: str) -> str:
    return (
        f"  - {{kind: {kind}, at: {jst(clock).isoformat()}, recovered_at: {jst(clock).isoformat()}, "
        f"severity: critical, withdrawn: {{at: {jst('22:40').isoformat()}, reason: Secret}}}}\n"
    )


def test_withdrawn_report_keeps_its_number_and_changes_nothing() -> None:
    """What was taken back is counted and says nothing any more."""
    state = state_at(incident(withdrawn("22:00", "interim"), report("22:50", "workaround: A")), "23:00")
    assert [(mark.number, mark.kind) for mark in state.reports] == [(1, "start"), (2, "interim"), (3, "interim")]
    assert (state.phase, state.severity, state.recovered_at) == (Phase.ONGOING, "minor", None)


def test_editing_and_withdrawing_count_as_updates() -> None:
    """Readers' programs see that something was mended or taken back."""
    edited = incident(report("22:00", "edited: {at: 2026-06-18T22:15+09:00, note: 誤字}"))
    assert state_at(edited, "22:20").updated_at == jst("22:15")
    assert state_at(incident(withdrawn("22:00", "interim")), "23:00").updated_at == jst("22:40")


IMPORTED = "imported: {from: cstate, source: a.md, resolved_at: 2026-06-18T23:00+09:00}\n"


def test_imported_incident_is_closed_as_its_source_closed_it() -> None:
    """An imported record without a completion report is closed, settled, and over when its source says so."""
    state = state_at(incident(opening="components: {web: major_outage}\n" + IMPORTED), "23:30")
    assert (state.phase, state.ended_at, state.settled, state.imported) == (Phase.CLOSED, jst("23:00"), True, True)
    assert impacts(state) == [("web", "major_outage", "21:52", "23:00")]


def test_imported_incident_that_ends_before_it_starts_harms_nobody() -> None:
    """A contradiction of the source makes no impact that runs backwards."""
    state = state_at(
        incident(opening="components: {web: major_outage}\n" + IMPORTED.replace("23:00", "20:00")), "23:30"
    )
    assert (state.phase, state.ended_at, state.impacts) == (Phase.CLOSED, jst("20:00"), ())


def test_imported_incident_without_resolution_stays_open() -> None:
    """What its source left open is open."""
    opening = "components: {web: major_outage}\nimported: {from: cstate, source: a.md}\n"
    state = state_at(incident(opening=opening), "23:30")
    assert (state.phase, state.settled) == (Phase.ONGOING, False)


@pytest.mark.parametrize(
    ("clock", "phase", "estimates", "harm"),
    [
        ("11 11:00", Phase.PLANNED, [], []),
        ("20:59", Phase.PLANNED, [], []),
        ("21:00", Phase.IN_PROGRESS, [], [("staging-db", "under_maintenance", "21:00", None)]),
        ("21:29", Phase.IN_PROGRESS, [], [("staging-db", "under_maintenance", "21:00", None)]),
        ("21:30", Phase.COMPLETION_AWAITED, [], [("staging-db", "under_maintenance", "21:00", None)]),
        ("22:40", Phase.COMPLETION_AWAITED, ["23:30"], [("staging-db", "under_maintenance", "21:00", None)]),
        ("23:49", Phase.COMPLETION_AWAITED, ["23:30"], [("staging-db", "under_maintenance", "21:00", None)]),
        ("23:50", Phase.COMPLETED, ["23:30"], [("staging-db", "under_maintenance", "21:00", "23:20")]),
    ],
)
def test_maintenance_before_and_after_each_report(
    clock: str, phase: Phase, estimates: list[str], harm: list[tuple[str, str, str, str | None]]
) -> None:
    """Reports begin and end work; the clock only makes a report awaited."""
    state = state_at(told(MatterKind.MAINTENANCE), clock)
    assert state.phase is phase
    assert [each.expected for each in state.estimates] == [jst(when) for when in estimates]
    assert [each for each in impacts(state) if each[0] == "staging-db"] == harm
    assert state.severity is None
    assert state.window is not None
    assert (state.window.start, state.window.end) == (jst("21:00"), jst("21:30"))
    assert (state.ended_at, state.result) == (
        (jst("23:20"), "rolled_back") if phase is Phase.COMPLETED else (None, None)
    )
    assert state.settled is (phase is Phase.COMPLETED)


WINDOW = "{from: 2026-06-18T21:00+09:00, until: 2026-06-18T21:30+09:00}"
WORK = f"title: A\ncomponents: {{db: under_maintenance}}\nwindow: {WINDOW}\n"


def work(*lines: str, opening: str = WORK) -> Entry:
    return entry_of(MatterKind.MAINTENANCE, opening + "reports:\n" + "".join(lines) if lines else opening)


NOTICE = report("11 11:00", "by: infra", "notice")


def test_planned_start_that_passes_in_silence_awaits_its_report() -> None:
    """The clock starts nothing: components stay as they are until somebody says that work has begun."""
    state = state_at(work(NOTICE), "22:00")
    assert (state.phase, state.started_at, state.impacts) == (Phase.START_AWAITED, None, ())
    assert state.components == ("db",)


def test_work_without_any_report_is_planned() -> None:
    """Planned work may stand in the calendar before its notice."""
    assert fold(work(), jst("20:00")).phase is Phase.PLANNED


def test_notice_moves_the_window_and_the_old_one_stays_visible() -> None:
    """The last window holds from the notice on."""
    moved = report("12 11:00", "window: {from: 2026-06-20T21:00+09:00, until: 2026-06-20T21:30+09:00}", "notice")
    entry = work(NOTICE, moved)
    before, after = state_at(entry, "12 10:59"), state_at(entry, "21:00")
    assert before.window is not None
    assert after.window is not None
    assert (before.window.start, before.moved_from) == (jst("21:00"), ())
    assert (after.window.start, after.began_at) == (jst("20 21:00"), jst("20 21:00"))
    assert [span.start for span in after.moved_from] == [jst("21:00")]
    assert after.phase is Phase.PLANNED
    assert state_at(entry, "20 21:00").phase is Phase.START_AWAITED


def test_cancelled_work_is_over_and_harms_nothing() -> None:
    """Work that was called off is neither ahead nor owed."""
    entry = work(NOTICE, report("17 11:00", "cancelled: true", "notice"))
    assert state_at(entry, "17 10:59").phase is Phase.PLANNED
    state = state_at(entry, "21:10")
    assert (state.phase, state.settled, state.impacts, state.open) == (Phase.CANCELLED, True, (), False)


def test_real_start_is_the_one_that_was_told() -> None:
    """Work that began later than planned harms from its real start."""
    entry = work(NOTICE, report("21:12", "started_at: 2026-06-18T21:10+09:00", "start"))
    assert impacts(state_at(entry, "21:12")) == [("db", "under_maintenance", "21:10", None)]


def test_work_that_has_ended_awaits_its_completion_report() -> None:
    """An end that an interim report tells ends the impact, and is no completion."""
    entry = work(report("21:00", "by: infra", "start"), report("21:25", "ended_at: 2026-06-18T21:20+09:00"))
    state = state_at(entry, "21:25")
    assert not state.phase.over
    assert state.phase is not Phase.IN_PROGRESS
    assert impacts(state) == [("db", "under_maintenance", "21:00", "21:20")]


@pytest.mark.parametrize(
    ("clock", "phase", "estimates", "outcome"),
    [
        ("19 10:00", Phase.IN_PROGRESS, [], None),
        ("19 10:59", Phase.IN_PROGRESS, [], None),
        ("19 11:00", Phase.IN_PROGRESS, ["19 12:30"], None),
        ("19 12:00", Phase.COMPLETION_AWAITED, ["19 12:30"], None),
        ("19 12:39", Phase.COMPLETION_AWAITED, ["19 12:30"], None),
        ("19 12:40", Phase.COMPLETED, ["19 12:30"], "late"),
    ],
)
def test_commitment_before_and_after_each_report(
    clock: str, phase: Phase, estimates: list[str], outcome: str | None
) -> None:
    """A commitment is told of like work, and says what became of it."""
    state = state_at(told(MatterKind.COMMITMENT), clock)
    assert (state.phase, state.outcome) == (phase, outcome)
    assert [each.expected for each in state.estimates] == [jst(when) for when in estimates]
    assert (state.components, state.impacts) == (("staging-web",), ())
    assert state.ended_at == (jst("19 12:25") if phase is Phase.COMPLETED else None)


def test_commitment_ahead_and_awaited() -> None:
    """Without a report a commitment is ahead, and awaited once its time has come."""
    text = "title: A\nclient: a\nfrom: 2026-06-19T10:00+09:00\nuntil: 2026-06-19T12:00+09:00\n"
    entry = entry_of(MatterKind.COMMITMENT, text)
    assert [fold(entry, jst(clock)).phase for clock in ("19 09:59", "19 10:00")] == [Phase.PLANNED, Phase.START_AWAITED]


MINUTES = st.integers(0, 600).map(lambda minutes: jst("21:52") + timedelta(minutes=minutes))
LEVELS = st.sampled_from(["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"])
COMPONENTS = st.dictionaries(st.sampled_from(["web", "db", "mail"]), LEVELS, max_size=3)


def flow(levels: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {level}" for name, level in levels.items()) + "}"


@st.composite
def histories(draw: st.DrawFn) -> Entry:
    """An incident with reports in the order of their times that change anything at any time."""
    lines = []
    for at in sorted(draw(st.lists(MINUTES, max_size=6))):
        words = f"components: {flow(draw(COMPONENTS))}"
        for key in ("started_at", "recovered_at", "ended_at"):
            if draw(st.integers(0, 3)) == 0:
                words += f", {key}: {(at - timedelta(minutes=draw(st.integers(0, 300)))).isoformat()}"
        if draw(st.booleans()):
            words += f", severity: {draw(st.sampled_from(['none', 'minor', 'major', 'critical']))}"
        kind = draw(st.sampled_from(["interim", "interim", "completion", "correction", "follow_up"]))
        offset = draw(st.sampled_from([0, 9, -5]))
        local = at.astimezone(UTC).astimezone(datetime.fromisoformat(f"2026-01-01T00:00{offset:+03}:00").tzinfo)
        lines.append(f"  - {{kind: {kind}, at: {local.isoformat()}, text: A, {words}}}\n")
    return incident(*lines, opening=f"components: {flow(draw(COMPONENTS))}\n")


@given(entry=histories(), moment=MINUTES, later=COMPONENTS)
@settings(max_examples=200, deadline=None)
def test_a_later_report_changes_no_earlier_time(entry: Entry, moment: datetime, later: dict[str, str]) -> None:
    """The past stays as it was: what a page showed at a time is what it shows of that time for ever."""
    extra = incident(report("20 10:00", f"components: {flow(later)}, severity: critical", "completion")).record.reports[
        -1
    ]
    grown = replace(entry, record=entry.record.model_copy(update={"reports": (*entry.record.reports, extra)}))
    before, after = until(entry, moment), until(grown, moment)
    assert before is not None
    assert after is not None
    assert fold(before, moment) == fold(after, moment)


@given(entry=histories(), moment=MINUTES)
@settings(max_examples=300, deadline=None)
def test_impacts_are_ordered_and_never_overlap(entry: Entry, moment: datetime) -> None:
    """A component is one way at a time: bars and uptime can add the impacts up."""
    standing = until(entry, moment)
    assert standing is not None
    state = fold(standing, moment)
    for component in state.components:
        own = [each for each in state.impacts if each.component == component]
        for each in own:
            assert each.end is None or each.start < each.end
            assert each.level != "operational"
        for one, next_ in pairwise(own):
            assert one.end is not None
            assert one.end <= next_.start
    order = [state.components.index(each.component) for each in state.impacts]
    assert order == sorted(order)
    assert set(state.components) >= {each.component for each in state.impacts}


@given(entry=histories(), moment=MINUTES)
@settings(max_examples=150, deadline=None)
def test_an_offset_is_only_a_way_of_writing(entry: Entry, moment: datetime) -> None:
    """Times in a state are in UTC, whatever offsets stand in the file, so no clock change can reach them."""
    standing = until(entry, moment)
    assert standing is not None
    state = fold(standing, moment)
    times = [state.began_at, state.started_at, state.recovered_at, state.ended_at, state.updated_at]
    times += [each.start for each in state.impacts] + [each.end for each in state.impacts]
    times += [mark.at for mark in state.reports]
    assert {time.tzinfo for time in times if time is not None} == {UTC}


def test_imported_record_that_ends_before_it_starts_has_no_end_and_no_lasting_impact() -> None:
    """A stale end copied by the source is no end: the record is closed, and nothing stays down because of it."""
    data = {
        "title": "Down",
        "components": {"web": "major_outage"},
        "started_at": "2021-09-23T10:01+00:00",
        "reports": [{"kind": "start", "at": "2021-09-23T10:01+00:00", "text": "Down."}],
        "imported": {"from": "cstate", "source": "a.md", "resolved_at": "2021-09-20T13:00+00:00"},
    }
    state = fold(
        Entry(id="a", kind=MatterKind.INCIDENT, path="a", record=Incident.model_validate(data, context={})),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert state.phase is Phase.CLOSED
    assert state.ended_at is None
    assert state.impacts == ()


def test_interim_report_that_it_is_down_again_takes_recovery_back() -> None:
    """A relapse after recovery opens the incident again, with the component down from that report on."""
    data = {
        "title": "Down",
        "components": {"web": "major_outage"},
        "started_at": "2026-01-01T10:00+00:00",
        "reports": [
            {"kind": "start", "at": "2026-01-01T10:01+00:00", "text": "Down."},
            {
                "kind": "interim",
                "at": "2026-01-01T11:01+00:00",
                "text": "Up.",
                "recovered_at": "2026-01-01T11:00+00:00",
            },
            {
                "kind": "interim",
                "at": "2026-01-01T12:00+00:00",
                "text": "Again.",
                "components": {"web": "partial_outage"},
            },
        ],
    }
    state = fold(
        Entry(id="a", kind=MatterKind.INCIDENT, path="a", record=Incident.model_validate(data, context={})),
        datetime(2026, 1, 2, tzinfo=UTC),
    )
    assert state.phase is Phase.ONGOING
    assert state.recovered_at is None
    assert [(impact.start.hour, impact.end and impact.end.hour) for impact in state.impacts] == [(10, 11), (12, None)]


FALSE_END = {
    "title": "Down",
    "components": {"web": "major_outage", "api": "partial_outage"},
    "started_at": "2026-01-01T10:00+00:00",
    "reports": [
        {"kind": "start", "at": "2026-01-01T10:01+00:00", "text": "Down."},
        {
            "kind": "interim",
            "at": "2026-01-01T11:01+00:00",
            "text": "Up.",
            "recovered_at": "2026-01-01T11:00+00:00",
            "components": {"api": "degraded_performance"},
        },
    ],
}


def corrected(*reports: dict[str, object]) -> State:
    """The incident whose recovery was told wrongly, with these reports behind."""
    data = FALSE_END | {"reports": [*FALSE_END["reports"], *reports]}
    record = Incident.model_validate(data, context={})
    return fold(Entry(id="a", kind=MatterKind.INCIDENT, path="a", record=record), datetime(2026, 1, 2, tzinfo=UTC))


def hours(state: State) -> list[tuple[str, str, int, int | None]]:
    """Its impacts: the component, how it was, and from which hour to which."""
    return [(each.component, each.level.value, each.start.hour, each.end and each.end.hour) for each in state.impacts]


@pytest.mark.parametrize(
    "told",
    [{"components": {"web": "major_outage"}}, {"recovery": "2026-01-01T14:00+00:00"}],
    ids=["how it is", "when it will be back"],
)
def test_a_correction_takes_back_that_it_was_back(told) -> None:
    """It never was: the outage lasts on without a gap, and nothing of that report counts."""
    state = corrected({"kind": "correction", "at": "2026-01-01T12:00+00:00", "corrects": ["2"], "text": "No.", **told})
    assert (state.phase, state.recovered_at, state.ended_at) == (Phase.ONGOING, None, None)
    assert hours(state) == [("web", "major_outage", 10, None), ("api", "partial_outage", 10, None)]


def test_a_correction_of_another_report_takes_no_recovery_back() -> None:
    """What the start report left out is told later, and it is back all the same."""
    state = corrected(
        {"kind": "correction", "at": "2026-01-01T12:00+00:00", "corrects": ["1"], "text": "The API too.",
         "recovery": "2026-01-01T13:00+00:00"}
    )  # fmt: skip
    assert (state.phase, state.recovered_at and state.recovered_at.hour) == (Phase.RECOVERED, 11)


def test_a_recovery_that_is_dated_anew_was_at_that_time() -> None:
    """The outage lasts until the time that the last correction names, and what else was told then is told then."""
    later = {"kind": "correction", "at": "2026-01-01T15:00+00:00", "corrects": ["2"], "text": "Later."}
    state = corrected(later | {"recovered_at": "2026-01-01T12:00+00:00"})
    assert state.recovered_at is not None
    assert state.recovered_at.hour == 12
    assert hours(state) == [
        ("web", "major_outage", 10, 12), ("api", "partial_outage", 10, 12), ("api", "degraded_performance", 12, None),
    ]  # fmt: skip
    again = {"kind": "correction", "at": "2026-01-01T16:00+00:00", "corrects": ["3"], "text": "Later still."}
    state = corrected(
        later | {"recovered_at": "2026-01-01T12:00+00:00"}, again | {"recovered_at": "2026-01-01T13:00+00:00"}
    )
    assert hours(state)[:2] == [("web", "major_outage", 10, 13), ("api", "partial_outage", 10, 13)]


def test_what_relapsed_has_no_end_until_one_is_told() -> None:
    """A completion report on what was down again lacks its end."""
    completion = {
        "kind": "completion", "at": "2026-01-01T20:00+00:00", "text": "Done.", "confirmed_by": "Monitoring",
        "cause": {"status": "confirmed", "text": "Full disk"},
        "actions": [{"id": "a", "what": "Check", "type": "permanent", "owner": "infra", "due": "2026-02-01"}],
    }  # fmt: skip
    again = {"kind": "correction", "at": "2026-01-01T12:00+00:00", "corrects": ["2"], "text": "No.",
             "components": {"web": "major_outage"}}  # fmt: skip
    assert corrected(completion).phase is Phase.COMPLETED
    state = corrected(again, completion)
    assert (state.phase, state.lacking) == (Phase.COMPLETION_INCOMPLETE, (Piece.END,))


def test_a_completion_that_was_none_is_taken_back() -> None:
    """A correction of the completion report that says how it is opens it again, until another completes it."""
    completion = {
        "kind": "completion", "at": "2026-01-01T12:00+00:00", "text": "Done.", "ended_at": "2026-01-01T11:00+00:00",
        "confirmed_by": "Monitoring", "cause": {"status": "confirmed", "text": "Full disk"},
        "actions": [{"id": "a", "what": "Check", "type": "permanent", "owner": "infra", "due": "2026-02-01"}],
    }  # fmt: skip
    false = {"kind": "correction", "at": "2026-01-01T13:00+00:00", "corrects": ["2", "3"], "text": "It is not over.",
             "components": {"web": "major_outage"}}  # fmt: skip
    assert corrected(completion).phase is Phase.COMPLETED
    assert (corrected(completion, false).phase, hours(corrected(completion, false))[0]) == (
        Phase.ONGOING,
        ("web", "major_outage", 10, None),
    )
    done = completion | {"at": "2026-01-01T20:00+00:00", "ended_at": "2026-01-01T19:00+00:00", "actions": []}
    state = corrected(completion, false, done)
    assert (state.phase, state.ended_at and state.ended_at.hour) == (Phase.COMPLETED, 19)


def moment(hour: str) -> str:
    """A time of that day."""
    return f"2026-01-01T{hour}+00:00"


def said_at(
    kind: str, at: str, *, corrects: tuple[int, ...] = (), back: str = "", over: str = "", web: str = ""
) -> dict:
    """A report of that day."""
    return {
        "kind": kind,
        "at": moment(at),
        "text": "x",
        **({"corrects": [str(number) for number in corrects]} if corrects else {}),
        **({"recovered_at": moment(back)} if back else {}),
        **({"ended_at": moment(over)} if over else {}),
        **({"components": {"web": web}} if web else {}),
    }


RELAPSED = (said_at("interim", "11:01", back="11:00"), said_at("interim", "12:00", web="major_outage"))
AGAIN = (*RELAPSED, said_at("interim", "13:01", back="13:00"))
DENIED = (
    said_at("interim", "11:01", back="11:00"),
    said_at("correction", "12:00", corrects=(2,), web="partial_outage"),
)
DONE = said_at("completion", "13:05", over="13:00")


@pytest.mark.parametrize(
    ("reports", "phase", "back", "impacts"),
    [
        pytest.param(
            (*RELAPSED, said_at("correction", "12:30", corrects=(2,), back="10:50")),
            Phase.ONGOING, None, ["10:00-10:50", "12:00-"], id="an earlier recovery dated anew ends no later outage",
        ),
        pytest.param(
            (*AGAIN, said_at("correction", "14:00", corrects=(2,), back="10:50")),
            Phase.RECOVERED, "13:00", ["10:00-10:50", "12:00-13:00"], id="nor does it date the later recovery",
        ),
        pytest.param(
            (*AGAIN, said_at("correction", "14:00", corrects=(2,), web="partial_outage")),
            Phase.RECOVERED, "13:00", ["10:00-11:00", "11:00-12:00 partial", "12:00-13:00"],
            id="an earlier recovery taken back opens nothing again",
        ),
        pytest.param(
            (*DENIED, said_at("correction", "13:00", corrects=(3,), back="11:05")),
            Phase.RECOVERED, "11:05", ["10:00-11:05"], id="a denial that is corrected is none",
        ),
        pytest.param(
            (*DENIED, said_at("correction", "13:00", corrects=(2,), back="11:05")),
            Phase.RECOVERED, "11:05", ["10:00-11:05"], id="nor one whose recovery is told again",
        ),
        pytest.param(
            (*DENIED, said_at("correction", "13:00", corrects=(2, 3), back="11:00"),
             said_at("correction", "14:00", corrects=(4,), web="major_outage")),
            Phase.ONGOING, None, ["10:00-"], id="what was told again is taken back through the correction",
        ),
        pytest.param(
            (*RELAPSED, DONE, said_at("correction", "14:00", corrects=(2,), web="major_outage")),
            Phase.COMPLETION_INCOMPLETE, "13:00", ["10:00-13:00"], id="a completion's own end stands",
        ),
        pytest.param(
            (RELAPSED[0], said_at("completion", "11:30"),
             said_at("correction", "12:00", corrects=(2,), web="major_outage")),
            Phase.ONGOING, None, ["10:00-"], id="a completion of what never ended is none",
        ),
        pytest.param(
            (RELAPSED[0], DONE, said_at("correction", "14:00", corrects=(3,), over="13:10"),
             said_at("correction", "15:00", corrects=(2, 4), web="major_outage")),
            Phase.ONGOING, None, ["10:00-"], id="a completion is taken back through its correction",
        ),
    ],
)  # fmt: skip
def test_a_correction_acts_on_the_end_that_it_names(reports, phase, back, impacts) -> None:
    """On that one, and on no other; and what the components were never contradicts it."""
    data = {
        "title": "Down", "components": {"web": "major_outage"}, "started_at": moment("10:00"),
        "reports": [said_at("start", "10:01"), *reports],
    }  # fmt: skip
    record = Incident.model_validate(data, context={})
    state = fold(Entry(id="a", kind=MatterKind.INCIDENT, path="a", record=record), datetime(2026, 1, 2, tzinfo=UTC))
    assert (state.phase, state.recovered_at and f"{state.recovered_at:%H:%M}") == (phase, back)
    said = [
        f"{each.start:%H:%M}-{f'{each.end:%H:%M}' if each.end else ''}"
        + (" partial" if each.level is ComponentLevel.PARTIAL_OUTAGE else "")
        for each in state.impacts
    ]
    assert said == impacts


def test_many_corrections_of_each_other_end() -> None:
    """Each corrects all that came before: what they speak of is found once for each."""
    reports = [said_at("start", "10:01"), said_at("interim", "11:01", back="11:00")]
    for number in range(11, 60):
        reports.append(said_at("correction", f"12:{number}", corrects=tuple(range(2, number - 8)), back=f"11:{number}"))
    data = {"title": "Down", "components": {"web": "major_outage"}, "started_at": moment("10:00"), "reports": reports}
    record = Incident.model_validate(data, context={})
    state = fold(Entry(id="a", kind=MatterKind.INCIDENT, path="a", record=record), datetime(2026, 1, 2, tzinfo=UTC))
    assert state.recovered_at == datetime(2026, 1, 1, 11, 59, tzinfo=UTC)
