"""Rules on corrective actions: announced once, and told of as they come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from noroshi.problems import Problem
from noroshi.records.choices import ReportKind
from noroshi.records.refusal import nearest
from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.rules.subject import Subject


def action_ids(subject: Subject) -> Iterator[Problem]:
    """An action is announced once, with an id of its own; follow-ups speak of announced actions only."""
    known: dict[str, int] = {}
    for index, report in enumerate(subject.entry.record.reports):
        if not isinstance(report, IncidentReport | MaintenanceReport):
            continue
        if isinstance(report.actions, tuple):
            yield from _new_actions(subject, index, report.actions, known)
            continue
        if report.kind is not ReportKind.FOLLOW_UP:
            yield subject.problem(
                "action-progress",
                "reports",
                index,
                "actions",
                found=f"a report of kind '{report.kind}' tells the progress of actions",
                allowed="only a follow_up does",
                advice="write it as a report of kind: follow_up",
            )
        for action_id in report.actions:
            if action_id not in known:
                yield subject.problem(
                    "action-unknown",
                    "reports",
                    index,
                    "actions",
                    action_id,
                    found=f"no earlier report announces the action '{action_id}'",
                    allowed="known actions: " + (", ".join(known) or "none"),
                    advice=nearest(action_id, list(known)) or "announce it first, in a list of actions",
                )


def _new_actions(subject: Subject, index: int, actions: tuple[Action, ...], known: dict[str, int]) -> Iterator[Problem]:
    for position, action in enumerate(actions):
        if action.id in known:
            yield subject.problem(
                "action-duplicate",
                "reports",
                index,
                "actions",
                position,
                "id",
                found=f"the action '{action.id}' was already announced in report {known[action.id]}",
                allowed="each action has an id of its own in its record",
                advice="choose another id, or tell its progress as a mapping: {" + action.id + ": {done: …}}",
            )
        known.setdefault(action.id, index + 1)


def action_times(subject: Subject) -> Iterator[Problem]:
    """What is told of an action has happened, in its order: nothing is done by a day that is still to come."""
    done: set[str] = set()
    for index, report in enumerate(subject.entry.record.reports):
        if not isinstance(report, IncidentReport | MaintenanceReport) or report.withdrawn is not None:
            continue
        today = report.at.astimezone(subject.settings.site.zone).date()
        if isinstance(report.actions, tuple):
            for position, action in enumerate(report.actions):
                yield from _plan(subject, ("reports", index, "actions", position), action)
            continue
        for action_id, step in report.actions.items():
            if step.done is not None:
                done.add(action_id)
            place = ("reports", index, "actions", action_id)
            yield from _progress(subject, place, step, today, known_done=action_id in done)


def _plan(subject: Subject, place: tuple[str | int, ...], action: Action) -> Iterator[Problem]:
    check = action.check_effect_by
    if check is not None and _day(check) < _day(action.due):
        yield subject.problem(
            "action-times",
            *place,
            "check_effect_by",
            found=f"the effect of '{action.id}' is checked by {check.isoformat()}, and it is done by "
            f"{action.due.isoformat()}",
            allowed="an effect is checked when the action is done",
            advice="correct the day that is wrong",
        )


def _progress(
    subject: Subject, place: tuple[str | int, ...], step: Progress, today: date, *, known_done: bool
) -> Iterator[Problem]:
    name = place[-1]
    for key in ("done", "effect_checked"):
        day = getattr(step, key)
        if day is not None and day > today:
            yield subject.problem(
                "action-times",
                *place,
                key,
                found=f"'{key}' is {day.isoformat()}, and the report is of {today.isoformat()}",
                allowed="a report tells what has been done when it is written",
                advice=f"tell it when it is done; a new day by which it will be is '{name}: {{due: …}}'",
            )
    if step.done is not None and step.dropped is not None:
        yield subject.problem(
            "action-times",
            *place,
            found=f"'{name}' is told to be done and dropped at once",
            allowed="an action is done, or it will not be",
            advice="take out 'done' or 'dropped'",
        )
    if step.effect_checked is not None and not known_done:
        yield subject.problem(
            "action-times",
            *place,
            "effect_checked",
            found=f"the effect of '{name}' is checked, and no report says that it was done",
            allowed="an action is done before its effect is checked",
            advice="add 'done: …' with the day on which it was done",
        )
    elif step.done is not None and step.effect_checked is not None and step.effect_checked < step.done:
        yield subject.problem(
            "action-times",
            *place,
            "effect_checked",
            found=f"the effect of '{name}' is checked on {step.effect_checked.isoformat()}, and it is done on "
            f"{step.done.isoformat()}",
            allowed="an action is done before its effect is checked",
            advice="correct the day that is wrong",
        )


def _day(deadline: date | datetime) -> date:
    return deadline.date() if isinstance(deadline, datetime) else deadline
