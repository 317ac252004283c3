"""The read API in Statuspage's shapes: what stands in its documents, and what never changes in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from naughty_site import write_site
from noroshi.endpoints import STATUSPAGE_API
from noroshi.pipeline.printing.statuspage_files import plan_statuspage
from noroshi.records.choices import ReportKind
from noroshi.records.content import Settings
from noroshi.records.matters import Incident, Maintenance
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.matter.completion import account_of
from noroshi.writers.statuspage.scope import Scope
from page_bodies import NOW, STORY, Site, load_site
from real_program import NOW as EXAMPLE_NOW
from real_program import ROOT
from statuspage_schema import DOCUMENTS, faults

Json = dict[str, Any]

SITE: Json = {
    "format": "1",
    "id": {"tag": "status.example.com", "since": "2026-04-01"},
    "name": {"ja": "稼働状況", "en": "Status"},
    "url": "https://status.example.com/",
    "timezone": "Asia/Tokyo",
    "languages": ["ja", "en"],
}
COMPONENTS: list[Json] = [
    {"id": "web", "name": "Web", "group": {"ja": "本番", "en": "Production"}, "description": "What everybody sees"},
    {"id": "dns", "name": "DNS"},
]


def at(time: str) -> str:
    """A time on 18 June, or ``20T09:00`` on another day of that month."""
    return f"2026-06-{time if 'T' in time else f'18T{time}'}+09:00"


def moment(time: str) -> datetime:
    return datetime.fromisoformat(at(time))


def write(root: Path, site: Json | None = None, components: list[Json] | None = None, **matters: Json) -> Path:
    """A site's folder with these matters; one with a window is planned work."""
    files: dict[str, object] = {"site.yaml": SITE | (site or {})}
    files["components.yaml"] = COMPONENTS if components is None else components
    for name, matter in matters.items():
        kind = "maintenance" if "window" in matter or "rollback" in matter else "incidents"
        files[f"{kind}/2026/{name.replace('_', '-')}.yaml"] = matter
    for name, data in files.items():
        place = root / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return root


def outage(**changes: object) -> Json:
    """An incident from its beginning to a completion report that tells everything."""
    return {
        "title": {"ja": "停止", "en": "Web is down"},
        "severity": "major",
        "components": {"web": "major_outage"},
        "started_at": at("21:40"),
        "reports": [
            {"kind": "start", "at": at("21:50"), "text": "It **stopped**.", "next_report": at("22:20")},
            {
                "kind": "interim",
                "at": at("22:20"),
                "text": "A disk is full.",
                "cause": {"status": "confirmed", "text": "A full disk"},
                "recovery": at("23:00"),
            },
            {"kind": "interim", "at": at("23:00"), "text": "It is back.", "recovered_at": at("22:55")},
            {
                "kind": "completion",
                "at": at("20T09:00"),
                "text": "All is well.",
                "ended_at": at("22:55"),
                "confirmed_by": "A look",
                "actions": [{"id": "a", "what": "Watch it", "type": "permanent", "owner": "ops", "due": "2026-06-30"}],
            },
        ],
        **changes,
    }


def upgrade(**changes: object) -> Json:
    """Planned work from its notice to its completion."""
    return {
        "title": "Upgrade",
        "components": {"dns": "under_maintenance"},
        "window": {"from": at("21:00"), "until": at("21:30")},
        "reports": [
            {"kind": "notice", "at": at("10T10:00"), "text": "We will upgrade."},
            {"kind": "start", "at": at("21:05"), "text": "It begins."},
            {"kind": "interim", "at": at("21:40"), "text": "It ended.", "ended_at": at("21:38")},
            {"kind": "completion", "at": at("21:50"), "text": "It is checked.", "result": "done"},
        ],
        **changes,
    }


def documents(site: Site) -> dict[str, Json]:
    """Every document by its path below ``api/v2/``, each valid."""
    found = {
        plan.file.removeprefix(STATUSPAGE_API): json.loads(plan.make()) for plan in plan_statuspage(site.materials)
    }
    assert set(found) == set(DOCUMENTS)
    assert [fault for name, document in found.items() for fault in faults(name, document)] == []
    return found


@cache
def story_at(time: str) -> dict[str, Json]:
    """The documents of the story as it stood at a time."""
    return documents(load_site(as_of=datetime.fromisoformat(time)))


def told(document: Json) -> list[tuple[str, str]]:
    """Matters with their status, in order."""
    return [(each["id"], each["status"]) for each in document.get("incidents") or document["scheduled_maintenances"]]


def component(status: str, updated_at: str) -> Json:
    """The component of the small site that fails."""
    return {
        "id": "web",
        "name": "Web",
        "status": status,
        "created_at": "2026-04-01T09:00:00.000+09:00",
        "updated_at": updated_at,
        "position": 1,
        "description": "What everybody sees",
        "showcase": True,
        "start_date": "2026-04-01",
        "group_id": "group.6e329d7dd713",
        "page_id": "status.example.com",
        "group": False,
        "only_show_if_degraded": False,
    }


