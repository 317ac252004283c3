"""States of matters from the YAML that people would write, on a site with a chain of components and two clients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from noroshi.decode import decode, decode_list
from noroshi.pipeline.reading.together import Together, put_together
from noroshi.problems import Place
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.settings import Client, Component, Policy
from noroshi.records.site import Site
from noroshi.snapshot.fold import fold, until
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.dependencies import Dependencies
from noroshi.snapshot.state import State
from noroshi.yamlsource import Document, read_document

SITE = """
format: 1
id: {tag: status.example.com, since: 2026-04-01}
name: Status
url: https://status.example.com/
timezone: Asia/Tokyo
languages: [en]
holidays: JP
"""
COMPONENTS = """
- {id: db, name: Database}
- {id: dns, name: DNS}
- {id: api, name: API, depends_on: [db]}
- {id: shop, name: Shop, depends_on: [api, dns]}
- {id: mail, name: Mail, depends_on: [dns]}
- {id: vpn, name: VPN}
"""
CLIENTS = """
- {id: a-sha, name: A, manager: pm, policy: {major: {first: 15m}}}
- {id: b-sha, name: B}
"""
POLICY = """
- from: 2026-04-01
  critical: {first: 15m}
  major: {first: 30m}
  minor: {first: 60m}
"""


def _document(text: str) -> Document:
    document, problems = read_document("content/x.yaml", text.encode())
    assert document is not None, problems
    return document


def _list(text: str, kind: Any) -> tuple[Any, ...]:
    items, problems = decode_list(_document(text), kind, None)
    assert not problems
    return items


def _settings() -> Settings:
    site, problems = decode(_document(SITE), Site, None)
    assert site is not None, problems
    clients: tuple[Client, ...] = _list(CLIENTS, Client)
    return Settings(
        site=site,
        components=_list(COMPONENTS, Component),
        clients=clients,
        clients_at={client.id: Place(path="content/clients.yaml", line=n) for n, client in enumerate(clients, 2)},
        policies=_list(POLICY, Policy),
    )


SETTINGS = _settings()
DEPENDENCIES = Dependencies(SETTINGS.components)
TERMS = Terms(SETTINGS)


def jst(clock: str) -> datetime:
    """A time in June 2026 in Japan: ``18 21:40``."""
    day, _, hour = clock.partition(" ")
    return datetime.fromisoformat(f"2026-06-{day}T{hour}+09:00").astimezone(UTC)


def said(moment: datetime) -> str:
    """The same, back."""
    return f"{moment.astimezone(SETTINGS.site.zone):%d %H:%M}"


def state(kind: MatterKind, name: str, text: str, now: datetime) -> State:
    """A matter's state at ``now``, later reports left out.

    :param text: YAML in which ``@18 21:40`` is a time in June 2026
    """
    for word in {part[:8] for part in text.split("@")[1:]}:
        text = text.replace(f"@{word}", jst(word).isoformat())
    document = _document(text)
    record, problems = decode(document, RECORD_TYPES[kind], SETTINGS.site.zone)
    assert record is not None, problems
    entry = until(Entry(id=name, kind=kind, path=f"content/{kind}/{name}.yaml", record=record), now)
    assert entry is not None
    return fold(entry, now, TERMS, document.place)


def work(
    now: str,
    *reports: str,
    name: str = "work",
    on: str = "db",
    at: tuple[str, str] = ("18 21:00", "18 21:30"),
    more: str = "",
) -> State:
    """Planned work."""
    text = f"title: Work\ncomponents: {{{on}: under_maintenance}}\nwindow: {{from: @{at[0]}, until: @{at[1]}}}\n{more}"
    return state(MatterKind.MAINTENANCE, name, text + _reports(reports), jst(now))


def release(
    now: str,
    *reports: str,
    name: str = "release",
    client: str = "a-sha",
    needs: str = "shop",
    at: tuple[str, str] = ("19 10:00", "19 12:00"),
    clear: str = "{before: 24h, after: 2h}",
) -> State:
    """A commitment."""
    text = f"title: Release\nclient: {client}\nfrom: @{at[0]}\nuntil: @{at[1]}\nneeds: [{needs}]\nkeep_clear: {clear}\n"
    return state(MatterKind.COMMITMENT, name, text + _reports(reports), jst(now))


def outage(now: str, *reports: str, name: str = "outage", on: str = "db", severity: str = "major") -> State:
    """An incident."""
    text = f"title: Outage\nseverity: {severity}\ncomponents: {{{on}: major_outage}}\n"
    return state(MatterKind.INCIDENT, name, text + _reports(reports), jst(now))


def _reports(reports: Sequence[str]) -> str:
    return "reports:\n" + "".join(f"  - {{{report}, text: Words.}}\n" for report in reports) if reports else ""


def together(now: str, *states: State) -> Together:
    """These matters seen together."""
    return put_together(states, SETTINGS, TERMS, jst(now))
