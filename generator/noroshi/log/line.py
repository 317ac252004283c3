"""A line of the published log: what entered it, as canonical JSON, and back.

One JSON object on a line of UTF-8, keys sorted, no spaces between. A line's bytes without its line end are a leaf of
the Merkle tree, so what was published once is carried on byte for byte and never made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from noroshi.log.canonical import moment_word
from noroshi.log.statement import MATTER_WORDS, POLICY, Statement
from noroshi.problems import StatedError


class LineError(StatedError):
    """What should be a log is none; the message is for people and names the line."""


class Change(StrEnum):
    """Why a line entered the log."""

    PUBLISHED = "published"
    """It was said for the first time."""
    EDITED = "edited"
    """A slip was mended, and the mark says so."""
    WITHDRAWN = "withdrawn"
    """It was taken back."""
    TRANSLATED = "translated"
    """It was said in another language too."""
    TITLED = "titled"
    """A record got another title."""


class LogLine(NamedTuple):
    """A line. A tuple of plain values, for a log of 10,000 records has 50,000 of them."""

    at: datetime
    """When it was said, not when it was published; in UTC, to the second."""
    change: Change
    digest: bytes
    """32 bytes: of what was said, as :class:`~noroshi.log.statement.Statement` has it."""
    facts: bytes
    """32 bytes: of what of that is no text."""
    id: str
    kind: str
    matter: str
    number: int
    texts: tuple[str, ...]
    """The paths of the texts that the digest covers."""
    mark: str = ""
    """``edited`` or ``withdrawn`` where what was said bore that mark."""
    marked_at: datetime | None = None
    title: tuple[tuple[str, str], ...] = ()
    """Of opening facts: pairs of language and words."""

    @property
    def name(self) -> tuple[str, str, int]:
        """What the statement that it logs is known by."""
        return (self.matter, self.id, self.number)

    @property
    def order(self) -> tuple[datetime, str, int]:
        """The order in which the lines of one publication enter a log."""
        return (self.at, self.id, self.number)


def line_of(statement: Statement, change: Change) -> LogLine:
    """The line by which a statement enters the log."""
    return LogLine(
        at=statement.at,
        change=change,
        digest=statement.digest,
        facts=statement.facts,
        id=statement.id,
        kind=statement.kind,
        matter=statement.matter,
        number=statement.number,
        texts=statement.texts,
        mark=statement.mark,
        marked_at=statement.marked_at,
        title=statement.title,
    )


def line_bytes(line: LogLine) -> bytes:
    """A line as it is published, without its line end."""
    told: dict[str, Any] = {
        "at": moment_word(line.at),
        "change": line.change.value,
        "digest": line.digest.hex(),
        "facts": line.facts.hex(),
        "id": line.id,
        "kind": line.kind,
        "matter": line.matter,
        "number": line.number,
        "texts": line.texts,
    }
    if line.marked_at is not None:
        told[line.mark] = moment_word(line.marked_at)
    if line.title:
        told["title"] = dict(line.title)
    return _encode(told).encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def split_lines(data: bytes) -> list[bytes]:
    """The lines of a log's file without their line ends: the leaves of its tree.

    :raises LineError: the last one is cut off
    """
    if not data:
        return []
    if not data.endswith(b"\n"):
        number = data.count(b"\n") + 1
        raise LineError(f"line {number} is cut off: it has no line end")
    return data[:-1].split(b"\n")


def parse_lines(leaves: Sequence[bytes]) -> list[LogLine]:
    """The lines of a log, in its order.

    :raises LineError: one of them is no line of a log
    """
    return [_line(_json(leaf, number), number) for number, leaf in enumerate(leaves, 1)]


def _json(leaf: bytes, number: int) -> Any:
    """What a line says. Asked this way it takes two thirds of the time of ``json.loads``, and logs are long."""
    try:
        text = leaf.decode()
        told, end = _decode(text)
        if end == len(text):
            return told
    except (ValueError, RecursionError):
        pass
    shown = leaf[:60].decode("utf-8", "replace")
    raise LineError(f"line {number} is no JSON: {shown!r}")


_decode = json.JSONDecoder().raw_decode


_MATTERS = frozenset({*MATTER_WORDS.values(), POLICY})
_CHANGES = {change.value: change for change in Change}


def _line(told: Any, number: int) -> LogLine:
    if not isinstance(told, dict):
        raise LineError(f"line {number} is no JSON object")
    try:
        mark = "withdrawn" if "withdrawn" in told else "edited" if "edited" in told else ""
        # By position, which takes half the time: in the order of the fields.
        line = LogLine(
            _moment(told["at"]),
            _CHANGES[told["change"]],
            bytes.fromhex(told["digest"]),
            bytes.fromhex(told["facts"]),
            told["id"],
            told["kind"],
            told["matter"],
            told["number"],
            tuple(told["texts"]),
            mark,
            _moment(told[mark]) if mark else None,
            tuple(told["title"].items()) if "title" in told else (),
        )
    except KeyError as error:
        missing = str(error.args[0])
        if missing in ("at", "change", "digest", "facts", "id", "kind", "matter", "number", "texts"):
            raise LineError(f"line {number} lacks {missing!r}") from None
        known = ", ".join(_CHANGES)
        raise LineError(f"line {number} has the change {missing!r}; changes are: {known}") from None
    except (TypeError, ValueError, AttributeError):
        raise LineError(f"line {number} has a value of another form than a log's") from None
    _check(line, number)
    return line


def _check(line: LogLine, number: int) -> None:
    plain = type(line.id) is str and type(line.kind) is str and type(line.number) is int and line.number >= 0
    if not plain or len(line.digest) != 32 or len(line.facts) != 32:
        raise LineError(f"line {number} has a value of another form than a log's")
    if line.matter not in _MATTERS:
        raise LineError(f"line {number} is about a {line.matter!r}; a log knows {', '.join(sorted(_MATTERS))}")


def _moment(word: str) -> datetime:
    if len(word) != 20 or word[-1] != "Z":
        raise ValueError(word)
    return datetime.fromisoformat(word)


def newest_time(lines: Iterable[LogLine]) -> datetime | None:
    """The newest time at which somebody said something, as far as a log tells; None for an empty one.

    What is planned and was never reported on enters a log with the time that it is planned for, which may be ahead: it
    counts only where there is nothing else.
    """
    said: datetime | None = None
    planned: datetime | None = None
    for line in lines:
        time = line.at if line.marked_at is None else max(line.at, line.marked_at)
        if line.number or line.matter == POLICY:
            said = time if said is None else max(said, time)
        else:
            planned = time if planned is None else max(planned, time)
    return planned if said is None else said
