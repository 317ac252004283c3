"""What a YAML error means to the person who typed: the slip behind it, told by what stands on the lines it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from noroshi.problems import Place, Problem
from noroshi.yamlsource.parser_words import PARSER_WORDS
from noroshi.yamlsource.slips import Slip, slip_on

_INDENTATION = {
    "did not find expected '-' indicator",
    "did not find expected key",
    "did not find expected <document start>",
    "did not find expected <block end>",
}
_ONE_PAIR = "one line holds one 'key: value'"


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """Where the YAML parser stopped, and what it was reading then; lines and columns from 0."""

    lines: list[str]
    context: str
    words: str
    begun: tuple[int, int] | None
    """Where the thing that could not be finished begins."""
    line: int
    column: int

    @property
    def shown(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def indent(self) -> int:
        return len(self.shown) - len(self.shown.lstrip(" "))


def syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """The problem behind a YAML error, at the place where the slip was made, which is often above the error's."""
    scene = _scene(text, error)
    slip = next(_slips(scene))
    line = min(slip.line, len(scene.lines) - 1)
    place = Place(path=path, line=line + 1, column=min(slip.column, len(scene.lines[line])) + 1)
    return Problem(place=place, rule=slip.rule, found=slip.found, allowed=slip.allowed, advice=slip.advice)


def _scene(text: str, error: yaml.YAMLError) -> _Scene:
    mark: Any = getattr(error, "problem_mark", None)
    begun: Any = getattr(error, "context_mark", None)
    return _Scene(
        lines=text.removesuffix("\n").split("\n"),
        context=getattr(error, "context", None) or "",
        words=getattr(error, "problem", None) or str(error),
        begun=(begun.line, begun.column) if begun is not None else None,
        line=mark.line if mark is not None else 0,
        column=mark.column if mark is not None else 0,
    )


def _slips(scene: _Scene) -> Iterator[Slip]:
    """What may be meant, the likeliest first; the last one always holds."""
    first = min(scene.begun[0] if scene.begun else scene.line, scene.line)
    unclosed = scene.words == "found unexpected end of stream" and scene.begun is not None
    if not unclosed and scene.line - first < 50:
        for number in range(max(0, first - 1), min(scene.line + 1, len(scene.lines))):
            slip = slip_on(scene.lines[number], number, "flow" in scene.context)
            if slip is not None:
                yield slip
    for recognise in (_open_quote, _open_bracket, _second_colon, _after_quote, _no_colon, _indentation, _character):
        slip = recognise(scene)
        if slip is not None:
            yield slip
    where = f" {scene.context}" if scene.context else ""
    yield Slip(
        line=scene.line,
        column=scene.column,
        found=f"the YAML cannot be read{where}: {scene.words}",
        allowed="keys are 'key: value', items are '- item', indented with spaces",
        advice="look at this line and the one above: colons, quotes, brackets, indentation",
    )


def _open_quote(scene: _Scene) -> Slip | None:
    if scene.words != "found unexpected end of stream" or scene.begun is None:
        return None
    line, column = scene.begun
    return Slip(
        line=line,
        column=column,
        found="the quote that opens here is not closed",
        allowed="a text in quotes ends with the same quote",
        advice="close it at the end of the text, or delete it",
    )


def _open_bracket(scene: _Scene) -> Slip | None:
    if scene.words == "did not find expected node content" and scene.line >= len(scene.lines):
        return _last_open_bracket(scene)
    if scene.begun is None or "did not find expected ',' or" not in scene.words:
        return None
    closing = scene.words[-2]
    line, column = scene.begun
    opening = {"}": "{", "]": "["}[closing]
    if line != scene.line:
        return _unclosed(line, column, opening, closing)
    return Slip(
        line=scene.line,
        column=scene.column,
        found=f"a ',' or '{closing}' is missing before this",
        allowed=f"between '{opening}' and '{closing}' a ',' stands after each value",
        advice="add it; a text with ',', ':' or brackets in it needs quotes here",
    )


