"""The calendars that readers subscribe to: exact bytes, and events that keep their names while their times move."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

import naughty_site
from calendar_sites import (
    Record,
    at,
    calendar_files,
    event_lines,
    incident,
    read_events,
    report,
    slot,
    unfolded,
    value,
    work,
    write_site,
)
from noroshi import urls
from noroshi.calendars.event import Horizon
from noroshi.calendars.reading import read_calendar
from noroshi.pipeline.printing.calendar_files import plan_calendars
from noroshi.pipeline.printing.plan import Keys
from noroshi.records.site import Identity
from noroshi.snapshot.audience import PUBLIC, Audience
from noroshi.writers.calendar import agenda
from page_bodies import load_site

ROOT = Path(__file__).parent.parent
UID = "upgrade.2026-04-01@status.example.com"
DOWN = "down.{}.2026-04-01@status.example.com"
ALL = "calendars/all.ics"

NOTICE = report("notice", "11T11:00", "Half an hour, **no more**; see you.")
MOVED = report("notice", "15T10:00", "Moved.", window={"from": at("20T21:00"), "until": at("20T22:00")})
CANCELLED = report("notice", "16T10:00", "Called off.", cancelled=True)

GOLDEN = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Noroshi//Noroshi//EN
CALSCALE:GREGORIAN
NAME:Status: Maintenance and promised reports
X-WR-CALNAME:Status: Maintenance and promised reports
DESCRIPTION:When work is planned\, and by when reports and corrective actio
 ns are promised. What moves is moved here\; what is called off stays\, mar
 ked so.
X-WR-CALDESC:When work is planned\, and by when reports and corrective acti
 ons are promised. What moves is moved here\; what is called off stays\, ma
 rked so.
X-WR-TIMEZONE:Asia/Tokyo
LAST-MODIFIED:20260618T125200Z
REFRESH-INTERVAL;VALUE=DURATION:PT15M
X-PUBLISHED-TTL:PT15M
SOURCE;VALUE=URI:https://status.example.com/calendars/all.ics
URL:https://status.example.com/
BEGIN:VEVENT
UID:upgrade.2026-04-01@status.example.com
DTSTAMP:20260611T020000Z
LAST-MODIFIED:20260611T020000Z
SEQUENCE:1
DTSTART:20260618T120000Z
DTEND:20260618T123000Z
SUMMARY:Maintenance: Upgrade
DESCRIPTION:State: Planned\nPlanned time: Thu 18 June 2026\, 21:00 – 21:3
 0\nAffected: Database\nReason: End of support\nAll times are in JST (UTC+0
 9:00).\n\nNotice: Thu 11 June 2026\, 11:00\nHalf an hour\, no more\; see y
 ou.\n\nhttps://status.example.com/maintenance/upgrade/
STATUS:CONFIRMED
TRANSP:OPAQUE
CATEGORIES:Maintenance
COLOR:royalblue
URL:https://status.example.com/maintenance/upgrade/
ORGANIZER;CN="Status":mailto:noc@example.com
X-MAINTNOTE-PROVIDER:status.example.com
X-MAINTNOTE-ACCOUNT:public
X-MAINTNOTE-MAINTENANCE-ID:upgrade
X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:db
X-MAINTNOTE-IMPACT:OUTAGE
X-MAINTNOTE-STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:down.next_report.2026-04-01@status.example.com
DTSTAMP:20260618T125200Z
LAST-MODIFIED:20260618T125200Z
SEQUENCE:1
DTSTART:20260618T135200Z
DTEND:20260618T140700Z
SUMMARY:[Due] Next report: Site down
DESCRIPTION:Incident: Site down\nDue Thu 18 June 2026\, 22:52 (by our polic
 y of Wed 1 April 2026)\nAll times are in JST (UTC+09:00).\n\nhttps://statu
 s.example.com/incidents/down/
STATUS:CONFIRMED
TRANSP:TRANSPARENT
CATEGORIES:Promises,Next report
COLOR:darkorange
URL:https://status.example.com/incidents/down/
CONTACT:noc@example.com
END:VEVENT
END:VCALENDAR
"""


