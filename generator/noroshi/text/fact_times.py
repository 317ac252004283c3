"""Times of facts, from what people say to what the content spells: which way each key leans, days, ends and lengths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from noroshi.records.refusal import half_width, shown
from noroshi.records.times import LAST_YEAR
from noroshi.text.said_times import Lean, UnsaidError, deadline_said, moment_said, spelled

MOMENT_LEANS: Mapping[str, Lean] = MappingProxyType(
    {
        **dict.fromkeys(("at", "started_at", "recovered_at", "ended_at"), Lean.PAST),
        **dict.fromkeys(("next_report", "recovery", "expected", "from", "until"), Lean.FUTURE),
    }
)
"""The keys of times, and to which side each leans that does not say its day."""
DEADLINE_LEANS: Mapping[str, Lean] = MappingProxyType(
    {
        **dict.fromkeys(("due", "check_effect_by", "answer_by"), Lean.FUTURE),
        **dict.fromkeys(("done", "effect_checked"), Lean.PAST),
    }
)
"""The keys of days, or of times where a day may stand."""

_LENGTH = re.compile(r"\+?([0-9]{1,5})(m|h)")


def deadline_spelled(word: str, now: datetime, zone: ZoneInfo, lean: Lean = Lean.FUTURE) -> str:
    """A day or a time by which something will be done, or has been, as the content spells it.

    :param now: what relative times count from, with its offset
    :raises UnsaidError: it is none
    """
    said = deadline_said(word, now, zone, lean)
    return spelled(said) if isinstance(said, datetime) else said.isoformat()


def end_said(word: str, start: datetime, zone: ZoneInfo) -> datetime:
    """When something ends: a time, or how long it takes (``30m``, ``2h``), which is elapsed time.

    :param start: when it begins, with its offset
    :raises UnsaidError: it is neither
    """
    length = _LENGTH.fullmatch(half_width(word))
    if length is None:
        return moment_said(word, start, zone, Lean.FUTURE)
    elapsed = timedelta(**{{"m": "minutes", "h": "hours"}[length[2]]: int(length[1])})
    try:
        end = (start.astimezone(UTC) + elapsed).astimezone(zone)
    except OverflowError:  # Python's calendar ends in 9999
        end = None
    if end is None or end.year > LAST_YEAR:
        raise UnsaidError(f"{shown(word)} is too long: it ends after the year {LAST_YEAR}; look at its unit")
    return end
