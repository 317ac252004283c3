"""What readers can subscribe to, in the words of one language."""

from __future__ import annotations

from dataclasses import dataclass

from noroshi.endpoints import INCIDENT_FEED, MAINTENANCE_FEED, MATTER_FEED, REPORT_FEED, FeedForm
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
