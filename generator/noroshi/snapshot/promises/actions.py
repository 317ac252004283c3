"""The promises of corrective actions: each is done by its time, and its effect checked by another."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from noroshi.problems import Locate
from noroshi.records.choices import PromiseKind
from noroshi.records.reports import IncidentReport, MaintenanceReport, Progress
from noroshi.records.times import end_of
from noroshi.snapshot.promises.ledger import Ledger


def enter_actions(
    ledger: Ledger, number: int, report: IncidentReport | MaintenanceReport, zone: ZoneInfo, place: Locate
) -> None:
    """Enter what a report announces of actions, or tells of their progress.

    :param number: the report's
    """
    if not isinstance(report.actions, tuple):
        for action_id, step in report.actions.items():
            _progress(ledger, number, report.at, action_id, step, zone, place)
        return
    for position, action in enumerate(report.actions):
        steps: tuple[str | int, ...] = ("reports", number - 1, "actions", position)
        due, here = end_of(action.due, zone), place(*steps, "due")
        ledger.promise(PromiseKind.ACTION, due, made_at=report.at, place=here, about=action.id, report=number)
        if action.check_effect_by is not None:
            due, here = end_of(action.check_effect_by, zone), place(*steps, "check_effect_by")
            ledger.promise(PromiseKind.EFFECT_CHECK, due, made_at=report.at, place=here, about=action.id, report=number)


def _progress(
    ledger: Ledger, number: int, said_at: datetime, action_id: str, step: Progress, zone: ZoneInfo, place: Locate
) -> None:
    if step.due is not None:
        here = place("reports", number - 1, "actions", action_id, "due")
        ledger.move(PromiseKind.ACTION, end_of(step.due, zone), said_at, here, number, action_id)
    if step.done is not None:
        ledger.keep(PromiseKind.ACTION, _within(step.done, said_at, zone), number, action_id)
    if step.effect_checked is not None:
        ledger.keep(PromiseKind.EFFECT_CHECK, _within(step.effect_checked, said_at, zone), number, action_id)
    if step.dropped is not None:
        for kind in (PromiseKind.ACTION, PromiseKind.EFFECT_CHECK):
            ledger.release(kind, said_at, action_id)


def _within(day: date, said_at: datetime, zone: ZoneInfo) -> datetime:
    """When on a day something was done at the latest: by its end, and before it was told."""
    return min(end_of(day, zone), said_at)
