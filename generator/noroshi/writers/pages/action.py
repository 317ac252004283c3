"""Corrective actions on a page: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.writers.pages.links import Reader


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """A corrective action as far as it has come."""

    id: str
    what: Markup
    type: str
    owner: str
    due: str
    moved: tuple[str, ...]
    """Earlier due times."""
    check_effect_by: str | None
    done: str | None
    evidence: Markup | None
    effect_checked: str | None
    dropped: Markup | None


def said_deadline(deadline: date | datetime, reader: Reader) -> str:
    """A deadline in words: a time, or a day that means its end."""
    if isinstance(deadline, datetime):
        return reader.wording.moment(deadline)
    return reader.wording.day(deadline)


def action_views(reports: Sequence[IncidentReport | MaintenanceReport], reader: Reader) -> tuple[ActionView, ...]:
    """The actions that these reports announce, with the progress that they tell."""
    announced: dict[str, Action] = {}
    progress: dict[str, list[Progress]] = {}
    for report in reports:
        if report.withdrawn is not None:
            continue
        if isinstance(report.actions, tuple):
            announced.update((action.id, action) for action in report.actions)
            continue
        for action_id, step in report.actions.items():
            progress.setdefault(action_id, []).append(step)
    return tuple(_action(action, progress.get(action.id, []), reader) for action in announced.values())


def _action(action: Action, steps: list[Progress], reader: Reader) -> ActionView:
    words = reader.wording
    dues = [action.due, *(step.due for step in steps if step.due is not None)]
    done = [step.done for step in steps if step.done is not None]
    evidence = [step.evidence for step in steps if step.evidence is not None]
    checked = [step.effect_checked for step in steps if step.effect_checked is not None]
    dropped = [step.dropped for step in steps if step.dropped is not None]
    return ActionView(
        id=action.id,
        what=reader.plain(action.what),
        type=words.label(action.type),
        owner=action.owner,
        due=said_deadline(dues[-1], reader),
        moved=tuple(said_deadline(due, reader) for due in dues[:-1]),
        check_effect_by=said_deadline(action.check_effect_by, reader) if action.check_effect_by else None,
        done=words.day(done[-1]) if done else None,
        evidence=_evidence(reader.plain(evidence[-1])) if evidence else None,
        effect_checked=words.day(checked[-1]) if checked else None,
        dropped=reader.plain(dropped[-1]) if dropped else None,
    )


def _evidence(words: Markup) -> Markup:
    """Evidence that is nothing but a web address becomes a link."""
    if words.startswith(("https://", "http://")) and not any(c.isspace() or c in "<>" for c in words):
        return Markup('<a href="{0}" rel="noopener">{0}</a>').format(words)
    return words
