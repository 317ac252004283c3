"""What readers can subscribe to, in the words of one language: the feeds by name, the components by heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from noroshi.endpoints import INCIDENT_FEED, MAINTENANCE_FEED, MATTER_FEED, REPORT_FEED, FeedForm
from noroshi.records.settings import Component
from noroshi.records.texts import Text
from noroshi.text.feed_names import feed_name
from noroshi.text.labels import N_
from noroshi.text.wording import Wording

FORM = FeedForm.ATOM
"""The form that readers are offered first: it marks languages, tells of mended slips, and leads to the archive."""


@dataclass(frozen=True, kw_only=True)
class FeedChoice:
    """A feed of the whole site, as readers choose it; plain text."""

    path: str
    """Below the language's root, without the ending of its form."""
    name: str
    about: str
    """What it holds, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class ComponentGroup:
    """A heading with its components."""

    name: Text | None
    """None where no component stands under a heading before these."""
    components: tuple[Component, ...]


_ABOUT = {
    REPORT_FEED: N_("Each report as it is made, on incidents and on maintenance."),
    INCIDENT_FEED: N_("Each report on an incident."),
    MAINTENANCE_FEED: N_("Each report on planned work."),
    MATTER_FEED: N_("The quiet one: a new item when something begins, and no more for its later reports."),
}


def feed_choices(wording: Wording) -> tuple[FeedChoice, ...]:
    """The feeds of the whole site, that of everything first."""
    _ = wording.gettext
    return tuple(FeedChoice(path=path, name=feed_name(path, wording), about=_(about)) for path, about in _ABOUT.items())


def component_groups(components: Iterable[Component], wording: Wording, first: str) -> tuple[ComponentGroup, ...]:
    """The components under their headings, in the order in which the headings first appear.

    Those without a heading get one where they come after others, or they would seem to belong to these.

    :param first: the site's first language
    """
    groups: dict[str | None, list[Component]] = {}
    for component in components:
        name = component.group.said_in(wording.language, first)[0] if component.group else None
        groups.setdefault(name, []).append(component)
    other = Text(((wording.language, wording.gettext("Other services")),))
    return tuple(
        ComponentGroup(name=members[0].group or (other if place else None), components=tuple(members))
        for place, members in enumerate(groups.values())
    )


def component_anchor(component_id: str) -> str:
    """The fragment of a component's row on the page that tells how to subscribe."""
    return f"component-{component_id}"
