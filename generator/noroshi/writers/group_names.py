"""What the groups of components are called."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.records.content import Settings
from noroshi.records.settings import Component
from noroshi.records.texts import Text
from noroshi.snapshot.component_groups import component_groups
from noroshi.text.wording import Wording


def named_groups(settings: Settings, wording: Wording) -> Iterator[tuple[Text | None, tuple[Component, ...]]]:
    """The components under their headings.

    Those without a heading get one where they come after others, or they would seem to belong to these.
    """
    other = Text(((wording.language, wording.gettext("Other services")),))
    for place, group in enumerate(component_groups(settings.components, settings.site.languages[0])):
        yield group.heading or (other if place else None), group.components
