"""One report on a page: what was said, and the facts that it brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import repeat
from typing import TypeVar

from markupsafe import Markup, escape

from noroshi.records.base import Window
from noroshi.records.choices import ComponentLevel
from noroshi.records.matters import Matter
from noroshi.records.reports import (
    Action,
    Cause,
    CommitmentReport,
    IncidentReport,
    MaintenanceReport,
    UnknownRecovery,
)
from noroshi.snapshot.before_report import Before, before_each_report
from noroshi.snapshot.matter.actions import announced_actions
from noroshi.snapshot.matter.spoken import corrected_by
from noroshi.snapshot.sayings import kept_in_time, late_by
from noroshi.snapshot.state import Span, State
from noroshi.writers.pages.action import (
    AnnouncedView,
    ProgressView,
    announced_views,
    progress_views,
    said_deadline,
)
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.promise import promise_name

Report = IncidentReport | MaintenanceReport | CommitmentReport

Now = TypeVar("Now")
"""What a report says of something that had been said before."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of facts: what it is about, and the value as safe HTML."""

    label: str
    value: Markup
    before: Markup | None = None
    """What had been said of it before, where a page tells what its reports change."""


@dataclass(frozen=True, kw_only=True)
class KeptView:
    """A promise that a report kept."""

    late: bool
    name: Markup
    standing: Markup
    """That it came in time or late, and when it was due."""


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """One report, finished for its template."""

    number: int
    kind: str
    """The word that programs compare."""
    name: str
    name_beside: str
    """The kind's name in the other language, which stands beside it."""
    language_beside: str
    at: Markup
    by: str | None
    body: Markup | None
    """None where the report was withdrawn."""
    facts: tuple[Fact, ...]
    actions: tuple[AnnouncedView, ...]
    """The corrective actions that it announces."""
    progress: tuple[ProgressView, ...]
    """What it tells of those announced before."""
    corrects: tuple[int, ...]
    corrected_by: tuple[int, ...]
    edited: Markup | None
    withdrawn: Markup | None
    log: str | None = None
    """The link to its entry in the published log; None in feeds."""
    kept: tuple[KeptView, ...] = ()
    """The promises that it kept, in time or late; told where a page has the promises at hand."""
    promised: tuple[Markup, ...] = ()
    """What else was owed when it was made, each with by when; only feeds tell it with the report."""
    late: tuple[Markup, ...] = ()
    """What it kept too late, each with by how much; only feeds tell it with the report."""

    @property
    def changes(self) -> tuple[Fact, ...]:
        """The facts that differ from what had been said before."""
        return tuple(fact for fact in self.facts if fact.before is not None)

    @property
    def news(self) -> tuple[Fact, ...]:
        """The facts of which nothing else had been said before."""
        return tuple(fact for fact in self.facts if fact.before is None)


def report_views(
    record: Matter, reader: Reader, beside: Reader | None, *, state: State | None = None
) -> Iterator[ReportView]:
    """The reports of a matter in order.

    :param beside: the other language's reader, whose name for each kind stands beside
    :param state: the matter's, where each report is to tell also what it changed and which promises it kept
    """
    compared: Iterable[Before] = _NOTHING if state is None else before_each_report(record)
    reports: tuple[Report, ...] = record.reports
    corrected = corrected_by(reports)
    announced = announced_actions(report for report in reports if not isinstance(report, CommitmentReport))
    for number, (report, before) in enumerate(zip(reports, compared, strict=False), 1):
        view = _report(report, number, reader, beside, announced, corrected.get(number, ()), before)
        if state is not None:
            kept = tuple(_kept(state, number, report.at, reader))
            view = replace(view, kept=kept, log=reader.logged(report.at, state.id, number))
        yield view


_NOTHING = repeat(Before())
"""Where nothing is compared, nothing had been said before."""


def _kept(state: State, number: int, at: datetime, reader: Reader) -> Iterator[KeptView]:
    for promise in state.promises:
        if promise.met_by == number and promise.met_at is not None:
            late = promise.met_at > promise.due
            if promise.kind.of_action and not late:
                continue  # the report's own progress says it
            standing = reader.tell(late_by(promise) if late else kept_in_time(promise), at)
            yield KeptView(late=late, name=promise_name(promise, state, reader), standing=standing)


def _report(
    report: Report,
    number: int,
    reader: Reader,
    beside: Reader | None,
    announced: Mapping[str, Action],
    corrections: tuple[int, ...],
    before: Before,
) -> ReportView:
    spoken = report.withdrawn is None
    acting = report if spoken and not isinstance(report, CommitmentReport) else None
    return ReportView(
        number=number,
        kind=report.kind.value,
        name=reader.wording.label(report.kind),
        name_beside=beside.wording.label(report.kind) if beside else "",
        language_beside=beside.language if beside else "",
        at=reader.moment(report.at),
        by=report.by,
        body=reader.prose(report.text) if report.text and spoken else None,
        facts=tuple(_facts(report, reader, before)) if spoken else (),
        actions=announced_views(acting, reader) if acting and acting.actions else (),
        progress=progress_views(acting, announced, reader) if acting and acting.actions else (),
        corrects=report.corrects if spoken else (),
        corrected_by=corrections,
        edited=reader.aside(reader.plain(report.edited.note), reader.moment(report.edited.at))
        if report.edited
        else None,
        withdrawn=reader.aside(reader.plain(report.withdrawn.reason), reader.moment(report.withdrawn.at))
        if report.withdrawn
        else None,
    )


