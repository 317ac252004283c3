"""The corrective actions of many matters in one list: overdue first, then what is owed, then what is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from noroshi.records.choices import ActionStage, PromiseKind
from noroshi.records.times import end_of
from noroshi.snapshot.matter.actions import ActionStanding
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State

RECENT = timedelta(days=90)
"""For how long an action that owes nothing any more stays on the first page, from the report that said so."""


class ListedAction(NamedTuple):
    """One corrective action at a time, with the matter that it belongs to. A tuple, for a log holds many."""

    matter: State
    standing: ActionStanding
    announced_at: datetime
    next_due: datetime | None
    """By when something is owed: the action, or once that is done the check; None where nothing is."""
    overdue_after: datetime | None
    """From when on it is overdue, or would be; None where nothing is owed, or was never promised."""
    overdue: bool
    """Whether something is owed though its time has passed."""

    @property
    def stage(self) -> ActionStage:
        """How far it has come."""
        return self.standing.stage

    @property
    def late(self) -> bool:
        """Whether it was done after its time."""
        doing = _promise(self.matter, PromiseKind.ACTION, self.standing.id)
        return doing is not None and doing.met_at is not None and doing.met_at > doing.due


@dataclass(frozen=True, kw_only=True)
class ActionList:
    """All corrective actions of a site at a time. Each tuple is in the one order that holds everywhere."""

    overdue: tuple[ListedAction, ...]
    owed: tuple[ListedAction, ...]
    """Not overdue, soonest due first."""
    recent: tuple[ListedAction, ...]
    """Nothing owed, and told of in the last 90 days; newest first."""
    years: Mapping[str, tuple[ListedAction, ...]]
    """Every action by the year in which it was announced, ``2026``; newest year first."""
    matters: Mapping[str, tuple[State, ...]]
    """Those of which actions stand in a year, each once, by id; the years as in ``years``."""
    counts: Mapping[str, Counter[ActionStage]]
    """How many actions there are of each stage, those that are overdue among them; the years as in ``years``."""

    first: ListedAction | None
    """The first of the newest year; None where there is no action at all."""

    @property
    def everything(self) -> tuple[ListedAction, ...]:
        """Every action, once."""
        return tuple(each for year in self.years.values() for each in year)

    @property
    def stages(self) -> Counter[ActionStage]:
        """How many actions there are of each stage."""
        return sum(self.counts.values(), Counter())


class _Years(Mapping[str, tuple[ListedAction, ...]]):
    """The actions of each year, listed when they are asked for: most builds ask for none of a year that is over."""

    def __init__(self, matters: Mapping[str, tuple[State, ...]], now: datetime, zone: ZoneInfo) -> None:
        self._matters = matters
        self._now = now
        self._zone = zone
        self._listed: dict[str, tuple[ListedAction, ...]] = {}

    def __getitem__(self, year: str) -> tuple[ListedAction, ...]:
        if year not in self._listed:
            found = (each for state in self._matters[year] for each in actions_of(state, self._now, self._zone))
            announced = [each for each in found if year_of(each.announced_at, self._zone) == year]
            self._listed[year] = tuple(sorted(announced, key=_order))
        return self._listed[year]

    def __iter__(self) -> Iterator[str]:
        return iter(self._matters)

    def __len__(self) -> int:
        return len(self._matters)


def list_actions(states: Iterable[State], now: datetime, zone: ZoneInfo) -> ActionList:
    """The corrective actions of these matters at ``now``.

    :param states: in any order
    :param zone: the site's, in which a day ends
    """
    found: list[ListedAction] = []
    matters: defaultdict[str, dict[str, State]] = defaultdict(dict)
    counts: defaultdict[str, Counter[ActionStage]] = defaultdict(Counter)
    for state in states:
        gist = state.gist
        if gist is None:
            announced = [(year_of(_announced_at(state, each), zone), each.stage) for each in state.actions]
        else:
            announced = list(gist.actions)
        for year, stage in announced:
            matters[year][state.id] = state
            counts[year][stage] += 1
        # What owes nothing and was not told of lately stands on no page but its year's.
        if announced and (gist is None or _lately(gist.told_at, now)):
            found += actions_of(state, now, zone)
    listed = sorted(found, key=_order)
    shown = [each for each in listed if each.next_due is not None or _lately(each.standing.told_at, now)]
    by_year = {
        year: tuple(matters[year][name] for name in sorted(matters[year])) for year in sorted(matters, reverse=True)
    }
    years = _Years(by_year, now, zone)
    return ActionList(
        overdue=tuple(each for each in shown if each.overdue),
        owed=tuple(each for each in shown if each.next_due is not None and not each.overdue),
        recent=tuple(each for each in shown if each.next_due is None),
        years=years,
        matters=by_year,
        counts={year: counts[year] for year in by_year},
        first=_first(shown, years, zone),
    )


def _lately(told_at: datetime | None, now: datetime) -> bool:
    return told_at is not None and now - told_at <= RECENT


def _first(
    shown: Iterable[ListedAction], years: Mapping[str, Sequence[ListedAction]], zone: ZoneInfo
) -> ListedAction | None:
    """The first action of the newest year.

    :param shown: all that are owed or were told of lately, which come before all others
    """
    newest = next(iter(years), None)
    if newest is None:
        return None
    return next((each for each in shown if year_of(each.announced_at, zone) == newest), None) or years[newest][0]


def actions_of(state: State, now: datetime, zone: ZoneInfo) -> tuple[ListedAction, ...]:
    """The corrective actions of one matter at ``now``, in the order of their announcement."""
    return tuple(_listed(state, standing, now, zone) for standing in state.actions)


def year_of(moment: datetime, zone: ZoneInfo) -> str:
    """The year in the site's zone, of four digits."""
    return f"{moment.astimezone(zone).year:04}"


def _listed(state: State, standing: ActionStanding, now: datetime, zone: ZoneInfo) -> ListedAction:
    announced_at = _announced_at(state, standing)
    if not standing.owed:
        return ListedAction(state, standing, announced_at, None, None, False)
    doing = _promise(state, PromiseKind.ACTION, standing.id)
    checking = _promise(state, PromiseKind.EFFECT_CHECK, standing.id)
    if standing.stage is ActionStage.UNCHECKED and standing.check_effect_by is not None:
        next_due = checking.due if checking else end_of(standing.check_effect_by, zone)
    else:
        next_due = doing.due if doing else end_of(standing.dues[-1], zone)
    overdue_after = min((each.due for each in (doing, checking) if each and each.owed), default=None)
    overdue = overdue_after is not None and now > overdue_after
    return ListedAction(state, standing, announced_at, next_due, overdue_after, overdue)


def _announced_at(state: State, standing: ActionStanding) -> datetime:
    return state.reports[standing.announced - 1].at


def _promise(state: State, kind: PromiseKind, action_id: str) -> Promise | None:
    """The last promise of a kind about an action; None where none was made, as in imported records."""
    for each in reversed(state.promises):
        if each.about == action_id and each.kind is kind:
            return each
    return None


def _order(each: ListedAction) -> tuple[int, float, str, str]:
    """Overdue, owed, settled; by due time, or the newest first of what owes nothing; then by name."""
    name = (each.matter.id, each.standing.id)
    if each.next_due is None:
        told_at = each.standing.told_at or each.announced_at
        return (2, -told_at.timestamp(), *name)
    return (0 if each.overdue else 1, each.next_due.timestamp(), *name)
