"""Where programs read: feeds, calendars, the API, badges and what hosts ask for. Paths never change once published.

A path is below the site's root or, where that is said, below its language's root (``urls.language_root``).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the theme renders in a process of its own, which needs addresses and no record types
    from noroshi.records.content import MatterKind

FEEDS = "feeds/"
"""The folder of feeds, below each language's root."""

CALENDARS = "calendars/"
"""The folder of calendars, below each language's root."""

BADGES = "badges/"
"""The folder of badges, below each language's root."""

APIS = "api/"
"""The folder of both APIs, below the site's root."""

REPORT_FEED = f"{FEEDS}reports"
"""The feed with one item for each report, below its language's root and without the ending of its form."""

MATTER_FEED = "history"
"""The quiet feed with one item for each matter, at the address that Statuspage gives it."""

INCIDENT_FEED = f"{FEEDS}incidents"
"""The feed with one item for each report on an incident, below its language's root, without the ending of its form."""

MAINTENANCE_FEED = f"{FEEDS}maintenance"
"""The same for planned work."""

SUBSCRIBE = "subscribe/"
"""The page that tells how to subscribe, below its language's root."""

SEARCH = "search/"
"""The page where readers search, below its language's root."""

SEARCH_TEXTS = f"{SEARCH}texts/"
"""The folder of the texts that it searches, below its language's root."""

SEARCH_PAGES = f"{SEARCH_TEXTS}pages.json"
"""The texts of the operator's own pages, below their language's root."""

OPML = f"{FEEDS}feeds.opml"
"""All feeds of a language in one file (OPML 2.0), below its root."""

CALENDAR = f"{CALENDARS}all.ics"
"""The calendar of everything, below its language's root."""

MAINTENANCE_CALENDAR = f"{CALENDARS}maintenance.ics"
"""The calendar of planned work alone, below its language's root: programs of networks read no other events."""

EMBED = "embed/"
"""The page that other sites show in a frame, below its language's root."""

STATUS_BADGE = f"{BADGES}status"
"""The badge of the whole page, below its language's root, without its ending (``svg``, or ``json`` for shields)."""

STATUSPAGE_API = f"{APIS}v2/"
"""The folder of the API in Statuspage's shapes, below the site's root."""

STATUSPAGE_SUMMARY = f"{STATUSPAGE_API}summary.json"
"""All that holds now, in one document. The names of these eight are Statuspage's, and clients know them by heart."""

STATUSPAGE_STATUS = f"{STATUSPAGE_API}status.json"
STATUSPAGE_COMPONENTS = f"{STATUSPAGE_API}components.json"
STATUSPAGE_INCIDENTS = f"{STATUSPAGE_API}incidents.json"
STATUSPAGE_UNRESOLVED = f"{STATUSPAGE_API}incidents/unresolved.json"
STATUSPAGE_MAINTENANCE = f"{STATUSPAGE_API}scheduled-maintenances.json"
STATUSPAGE_UPCOMING = f"{STATUSPAGE_API}scheduled-maintenances/upcoming.json"
STATUSPAGE_ACTIVE = f"{STATUSPAGE_API}scheduled-maintenances/active.json"

API = f"{APIS}v1/"
"""The folder of our own API, below the site's root."""

API_INDEX = f"{API}index.json"
"""What the API holds and how things are now. This and all its other documents are below the site's root."""

API_COMPONENTS = f"{API}components.json"
API_ACTIONS = f"{API}actions.json"
API_RECORD = f"{API}record.json"
API_MONTHS = f"{API}months.json"
API_SCHEMA = f"{API}schema.json"
"""The JSON Schema of all its documents."""

METRICS = "metrics.txt"
"""The state and the record's figures for Prometheus, below the site's root.

Its ending makes every host say ``text/plain``, which Prometheus asks for.
"""

LOGS = "log/"
"""The folder of the published log, below the site's root; its pages stand in that folder of each language."""

LOG_ENTRIES = f"{LOGS}entries.jsonl"
"""All entries, a line each: the leaves of its tree, and what the next build goes on from."""

LOG_CHECKPOINT = f"{LOGS}checkpoint"
"""How many entries it has, and the head of their tree (https://c2sp.org/tlog-checkpoint)."""

LOG_TILES = f"{LOGS}tile/"
"""The folder of the tree's hashes (https://c2sp.org/tlog-tiles)."""

HEADERS = "_headers"
ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
SECURITY = ".well-known/security.txt"
"""RFC 9116, section 3."""
NO_JEKYLL = ".nojekyll"

SITEMAP_PARTS = tuple(f"sitemap-{number}.xml" for number in range(1, 100))
"""What a long sitemap is divided into. They lie at the root, for one may list only what lies below its own folder."""

TAKEN = (FEEDS, CALENDARS, EMBED, BADGES, APIS, SEARCH, LOGS, METRICS, SITEMAP, *SITEMAP_PARTS)
"""The folders (ended by a slash) and files of the site that are written here, and so are for no other page."""

YIELDED = (HEADERS, ROBOTS, SECURITY, NO_JEKYLL)
"""Files that are written here unless the operator has one of the same name, which then is the site's."""


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
    return f"{FEEDS}components/{component_id}"


def feed_file(feed: str, form: FeedForm) -> str:
    """A feed's file, by its path without ending."""
    return f"{feed}.{form.value}"


def archive_file(number: int) -> str:
    """A document of the archive of the main Atom feed (RFC 5005, section 4), from 1, below the site's root."""
    return f"{FEEDS}archive/{number}.atom"


def search_part_file(number: int) -> str:
    """A part of the texts that readers search, from 1, the oldest first, below its language's root."""
    return f"{SEARCH_TEXTS}{number}.json"


def component_calendar(component_id: str) -> str:
    """The calendar of what concerns a component, below its language's root."""
    return f"{CALENDARS}components/{component_id}.ics"


def component_badge(component_id: str) -> str:
    """The badge of a component, below its language's root, without its ending (``svg``, or ``json`` for shields)."""
    return f"{BADGES}components/{component_id}"


def matter_document_file(kind: MatterKind, matter_id: str) -> str:
    """A matter's document of our API, below the site's root: ``api/v1/incidents/2026-06-18-staging-down.json``."""
    return f"{API}{kind.value}/{matter_id}.json"


def month_document_file(key: str) -> str:
    """The document of a month's matters, below the site's root: ``api/v1/history/2026-06.json``."""
    return f"{API}history/{key}.json"


def action_year_document_file(year: str) -> str:
    """The document of all corrective actions announced in a year, below the site's root."""
    return f"{API}actions/{year}.json"
