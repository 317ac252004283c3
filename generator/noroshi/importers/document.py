"""A text's visible structure, apart from any notation: blocks that hold runs of characters.

HTML is read into it and report Markdown written from it; as both ends meet here, a written text can be read
back and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Style(StrEnum):
    """How characters are set."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRUCK = "struck"
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Run:
    """Characters that are set alike; a line end in them is a line break."""

    text: str
    styles: frozenset[Style] = frozenset()
    href: str | None = None
    """Where a click leads; absolute."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text."""

    runs: tuple[Run, ...]
    bare: bool = False
    """Whether it stands directly in a list item, without a paragraph's distance."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, kw_only=True)
class Verbatim:
    """Preformatted text."""

    text: str
    info: str = ""
    """The language it is written in, if known."""


@dataclass(frozen=True, kw_only=True)
class Separator:
    """A line across."""


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list; ``start`` is None for bullets, else the first number."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells; the first row is the heading."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


Block: TypeAlias = Paragraph | Heading | Verbatim | Separator | Quote | Listing | Table


def runs_of(blocks: Iterable[Block]) -> Iterator[tuple[Run, ...]]:
    """The runs of every block that has some, in reading order; preformatted text counts as one run."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.runs
            case Verbatim():
                yield (Run(text=block.text, styles=frozenset({Style.CODE})),)
            case Quote():
                yield from runs_of(block.blocks)
            case Listing():
                for item in block.items:
                    yield from runs_of(item)
            case Table():
                for row in block.rows:
                    yield from row


def visible_text(blocks: Iterable[Block]) -> str:
    """What a reader sees, in one line, with single spaces."""
    parts = ("".join(run.text for run in runs) for runs in runs_of(blocks))
    return " ".join(" ".join(parts).split())