def update(number: int, status: str, time: str, body: str, old: str, new: str) -> Json:
    """An update of the small site's incident."""
    stamp = f"2026-06-{time}:00.000+09:00"
    return {
        "id": f"down.{number}",
        "status": status,
        "body": body,
        "incident_id": "down",
        "created_at": stamp,
        "updated_at": stamp,
        "display_at": stamp,
        "affected_components": [{"code": "web", "name": "Production - Web", "old_status": old, "new_status": new}],
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }


def test_the_summary_is_exact(tmp_path: Path) -> None:
    """Every key of a summary, in the middle of an incident: groups, levels, updates newest first, times in the zone."""
    site = load_site(write(tmp_path, down=outage()), as_of=moment("22:30"))
    web = component("major_outage", "2026-06-18T21:40:00.000+09:00")
    assert documents(site)["summary.json"] == {
        "page": {
            "id": "status.example.com",
            "name": "Status",
            "url": "https://status.example.com",
            "time_zone": "Asia/Tokyo",
            "updated_at": "2026-06-18T22:20:00.000+09:00",
        },
        "components": [
            web
            | {
                "id": "group.6e329d7dd713",
                "name": "Production",
                "description": None,
                "showcase": False,
                "start_date": None,
                "group_id": None,
                "group": True,
                "components": ["web"],
            },
            web,
            component("operational", "2026-04-01T09:00:00.000+09:00")
            | {"id": "dns", "name": "DNS", "position": 2, "description": None, "group_id": None},
        ],
        "incidents": [
            {
                "id": "down",
                "name": "Web is down",
                "status": "identified",
                "created_at": "2026-06-18T21:50:00.000+09:00",
                "updated_at": "2026-06-18T22:20:00.000+09:00",
                "monitoring_at": None,
                "resolved_at": None,
                "impact": "major",
                "shortlink": "https://status.example.com/en/incidents/down/",
                "started_at": "2026-06-18T21:40:00.000+09:00",
                "page_id": "status.example.com",
                "incident_updates": [
                    update(
                        2,
                        "identified",
                        "18T22:20",
                        "A disk is full.\n\n復旧の見込み：2026年6月18日（木）23:00 JST",
                        "major_outage",
                        "major_outage",
                    ),
                    update(
                        1,
                        "investigating",
                        "18T21:50",
                        "It stopped.\n\n次の報告：2026年6月18日（木）22:20 JSTまで",
                        "operational",
                        "major_outage",
                    ),
                ],
                "components": [web],
                "reminder_intervals": None,
            }
        ],
        "scheduled_maintenances": [],
        "status": {"indicator": "major", "description": "Partial System Outage"},
    }


def test_what_stands_beside_a_text_speaks_its_language(tmp_path: Path) -> None:
    """A text that is told in English has its times in English, one that is Japanese alone has them in Japanese."""
    reports = outage()["reports"]
    reports[0]["text"] = {"ja": "止まりました。", "en": "It stopped."}
    reports[1]["text"] = {"ja": "満杯です。"}
    updates = documents(load_site(write(tmp_path, down=outage(reports=reports[:2])), now=moment("22:30")))[
        "incidents.json"
    ]["incidents"][0]["incident_updates"]
    assert [each["body"] for each in updates] == [
        "満杯です。\n\n復旧の見込み：2026年6月18日（木）23:00 JST",
        "It stopped.\n\nNext report: by Thu 18 June 2026, 22:20 JST",
    ]


def test_a_body_tells_what_is_promised_next(tmp_path: Path) -> None:
    """By when, or that it is overdue; an answer that the report itself promises stands there once."""
    unknown = {"unknown": {"ja": "調査中", "en": "We look"}, "answer_by": at("22:00")}
    start = outage()["reports"][0] | {"text": {"en": "Down."}, "recovery": unknown}
    later = {"kind": "interim", "at": at("22:15"), "text": {"en": "Still down."}, "next_report": at("22:45")}
    (part,) = documents(load_site(write(tmp_path, down=outage(reports=[start, later])), now=NOW))["summary.json"][
        "incidents"
    ]
    second, first = (each["body"].splitlines() for each in part["incident_updates"])
    assert first == [
        "Down.",
        "",
        "Recovery expected: Unknown: We look (to be answered by Thu 18 June 2026, 22:00 JST)",
        "Next report: by Thu 18 June 2026, 22:20 JST",
    ]
    assert second == [
        "Still down.",
        "",
        "Recovery estimate: overdue since Thu 18 June 2026, 22:00 JST",
        "Next report: by Thu 18 June 2026, 22:45 JST",
    ]


def test_a_body_tells_that_a_planned_time_has_passed(tmp_path: Path) -> None:
    """Of a report that was made after it; while it is ahead, or once it was kept, it stands in its field alone."""
    updates = documents(load_site(ROOT, as_of=datetime.fromisoformat("2026-06-18T22:45+09:00")))[
        "scheduled-maintenances.json"
    ]["scheduled_maintenances"][0]["incident_updates"]
    passed = "End as planned: overdue since Thu 18 June 2026, 21:30 JST"
    assert [passed in each["body"].splitlines() for each in reversed(updates)] == [False, False, True, True]
    assert not any("Start as planned" in each["body"] for each in updates)


