"""The corrective actions of many matters in one list: overdue first, then what is owed, then what is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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

    @property
    def everything(self) -> tuple[ListedAction, ...]:
        """Every action, once."""
        return tuple(each for year in self.years.values() for each in year)

    @property
    def stages(self) -> Counter[ActionStage]:
        """How many actions there are of each stage."""
        return Counter(each.stage for each in self.everything)


def list_actions(states: Iterable[State], now: datetime, zone: ZoneInfo) -> ActionList:
    """The corrective actions of these matters at ``now``.

    :param states: in any order
    :param zone: the site's, in which a day ends
    """
    listed = sorted((each for state in states for each in actions_of(state, now, zone)), key=_order)
    years: dict[str, list[ListedAction]] = {}
    for each in listed:
        years.setdefault(year_of(each.announced_at, zone), []).append(each)
    settled = [each for each in listed if each.next_due is None]
    return ActionList(
        overdue=tuple(each for each in listed if each.overdue),
        owed=tuple(each for each in listed if each.next_due is not None and not each.overdue),
        recent=tuple(each for each in settled if each.standing.told_at and now - each.standing.told_at <= RECENT),
        years={year: tuple(years[year]) for year in sorted(years, reverse=True)},
    )


def actions_of(state: State, now: datetime, zone: ZoneInfo) -> tuple[ListedAction, ...]:
    """The corrective actions of one matter at ``now``, in the order of their announcement."""
    return tuple(_listed(state, standing, now, zone) for standing in state.actions)


def year_of(moment: datetime, zone: ZoneInfo) -> str:
    """The year in the site's zone, of four digits."""
    return f"{moment.astimezone(zone).year:04}"


def _listed(state: State, standing: ActionStanding, now: datetime, zone: ZoneInfo) -> ListedAction:
    announced_at = state.reports[standing.announced - 1].at
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
