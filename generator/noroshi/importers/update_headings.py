"""The headings by which authors part the updates of one entry: ``[Initial message]``, ``**Update 11:58 UTC**``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from noroshi.importers.source_times import SourceTime, read_time


class Stage(StrEnum):
    """Which part of the story a heading opens."""

    FIRST = "first"
    UPDATE = "update"
    LAST = "last"


@dataclass(frozen=True, kw_only=True)
class UpdateHeading:
    """A line that opens an update."""

    stage: Stage
    at: SourceTime | None
    """The time that stands in it."""
    kept: str
    """Words of it that say more than the stage, to stay in the text."""
    rest: str
    """What stands behind it on the same line: the update's own words."""
    stray_end: bool
    """Whether a ``-->`` without a beginning stood in it."""


_WORDS = re.compile(
    r"""
    (?: (?P<first> initial | opening | open(?:ed)? | first | scheduled )
      | (?P<last>  final | closing | closed? | end(?:ed)? | resolved | completed | fixed )
      | (?P<told>  investigating | identified | monitoring | verifying | in[ ]progress )
      | (?P<update> updated? | edit(?:ed)? )
    )
    (?P<nouns> (?: \s+ (?: of | message | issue | incident | maintenance | outage | report | notice | update ) )* )
    (?: \s* \# ? \d{1,2} )?
    (?P<tail> \s* | (?: \s* [-–—:,(] \s* | \s+ (?: at | on ) \s+ | \s+ (?= \d ) ) .+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETS = re.compile(r"(?P<mark>\*\*|__|\#{1,6}\s+)?\[(?P<label>[^\[\]]{1,80})\](?:\*\*|__)?(?![(\[:])(?P<rest>.*)")
_SET_OFF = re.compile(
    r"(?:\#{1,6}\s+(?:\*\*)?|\*\*|__)(?P<label>[^*_\[\]<>]{3,80}?)(?:\*\*|__)?\s*:?\s*(?:\*\*|__)?\s*\#*\s*"
)
_BARE = re.compile(
    r"(?P<label>(?:initial|final|opening|closing)\s+(?:message|report)|update|edit):(?=\s|\Z)(?P<rest>.*)",
    re.IGNORECASE,
)
_STRAY_END = re.compile(r"\s*-->\s*\Z")


def read_heading(line: str, zone: ZoneInfo) -> UpdateHeading | None:
    """The heading that a line is, or None.

    Words in brackets may be followed by the update itself, so may ``Update:``; words in bold or in a Markdown
    heading must be alone with their time, which alone is enough: ``**2021-06-08 07:37:00**``.
    """
    stray = _STRAY_END.search(line)
    line = line[: stray.start()] if stray else line
    if line[:1].isspace():
        return None
    rest = ""
    if (found := _BRACKETS.fullmatch(line)) or (found := _BARE.fullmatch(line)):
        rest = found["rest"].strip()
        stage, at, kept = _label(found["label"], zone)
    elif found := _SET_OFF.fullmatch(line):
        stage, at, kept = _label(found["label"], zone)
        if stage is None and (at := read_time(found["label"], zone)):
            stage = Stage.UPDATE
        if kept and not _WORDS.fullmatch(kept):
            return None
    else:
        return None
    if stage is None:
        return None
    return UpdateHeading(stage=stage, at=at, kept=kept, rest=rest, stray_end=stray is not None)


def _label(label: str, zone: ZoneInfo) -> tuple[Stage | None, SourceTime | None, str]:
    found = _WORDS.fullmatch(label.strip())
    if found is None:
        return None, None, ""
    stage = Stage.FIRST if found["first"] else Stage.LAST if found["last"] else Stage.UPDATE
    tail = re.sub(r"^(?:[\s\-–—:,(]|at\s|on\s)+|[\s)]+$", "", found["tail"], flags=re.IGNORECASE)
    at = read_time(tail, zone) if re.search(r"\d[:h]\d\d", tail) else None
    kept = "" if at else tail
    if found["told"]:
        kept = label.strip() if not at else found["told"]
    return stage, at, kept
