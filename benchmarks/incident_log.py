"""Seeded incidents over five years, each told in about four reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import phrases
from clock import FIRST_DAY, LAST_CLOSED, NOW, minutes, stamp
from closing_reports import make_aftermath, make_completion
from dice import Dice
from inventory import COMPONENTS, Component
from record_file import RecordFile, Words, record_id, speak
from yaml_text import Value

OPEN_INCIDENTS = 3
_SEVERITIES = ("none", "minor", "minor", "minor", "minor", "major", "major", "major", "critical")
_STATES = {
    "none": "operational",
    "minor": "degraded_performance",
    "major": "partial_outage",
    "critical": "major_outage",
}


def make_incidents(dice: Dice, count: int, windows: Sequence[tuple[datetime, datetime, str]]) -> Iterator[RecordFile]:
    """Yield `count` incidents, oldest first; the last OPEN_INCIDENTS of them are not over at NOW.

    `windows` are the maintenance done, as (from, until, record id) in order: some incidents name one as their cause.
    """
    ended = max(0, count - OPEN_INCIDENTS)
    span = int((LAST_CLOSED - FIRST_DAY) / minutes(1))
    starts = sorted(FIRST_DAY + minutes(dice.number(0, span)) for _ in range(ended))
    next_window, latest = 0, None
    for number, started in enumerate(starts, 1):
        while next_window < len(windows) and windows[next_window][0] <= started:
            latest, next_window = windows[next_window], next_window + 1
        in_window = latest is not None and started <= latest[1] + timedelta(hours=12)
        caused_by = latest[2] if latest is not None and in_window and dice.chance(0.4) else None
        yield _make_ended(dice, number, started, caused_by)
    for place in range(count - ended):
        started = NOW - minutes(360 - 110 * place + dice.number(0, 40))
        yield _make_open(dice, ended + place + 1, started, interims=2 - place)


def _opening(
    dice: Dice, component: Component, severity: str, started: datetime, words: Words
) -> tuple[dict[str, Value], list[dict[str, Value]], datetime]:
    """The opening facts, the reports so far (the first one) and that report's time."""
    affected = [component]
    if severity in ("major", "critical") and dice.chance(0.4):
        affected.append(dice.pick([other for other in COMPONENTS if other is not component]))
    detected = started + minutes(dice.number(1, 9))
    told = detected + minutes(dice.number(4, 25))
    first: dict[str, Value] = {"kind": "start", "at": stamp(told), "by": component.owner}
    first["text"] = words(dice.pick(phrases.STARTS), started)
    if dice.chance(0.4):
        first["workaround"] = "なし" if dice.chance(0.6) else "電話とメールで受け付けます"
    if dice.chance(0.4):
        first["recovery"] = {"unknown": "原因を調査中", "answer_by": stamp(told + minutes(60))}
    facts: dict[str, Value] = {
        "title": words(dice.pick(phrases.SYMPTOMS), started),
        "severity": severity,
        "components": {each.id: _STATES[severity] for each in affected},
        "started_at": stamp(started),
        "detected": {
            "at": stamp(detected),
            "by": dice.pick(("monitoring", "monitoring", "staff", "client")),
        },
    }
    if dice.chance(0.3):
        facts["not_affected"] = "他のサービスと保存済みのデータには影響ありません。"
    return facts, [first], told


def _make_ended(dice: Dice, number: int, started: datetime, caused_by: str | None) -> RecordFile:
    component, severity = dice.pick(COMPONENTS), dice.pick(_SEVERITIES)
    words = speak(dice, component, both_languages=dice.chance(0.3))
    facts, reports, at = _opening(dice, component, severity, started, words)
    if caused_by is not None:
        facts["caused_by"] = caused_by
    if dice.chance(0.5):
        at += minutes(dice.number(20, 70))
        reports.append(
            {
                "kind": "interim",
                "at": stamp(at),
                "text": words(dice.pick(phrases.INTERIMS), at - minutes(15)),
                "recovery": stamp(at + minutes(dice.number(20, 120))),
                "next_report": stamp(at + minutes(30)),
            }
        )
    at += minutes(dice.number(15, 90))
    recovered = at - minutes(dice.number(2, 9))
    back: dict[str, Value] = {
        "recovered_at": stamp(recovered),
        "components": dict.fromkeys(_affected(facts), "operational"),
    }
    recovery_told = dice.chance(0.6)
    if recovery_told:
        text = words(dice.pick(phrases.RECOVERIES), at)
        reports.append({"kind": "interim", "at": stamp(at), **back, "text": text})
        at += minutes(dice.number(60, 1400))
    completion, after = make_completion(dice, words, at, recovered, component.owner)
    if not recovery_told:
        completion |= back
    reports.append(completion)
    # A follow-up that was due after NOW has not been written yet.
    reports += [report for moment, report in make_aftermath(dice, at, len(reports), after) if moment <= NOW]
    return _as_file(number, started, component, {**facts, "reports": reports}, still_open=False)


def _affected(facts: dict[str, Value]) -> list[str]:
    components = facts["components"]
    assert isinstance(components, dict)
    return list(components)


def _make_open(dice: Dice, number: int, started: datetime, *, interims: int) -> RecordFile:
    component, severity = dice.pick(COMPONENTS), dice.pick(("minor", "major", "critical"))
    words = speak(dice, component, both_languages=True)
    facts, reports, at = _opening(dice, component, severity, started, words)
    for _ in range(interims):
        at += minutes(dice.number(40, 70))
        text = words(dice.pick(phrases.INTERIMS), at - minutes(15))
        reports.append({"kind": "interim", "at": stamp(at), "text": text})
    reports[-1]["next_report"] = stamp(NOW + minutes(dice.number(10, 60)))
    return _as_file(number, started, component, {**facts, "reports": reports}, still_open=True)


def _as_file(
    number: int, started: datetime, component: Component, data: dict[str, Value], *, still_open: bool
) -> RecordFile:
    return RecordFile(
        folder="incidents",
        id=record_id(started, component, number),
        year=str(started.year),
        data=data,
        open=still_open,
    )
