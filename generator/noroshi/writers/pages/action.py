"""Corrective actions on a page: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.records.texts import Text
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


@dataclass(frozen=True, kw_only=True)
class AnnouncedView:
    """A corrective action as a report announced it."""

    what: Markup
    type: str
    owner: str
    due: str


@dataclass(frozen=True, kw_only=True)
class ProgressView:
    """What one report tells of an action that was announced before."""

    what: Markup
    """The action, or its id where no report announced it."""
    told: tuple[Markup, ...]
    """What became of it, in words."""


def said_deadline(deadline: date | datetime, reader: Reader) -> str:
    """A deadline in words: a time, or a day that means its end."""
    if isinstance(deadline, datetime):
        return reader.wording.moment(deadline)
    return reader.wording.day(deadline)


def announced_actions(reports: Sequence[IncidentReport | MaintenanceReport]) -> dict[str, Action]:
    """The actions that these reports announce, by id; withdrawn reports announce nothing."""
    return {
        action.id: action
        for report in reports
        if report.withdrawn is None and isinstance(report.actions, tuple)
        for action in report.actions
    }


def announced_views(report: IncidentReport | MaintenanceReport, reader: Reader) -> tuple[AnnouncedView, ...]:
    """The actions that one report announces, as it announced them."""
    if not isinstance(report.actions, tuple):
        return ()
    return tuple(
        AnnouncedView(
            what=reader.plain(action.what),
            type=reader.wording.label(action.type),
            owner=action.owner,
            due=said_deadline(action.due, reader),
        )
        for action in report.actions
    )


def action_views(reports: Sequence[IncidentReport | MaintenanceReport], reader: Reader) -> tuple[ActionView, ...]:
    """The actions that these reports announce, with the progress that they tell."""
    announced = announced_actions(reports)
    if not announced:
        return ()
    progress: dict[str, list[Progress]] = {}
    for report in reports:
        if report.withdrawn is None and not isinstance(report.actions, tuple):
            for action_id, step in report.actions.items():
                progress.setdefault(action_id, []).append(step)
    return tuple(_action(action, progress.get(action.id, []), reader) for action in announced.values())


def progress_views(
    report: IncidentReport | MaintenanceReport, announced: Mapping[str, Action], reader: Reader
) -> tuple[ProgressView, ...]:
    """What one report tells of actions announced before.

    :param announced: the actions of all reports of the matter, by id
    """
    if isinstance(report.actions, tuple):
        return ()
    return tuple(
        ProgressView(
            what=reader.plain(announced[action_id].what) if action_id in announced else escape(action_id),
            told=tuple(_told(step, reader)),
        )
        for action_id, step in report.actions.items()
    )


def _told(step: Progress, reader: Reader) -> Iterator[Markup]:
    words = reader.wording
    _ = words.gettext
    if step.done is not None:
        done = Markup(f"{escape(_('Done'))} {words.day(step.done)}")
        yield reader.aside(done, _evidence(step.evidence, reader)) if step.evidence else done
    elif step.evidence is not None:
        yield _evidence(step.evidence, reader)
    if step.effect_checked is not None:
        yield Markup(f"{escape(_('Effect checked'))} {words.day(step.effect_checked)}")
    if step.due is not None:
        yield Markup(f"{escape(_('Due'))} {said_deadline(step.due, reader)}")
    if step.dropped is not None:
        yield Markup(f"{escape(_('Not done, because'))} {reader.plain(step.dropped)}")


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
        evidence=_evidence(evidence[-1], reader) if evidence else None,
        effect_checked=words.day(checked[-1]) if checked else None,
        dropped=reader.plain(dropped[-1]) if dropped else None,
    )


def _evidence(text: Text, reader: Reader) -> Markup:
    """Evidence in words; one that is nothing but a web address becomes a link."""
    words = text.said_in(reader.language, reader.first)[0]
    if words.startswith(("https://", "http://")) and not any(c.isspace() for c in words):
        return Markup(f'<a href="{escape(words)}" rel="noopener">{escape(words)}</a>')
    return reader.plain(text)
