"""One matter as a JSON document for programs: record, state, promises and actions; `docs/show-json.md` tells it.

It leaves nothing out, clients and places in files included: it is the operators' own. Times are in UTC (RFC 3339),
days are dates, texts are objects by language; the same keys are always there, with ``null`` or an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from noroshi.problems import Place
from noroshi.records.base import Record
from noroshi.records.choices import Visibility
from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.records.texts import Text
from noroshi.snapshot.actions import ActionStanding
from noroshi.snapshot.promises.origin import naming_report
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import Estimate, Impact, Span, State
from noroshi.text.wording import iso
from noroshi.urls import absolute_root, matter_path

FORMAT = 1
"""The document's own version: it rises when a key changes its meaning or goes, not when one is added."""


def record_json(entry: Entry, state: State, settings: Settings, now: datetime, only: int | None = None) -> str:
    """The document, with a line end behind it.

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
    document = {
        "format": FORMAT,
        "at": iso(now),
        "id": entry.id,
        "kind": entry.kind.value,
        "path": entry.path,
        "url": _address(entry, state, settings),
        "record": facts,
        "reports": reports,
        "state": _state(state),
        "promises": [_promise(each, entry, settings, now) for each in state.promises],
        "actions": [_action(each, first) for each in state.actions],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _address(entry: Entry, state: State, settings: Settings) -> str | None:
    """The page's on the public site, in the first language; a commitment that not every reader may see has none."""
    if state.kind is MatterKind.COMMITMENT and state.visibility is not Visibility.PUBLIC:
        return None
    languages = settings.site.languages
    return absolute_root(settings.site.url, languages[0], languages) + matter_path(entry.kind, entry.id)


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


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def _state(state: State) -> dict[str, Any]:
    return {
        "phase": state.phase.value,
        "open": state.open,
        "severity": state.severity,
        "began_at": iso(state.began_at),
        "started_at": _moment(state.started_at),
        "recovered_at": _moment(state.recovered_at),
        "ended_at": _moment(state.ended_at),
        "updated_at": iso(state.updated_at),
        "window": _span(state.window) if state.window else None,
        "moved_from": [_span(span) for span in state.moved_from],
        "estimates": [_estimate(estimate) for estimate in state.estimates],
        "components": list(state.components),
        "impacts": [_impact(impact) for impact in state.impacts],
        "caused_by": state.caused_by,
        "detected_by": state.detected_by,
        "result": state.result,
        "outcome": state.outcome,
        "imported": state.imported,
        "lacking": [piece.value for piece in state.lacking],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"from": iso(span.start), "until": iso(span.end)}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "report": estimate.number,
        "said_at": iso(estimate.said_at),
        "expected": _moment(estimate.expected),
        "answer_by": _moment(estimate.answer_by),
    }


def _impact(impact: Impact) -> dict[str, Any]:
    return {
        "component": impact.component,
        "level": impact.level.value,
        "from": iso(impact.start),
        "until": _moment(impact.end),
    }


def _promise(promise: Promise, entry: Entry, settings: Settings, now: datetime) -> dict[str, Any]:
    return {
        "kind": promise.kind.value,
        "about": promise.about,
        "state": promise.state(now).value,
        "owed": promise.owed,
        "overdue": promise.overdue(now),
        "due": iso(promise.due),
        "late_seconds": int(promise.lateness(now).total_seconds()),
        "made_at": _moment(promise.made_at),
        "report": naming_report(promise, entry.record, settings.site.zone),
        "policy": promise.policy.isoformat() if promise.policy else None,
        "client": promise.to,
        "moved_from": [iso(due) for due in promise.moved_from],
        "moved_to": _moment(promise.moved_to),
        "met_at": _moment(promise.met_at),
        "met_by": promise.met_by,
        "place": _place(promise.place) if promise.place else None,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _action(action: ActionStanding, first: str) -> dict[str, Any]:
    told = {name: _plain(value, first) for name, value in action._asdict().items()}
    return told | {"owed": action.owed}
