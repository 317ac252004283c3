"""What feedgen does not write by itself, as its extensions: hubs, archives, who speaks, what a link is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml.etree import SubElement

from noroshi.endpoints import FeedForm

if TYPE_CHECKING:
    from noroshi.writers.feeds.feed import Feed

_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class ChannelLinks(BaseExtension):
    """What feedgen leaves out of RSS: the hub, and the prefix of who speaks."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """The prefix that items need."""
        return {"dc": _DUBLIN_CORE}

    def extend_rss(self, rss: Any) -> Any:
        """Name the hub (W3C WebSub, section 4)."""
        if self.feed.hub is not None:
            SubElement(rss[0], f"{{{_ATOM}}}link", {"rel": "hub", "href": self.feed.hub})
        return rss


class FeedLinks(BaseExtension):
    """What feedgen leaves out of Atom: where a document stands in its feed's archive."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """The prefix that an archive's document needs."""
        return {} if self.feed.archive is None else {"fh": _HISTORY}

    def extend_atom(self, atom: Any) -> Any:
        """Name the hub and the neighbours in the archive, and mark what is an archive (RFC 5005, section 4)."""
        feed, archive = self.feed, self.feed.archive
        if feed.hub is not None:
            SubElement(atom, "link", {"rel": "hub", "href": feed.hub})
        if archive is None:
            return atom
        for relation, address in (("current", archive.current), ("prev-archive", archive.older)):
            if address is not None:
                SubElement(atom, "link", {"rel": relation, "type": FeedForm.ATOM.media_type, "href": address})
        if archive.current is not None:
            SubElement(atom, f"{{{_HISTORY}}}archive")
        return atom


class ItemAuthor(BaseEntryExtension):
    """Who speaks in an item of RSS."""

    name: str

    def extend_rss(self, item: Any) -> Any:
        """Name them (Dublin Core's ``creator``)."""
        SubElement(item, f"{{{_DUBLIN_CORE}}}creator").text = self.name
        return item


class EntryAttributes(BaseEntryExtension):
    """What feedgen drops of an Atom entry's attributes: its link's relation and type, its title's language."""

    language: str | None

    def extend_atom(self, entry: Any) -> Any:
        """Put them there (RFC 4287, sections 2 and 4.2.7)."""
        entry.find("link").attrib.update({"rel": "alternate", "type": "text/html"})
        if self.language is not None:
            entry.find("title").set(_LANGUAGE, self.language)
        return entry
