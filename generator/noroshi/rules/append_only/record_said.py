"""A record as comparisons see it: what it says, and where in its file it says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from noroshi.log.canonical import is_text
from noroshi.log.statement import Said
from noroshi.problems import Locate, Place


@dataclass(frozen=True, kw_only=True)
class RecordSaid:
    """A record and all that it says."""

    path: str
    said: Sequence[Said]
    """Its opening facts, then its reports."""
    locate: Locate
    """Where its parts stand in its file."""

    @property
    def id(self) -> str:
        """Its file's stem."""
        return self.said[0].statement.id

    @property
    def matter(self) -> str:
        """What kind of record it is, in the log's words."""
        return self.said[0].statement.matter

    def place(self, number: int, path: str = "") -> Place:
        """Where a report stands, or a pair of it, or what is nearest to that.

        :param number: the report's; 0 for opening facts
        :param path: of the pair
        """
        within: tuple[str | int, ...] = ("reports", number - 1) if number else ()
        key, _, language = path.removesuffix("]").partition("[") if is_text(path) else (path, "", "")
        inner = [int(step) if step.isdigit() else step for step in key.split(".")]
        return self.locate(*within, *inner, *([language] if language else []))
