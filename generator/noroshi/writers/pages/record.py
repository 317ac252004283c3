"""The page of one incident or maintenance: its facts, and its reports in order. Nothing of the rest of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from noroshi.records.choices import ComponentLevel, Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Incident, Maintenance
from noroshi.snapshot.state import State
from noroshi.writers.pages.action import ActionView, action_views
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.report import Fact, ReportView, report_views
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """A matter's page, finished for its template."""

    kind: str
    kind_name: str
    title: Markup
    phase: Phase
    phase_name: str
    severity: str | None
    severity_name: str | None
    facts: tuple[Fact, ...]
    reports: tuple[ReportView, ...]
    actions: tuple[ActionView, ...]
    imported: Markup | None
    anomalies: tuple[Markup, ...]
    zone: str


def record_view(
    entry: Entry, state: State, reader: Reader, *, beside: Reader | None, cause: State | None, caused: tuple[State, ...]
) -> RecordView:
    """All that the page of a matter says.

    :param beside: the other language's reader, whose name for each report stands beside
    :param cause: the matter that caused this one
    :param caused: the incidents that this one caused
    """
    record = entry.record
    if not isinstance(record, Incident | Maintenance):
        raise TypeError("only incidents and maintenance have pages")
    words = reader.wording
    imported = record.imported
    return RecordView(
        kind=entry.kind.value,
        kind_name=words.label(entry.kind),
        title=reader.plain(record.title),
        phase=state.phase,
        phase_name=words.label(state.phase),
        severity=state.severity.value if state.severity else None,
        severity_name=words.label(state.severity) if state.severity else None,
        facts=tuple(_facts(record, state, reader, cause, caused)),
        reports=tuple(report_views(record, reader, beside)),
        actions=action_views(record.reports, reader),
        imported=escape(imported.from_) if imported else None,
        anomalies=tuple(reader.plain(line) for line in imported.anomalies) if imported else (),
        zone=words.zone_name(state.began_at),
    )


def _facts(
    record: Incident | Maintenance, state: State, reader: Reader, cause: State | None, caused: tuple[State, ...]
) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if isinstance(record, Incident):
        unknown = _("Unknown; first reported {time}").format(time="{}")
        first = record.reports[0].at if record.reports else state.began_at
        began = (
            reader.moment(state.started_at)
            if state.started_at
            else Markup(escape(unknown)).format(reader.moment(first))
        )
        yield Fact(label=_("Began"), value=began)
        if record.detected is not None:
            yield Fact(label=_("First noticed by"), value=_detected(record, reader))
        if state.recovered_at is not None:
            yield Fact(label=_("Recovered"), value=_after(state.recovered_at, state.started_at, reader))
        if state.ended_at is not None and state.ended_at != state.recovered_at:
            yield Fact(label=_("Ended"), value=_after(state.ended_at, state.started_at, reader))
    else:
        yield from _plan(record, state, reader)
    if state.estimates and not state.phase.over:
        yield Fact(label=_("Expected end"), value=_estimates(state, reader))
    if state.components:
        yield Fact(label=_("Affected"), value=_affected(state, reader))
    if record.not_affected is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(record.not_affected))
    if cause is not None:
        yield Fact(label=_("Caused by"), value=reader.matter(cause.kind, cause.id, cause.title))
    for state_caused in caused:
        link = reader.matter(state_caused.kind, state_caused.id, state_caused.title)
        yield Fact(label=_("Caused this incident"), value=link)


def _began(record: Incident, state: State, reader: Reader) -> Markup:
    if state.started_at is not None:
        return reader.moment(state.started_at)
    first = record.reports[0].at if record.reports else state.began_at
    return reader.say(reader.wording.gettext("Unknown; first reported {time}"), time=reader.moment(first))


def _plan(record: Maintenance, state: State, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if state.window is not None:
        yield Fact(label=_("Planned time"), value=reader.span(state.window.start, state.window.end))
    for span in state.moved_from:
        yield Fact(label=_("Planned before"), value=Markup("<s>{}</s>").format(reader.span(span.start, span.end)))
    if state.started_at is not None and state.phase is not Phase.CANCELLED:
        yield Fact(label=_("Began"), value=reader.moment(state.started_at))
    if state.ended_at is not None:
        yield Fact(label=_("Ended"), value=_after(state.ended_at, state.started_at, reader))
    if state.result is not None:
        yield Fact(label=_("Result"), value=escape(reader.wording.label(state.result)))
    if record.reason is not None:
        yield Fact(label=_("Reason"), value=reader.plain(record.reason))
    if record.rollback is not None:
        yield Fact(label=_("If it fails"), value=reader.plain(record.rollback))


def _detected(record: Incident, reader: Reader) -> Markup:
    if record.detected is None:
        return Markup("")
    who = escape(reader.wording.label(record.detected.by))
    if record.detected.at is None:
        return who
    return Markup("{} ({})").format(who, reader.moment(record.detected.at))


def _after(moment: datetime, since: datetime | None, reader: Reader) -> Markup:
    """A time, and how long after the start that was."""
    if since is None or moment <= since:
        return reader.moment(moment)
    length = reader.wording.gettext("after {duration}").format(duration=reader.length(moment - since))
    return Markup("{} ({})").format(reader.moment(moment), length)


def _estimates(state: State, reader: Reader) -> Markup:
    """The last estimate, then every one that it replaced, each with when it was said."""
    _ = reader.wording.gettext
    said: list[Markup] = []
    for estimate in reversed(state.estimates):
        what = reader.moment(estimate.expected) if estimate.expected else escape(_("Unknown"))
        if estimate.expected is None and estimate.answer_by is not None:
            by = reader.say(_("to be answered by {time}"), time=reader.moment(estimate.answer_by))
            what = Markup("{} ({})").format(what, by)
        when = reader.say(_("said at {time}"), time=reader.clock(estimate.said_at, state.began_at))
        said.append(Markup("{} <small>{}</small>").format(what, when))
    older = [Markup("<s>{}</s>").format(each) for each in said[1:]]
    return Markup("<br>").join([said[0], *older])


def _affected(state: State, reader: Reader) -> Markup:
    """The components with the worst that each came to, or how each will be."""
    worst: dict[str, ComponentLevel] = {}
    for impact in state.impacts:
        known = worst.get(impact.component)
        if known is None or impact.level.rank > known.rank:
            worst[impact.component] = impact.level
    items = [
        Markup("{} {}").format(reader.component(name), reader.level(worst[name]))
        if name in worst
        else reader.component(name)
        for name in state.components
    ]
    return Markup("<br>").join(items)


def render_record(view: RecordView, reader: Reader, templates: Templates) -> str:
    """The body of a matter's page, as HTML."""
    return templates.render("record.html", reader.wording, view=view)
