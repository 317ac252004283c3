"""Components, and the groups that they stand in, which are components too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from noroshi.records.choices import ComponentLevel
from noroshi.records.settings import Component as Described
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

    :param states: every matter
    """
    found: dict[str, datetime] = {}
    for state in states:
        for component, _, start, end in state.impacts:
            changed = end if end is not None and end <= now else start
            if changed <= now and (component not in found or changed > found[component]):
                found[component] = changed
    return found


def component_parts(
    components: Sequence[ComponentState], changes: Mapping[str, datetime], scope: Scope
) -> tuple[Component, ...]:
    """All components in the site's order, each group before its components.

    :param changes: when each one's level changed last, by its id
    """
    return tuple(_parts(components, changes, scope))


def full_name(component: Described, scope: Scope) -> str:
    """A component's name behind its group's, as updates tell it."""
    name = scope.words(component.name)
    return f"{scope.words(component.group)} - {name}" if component.group else name


def _parts(components: Sequence[ComponentState], changes: Mapping[str, datetime], scope: Scope) -> Iterator[Component]:
    for position, members in enumerate(_by_group(components, scope), 1):
        heading = members[0].component.group
        if heading is None:
            yield _component(members[0], position, None, changes, scope)
            continue
        group_id = statuspage_group(_heading(members[0].component, scope) or "")
        parts = [_component(each, place, group_id, changes, scope) for place, each in enumerate(members, 1)]
        changed = max(_changed(each, changes, scope) for each in members)
        level = max((each.level for each in members), key=lambda level: level.rank)
        whole = _part(group_id, scope.words(heading), level, changed, position, scope)
        yield {**whole, "group": True, "components": [part["id"] for part in parts]}
        yield from parts


def _by_group(components: Sequence[ComponentState], scope: Scope) -> list[list[ComponentState]]:
    """The components of each heading, and each component without one by itself, in the order of their mention."""
    groups: dict[tuple[str | None, str], list[ComponentState]] = {}
    for each in components:
        heading = _heading(each.component, scope)
        groups.setdefault((heading, "" if heading is not None else each.component.id), []).append(each)
    return list(groups.values())


def _heading(component: Described, scope: Scope) -> str | None:
    """The heading that makes a group one: in the first language, however it is translated."""
    first = scope.settings.site.languages[0]
    return component.group.said_in(first, first)[0] if component.group else None


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
