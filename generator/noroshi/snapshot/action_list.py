"""The corrective actions of many matters in one list: overdue first, then what is owed, then what is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from noroshi.records.choices import ActionStage, PromiseKind, PromiseState
from noroshi.records.times import end_of
from noroshi.snapshot.actions import ActionStanding
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.state import State

RECENT = timedelta(days=90)
"""For how long an action that owes nothing any more stays on the first page, from the report that said so."""


@dataclass(frozen=True, kw_only=True)
class ListedAction:
    """One corrective action at a time, with the matter that it belongs to."""

    matter: State
    standing: ActionStanding
    announced_at: datetime
    due: datetime
    """By when it has to be done, as it holds now."""
    next_due: datetime | None
    """By when something is owed: the action, or once that is done the check; None where nothing is."""
    overdue: bool
    """Whether something is owed though its time has passed."""
    late: bool
    """Whether it was done after its time."""

    @property
    def stage(self) -> ActionStage:
        """How far it has come."""
        return self.standing.stage


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
    doing = _promise(state, PromiseKind.ACTION, standing.id)
    checking = _promise(state, PromiseKind.EFFECT_CHECK, standing.id)
    due = doing.due if doing else end_of(standing.dues[-1], zone)
    next_due = None
    if standing.stage is ActionStage.TO_DO:
        next_due = due
    elif standing.stage is ActionStage.UNCHECKED and standing.check_effect_by is not None:
        next_due = checking.due if checking else end_of(standing.check_effect_by, zone)
    return ListedAction(
        matter=state,
        standing=standing,
        announced_at=state.reports[standing.announced - 1].at,
        due=due,
        next_due=next_due,
        overdue=next_due is not None and any(each.overdue(now) for each in (doing, checking) if each),
        late=doing is not None and doing.state(now) is PromiseState.LATE,
    )


def _promise(state: State, kind: PromiseKind, action_id: str) -> Promise | None:
    """The last promise of a kind about an action; None where none was made, as in imported records."""
    found = [each for each in state.promises if each.kind is kind and each.about == action_id]
    return found[-1] if found else None


def _order(each: ListedAction) -> tuple[int, float, str, str]:
    """Overdue, owed, settled; by due time, or the newest first of what owes nothing; then by name."""
    name = (each.matter.id, each.standing.id)
    if each.next_due is None:
        told_at = each.standing.told_at or each.announced_at
        return (2, -told_at.timestamp(), *name)
    return (0 if each.overdue else 1, each.next_due.timestamp(), *name)
