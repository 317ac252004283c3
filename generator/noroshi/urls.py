"""Addresses and names for ever. Nothing made here changes once it is published."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from posixpath import relpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:  # the theme renders in a process of its own, which needs addresses and no record types
    from noroshi.records.choices import Severity, Visibility
    from noroshi.records.content import MatterKind
    from noroshi.records.site import Identity, Site

HISTORY = "history/"
"""The index of months."""

ACTIONS = "actions/"
"""The corrective actions that are owed or were done lately."""

RECORD = "record/"
"""The record of promises kept and missed."""

LOG = "log/"
"""What was published, in the order in which it was: pages below each language's root, files below the site's."""

NOT_FOUND = "404.html"
"""The page for addresses that do not exist; web servers look for it by this name."""


def matter_path(kind: MatterKind, matter_id: str) -> str:
    """A matter's page below its language's root: ``incidents/2026-06-18-staging-down/``."""
    return f"{kind.value}/{matter_id}/"


def public_address(
    site: Site, language: str, kind: MatterKind, matter_id: str, visibility: Visibility | None
) -> str | None:
    """A matter's page on the site that everybody may read, in one language; None where it has none there.

    :param visibility: of a commitment, which has a page there only where it is public
    """
    if kind.value == "commitments" and visibility != "public":
        return None
    return absolute_root(site.url, language, site.languages) + matter_path(kind, matter_id)


def component_path(component_id: str) -> str:
    """A component's page below its language's root."""
    return f"components/{component_id}/"


def month_path(key: str) -> str:
    """A month's page below its language's root: ``history/2026-06/``."""
    return period_path(HISTORY, key)


def kind_path(kind: MatterKind) -> str:
    """The page of all matters of a kind below its language's root: ``history/kind/incident/``."""
    return f"{HISTORY}kind/{_KIND_WORDS.get(kind.value, kind.value)}/"


_KIND_WORDS = {"incidents": "incident", "commitments": "commitment"}
# One matter is named, where the folder of its records names many.


def severity_path(severity: Severity) -> str:
    """The page of all incidents of a severity below its language's root: ``history/severity/critical/``."""
    return f"{HISTORY}severity/{severity.value}/"


def period_path(listing: str, key: str) -> str:
    """A year or a month of a listing, whose own page is at ``listing``: ``history/severity/critical/2026/``."""
    return f"{listing}{key}/"


def period_anchor(key: str) -> str:
    """The fragment of a month on a page that shows several."""
    return f"month-{key}"


def action_year_path(year: str) -> str:
    """The page of all corrective actions announced in a year, below its language's root: ``actions/2026/``."""
    return f"{ACTIONS}{year}/"


def record_part_path(word: str) -> str:
    """A part of the record below its language's root, of a month or a fate: ``record/2026-06/``, ``record/late/``."""
    return f"{RECORD}{word}/"


def record_anchor(fate: str, kind: str) -> str:
    """The fragment of the promises of one fate and kind on a month's page of the record."""
    return f"{fate}-{kind}"


def log_month_path(key: str) -> str:
    """The page of what the log holds of a month, below its language's root: ``log/2026-06/``."""
    return f"{LOG}{key}/"


def log_anchor(name: str, number: int) -> str:
    """The fragment of a report's entry on its month's page of the log; ids hold no dot.

    :param name: the record's id, or the day of an entry of policy
    :param number: the report's; 0 for opening facts
    """
    return f"{name}.{number}"


def log_origin(identity: Identity, edition: str = "") -> str:
    """What a log is known by, for ever: an edition's is another one.

    :param edition: for whom, empty for everybody
    """
    return f"{identity.tag}/log/for/{edition}" if edition else f"{identity.tag}/log"


def language_root(language: str, languages: tuple[str, ...]) -> str:
    """Where a language's pages begin: the first at the site's root, each other one under its code."""
    return "" if language == languages[0] else f"{language}/"


def absolute_root(url: str, language: str, languages: tuple[str, ...]) -> str:
    """The absolute address of a language's root, ended by a slash.

    :param url: the site's own address, with or without a slash at its end
    """
    return f"{url.rstrip('/')}/{language_root(language, languages)}"


