"""What every form of a feed is made of, finished: no writer of a form computes anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from noroshi.endpoints import FeedForm


@dataclass(frozen=True, kw_only=True)
class Category:
    """What an item is about, for programs that sort or filter."""

    scheme: str
    """Which question it answers, as a name for ever (RFC 4151)."""
    term: str
    """The answer, as programs compare it."""
    label: str
    """The answer, as people read it; plain text."""


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
    """Atom's ``updated``: moves when a slip was mended, and only there and in JSON Feed."""
    categories: tuple[Category, ...] = ()
    author: str | None = None
    """The role that speaks; None where nobody is named."""
    language: str | None = None
    """The language of its title, where that is not the feed's."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Where a document stands in the archive of its feed (RFC 5005, section 4); absolute addresses.

    None names the one after it: it would have to change for that.
    """

    older: str | None = None
    """The document before it in time; None for the oldest."""
    current: str | None = None
    """The subscription document; None for that one itself."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed in one language, finished."""

    guid: str
    title: str
    description: str
    home: str
    """The absolute address of the page that it tells of."""
    place: str
    """Its own absolute address, without the ending of its form."""
    language: str
    author: str
    updated: datetime
    """The newest content's time, never the build's."""
    items: tuple[Item, ...]
    """Newest first."""
    hub: str | None = None
    """The hub that tells its subscribers at once (W3C WebSub)."""
    archive: Archive | None = None
    """For Atom alone: where it stands in its archive, where it has one."""

    def address(self, form: FeedForm) -> str:
        """Its own absolute address in a form."""
        return f"{self.place}.{form.value}"
