"""Risks: each trigger fires at the moment its condition comes true, and holds until that ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from noroshi.records.content import MatterKind, Settings
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience, visible_settings
from noroshi.snapshot.risks import Fired, by_matter, fired_risks
from noroshi.snapshot.site import take_snapshot
from watched_site import jst, site_settings, states_at

RISK = "- {{id: it, when: {{{trigger}: {value}}}, title: It happened, respond: Act, owner: pm}}\n"
INCIDENT, WORK, SLOT = MatterKind.INCIDENT, MatterKind.MAINTENANCE, MatterKind.COMMITMENT
MINUTE = timedelta(minutes=1)

UPGRADE = """\
title: Upgrade
components: {db: under_maintenance}
window: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T21:30+09:00}
reports:
  - {kind: notice, at: 2026-06-11T11:00+09:00, text: We upgrade.}
"""
STARTED = "  - {kind: start, at: 2026-06-18T21:00+09:00, text: We begin.}\n"
DOWN = """\
title: Down
severity: major
components: {web: major_outage}
started_at: 2026-06-18T21:40+09:00
reports:
  - {kind: start, at: 2026-06-18T21:52+09:00, text: It is down.}
"""
RELEASE = """\
title: Release
client: a-sha
from: 2026-06-19T10:00+09:00
until: 2026-06-19T12:00+09:00
needs: [web]
keep_clear: {before: 24h, after: 2h}
"""


def settings_for(trigger: str, value: str) -> Settings:
    return site_settings(RISK.format(trigger=trigger, value=value))


def at(hour: str, more: str) -> str:
    """A report of some kind, in one line."""
    return f"  - {{at: 2026-06-{hour[:2]}T{hour[3:]}+09:00, text: So it is, {more}}}\n"


COMPLETED = at(
    "19 09:00",
    "kind: completion, ended_at: 2026-06-18T23:00+09:00, confirmed_by: A look, cause: {status: confirmed, text: T}, "
    "actions: [{id: mend, what: Mend it, type: permanent, owner: pm, due: 2026-06-20}]",
)


def clock(moment: datetime | None) -> str | None:
    return moment and f"{moment + timedelta(hours=9):%d %H:%M}"


def told(fired: Sequence[Fired]) -> list[tuple[str | None, str | None, str | None]]:
    """When each fired, what it counted from, and until when it held."""
    return [(clock(each.at), clock(each.since), clock(each.until)) for each in fired]


def watch(trigger: str, value: str, when: str, *matters: tuple[MatterKind, str]) -> list[Fired]:
    """What had fired at a time; the matters are called a, b and so on."""
    settings = settings_for(trigger, value)
    named = [(kind, "abc"[place], text) for place, (kind, text) in enumerate(matters)]
    return list(fired_risks(settings, states_at(settings, named, when), jst(when)))


@pytest.mark.parametrize(
    ("more", "when", "expected"),
    [
        (STARTED, "21:44", []),
        (STARTED, "21:45", [("18 21:45", "18 21:30", None)]),
        ("", "21:45", [("18 21:45", "18 21:30", None)]),  # nobody said that it began, and nobody that it ended
        (STARTED + at("18 23:50", "kind: completion, ended_at: 2026-06-18T23:20+09:00"), "23:49",
         [("18 21:45", "18 21:30", None)]),
        (STARTED + at("18 23:50", "kind: completion, ended_at: 2026-06-18T23:20+09:00"), "23:50",
         [("18 21:45", "18 21:30", "18 23:20")]),
        (STARTED + at("18 21:50", "kind: completion, ended_at: 2026-06-18T21:44+09:00"), "22:00", []),
        (STARTED + at("18 21:50", "kind: completion, ended_at: 2026-06-18T21:45+09:00"), "22:00", []),
        (STARTED + at("18 21:50", "kind: completion, ended_at: 2026-06-18T21:46+09:00"), "22:00",
         [("18 21:45", "18 21:30", "18 21:46")]),
        (at("18 20:00", "kind: notice, cancelled: true"), "23:00", []),
        (at("18 21:50", "kind: notice, cancelled: true"), "23:00", [("18 21:45", "18 21:30", "18 21:50")]),
        (at("18 21:50", "kind: notice, cancelled: true") + at("18 22:30", "kind: correction, corrects: [2]"), "23:00",
         [("18 21:45", "18 21:30", "18 21:50")]),
        # Moved before its end the work has a new one; moved afterwards it has broken the one that was promised.
        (at("18 20:00", "kind: notice, window: {from: 2026-06-18T22:00+09:00, until: 2026-06-18T22:30+09:00}"),
         "22:44", []),
        (at("18 20:00", "kind: notice, window: {from: 2026-06-18T22:00+09:00, until: 2026-06-18T22:30+09:00}"),
         "22:45", [("18 22:45", "18 22:30", None)]),
        (STARTED
         + at("18 21:40", "kind: notice, window: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T22:30+09:00}"),
         "21:45", [("18 21:45", "18 21:30", None)]),
    ],
)  # fmt: skip
def test_work_past_its_window(more: str, when: str, expected: list[object]) -> None:
    """15 minutes past the planned end it fires, not a minute earlier, and holds until the real end."""
    assert told(watch("maintenance_overrun", "15m", when, (WORK, UPGRADE + more))) == expected


@pytest.mark.parametrize(
    ("more", "when", "expected"),
    [
        # The next report after 21:52 is due at 22:52, by policy.
        ("", "23:01", []),
        ("", "23:02", [("18 23:02", "18 22:52", None)]),
        (at("18 23:02", "kind: interim"), "23:10", []),
        (at("18 23:03", "kind: interim"), "23:10", [("18 23:02", "18 22:52", "18 23:03")]),
        (at("18 22:00", "kind: interim, next_report: 2026-06-18T22:20+09:00"), "22:29", []),
        (at("18 22:00", "kind: interim, next_report: 2026-06-18T22:20+09:00"), "22:30",
         [("18 22:30", "18 22:20", None)]),
        # An answer on the recovery and a report are two promises.
        (at("18 22:00", "kind: interim, next_report: 2026-06-18T22:20+09:00, "
                        "recovery: {unknown: Nobody knows, answer_by: 2026-06-18T22:21+09:00}"), "22:40",
         [("18 22:30", "18 22:20", None), ("18 22:31", "18 22:21", None)]),
        # The completion is owed 24 hours after the recovery, the cause five business days after.
        (at("18 22:00", "kind: interim, recovered_at: 2026-06-18T21:55+09:00"), "19 22:04", []),
        (at("18 22:00", "kind: interim, recovered_at: 2026-06-18T21:55+09:00"), "19 22:05",
         [("19 22:05", "19 21:55", None)]),
        (at("18 22:00", "kind: interim, recovered_at: 2026-06-18T21:55+09:00"), "26 00:10",
         [("19 22:05", "19 21:55", None), ("26 00:10", "26 00:00", None)]),
    ],
)  # fmt: skip
def test_a_late_report(more: str, when: str, expected: list[object]) -> None:
    """It fires so long after the due time, and holds until the report comes; in time by then, it does not fire."""
    assert told(watch("report_overdue", "10m", when, (INCIDENT, DOWN + more))) == expected


def test_a_late_action_is_no_late_report() -> None:
    """What has to be done, not said, fires nothing: nor does planned work that is late to begin."""
    text = DOWN + COMPLETED.replace("06-19T09:00", "06-18T22:50")
    late = UPGRADE.replace("21:00+", "23:00+").replace("21:30+", "23:30+")
    assert watch("report_overdue", "10m", "28 12:00", (INCIDENT, text)) == []
    assert watch("report_overdue", "10m", "18 23:29", (WORK, late)) == []


def test_one_report_promised_to_all_and_to_a_client_is_late_once() -> None:
    """A client's own terms with the same time do not make a second firing; with another time they do."""
    for period, times in (("60m", ["18 23:02"]), ("30m", ["18 22:32", "18 23:02"])):
        clients = f"- {{id: a-sha, name: A, components: [web], policy: {{major: {{every: {period}}}}}}}\n"
        settings = site_settings(RISK.format(trigger="report_overdue", value="10m"), clients=clients)
        states = states_at(settings, [(INCIDENT, "a", DOWN)], "23:30")
        assert len([promise for promise in states[0].promises if promise.owed]) == 2
        assert [clock(each.at) for each in fired_risks(settings, states, jst("23:30"))] == times


