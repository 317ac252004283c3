"""Which record is meant by what people call it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from noroshi.cli.output import note
from noroshi.pipeline.one_record import matching_records, resolved, stem_of
from noroshi.pipeline.reading.content import SiteFolder, SourceFile
from noroshi.problems import in_one_line
from noroshi.records.refusal import nearest

_LISTED = 20
"""How many ids a message lists."""


def chosen_record(wanted: str, sources: Sequence[SourceFile], folder: SiteFolder) -> SourceFile:
    """The record that is meant; says so where that had to be found out.

    :raises click.UsageError: none is, or several are
    """
    places = {resolved(start / wanted) for start in (Path.cwd(), folder.root)}
    matches = matching_records(wanted, sources, places)
    if len(matches) == 1:
        if matches[0].id != wanted and resolved(Path(matches[0].place)) not in places:
            note(f"{wanted}: this is {matches[0].id} ({in_one_line(matches[0].path)})")
        return matches[0]
    if matches:
        raise click.UsageError(f"several records match {wanted!r}; name one of them:\n{listed(matches)}")
    ids = [source.id for source in sources]
    hint = nearest(stem_of(wanted), ids) or ("look into content/ for its file" if ids else "content/ holds no records")
    raise click.UsageError(f"no record has the id {wanted!r}; {hint}")


def listed(matches: Sequence[SourceFile]) -> str:
    """Records to choose from, one a line."""
    lines = [f"  {match.id} ({in_one_line(match.path)})" for match in matches[:_LISTED]]
    more = [f"  and {len(matches) - _LISTED} more"] if len(matches) > _LISTED else []
    return "\n".join([*lines, *more])
