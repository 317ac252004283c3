"""How a generated incident ends: completion, correction and the follow-up of corrective actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import phrases
from clock import day, minutes, stamp
from dice import Dice
from record_file import Words
from yaml_text import Value


@dataclass(frozen=True, kw_only=True)
class PlannedAction:
    """A corrective action that a completion report has promised."""

    id: str
    due: datetime
    check: datetime | None
    """By when its effect is to be checked, if it is."""


def make_completion(
    dice: Dice, words: Words, at: datetime, recovered: datetime, owner: str
) -> tuple[dict[str, Value], list[PlannedAction]]:
    """Return the completion report and the actions that it promises."""
    report: dict[str, Value] = {
        "kind": "completion",
        "at": stamp(at),
        "by": owner,
        "ended_at": stamp(recovered),
        "text": words(dice.pick(phrases.COMPLETIONS), at),
        "confirmed_by": dice.pick(phrases.CONFIRMATIONS),
        "lasting_effects": "なし",
        "cause": {
            "status": "suspected" if dice.chance(0.1) else "confirmed",
            "text": words(dice.pick(phrases.CAUSES), at),
        },
    }
    if dice.chance(0.5):
        report["undetected_because"] = dice.pick(phrases.BLIND_SPOTS)
    checked = dice.chance(0.12)
    after, actions = [], []
    for place, (name, ja, en) in enumerate(dice.pick_some(phrases.ACTIONS, dice.number(1, 2))):
        due = at + timedelta(days=dice.number(3, 14))
        action: dict[str, Value] = {
            "id": name,
            "what": words((ja, en), at),
            "type": "permanent" if checked or place == 0 else "interim",
            "owner": owner,
            "due": day(due),
        }
        check = due + timedelta(days=30) if checked else None
        if check is not None:
            action["check_effect_by"] = day(check)
        actions.append(action)
        after.append(PlannedAction(id=name, due=due, check=check))
    report["actions"] = actions
    return report, after


def make_aftermath(
    dice: Dice, completed: datetime, told: int, actions: list[PlannedAction]
) -> Iterator[tuple[datetime, dict[str, Value]]]:
    """Yield, by time, the correction and follow-ups after the completion, which was report number `told`."""
    if dice.chance(0.06):
        at = completed + minutes(dice.number(60, 600))
        text = "影響した件数に誤りがありました。再集計の結果、該当する要求は 12 件でした。"
        yield (
            at,
            {
                "kind": "correction",
                "at": stamp(at),
                "corrects": [1, told],
                "text": text,
                "lasting_effects": "12 件とも処理を終えました",
            },
        )
    at = max(action.due for action in actions) + timedelta(days=1)
    done: dict[str, Value] = {
        action.id: {"done": day(action.due), "evidence": f"手順書 第 {dice.number(2, 30)} 版"} for action in actions
    }
    yield at, {"kind": "follow_up", "at": stamp(at), "text": "是正処置を実施しました。", "actions": done}
    checks = [(action.id, action.check) for action in actions if action.check is not None]
    if checks:
        at = max(check for _, check in checks) + timedelta(days=1)
        text = f"一か月の更新作業 {dice.number(2, 9)} 件で同じ異常は起きていません。"
        effects: dict[str, Value] = {name: {"effect_checked": day(check)} for name, check in checks}
        yield at, {"kind": "follow_up", "at": stamp(at), "text": text, "actions": effects}
