"""How the whole is: the home page, the small page, the badge and the APIs judge it alike."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from noroshi.endpoints import API_INDEX, STATUSPAGE_STATUS
from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.overall import overall
from page_bodies import STORY, Site, load_site
from real_program import ROOT

Json = dict[str, Any]

SITE: Json = {
    "format": "1",
    "id": {"tag": "status.example.com", "since": "2026-04-01"},
    "name": "Status",
    "url": "https://status.example.com/",
    "timezone": "Asia/Tokyo",
    "languages": ["en"],
}


def at(time: str) -> str:
    """A time on 18 June."""
    return f"2026-06-18T{time}+09:00"


def incident(*reports: Json, **facts: Any) -> Json:
    """An incident from 21:00 that names no component unless it is told to."""
    first = {"kind": "start", "at": at("21:10"), "text": "It stopped."}
    return {"title": "Down", "severity": "major", "started_at": at("21:00"), "reports": [first, *reports], **facts}


def work(*reports: Json, **facts: Any) -> Json:
    """Planned work from 21:00 on that names no component unless it is told to."""
    notice = {"kind": "notice", "at": "2026-06-10T10:00+09:00", "text": "We will upgrade."}
    window = {"from": at("21:00"), "until": at("23:00")}
    return {"title": "Upgrade", "components": {}, "window": window, "reports": [notice, *reports], **facts}


RECOVERED = {"kind": "interim", "at": at("21:30"), "text": "It is back.", "recovered_at": at("21:30")}
COMPLETED = {"kind": "completion", "at": at("21:40"), "text": "It is over."}
LATER = {"status": "pending", "text": "Unknown", "answer_by": "2026-06-30"}
BEGUN = {"kind": "start", "at": at("21:05"), "text": "It begins."}
ENDED = {"kind": "interim", "at": at("21:40"), "text": "It ended.", "ended_at": at("21:40")}

BACK = "Services are back; completion reports are awaited"
OWED = "Services are back; final reports are still owed"
WORKING = ("Maintenance is in progress", "under_maintenance", "under maintenance", "maintenance")
BOTH = ("Services are back; maintenance is in progress", *WORKING[1:])
LASTS = ("An incident is open", "incident", "incident open", "major")
FINE = ("All services are operational", "operational", "operational", "none")
BROKEN = ("Some services are partly down", "partial_outage", "partial outage", "major")


def site_of(root: Path, **matters: Json) -> Site:
    """A site of one component with these matters, at 22:00."""
    files: dict[str, object] = {"site.yaml": SITE, "components.yaml": [{"id": "web", "name": "Web"}]}
    for name, matter in matters.items():
        kind = "maintenance" if "window" in matter else "incidents"
        files[f"{kind}/2026/{name.replace('_', '-')}.yaml"] = matter
    for name, data in files.items():
        place = root / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(data), "utf-8")
    return load_site(root, now=datetime.fromisoformat(at("22:00")))


def said(site: Site, root: str = "") -> tuple[str, str, str, str]:
    """The home page's headline and its tone, the badge's message and the Statuspage API's indicator."""
    page = lxml.html.document_fromstring(site.pages()[f"{root}index.html"])
    (box,) = page.find_class("nr-verdict")
    outputs = site.outputs()
    small = lxml.html.document_fromstring(outputs[f"{root}embed/index.html"])
    (small_box,) = small.find_class("verdict")
    headline, tone = box.find("h1").text_content(), box.get("class").removeprefix("nr-verdict nr-verdict--")
    assert headline in small_box.text_content()
    assert small_box.get("class") == f"verdict {tone}"
    message = json.loads(outputs[f"{root}badges/status.json"])["message"]
    return headline, tone, message, json.loads(outputs[STATUSPAGE_STATUS])["status"]["indicator"]


@pytest.mark.parametrize(
    ("matters", "told"),
    [
        ({}, FINE),
        ({"a": incident()}, LASTS),
        ({"a": incident(components={"web": "under_maintenance"})}, (*LASTS[:3], "maintenance")),
        ({"a": incident(components={"web": "partial_outage"})}, BROKEN),
        ({"a": incident(RECOVERED)}, (BACK, *FINE[1:])),
        ({"a": incident(RECOVERED, components={"web": "partial_outage"})}, (BACK, *FINE[1:])),
        ({"a": incident(COMPLETED)}, (OWED, *FINE[1:])),
        ({"a": incident(RECOVERED, COMPLETED | {"cause": LATER})}, (OWED, *FINE[1:])),
        ({"a": incident(RECOVERED), "b": incident(COMPLETED)}, (BACK, *FINE[1:])),
        ({"a": incident(RECOVERED), "b": incident()}, LASTS),
        ({"a": work()}, FINE),
        ({"a": work(BEGUN)}, WORKING),
        ({"a": work(BEGUN, components={"web": "under_maintenance"})}, WORKING),
        ({"a": work(BEGUN, components={"web": "partial_outage"})}, BROKEN),
        ({"a": work(BEGUN, ENDED)}, FINE),
        ({"a": work(BEGUN), "b": incident(RECOVERED)}, BOTH),
        ({"a": work(BEGUN), "b": incident()}, LASTS),
    ],
)
def test_all_judge_alike(tmp_path: Path, matters: dict[str, Json], told: tuple[str, str, str, str]) -> None:
    """What hurts comes before work, work before what is only to be told; what is back does not look as if it hurt."""
    assert said(site_of(tmp_path, **matters)) == told


@pytest.mark.parametrize("minute", [0, 60, 150, 180, 210])
def test_in_the_night_of_the_example_no_two_contradict(minute: int) -> None:
    """From 20:30 to half past midnight, home's tone is what the badge says."""
    start = datetime.fromisoformat("2026-06-18T20:30+09:00").timestamp()
    site = load_site(ROOT, as_of=datetime.fromtimestamp(start + minute * 60).astimezone())
    _, tone, message, _ = said(site, "en/")
    assert tone.replace("_", " ") == {"incident open": "incident"}.get(message, message)


def test_back_from_the_incident_while_the_work_goes_on() -> None:
    """At half past eleven of that night the outage is over, and two components are still being worked on."""
    site = load_site(ROOT, as_of=datetime.fromisoformat("2026-06-18T23:30+09:00"))
    assert said(site)[:3] == ("障害は復旧し、作業を行っています", "under_maintenance", "作業中")
    assert json.loads(site.outputs()[API_INDEX])["status"]["maintenance_in_progress"] == 1


def test_work_that_has_ended_is_no_longer_in_progress(tmp_path: Path) -> None:
    """Its completion report is awaited, and it is open, but nothing is being worked on."""
    site = site_of(tmp_path, a=work(BEGUN, ENDED), b=work(BEGUN))
    assert [state.id for state in overall(site.snapshot).working] == ["b"]
    assert json.loads(site.outputs()[API_INDEX])["status"]["maintenance_in_progress"] == 1


def test_of_what_hurts_components_show_a_part() -> None:
    """In the story one incident lasts and a component shows it; what is back hurts no more."""
    snapshot = load_site(STORY).snapshot
    whole = overall(snapshot)
    assert {*whole.hurting, *whole.back} == set(snapshot.open_incidents)
    assert set(whole.unseen) < set(whole.hurting)
    assert whole.level is snapshot.level
    assert [level.value for level in ComponentLevel if not level.impaired] == ["operational", "under_maintenance"]
