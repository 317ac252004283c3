"""Whether a time is free for work, in words for people and as JSON for programs. Both are for the house alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from noroshi.problems import Problem, in_one_line
from noroshi.records.content import Settings
from noroshi.snapshot.slots.free_time import Availability, Obstacle, OtherWork
from noroshi.snapshot.state import Span, State
from noroshi.text.wording import iso
from noroshi.writers.first_language import first_words
from noroshi.writers.json_parts import client_of, document, matter_part, problem_parts, span_part


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
        named = f"'{first_words(other.work.title, settings)}' ({in_one_line(other.work.path)})"
        yield f"other work then: {named}, {_said(other.span, settings)}"


def _obstacle_lines(obstacle: Obstacle, settings: Settings) -> Iterator[str]:
    commitment = obstacle.commitment
    yield f"in the way: '{first_words(commitment.title, settings)}' ({in_one_line(commitment.path)})"
    client, manager = _client(commitment, settings)
    named = f"{client} ({commitment.client})" if client else commitment.client or "not said"
    yield f"  client: {named}" + (f", manager: {manager}" if manager else "")
    yield f"  kept clear: {_said(obstacle.clear, settings)}"
    yield f"  overlap: {_said(obstacle.overlap, settings)}"
    yield f"  because: it needs {', which depends on '.join(obstacle.chain)}"


def plan_json(answer: Availability, problems: Sequence[Problem], settings: Settings, at: datetime) -> str:
    """One JSON document with a line end behind it: always the same keys, which `docs/conflicts.md` tells.

    :param problems: for which a promise may be missing in it
    :param at: the time that it answers for
    """
    return document(
        at,
        {
            "free": answer.free,
            "from": iso(answer.span.start),
            "until": iso(answer.span.end),
            "components": list(answer.components),
            "obstacles": [_obstacle(each, settings) for each in answer.obstacles],
            "next_free": span_part(answer.next_free),
            "free_before": span_part(answer.free_before),
            "other_work": [_other(each, settings) for each in answer.others],
            "problems": problem_parts(problems),
        },
    )


def _obstacle(obstacle: Obstacle, settings: Settings) -> dict[str, Any]:
    return {
        "commitment": matter_part(obstacle.commitment, settings),
        "client": client_of(obstacle.commitment.client, settings),
        "kept_clear": span_part(obstacle.clear),
        "overlap": span_part(obstacle.overlap),
        "chain": list(obstacle.chain),
    }


def _other(other: OtherWork, settings: Settings) -> dict[str, Any]:
    return {
        "work": matter_part(other.work, settings),
        "from": iso(other.span.start),
        "until": iso(other.span.end),
    }


def _client(commitment: State, settings: Settings) -> tuple[str | None, str | None]:
    """The name of a commitment's client and the role that answers to them, where these are known."""
    for client in settings.clients:
        if client.id == commitment.client:
            return first_words(client.name, settings), client.manager
    return None, None


def _said(span: Span, settings: Settings) -> str:
    def clock(moment: datetime) -> str:
        return moment.astimezone(settings.site.zone).isoformat(timespec="minutes")

    return f"from {clock(span.start)} until {clock(span.end)}"