def test_an_incident_comes_from_investigating_to_resolved(tmp_path: Path) -> None:
    """Identified with a confirmed cause, monitoring once it is back, resolved by its completion report alone."""
    root = write(tmp_path, down=outage())
    seen = []
    for time in ("21:49", "21:50", "22:20", "23:00", "20T08:59", "20T09:00"):
        found = documents(load_site(root, as_of=moment(time)))
        incidents = found["incidents.json"]["incidents"]
        part = incidents[0] if incidents else {}
        assert (incidents == found["incidents/unresolved.json"]["incidents"]) is (part.get("status") != "resolved")
        status = found["status.json"]["status"]
        seen.append((part.get("status"), part.get("monitoring_at"), part.get("resolved_at"), status["description"]))
    changes = [
        (each["affected_components"][0]["old_status"], each["affected_components"][0]["new_status"])
        for each in reversed(part["incident_updates"])
    ]
    down, fine = "major_outage", "operational"
    assert changes == [(fine, down), (down, down), (down, fine), (fine, fine)]
    assert part["components"] == [component(fine, "2026-06-18T22:55:00.000+09:00")]
    back, over = "2026-06-18T23:00:00.000+09:00", "2026-06-20T09:00:00.000+09:00"
    assert seen == [
        (None, None, None, "All Systems Operational"),
        ("investigating", None, None, "Partial System Outage"),
        ("identified", None, None, "Partial System Outage"),
        ("monitoring", back, None, "All Systems Operational"),
        ("monitoring", back, None, "All Systems Operational"),
        ("resolved", back, over, "All Systems Operational"),
    ]


@pytest.mark.parametrize(
    ("causes", "status"),
    [
        (["suspected"], "investigating"),
        (["confirmed"], "identified"),
        (["suspected", "confirmed"], "identified"),
        (["confirmed", "suspected"], "investigating"),
        ([], "investigating"),
    ],
)
def test_only_a_confirmed_cause_is_identified(tmp_path: Path, causes: list[str], status: str) -> None:
    """What is only suspected is still being investigated; the last word on it holds."""
    start, *_ = outage()["reports"]
    told = [
        {"kind": "interim", "at": at(f"22:2{place}"), "text": "Now.", "cause": {"status": each, "text": "A disk"}}
        for place, each in enumerate(causes)
    ]
    (part,) = documents(load_site(write(tmp_path, down=outage(reports=[start, *told])), now=NOW))["incidents.json"][
        "incidents"
    ]
    assert part["status"] == status


@pytest.mark.parametrize(
    ("completion", "status"),
    [
        ({}, "resolved"),
        ({"actions": []}, "monitoring"),
        ({"confirmed_by": None}, "monitoring"),
        ({"cause": {"status": "pending", "answer_by": "2026-06-30"}}, "monitoring"),
        ({"withdrawn": {"at": at("20T10:00"), "reason": "A secret"}}, "monitoring"),
    ],
)
def test_a_completion_report_that_lacks_something_resolves_nothing(
    tmp_path: Path, completion: Json, status: str
) -> None:
    """Without actions, without how the end was confirmed, with a pending cause, or withdrawn: it stays open."""
    reports = outage()["reports"]
    reports[-1] = {key: value for key, value in (reports[-1] | completion).items() if value is not None}
    if "withdrawn" in completion:
        reports[-1] = {key: reports[-1][key] for key in ("kind", "at", "withdrawn")}
    found = documents(load_site(write(tmp_path, down=outage(reports=reports)), now=moment("21T12:00")))
    part = found["incidents.json"]["incidents"][0]
    assert (part["status"], part["incident_updates"][0]["status"]) == (status, status)
    assert (part["resolved_at"] is not None) is (status == "resolved")


def test_what_follows_a_completion_stays_resolved(tmp_path: Path) -> None:
    """A follow-up and a correction are updates of a resolved incident; what was corrected says so and moves."""
    reports = [
        *outage()["reports"],
        {"kind": "correction", "at": at("20T11:00"), "corrects": [3], "text": {"en": "Not quite."}},
        {"kind": "follow_up", "at": at("21T11:00"), "text": "Done.", "actions": {"a": {"done": "2026-06-21"}}},
    ]
    (part,) = documents(load_site(write(tmp_path, down=outage(reports=reports)), now=NOW))["incidents.json"][
        "incidents"
    ]
    by_id = {each["id"]: each for each in part["incident_updates"]}
    assert list(by_id) == [f"down.{number}" for number in (6, 5, 4, 3, 2, 1)]
    assert [by_id[f"down.{number}"]["status"] for number in (4, 5, 6)] == ["resolved"] * 3
    assert part["resolved_at"] == "2026-06-20T09:00:00.000+09:00"
    assert by_id["down.5"]["body"] == "Corrects Interim report (Thu 18 June 2026, 23:00)\n\nNot quite."
    assert by_id["down.3"]["body"] == "この報告は訂正されています：訂正（2026年6月20日（土）11:00）\n\nIt is back."
    assert (by_id["down.3"]["created_at"], by_id["down.3"]["updated_at"]) == (
        "2026-06-18T23:00:00.000+09:00",
        "2026-06-20T11:00:00.000+09:00",
    )