def host_path(url: str, language: str, languages: tuple[str, ...]) -> str:
    """A language root's path on its host, for pages that are served at any depth and so cannot link relatively."""
    return urlsplit(absolute_root(url, language, languages)).path


def page_file(path: str) -> str:
    """The file behind an address: ``history/`` is ``history/index.html``."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def way(source: str, target: str) -> str:
    """The relative link from the page at ``source`` to ``target``, both below the same root; never empty.

    A folder's link keeps its slash, for a page's own relative links depend on it (RFC 3986, section 5.2).
    """
    start = source if source.endswith("/") or source == "" else source.rpartition("/")[0]
    link = relpath(f"/{target}", f"/{start}")
    return link + "/" if target == "" or target.endswith("/") else link


def report_anchor(number: int) -> str:
    """The fragment of a report on its matter's page."""
    return f"report-{number}"


def action_anchor(action_id: str) -> str:
    """The fragment of a corrective action on its matter's page."""
    return f"action-{action_id}"


def listed_action_anchor(matter_id: str, action_id: str) -> str:
    """The fragment of a corrective action in a list of many matters' actions; ids hold no dot, so it is unique."""
    return f"{matter_id}.{action_id}"


def component_anchor(component_id: str) -> str:
    """The fragment of a component's row on the page that tells how to subscribe."""
    return f"component-{component_id}"


def report_guid(identity: Identity, matter_id: str, number: int) -> str:
    """A report's name for ever (RFC 4151), the same in every language and format."""
    return f"{matter_guid(identity, matter_id)}/{number}"


def matter_guid(identity: Identity, matter_id: str) -> str:
    """A matter's name for ever (RFC 4151)."""
    return f"tag:{identity.tag},{_tag_day(identity.since)}:{matter_id}"


def feed_guid(identity: Identity, name: str, language: str, edition: str = "") -> str:
    """A feed's name for ever: a feed in another language, or for other readers, is another feed.

    :param edition: for whom, empty for everybody
    """
    feed = f"tag:{identity.tag},{_tag_day(identity.since)}:feed/{name}/{language}"
    return f"{feed}/for/{edition}" if edition else feed


def category_scheme(identity: Identity, name: str) -> str:
    """The name for ever of a question that a feed's categories answer, such as ``component`` (RFC 4287, 4.2.2.2)."""
    return f"tag:{identity.tag},{_tag_day(identity.since)}:category/{name}"


def statuspage_page(identity: Identity, edition: str = "") -> str:
    """What clients of the Statuspage API know the page by, for ever.

    :param edition: for whom, empty for everybody
    """
    return f"{identity.tag}/for/{edition}" if edition else identity.tag


def statuspage_update(matter_id: str, number: int) -> str:
    """What clients of the Statuspage API know a report by; ids hold no dot, so it is no matter's.

    :param number: 0 stands for a matter on which nothing was reported yet
    """
    return f"{matter_id}.{number}"


def statuspage_group(heading: str) -> str:
    """What clients of the Statuspage API know a group of components by.

    A group is nothing but its heading: renamed, it is another one, and its components stay what they are.

    :param heading: in the site's first language
    """
    return f"group.{blake2b(heading.encode(), digest_size=6).hexdigest()}"


def event_uid(identity: Identity, matter_id: str) -> str:
    """A matter's name for ever in calendars (RFC 5545, 3.8.4.7): its time may move, and the event stays the same one.

    Of letters, digits, ``.``, ``-``, ``_``, ``+`` and ``@`` alone, for programs make names of files of it.
    """
    return f"{matter_id}.{_tag_day(identity.since)}@{identity.tag}"


def promise_uid(identity: Identity, matter_id: str, kind: str, about: str | None, to: str | None) -> str:
    """A promise's name for ever in calendars: what is owed of which matter, of which action, and to whom.

    Its due time is no part of it. Where one promise follows another of the same kind, as one next report the other,
    they are one event that moves on.

    :param kind: the word of what is owed
    :param about: the action or the incident that it is about, by id
    :param to: the client to whom alone it was made, by id
    """
    parts = [matter_id, kind, *([about] if about else [])]  # ids hold no dot, no underscore and no plus
    return event_uid(identity, ".".join(parts) + (f"+{to}" if to else ""))


def _tag_day(day: date) -> str:
    return day.isoformat()
