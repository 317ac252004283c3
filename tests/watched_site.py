"""A small site in memory, with risks and clients, whose matters are told in a few lines of YAML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from noroshi.decode import decode, decode_list
from noroshi.problems import Place
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.settings import LISTS
from noroshi.records.site import Site
from noroshi.snapshot.fold import fold, until
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.yamlsource import read_document

SITE = """\
format: 1
id: {tag: status.example.com, since: 2026-01-01}
name: Status
url: https://status.example.com/
timezone: Asia/Tokyo
languages: [ja, en]
holidays: JP
"""
COMPONENTS = """\
- {id: web, name: Website, depends_on: [db]}
- {id: db, name: Database}
- {id: mail, name: Mail}
"""
CLIENTS = """\
- {id: a-sha, name: {ja: A 社, en: Company A}, manager: pm, components: [web]}
- {id: b-sha, name: B 社, components: [mail]}
"""
POLICY = """\
- from: 2026-01-01
  major: {first: 30m, every: 60m, completion: 24h, cause: 5bd}
  maintenance: {notice: 48h, every: 60m, completion: 1h}
"""


def listed(name: str, text: str) -> tuple[Any, ...]:
    """What a list file of this name holds."""
    document, problems = read_document(f"content/{name}", text.encode())
    assert document is not None, problems
    found, problems = decode_list(document, LISTS[name], None)
    assert not problems, problems
    return tuple(found)


def site_settings(risks: str, *, clients: str = CLIENTS, policy: str = POLICY) -> Settings:
    """The settings of a site with these risks."""
    document, problems = read_document("content/site.yaml", SITE.encode())
    assert document is not None, problems
    site, problems = decode(document, Site, None)
    assert site is not None, problems
    return Settings(
        site=site,
        components=listed("components.yaml", COMPONENTS),
        clients=listed("clients.yaml", clients),
        policies=listed("policy.yaml", policy),
        risks=listed("risks.yaml", risks),
    )


def jst(clock: str) -> datetime:
    """A time on 18 June 2026 in Japan, a Thursday, or on the day of June that is written before it: ``19 09:30``."""
    day, _, hour = clock.rpartition(" ")
    return datetime.fromisoformat(f"2026-06-{day or 18}T{hour}+09:00")


def state_at(settings: Settings, kind: MatterKind, matter: str, text: str, clock: str) -> State | None:
    """What is true of a matter at a time by the reports until then; None where there was none."""
    path = f"content/{kind.value}/{matter}.yaml"
    document, problems = read_document(path, text.encode())
    assert document is not None, problems
    record, problems = decode(document, RECORD_TYPES[kind], settings.site.zone)
    assert record is not None, problems
    standing = until(Entry(id=matter, kind=kind, path=path, record=record), jst(clock))
    return None if standing is None else fold(standing, jst(clock), Terms(settings), _place(path))


def states_at(settings: Settings, matters: Iterable[tuple[MatterKind, str, str]], clock: str) -> list[State]:
    """What is true of these matters, each a kind, an id and its YAML."""
    found = (state_at(settings, kind, matter, text, clock) for kind, matter, text in matters)
    return [state for state in found if state is not None]


def _place(path: str) -> Any:
    return lambda *steps: Place(path=path, line=len(steps) + 1)
