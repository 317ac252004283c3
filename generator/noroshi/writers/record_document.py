"""One matter as a JSON document for programs: facts, state, promises and actions; `docs/show-json.md` tells it.

It leaves nothing out, clients and places in files included: it is the operators' own. Times are in UTC (RFC 3339),
days are dates, texts are objects by language; the same keys are always there, with ``null`` or an empty list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from noroshi.problems import Problem
from noroshi.records.base import Record
from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.records.texts import Text
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.slots.conflicts import clear_time
from noroshi.snapshot.state import Estimate, Impact, Meeting, State
from noroshi.text.wording import iso
from noroshi.urls import public_address
from noroshi.writers.first_language import first_words
from noroshi.writers.json_parts import (
    client_of,
    document,
    matter_part,
    moment_part,
    problem_parts,
    promise_part,
    span_part,
)


def record_json(
    entry: Entry,
    state: State,
    problems: Sequence[Problem],
    settings: Settings,
    now: datetime,
    only: int | None = None,
) -> str:
    """The document, with a line end behind it.

    :param problems: what is wrong with the record, and does not keep it from being told
    :param now: the time at which promises are judged
    :param only: the number of the only report to tell
    """
    first = settings.site.languages[0]
    facts = {key: value for key, value in _fields(entry.record, first) if key != "reports"}
    reports = [
        {"number": number, **dict(_fields(report, first))}
        for number, report in enumerate(entry.record.reports, 1)
        if only in (None, number)
    ]
    return document(
        now,
        {
            "matter": matter_part(state, settings),
            "facts": facts,
            "reports": reports,
            "state": _state(state, settings, now),
            "promises": [promise_part(each, settings, now) for each in state.promises],
            "actions": [_action(each, first) for each in state.actions],
            "problems": problem_parts(problems),
        },
    )


def _fields(record: Record, first: str) -> Iterator[tuple[str, Any]]:
    for name in type(record).model_fields:
        yield name.rstrip("_"), _plain(getattr(record, name), first)


def _plain(value: Any, first: str) -> Any:
    """A value of a record as JSON knows it.

    :param first: the language of texts that name none
    """
    match value:
        case Text():
            return {code or first: words for code, words in value.words}
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case Record():
            return dict(_fields(value, first))
        case dict():
            return {key: _plain(each, first) for key, each in value.items()}
        case tuple():
            return [_plain(each, first) for each in value]
        case None | bool() | int() | str():
            return value
    return str(value)  # durations, as people write them


def _state(state: State, settings: Settings, now: datetime) -> dict[str, Any]:
    return {
        "open": state.open,
        "severity": state.severity,
        "began_at": iso(state.began_at),
        "detected_at": moment_part(state.detected_at),
        "started_at": moment_part(state.started_at),
        "recovered_at": moment_part(state.recovered_at),
        "ended_at": moment_part(state.ended_at),
        "updated_at": moment_part(state.told_at),
        "window": span_part(state.window),
        "moved_from": [span_part(span) for span in state.moved_from],
        "estimates": [_estimate(estimate) for estimate in state.estimates],
        "components": list(state.components),
        "impacts": [_impact(impact) for impact in state.impacts],
        "kept_clear": span_part(clear_time(state, now)),
        "settlement": state.settlement.value if state.settlement else None,
        "meets": [_meeting(each, settings) for each in state.meets],
        "caused_by": state.caused_by,
        "detected_by": state.detected_by,
        "result": state.result,
        "outcome": state.outcome,
        "imported": state.imported,
        "lacking": [piece.value for piece in state.lacking],
    }


def _meeting(meeting: Meeting, settings: Settings) -> dict[str, Any]:
    site, kind = settings.site, MatterKind.COMMITMENT
    return {
        "commitment": {
            "id": meeting.commitment,
            "kind": kind.value,
            "title": first_words(meeting.title, settings),
            "url": public_address(site, site.languages[0], kind, meeting.commitment, meeting.visibility),
        },
        "client": client_of(meeting.client, settings),
        "settlement": meeting.settlement.value,
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "report": estimate.number,
        "said_at": iso(estimate.said_at),
        "expected": moment_part(estimate.expected),
        "answer_by": moment_part(estimate.answer_by),
    }


def _impact(impact: Impact) -> dict[str, Any]:
    return {
        "component": impact.component,
        "level": impact.level.value,
        "from": iso(impact.start),
        "until": moment_part(impact.end),
    }


def _action(action: ActionStanding, first: str) -> dict[str, Any]:
    told = {name: _plain(value, first) for name, value in action._asdict().items()}
    return told | {"owed": action.owed}