def all_of(root: Path, **more: Any) -> bytes:
    return calendar_files(root, **more)[ALL]


def test_a_calendar_byte_for_byte(tmp_path: Path) -> None:
    """Work ahead and a report that is due, with all that is told of them, in lines of 75 octets ended by CR LF."""
    write_site(
        tmp_path,
        maintenance={"upgrade": work(NOTICE, reason="End of support")},
        incidents={"down": incident(report("start", "18T21:52"), title="Site down")},
        contacts={"public": "mailto:noc@example.com?subject=status"},
    )
    assert all_of(tmp_path, as_of="2026-06-18T21:55") == GOLDEN.replace("\n", "\r\n").encode()


STEPS = [
    (NOTICE, "20260618T120000Z", "20260618T123000Z", "CONFIRMED"),
    (MOVED, "20260620T120000Z", "20260620T130000Z", "CONFIRMED"),
    (report("start", "20T21:07"), "20260620T120700Z", "20260620T130000Z", "IN-PROCESS"),
    (report("interim", "20T22:05", expected=at("20T23:00")), "20260620T120700Z", "20260620T140000Z", "IN-PROCESS"),
    (report("interim", "20T22:40", ended_at=at("20T22:35")), "20260620T120700Z", "20260620T133500Z", "COMPLETED"),
    (report("completion", "20T23:00", result="partial"), "20260620T120700Z", "20260620T133500Z", "COMPLETED"),
]
"""Reports on planned work, and what its event says after each: from when until when, and how it stands."""


def test_an_event_lives_through_its_reports(tmp_path: Path) -> None:
    """The name stays; the time follows the plan, then what happened; each report raises the sequence."""
    reports = [step[0] for step in STEPS]
    write_site(tmp_path, maintenance={"upgrade": work(*reports)})
    for number, (made, *said) in enumerate(STEPS, 1):
        lines = event_lines(all_of(tmp_path, as_of=made["at"].removesuffix("+09:00")), UID)
        assert [value(lines, name) for name in ("DTSTART", "DTEND", "X-MAINTNOTE-STATUS")] == said
        title = "[Overrunning] Maintenance: Upgrade" if number == 4 else "Maintenance: Upgrade"
        assert [value(lines, name) for name in ("SUMMARY", "STATUS")] == [title, "CONFIRMED"]
        assert value(lines, "SEQUENCE") == str(number)
        changed = datetime.fromisoformat(made["at"]).astimezone(UTC)
        assert value(lines, "LAST-MODIFIED") == value(lines, "DTSTAMP") == f"{changed:%Y%m%dT%H%M%SZ}"


OVERRUN = [
    (report("start", "18T21:00"), "18T12:30", False),
    (report("interim", "18T21:30"), "18T12:30", False),
    (report("interim", "18T21:45"), "18T12:45", True),
    (report("interim", "18T22:10", next_report=at("18T22:25")), "18T13:25", True),
    (report("interim", "18T22:40", expected=at("18T23:30")), "18T14:30", True),
    (report("interim", "18T23:35"), "18T14:35", True),
    (report("notice", "19T00:30", expected=at("19T01:00")), "18T16:00", True),
    (report("completion", "19T00:50", ended_at=at("19T00:40"), result="done"), "18T15:40", False),
]
"""Reports on work planned until 21:30; until when its event is after each, in UTC, and whether it overruns then."""


def test_what_overruns_does_not_look_over(tmp_path: Path) -> None:
    """While no later end is told, it lasts until the next report that is promised, else until the newest one."""
    write_site(tmp_path, maintenance={"upgrade": work(NOTICE, *(step[0] for step in OVERRUN))})
    sequences = []
    for made, end, overrunning in OVERRUN:
        files = calendar_files(tmp_path, as_of=made["at"].removesuffix("+09:00"))
        lines = event_lines(files[ALL], UID)
        assert value(lines, "DTEND") == f"202606{end.replace(':', '')}00Z"
        assert value(lines, "SUMMARY") == f"{'[Overrunning] ' if overrunning else ''}Maintenance: Upgrade"
        guessed = overrunning and "expected" not in made
        assert ("No later end has been told" in value(lines, "DESCRIPTION")) is guessed
        sequences.append(int(value(lines, "SEQUENCE")))
        title = value(event_lines(files["ja/calendars/all.ics"], UID), "SUMMARY")
        assert title == f"{'【延長中】' if overrunning else ''}作業：Upgrade"
    assert sequences == sorted(set(sequences)), "each report raises it"


