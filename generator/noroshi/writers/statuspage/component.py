"""Components, and the groups that they stand in, which are components too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from noroshi.records.choices import ComponentLevel
from noroshi.records.settings import Component as Described
from noroshi.snapshot.component_groups import component_groups, heading_words
from noroshi.snapshot.gist import Gist
from noroshi.snapshot.site import ComponentState
from noroshi.snapshot.state import State
from noroshi.urls import statuspage_group
from noroshi.writers.statuspage.scope import Scope


class Component(TypedDict):
    """A component, or a group of them."""

    id: str
    name: str
    status: str
    created_at: str
    updated_at: str
    """When its level changed last."""
    position: int
    """From 1: in its group, or among the groups and the components without one."""
    description: str | None
    showcase: bool
    start_date: str | None
    """The day from which its bar counts."""
    group_id: str | None
    page_id: str
    group: bool
    only_show_if_degraded: bool
    components: NotRequired[list[str]]
    """The ids of a group's components; a component has no such key."""


def level_changes(states: Iterable[State], now: datetime) -> dict[str, datetime]:
    """When each component's level changed last by ``now``, by its id, as reports and plans tell.

    :param states: every matter; with the newest first, few of the settled ones have to be opened
    """
    found: dict[str, datetime] = {}
    for state in states:
        if state.gist is not None and not _newer(state.gist, state.components, found):
            continue
        for component, _, start, end in state.impacts:
            changed = end if end is not None and end <= now else start
            if changed <= now and (component not in found or changed > found[component]):
                found[component] = changed
    return found


def _newer(gist: Gist, components: Sequence[str], found: Mapping[str, datetime]) -> bool:
    """Whether a settled matter can have changed a component after what is known already."""
    fine = gist.fine_since
    return fine is not None and any(name not in found or found[name] < fine for name in components)


def component_parts(
    components: Sequence[ComponentState], changes: Mapping[str, datetime], scope: Scope
) -> tuple[Component, ...]:
    """All components by group in the site's order, each group before its components; those without one come last.

    :param changes: when each one's level changed last, by its id
    """
    return tuple(_parts(components, changes, scope))


def full_name(component: Described, scope: Scope) -> str:
    """A component's name behind its group's, as updates tell it."""
    name = scope.words(component.name)
    return f"{scope.words(component.group)} - {name}" if component.group else name


def _parts(components: Sequence[ComponentState], changes: Mapping[str, datetime], scope: Scope) -> Iterator[Component]:
    first = scope.settings.site.languages[0]
    by_id = {each.component.id: each for each in components}
    position = 0
    for group in component_groups((each.component for each in components), first):
        members = [by_id[component.id] for component in group.components]
        if group.heading is None:
            for each in members:
                position += 1
                yield _component(each, position, None, changes, scope)
            continue
        position += 1
        group_id = statuspage_group(heading_words(group.components[0], first) or "")
        parts = [_component(each, place, group_id, changes, scope) for place, each in enumerate(members, 1)]
        changed = max(_changed(each, changes, scope) for each in members)
        level = max((each.level for each in members), key=lambda level: level.rank)
        whole = _part(group_id, scope.words(group.heading), level, changed, position, scope)
        yield {**whole, "group": True, "components": [part["id"] for part in parts]}
        yield from parts


def _component(
    each: ComponentState, position: int, group_id: str | None, changes: Mapping[str, datetime], scope: Scope
) -> Component:
    told = each.component
    part = _part(told.id, scope.words(told.name), each.level, _changed(each, changes, scope), position, scope)
    part["description"] = scope.words(told.description) if told.description else None
    part["showcase"] = True
    part["start_date"] = scope.settings.site.id.since.isoformat()
    part["group_id"] = group_id
    return part


def _part(part_id: str, name: str, level: ComponentLevel, changed: datetime, position: int, scope: Scope) -> Component:
    return {
        "id": part_id,
        "name": name,
        "status": level.value,
        "created_at": scope.stamp(scope.since),
        "updated_at": scope.stamp(changed),
        "position": position,
        "description": None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": scope.page_id,
        "group": False,
        "only_show_if_degraded": False,
    }


def _changed(each: ComponentState, changes: Mapping[str, datetime], scope: Scope) -> datetime:
    """When its level changed last, though never before it was made: imported matters are older than the page."""
    return max(changes.get(each.component.id, scope.since), scope.since)