def test_business_days_of_the_site() -> None:
    """A period in business days is counted by the site's calendar: over a weekend here."""
    found = watch("report_overdue", "1bd", "30 12:00", (INCIDENT, DOWN + at("19 13:00", "kind: interim")))
    # Due on Thursday at 22:52 and kept the next day; the report owed since then, on Friday at 14:00, is not.
    assert told(found) == [("23 00:00", "19 14:00", None)]


@pytest.mark.parametrize(
    ("more", "when", "expected"),
    [
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00"), "23:14", []),
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00"), "23:15", [("18 23:15", "18 23:00", None)]),
        # A later estimate, said before that moment, takes its place; said later, it ends what had fired.
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 23:15", "kind: interim, recovery: 2026-06-19T01:00+09:00"), "23:30", []),
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 23:16", "kind: interim, recovery: 2026-06-19T01:00+09:00"), "23:30",
         [("18 23:15", "18 23:00", "18 23:16")]),
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 23:10", "kind: interim, recovery: {unknown: Nobody knows, answer_by: 2026-06-19T00:30+09:00}"),
         "23:30", []),
        # Back at 23:15 it was not down any more at that moment, whenever that was said.
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 23:40", "kind: interim, recovered_at: 2026-06-18T23:15+09:00"), "23:39",
         [("18 23:15", "18 23:00", None)]),
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 23:40", "kind: interim, recovered_at: 2026-06-18T23:15+09:00"), "23:40", []),
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 23:40", "kind: interim, recovered_at: 2026-06-18T23:16+09:00"), "23:40",
         [("18 23:15", "18 23:00", "18 23:16")]),
        # Back in time and down again later: that estimate was kept.
        (at("18 22:20", "kind: interim, recovery: 2026-06-18T23:00+09:00")
         + at("18 22:55", "kind: interim, recovered_at: 2026-06-18T22:50+09:00")
         + at("18 23:30", "kind: interim, components: {web: major_outage}"), "23:59", []),
    ],
)  # fmt: skip
def test_a_recovery_that_did_not_come(more: str, when: str, expected: list[object]) -> None:
    """It fires so long after the estimate while that is the last one and nothing is back."""
    assert told(watch("recovery_missed", "15m", when, (INCIDENT, DOWN + more))) == expected


