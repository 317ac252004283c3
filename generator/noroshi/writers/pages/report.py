"""One report on a page: what was said, and the facts that it brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from noroshi.records.matters import Incident, Maintenance
from noroshi.records.reports import Cause, IncidentReport, MaintenanceReport, UnknownRecovery
from noroshi.writers.pages.action import ActionView, action_views, said_deadline
from noroshi.writers.pages.links import Reader

Report = IncidentReport | MaintenanceReport


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
    actions: tuple[ActionView, ...]
    corrects: tuple[int, ...]
    corrected_by: tuple[int, ...]
    edited: Markup | None
    withdrawn: Markup | None


def report_views(record: Incident | Maintenance, reader: Reader, beside: Reader | None) -> Iterator[ReportView]:
    """The reports of a matter in order.

    :param beside: the other language's reader, whose name for each kind stands beside
    """
    reports: tuple[Report, ...] = record.reports
    corrected: dict[int, list[int]] = {}
    for number, report in enumerate(reports, 1):
        for target in report.corrects:
            corrected.setdefault(target, []).append(number)
    words = reader.wording
    for number, report in enumerate(reports, 1):
        yield ReportView(
            number=number,
            kind=report.kind.value,
            name=words.label(report.kind),
            name_beside=beside.wording.label(report.kind) if beside else "",
            language_beside=beside.language if beside else "",
            at=reader.moment(report.at),
            by=report.by,
            body=reader.prose(report.text) if report.text and not report.withdrawn else None,
            facts=() if report.withdrawn else tuple(_report_facts(report, reader)),
            actions=() if report.withdrawn else action_views((report,), reader),
            corrects=report.corrects,
            corrected_by=tuple(corrected.get(number, ())),
            edited=_noted(report.edited.at, reader.plain(report.edited.note), reader) if report.edited else None,
            withdrawn=_noted(report.withdrawn.at, reader.plain(report.withdrawn.reason), reader)
            if report.withdrawn
            else None,
        )


def _noted(at: datetime, note: Markup, reader: Reader) -> Markup:
    return Markup("{} ({})").format(note, reader.moment(at))


def _report_facts(report: Report, reader: Reader) -> Iterator[Fact]:
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
    for label, moment in ((_("Began"), report.started_at), (_("Ended"), report.ended_at)):
        if moment is not None:
            yield Fact(label=label, value=reader.moment(moment))
    for name, level in report.components.items():
        yield Fact(label=_("Component"), value=Markup("{} {}").format(reader.component(name), reader.level(level)))
    for label, text in (
        (_("Not affected"), report.not_affected),
        (_("How that was confirmed"), report.confirmed_by),
        (_("Lasting effects"), report.lasting_effects),
    ):
        if text is not None:
            yield Fact(label=label, value=reader.plain(text))
    if report.cause is not None:
        yield _cause(report.cause, reader)
    if report.next_report is not None:
        yield Fact(label=_("Next report"), value=reader.clock(report.next_report, report.at))


def _recovery(recovery: datetime | UnknownRecovery, beside: datetime, reader: Reader) -> Markup:
    if isinstance(recovery, datetime):
        return reader.clock(recovery, beside)
    _ = reader.wording.gettext
    answer = reader.say(_("to be answered by {time}"), time=reader.clock(recovery.answer_by, beside))
    return Markup("{}: {} ({})").format(_("Unknown"), reader.plain(recovery.unknown), answer)


def _cause(cause: Cause, reader: Reader) -> Fact:
    said = reader.plain(cause.text) if cause.text else Markup("")
    if cause.answer_by is not None:
        by = reader.wording.gettext("to be answered by {time}")
        said = Markup("{} {}").format(said, reader.say(by, time=said_deadline(cause.answer_by, reader)))
    return Fact(label=reader.wording.label(cause.status), value=said)
