"""One report on a page: what was said, and the facts that it brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

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
from noroshi.snapshot.matter.actions import announced_actions
from noroshi.snapshot.matter.spoken import corrected_by
from noroshi.writers.pages.action import (
    AnnouncedView,
    ProgressView,
    announced_views,
    progress_views,
    said_deadline,
)
from noroshi.writers.pages.links import Reader

Report = IncidentReport | MaintenanceReport | CommitmentReport


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of facts: what it is about, and the value as safe HTML."""

    label: str
    value: Markup


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
    promised: tuple[Markup, ...] = ()
    """What else was owed when it was made, each with by when; only feeds tell it with the report."""
    late: tuple[Markup, ...] = ()
    """What it kept too late, each with by how much; only feeds tell it with the report."""


def report_views(record: Matter, reader: Reader, beside: Reader | None) -> Iterator[ReportView]:
    """The reports of a matter in order.

    :param beside: the other language's reader, whose name for each kind stands beside
    """
    reports: tuple[Report, ...] = record.reports
    corrected = corrected_by(reports)
    announced = announced_actions(report for report in reports if not isinstance(report, CommitmentReport))
    for number, report in enumerate(reports, 1):
        yield _report(report, number, reader, beside, announced, corrected.get(number, ()))


def _report(
    report: Report,
    number: int,
    reader: Reader,
    beside: Reader | None,
    announced: Mapping[str, Action],
    corrections: tuple[int, ...],
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
        facts=tuple(_facts(report, reader)) if spoken else (),
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


def _facts(report: Report, reader: Reader) -> Iterator[Fact]:
    if isinstance(report, CommitmentReport):
        yield from _slot_facts(report, reader)
    else:
        yield from _work_facts(report, reader)


def _slot_facts(report: CommitmentReport, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if report.window is not None:
        yield Fact(label=_("Moved to"), value=reader.span(report.window.from_, report.window.until))
    if report.expected is not None:
        yield Fact(label=_("Expected end"), value=reader.clock(report.expected, report.at))
    if report.ended_at is not None:
        yield Fact(label=_("Ended"), value=reader.moment(report.ended_at))
    if report.outcome is not None:
        yield Fact(label=_("Result"), value=escape(reader.wording.label(report.outcome)))
    if report.next_report is not None:
        yield Fact(label=_("Next report"), value=reader.clock(report.next_report, report.at))


def _work_facts(report: IncidentReport | MaintenanceReport, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if isinstance(report, IncidentReport):
        if report.severity is not None:
            yield Fact(label=_("Severity is now"), value=escape(reader.wording.label(report.severity)))
        if report.workaround is not None:
            yield Fact(label=_("Workaround"), value=reader.plain(report.workaround))
        if report.recovery is not None:
            yield Fact(label=_("Recovery expected"), value=_recovery(report.recovery, report.at, reader))
        if report.recovered_at is not None:
            yield Fact(label=_("Recovered"), value=reader.moment(report.recovered_at))
        if report.undetected_because is not None:
            yield Fact(label=_("Why it was not noticed earlier"), value=reader.plain(report.undetected_because))
    else:
        if report.window is not None:
            yield Fact(label=_("Moved to"), value=reader.span(report.window.from_, report.window.until))
        if report.cancelled:
            yield Fact(label=_("State"), value=escape(_("Cancelled")))
        if report.expected is not None:
            yield Fact(label=_("Expected end"), value=reader.clock(report.expected, report.at))
        if report.result is not None:
            yield Fact(label=_("Result"), value=escape(reader.wording.label(report.result)))
    if report.started_at is not None:
        yield Fact(label=_("Began"), value=reader.moment(report.started_at))
    if report.ended_at is not None:
        yield Fact(label=_("Ended"), value=reader.moment(report.ended_at))
    if report.components:
        yield Fact(label=_("Component"), value=component_levels(report.components, reader))
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


def component_levels(components: Mapping[str, ComponentLevel], reader: Reader) -> Markup:
    """Components, each with how it is."""
    said = [f"{reader.component(name)} {reader.level(level)}" for name, level in components.items()]
    return Markup("<br>".join(said))


def _recovery(recovery: datetime | UnknownRecovery, beside: datetime, reader: Reader) -> Markup:
    if isinstance(recovery, datetime):
        return reader.clock(recovery, beside)
    _ = reader.wording.gettext
    answer = reader.say(_("to be answered by {time}"), time=reader.clock(recovery.answer_by, beside))
    unknown = Markup(f"{escape(_('Unknown'))}{_(': ')}{reader.plain(recovery.unknown)}")
    return reader.aside(unknown, answer)


def _cause(cause: Cause, reader: Reader) -> Fact:
    said = reader.plain(cause.text) if cause.text else Markup("")
    if cause.answer_by is not None:
        by = reader.wording.gettext("to be answered by {time}")
        answer = reader.say(by, time=said_deadline(cause.answer_by, reader))
        said = reader.aside(said, answer) if said else answer
    return Fact(label=reader.wording.label(cause.status), value=said)
