"""RSS 2.0 and Atom 1.0: the one place that uses feedgen, which reads the clock for every date that is not set: all are.

feedgen is imported when a feed is made: it brings lxml, which a build whose feeds all stand does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from noroshi.endpoints import FeedForm
from noroshi.text.sanitise import replace_forbidden
from noroshi.writers.feeds.feed import Feed

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

_POLL_MINUTES = 10
"""How old readers of RSS may let their copy grow."""


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0 (https://www.rssboard.org/rss-specification), in UTF-8.

    Who speaks is Dublin Core's ``creator``, for RSS' own ``author`` is an address of mail.
    """
    from noroshi.writers.feeds.extensions import ChannelLinks, ItemAuthor

    generator = _generator(feed)
    generator.register_extension("links_", ChannelLinks, atom=False)
    generator.links_.feed = feed
    generator.link(href=feed.address(FeedForm.RSS), rel="self", type=FeedForm.RSS.media_type)
    generator.link(href=feed.home, rel="alternate")  # feedgen writes the last link as the channel's <link>
    generator.description(feed.description)
    generator.ttl(_POLL_MINUTES)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.guid(item.guid, permalink=False)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.description(replace_forbidden(item.html))
        entry.pubDate(item.published)
        entry.category([{"term": each.term, "scheme": each.scheme} for each in item.categories])
        if item.author is not None:
            entry.register_extension("author_", ItemAuthor, atom=False)
            entry.author_.name = item.author
    document: bytes = generator.rss_str(pretty=True)
    return document


def atom(feed: Feed) -> bytes:
    """The feed as Atom 1.0 (RFC 4287), in UTF-8, or a document of its archive (RFC 5005, section 4)."""
    from noroshi.writers.feeds.extensions import EntryAttributes, FeedLinks

    generator = _generator(feed)
    generator.register_extension("links_", FeedLinks, rss=False)
    generator.links_.feed = feed
    generator.link(href=feed.home, rel="alternate", type="text/html")
    generator.link(href=feed.address(FeedForm.ATOM), rel="self", type=FeedForm.ATOM.media_type, replace=False)
    generator.subtitle(feed.description)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.id(item.guid)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.content(replace_forbidden(item.html), type="html")
        entry.published(item.published)
        entry.updated(item.updated)
        entry.category([{"term": each.term, "scheme": each.scheme, "label": each.label} for each in item.categories])
        if item.author is not None:
            entry.author({"name": item.author})
        entry.register_extension("attributes_", EntryAttributes, rss=False)
        entry.attributes_.language = item.language
    document: bytes = generator.atom_str(pretty=True)
    return document


def _generator(feed: Feed) -> FeedGenerator:
    from feedgen.feed import FeedGenerator

    generator = FeedGenerator()
    generator.id(feed.guid)
    generator.title(feed.title)
    generator.language(feed.language)
    generator.author({"name": feed.author})
    generator.generator("Noroshi")
    generator.updated(feed.updated)
    generator.lastBuildDate(feed.updated)
    return generator
