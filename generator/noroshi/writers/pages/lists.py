"""Matters in lists: a row each, the same on every page of one depth, so that it is made once."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from noroshi.records.choices import Phase
from noroshi.snapshot.state import State
from noroshi.writers.pages.links import Reader


@dataclass(frozen=True, kw_only=True)
class Row:
    """One matter in a list, finished for its template."""

    kind: str
    kind_name: str
    link: Markup
    phase: Phase
    phase_name: str
    severity: str | None
    severity_name: str | None
    when: Markup
    duration: str | None
    reports: int


def row(state: State, reader: Reader) -> Row:
    """A matter as a list shows it."""
    words = reader.wording
    end = state.ended_at or state.recovered_at
    if state.phase.ahead and state.window is not None:
        when, duration = reader.span(state.window.start, state.window.end), None
    elif end is not None and end > state.began_at:
        when, duration = reader.span(state.began_at, end), reader.length(end - state.began_at)
    else:
        when, duration = reader.moment(state.began_at), None
    return Row(
        kind=state.kind.value,
        kind_name=words.label(state.kind),
        link=reader.matter(state.kind, state.id, state.title),
        phase=state.phase,
        phase_name=words.label(state.phase),
        severity=state.severity.value if state.severity else None,
        severity_name=words.label(state.severity) if state.severity else None,
        when=when,
        duration=duration,
        reports=len(state.reports),
    )


class Rows:
    """The rows of one language at one depth, each rendered once whatever number of lists it stands in."""

    def __init__(self, reader: Reader) -> None:
        """:param reader: at any page of that depth, for relative links are the same from all of them"""
        self._reader = reader
        self._made: dict[str, Row] = {}

    def of(self, states: tuple[State, ...]) -> list[Row]:
        """The rows of these matters, in order."""
        made = self._made
        for state in states:
            if state.id not in made:
                made[state.id] = row(state, self._reader)
        return [made[state.id] for state in states]
