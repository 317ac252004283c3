"""The block that an editor opens: what is known so far, with a comment on each fact, and back from text to facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.problems import Problem
from noroshi.text.fact_times import DEADLINE_LEANS, MOMENT_LEANS, deadline_spelled
from noroshi.text.said_times import UnsaidError, moment_said, spelled
from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import Emittable, emit


@dataclass(frozen=True, kw_only=True)
class Line:
    """One fact of the block."""

    key: str
    comment: str
    example: str = ""
    """What may stand behind the key."""
    needed: bool = False


def block_text(facts: Mapping[str, Emittable], lines: Sequence[Line], head: Iterable[str]) -> str:
    """The block: each fact under its comment; what nobody has told yet as a comment, or empty where it is needed.

    :param lines: in the order of the block; facts that they do not have come last
    :param head: lines above it all, without ``#``
    """
    parts = ["".join(f"# {line}".rstrip() + "\n" for words in head for line in words.split("\n"))]
    for line in lines:
        comment = f"# {line.comment}\n"
        if line.key in facts:
            parts.append(comment + emit({line.key: facts[line.key]}))
        elif line.needed:
            parts.append(f"{comment}{line.key}:" + (" |\n  \n" if line.key == "text" else "\n"))
        else:
            parts.append(f"{comment}# {line.key}: {line.example}".rstrip() + "\n")
    known = {line.key for line in lines}
    parts += [emit({key: value}) for key, value in facts.items() if key not in known]
    return "\n".join(parts)


def block_facts(path: str, text: str) -> tuple[dict[str, Emittable] | None, list[Problem]]:
    """The facts of a block, less those that were left empty; None where it cannot be read, and why.

    :param path: what problems call it
    """
    document, problems = read_document(path, text.encode())
    problems = [problem for problem in problems if problem.rule != "empty-file"]
    if document is None:
        return (None if problems else {}), problems
    if not isinstance(document.data, Mapping):
        return None, [
            Problem(
                place=document.place(),
                rule="wrong-type",
                found="a list stands here",
                allowed="a block of 'key: value' lines",
                advice="take the '- ' away",
            )
        ]
    return (
        None if problems else {key: value for key, value in document.data.items() if value not in ("", {}, [])}
    ), problems


def with_times(value: Emittable, now: datetime, zone: ZoneInfo, key: str = "") -> Emittable:
    """The facts with times as people say them written out; what is no time stays, for the reader to refuse.

    :param now: what relative times count from
    """
    if isinstance(value, str):
        return _spelled(value, now, zone, key)
    if isinstance(value, Mapping):
        return {name: with_times(each, now, zone, name) for name, each in value.items()}
    return [with_times(each, now, zone, key) for each in value]


def _spelled(word: str, now: datetime, zone: ZoneInfo, key: str) -> str:
    try:
        if key in DEADLINE_LEANS:
            return deadline_spelled(word, now, zone, DEADLINE_LEANS[key])
        if key in MOMENT_LEANS:
            return spelled(moment_said(word, now, zone, MOMENT_LEANS[key]))
    except UnsaidError:
        return word
    return word