def test_what_overruns_lasts_until_the_report_that_policy_promises(tmp_path: Path) -> None:
    """Where no report names the next one; what began late is given as long as was planned before it overruns."""
    late = work(NOTICE, report("start", "18T21:40"), report("interim", "18T22:05"), report("interim", "18T22:15"))
    policy = [{"from": "2026-04-01", "maintenance": {"every": "60m"}}]
    write_site(tmp_path, maintenance={"upgrade": late})
    (tmp_path / "content/policy.yaml").write_text(json.dumps(policy), encoding="utf-8")
    told = []
    for moment in ("22:05", "22:15"):
        lines = event_lines(all_of(tmp_path, as_of=f"2026-06-18T{moment}"), UID)
        told.append((value(lines, "DTEND"), value(lines, "SUMMARY")))
    assert told == [
        ("20260618T131000Z", "Maintenance: Upgrade"),
        ("20260618T141500Z", "[Overrunning] Maintenance: Upgrade"),
    ]


def test_what_is_called_off_stays_and_says_so(tmp_path: Path) -> None:
    """Programs that show no STATUS show it in the title; nobody's time is taken, and nothing will be affected."""
    write_site(tmp_path, maintenance={"upgrade": work(NOTICE, MOVED, CANCELLED)})
    files = calendar_files(tmp_path)
    lines = event_lines(files[ALL], UID)
    said = {name: value(lines, name) for name in ("DTSTART", "SUMMARY", "STATUS", "TRANSP", "SEQUENCE")}
    assert said == {
        "DTSTART": "20260620T120000Z",
        "SUMMARY": "[Cancelled] Maintenance: Upgrade",
        "STATUS": "CANCELLED",
        "TRANSP": "TRANSPARENT",
        "SEQUENCE": "3",
    }
    assert (value(lines, "X-MAINTNOTE-STATUS"), value(lines, "X-MAINTNOTE-IMPACT")) == ("CANCELLED", "NO-IMPACT")
    assert value(event_lines(files["ja/calendars/all.ics"], UID), "SUMMARY") == "【中止】作業：Upgrade"


def test_mending_and_withdrawing_raise_the_sequence(tmp_path: Path) -> None:
    """What is changed in place, after the last report, is a change of the event too."""
    edited = {**NOTICE, "edited": {"at": at("12T09:00"), "note": "A slip"}}
    write_site(tmp_path / "mended", maintenance={"upgrade": work(edited)})
    lines = event_lines(all_of(tmp_path / "mended"), UID)
    assert (value(lines, "SEQUENCE"), value(lines, "LAST-MODIFIED")) == ("2", "20260612T000000Z")
    gone = {"kind": "notice", "at": MOVED["at"], "withdrawn": {"at": at("17T09:00"), "reason": "A secret"}}
    write_site(tmp_path / "moved", maintenance={"upgrade": work(NOTICE, MOVED)})
    write_site(tmp_path / "withdrawn", maintenance={"upgrade": work(NOTICE, gone)})
    before, after = (event_lines(all_of(tmp_path / name), UID) for name in ("moved", "withdrawn"))
    assert (value(before, "SEQUENCE"), value(before, "DTSTART")) == ("2", "20260620T120000Z")
    assert (value(after, "SEQUENCE"), value(after, "DTSTART")) == ("3", "20260618T120000Z")


