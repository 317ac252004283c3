"""An entry's body cut into its updates, oldest first.

Bodies are newest first, as cState's own are, unless the first heading of several is the opening one or the text
begins without a heading of its own and none follows as the opening one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from noroshi.importers.hugo_text import code_lines
from noroshi.importers.source_times import SourceTime, read_time, stamp_at_start
from noroshi.importers.update_headings import Stage, UpdateHeading, read_heading

_RULE = re.compile(r"\s*([-=_*])(?:[ \t]*\1){2,}[ \t]*")
_TRACK = re.compile(r"""\{\{[<%][ \t]*track[ \t]+["`](?P<time>[^"`]*)["`][ \t]*/?[>%]\}\}""")
_TOLD_LAST = re.compile(r"\W*(?:resolved|completed|fixed|closed|done)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One update's source text."""

    stage: Stage
    text: str
    line: int
    """The line of its text in the body, from 1."""
    at: SourceTime | None = None
    """The time written in its heading or at its beginning."""


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """A body's updates."""

    oldest_first: tuple[Piece, ...]
    undivided: int = 0
    """The line, from 1, of a heading that parts nothing; 0 if there is none."""
    stray_ends: tuple[int, ...] = ()
    """Lines, from 1, of headings with a stray ``-->``."""


def cut_body(body: str, zone: ZoneInfo) -> Pieces:
    """The updates of a body without comments; empty ones are left out.

    :param zone: read times without an offset there
    """
    lines = body.split("\n")
    protected = code_lines(body)
    if any(_TRACK.search(line) for index, line in enumerate(lines) if index not in protected):
        return _cut_at_tracks(lines, protected, zone)
    headings = {
        index: heading
        for index, line in enumerate(lines)
        if index not in protected and (heading := read_heading(line, zone)) is not None
    }
    strays = tuple(index + 1 for index, heading in headings.items() if heading.stray_end)
    whole = Pieces(oldest_first=_full([Piece(stage=Stage.FIRST, text=body, line=1)]))
    if not headings:
        return whole
    preface = _piece(Stage.FIRST, lines, 0, min(headings))
    bounds = [*headings, len(lines)]
    pieces = [_headed(headings[start], lines, start, end, zone) for start, end in pairwise(bounds)]
    ordered = _ordered(preface, pieces, headings, lines)
    if ordered is None:
        return replace(whole, undivided=min(headings) + 1, stray_ends=strays)
    return Pieces(oldest_first=_full(ordered), stray_ends=strays)


def _ordered(
    preface: Piece, pieces: list[Piece], headings: dict[int, UpdateHeading], lines: list[str]
) -> list[Piece] | None:
    """The pieces, oldest first, or None where the headings do not part the text."""
    stages = [piece.stage for piece in pieces]
    if Stage.FIRST in stages:
        oldest_first = stages[0] is Stage.FIRST and len(pieces) > 1
        ordered = pieces if oldest_first else pieces[::-1]
        # Links above all headings belong to the whole; they stand where the story begins.
        opening = next(index for index, piece in enumerate(ordered) if piece.stage is Stage.FIRST)
        ordered[opening] = _with_preface(preface, ordered[opening])
        return ordered
    if preface.text.strip():
        return [preface, *(_by_time(pieces) if stages[0] is not Stage.LAST else pieces[::-1])]
    last_start = max(headings)
    if headings[last_start].rest and (remainder := _behind_first_paragraph(pieces[-1], lines, last_start)):
        return [remainder[1], *[*pieces[:-1], remainder[0]][::-1]]
    if len(pieces) == 1:
        return None
    oldest, *later = _by_time(pieces[::-1])
    return [replace(oldest, stage=Stage.FIRST), *later]


def _by_time(pieces: list[Piece]) -> list[Piece]:
    dated = [(piece.at.at, index) for index, piece in enumerate(pieces) if piece.at is not None]
    return [pieces[index] for _, index in sorted(dated)] if len(dated) == len(pieces) else pieces


def _with_preface(preface: Piece, piece: Piece) -> Piece:
    if not preface.text.strip():
        return piece
    return replace(piece, text=f"{preface.text}\n\n{piece.text}", line=preface.line)


def _behind_first_paragraph(piece: Piece, lines: list[str], start: int) -> tuple[Piece, Piece] | None:
    """A piece whose words stand on its heading's line ends with that paragraph; what follows is the opening."""
    blank = next((index for index in range(start + 1, len(lines)) if not lines[index].strip()), len(lines))
    opening = _piece(Stage.FIRST, lines, blank, len(lines))
    if not opening.text.strip():
        return None
    kept = len(lines[start + 1 : blank])
    return replace(piece, text="\n".join(piece.text.split("\n")[: kept + 1])), opening


def _headed(heading: UpdateHeading, lines: Sequence[str], start: int, end: int, zone: ZoneInfo) -> Piece:
    if heading.rest:
        piece = _piece(heading.stage, [heading.rest, *lines[start + 1 : end]], 0, end - start)
        piece = replace(piece, line=piece.line + start)
    else:
        piece = _piece(heading.stage, lines, start + 1, end)
    at = heading.at
    if at is None and heading.stage is not Stage.FIRST:
        at = stamp_at_start(piece.text, zone)
    kept = f"{heading.kept}\n\n" if heading.kept else ""
    return replace(piece, text=kept + piece.text, at=at, line=start + 1 if kept else piece.line)


def _piece(stage: Stage, lines: Sequence[str], start: int, end: int) -> Piece:
    """The lines without the empty ones and the rules drawn around them."""
    while start < end and (not lines[start].strip() or _RULE.fullmatch(lines[start])):
        start += 1
    while start < end and (not lines[end - 1].strip() or _is_rule_apart(lines, end - 1)):
        end -= 1
    return Piece(stage=stage, text="\n".join(lines[start:end]), line=start + 1)


def _is_rule_apart(lines: Sequence[str], index: int) -> bool:
    """A rule directly below text would be that text's underline, and the text a heading."""
    return bool(_RULE.fullmatch(lines[index])) and (index == 0 or not lines[index - 1].strip())


def _full(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text.strip())


def _cut_at_tracks(lines: list[str], protected: frozenset[int], zone: ZoneInfo) -> Pieces:
    """cState's own way: every update ends in ``{{< track "time" >}}``, newest first."""
    pieces: list[Piece] = []
    begin = 0
    for index, line in enumerate(lines):
        if index not in protected and (found := _TRACK.search(line)):
            told = [*lines[begin:index], _TRACK.sub("", line)]
            piece = _piece(Stage.UPDATE, told, 0, len(told))
            pieces.append(replace(piece, line=piece.line + begin, at=read_time(found["time"], zone)))
            begin = index + 1
    tail = _piece(Stage.UPDATE, lines, begin, len(lines))
    if tail.text.strip():
        pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text}\n\n{tail.text}")
    oldest_first = _by_time(pieces[::-1])
    if oldest_first and _TOLD_LAST.match(oldest_first[-1].text) and len(oldest_first) > 1:
        oldest_first[-1] = replace(oldest_first[-1], stage=Stage.LAST)
    if oldest_first:
        oldest_first[0] = replace(oldest_first[0], stage=Stage.FIRST)
    return Pieces(oldest_first=_full(oldest_first))
