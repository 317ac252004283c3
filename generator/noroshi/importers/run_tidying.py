"""Runs brought into the one form in which they can be compared and written: spaces collapsed, neighbours joined."""

from __future__ import annotations

import re
from collections.abc import Iterable

from noroshi.importers.document import Run, Style


def tidied(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs as a browser shows them, in normal form.

    Spaces collapse over the borders of runs and vanish at line ends; spaces at the edge of a style stand outside
    it; a link whose text is its own address is bare text, as bare addresses are links already; runs of one
    setting are one run.
    """
    pieces = [
        (piece, run.styles, run.href)
        for run in runs
        for piece in (
            [run.text] if Style.CODE in run.styles and run.text.strip() else re.split(r"(\n|[ \t]+)", run.text)
        )
        if piece
    ]
    kept: list[tuple[str, frozenset[Style], str | None]] = []
    for piece, styles, href in pieces:
        if piece == "\n":
            while kept and kept[-1][0] == " ":
                kept.pop()
            kept.append(("\n", frozenset(), None))
        elif piece.isspace() and piece.strip(" \t") == "":
            if kept and kept[-1][0] not in (" ", "\n"):
                kept.append((" ", styles, href))
        else:
            kept.append((piece, styles, href))
    while kept and kept[0][0] in (" ", "\n"):
        kept.pop(0)
    while kept and kept[-1][0] in (" ", "\n"):
        kept.pop()
    return _without_own_address(_joined(_spaces_between(kept)))


def _spaces_between(
    pieces: list[tuple[str, frozenset[Style], str | None]],
) -> list[tuple[str, frozenset[Style], str | None]]:
    """A space is set as what stands on both its sides: what only one side is, it is not."""
    settled = list(pieces)
    for index, (piece, _, _) in enumerate(pieces):
        if piece == " ":
            _, before, from_ = pieces[index - 1]
            _, after, to = pieces[index + 1]
            # The inside of code and links keeps its spaces; a space between two of them belongs to neither.
            own = pieces[index][1], pieces[index][2]
            settled[index] = (" ", before & after & own[0], own[1] if from_ == to == own[1] else None)
    return settled


def _joined(pieces: list[tuple[str, frozenset[Style], str | None]]) -> list[Run]:
    runs: list[Run] = []
    for piece, styles, href in pieces:
        if runs and (runs[-1].styles, runs[-1].href) == (styles, href):
            runs[-1] = Run(text=runs[-1].text + piece, styles=styles, href=href)
        else:
            runs.append(Run(text=piece, styles=styles, href=href))
    return runs


def _without_own_address(runs: list[Run]) -> tuple[Run, ...]:
    plain = [
        Run(text=run.text, styles=run.styles)
        if run.href is not None and run.href in (run.text, "mailto:" + run.text)
        else run
        for run in runs
    ]
    return tuple(_joined([(run.text, run.styles, run.href) for run in plain]))