PROMISES = [
    report("start", "18T21:52", recovery={"unknown": "Disk", "answer_by": at("18T22:30")}),
    report("interim", "18T22:20", recovery=at("18T23:30"), next_report=at("18T22:50")),
    report("interim", "18T23:24", recovered_at=at("18T23:20"), components={"web": "operational"}),
    report(
        "completion", "19T09:30", ended_at=at("18T23:20"), confirmed_by="A look", lasting_effects="None",
        cause={"status": "confirmed", "text": "Full disk"},
        actions=[
            {"id": "check", "what": "Look first", "type": "permanent", "owner": "infra", "due": "2026-06-26"},
            {"id": "more", "what": "Buy more", "type": "permanent", "owner": "infra", "due": "2026-06-30"},
        ],
    ),
    report("follow_up", "22T10:00", actions={"check": {"due": "2026-06-28"}}),
    report("follow_up", "25T10:00", actions={"check": {"done": "2026-06-25"}, "more": {"dropped": "Not needed"}}),
]  # fmt: skip


def test_a_promise_keeps_its_name_while_its_time_moves(tmp_path: Path) -> None:
    """One next report follows the other in one event; what is kept says so, at the time it was promised for."""
    write_site(tmp_path, incidents={"down": incident(*PROMISES)})
    told: list[dict[str, tuple[str, str, str]]] = []
    for step in PROMISES:
        data = all_of(tmp_path, as_of=step["at"].removesuffix("+09:00"))
        told.append({})
        for uid in read_events(data):
            lines = event_lines(data, uid)
            start = next(line.partition(":")[2] for line in lines if line.startswith("DTSTART"))
            kind = uid.removeprefix("down.").removesuffix(".2026-04-01@status.example.com")
            told[-1][kind] = (start, value(lines, "SUMMARY"), value(lines, "STATUS"))
    due, done = "[Due] {}: Down", "[Done] {}: Down"
    assert [each.get("next_report") for each in told] == [
        ("20260618T135200Z", due.format("Next report"), "CONFIRMED"),
        ("20260618T135000Z", due.format("Next report"), "CONFIRMED"),
        *[("20260618T135000Z", "[Done late] Next report: Down", "CONFIRMED")] * 4,
    ]
    assert [each.get("recovery_answer") for each in told] == [
        ("20260618T133000Z", due.format("Recovery estimate"), "CONFIRMED"),
        *[("20260618T133000Z", done.format("Recovery estimate"), "CONFIRMED")] * 5,
    ]
    assert [each.get("completion") for each in told] == [
        None,
        None,
        ("20260619T142000Z", due.format("Completion report"), "CONFIRMED"),
        *[("20260619T142000Z", done.format("Completion report"), "CONFIRMED")] * 3,
    ]
    assert [each.get("action.check") for each in told[3:]] == [
        ("20260626", "[Due] Corrective action: Look first", "CONFIRMED"),
        ("20260628", "[Due] Corrective action: Look first", "CONFIRMED"),
        ("20260628", "[Done] Corrective action: Look first", "CONFIRMED"),
    ]
    assert [each.get("action.more") for each in told[4:]] == [
        ("20260630", "[Due] Corrective action: Buy more", "CONFIRMED"),
        ("20260630", "[Dropped] Corrective action: Buy more", "CANCELLED"),
    ]
    assert {kind for each in told for kind in each} == {
        "next_report", "recovery_answer", "completion", "action.check", "action.more"
    }  # fmt: skip


def test_what_was_kept_late_says_so(tmp_path: Path) -> None:
    """On time to the minute is on time; a minute later is late, in the title too."""
    for minute, title in (("52", "[Done] {}: Down"), ("53", "[Done late] {}: Down")):
        reports = [
            report("start", "18T21:52"),
            report("interim", f"18T22:{minute}", recovered_at=at(f"18T22:{minute}")),
        ]
        write_site(tmp_path / minute, incidents={"down": incident(*reports)})
        lines = event_lines(all_of(tmp_path / minute, as_of="2026-06-18T23:00"), DOWN.format("next_report"))
        assert value(lines, "SUMMARY") == title.format("Next report")
    japanese = calendar_files(tmp_path / "53", as_of="2026-06-18T23:00")["ja/calendars/all.ics"]
    assert value(event_lines(japanese, DOWN.format("next_report")), "SUMMARY") == "【遅れて済】次の報告：Down"


