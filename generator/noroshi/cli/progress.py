"""What the command is doing, once it takes longer than a second and somebody looks."""

from __future__ import annotations

import sys
import time
from typing import Self

from noroshi.cli.output import colour_wanted

_WORDS = {
    "settings": "reading the settings",
    "read": "reading the records",
    "check": "checking them together",
    "snapshot": "computing the state",
    "theme": "rendering the theme's shell (once for each change of the look)",
    "records": "printing the records' pages",
    "pages": "printing the other pages",
    "feeds": "writing the feeds",
    "assets": "copying the assets",
    "publish": "publishing",
}
PATIENCE = 1.0
"""Seconds before anything is said."""


class Progress:
    """Notes stages; shows them on a terminal after a second; knows afterwards where the time went."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._stage: str | None = None
        self._since = self._began
        self._visible = sys.stderr.isatty() and colour_wanted(True)
        self._shown = False
        self.timings: list[tuple[str, float]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def stage(self, name: str) -> None:
        """A stage begins, and the one before it has ended."""
        now = time.perf_counter()
        if self._stage is not None:
            self.timings.append((self._stage, now - self._since))
        self._stage, self._since = name, now
        self._clear()
        if self._visible and (name == "theme" or now - self._began > PATIENCE) and name in _WORDS:
            sys.stderr.write(f"{_WORDS[name]} …")
            sys.stderr.flush()
            self._shown = True

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.perf_counter() - self._began

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False
