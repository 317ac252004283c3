"""Small logs for tests of promises: records from YAML, and what they owe at a time."""

from __future__ import annotations

from datetime import datetime

from noroshi.decode import decode
from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.settings import Client, Policy
from noroshi.records.site import Site
from noroshi.snapshot.fold import fold, until
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.yamlsource import read_document

SITE = {
    "format": "1",
    "id": {"tag": "example.com", "since": "2026-01-01"},
    "name": "Status",
    "url": "https://example.com/",
    "timezone": "Asia/Tokyo",
    "languages": ["ja"],
    "holidays": "JP",
    "quiet_hours": {"from": "23:00", "until": "08:00", "severities": ["minor", "none"]},
}
POLICY = {
    "from": "2026-04-01",
    "major": {"first": "30m", "every": "60m", "completion": "24h", "cause": "5bd"},
    "minor": {"first": "60m", "every": "4h", "completion": "48h"},
    "maintenance": {"notice": "48h", "every": "60m", "completion": "1h"},
}
LOOSER = {**POLICY, "from": "2026-07-01", "major": {"first": "120m", "every": "240m", "completion": "96h"}}
CLIENT = {"id": "a-sha", "name": "A", "components": ["web"], "policy": {"major": {"first": "15m"}}}


def settings_of(*policies: dict[str, object], clients: tuple[dict[str, object], ...] = ()) -> Settings:
    """The settings of a site in Tokyo with these policies, else with one that promises something everywhere."""
    return Settings(
        site=Site.model_validate(SITE),
        policies=tuple(Policy.model_validate(policy) for policy in policies or (POLICY,)),
        clients=tuple(Client.model_validate(client) for client in clients),
    )


SETTINGS = settings_of()


def jst(clock: str) -> datetime:
    """A time of June 2026 in Japan: ``21:40`` is of the 18th, ``19 09:30`` of the 19th, ``08-01 00:00`` of August."""
    day, _, hour = clock.rpartition(" ")
    return datetime.fromisoformat(f"2026-{day if '-' in day else f'06-{day or 18}'}T{hour}+09:00")


def stamp(clock: str) -> str:
    """Such a time as content writes it."""
    return jst(clock).isoformat(timespec="minutes")


def report(clock: str, kind: str = "interim", more: str = "") -> str:
    """A report in one line of YAML."""
    return f"  - {{kind: {kind}, at: {stamp(clock)}, text: A{', ' if more else ''}{more}}}\n"


def incident(*reports: str, opening: str = "") -> str:
    """A major incident that began at 21:40."""
    began = f"started_at: {stamp('21:40')}\n" if "started_at" not in opening else ""
    head = f"title: Down\nseverity: major\ncomponents: {{web: major_outage}}\n{began}{opening}"
    return head + "reports:\n" + "".join(reports)


def work(*reports: str, window: tuple[str, str] = ("21:00", "21:30"), opening: str = "") -> str:
    """Planned work."""
    start, end = map(stamp, window)
    head = f"title: Work\ncomponents: {{web: under_maintenance}}\nwindow: {{from: {start}, until: {end}}}\n{opening}"
    return head + ("reports:\n" + "".join(reports) if reports else "")


def slot(*reports: str, opening: str = "") -> str:
    """A commitment to a client, on the 19th from 10:00 to 12:00."""
    head = f"title: Release\nclient: a-sha\nfrom: {stamp('19 10:00')}\nuntil: {stamp('19 12:00')}\n{opening}"
    return head + ("reports:\n" + "".join(reports) if reports else "")


def entry_of(text: str, kind: MatterKind = MatterKind.INCIDENT) -> Entry:
    """A record from its YAML, its file named ``content/x.yaml``."""
    document, problems = read_document("content/x.yaml", text.encode())
    assert document is not None, problems
    record, problems = decode(document, RECORD_TYPES[kind], None)
    assert record is not None, problems
    return Entry(id="x", kind=kind, path="content/x.yaml", record=record)


def state_at(text: str, clock: str, kind: MatterKind = MatterKind.INCIDENT, settings: Settings = SETTINGS) -> State:
    """What is true of a record at a time, later reports left out."""
    document, _ = read_document("content/x.yaml", text.encode())
    assert document is not None
    entry = entry_of(text, kind)
    standing = until(entry, jst(clock)) if entry.record.reports else entry
    assert standing is not None
    return fold(standing, jst(clock), Terms(settings), document.place)


def promises_at(
    text: str,
    clock: str,
    kind: MatterKind = MatterKind.INCIDENT,
    settings: Settings = SETTINGS,
    only: PromiseKind | None = None,
) -> list[Promise]:
    """What a record had owed by a time, perhaps of one kind only."""
    return [
        promise for promise in state_at(text, clock, kind, settings).promises if only is None or promise.kind is only
    ]


def life(
    text: str, only: PromiseKind, *clocks: str, kind: MatterKind = MatterKind.INCIDENT, settings: Settings = SETTINGS
) -> list[list[PromiseState]]:
    """What had become of the promises of one kind at each of these times."""
    return [
        [promise.state(jst(clock)) for promise in promises_at(text, clock, kind, settings, only)] for clock in clocks
    ]
