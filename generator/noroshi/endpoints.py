"""Where programs read: feeds, calendars, the API, badges and what hosts ask for. Paths never change once published.

A path is below the site's root or, where that is said, below its language's root (``urls.language_root``).
"""

from __future__ import annotations

from enum import StrEnum

REPORT_FEED = "feeds/reports"
"""The feed with one item for each report, below its language's root and without the ending of its form."""

MATTER_FEED = "history"
"""The quiet feed with one item for each matter, at the address that Statuspage gives it."""

INCIDENT_FEED = "feeds/incidents"
"""The feed with one item for each report on an incident, below its language's root, without the ending of its form."""

MAINTENANCE_FEED = "feeds/maintenance"
"""The same for planned work."""

SUBSCRIBE = "subscribe/"
"""The page that tells how to subscribe, below its language's root."""

OPML = "feeds/feeds.opml"
"""All feeds of a language in one file (OPML 2.0), below its root."""

CALENDAR = "calendars/all.ics"
"""The calendar of everything, below its language's root."""

EMBED = "embed/"
"""The page that other sites show in a frame, below its language's root."""

STATUS_BADGE = "badges/status"
"""The badge of the whole page, below its language's root, without its ending (``svg``, or ``json`` for shields)."""

STATUSPAGE_API = "api/v2/"
"""The folder of the API in Statuspage's shapes, below the site's root."""

API = "api/v1/"
"""The folder of our own API, below the site's root."""

METRICS = "metrics.txt"
"""The state and the record's figures for Prometheus, below the site's root.

Its ending makes every host say ``text/plain``, which Prometheus asks for.
"""

HEADERS = "_headers"
ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
SECURITY = ".well-known/security.txt"
"""RFC 9116, section 3."""
NO_JEKYLL = ".nojekyll"

TAKEN = ("feeds/", "calendars/", "embed/", "badges/", "api/", METRICS, HEADERS, ROBOTS, SITEMAP, SECURITY, NO_JEKYLL)
"""The folders (ended by a slash) and files of the site that are written here, and so are for no other page."""


class FeedForm(StrEnum):
    """The forms of a feed. The value is the ending of its file."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """What servers should call it."""
        return _MEDIA_TYPES[self]

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_MEDIA_TYPES = {
    FeedForm.RSS: "application/rss+xml",
    FeedForm.ATOM: "application/atom+xml",
    FeedForm.JSON: "application/feed+json",
}
_LABELS = {FeedForm.RSS: "RSS", FeedForm.ATOM: "Atom", FeedForm.JSON: "JSON Feed"}


def component_feed(component_id: str) -> str:
    """The feed with one item for each report on what concerns a component, below its language's root, no ending."""
    return f"feeds/components/{component_id}"


def feed_file(feed: str, form: FeedForm) -> str:
    """A feed's file, by its path without ending."""
    return f"{feed}.{form.value}"


def archive_file(number: int) -> str:
    """A document of the archive of the main Atom feed (RFC 5005, section 4), from 1, below its language's root."""
    return f"feeds/archive/{number}.atom"


def component_calendar(component_id: str) -> str:
    """The calendar of what concerns a component, below its language's root."""
    return f"calendars/components/{component_id}.ics"


def component_badge(component_id: str) -> str:
    """The badge of a component, below its language's root, without its ending (``svg``, or ``json`` for shields)."""
    return f"badges/components/{component_id}"
