"""The page of one incident or maintenance: its facts, and its reports in order. Nothing of the rest of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from noroshi.endpoints import SUBSCRIBE
from noroshi.log.statement import beginning
from noroshi.records.choices import Phase
from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.repository_links import history_link
from noroshi.snapshot.matter.impact import lasting_levels, worst_levels
from noroshi.snapshot.matter.spoken import not_affected
from noroshi.snapshot.near import Near
from noroshi.snapshot.sayings import estimate_moves, standstill_of
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.writers.pages.action import ActionView, action_views
from noroshi.writers.pages.agreements import InsideView, inside_view
from noroshi.writers.pages.clock import phase_clock
from noroshi.writers.pages.commitment import slot_facts
from noroshi.writers.pages.fired import FiredView, fired_views
from noroshi.writers.pages.glance import Glance, glance
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import shown_result
from noroshi.writers.pages.opening import said_detection
from noroshi.writers.pages.promise import PromiseView, promise_views, promises_summed
from noroshi.writers.pages.report import Fact, ReportView, report_views
from noroshi.writers.pages.settlement import settlement_facts
from noroshi.writers.pages.templates import Templates
from noroshi.writers.pages.timeline import Step, timeline


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """A matter's page, finished for its template."""

    kind: str
    kind_name: str
    title: Markup
    phase: Phase
    phase_name: str
    phase_clock: Markup
    standstill: Markup | None
    """What has passed and what is missing, where the phase leaves that open."""
    glance: Glance
    """Since when, until when, and what is owed next."""
    severity: str | None
    severity_name: str | None
    result: str | None
    """How planned work or a commitment came out, where the phase does not say it."""
    result_name: str | None
    moved: bool
    timeline: tuple[Step, ...]
    concerned: tuple[Fact, ...]
    """What is affected, and what is not."""
    facts: tuple[Fact, ...]
    """What else there is to know."""
    corrections: tuple[ReportView, ...]
    """The reports that set others right."""
    reports: tuple[ReportView, ...]
    """Newest first."""
    promises: tuple[PromiseView, ...]
    """All that it ever owed, and what became of it."""
    promises_summed: str | None
    """That in one line, where they are so many that the list folds away."""
    actions: tuple[ActionView, ...]
    fired: tuple[FiredView, ...]
    """The risks that it or its cause fired; none on public pages."""
    inside: InsideView | None
    """What only a client or the house may read; None on public pages."""
    imported: str | None
    """What it was imported from."""
    anomalies: tuple[Markup, ...]
    zone: str
    paper: str | None
    """What it is called as a printed report; None for what nobody reports on by itself."""
    publisher: Markup
    """Whose report it is: the site's name."""
    contact: str | None
    """Where readers can ask: a web or mail address."""
    log: str
    """The link to the opening facts' entry in the published log."""
    subscribe: str
    """The link to the page that tells how to be told."""
    history: str | None
    """Where the history of its file can be seen; None where its owner does not show it."""


PROMISES_SHOWN = 8
"""More promises than so many fold away behind what became of them."""

_PAPERS = {MatterKind.INCIDENT: N_("Incident report"), MatterKind.MAINTENANCE: N_("Maintenance report")}


def record_view(
    entry: Entry,
    state: State,
    reader: Reader,
    *,
    beside: Reader | None,
    near: Near,
    now: datetime,
) -> RecordView:
    """All that the page of a matter says.

    :param beside: the other language's reader, whose name for each report stands beside
    :param now: the time at which promises are judged
    """
    record = entry.record
    words = reader.wording
    imported = None if isinstance(record, Commitment) else record.imported
    reports = tuple(report_views(record, reader, beside, state=state))
    promises = promise_views(state, now, reader)
    result = shown_result(state)
    return RecordView(
        kind=entry.kind.value,
        kind_name=words.label(entry.kind),
        title=reader.plain(record.title),
        phase=state.phase,
        phase_name=words.label(state.phase),
        phase_clock=phase_clock(state, words),
        standstill=standstill(state, reader, beside=state.began_at),
        glance=glance(record, state, reader, now=now, beside=state.began_at),
        severity=state.severity.value if state.severity else None,
        severity_name=words.label(state.severity) if state.severity else None,
        result=result.value if result else None,
        result_name=words.label(result) if result else None,
        moved=bool(state.moved_from),
        timeline=timeline(record, state, reader),
        concerned=tuple(_concerned(record, state, reader, near)),
        facts=tuple(_facts(record, state, reader, near)),
        corrections=tuple(report for report in reports if report.corrects),
        reports=reports[::-1],
        promises=promises,
        promises_summed=promises_summed(promises, reader) if len(promises) > PROMISES_SHOWN else None,
        actions=action_views(state, now, reader),
        fired=fired_views(near.fired, near.fired_by, reader, own=state.id),
        inside=inside_view(entry, state, reader),
        imported=imported.from_ if imported else None,
        anomalies=tuple(reader.plain(line) for line in imported.anomalies) if imported else (),
        zone=words.zone_name(state.began_at),
        paper=words.gettext(_PAPERS[entry.kind]) if entry.kind in _PAPERS else None,
        publisher=reader.plain(reader.settings.site.name),
        contact=reader.settings.site.contacts.public,
        log=reader.logged(beginning(record), entry.id, 0),
        subscribe=reader.link(SUBSCRIBE),
        history=_history(state, reader),
    )