def test_a_withdrawn_report_keeps_its_number(tmp_path: Path) -> None:
    """It says that it was withdrawn and why, and changes nothing of the status."""
    reports = outage()["reports"][:3]
    reports[1] = {
        "kind": "interim",
        "at": at("22:20"),
        "withdrawn": {"at": at("22:25"), "reason": {"ja": "秘密", "en": "It held a secret"}},
    }
    (part,) = documents(load_site(write(tmp_path, down=outage(reports=reports)), now=NOW))["incidents.json"][
        "incidents"
    ]
    assert [(each["id"], each["status"]) for each in part["incident_updates"]] == [
        ("down.3", "monitoring"),
        ("down.2", "investigating"),
        ("down.1", "investigating"),
    ]
    withdrawn = part["incident_updates"][1]
    assert withdrawn["body"] == "This report was withdrawn: It held a secret (Thu 18 June 2026, 22:25 JST)"
    assert withdrawn["updated_at"] == "2026-06-18T22:25:00.000+09:00"


def test_planned_work_follows_its_reports_and_no_clock(tmp_path: Path) -> None:
    """Scheduled until a report starts it, verifying once it has ended, completed by its completion report."""
    root = write(tmp_path, upgrade=upgrade())
    seen = []
    for time in ("10T12:00", "21:04", "21:05", "21:35", "21:40", "21:50"):
        found = documents(load_site(root, as_of=moment(time)))
        lists = [
            name
            for name in ("upcoming", "active")
            if found[f"scheduled-maintenances/{name}.json"]["scheduled_maintenances"]
        ]
        (part,) = found["scheduled-maintenances.json"]["scheduled_maintenances"]
        dns = {each["id"]: each for each in found["components.json"]["components"]}["dns"]
        assert bool(lists) is bool(found["summary.json"]["scheduled_maintenances"])
        seen.append((part["status"], part["started_at"][8:16], lists, dns["status"], found["status.json"]["status"]))
    working = {"indicator": "maintenance", "description": "Service Under Maintenance"}
    fine = {"indicator": "none", "description": "All Systems Operational"}
    assert seen == [
        ("scheduled", "10T10:00", ["upcoming"], "operational", fine),
        ("scheduled", "10T10:00", ["upcoming"], "operational", fine),
        ("in_progress", "18T21:05", ["active"], "under_maintenance", working),
        ("in_progress", "18T21:05", ["active"], "under_maintenance", working),
        ("verifying", "18T21:05", ["active"], "operational", fine),
        ("completed", "18T21:05", [], "operational", fine),
    ]
    assert (part["impact"], part["scheduled_for"], part["scheduled_until"], part["resolved_at"]) == (
        "maintenance",
        "2026-06-18T21:00:00.000+09:00",
        "2026-06-18T21:30:00.000+09:00",
        "2026-06-18T21:50:00.000+09:00",
    )


def test_work_that_nobody_starts_stays_scheduled(tmp_path: Path) -> None:
    """The window passes without a report: it is never in progress, its component stays as it was."""
    root = write(tmp_path, upgrade=upgrade(reports=upgrade()["reports"][:1]))
    before, within, after = (
        documents(load_site(root, now=moment(time))) for time in ("18T20:59", "18T21:10", "30T09:00")
    )
    assert before == within == after
    assert told(after["scheduled-maintenances/upcoming.json"]) == [("upgrade", "scheduled")]


def test_work_that_was_moved_or_called_off_says_so(tmp_path: Path) -> None:
    """A move changes the planned time; what is called off is completed, for Statuspage has no word for it."""
    moved = upgrade()["reports"][:1]
    moved += [
        {
            "kind": "notice",
            "at": at("12T10:00"),
            "text": {"en": "Another day."},
            "window": {"from": at("25T21:00"), "until": at("25T21:30")},
        }
    ]
    off = [
        *upgrade()["reports"][:1],
        {"kind": "notice", "at": at("12T10:00"), "text": {"en": "No."}, "cancelled": True},
    ]
    root = write(tmp_path, moved=upgrade(reports=moved), off=upgrade(reports=off))
    found = documents(load_site(root, now=moment("15T12:00")))
    parts = {each["id"]: each for each in found["scheduled-maintenances.json"]["scheduled_maintenances"]}
    assert parts["moved"]["scheduled_for"] == "2026-06-25T21:00:00.000+09:00"
    assert parts["moved"]["incident_updates"][0]["body"] == (
        "Another day.\n\nMoved to: Thu 25 June 2026, 21:00 – 21:30 JST"
    )
    assert (parts["off"]["status"], parts["off"]["resolved_at"]) == ("completed", "2026-06-12T10:00:00.000+09:00")
    assert parts["off"]["incident_updates"][0]["body"] == "No.\n\nState: Cancelled"
    assert told(found["scheduled-maintenances/upcoming.json"]) == [("moved", "scheduled")]


def test_work_without_a_report_has_an_update_all_the_same(tmp_path: Path) -> None:
    """Clients read the first update of each matter: where nothing was reported, one says so."""
    found = documents(load_site(write(tmp_path, upgrade=upgrade(reports=[])), now=moment("10T12:00")))
    (part,) = found["summary.json"]["scheduled_maintenances"]
    (only,) = part["incident_updates"]
    assert (only["id"], only["status"], only["body"]) == ("upgrade.0", "scheduled", "No report yet.")
    assert only["affected_components"] is None
    assert part["created_at"] == part["updated_at"] == only["created_at"] == "2026-04-01T09:00:00.000+09:00"


