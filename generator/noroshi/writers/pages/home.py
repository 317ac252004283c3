"""The home page: what is affected now comes first, then what is open, ahead, well, and what has been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import Entry
from noroshi.records.matters import Incident, Maintenance
from noroshi.snapshot.site import ComponentState, Snapshot
from noroshi.snapshot.state import State
from noroshi.urls import report_anchor
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Row, row
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class OpenView:
    """An open matter with what was said last."""

    row: Row
    components: tuple[Markup, ...]
    facts: tuple[Fact, ...]
    report_name: str
    report_at: Markup
    report_link: str
    report_body: Markup | None


@dataclass(frozen=True, kw_only=True)
class ComponentView:
    """A component and how it is."""

    link: Markup
    level: ComponentLevel
    badge: Markup
    because: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """A heading with its components."""

    name: Markup | None
    level: ComponentLevel
    components: tuple[ComponentView, ...]


@dataclass(frozen=True, kw_only=True)
class DayView:
    """A day and what began on it."""

    day: str
    iso: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """The home page, finished for its template."""

    verdict: str
    level: str
    """The worst level, or ``incident`` where something is open though no component is down."""
    as_of: Markup
    zone: str
    open_incidents: tuple[OpenView, ...]
    current_work: tuple[OpenView, ...]
    announced: tuple[OpenView, ...]
    groups: tuple[GroupView, ...]
    recent: tuple[DayView, ...]
    history: str
    """The link to the history."""
    feeds: tuple[tuple[str, str], ...]
    """Names and links of the feeds."""


def home_view(
    snapshot: Snapshot, entries: Mapping[str, Entry], reader: Reader, *, feeds: tuple[tuple[str, str], ...]
) -> HomeView:
    """All that the home page says.

    :param entries: the records of every matter that is open or ahead, by id
    :param feeds: names and paths of the feeds
    """
    _ = reader.wording.gettext
    return HomeView(
        verdict=_verdict(snapshot, reader),
        level="incident" if snapshot.open_incidents and snapshot.level.rank <= 1 else snapshot.level.value,
        as_of=reader.moment(snapshot.now),
        zone=reader.wording.zone_name(snapshot.now),
        open_incidents=tuple(_open(state, entries[state.id], reader) for state in snapshot.open_incidents),
        current_work=tuple(_open(state, entries[state.id], reader) for state in snapshot.current_work),
        announced=tuple(_open(state, entries[state.id], reader) for state in snapshot.announced),
        groups=_groups(snapshot, reader),
        recent=tuple(
            DayView(
                day=reader.wording.day(day.day),
                iso=day.day.isoformat(),
                rows=tuple(row(state, reader) for state in day.states),
            )
            for day in snapshot.recent
        ),
        history=reader.link("history/"),
        feeds=tuple((name, reader.link(path)) for name, path in feeds),
    )


def _verdict(snapshot: Snapshot, reader: Reader) -> str:
    """The state of all in one sentence."""
    _ = reader.wording.gettext
    match snapshot.level:
        case ComponentLevel.MAJOR_OUTAGE:
            return _("Some services are down")
        case ComponentLevel.PARTIAL_OUTAGE:
            return _("Some services are partly down")
        case ComponentLevel.DEGRADED_PERFORMANCE:
            return _("Some services are slow or impaired")
    if snapshot.open_incidents:
        if all(state.recovered_at is not None for state in snapshot.open_incidents):
            return _("Services are back; completion reports are awaited")
        return _("An incident is open")
    if snapshot.level is ComponentLevel.UNDER_MAINTENANCE:
        return _("Maintenance is in progress")
    return _("All services are operational")


def _open(state: State, entry: Entry, reader: Reader) -> OpenView:
    record = entry.record
    if not isinstance(record, Incident | Maintenance):
        raise TypeError("only incidents and maintenance are shown")
    _ = reader.wording.gettext
    spoken = [(number, report) for number, report in enumerate(record.reports, 1) if not report.withdrawn]
    number, last = spoken[-1] if spoken else (0, None)
    facts: list[Fact] = []
    if state.estimates and state.recovered_at is None:
        expected = state.estimates[-1].expected
        value = reader.moment(expected) if expected else escape(_("Unknown"))
        facts.append(Fact(label=_("Expected end"), value=value))
    if record.not_affected is not None:
        facts.append(Fact(label=_("Not affected"), value=reader.plain(record.not_affected)))
    page = row(state, reader)
    return OpenView(
        row=page,
        components=tuple(reader.component(name) for name in state.components),
        facts=tuple(facts),
        report_name=reader.wording.label(last.kind) if last else "",
        report_at=reader.moment(last.at) if last else Markup(""),
        report_link=f"{reader.link(f'{state.kind.value}/{state.id}/')}#{report_anchor(number)}",
        report_body=reader.prose(last.text) if last and last.text else None,
    )


def _groups(snapshot: Snapshot, reader: Reader) -> tuple[GroupView, ...]:
    """The components under their headings, in the order in which the headings first appear."""
    groups: dict[Markup | None, list[ComponentState]] = {}
    for each in snapshot.components:
        name = reader.plain(each.component.group) if each.component.group else None
        groups.setdefault(name, []).append(each)
    return tuple(
        GroupView(
            name=name,
            level=max((each.level for each in members), key=lambda level: level.rank),
            components=tuple(_component(each, reader) for each in members),
        )
        for name, members in groups.items()
    )


def _component(each: ComponentState, reader: Reader) -> ComponentView:
    return ComponentView(
        link=reader.component(each.component.id),
        level=each.level,
        badge=reader.level(each.level),
        because=tuple(reader.matter(state.kind, state.id, state.title) for state in each.because),
    )


def render_home(view: HomeView, reader: Reader, templates: Templates) -> str:
    """The body of the home page, as HTML."""
    return templates.render("home.html", reader.wording, view=view)
