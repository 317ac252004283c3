"""Matters in lists: a row each, the same on every page but for where its links start, so that it is made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from noroshi.records.choices import Outcome, Phase, WorkResult
from noroshi.snapshot.state import State
from noroshi.urls import way
from noroshi.writers.pages.clock import phase_clock
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class Row:
    """One matter in a list, finished for its template."""

    kind: str
    kind_name: str
    link: Markup
    phase: Phase
    phase_name: str
    phase_clock: Markup
    """What makes the phase follow the reader's clock, as attributes; empty where time alone changes nothing."""
    severity: str | None
    severity_name: str | None
    result: str | None
    """How planned work or a commitment came out; None where the phase says it already."""
    result_name: str | None
    moved: bool
    """Whether planned work was moved to another time."""
    when: Markup
    duration: str | None
    reports: int
    components: tuple[Markup, ...]
    """The components that it concerned, each with a link to its page."""
    component_ids: str
    """Their ids with spaces between them, in the same order: what filters compare."""


def row(state: State, reader: Reader) -> Row:
    """A matter as a list shows it."""
    words = reader.wording
    end = state.ended_at or state.recovered_at
    planned = state.phase.ahead or state.phase is Phase.CANCELLED
    if planned and state.window is not None:
        when, duration = reader.span(state.window.start, state.window.end), None
    elif end is not None and end > state.began_at:
        known = state.started_at is not None
        when = reader.span(state.began_at, end)
        duration = words.duration(end - state.began_at) if known else None
    else:
        when, duration = reader.moment(state.began_at), None
    result = shown_result(state)
    return Row(
        kind=state.kind.value,
        kind_name=words.label(state.kind),
        link=reader.matter(state.kind, state.id, state.title),
        phase=state.phase,
        phase_name=words.label(state.phase),
        phase_clock=phase_clock(state, words),
        severity=state.severity.value if state.severity else None,
        severity_name=words.label(state.severity) if state.severity else None,
        result=result.value if result else None,
        result_name=words.label(result) if result else None,
        moved=bool(state.moved_from),
        when=when,
        duration=duration,
        reports=len(state.reports),
        components=tuple(map(reader.component, state.components)),
        component_ids=" ".join(state.components),
    )


def shown_result(state: State) -> WorkResult | Outcome | None:
    """How it came out; of work that came out as planned the phase says enough, of a promise it does not."""
    return state.outcome or (state.result if state.result is not WorkResult.DONE else None)


class Rows:
    """The rows of one language as HTML, each made once whatever number of pages it stands on."""

    def __init__(self, reader: Reader, templates: Templates) -> None:
        """:param reader: of any page in that language"""
        self._reader = replace(reader, base=_ROOT)
        self._templates = templates
        self._made: dict[str, str] = {}

    def of(self, states: Iterable[State], reader: Reader) -> Markup:
        """The rows of these matters, in order.

        :param reader: at the page that shows them
        """
        return safe("".join(map(self._row, states)).replace(_LINK, f'="{way(reader.path, "")}'))

    def _row(self, state: State) -> str:
        made = self._made.get(state.id)
        if made is None:
            values = row(state, self._reader)
            made = self._made[state.id] = self._templates.render("row.html", self._reader.wording, row=values)
        return made


_ROOT = "root:/"
_LINK = f'="{_ROOT}'
# Where a link starts until a page is known. No text can look like it: a quotation mark in one is escaped.
