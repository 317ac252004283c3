"""The home page: what is affected now comes first, then what is open, ahead, well, and what has been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from noroshi.endpoints import SUBSCRIBE
from noroshi.records.choices import ComponentLevel, Phase
from noroshi.records.content import Entry
from noroshi.snapshot.days import BAR_DAYS
from noroshi.snapshot.overall import overall
from noroshi.snapshot.site import ComponentState, Day, Snapshot
from noroshi.snapshot.state import State
from noroshi.urls import ACTIONS, HISTORY
from noroshi.writers.group_names import named_groups
from noroshi.writers.pages.bar import LegendEntry, bar, legend, small_bar
from noroshi.writers.pages.clock import age_clock
from noroshi.writers.pages.fired import FiredView, fired_views
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Row, row
from noroshi.writers.pages.open_matter import OpenView, open_view
from noroshi.writers.pages.promise import OwedView, alarm_of, owed_view
from noroshi.writers.pages.templates import Templates
from noroshi.writers.pages.uptime import uptime_words

OWED_SHOWN = 6
"""How many promises the home page shows at once; the others fold away."""


@dataclass(frozen=True, kw_only=True)
class ComponentView:
    """A component and how it is."""

    link: Markup
    level: ComponentLevel
    badge: Markup
    because: tuple[Markup, ...]
    bar: Markup
    uptime: Markup | None
    """The share of the bar's days in which it was up; None where nothing is known of them."""


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """A heading with its components."""

    name: Markup | None
    components: tuple[ComponentView, ...]


@dataclass(frozen=True, kw_only=True)
class DaysView:
    """A day and what began on it, or a run of days on which nothing did."""

    days: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """The home page, finished for its template."""

    verdict: str
    level: str
    """How all is: a level, or ``incident`` where one lasts though no component is impaired."""
    affected: tuple[Markup, ...]
    """The components that are worse than under maintenance, each with its level."""
    alarm: Markup
    """That something is overdue, or what says so as soon as it is; empty where nothing is owed."""
    as_of: Markup
    """Of what time all this is, in words."""
    aged: Markup
    """What says later how old the page is."""
    owed: tuple[OwedView, ...]
    """What is owed soonest over all matters, overdue first."""
    owed_later: tuple[OwedView, ...]
    """The rest of what is owed."""
    actions: str
    """The link to all corrective actions."""
    zone: str
    fired: tuple[FiredView, ...]
    """The risks that have fired and still hold; none on public pages."""
    open_incidents: tuple[OpenView, ...]
    current_work: tuple[OpenView, ...]
    announced: tuple[OpenView, ...]
    commitments: tuple[OpenView, ...]
    """Promised to clients, ahead or under way, as far as this audience may see them."""
    groups: tuple[GroupView, ...]
    legend: tuple[LegendEntry, ...]
    bar_days: int
    recent: tuple[DaysView, ...]
    history: str
    """The link to the history."""
    subscribe: str
    """The link to the page that tells how to subscribe."""
    contact: str | None
    """Where readers can ask: a web or mail address."""


