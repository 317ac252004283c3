"""What feeds are called."""

from __future__ import annotations

from noroshi.endpoints import INCIDENT_FEED, MAINTENANCE_FEED, MATTER_FEED, REPORT_FEED
from noroshi.records.settings import Component
from noroshi.text.labels import N_
from noroshi.text.wording import Wording

_NAMES = {
    REPORT_FEED: N_("Every report"),
    INCIDENT_FEED: N_("Reports on incidents"),
    MAINTENANCE_FEED: N_("Reports on maintenance"),
    MATTER_FEED: N_("Incidents and maintenance, one item each"),
}


def feed_name(path: str, wording: Wording) -> str:
    """What a feed of the whole site is called.

    :param path: its path without its ending: one of ``endpoints``
    """
    return wording.gettext(_NAMES[path])


def component_feed_name(component: Component, wording: Wording, first: str) -> str:
    """What the feed of one component is called.

    :param first: the site's first language
    """
    name, _ = component.name.said_in(wording.language, first)
    return wording.gettext("Reports on {component}").format(component=name)