@pytest.mark.parametrize(
    ("more", "when", "expected"),
    [
        ("", "19 01:39", []),
        ("", "19 01:40", [("19 01:40", "18 21:40", None)]),
        (at("19 02:00", "kind: interim, recovered_at: 2026-06-19T01:40+09:00"), "19 01:59",
         [("19 01:40", "18 21:40", None)]),
        (at("19 02:00", "kind: interim, recovered_at: 2026-06-19T01:40+09:00"), "19 02:00", []),
        (at("19 02:00", "kind: interim, recovered_at: 2026-06-19T01:41+09:00"), "19 02:00",
         [("19 01:40", "18 21:40", "19 01:41")]),
        # Waiting for the completion report is no outage.
        (at("18 22:30", "kind: interim, recovered_at: 2026-06-18T22:20+09:00"), "19 09:00", []),
    ],
)  # fmt: skip
def test_an_incident_that_lasts(more: str, when: str, expected: list[object]) -> None:
    """Four hours after the beginning it fires, unless it was back by then."""
    assert told(watch("open_longer_than", "4h", when, (INCIDENT, DOWN + more))) == expected
    assert watch("open_longer_than", "4h", when, (WORK, UPGRADE)) == []


@pytest.mark.parametrize(
    ("detected", "more", "when", "expected"),
    [
        ("{at: 2026-06-18T21:45+09:00, by: client}", "", "21:52", [("18 21:45", "18 21:45", None)]),
        ("{by: client}", "", "21:52", [("18 21:52", "18 21:52", None)]),
        ("{at: 2026-06-18T21:45+09:00, by: monitoring}", "", "21:52", []),
        ("{at: 2026-06-18T21:45+09:00, by: client}", COMPLETED, "19 08:59", [("18 21:45", "18 21:45", None)]),
        ("{at: 2026-06-18T21:45+09:00, by: client}", COMPLETED, "19 09:00", [("18 21:45", "18 21:45", "19 09:00")]),
    ],
)
def test_a_client_who_noticed_first(detected: str, more: str, when: str, expected: list[object]) -> None:
    """It fires when the client noticed, or with the first report, and holds until the incident is closed."""
    text = DOWN.replace("reports:", f"detected: {detected}\nreports:") + more
    assert told(watch("detected_by_client", "true", when, (INCIDENT, text))) == expected


@pytest.mark.parametrize(
    ("more", "when", "expected"),
    [
        ("", "21:52", [("18 21:52", "18 21:52", None)]),
        # The slot is kept clear already, so that only its recovery takes the threat away, once it is told.
        (at("18 22:00", "kind: interim, recovery: 2026-06-18T23:00+09:00"), "22:10",
         [("18 21:52", "18 21:52", None)]),
        (at("18 22:00", "kind: interim, recovered_at: 2026-06-18T21:59+09:00"), "22:10",
         [("18 21:52", "18 21:52", "18 22:00")]),
    ],
)  # fmt: skip
def test_a_threatened_commitment(more: str, when: str, expected: list[object]) -> None:
    """It fires when an open incident begins to reach into a commitment, and names both."""
    found = watch("commitment_threatened", "true", when, (INCIDENT, DOWN + more), (SLOT, RELEASE))
    assert told(found) == expected
    assert {(each.matter, each.commitment) for each in found} == {("a", "b")}
    assert list(by_matter(found)) == ["a", "b"]