def test_imported_matters_are_as_their_source_closed_them(tmp_path: Path) -> None:
    """Resolved without a completion report, with a window or without one, with components or without."""
    source = {"from": "cstate", "source": "a.md", "resolved_at": at("23:00")}
    reports = [
        {"kind": "start", "at": at("21:50"), "text": "It stopped."},
        {"kind": "interim", "at": at("22:50"), "text": "It is back."},
    ]
    old = {"title": "Old", "components": {}, "started_at": at("21:40"), "reports": reports, "imported": source}
    work = {"title": "Old work", "rollback": "None", "reports": [reports[0] | {"kind": "notice"}], "imported": source}
    found = documents(load_site(write(tmp_path, old=old, work=work), now=NOW))
    (incident,) = found["incidents.json"]["incidents"]
    assert (incident["status"], incident["resolved_at"]) == ("resolved", "2026-06-18T22:50:00.000+09:00")
    assert [each["status"] for each in incident["incident_updates"]] == ["resolved", "investigating"]
    assert incident["components"] == []
    assert incident["incident_updates"][0]["affected_components"] is None
    (done,) = found["scheduled-maintenances.json"]["scheduled_maintenances"]
    assert (done["status"], done["scheduled_for"]) == ("completed", "2026-06-18T21:50:00.000+09:00")
    assert told(found["incidents/unresolved.json"] | {"scheduled_maintenances": []}) == []


def test_feeds_and_updates_agree_on_how_an_imported_matter_stood(tmp_path: Path) -> None:
    """Its source's end comes with its last report alone: what came before tells in both how it stood then."""
    source = {"from": "cstate", "source": "a.md", "resolved_at": at("22:30")}
    reports = [
        {"kind": "start", "at": at("21:50"), "text": "It stopped.", "components": {"web": "major_outage"}},
        {"kind": "interim", "at": at("22:10"), "text": "It is back.", "recovered_at": at("22:05")},
        {"kind": "interim", "at": at("22:20"), "text": "It fails again.", "components": {"web": "partial_outage"}},
        {"kind": "interim", "at": at("22:40"), "text": "All is well."},
    ]
    begun = [
        {"kind": "notice", "at": at("20:00"), "text": "We will move it."},
        {"kind": "start", "at": at("21:00"), "text": "It begins."},
        {"kind": "interim", "at": at("22:40"), "text": "It is done."},
    ]
    old = {"title": "Old", "components": {}, "started_at": at("21:40"), "reports": reports, "imported": source}
    work = {"title": "Old work", "components": {"dns": "under_maintenance"}, "rollback": "None", "imported": source}
    site = load_site(write(tmp_path, old=old, work=work | {"reports": begun}), now=NOW)
    found = documents(site)
    (incident,) = found["incidents.json"]["incidents"]
    (done,) = found["scheduled-maintenances.json"]["scheduled_maintenances"]
    told_by_updates = {each["id"]: each["status"] for part in (incident, done) for each in part["incident_updates"]}
    titles = {
        ".".join(item["id"].rsplit("/", 2)[-2:]).rsplit(":", 1)[-1]: item["title"].partition(" — ")[2]
        for item in json.loads(site.feeds()["en/feeds/reports.json"])["items"]
    }
    assert {name: (titles[name], told_by_updates[name]) for name in sorted(titles)} == {
        "old.1": ("Ongoing", "investigating"),
        "old.2": ("", "monitoring"),
        "old.3": ("Ongoing", "investigating"),
        "old.4": ("", "resolved"),
        "work.1": ("Planned", "scheduled"),
        "work.2": ("In progress", "in_progress"),
        "work.3": ("", "completed"),
    }
    levels = [[each["new_status"] for each in update["affected_components"]] for update in incident["incident_updates"]]
    assert levels[::-1] == [["major_outage"], ["operational"], ["partial_outage"], ["operational"]]


@pytest.mark.parametrize(
    ("levels", "indicator", "description"),
    [
        ([], "none", "All Systems Operational"),
        (["operational"], "none", "All Systems Operational"),
        (["under_maintenance"], "maintenance", "Service Under Maintenance"),
        (["degraded_performance"], "minor", "Partially Degraded Service"),
        (["partial_outage"], "major", "Partial System Outage"),
        (["major_outage"], "critical", "Major System Outage"),
        (["under_maintenance", "operational"], "maintenance", "Service Under Maintenance"),
        (["degraded_performance", "under_maintenance"], "minor", "Partially Degraded Service"),
        (["degraded_performance", "degraded_performance"], "minor", "Degraded System Service"),
        (["partial_outage", "degraded_performance"], "minor", "Minor Service Outage"),
        (["partial_outage", "partial_outage"], "major", "Partial System Outage"),
        (["major_outage", "operational"], "major", "Partial System Outage"),
        (["major_outage", "major_outage"], "critical", "Major System Outage"),
    ],
)
def test_the_page_is_a_blend_of_its_components(
    tmp_path: Path, levels: list[str], indicator: str, description: str
) -> None:
    """Statuspage's own rules, in the sentences that clients compare; groups do not count, nor what caused it."""
    components = [{"id": f"c{number}", "name": f"C{number}", "group": "All"} for number in range(len(levels))]
    broken = {f"c{number}": level for number, level in enumerate(levels)}
    seen = any(level != "operational" for level in levels)
    down = outage(components=broken, severity="critical" if seen else "none", reports=outage()["reports"][:1])
    found = documents(load_site(write(tmp_path, components=components, down=down), now=moment("22:00")))
    assert found["status.json"]["status"] == {"indicator": indicator, "description": description}
    assert found["summary.json"]["status"] == found["status.json"]["status"]