def _facts(report: Report, reader: Reader, before: Before) -> Iterator[Fact]:
    if isinstance(report, CommitmentReport):
        yield from _slot_facts(report, reader, before)
    else:
        yield from _work_facts(report, reader, before)


def _compared(label: str, now: Now, before: Now | None, say: Callable[[Now], Markup]) -> Fact:
    """A fact beside what had been said of it before, where that was something else."""
    differs = before is not None and before != now
    return Fact(label=label, value=say(now), before=say(before) if differs and before is not None else None)


def _slot_facts(report: CommitmentReport, reader: Reader, before: Before) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if report.window is not None:
        yield _moved(report.window, reader, before)
    if report.expected is not None:
        yield _end(_("Expected end"), report.expected, report.at, reader, before)
    if report.ended_at is not None:
        yield _compared(_("Ended"), report.ended_at, before.ended_at, reader.moment)
    if report.outcome is not None:
        yield Fact(label=_("Result"), value=escape(reader.wording.label(report.outcome)))
    if report.next_report is not None:
        yield Fact(label=_("Next report"), value=reader.clock(report.next_report, report.at))


def _work_facts(report: IncidentReport | MaintenanceReport, reader: Reader, before: Before) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if isinstance(report, IncidentReport):
        if report.severity is not None:
            yield _compared(_("Severity is now"), report.severity, before.severity, reader.label)
        if report.workaround is not None:
            yield Fact(label=_("Workaround"), value=reader.plain(report.workaround))
        if report.recovery is not None:
            yield _end(_("Recovery expected"), report.recovery, report.at, reader, before)
        if report.recovered_at is not None:
            yield _compared(_("Recovered"), report.recovered_at, before.recovered_at, reader.moment)
        elif before.taken_back is not None:
            yield Fact(label=_("Recovered"), value=escape(_("not yet")), before=reader.moment(before.taken_back))
        if report.undetected_because is not None:
            yield Fact(label=_("Why it was not noticed earlier"), value=reader.plain(report.undetected_because))
    else:
        if report.window is not None:
            yield _moved(report.window, reader, before)
        if report.cancelled:
            yield Fact(label=_("State"), value=escape(_("Cancelled")))
        if report.expected is not None:
            yield _end(_("Expected end"), report.expected, report.at, reader, before)
        if report.result is not None:
            yield Fact(label=_("Result"), value=escape(reader.wording.label(report.result)))
    if report.started_at is not None:
        yield _compared(_("Began"), report.started_at, before.started_at, reader.moment)
    if report.ended_at is not None:
        yield _compared(_("Ended"), report.ended_at, before.ended_at, reader.moment)
    if report.components:
        yield _components(report.components, reader, before)
    if report.not_affected is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(report.not_affected))
    if report.confirmed_by is not None:
        yield Fact(label=_("How that was confirmed"), value=reader.plain(report.confirmed_by))
    if report.lasting_effects is not None:
        yield Fact(label=_("Lasting effects"), value=reader.plain(report.lasting_effects))
    if report.cause is not None:
        yield _cause(report.cause, reader)
    if report.next_report is not None:
        yield Fact(label=_("Next report"), value=reader.clock(report.next_report, report.at))


def _moved(window: Window, reader: Reader, before: Before) -> Fact:
    return _compared(
        reader.wording.gettext("Moved to"),
        Span(window.from_, window.until),
        before.window,
        lambda span: reader.span(span.start, span.end),
    )


def _end(label: str, end: datetime | UnknownRecovery, at: datetime, reader: Reader, before: Before) -> Fact:
    return _compared(label, end, before.end, lambda said: _recovery(said, at, reader))


def _components(components: Mapping[str, ComponentLevel], reader: Reader, before: Before) -> Fact:
    """Components, each with how it is; beside it how those were that had been otherwise."""
    others = {
        name: before.levels[name] for name, level in components.items() if before.levels.get(name, level) != level
    }
    return Fact(
        label=reader.wording.gettext("Component"),
        value=component_levels(components, reader),
        before=component_levels(others, reader) if others else None,
    )


def component_levels(components: Mapping[str, ComponentLevel], reader: Reader) -> Markup:
    """Components, each with how it is."""
    said = [f"{reader.component(name)} {reader.level(level)}" for name, level in components.items()]
    return Markup("<br>".join(said))


def _recovery(recovery: datetime | UnknownRecovery, beside: datetime, reader: Reader) -> Markup:
    if isinstance(recovery, datetime):
        return reader.clock(recovery, beside)
    _ = reader.wording.gettext
    answer = reader.say(_("to be answered by {time}"), time=reader.clock(recovery.answer_by, beside))
    unknown = Markup(f"{escape(_('Unknown'))}{escape(_(': '))}{reader.plain(recovery.unknown)}")
    return reader.aside(unknown, answer)


def _cause(cause: Cause, reader: Reader) -> Fact:
    said = reader.plain(cause.text) if cause.text else Markup("")
    if cause.answer_by is not None:
        by = reader.wording.gettext("to be answered by {time}")
        answer = reader.say(by, time=said_deadline(cause.answer_by, reader))
        said = reader.aside(said, answer) if said else answer
    return Fact(label=reader.wording.label(cause.status), value=said)