def test_a_promise_takes_nobodys_time(tmp_path: Path) -> None:
    """A due time is a quarter of an hour that begins with it, a due day that whole day; neither makes anyone busy."""
    write_site(tmp_path, incidents={"down": incident(*PROMISES[:4])})
    events = read_events(all_of(tmp_path))
    completion, action = events[DOWN.format("completion")], events[DOWN.format("action.check")]
    assert completion["DTEND"].dt - completion["DTSTART"].dt == timedelta(minutes=15)
    assert (action["DTSTART"].dt, action["DTEND"].dt) == (date(2026, 6, 26), date(2026, 6, 27))
    assert {str(event["TRANSP"]) for event in events.values()} == {"TRANSPARENT"}
    assert str(action["URL"]) == "https://status.example.com/incidents/down/#action-check"


def test_what_was_never_kept_says_so(tmp_path: Path) -> None:
    """Recovered again while the completion report was overdue: it was not kept, and another is owed."""
    reports = [
        report("interim", "18T22:30", recovered_at=at("18T22:20")),
        report("interim", "20T09:00", components={"web": "major_outage"}),
    ]
    write_site(tmp_path, incidents={"down": incident(report("start", "18T21:52"), *reports)})
    events = read_events(all_of(tmp_path))
    assert str(events[DOWN.format("completion")]["SUMMARY"]) == "[Not kept] Completion report: Down"


def test_a_promise_that_was_kept_at_once_is_no_event(tmp_path: Path) -> None:
    """Recovery and completion in one report: nobody ever waited for the completion report."""
    last = {**PROMISES[3], "recovered_at": at("18T23:20")}
    write_site(tmp_path, incidents={"down": incident(PROMISES[0], last)})
    assert DOWN.format("completion") not in read_events(all_of(tmp_path))


def test_noroshi_reads_what_it_writes(tmp_path: Path) -> None:
    """A house that takes another's calendar as one of times to keep clear of: work counts, what is due does not."""
    called_off = work(NOTICE, CANCELLED)
    write_site(
        tmp_path,
        maintenance={"upgrade": work(NOTICE, MOVED), "off": called_off},
        incidents={"down": incident(*PROMISES)},
    )
    horizon = Horizon(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2027, 1, 1, tzinfo=UTC))
    events, problems = read_calendar("x.ics", all_of(tmp_path), horizon, ZoneInfo("Asia/Tokyo"))
    assert problems == ()
    assert [(each.uid, each.start, each.end) for each in events] == [
        (UID, datetime(2026, 6, 20, 12, tzinfo=UTC), datetime(2026, 6, 20, 13, tzinfo=UTC))
    ]


@pytest.mark.parametrize("audience", ["public", "a-sha", "internal"])
def test_commitments_are_in_the_calendars_of_those_who_may_see_them(tmp_path: Path, audience: str) -> None:
    """A client's slot is in their own calendar and the house's, a public one in everybody's."""
    write_site(
        tmp_path,
        commitments={"release": slot(), "fair": slot(visibility="public"), "secret": slot(visibility="internal")},
    )
    files = calendar_files(tmp_path, audience=Audience(word=audience))
    seen = {uid.partition(".")[0] for uid in read_events(files[ALL])}
    assert seen == {
        "public": {"fair"},
        "a-sha": {"fair", "release"},
        "internal": {"fair", "release", "secret"},
    }[audience]  # fmt: skip
    marked = {"public": "", "a-sha": "[Edition for Company A] ", "internal": "[Internal edition] "}[audience]
    assert value(unfolded(files[ALL]), "NAME") == f"{marked}Status: Maintenance and promised reports"


