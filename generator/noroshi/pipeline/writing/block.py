"""The block that an editor opens: what is known so far, with a comment on each fact, and back from text to facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.problems import Problem
from noroshi.records.refusal import half_width
from noroshi.text.fact_times import DEADLINE_LEANS, MOMENT_LEANS, deadline_spelled, end_said
from noroshi.text.said_slips import FAR_OFF, is_clock, is_far_off, taken_for
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


@dataclass(kw_only=True)
class Reading:
    """What was found where a block's words were taken for facts."""

    now: datetime
    """What relative times count from."""
    zone: ZoneInfo
    faults: list[str] = field(default_factory=list)
    """What cannot be taken, in the words of the commands, each with its key."""
    slips: list[str] = field(default_factory=list)
    """For what a time was taken that may be a slip."""

    def taken(self, value: Emittable, key: str = "") -> Emittable:
        """The facts with times as people say them written out; what cannot be taken stays, and is told."""
        if isinstance(value, str):
            return self._word(value, self.now, key)
        if isinstance(value, Mapping):
            found = {name: self.taken(each, name) for name, each in value.items() if name != "until"}
            until = value.get("until")
            begins = _moment(found.get("from"))
            if isinstance(until, str) and until.strip() and begins is not None:
                found["until"] = self._until(until, begins)
            elif until is not None:
                found["until"] = self.taken(until, "until")
            return {name: found[name] for name in value}
        return [self.taken(each, key) for each in value]

    def _until(self, word: str, begins: datetime) -> str:
        """An end, or how long it takes from the beginning."""
        try:
            ends = end_said(word, begins, self.zone)
        except UnsaidError as error:
            self.faults.append(f"until: {error}")
            return word
        if is_clock(word) and ends - begins > FAR_OFF:
            self.slips.append(f"until: {taken_for(word, ends)}")
        return spelled(ends)

    def _word(self, word: str, now: datetime, key: str) -> str:
        if half_width(word) == "?":
            self.faults.append(f"{key}: '?' tells readers nothing; write what is known, or leave it out")
        elif word.strip():
            try:
                if key in DEADLINE_LEANS:
                    return deadline_spelled(word, now, self.zone, DEADLINE_LEANS[key])
                if key in MOMENT_LEANS:
                    moment = moment_said(word, now, self.zone, MOMENT_LEANS[key])
                    if is_far_off(word, moment, now):
                        self.slips.append(f"{key}: {taken_for(word, moment)}")
                    return spelled(moment)
            except UnsaidError as error:
                self.faults.append(f"{key}: {error}")
        return word


def lone_questions(text: str) -> list[str]:
    """Keys of a block behind which nothing but ``?`` stands, which YAML gives a meaning of its own."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LONE_QUESTION.match(line)
        if match is not None and match[1] == "recovery":
            advice = "write {unknown: WHY, answer_by: TIME} while nobody can say, or leave it out"
            found.append(f"line {number}: recovery: '?' alone tells neither why nor until when; {advice}")
        elif match is not None:
            found.append(f"line {number}: {match[1]}: '?' tells readers nothing; write what is known, or leave it out")
    return found


_LONE_QUESTION = re.compile(r"[ \t]*(?:-[ \t]+)?(\w+):[ \t]*[?？][ \t]*(?:#.*)?\Z")


def _moment(value: Emittable | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
