"""Corrective actions on a page: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.records.texts import Text
from noroshi.snapshot.actions import ActionStanding, standing_actions
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
    return tuple(_action(standing, reader) for standing in standing_actions(reports))


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


def _action(standing: ActionStanding, reader: Reader) -> ActionView:
    words, action = reader.wording, standing.action
    return ActionView(
        id=action.id,
        what=reader.plain(action.what),
        type=words.label(action.type),
        owner=action.owner,
        due=said_deadline(standing.dues[-1], reader),
        moved=tuple(said_deadline(due, reader) for due in standing.dues[:-1]),
        check_effect_by=said_deadline(action.check_effect_by, reader) if action.check_effect_by else None,
        done=words.day(standing.done) if standing.done else None,
        evidence=_evidence(standing.evidence, reader) if standing.evidence else None,
        effect_checked=words.day(standing.effect_checked) if standing.effect_checked else None,
        dropped=reader.plain(standing.dropped) if standing.dropped else None,
    )


def _evidence(text: Text, reader: Reader) -> Markup:
    """Evidence in words; one that is nothing but a web address becomes a link."""
    words = text.said_in(reader.language, reader.first)[0]
    if words.startswith(("https://", "http://")) and not any(c.isspace() or c in "<>" for c in words):
        return Markup(f'<a href="{escape(words)}" rel="noopener">{escape(words)}</a>')
    return reader.plain(text)