@pytest.mark.parametrize(
    ("severity", "indicator", "description"),
    [
        ("none", "none", "All Systems Operational"),
        ("minor", "minor", "Minor Service Outage"),
        ("major", "major", "Partial System Outage"),
        ("critical", "critical", "Major System Outage"),
    ],
)
def test_an_incident_that_no_component_shows_raises_the_page(
    tmp_path: Path, severity: str, indicator: str, description: str
) -> None:
    """A page must not read as operational while an incident without components lasts; once it is back, it does."""
    down = outage(severity=severity, components={}, reports=outage()["reports"][:3])
    root = write(tmp_path, down=down)
    now, later = (
        documents(load_site(root, as_of=moment(time)))["status.json"]["status"] for time in ("22:30", "23:30")
    )
    assert now == {"indicator": indicator, "description": description}
    assert later == {"indicator": "none", "description": "All Systems Operational"}


def test_the_night_of_the_story() -> None:
    """Work that overran, the incident it caused, and what became of both."""
    seen = {
        time: (
            told(story_at(f"2026-06-{time}+09:00")["incidents/unresolved.json"])[:1],
            told(story_at(f"2026-06-{time}+09:00")["scheduled-maintenances/active.json"]),
            story_at(f"2026-06-{time}+09:00")["status.json"]["status"]["description"],
        )
        for time in ("18T20:30", "18T21:10", "18T21:55", "18T23:30", "18T23:55", "19T12:00")
    }
    down, work = "2026-06-18-staging-down", "2026-06-18-staging-db-upgrade"
    unclear = [("2026-06-05-unknown-start", "monitoring")]
    assert seen == {
        "18T20:30": (unclear, [], "All Systems Operational"),
        "18T21:10": (unclear, [(work, "in_progress")], "Service Under Maintenance"),
        "18T21:55": ([(down, "investigating")], [(work, "in_progress")], "Partial System Outage"),
        "18T23:30": ([(down, "monitoring")], [(work, "in_progress")], "Service Under Maintenance"),
        "18T23:55": ([(down, "monitoring")], [], "All Systems Operational"),
        "19T12:00": (unclear, [], "All Systems Operational"),
    }


def turning_points(root: Path) -> list[datetime]:
    """The time of every report of a site, and a time between each two."""
    last = datetime.fromisoformat(EXAMPLE_NOW)
    times = sorted({mark.at for state in load_site(root, last).snapshot.states for mark in state.reports})
    return [time for one, other in pairwise((*times, last)) for time in (one, one + (other - one) / 2)]


def is_complete(site: Site, matter: str) -> bool:
    """Whether the reports of a matter complete it, read from the record without its state."""
    record = site.entries[matter].record
    assert isinstance(record, Incident | Maintenance)
    if record.imported is not None and record.imported.resolved_at is not None:
        return True
    spoken = [report for report in record.reports if report.withdrawn is None]
    completed = any(report.kind is ReportKind.COMPLETION for report in spoken)
    if isinstance(record, Maintenance):
        return completed or any(report.cancelled for report in record.reports if report.withdrawn is None)
    account = account_of(record.severity, record.reports)
    return completed and not account.lacking and not account.pending


@pytest.mark.parametrize("root", [STORY, pytest.param(ROOT, marks=pytest.mark.slow)], ids=["story", "example"])
def test_as_time_goes_by(root: Path) -> None:
    """At every report of a site and between: valid, resolved only when complete, and what was told stays told.

    An update keeps its id, its status and its time; updates are only added; equal keys mean equal bytes.
    """
    known: dict[str, tuple[str, str, str]] = {}
    stood: dict[tuple[str, bytes], bytes] = {}
    running: set[str] = set()
    for time in turning_points(root):
        site = load_site(root, as_of=time)
        for plan in plan_statuspage(site.materials):
            data = plan.make()
            assert plan.key is not None
            assert stood.setdefault((plan.file, plan.key), data) == data, (plan.file, time)
        found = documents(site)
        matters = [
            *found["incidents.json"]["incidents"],
            *found["scheduled-maintenances.json"]["scheduled_maintenances"],
        ]
        updates = {}
        for part in matters:
            over = part["status"] in ("resolved", "completed")
            assert over is is_complete(site, part["id"]), (part["id"], time)
            assert part["status"] == part["incident_updates"][0]["status"]
            for each in part["incident_updates"]:
                updates[each["id"]] = (each["status"], each["created_at"], part["shortlink"])
        assert known.keys() <= updates.keys()
        assert {name: updates[name] for name in known} == known, time
        known = updates
        running |= {part["id"] for part in matters if part["status"] in ("in_progress", "verifying")}
    assert known
    assert running


