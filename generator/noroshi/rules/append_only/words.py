"""What was said and what is said, short enough for a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.log.differing import Difference
from noroshi.log.statement import Said

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TOLD = 3
_BEFORE, _WIDTH = 12, 48
"""How much of a long text is shown before its first difference, and in all: characters."""


def differences_told(differences: Sequence[Difference], zone: ZoneInfo) -> str:
    """The first few of them, and how many more there are.

    :param zone: in which times are told
    """
    told = [_one(each, zone) for each in differences[:_TOLD]]
    if len(differences) > _TOLD:
        told.append(f"{len(differences) - _TOLD} more")
    return ", ".join(told)


def report_told(said: Said, zone: ZoneInfo) -> str:
    """``report 2 (interim, 2026-06-18T22:20+09:00)``."""
    statement = said.statement
    return f"report {statement.number} ({statement.kind}, {time_told(statement.at, zone)})"


def time_told(moment: datetime, zone: ZoneInfo) -> str:
    """As people write it in the content."""
    local = moment.astimezone(zone)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def _one(each: Difference, zone: ZoneInfo) -> str:
    was = None if each.was is None else _value(each.was, zone)
    now = None if each.now is None else _value(each.now, zone)
    if was is None:
        return f"{each.path} says {_cut(now or '', 0)} and did not before"
    if now is None:
        return f"{each.path} said {_cut(was, 0)} and no longer does"
    place = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    return f"{each.path} said {_cut(was, place)} and says {_cut(now, place)}"


def _value(value: str, zone: ZoneInfo) -> str:
    return time_told(datetime.fromisoformat(value), zone) if _MOMENT.fullmatch(value) else value


def _cut(text: str, place: int) -> str:
    """A text around a place in it."""
    start = place - _BEFORE if len(text) > _WIDTH and place > _BEFORE else 0
    end = start + _WIDTH
    return repr(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}")
