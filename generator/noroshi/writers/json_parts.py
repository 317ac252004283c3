"""Parts that the JSON of several commands is made of: one name and one shape for one thing; `docs/json.md` tells them.

Times are in UTC (RFC 3339); the same keys are always there, with ``null`` or an empty list where nothing is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from noroshi.problems import Place, Problem
from noroshi.records.content import Settings
from noroshi.records.settings import Client
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import Span, State
from noroshi.text.wording import iso
from noroshi.urls import public_address
from noroshi.writers.first_language import first_words

FORMAT = 1
"""The documents' version: it rises when a key changes its meaning or goes, not when one is added."""


def document(at: datetime, keys: Mapping[str, Any]) -> str:
    """A whole document, with a line end behind it.

    :param at: the time that it answers for
    """
    return json.dumps({"format": FORMAT, "at": iso(at), **keys}, ensure_ascii=False, indent=2) + "\n"


def moment_part(moment: datetime | None) -> str | None:
    """A time."""
    return None if moment is None else iso(moment)


def span_part(span: Span | None) -> dict[str, str] | None:
    """From one time until another."""
    return None if span is None else {"from": iso(span.start), "until": iso(span.end)}


def place_part(place: Place | None) -> dict[str, str | int] | None:
    """A place in a file."""
    return None if place is None else {"path": place.path, "line": place.line, "column": place.column}


def problem_part(problem: Problem) -> dict[str, str | int]:
    """Something that is wrong with the content, and where."""
    place = problem.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "rule": problem.rule,
        "level": problem.level.value,
        "found": problem.found,
        "allowed": problem.allowed,
        "advice": problem.advice,
    }


def problem_parts(problems: Iterable[Problem]) -> list[dict[str, str | int]]:
    """What is wrong with the content."""
    return [problem_part(problem) for problem in problems]


def matter_part(matter: State, settings: Settings) -> dict[str, str | None]:
    """A matter, by its title in the site's first language."""
    site = settings.site
    return {
        "id": matter.id,
        "kind": matter.kind.value,
        "title": first_words(matter.title, settings),
        "path": matter.path,
        "phase": matter.phase.value,
        "url": public_address(site, site.languages[0], matter.kind, matter.id, matter.visibility),
    }


def client_part(client: Client, settings: Settings) -> dict[str, str | None]:
    """A client whom ``clients.yaml`` knows."""
    return {"id": client.id, "name": first_words(client.name, settings), "manager": client.manager}


def client_of(client_id: str | None, settings: Settings) -> dict[str, str | None] | None:
    """The one client whom something was promised to, or whose something is; of an unknown one the id alone."""
    if client_id is None:
        return None
    found = [client_part(client, settings) for client in settings.clients if client.id == client_id]
    return found[0] if found else {"id": client_id, "name": None, "manager": None}


def promise_part(promise: Promise, settings: Settings, at: datetime) -> dict[str, Any]:
    """A promise, and what became of it.

    :param at: when that is judged
    """
    overdue = promise.overdue(at)
    ahead = promise.owed and not overdue
    return {
        "kind": promise.kind.value,
        "about": promise.about,
        "state": promise.state(at).value,
        "owed": promise.owed,
        "overdue": overdue,
        "due": iso(promise.due),
        "late_seconds": int(promise.lateness(at).total_seconds()),
        "due_in_seconds": int((promise.due - at).total_seconds()) if ahead else None,
        "made_at": moment_part(promise.made_at),
        "report": promise.named_by,
        "policy": promise.policy.isoformat() if promise.policy else None,
        "place": place_part(promise.place),
        "client": client_of(promise.to, settings),
        "moved_from": [iso(due) for due in promise.moved_from],
        "moved_to": moment_part(promise.moved_to),
        "met_at": moment_part(promise.met_at),
        "met_by": promise.met_by,
    }