def _unclosed(line: int, column: int, opening: str, closing: str) -> Slip:
    return Slip(
        line=line,
        column=column,
        found=f"the '{opening}' that opens here is not closed",
        allowed=f"'{opening}' and '{closing}' stand in pairs",
        advice=f"write '{closing}' where the list of values ends",
    )


def _last_open_bracket(scene: _Scene) -> Slip | None:
    """The file ends where a value was due: the bracket nearest to the end is the one that waits for it."""
    for line in range(len(scene.lines) - 1, -1, -1):
        column = max(scene.lines[line].rfind("{"), scene.lines[line].rfind("["))
        if column >= 0:
            opening = scene.lines[line][column]
            return _unclosed(line, column, opening, {"{": "}", "[": "]"}[opening])
    return None


def _second_colon(scene: _Scene) -> Slip | None:
    if not scene.words.startswith("mapping values are not allowed"):
        return None
    before = scene.shown[: scene.column]
    key = re.match(r"[ ]*(?:- +)*([^\s:]+): ", before)
    if key is not None or before.startswith("---"):
        return Slip(
            line=scene.line,
            column=scene.column,
            found="a second ':' stands on this line",
            allowed=_ONE_PAIR + "; a text with ': ' in it stands in quotes",
            advice="put the text in quotes, or begin it on the next line after '|'",
        )
    return Slip(
        line=scene.line,
        column=scene.indent,
        found="this line is indented further than the key above it",
        allowed="the keys that belong together begin in the same column",
        advice="give it the indentation of the line above; a text of several lines begins with '|'",
    )


def _after_quote(scene: _Scene) -> Slip | None:
    before = scene.shown[: scene.column].rstrip()
    if scene.words not in _INDENTATION or not before or before[-1] not in "\"'}]":
        return None
    thing = "quote" if before[-1] in "\"'" else "bracket"
    return Slip(
        line=scene.line,
        column=scene.column,
        found=f"something stands after the closing {thing}",
        allowed=f"nothing but the line's end comes after a closing {thing}",
        advice=(
            'put the whole text in quotes; a \' within \'…\' is written twice, a " within "…" as \\"'
            if thing == "quote"
            else "delete it, or put the whole text in quotes"
        ),
    )


def _no_colon(scene: _Scene) -> Slip | None:
    if scene.words != "could not find expected ':'" or scene.begun is None:
        return None
    line, column = scene.begun
    return Slip(
        line=line,
        column=column,
        found="this line has no 'key: '",
        allowed="lines are 'key: value' or '- item'",
        advice="add the key and ': '; if it continues a text, indent it further than the text's key",
    )


def _indentation(scene: _Scene) -> Slip | None:
    if scene.words not in _INDENTATION or scene.shown[: scene.column].strip():
        return None
    there = scene.begun[1] if scene.begun is not None else 0
    above = (
        f"those above it that it belongs to in column {there + 1} (line {scene.begun[0] + 1})" if scene.begun else ""
    )
    if scene.begun is None or there == scene.column:
        return Slip(
            line=scene.line,
            column=scene.column,
            found="this line does not go on with what stands above it",
            allowed="a file is either 'key: value' lines or '- item' lines, and its first key has no indentation",
            advice="write it like the lines above, and begin it in the same column",
        )
    return Slip(
        line=scene.line,
        column=scene.column,
        found=f"this line begins in column {scene.column + 1}, {above}",
        allowed="the keys or items that belong together begin in the same column",
        advice="move it to that column, or to that of the lines it belongs to",
    )


def _character(scene: _Scene) -> Slip | None:
    words = PARSER_WORDS.get(scene.words)
    if words is None:
        return None
    character = repr(scene.shown[scene.column : scene.column + 1]) if scene.column < len(scene.shown) else "nothing"
    found, allowed, advice = (part.format(character=character) for part in words)
    return Slip(line=scene.line, column=scene.column, found=found, allowed=allowed, advice=advice)