def test_what_does_not_touch_the_commitment_does_not_threaten_it() -> None:
    """Another component, or a commitment next month."""
    other = DOWN.replace("{web: major_outage}", "{mail: major_outage}")
    later = RELEASE.replace("2026-06-19", "2026-07-19")
    for incident, slot in ((other, RELEASE), (DOWN, later)):
        assert watch("commitment_threatened", "true", "22:00", (INCIDENT, incident), (SLOT, slot)) == []


@pytest.mark.parametrize("trigger", ["detected_by_client", "commitment_threatened"])
def test_false_switches_a_trigger_off(trigger: str) -> None:
    """With ``false`` a trigger never fires."""
    text = DOWN.replace("reports:", "detected: {by: client}\nreports:")
    assert watch(trigger, "true", "22:00", (INCIDENT, text), (SLOT, RELEASE)) != []
    assert watch(trigger, "false", "22:00", (INCIDENT, text), (SLOT, RELEASE)) == []


def test_imported_history_fires_nothing() -> None:
    """What was decided here was not decided where the record was written."""
    for trigger in ("open_longer_than: 4h", "detected_by_client: true"):
        name, _, value = trigger.partition(": ")
        text = DOWN.replace("reports:", "detected: {by: client}\nreports:")
        imported = text.replace("title:", "imported: {from: cstate, source: x.md}\ntitle:")
        assert watch(name, value, "20 12:00", (INCIDENT, text)) != []
        assert watch(name, value, "20 12:00", (INCIDENT, imported)) == []


ALL = "".join(
    RISK.format(trigger=trigger, value=value).replace("id: it", f"id: {trigger.replace('_', '-')}")
    for trigger, value in (
        ("maintenance_overrun", "15m"), ("report_overdue", "10m"), ("recovery_missed", "15m"),
        ("open_longer_than", "1h"), ("detected_by_client", "true"), ("commitment_threatened", "true"),
    )
)  # fmt: skip
NIGHT = [
    (WORK, "upgrade", UPGRADE + STARTED),
    (INCIDENT, "down", DOWN.replace("reports:", "detected: {by: client}\nreports:")
     + at("18 22:20", "kind: interim, recovery: 2026-06-18T22:30+09:00, next_report: 2026-06-18T22:50+09:00")),
    (SLOT, "release", RELEASE),
]  # fmt: skip


def test_all_that_fired_in_one_night() -> None:
    """Oldest first, whatever the order of the records; each names the risk and the matter."""
    settings = site_settings(ALL)
    states = states_at(settings, NIGHT, "23:10")
    found = fired_risks(settings, states, jst("23:10"))
    assert [(clock(each.at), each.risk.id, each.matter) for each in found] == [
        ("18 21:45", "maintenance-overrun", "upgrade"),
        ("18 21:52", "commitment-threatened", "down"),
        ("18 21:52", "detected-by-client", "down"),
        ("18 22:40", "open-longer-than", "down"),
        ("18 22:40", "report-overdue", "upgrade"),
        ("18 22:45", "recovery-missed", "down"),
        ("18 23:00", "report-overdue", "down"),
    ]
    for order in permutations(states):
        assert fired_risks(settings, order, jst("23:10")) == found


def test_what_fired_stays_fired_as_time_passes() -> None:
    """A later look finds all that an earlier one found, with the same moments, if nothing more is written."""
    settings = site_settings(ALL)
    seen: set[tuple[object, ...]] = set()
    moment = jst("21:00")
    while moment < jst("19 03:00"):
        states = states_at(settings, NIGHT, f"{moment:%d %H:%M}")
        now = {each.order for each in fired_risks(settings, states, moment)}
        assert all(order[0] <= moment for order in now)
        assert now >= seen, moment
        seen = now
        moment += 5 * MINUTE


@pytest.mark.parametrize(("audience", "shown"), [(INTERNAL, True), (PUBLIC, False), (Audience(word="a-sha"), False)])
def test_only_the_house_knows_of_risks(audience: Audience, shown: bool) -> None:
    """A snapshot for the public or for a client holds none."""
    settings = site_settings(ALL)
    states = states_at(settings, NIGHT, "23:10")
    snapshot = take_snapshot(visible_settings(settings, audience), states, jst("23:10"))
    assert bool(snapshot.fired) is shown
