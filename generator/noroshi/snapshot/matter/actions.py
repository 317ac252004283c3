"""Corrective actions: what reports announced, and how far they say that it has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeAlias

from noroshi.records.choices import ActionStage, ActionType
from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.records.texts import Text

ActingReport: TypeAlias = IncidentReport | MaintenanceReport
"""A report that can announce actions."""


class ActionStanding(NamedTuple):
    """An action as far as it has come; of what was said twice, the later holds."""

    id: str
    """Unique in its record."""
    what: Text
    type: ActionType
    owner: str
    """The role that does it."""
    announced: int
    """The number of the report that announced it."""
    dues: tuple[date | datetime, ...]
    """Every time by which it was promised, the last one holding."""
    check_effect_by: date | datetime | None
    done: date | None
    evidence: Text | None
    effect_checked: date | None
    dropped: Text | None
    """Why it will not be done after all."""
    told_at: datetime | None = None
    """When a report last told of its progress."""

    @property
    def stage(self) -> ActionStage:
        """How far it has come. What was done and then given up was done."""
        if self.done is None:
            return ActionStage.TO_DO if self.dropped is None else ActionStage.DROPPED
        if self.effect_checked is not None:
            return ActionStage.CHECKED
        return ActionStage.UNCHECKED if self.owed else ActionStage.DONE

    @property
    def owed(self) -> bool:
        """Whether it is still to be done, or its effect still to be checked where that was announced."""
        unchecked = self.check_effect_by is not None and self.effect_checked is None
        return self.dropped is None and (self.done is None or unchecked)


def announced_actions(reports: Iterable[ActingReport]) -> dict[str, Action]:
    """The actions that these reports announce, by id; withdrawn reports announce nothing."""
    return {action.id: action for _, action in _announced(reports)}


def standing_actions(reports: Sequence[ActingReport]) -> tuple[ActionStanding, ...]:
    """The actions that these reports announce, with the progress that they tell, in the order of announcement."""
    told: dict[str, list[tuple[datetime, Progress]]] = {}
    for report in reports:
        if report.withdrawn is None and not isinstance(report.actions, tuple):
            for action_id, step in report.actions.items():
                told.setdefault(action_id, []).append((report.at, step))
    return tuple(_standing(number, action, told.get(action.id, [])) for number, action in _announced(reports))


def _announced(reports: Iterable[ActingReport]) -> list[tuple[int, Action]]:
    """The actions with the numbers of the reports that announce them; each id once."""
    found: dict[str, tuple[int, Action]] = {}
    for number, report in enumerate(reports, 1):
        if report.withdrawn is None and isinstance(report.actions, tuple):
            for action in report.actions:
                found[action.id] = (number, action)
    return list(found.values())


def _standing(number: int, action: Action, told: Sequence[tuple[datetime, Progress]]) -> ActionStanding:
    steps = [step for _, step in told]
    done = [step.done for step in steps if step.done is not None]
    evidence = [step.evidence for step in steps if step.evidence is not None]
    checked = [step.effect_checked for step in steps if step.effect_checked is not None]
    dropped = [step.dropped for step in steps if step.dropped is not None]
    return ActionStanding(
        id=action.id,
        what=action.what,
        type=action.type,
        owner=action.owner,
        announced=number,
        dues=(action.due, *(step.due for step in steps if step.due is not None)),
        check_effect_by=action.check_effect_by,
        done=done[-1] if done else None,
        evidence=evidence[-1] if evidence else None,
        effect_checked=checked[-1] if checked else None,
        dropped=dropped[-1] if dropped else None,
        told_at=told[-1][0].astimezone(UTC) if told else None,
    )