def test_a_component_tells_when_its_level_changed(tmp_path: Path) -> None:
    """Not before a time that was told comes, and not before the page was made, though what was imported is older."""
    early = upgrade(reports=[upgrade()["reports"][0], upgrade()["reports"][1] | {"at": at("20:55")}])
    source = {"from": "cstate", "source": "a.md", "resolved_at": "2026-03-01T11:00+09:00"}
    ended = {
        "kind": "completion",
        "at": "2026-03-01T11:00+09:00",
        "ended_at": "2026-03-01T11:00+09:00",
        "text": "Done.",
    }
    old = outage(started_at="2026-03-01T10:00+09:00", reports=[ended], imported=source)
    root = write(tmp_path, early=early, old=old)
    seen = []
    for time in ("18T20:59", "18T21:00"):
        parts = documents(load_site(root, now=moment(time)))["components.json"]["components"]
        by_id = {each["id"]: (each["status"], each["updated_at"]) for each in parts}
        seen.append((by_id["web"], by_id["dns"]))
    made, begun = "2026-04-01T09:00:00.000+09:00", "2026-06-18T21:00:00.000+09:00"
    assert seen == [
        (("operational", made), ("operational", made)),
        (("operational", made), ("under_maintenance", begun)),
    ]


def test_a_level_that_the_clock_changes_makes_its_documents_anew(tmp_path: Path) -> None:
    """Work that was reported to begin early: with its window its component's level comes, and nothing was reported.

    The page itself was under maintenance from the report on.
    """
    early = upgrade(reports=[upgrade()["reports"][0], upgrade()["reports"][1] | {"at": at("20:50")}])
    down = outage(components={"dns": "operational"}, severity="none", reports=outage()["reports"][:1])
    down |= {"started_at": at("20:40"), "reports": [{"kind": "start", "at": at("20:50"), "text": "Odd."}]}
    root = write(tmp_path, early=early, down=down)
    before, begun, later = (
        {plan.file: (plan.key, plan.make()) for plan in plan_statuspage(load_site(root, now=moment(time)).materials)}
        for time in ("20:55", "21:00", "21:10")
    )
    changed = {file.removeprefix(STATUSPAGE_API) for file in before if before[file][1] != begun[file][1]}
    assert changed == set(DOCUMENTS) - {"scheduled-maintenances/upcoming.json", "status.json"}
    assert all(before[f"{STATUSPAGE_API}{name}"][0] != begun[f"{STATUSPAGE_API}{name}"][0] for name in changed)
    assert begun == later


def test_the_clock_changes_levels_alone(tmp_path: Path) -> None:
    """With the same reports, time changes the page's status and how components are, and not when things were told."""
    future = outage(reports=[outage()["reports"][0] | {"started_at": at("21:40")}])
    root = write(tmp_path, down=future, upgrade=upgrade(reports=upgrade()["reports"][:1]))
    first, second = (documents(load_site(root, now=moment(time))) for time in ("18T21:55", "30T21:55"))
    assert first == second
    work = documents(load_site(STORY, now=NOW + timedelta(days=5)))
    today = documents(load_site(STORY, now=NOW))
    for name in DOCUMENTS:
        assert work[name]["page"] == today[name]["page"]
    assert work["incidents.json"] == today["incidents.json"]


def test_fifty_are_told_and_all_that_are_open(tmp_path: Path) -> None:
    """The newest fifty of each kind, newest first, and older ones as long as they are unresolved."""
    many: dict[str, Json] = {"ancient": outage(reports=outage()["reports"][:1], started_at=at("01T00:00"))}
    for number in range(55):
        day = at(f"{2 + number // 20:02}T{number % 20:02}:00")
        end = {"kind": "completion", "at": day, "text": "It is over.", "ended_at": day}
        many[f"old_{number:02}"] = {"title": "Old", "severity": "none", "started_at": day, "reports": [end]}
    found = documents(load_site(write(tmp_path, **many), now=NOW))
    ids = [each["id"] for each in found["incidents.json"]["incidents"]]
    assert len(ids) == 51
    assert ids[:2] == ["old-54", "old-53"]
    assert ids[-1] == "ancient"
    assert [each["id"] for each in found["incidents/unresolved.json"]["incidents"]] == ["ancient"]


def test_components_without_a_group_and_groups_in_pieces(tmp_path: Path) -> None:
    """A group gathers what bears its heading wherever it stands; what has none comes last, in places of its own."""
    components: list[Json] = [
        {"id": "a", "name": "A", "group": {"ja": "一", "en": "One"}},
        {"id": "b", "name": "B"},
        {"id": "c", "name": "C", "group": "一"},
        {"id": "d", "name": "D", "group": "二"},
    ]
    down = outage(components={"c": "partial_outage"}, reports=outage()["reports"][:1])
    found = documents(load_site(write(tmp_path, components=components, down=down), now=NOW))["components.json"]
    parts = found["components"]
    one, two = parts[0]["id"], parts[3]["id"]
    assert [(each["name"], each["position"], each["group_id"], each["status"]) for each in parts] == [
        ("One", 1, None, "partial_outage"),
        ("A", 1, one, "operational"),
        ("C", 2, one, "partial_outage"),
        ("二", 2, None, "operational"),
        ("D", 1, two, "operational"),
        ("B", 3, None, "operational"),
    ]
    assert [each.get("components") for each in parts] == [["a", "c"], None, None, ["d"], None, None]
    assert parts[0]["updated_at"] == parts[2]["updated_at"] == "2026-06-18T21:40:00.000+09:00"


