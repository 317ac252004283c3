"""What is owed, as one JSON document: always the same keys, which `docs/due.md` tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from noroshi.problems import Problem
from noroshi.records.content import Settings
from noroshi.records.settings import Client
from noroshi.snapshot.owing import Alarm, Owed, Owing, Unsettled
from noroshi.snapshot.slots.conflicts import clear_time
from noroshi.text.wording import iso
from noroshi.writers.due.words import because_words, keeping
from noroshi.writers.first_language import first_words
from noroshi.writers.json_parts import (
    client_of,
    client_part,
    document,
    matter_part,
    moment_part,
    problem_part,
    problem_parts,
    promise_part,
    span_part,
)


def due_json(owing: Owing, problems: Sequence[Problem]) -> str:
    """The document, with a line end behind it.

    :param problems: for which something may be missing in it
    """
    return document(
        owing.at,
        {
            "overdue_count": len(owing.overdue),
            "promises": [_promise(owed, owing) for owed in owing.owed],
            "conflicts": [_conflict(conflict, owing) for conflict in owing.conflicts],
            "risks": [_alarm(alarm, owing.settings) for alarm in owing.alarms],
            "next_due": moment_part(owing.next_due.due if owing.next_due else None),
            "problems": problem_parts(problems),
        },
    )


def _promise(owed: Owed, owing: Owing) -> dict[str, Any]:
    return {
        "matter": matter_part(owed.matter, owing.settings),
        **promise_part(owed.promise, owing.settings, owing.at),
        "concerns": _clients(owed.clients, owing.settings),
        "keep": keeping(owed),
    }


def _conflict(unsettled: Unsettled, owing: Owing) -> dict[str, Any]:
    conflict, settings = unsettled.conflict, owing.settings
    return {
        "work": matter_part(conflict.work, settings),
        "commitment": matter_part(conflict.commitment, settings),
        "client": client_of(conflict.commitment.client, settings),
        "kept_clear": span_part(clear_time(conflict.commitment, owing.at)),
        "overlap": span_part(conflict.overlap),
        "chain": list(conflict.chain),
        "problem": problem_part(unsettled.problem),
    }


def _alarm(alarm: Alarm, settings: Settings) -> dict[str, Any]:
    fired = alarm.fired
    return {
        "id": fired.risk.id,
        "title": first_words(fired.risk.title, settings),
        "respond": first_words(fired.risk.respond, settings),
        "owner": fired.risk.owner,
        "trigger": fired.trigger.value,
        "fired_at": iso(fired.at),
        "since": iso(fired.since),
        "because": because_words(alarm, settings),
        "matter": matter_part(alarm.matter, settings),
        "commitment": matter_part(alarm.commitment, settings) if alarm.commitment is not None else None,
        "concerns": _clients(alarm.clients, settings),
    }


def _clients(clients: Iterable[Client], settings: Settings) -> list[dict[str, str | None]]:
    return [client_part(client, settings) for client in clients]