def test_a_commitment_lives_too(tmp_path: Path) -> None:
    """Without a report it stands from the beginning; a report moves it, and one that leaves its time open says so."""
    window = {"from": at("20T10:00"), "until": at("20T11:00")}
    reports = [
        report("notice", "18T10:00", window=window),
        report("start", "20T10:00"),
        report("interim", "20T10:50", expected=at("20T12:00"), next_report=at("20T11:30")),
        report("completion", "20T12:10", outcome="moved"),
        report("correction", "20T13:00", outcome="broken", corrects=[4]),
    ]
    write_site(tmp_path, commitments={"release": slot(*reports)})
    uid = "release.2026-04-01@status.example.com"
    told = []
    for moment in ("2026-06-17T10:00", *(each["at"].removesuffix("+09:00") for each in reports)):
        data = all_of(tmp_path, as_of=moment, audience=Audience(word="a-sha"))
        lines = event_lines(data, uid)
        told.append([value(lines, name) for name in ("SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS")])
    named = "Commitment: Release"
    assert told == [
        ["0", "20260619T010000Z", "20260619T030000Z", named, "CONFIRMED"],
        ["1", "20260620T010000Z", "20260620T020000Z", named, "CONFIRMED"],
        ["2", "20260620T010000Z", "20260620T020000Z", named, "CONFIRMED"],
        ["3", "20260620T010000Z", "20260620T030000Z", named, "CONFIRMED"],
        ["4", "20260620T010000Z", "20260620T020000Z", f"[New time to be told] {named}", "TENTATIVE"],
        ["5", "20260620T010000Z", "20260620T020000Z", f"[Not kept] {named}", "CANCELLED"],
    ]
    events = read_events(all_of(tmp_path, as_of="2026-06-20T11:00", audience=Audience(word="a-sha")))
    owed = events["release.next_report+a-sha.2026-04-01@status.example.com"]
    assert str(owed["SUMMARY"]) == "[Due] Next report (Company A): Release"
    assert not any(line.startswith("X-MAINTNOTE") for line in lines)


def test_impacts_are_those_of_the_standard(tmp_path: Path) -> None:
    """Each component has its own impact, the work the worst; where none is named, an outage of all there is."""
    levels = {"a": "operational", "b": "degraded_performance", "c": "partial_outage", "d": "under_maintenance"}
    worse = report("interim", "18T21:20", components={"b": "major_outage"})
    records = {
        "calm": work(NOTICE, components={"a": "operational"}),
        "slow": work(NOTICE, components={"a": "operational", "b": "degraded_performance"}),
        "many": work(NOTICE, report("start", "18T21:00"), worse, components=levels),
        "none": work(NOTICE, components={}),
        "off": work(NOTICE, CANCELLED, components={}),
    }
    write_site(tmp_path, maintenance=records)
    (tmp_path / "content/clients.yaml").write_text("[]")
    (tmp_path / "content/components.yaml").write_text("\n".join(f"- {{id: {each}, name: {each}}}" for each in "abcd"))
    data = all_of(tmp_path)
    said = {
        name: [line.removeprefix("X-MAINTNOTE-") for line in event_lines(data, uid) if "IMPACT" in line]
        for name in records
        for uid in [UID.replace("upgrade", name)]
    }
    object_id = "OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT="
    assert said == {
        "calm": [f"{object_id}NO-IMPACT:a", "IMPACT:NO-IMPACT"],
        "slow": [f"{object_id}NO-IMPACT:a", f"{object_id}DEGRADED:b", "IMPACT:DEGRADED"],
        "many": [
            f"{object_id}NO-IMPACT:a", f"{object_id}OUTAGE:b", f"{object_id}OUTAGE:c", f"{object_id}OUTAGE:d",
            "IMPACT:OUTAGE",
        ],
        "none": [f"{object_id}OUTAGE:status.example.com", "IMPACT:OUTAGE"],
        "off": [f"{object_id}NO-IMPACT:status.example.com", "IMPACT:NO-IMPACT"],
    }  # fmt: skip


def test_the_clock_alone_changes_no_calendar(tmp_path: Path) -> None:
    """Hour after hour without a report, every calendar stays as it is, byte for byte."""
    write_site(
        tmp_path,
        maintenance={"upgrade": work(NOTICE), "begun": work(NOTICE, report("start", "18T21:00"))},
        incidents={"down": incident(PROMISES[0])},
        commitments={"release": slot()},
    )
    for audience in (PUBLIC, Audience(word="internal")):
        times = ("2026-06-18T22:00", "2026-06-18T22:45", "2026-06-19T11:00", "2026-06-20T00:00", "2028-01-01T00:00")
        builds = [calendar_files(tmp_path, now=now, audience=audience) for now in times]
        assert all(build == builds[0] for build in builds)


