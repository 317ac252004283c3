"""Corrective actions on a page: what was announced, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseState
from noroshi.records.reports import Action, IncidentReport, MaintenanceReport, Progress
from noroshi.records.texts import Text
from noroshi.snapshot.action_list import ListedAction, actions_of, year_of
from noroshi.snapshot.state import State
from noroshi.text.bare_address import is_bare_address
from noroshi.urls import action_anchor, action_year_path, listed_action_anchor
from noroshi.writers.pages.clock import clock_data
from noroshi.writers.pages.links import Reader


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """A corrective action as far as it has come."""

    id: str
    """The fragment of it on its matter's page."""
    what: Markup
    type: str
    """The word that programs compare."""
    type_name: str
    owner: str
    stage: str
    """The word that programs compare."""
    stage_name: str
    overdue: bool
    alarm: Markup
    """A badge that says that it is overdue, or what says so as soon as it is."""
    late: str | None
    """That it was done after its time, in a word."""
    due: Markup
    moved: tuple[Markup, ...]
    """Earlier due times."""
    check_effect_by: Markup | None
    done: Markup | None
    evidence: Markup | None
    effect_checked: Markup | None
    dropped: Markup | None
    listed: str
    """The link to it among the actions of all matters."""


@dataclass(frozen=True, kw_only=True)
class AnnouncedView:
    """A corrective action as a report announced it."""

    what: Markup
    type: str
    owner: str
    due: Markup


@dataclass(frozen=True, kw_only=True)
class ProgressView:
    """What one report tells of an action that was announced before."""

    what: Markup
    """The action, or its id where no report announced it."""
    told: tuple[Markup, ...]
    """What became of it, in words."""


def said_deadline(deadline: date | datetime, reader: Reader) -> Markup:
    """A deadline in words that programs can read too: a time, or a day, which stays a day (HTML, section 4.5.14)."""
    return reader.moment(deadline) if isinstance(deadline, datetime) else reader.date(deadline)


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


def action_views(state: State, now: datetime, reader: Reader) -> tuple[ActionView, ...]:
    """The actions of one matter with the progress that its reports tell, in the order of their announcement."""
    return tuple(action_view(each, reader) for each in actions_of(state, now, reader.settings.site.zone))


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
    _ = reader.wording.gettext
    if step.done is not None:
        done = Markup(f"{escape(_('Done'))} {reader.date(step.done)}")
        yield reader.aside(done, _evidence(step.evidence, reader)) if step.evidence else done
    elif step.evidence is not None:
        yield _evidence(step.evidence, reader)
    if step.effect_checked is not None:
        yield Markup(f"{escape(_('Effect checked'))} {reader.date(step.effect_checked)}")
    if step.due is not None:
        yield Markup(f"{escape(_('Due'))} {said_deadline(step.due, reader)}")
    if step.dropped is not None:
        yield Markup(f"{escape(_('Not done, because'))} {reader.plain(step.dropped)}")


def action_view(each: ListedAction, reader: Reader) -> ActionView:
    """One action as far as it has come."""
    words, standing = reader.wording, each.standing
    year = year_of(each.announced_at, reader.settings.site.zone)
    return ActionView(
        id=action_anchor(standing.id),
        what=reader.plain(standing.what),
        type=standing.type.value,
        type_name=words.label(standing.type),
        owner=standing.owner,
        stage=each.stage.value,
        stage_name=words.label(each.stage),
        overdue=each.overdue,
        alarm=_alarm(each, reader),
        late=words.label(PromiseState.LATE) if each.late else None,
        due=said_deadline(standing.dues[-1], reader),
        moved=tuple(said_deadline(due, reader) for due in standing.dues[:-1]),
        check_effect_by=said_deadline(standing.check_effect_by, reader) if standing.check_effect_by else None,
        done=reader.date(standing.done) if standing.done else None,
        evidence=_evidence(standing.evidence, reader) if standing.evidence else None,
        effect_checked=reader.date(standing.effect_checked) if standing.effect_checked else None,
        dropped=reader.plain(standing.dropped) if standing.dropped else None,
        listed=f"{reader.link(action_year_path(year))}#{listed_action_anchor(each.matter.id, standing.id)}",
    )


def _alarm(each: ListedAction, reader: Reader) -> Markup:
    if each.overdue_after is None:
        return Markup("")
    word = reader.wording.label(PromiseState.MISSED)
    data = clock_data(each.overdue_after, after=word)
    if each.overdue:
        return Markup(f'<span class="nr-stage nr-stage--overdue nr-past"{data}>{escape(word)}</span> ')
    return Markup(f'<span class="nr-stage nr-stage--overdue" hidden{data}></span> ')


def _evidence(text: Text, reader: Reader) -> Markup:
    """Evidence in words; one that is nothing but a web address becomes a link."""
    words = text.said_in(reader.language, reader.first)[0]
    if is_bare_address(words):
        return Markup(f'<a href="{escape(words)}" rel="noopener">{escape(words)}</a>')
    return reader.plain(text)