def home_view(snapshot: Snapshot, entries: Mapping[str, Entry], reader: Reader) -> HomeView:
    """All that the home page says.

    :param entries: the records of every matter that is open or ahead, by id
    """

    def opened(states: tuple[State, ...]) -> tuple[OpenView, ...]:
        return tuple(open_view(state, entries[state.id], snapshot.now, reader) for state in states)

    owed = snapshot.owed
    owed_views = tuple(
        owed_view(each, snapshot.by_id[each.matter], snapshot.now, reader, beside=snapshot.now, elsewhere=True)
        for each in owed
    )
    return HomeView(
        verdict=verdict(snapshot, reader),
        level=verdict_level(snapshot),
        affected=tuple(
            Markup(f"{reader.component(each.component.id)} {reader.level(each.level)}")
            for each in snapshot.components
            if each.level.impaired
        ),
        alarm=alarm_of(owed, snapshot.now, reader),
        owed=owed_views[:OWED_SHOWN],
        owed_later=owed_views[OWED_SHOWN:],
        actions=reader.link(ACTIONS),
        aged=age_clock(snapshot.now, reader.wording),
        as_of=reader.say(reader.wording.gettext("As of {time}"), time=reader.moment(snapshot.now)),
        zone=reader.wording.zone_name(snapshot.now),
        fired=fired_views((each for each in snapshot.fired if each.until is None), snapshot.fired_by, reader),
        open_incidents=opened(snapshot.open_incidents),
        current_work=opened(snapshot.current_work),
        announced=opened(snapshot.announced),
        commitments=opened(snapshot.commitments),
        groups=tuple(_groups(snapshot, reader)),
        legend=legend(reader, unknown=any(not day.known for each in snapshot.components for day in each.days)),
        bar_days=BAR_DAYS,
        recent=tuple(_recent(snapshot.recent, reader)),
        history=reader.link(HISTORY),
        subscribe=reader.link(SUBSCRIBE),
        contact=snapshot.settings.site.contacts.public,
    )


def verdict_level(snapshot: Snapshot) -> str:
    """How all is: a level, or ``incident`` where one lasts though no component is impaired."""
    whole = overall(snapshot)
    return "incident" if whole.incident else whole.level.value


def verdict(snapshot: Snapshot, reader: Reader) -> str:
    """The state of all in one sentence."""
    _ = reader.wording.gettext
    whole = overall(snapshot)
    match whole.level:
        case ComponentLevel.MAJOR_OUTAGE:
            return _("Some services are down")
        case ComponentLevel.PARTIAL_OUTAGE:
            return _("Some services are partly down")
        case ComponentLevel.DEGRADED_PERFORMANCE:
            return _("Some services are slow or impaired")
    if whole.incident:
        return _("An incident is open")
    if whole.level is ComponentLevel.UNDER_MAINTENANCE:
        return _("Services are back; maintenance is in progress") if whole.back else _("Maintenance is in progress")
    if whole.back:
        if any(state.phase is Phase.RECOVERED for state in whole.back):
            return _("Services are back; completion reports are awaited")
        return _("Services are back; final reports are still owed")
    if not snapshot.components:
        return _("No incident is open")
    return _("All services are operational")


def _groups(snapshot: Snapshot, reader: Reader) -> Iterator[GroupView]:
    """The components under their headings."""
    states = {each.component.id: each for each in snapshot.components}
    for name, components in named_groups(snapshot.settings, reader.wording):
        yield GroupView(
            name=reader.plain(name) if name else None,
            components=tuple(_component(states[each.id], reader) for each in components),
        )


def _component(each: ComponentState, reader: Reader) -> ComponentView:
    return ComponentView(
        link=reader.component(each.component.id),
        level=each.level,
        badge=reader.level(each.level),
        because=tuple(reader.matter(state.kind, state.id, state.title) for state in each.because),
        bar=small_bar(bar(each.days, reader)),
        uptime=uptime_words(each.uptime, reader),
    )


def _recent(days: tuple[Day, ...], reader: Reader) -> Iterator[DaysView]:
    """The last days, newest first; quiet days in a row are one."""
    quiet: list[Day] = []
    for day in days:
        if not day.states:
            quiet.append(day)
            continue
        yield from _quiet(quiet, reader)
        quiet = []
        rows = tuple(row(state, reader) for state in day.states)
        yield DaysView(days=reader.wording.short_day(day.day), rows=rows)
    yield from _quiet(quiet, reader)


def _quiet(days: list[Day], reader: Reader) -> Iterator[DaysView]:
    if days:
        yield DaysView(days=reader.wording.days(days[-1].day, days[0].day), rows=())


def render_home(view: HomeView, reader: Reader, templates: Templates) -> str:
    """The body of the home page, as HTML."""
    return templates.render("home.html", reader.wording, view=view)