def on(day: str, *later: Record, **more: Any) -> Record:
    """Planned work of one evening, announced on its morning."""
    window = {"from": f"{day}T21:00+09:00", "until": f"{day}T22:00+09:00"}
    return work({**NOTICE, "at": f"{day}T09:00+09:00", **more}, *later, window=window)


def test_the_description_says_whether_clients_agreed(tmp_path: Path) -> None:
    """As the page does: agreed, and past what was agreed once the work runs on. It names no client to the public."""
    window = {"from": at("19T10:30"), "until": at("19T11:00")}
    agreed = [{"client": "a-sha", "by": "them", "at": at("11T10:00")}]
    there = work(
        NOTICE, report("start", "19T10:30"), window=window, agreements=agreed, components={"web": "under_maintenance"}
    )
    write_site(tmp_path, maintenance={"upgrade": there}, commitments={"release": slot()})
    told = {
        now: next(line for line in str(events[UID]["DESCRIPTION"]).split("\n") if line.startswith("Promised times"))
        for now in ("2026-06-19T10:45", "2026-06-19T11:30")
        for events in [read_events(all_of(tmp_path, now=now))]
    }
    assert told == {
        "2026-06-19T10:45": "Promised times: Agreed with the clients concerned",
        "2026-06-19T11:30": "Promised times: The time agreed with the clients concerned has passed",
    }
    assert b"Company A" not in all_of(tmp_path)


def test_the_past_leaves_after_thirteen_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted from the newest content, not from the clock; and of a busy year only the newest stay."""
    write_site(
        tmp_path,
        maintenance={"a": on("2025-05-18"), "b": on("2025-05-22"), "c": on("2026-06-01"), "d": on("2026-06-20")},
    )
    assert [uid.partition(".")[0] for uid in read_events(all_of(tmp_path, now="2028-01-01T00:00"))] == ["b", "c", "d"]
    snapshot = load_site(tmp_path).snapshot
    monkeypatch.setattr(agenda, "MOST_PAST", 1)
    assert [each.state.id for each in agenda.choose(snapshot)] == ["c", "d"]  # d is not over when it is told of


def test_promises_leave_two_weeks_after_they_are_settled(tmp_path: Path) -> None:
    """What is still owed stays, however long it is overdue, up to the thirteen months of all the rest."""

    def told(day: str, *kept: str, owed: str = "13:00") -> Record:
        done = {**report("completion", "01T00:00", result="done"), "at": f"{day}T{kept[0]}+09:00"} if kept else None
        return on(day, *([done] if done else []), next_report=f"{day}T{owed}+09:00")

    records = {
        "ancient": told("2025-05-01"),
        "overdue": told("2026-05-01"),
        "settled": told("2026-06-15", "12:30"),
        "kept": told("2026-06-17", "12:30"),
        "late": told("2026-06-18", "13:30"),
        "new": on("2026-06-30"),
    }
    write_site(tmp_path, maintenance=records)
    seen = {
        uid.split(".")[0]: str(event["SUMMARY"])
        for uid, event in read_events(all_of(tmp_path)).items()
        if ".next" in uid
    }
    assert seen == {
        "overdue": "[Due] Next report: Upgrade",
        "kept": "[Done] Next report: Upgrade",
        "late": "[Done late] Next report: Upgrade",
    }


def test_every_component_has_a_calendar_of_its_own(tmp_path: Path) -> None:
    """It holds what concerns it and nothing else; an empty one is a calendar all the same (RFC 5545, section 3.6)."""
    write_site(tmp_path, maintenance={"upgrade": work(NOTICE)})
    files = calendar_files(tmp_path)
    assert sorted(files) == [
        f"{root}calendars/{name}.ics"
        for root in ("", "ja/")
        for name in ("all", "components/db", "components/web", "maintenance")
    ]
    db, web = (files[f"ja/calendars/components/{name}.ics"] for name in ("db", "web"))
    assert list(read_events(db)) == [UID]
    assert value(unfolded(db), "X-WR-CALNAME") == "稼働状況: データベース：作業と報告の予定"
    assert "URL:https://status.example.com/ja/components/db/" in unfolded(db)
    assert "SOURCE;VALUE=URI:https://status.example.com/ja/calendars/components/db.ics" in unfolded(db)
    assert [each.name for each in icalendar.Calendar.from_ical(web).subcomponents] == ["VTIMEZONE"]
    assert value(unfolded(web), "LAST-MODIFIED") == "20260401T000000Z"


def test_planned_work_has_a_calendar_of_its_own(tmp_path: Path) -> None:
    """Programs that take in maintenance notices refuse a file with events that are none."""
    write_site(
        tmp_path,
        maintenance={"upgrade": work({**NOTICE, "next_report": at("18T20:00")}), "none": work(NOTICE, components={})},
        incidents={"down": incident(*PROMISES)},
        commitments={"fair": slot(visibility="public")},
    )
    data = calendar_files(tmp_path)["ja/calendars/maintenance.ics"]
    assert value(unfolded(data), "NAME") == "稼働状況: 作業"
    assert sorted(uid.partition(".")[0] for uid in read_events(data)) == ["none", "upgrade"]
    assert data.count(b"X-MAINTNOTE-STATUS:CONFIRMED") == 2


def test_only_calendars_whose_events_change_are_made_anew(tmp_path: Path) -> None:
    """A report on one component's matter leaves the calendars of the others as they are."""
    facts = {"maintenance": {"upgrade": work(NOTICE), "other": work(NOTICE, components={"web": "under_maintenance"})}}
    write_site(tmp_path, **facts)

    def keys(digests: dict[str, bytes]) -> dict[str, bytes | None]:
        materials = load_site(tmp_path).materials
        changed = replace(materials, keys=Keys(b"", digests))
        return {plan.file: plan.key for plan in plan_calendars(changed)}

    before, after = keys({"upgrade": b"1", "other": b"1"}), keys({"upgrade": b"2", "other": b"1"})
    assert len(set(before.values())) == len(before)
    assert {file for file in before if before[file] != after[file]} == {
        f"{root}calendars/{name}.ics" for root in ("", "ja/") for name in ("all", "components/db", "maintenance")
    }


