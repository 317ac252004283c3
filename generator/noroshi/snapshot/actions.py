"""Corrective actions: what reports announced, and how far they say that it has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.records.texts import Text

ActingReport: TypeAlias = IncidentReport | MaintenanceReport
"""A report that can announce actions."""


@dataclass(frozen=True, kw_only=True)
class ActionStanding:
    """An action as far as it has come; of what was said twice, the later holds."""

    action: Action
    dues: tuple[date | datetime, ...]
    """Every time by which it was promised, the last one holding."""
    done: date | None
    evidence: Text | None
    effect_checked: date | None
    dropped: Text | None
    """Why it will not be done after all."""

    @property
    def owed(self) -> bool:
        """Whether it is still to be done, or its effect still to be checked where that was announced."""
        unchecked = self.action.check_effect_by is not None and self.effect_checked is None
        return self.dropped is None and (self.done is None or unchecked)


def announced_actions(reports: Iterable[ActingReport]) -> dict[str, Action]:
    """The actions that these reports announce, by id; withdrawn reports announce nothing."""
    return {
        action.id: action
        for report in reports
        if report.withdrawn is None and isinstance(report.actions, tuple)
        for action in report.actions
    }


def standing_actions(reports: Sequence[ActingReport]) -> tuple[ActionStanding, ...]:
    """The actions that these reports announce, with the progress that they tell, in the order of announcement."""
    told: dict[str, list[Progress]] = {}
    for report in reports:
        if report.withdrawn is None and not isinstance(report.actions, tuple):
            for action_id, step in report.actions.items():
                told.setdefault(action_id, []).append(step)
    return tuple(_standing(action, told.get(action.id, [])) for action in announced_actions(reports).values())


def owes_actions(reports: Sequence[ActingReport]) -> bool:
    """Whether an action of these reports is not yet done, or its effect not yet checked where that was announced."""
    return any(standing.owed for standing in standing_actions(reports))


def _standing(action: Action, steps: Sequence[Progress]) -> ActionStanding:
    done = [step.done for step in steps if step.done is not None]
    evidence = [step.evidence for step in steps if step.evidence is not None]
    checked = [step.effect_checked for step in steps if step.effect_checked is not None]
    dropped = [step.dropped for step in steps if step.dropped is not None]
    return ActionStanding(
        action=action,
        dues=(action.due, *(step.due for step in steps if step.due is not None)),
        done=done[-1] if done else None,
        evidence=evidence[-1] if evidence else None,
        effect_checked=checked[-1] if checked else None,
        dropped=dropped[-1] if dropped else None,
    )
