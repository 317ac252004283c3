"""The times of a matter in one line, before its reports tell of them: began, noticed, reported, over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup, escape

from noroshi.records.choices import Phase, PromiseKind, ReportKind
from noroshi.records.matters import Incident, Matter
from noroshi.snapshot.state import ReportMark, State
from noroshi.urls import report_anchor
from noroshi.writers.pages.links import Reader


@dataclass(frozen=True, kw_only=True)
class Step:
    """One time and what happened then."""

    label: Markup
    """In words; a link where a report tells of it."""
    at: Markup
    ahead: bool
    """Whether it is planned or expected only."""


@dataclass(frozen=True, kw_only=True)
class _Event:
    at: datetime
    label: str
    report: int | None = None
    ahead: bool = False


def timeline(record: Matter, state: State, reader: Reader) -> tuple[Step, ...]:
    """The times of a matter in order, what has happened before what is expected.

    Equal times keep the order of the story. Nothing here depends on the time of the build.
    """
    story = _incident(record, state, reader) if isinstance(record, Incident) else _work(state, reader)
    events = sorted(story, key=lambda event: (event.ahead, event.at))
    steps, before = [], None
    for event in events:
        steps.append(Step(label=_label(event), at=reader.step(event.at, before), ahead=event.ahead))
        before = event.at
    return tuple(steps)


def _label(event: _Event) -> Markup:
    words = escape(event.label)
    return words if event.report is None else Markup(f'<a href="#{report_anchor(event.report)}">{words}</a>')


def _incident(record: Incident, state: State, reader: Reader) -> Iterator[_Event]:
    _ = reader.wording.gettext
    if state.started_at is not None:
        yield _Event(at=state.started_at, label=_("Began"))
    if record.detected is not None and record.detected.at is not None:
        yield _Event(at=record.detected.at.astimezone(UTC), label=_("Noticed"))
    if state.reports:
        yield _said(state.reports[0], _("First report"))
    if state.recovered_at is not None:
        yield _Event(at=state.recovered_at, label=_("Recovered"))
    if state.ended_at is not None and state.ended_at != state.recovered_at:
        yield _Event(at=state.ended_at, label=_("Ended"))
    yield from _completion(state, reader)
    if state.phase is Phase.ONGOING:
        yield from _expected(state, _("Recovery expected"), reader)


def _work(state: State, reader: Reader) -> Iterator[_Event]:
    _ = reader.wording.gettext
    if state.reports and state.reports[0].kind is ReportKind.NOTICE:
        yield _said(state.reports[0], reader.wording.label(ReportKind.NOTICE))
    if state.phase is Phase.CANCELLED:
        return
    if state.window is not None and state.started_at is None:
        yield _Event(at=state.window.start, label=_("Planned start"), ahead=not state.phase.over)
    if state.started_at is not None:
        yield _Event(at=state.started_at, label=_("Began"))
    if state.window is not None:
        yield _Event(at=state.window.end, label=_("Planned end"), ahead=state.ended_at is None and not state.phase.over)
    if state.ended_at is not None:
        yield _Event(at=state.ended_at, label=_("Ended"))
    yield from _completion(state, reader)
    if state.open and state.ended_at is None:
        yield from _expected(state, _("Expected end"), reader)


def _said(mark: ReportMark, label: str) -> _Event:
    return _Event(at=mark.at, label=label, report=mark.number)


def _completion(state: State, reader: Reader) -> Iterator[_Event]:
    for mark in reversed(state.reports):
        if mark.kind is ReportKind.COMPLETION and state.phase in _TOLD:
            yield _said(mark, reader.wording.label(mark.kind))
            return


_TOLD = (Phase.COMPLETED, Phase.COMPLETION_INCOMPLETE, Phase.FINAL_REPORT_PENDING)
"""Phases in which a completion report was made."""


def _expected(state: State, label: str, reader: Reader) -> Iterator[_Event]:
    if state.estimates and state.estimates[-1].expected is not None:
        yield _Event(at=state.estimates[-1].expected, label=label, ahead=True)
    owed = [each.due for each in state.promises if each.kind is PromiseKind.NEXT_REPORT and each.owed]
    if owed:
        yield _Event(at=min(owed), label=reader.wording.label(PromiseKind.NEXT_REPORT), ahead=True)