JA = "止まった。\n\n次の報告：2026年6月18日（木）22:20 JSTまで"
EN = "Stopped.\n\nNext report: by Thu 18 June 2026, "


@pytest.mark.parametrize(
    ("languages", "zone", "link", "stamp", "body"),
    [
        (["ja"], "Asia/Tokyo", "", "2026-06-18T21:50:00.000+09:00", JA),
        (["en"], "UTC", "", "2026-06-18T12:50:00.000Z", f"{EN}13:20 UTC"),
        (["en", "ja"], "America/St_Johns", "", "2026-06-18T10:20:00.000-02:30", f"{EN}10:50 NDT"),
        (["ja", "en"], "Asia/Dhaka", "en/", "2026-06-18T18:50:00.000+06:00", f"{EN}19:20 UTC+06:00"),
    ],
)
def test_a_site_in_any_language_and_zone(
    tmp_path: Path, languages: list[str], zone: str, link: str, stamp: str, body: str
) -> None:
    """English where the site speaks it, else its first language; the status in English everywhere."""
    down = outage(reports=[outage()["reports"][0] | {"text": {"ja": "止まった。", "en": "Stopped."}}])
    root = write(tmp_path, {"languages": languages, "timezone": zone}, down=down)
    found = documents(load_site(root, now=NOW))["summary.json"]
    (part,) = found["incidents"]
    assert (part["name"], part["created_at"]) == ("Web is down" if "en" in languages else "停止", stamp)
    assert part["shortlink"] == f"https://status.example.com/{link}incidents/down/"
    assert part["incident_updates"][0]["body"] == body
    assert (found["page"]["time_zone"], found["status"]["description"]) == (zone, "Partial System Outage")


def test_an_offset_of_seconds_is_told_in_utc() -> None:
    """Monrovia was 44 minutes and 30 seconds behind until 1972: RFC 3339 cannot write that."""
    site = load_site().snapshot.settings.site.model_copy(update={"timezone": "Africa/Monrovia"})
    scope = Scope(settings=Settings(site=site), page_id="x", page_name="x", since=datetime(2026, 4, 1, tzinfo=UTC))
    assert scope.stamp(datetime(1971, 1, 1, 12, tzinfo=UTC)) == "1971-01-01T12:00:00.000Z"


def test_an_empty_site_is_operational(tmp_path: Path) -> None:
    """No component, no matter: every document is there, and says that all is well since the site's day."""
    found = documents(load_site(write(tmp_path, components=[]), now=NOW))
    assert found["summary.json"] == {
        "page": {
            "id": "status.example.com",
            "name": "Status",
            "url": "https://status.example.com",
            "time_zone": "Asia/Tokyo",
            "updated_at": "2026-04-01T09:00:00.000+09:00",
        },
        "components": [],
        "incidents": [],
        "scheduled_maintenances": [],
        "status": {"indicator": "none", "description": "All Systems Operational"},
    }


def test_naughty_texts_arrive_as_they_are(tmp_path: Path) -> None:
    """Markup, quotes and direction marks are text in JSON; 10,000 characters are not cut."""
    found = documents(load_site(write_site(tmp_path), now=NOW))
    parts = {each["id"]: each for each in found["incidents.json"]["incidents"]}
    assert parts["long"]["name"] == "長い題名" * 2500
    assert "<script>window.pwned=1</script>" in parts["open"]["name"]
    assert "\u202e" in parts["open"]["name"]
    assert "x" * 5000 in parts["long"]["incident_updates"][0]["body"]


def test_an_edition_is_a_page_of_its_own() -> None:
    """What one client or the house gets bears its own name and id; commitments have no counterpart in any."""
    public, client, house = (
        documents(load_site(ROOT, datetime.fromisoformat(EXAMPLE_NOW), Audience(word=word)))
        for word in ("public", "a-sha", "internal")
    )
    pages = [each["status.json"]["page"] for each in (public, client, house)]
    assert [page["id"] for page in pages] == [
        "status.example.com",
        "status.example.com/for/a-sha",
        "status.example.com/for/internal",
    ]
    assert len({page["name"] for page in pages}) == 3
    commitments = {path.stem for path in (ROOT / "content/commitments").rglob("*.yaml")}
    assert commitments
    ids = {
        part["id"]
        for found in (public, client, house)
        for name in ("incidents.json", "scheduled-maintenances.json")
        for part in found[name].get("incidents", found[name].get("scheduled_maintenances"))
    }
    assert ids
    assert not ids & commitments


def test_a_renamed_group_is_another_one_and_a_renamed_component_the_same(tmp_path: Path) -> None:
    """Ids come from ids; a group has nothing but its heading in the site's first language."""
    renamed: list[Json] = [COMPONENTS[0] | {"name": "Website", "group": {"ja": "本番", "en": "Live"}}]
    other: list[Json] = [COMPONENTS[0] | {"group": "新本番"}]
    ids = []
    for place, described in enumerate((COMPONENTS[:1], renamed, other)):
        site = load_site(write(tmp_path / f"{place}", components=described))
        ids.append([each["id"] for each in documents(site)["components.json"]["components"]])
    assert ids[0] == ids[1]
    assert ids[2][1] == ids[0][1] == "web"
    assert ids[2][0] != ids[0][0]
