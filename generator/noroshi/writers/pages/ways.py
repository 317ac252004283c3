"""The ways to hear of reports: what each is good for, and how soon it tells."""

from __future__ import annotations

from dataclasses import dataclass

from noroshi.text.labels import N_
from noroshi.text.wording import Wording

_WAYS = (
    (
        "feeds",
        N_("Feed reader"),
        N_("Every report in full, as an unread item."),
        N_("Minutes to an hour, as often as your reader looks"),
    ),
    (
        "chat",
        N_("Your team's chat"),
        N_("Everybody sees it where you talk about it anyway."),
        N_("Minutes to an hour"),
    ),
    (
        "mail",
        N_("Mail"),
        N_("Reports in your inbox, without giving us your address."),
        N_("As often as your program looks, say every 15 minutes"),
    ),
    (
        "calendar",
        N_("Calendar"),
        N_("When we will work on what, and when the next report is due, among your own dates."),
        N_("Hours, up to a day; not for what is urgent"),
    ),
    (
        "badges",
        N_("Badges and frames"),
        N_("The state at a glance, on a dashboard or page of your own."),
        N_("Whenever the page is opened"),
    ),
    (
        "programs",
        N_("Programs"),
        N_("The state and all reports as data, for monitoring and bots."),
        N_("Whenever you ask"),
    ),
)


_FOR_ALL = ("chat", "badges")
"""The ways of a site for everybody alone: a chat's operator and other sites would read an edition."""


@dataclass(frozen=True, kw_only=True)
class WayView:
    """A way to hear of reports."""

    anchor: str
    """Of its section."""
    name: str
    good_for: str
    soon: str
    """How soon it tells."""


def ways(wording: Wording, *, private: bool) -> tuple[WayView, ...]:
    """The ways that readers may take, in the order of the page.

    :param private: whether the site is not for everybody
    """
    return tuple(
        WayView(anchor=anchor, name=wording.gettext(way), good_for=wording.gettext(good), soon=wording.gettext(soon))
        for anchor, way, good, soon in _WAYS
        if not (private and anchor in _FOR_ALL)
    )
