"""What is true of the whole site at a time: computed once, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from noroshi.records.choices import ComponentLevel, Phase, Severity
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Component
from noroshi.snapshot.days import ComponentDay, component_days
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.risks import Fired, fired_risks
from noroshi.snapshot.state import State
from noroshi.snapshot.uptime import Uptime, uptime_of

RECENT_DAYS = 14
"""How many days the home page looks back, today included."""


@dataclass(frozen=True, kw_only=True)
class ComponentState:
    """How one component is now, and because of what."""

    component: Component
    level: ComponentLevel
    because: tuple[State, ...]
    """The open matters that make it so."""
    days: tuple[ComponentDay, ...]
    """How it was on each of the last days, oldest first."""
    uptime: Uptime
    """How much of these days it was up."""
    states: tuple[State, ...]
    """Every matter that ever concerned it, newest first."""


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month in the site's zone and what began in it, newest first."""

    key: str
    """``2026-06``."""
    states: tuple[State, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day in the site's zone and what began on it, newest first."""

    day: date
    states: tuple[State, ...]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The site at ``now``."""

    settings: Settings
    now: datetime
    since: datetime
    """When the day begins, in UTC, from which its permanent names hold: the time of what tells no time of its own."""
    states: tuple[State, ...]
    """""Every matter that readers of this audience may see, newest first; then by id."""
    by_id: Mapping[str, State]
    open_incidents: tuple[State, ...]
    """Worst first, then newest."""
    current_work: tuple[State, ...]
    """Maintenance that has begun, or should have, soonest first."""
    announced: tuple[State, ...]
    """Maintenance ahead, soonest first."""
    commitments: tuple[State, ...]
    """Commitments that are not over, soonest first."""
    owed: tuple[Promise, ...]
    """All that is still owed, soonest due first: what is overdue stands on top."""
    components: tuple[ComponentState, ...]
    """In the order of ``components.yaml``."""
    months: tuple[Month, ...]
    """Newest first; months without anything are left out."""
    recent: tuple[Day, ...]
    """The last days, newest first, empty ones included."""
    consequences: Mapping[str, tuple[State, ...]]
    """The incidents that a matter caused, by its id."""
    fired: tuple[Fired, ...]
    """The risks that had fired, oldest first; none for an audience that may not know of risks."""
    fired_by: Mapping[str, State]
    """The matters that these risks speak of, by id, with events of calendars, which have no page."""
    updated_at: datetime
    """The newest report's time, or change of one; a plan without a report has not been told of yet."""

    @property
    def level(self) -> ComponentLevel:
        """The worst level of any component."""
        return max((each.level for each in self.components), key=lambda level: level.rank, default=_FINE)


_FINE = ComponentLevel.OPERATIONAL
_SEVERITIES = list(Severity)


def take_snapshot(settings: Settings, states: Iterable[State], now: datetime, beside: Iterable[State] = ()) -> Snapshot:
    """All that the pages and feeds of one audience need to know of the site at ``now``.

    :param states: of the matters that this audience may see
    :param beside: of events of calendars, which have no page and count where risks are watched
    """
    ordered = tuple(sorted(sorted(states, key=attrgetter("id")), key=attrgetter("began_at"), reverse=True))
    incidents = [state for state in ordered if state.kind is MatterKind.INCIDENT]
    work = [state for state in ordered if state.kind is MatterKind.MAINTENANCE]
    active = [state for state in ordered if _impairs(state, now)]
    concerned: dict[str, list[State]] = {component.id: [] for component in settings.components}
    for state in ordered:
        for name in state.components:
            if name in concerned:
                concerned[name].append(state)
    watched = {state.id: state for state in (*ordered, *beside)}
    fired = fired_risks(settings, watched.values(), now)
    zone = settings.site.zone
    first_day = min([settings.site.id.since, *(state.began_at.astimezone(zone).date() for state in ordered[-1:])])
    since = datetime.combine(settings.site.id.since, time(), tzinfo=UTC)
    return Snapshot(
        settings=settings,
        now=now,
        since=since,
        states=ordered,
        by_id={state.id: state for state in ordered},
        open_incidents=tuple(sorted((s for s in incidents if s.open), key=_gravity)),
        current_work=tuple(sorted((s for s in work if s.open or s.phase is Phase.START_AWAITED), key=_planned)),
        announced=tuple(sorted((s for s in work if s.phase is Phase.PLANNED), key=_planned)),
        commitments=tuple(
            sorted((s for s in ordered if s.kind is MatterKind.COMMITMENT and not s.phase.over), key=_planned)
        ),
        owed=_owed(ordered),
        components=tuple(
            _component_state(component, active, tuple(concerned[component.id]), now, settings, first_day)
            for component in settings.components
        ),
        months=_months(settings, ordered),
        recent=_recent(settings, ordered, now),
        consequences=_consequences(ordered),
        fired=fired,
        fired_by={name: watched[name] for each in fired for name in each.matters},
        updated_at=max((state.updated_at for state in ordered if state.reports), default=since),
    )


def _covers(start: datetime, end: datetime | None, now: datetime) -> bool:
    return start <= now and (end is None or now < end)


def _impairs(state: State, now: datetime) -> bool:
    """Whether any component is impaired by it."""
    gist = state.gist
    if gist is not None and (gist.fine_since is None or gist.fine_since <= now):
        return False
    return any(_covers(impact.start, impact.end, now) for impact in state.impacts)


def _gravity(state: State) -> tuple[int, float, str]:
    rank = _SEVERITIES.index(state.severity) if state.severity else 0
    return (-rank, -state.began_at.timestamp(), state.id)


def _planned(state: State) -> tuple[datetime, str]:
    return (state.began_at, state.id)


def _component_state(
    component: Component,
    active: Sequence[State],
    states: tuple[State, ...],
    now: datetime,
    settings: Settings,
    since: date,
) -> ComponentState:
    level, because = _FINE, []
    for state in active:
        levels = [i.level for i in state.impacts if i.component == component.id and _covers(i.start, i.end, now)]
        if levels:
            because.append(state)
            level = max(level, *levels, key=lambda each: each.rank)
    days = component_days(component.id, states, now=now, zone=settings.site.zone, since=since)
    start = datetime.combine(days[0].day, time(), tzinfo=settings.site.zone).astimezone(UTC)
    return ComponentState(
        component=component,
        level=level,
        because=tuple(because),
        days=days,
        uptime=uptime_of(component.id, days, states, start=start, now=now),
        states=states,
    )


def _months(settings: Settings, ordered: Sequence[State]) -> tuple[Month, ...]:
    zone = settings.site.zone
    months: dict[str, list[State]] = {}
    for state in ordered:
        began = state.began_at.astimezone(zone)
        months.setdefault(f"{began.year:04}-{began.month:02}", []).append(state)
    return tuple(Month(key=key, states=tuple(months[key])) for key in sorted(months, reverse=True))


def _recent(settings: Settings, ordered: Sequence[State], now: datetime) -> tuple[Day, ...]:
    zone = settings.site.zone
    today = now.astimezone(zone).date()
    days: dict[date, list[State]] = {today - timedelta(days=back): [] for back in range(RECENT_DAYS)}
    for state in ordered:
        day = state.began_at.astimezone(zone).date()
        if day in days and not state.phase.ahead:
            days[day].append(state)
        elif day < today and day not in days:
            break  # newest first: none after this one is recent
    return tuple(Day(day=day, states=tuple(found)) for day, found in days.items())


def _owed(ordered: Sequence[State]) -> tuple[Promise, ...]:
    owed = [promise for state in ordered if not state.settled for promise in state.promises if promise.owed]
    return tuple(sorted(owed, key=attrgetter("order")))


def _consequences(ordered: Sequence[State]) -> dict[str, tuple[State, ...]]:
    caused: dict[str, list[State]] = {}
    for state in ordered:
        if state.caused_by is not None:
            caused.setdefault(state.caused_by, []).append(state)
    return {key: tuple(states) for key, states in caused.items()}
