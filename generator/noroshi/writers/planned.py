"""Whether a time is free for work, in words for people and as JSON for programs. Both are for the house alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from noroshi.records.content import Settings
from noroshi.records.texts import Text
from noroshi.snapshot.free_time import Availability, Obstacle, OtherWork
from noroshi.snapshot.state import Span, State
from noroshi.text.wording import iso


def plan_lines(answer: Availability, settings: Settings) -> Iterator[str]:
    """The answer in lines; times are the site's."""
    verdict = "free" if answer.free else "not free"
    yield f"{verdict}: {', '.join(answer.components)}, {_said(answer.span, settings)}"
    for obstacle in answer.obstacles:
        yield from _obstacle_lines(obstacle, settings)
    if answer.next_free is not None:
        yield f"next free: {_said(answer.next_free, settings)}"
    if answer.free_before is not None:
        yield f"free before: {_said(answer.free_before, settings)}"
    for other in answer.others:
        named = f"'{_words(other.work.title, settings)}' ({other.work.path})"
        yield f"other work then: {named}, {_said(other.span, settings)}"


def _obstacle_lines(obstacle: Obstacle, settings: Settings) -> Iterator[str]:
    commitment = obstacle.commitment
    yield f"in the way: '{_words(commitment.title, settings)}' ({commitment.path})"
    client, manager = _client(commitment, settings)
    named = f"{client} ({commitment.client})" if client else commitment.client or "not said"
    yield f"  client: {named}" + (f", manager: {manager}" if manager else "")
    yield f"  kept clear: {_said(obstacle.clear, settings)}"
    yield f"  overlap: {_said(obstacle.overlap, settings)}"
    yield f"  because: it needs {', which depends on '.join(obstacle.chain)}"


def plan_json(answer: Availability, settings: Settings) -> str:
    """One JSON document with a line end behind it: always the same keys; times in UTC (RFC 3339)."""
    document = {
        "free": answer.free,
        **_span(answer.span),
        "components": list(answer.components),
        "obstacles": [_obstacle(each, settings) for each in answer.obstacles],
        "next_free": _span(answer.next_free),
        "free_before": _span(answer.free_before),
        "other_work": [_other(each, settings) for each in answer.others],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _obstacle(obstacle: Obstacle, settings: Settings) -> dict[str, Any]:
    name, manager = _client(obstacle.commitment, settings)
    return {
        **_matter(obstacle.commitment, settings),
        "client": {"id": obstacle.commitment.client, "name": name, "manager": manager},
        "kept_clear": _span(obstacle.clear),
        "overlap": _span(obstacle.overlap),
        "needs": list(obstacle.chain),
    }


def _other(other: OtherWork, settings: Settings) -> dict[str, Any]:
    return {**_matter(other.work, settings), **_span(other.span)}


def _matter(state: State, settings: Settings) -> dict[str, Any]:
    return {"id": state.id, "title": _words(state.title, settings), "path": state.path}


def _client(commitment: State, settings: Settings) -> tuple[str | None, str | None]:
    """The name of a commitment's client and the role that answers to them, where these are known."""
    for client in settings.clients:
        if client.id == commitment.client:
            return _words(client.name, settings), client.manager
    return None, None


def _words(text: Text, settings: Settings) -> str:
    first = settings.site.languages[0]
    return text.said_in(first, first)[0]


def _span(span: Span | None) -> Any:
    return None if span is None else {"from": iso(span.start), "until": iso(span.end)}


def _said(span: Span, settings: Settings) -> str:
    def clock(moment: datetime) -> str:
        return moment.astimezone(settings.site.zone).isoformat(timespec="minutes")

    return f"from {clock(span.start)} until {clock(span.end)}"
