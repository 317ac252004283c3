"""A site's own translation: the words of its pages in a language, as its ``locale/`` folder brings them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Translation:
    """What one file of the folder ``locale`` says."""

    language: str
    """The language's code as in ``site.yaml``: the file's stem."""
    compiled: bytes
    """The messages as gettext programs read them (the content of an ``.mo`` file)."""
    missing: int = 0
    """How many of the program's messages neither it nor the program has in that language: they stay English."""