def test_a_calendar_is_made_of_few_records(tmp_path: Path) -> None:
    """Records are read for what is not over alone: a long log costs no more than a short one."""
    over = work(NOTICE, report("start", "18T21:00"), report("completion", "18T21:30", result="done"))
    write_site(tmp_path, maintenance={"upgrade": work(NOTICE), "over": over}, incidents={"down": incident(*PROMISES)})
    asked: list[str] = []
    materials = load_site(tmp_path).materials

    def entries_of(ids: Any) -> Any:
        asked.extend(ids)
        return materials.entries_of(asked[-1:])

    watched = replace(materials, entries_of=entries_of)
    for plan in plan_calendars(watched):
        plan.make()
    assert asked == ["upgrade", "upgrade"]  # once for each language


def test_a_naughty_site_is_a_calendar_all_the_same(tmp_path: Path) -> None:
    """Every field holds text that would like to be something else: it stands in its place, and nothing breaks out."""
    root = naughty_site.write_site(tmp_path)
    for data in calendar_files(root).values():
        assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        names = {line.partition(":")[0].partition(";")[0] for line in unfolded(data)}
        assert all(name == "" or name.replace("-", "").isupper() for name in names), names
        read_events(data)
    events = read_events(calendar_files(root)["en/calendars/all.ics"])
    ahead = events["ahead.2026-04-01@status.example.com"]
    assert str(ahead["SUMMARY"]) == f"Maintenance: ahead_title-en {naughty_site.MARKUP}"
    assert "reason-en <script>" in str(ahead["DESCRIPTION"])


def test_names_for_ever() -> None:
    """A change here doubles every event in every calendar that was ever subscribed to."""
    identity = Identity.model_validate({"tag": "status.example.com", "since": "2026-04-01"})
    assert urls.event_uid(identity, "upgrade") == "upgrade.2026-04-01@status.example.com"
    assert (
        urls.promise_uid(identity, "down", "next_report", None, None)
        == "down.next_report.2026-04-01@status.example.com"
    )
    assert (
        urls.promise_uid(identity, "down", "action", "disk-check", "a-sha")
        == "down.action.disk-check+a-sha.2026-04-01@status.example.com"
    )
