"""What is wrong with the content: where it stands, what was found, what is allowed, what to do."""

from __future__ import annotations

import enum
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple, Protocol

_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of the text behind it."""


def in_one_line(text: str) -> str:
    """The text with line breaks and all that would steer a terminal spelled out, as Python does: ``\\n``, ``\\x1b``.

    A file's name may hold anything.
    """
    if text.isprintable():
        return text
    return "".join(char.encode("unicode_escape").decode() if _steers(char) else char for char in text)


def _steers(char: str) -> bool:
    return char in _STEERING or unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs")


class StatedError(Exception):
    """The work cannot go on, and the message says so to people: what, where, what to do.

    The one type of error that crosses from the inner layers to the doors.
    """


class CannotVerify(StatedError):  # noqa: N818 (a verdict that could not be given, and no error of the program)
    """Whether something was rewritten cannot be told from what is there: no word of trust may follow from it."""


class Level(enum.StrEnum):
    """How far a problem reaches."""

    ERROR = "error"
    """Cannot be read, is unsafe, or rewrites the log: fails ``check`` and stops a build."""

    REVIEW = "review"
    """Fails ``check``; a build publishes the record and shows what is missing, for an urgent report always gets out."""

    WARNING = "warning"
    """Said, and fails nothing."""


class Place(NamedTuple):
    """A place in a content file. A tuple, for what is remembered of a log holds many."""

    path: str
    """Relative to the site's folder, with ``/``."""
    line: int = 1
    """From 1."""
    column: int = 1
    """From 1, in characters."""

    @property
    def shown_path(self) -> str:
        """The path on one line."""
        return in_one_line(self.path)


class Locate(Protocol):
    """Tells where in a file a value stands."""

    def __call__(self, *steps: str | int) -> Place:
        """The place of the value that these keys and positions lead to, from the file's top."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, in the words a person needs to mend it."""

    place: Place
    rule: str
    """The rule's name, as ``docs/rules.md`` lists it."""
    found: str
    allowed: str
    advice: str
    level: Level = Level.ERROR

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """A total order: by file, line, column, then rule and words."""
        return (self.place.path, self.place.line, self.place.column, self.rule, self.found)

    @property
    def message(self) -> str:
        """What was found; what is allowed; what to do, on one line."""
        parts = (self.found, self.allowed, self.advice)
        return in_one_line("; ".join(part for part in parts if part))

    def __str__(self) -> str:
        word = "" if self.level is Level.ERROR else f"{self.level}: "
        place = self.place
        return f"{place.shown_path}:{place.line}:{place.column}: [{self.rule}] {word}{self.message}"


def sorted_problems(problems: list[Problem]) -> list[Problem]:
    """The problems in file and line order, each once."""
    return sorted(set(problems), key=lambda problem: problem.order)


def stops_build(problems: list[Problem]) -> bool:
    """Whether a site must not be built from content with these problems."""
    return any(problem.level is Level.ERROR for problem in problems)


def fails_check(problems: list[Problem]) -> bool:
    """Whether ``check`` must refuse content with these problems."""
    return any(problem.level is not Level.WARNING for problem in problems)
