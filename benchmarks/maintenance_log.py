"""Seeded maintenance over five years: announced, done, overrun, moved and called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import phrases
from clock import FIRST_DAY, LAST_CLOSED, NOW, day, minutes, stamp
from dice import Dice
from inventory import COMPONENTS, Component
from record_file import RecordFile, Words, record_id, speak
from yaml_text import Value

_ANNOUNCED = 2


def make_maintenance(dice: Dice, count: int) -> Iterator[tuple[RecordFile, tuple[datetime, datetime] | None]]:
    """Yield `count` records, oldest first, each with its (from, until) where the work was done.

    The last two are announced for days after NOW.
    """
    done = max(0, count - _ANNOUNCED)
    # A notice comes up to ten days before its window.
    days = (LAST_CLOSED - FIRST_DAY).days - 12
    starts = sorted(
        FIRST_DAY + timedelta(days=11 + dice.number(0, days), minutes=30 * dice.number(42, 50)) for _ in range(done)
    )
    for number, start in enumerate(starts, 1):
        yield _make_past(dice, number, min(start, LAST_CLOSED))
    for place in range(count - done):
        start = datetime(2026, 11, 4 + 3 * place, 22, 0, tzinfo=NOW.tzinfo)
        yield _make_announced(dice, done + place + 1, start), None


def _opening(dice: Dice, component: Component, start: datetime, until: datetime, words: Words) -> dict[str, Value]:
    facts: dict[str, Value] = {
        "title": words(dice.pick(phrases.WORK), start),
        "components": {component.id: "under_maintenance"},
        "window": {"from": stamp(start), "until": stamp(until)},
        "reason": dice.pick(phrases.REASONS),
    }
    if dice.chance(0.6):
        facts["rollback"] = "スナップショットから戻す"
    return facts


def _notice(dice: Dice, start: datetime, words: Words) -> dict[str, Value]:
    at = start - timedelta(days=dice.number(3, 10), hours=10)
    return {"kind": "notice", "at": stamp(at), "text": words(dice.pick(phrases.NOTICES), start)}


def _make_past(dice: Dice, number: int, start: datetime) -> tuple[RecordFile, tuple[datetime, datetime] | None]:
    component = dice.pick(COMPONENTS)
    words = speak(dice, component, both_languages=dice.chance(0.4))
    until = start + minutes(30 * dice.number(1, 6))
    facts = _opening(dice, component, start, until, words)
    reports = [_notice(dice, start, words)]
    if dice.chance(0.03):
        at = start - minutes(dice.number(300, 2000))
        reports.append(
            {
                "kind": "notice",
                "at": stamp(at),
                "text": "都合により中止します。改めてお知らせします。",
                "cancelled": True,
            }
        )
        return _as_file(number, start, component, {**facts, "reports": reports}), None
    moved = start
    if dice.chance(0.04):
        at = start - minutes(dice.number(300, 2000))
        moved, until = start + minutes(60), until + minutes(60)
        window = {"from": stamp(moved), "until": stamp(until)}
        text = "開始を 1 時間遅らせます。"
        reports.append({"kind": "notice", "at": stamp(at), "text": text, "window": window})
    began = moved + minutes(dice.number(0, 3))
    reports.append(
        {
            "kind": "start",
            "at": stamp(began),
            "text": "作業を開始しました。",
            "by": component.owner,
        }
    )
    ended = until - minutes(dice.number(5, 20))
    result = "done"
    if dice.chance(0.12):
        at = until + minutes(dice.number(3, 14))
        ended = at + minutes(dice.number(20, 80))
        result = dice.pick(("done", "rolled_back", "partial"))
        text = f"予定の {until:%H:%M} を過ぎても作業を続けています。"
        reports.append({"kind": "interim", "at": stamp(at), "text": text, "expected": stamp(ended)})
    reports.append(
        {
            "kind": "completion",
            "at": stamp(ended + minutes(dice.number(2, 40))),
            "ended_at": stamp(ended),
            "text": "作業を終え、動作を確認しました。"
            if result == "done"
            else "作業を終えました。残りは日を改めます。",
            "result": result,
        }
    )
    return _as_file(number, start, component, {**facts, "reports": reports}), (moved, ended)


def _make_announced(dice: Dice, number: int, start: datetime) -> RecordFile:
    component = dice.pick(COMPONENTS)
    words = speak(dice, component, both_languages=True)
    facts = _opening(dice, component, start, start + minutes(90), words)
    at = NOW - timedelta(days=dice.number(1, 5), hours=2)
    text = words(dice.pick(phrases.NOTICES), start)
    reports: list[dict[str, Value]] = [
        {"kind": "notice", "at": stamp(at), "text": text, "by": component.owner},
    ]
    return _as_file(number, start, component, {**facts, "reports": reports}, still_open=True)


def _as_file(
    number: int, start: datetime, component: Component, data: dict[str, Value], *, still_open: bool = False
) -> RecordFile:
    return RecordFile(
        folder="maintenance",
        id=record_id(start, component, number),
        year=day(start)[:4],
        data=data,
        open=still_open,
    )
