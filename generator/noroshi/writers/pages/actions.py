"""The lists of corrective actions: what is owed or was done lately, and each year with all announced in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from noroshi.records.choices import ActionStage, PromiseState
from noroshi.snapshot.action_list import RECENT, ActionList, ListedAction
from noroshi.urls import ACTIONS, action_anchor, action_year_path, listed_action_anchor, matter_path, report_anchor
from noroshi.writers.pages.action import ActionView, action_view
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class ListedView:
    """One action in a list, finished for its template."""

    anchor: str
    action: ActionView
    matter_kind: str
    matter: Markup
    """A link to the matter that it belongs to, where the action stands among the others of that matter."""
    announced: Markup
    """A link to the report that announced it, with its time."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many actions have come how far."""

    stage: str
    """The word that programs compare: a stage, or ``overdue``."""
    name: str
    number: int


@dataclass(frozen=True, kw_only=True)
class YearLink:
    """A year's page."""

    year: str
    link: str
    number: int
    """How many actions were announced in it."""


@dataclass(frozen=True, kw_only=True)
class ActionsView:
    """The page of what is owed, finished for its template."""

    counts: tuple[Count, ...]
    overdue: tuple[ListedView, ...]
    owed: tuple[ListedView, ...]
    recent: tuple[ListedView, ...]
    recent_days: int
    years: tuple[YearLink, ...]
    zone: str


@dataclass(frozen=True, kw_only=True)
class ActionYearView:
    """The page of one year, finished for its template."""

    year: str
    counts: tuple[Count, ...]
    listed: tuple[ListedView, ...]
    newer: YearLink | None
    older: YearLink | None
    index: str
    """The link to the page of what is owed."""
    zone: str


def actions_view(listed: ActionList, reader: Reader) -> ActionsView:
    """What is owed and what was done lately."""
    return ActionsView(
        counts=tuple(_counts(listed.stages, listed.overdue, reader)),
        overdue=_views(listed.overdue, reader),
        owed=_views(listed.owed, reader),
        recent=_views(listed.recent, reader),
        recent_days=RECENT.days,
        years=tuple(_year_link(listed, year, reader) for year in listed.years),
        zone=_zone(listed.first, reader),
    )


def action_year_view(listed: ActionList, year: str, reader: Reader) -> ActionYearView:
    """Every action that was announced in a year, whatever became of it."""
    years = list(listed.years)
    place = years.index(year)
    return ActionYearView(
        year=year,
        counts=tuple(_counts(listed.counts[year], [each for each in listed.years[year] if each.overdue], reader)),
        listed=_views(listed.years[year], reader),
        newer=_year_link(listed, years[place - 1], reader) if place else None,
        older=_year_link(listed, years[place + 1], reader) if place + 1 < len(years) else None,
        index=reader.link(ACTIONS),
        zone=_zone(listed.years[year][0], reader),
    )


def _views(listed: tuple[ListedAction, ...], reader: Reader) -> tuple[ListedView, ...]:
    return tuple(_listed(each, reader) for each in listed)


def _listed(each: ListedAction, reader: Reader) -> ListedView:
    matter, standing = each.matter, each.standing
    page = reader.link(matter_path(matter.kind, matter.id))
    title, time = reader.plain(matter.title), reader.moment(each.announced_at)
    return ListedView(
        anchor=listed_action_anchor(matter.id, standing.id),
        action=action_view(each, reader),
        matter_kind=reader.wording.label(matter.kind),
        matter=Markup(f'<a href="{page}#{action_anchor(standing.id)}">{title}</a>'),
        announced=Markup(f'<a href="{page}#{report_anchor(standing.announced)}">{time}</a>'),
    )


def _counts(stages: Counter[ActionStage], overdue: Sequence[ListedAction], reader: Reader) -> Iterator[Count]:
    """How many have come how far, each counted once: what is overdue counts as that alone, even where it is none."""
    words = reader.wording
    if stages:
        yield Count(stage="overdue", name=words.label(PromiseState.MISSED), number=len(overdue))
    for stage in ActionStage:
        number = stages[stage] - sum(each.stage is stage for each in overdue)
        if number:
            yield Count(stage=stage.value, name=words.label(stage), number=number)


def _year_link(listed: ActionList, year: str, reader: Reader) -> YearLink:
    return YearLink(year=year, link=reader.link(action_year_path(year)), number=listed.counts[year].total())


def _zone(first: ListedAction | None, reader: Reader) -> str:
    return reader.wording.zone_name(first.announced_at) if first is not None else ""


def render_actions(view: ActionsView, reader: Reader, templates: Templates) -> str:
    """The body of the page of what is owed, as HTML."""
    return templates.render("actions.html", reader.wording, view=view)


def render_action_year(view: ActionYearView, reader: Reader, templates: Templates) -> str:
    """The body of a year's page, as HTML."""
    return templates.render("action_year.html", reader.wording, view=view)
