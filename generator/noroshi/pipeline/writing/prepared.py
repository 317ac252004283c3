"""A file as it would be written: what is wrong with it, what is true after it, and how it differs from what stands."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from noroshi.problems import Level, Problem, StatedError
from noroshi.snapshot.state import State
from noroshi.yamlsource.encoding import decode_bytes


class WritingError(StatedError):
    """Nothing was written; the message says why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A record's file as it would be written. Nothing is written yet."""

    path: str
    """Relative to the site's folder, with ``/``."""
    place: Path
    """Where it lies on disk."""
    content: Path
    """The site's content folder, which it must not leave."""
    old: bytes | None
    """What stands there; None for a new file."""
    data: bytes
    """What would stand there."""
    problems: tuple[Problem, ...]
    """All its errors, and of what is less those that were not there before; in line order."""
    before: State | None
    """What was true of the matter; None for a new one, and for one that cannot be read."""
    state: State | None
    """What would be true of it; None where it cannot be read, for which there is an error."""

    @property
    def refused(self) -> bool:
        """Whether it must not be written."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    @property
    def diff(self) -> str:
        """What changes, as a unified diff without a line end behind it."""
        old, new = (_lines(self.path, data) for data in (self.old or b"", self.data))
        names = ("/dev/null" if self.old is None else f"a/{self.path}", f"b/{self.path}")
        found: list[str] = []
        for line in difflib.unified_diff(old, new, *names, lineterm=""):
            found += [line[:-1]] if line.endswith("\n") else [line]
            if line[:1] in "-+ " and not line.endswith("\n") and line[:4] not in ("--- ", "+++ "):
                found.append("\\ No newline at end of file")
        return "\n".join(found)


def _lines(path: str, data: bytes) -> list[str]:
    """The lines with their ends as ``\\n``; a file that cannot be read has none."""
    text = decode_bytes(path, data)[0] or ""
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True) if text else []
