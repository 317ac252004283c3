"""What is owed, as one JSON document: always the same keys, which `docs/due.md` tells; times in UTC (RFC 3339)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from noroshi.problems import Place, Problem
from noroshi.records.content import Settings
from noroshi.records.settings import Client
from noroshi.snapshot.owing import Alarm, Owed, Owing, Unsettled
from noroshi.snapshot.state import State
from noroshi.text.wording import iso
from noroshi.writers.due.words import first_words, keeping, trigger_words


def due_json(owing: Owing, problems: Sequence[Problem]) -> str:
    """The document, with a line end behind it.

    :param problems: for which something may be missing in it
    """
    document = {
        "at": iso(owing.at),
        "overdue": len(owing.overdue),
        "promises": [_promise(owed, owing.settings) for owed in owing.owed],
        "conflicts": [_conflict(conflict, owing.settings) for conflict in owing.conflicts],
        "risks": [_alarm(alarm, owing.settings) for alarm in owing.alarms],
        "next_due": _moment(owing.next_due.due if owing.next_due else None),
        "problems": [{**_place(each.place), "rule": each.rule, "message": each.message} for each in problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _promise(owed: Owed, settings: Settings) -> dict[str, Any]:
    promise = owed.promise
    return {
        "kind": promise.kind.value,
        "about": promise.about,
        "matter": _matter(owed.matter, settings),
        "due": iso(promise.due),
        "overdue": owed.overdue,
        "seconds": int(owed.length.total_seconds()),
        "readers": owed.to_readers,
        "clients": _clients(owed.clients, settings),
        "made_at": _moment(promise.made_at),
        "place": _place(promise.place) if promise.place is not None else None,
        "policy": promise.policy.isoformat() if promise.policy is not None else None,
        "moved_from": [iso(before) for before in promise.moved_from],
        "moved_to": _moment(promise.moved_to),
        "keep": keeping(owed),
    }


def _conflict(unsettled: Unsettled, settings: Settings) -> dict[str, Any]:
    conflict, problem = unsettled.conflict, unsettled.problem
    return {
        "work": _matter(conflict.work, settings),
        "commitment": _matter(conflict.commitment, settings),
        "overlap": {"from": iso(conflict.overlap.start), "until": iso(conflict.overlap.end)},
        "clients": _clients(unsettled.clients, settings),
        "place": _place(problem.place),
        "found": problem.found,
        "allowed": problem.allowed,
        "advice": problem.advice,
    }


def _alarm(alarm: Alarm, settings: Settings) -> dict[str, Any]:
    fired = alarm.fired
    return {
        "id": fired.risk.id,
        "title": first_words(fired.risk.title, settings),
        "respond": first_words(fired.risk.respond, settings),
        "owner": fired.risk.owner,
        "trigger": fired.trigger.value,
        "at": iso(fired.at),
        "since": iso(fired.since),
        "because": trigger_words(alarm, settings),
        "matter": _matter(alarm.matter, settings),
        "commitment": fired.commitment,
        "clients": _clients(alarm.clients, settings),
    }


def _matter(matter: State, settings: Settings) -> dict[str, str]:
    return {
        "id": matter.id,
        "kind": matter.kind.value,
        "title": first_words(matter.title, settings),
        "path": matter.path,
        "phase": matter.phase.value,
    }


def _clients(clients: Sequence[Client], settings: Settings) -> list[dict[str, str | None]]:
    return [
        {"id": client.id, "name": first_words(client.name, settings), "manager": client.manager} for client in clients
    ]


def _place(place: Place) -> dict[str, str | int]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)
