"""RSS 2.0 and Atom 1.0: one item per report, or the quiet variant with one item per matter.

The one place that uses feedgen. feedgen reads the clock for every date that is not set, so all are set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from noroshi.text.sanitise import replace_forbidden

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a feed, finished."""

    guid: str
    """A name for ever (RFC 4151); not an address."""
    title: str
    """Plain text."""
    link: str
    """Absolute."""
    html: str
    """The body, safe HTML with absolute links; what XML forbids (a site's own template may print it) is replaced."""
    published: datetime
    updated: datetime
    """Atom's ``updated``: moves when a slip was mended, and only there."""
    categories: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed in one language, finished."""

    guid: str
    title: str
    description: str
    home: str
    """The absolute address of the page that it tells of."""
    rss: str
    """The absolute address of its RSS form."""
    atom: str
    """The absolute address of its Atom form."""
    language: str
    author: str
    updated: datetime
    """The newest content's time, never the build's."""
    items: tuple[Item, ...]
    """Newest first."""


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0 (https://www.rssboard.org/rss-specification), in UTF-8."""
    generator = _generator(feed)
    generator.link(href=feed.rss, rel="self", type="application/rss+xml")
    generator.link(href=feed.home, rel="alternate")  # feedgen writes the last link as the channel's <link>
    generator.description(feed.description)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.guid(item.guid, permalink=False)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.description(replace_forbidden(item.html))
        entry.pubDate(item.published)
        entry.category([{"term": term} for term in item.categories])
    document: bytes = generator.rss_str(pretty=True)
    return document


def atom(feed: Feed) -> bytes:
    """The feed as Atom 1.0 (RFC 4287), in UTF-8."""
    generator = _generator(feed)
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.link(href=feed.atom, rel="self", type="application/atom+xml", replace=False)
    generator.subtitle(feed.description)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.id(item.guid)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.content(replace_forbidden(item.html), type="html")
        entry.published(item.published)
        entry.updated(item.updated)
        entry.category([{"term": term} for term in item.categories])
    document: bytes = generator.atom_str(pretty=True)
    return document


def _generator(feed: Feed) -> FeedGenerator:
    from feedgen.feed import FeedGenerator  # brings lxml, which a build whose feeds all stand does without

    generator = FeedGenerator()
    generator.id(feed.guid)
    generator.title(feed.title)
    generator.language(feed.language)
    generator.author({"name": feed.author})
    generator.generator("Noroshi")
    generator.updated(feed.updated)
    generator.lastBuildDate(feed.updated)
    return generator
