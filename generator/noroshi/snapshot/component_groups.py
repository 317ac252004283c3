"""Components under their headings: the same groups in every language and every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from noroshi.records.settings import Component
from noroshi.records.texts import Text


@dataclass(frozen=True, kw_only=True)
class ComponentGroup:
    """A heading with its components."""

    heading: Text | None
    """As the first of them writes it; None for those without one."""
    components: tuple[Component, ...]
    """At least one, in the site's order."""


def component_groups(components: Iterable[Component], first: str) -> tuple[ComponentGroup, ...]:
    """The components under their headings, in the order in which these first appear; those without one come last.

    A heading is the same heading however it is translated: what counts are its words in the site's first language.

    :param components: in the order of ``components.yaml``
    :param first: the site's first language
    """
    groups: dict[str | None, list[Component]] = {}
    for component in components:
        groups.setdefault(heading_words(component, first), []).append(component)
    bare = groups.pop(None, [])
    return tuple(
        ComponentGroup(heading=members[0].group, components=tuple(members))
        for members in (*groups.values(), bare)
        if members
    )


def heading_words(component: Component, first: str) -> str | None:
    """A component's heading in the site's first language, or None: what tells groups apart."""
    return component.group.said_in(first, first)[0] if component.group else None
