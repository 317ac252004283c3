"""Small sites for tests of calendars, and what stands in their files as another library reads it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar

from noroshi.pipeline.printing.calendar_files import plan_calendars
from noroshi.snapshot.audience import PUBLIC, Audience
from page_bodies import load_site

SITE: dict[str, Any] = {
    "format": "1",
    "id": {"tag": "status.example.com", "since": "2026-04-01"},
    "name": {"ja": "稼働状況", "en": "Status"},
    "url": "https://status.example.com/",
    "timezone": "Asia/Tokyo",
    "languages": ["en", "ja"],
}
COMPONENTS = [
    {"id": "db", "name": {"ja": "データベース", "en": "Database"}},
    {"id": "web", "name": {"ja": "サイト", "en": "Website"}},
]
CLIENTS = [{"id": "a-sha", "name": "Company A", "components": ["web"]}]
POLICY = [{"from": "2026-04-01", "major": {"every": "60m", "completion": "24h"}}]
WINDOW = {"from": "2026-06-18T21:00+09:00", "until": "2026-06-18T21:30+09:00"}

Record = dict[str, Any]


def work(*reports: Record, **facts: Any) -> Record:
    """Planned work on the database, on the 18th from 21:00 to 21:30 in Tokyo."""
    return {
        "title": "Upgrade",
        "components": {"db": "under_maintenance"},
        "window": WINDOW,
        "reports": list(reports),
        **facts,
    }


def incident(*reports: Record, **facts: Any) -> Record:
    """A major incident of the website, from 21:40 on the same evening."""
    opening = {"title": "Down", "severity": "major", "components": {"web": "major_outage"}}
    return {**opening, "started_at": at("18T21:40"), "reports": list(reports), **facts}


def slot(*reports: Record, **facts: Any) -> Record:
    """A commitment to a client, on the 19th from 10:00 to 12:00."""
    planned = {"from": at("19T10:00"), "until": at("19T12:00"), "needs": ["web"]}
    return {"title": "Release", "client": "a-sha", **planned, "reports": list(reports), **facts}


def at(clock: str) -> str:
    """A time of June 2026 in Tokyo: ``18T21:40``."""
    return f"2026-06-{clock}+09:00"


def report(kind: str, clock: str, text: str = "Told.", **more: Any) -> Record:
    """A report."""
    return {"kind": kind, "at": at(clock), "text": text, **more}


def write_site(
    root: Path,
    *,
    maintenance: dict[str, Record] | None = None,
    incidents: dict[str, Record] | None = None,
    commitments: dict[str, Record] | None = None,
    **settings: Any,
) -> Path:
    """Write a site of these records, by id. JSON is YAML."""
    files: dict[str, Any] = {"site": SITE | settings, "components": COMPONENTS, "clients": CLIENTS, "policy": POLICY}
    for folder, records in (("maintenance", maintenance), ("incidents", incidents), ("commitments", commitments)):
        files |= {f"{folder}/2026/{name}": record for name, record in (records or {}).items()}
    for name, data in files.items():
        place = root / "content" / f"{name}.yaml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return root


def calendar_files(
    root: Path, *, now: str = "2026-08-01T12:00", as_of: str | None = None, audience: Audience = PUBLIC
) -> dict[str, bytes]:
    """Every calendar of a site, by its file. Times are those of Tokyo."""
    then = None if as_of is None else datetime.fromisoformat(f"{as_of}+09:00")
    site = load_site(root, datetime.fromisoformat(f"{now}+09:00"), audience, then)
    return {plan.file: plan.make() for plan in plan_calendars(site.materials)}


def read_events(data: bytes) -> dict[str, icalendar.Event]:
    """The events of a calendar by UID, each only once, as icalendar reads them; a fault fails the test."""
    calendar = icalendar.Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    assert [each.errors for each in (calendar, *events) if each.errors] == []
    by_uid = {str(event["UID"]): event for event in events}
    assert len(by_uid) == len(events), "an event stands twice"
    return by_uid


def unfolded(data: bytes) -> list[str]:
    """The content lines of a calendar, put together again."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def event_lines(data: bytes, uid: str) -> list[str]:
    """The content lines of one event of a calendar."""
    blocks = data.decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    found = [block for block in blocks if block.startswith(f"UID:{uid}\r\n")]
    assert len(found) == 1, [block.partition("\r\n")[0] for block in blocks]
    return found[0].partition("END:VEVENT")[0].split("\r\n")[:-1]


def value(lines: list[str], name: str) -> str:
    """The value of a line, by the name before it with its parameters."""
    found = [line[len(name) + 1 :] for line in lines if line.startswith(f"{name}:")]
    assert len(found) == 1, (name, lines)
    return found[0]