def _history(state: State, reader: Reader) -> str | None:
    repository = reader.settings.site.repository
    if repository is None or not repository.show_history or not state.path:
        return None
    return history_link(repository, state.path)


def _concerned(record: Matter, state: State, reader: Reader, near: Near) -> Iterator[Fact]:
    """Whether it is the reader's: what is affected, what is not, and which promised time is in danger."""
    _ = reader.wording.gettext
    if state.components and not isinstance(record, Commitment):
        yield Fact(label=_("Affected"), value=_affected(state, reader))
    unharmed = not_affected(record)
    if unharmed is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(unharmed))
    if isinstance(record, Incident):
        for commitment in near.threats:
            link = reader.matter(commitment.kind, commitment.id, commitment.title)
            yield Fact(label=_("Threatened commitment"), value=link)


def _facts(record: Matter, state: State, reader: Reader, near: Near) -> Iterator[Fact]:
    """What there is to know besides the answers at a glance and whom it concerns."""
    _ = reader.wording.gettext
    if isinstance(record, Incident):
        if record.detected is not None:
            yield Fact(label=_("First noticed by"), value=said_detection(record, reader))
    elif isinstance(record, Maintenance):
        yield from _plan(record, state, reader)
    else:
        yield from slot_facts(state, reader, near.threats)
    if state.estimates:
        yield Fact(label=_("Estimates given"), value=estimates_told(state, reader))
    if near.cause is not None:
        yield Fact(label=_("Caused by"), value=reader.matter(near.cause.kind, near.cause.id, near.cause.title))
    for caused in near.caused:
        yield Fact(label=_("Caused this incident"), value=reader.matter(caused.kind, caused.id, caused.title))


def _plan(record: Maintenance, state: State, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    for span in state.moved_from:
        yield Fact(label=_("Planned before"), value=Markup(f"<s>{reader.span(span.start, span.end)}</s>"))
    if state.result is not None:
        yield Fact(label=_("Result"), value=escape(reader.wording.label(state.result)))
    if record.reason is not None:
        yield Fact(label=_("Reason"), value=reader.plain(record.reason))
    yield from settlement_facts(state, reader)
    if record.emergency is not None:
        yield Fact(label=_("Why it could not wait"), value=reader.plain(record.emergency.reason))
    if record.rollback is not None:
        yield Fact(label=_("If it fails"), value=reader.plain(record.rollback))


def standstill(state: State, reader: Reader, *, beside: datetime) -> Markup | None:
    """What has passed and what is missing, where the phase leaves that open.

    :param beside: times of its day stand without their date
    """
    said = standstill_of(state)
    return None if said is None else reader.tell(said, beside)


def estimates_told(state: State, reader: Reader) -> Markup:
    """The estimate that holds and how it was moved, then every one that it replaced."""
    before = [reader.tell(move, state.began_at) for move in estimate_moves(state.estimates)][1:]
    return Markup("<br>").join([estimate_held(state, reader), *(Markup(f"<s>{each}</s>") for each in before)])


def estimate_held(state: State, reader: Reader) -> Markup:
    """The estimate that holds and how it was moved."""
    return reader.tell(next(estimate_moves(state.estimates)), state.began_at)


def _affected(state: State, reader: Reader) -> Markup:
    """The components: how each is that is not back, and the worst that each came to that is."""
    said = {name: reader.ended_level(level) for name, level in worst_levels(state.impacts).items()}
    said |= {name: reader.level(level) for name, level in lasting_levels(state.impacts).items()}
    return Markup("<br>").join(
        Markup(f"{reader.component(name)} {said[name]}") if name in said else reader.component(name)
        for name in state.components
    )


def render_record(view: RecordView, reader: Reader, templates: Templates) -> str:
    """The body of a matter's page, as HTML."""
    return templates.render("record.html", reader.wording, view=view)
