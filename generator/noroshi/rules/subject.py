"""What a rule looks at: one matter with the lines of its file, beside the site's settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from noroshi.problems import Level, Problem
from noroshi.records.content import Entry, Settings
from noroshi.yamlsource import Document


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A matter under examination."""

    entry: Entry
    document: Document
    settings: Settings

    def problem(
        self, rule: str, *steps: str | int, found: str, allowed: str, advice: str, level: Level = Level.ERROR
    ) -> Problem:
        """A problem at ``steps`` in the matter's file."""
        place = self.document.place(*steps)
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice, level=level)


Rule: TypeAlias = Callable[[Subject], Iterator[Problem]]
"""One rule: its docstring says what must hold."""
