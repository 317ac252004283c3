"""All feeds of a language in one file: OPML 2.0, a subscription list (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree


@dataclass(frozen=True, kw_only=True)
class ListedFeed:
    """A feed as a subscription list names it."""

    title: str
    """Plain text: what the reader's program calls it."""
    address: str
    """Absolute."""
    page: str
    """The absolute address of the page that it tells of."""


@dataclass(frozen=True, kw_only=True)
class Folder:
    """Feeds under a heading."""

    name: str
    feeds: tuple[ListedFeed, ...]


def opml(title: str, language: str, entries: Iterable[ListedFeed | Folder]) -> bytes:
    """The list, in UTF-8.

    It holds no date: a list of the same feeds is the same list. ``type`` is ``rss`` for feeds of every form, as the
    specification asks of subscription lists, and ``version``, which knows no value for Atom, is left out.
    """
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = title
    ElementTree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = ElementTree.SubElement(root, "body")
    for entry in entries:
        if isinstance(entry, ListedFeed):
            _add(body, entry, language)
            continue
        folder = ElementTree.SubElement(body, "outline", text=entry.name, title=entry.name)
        for feed in entry.feeds:
            _add(folder, feed, language)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document + b"\n"


def _add(parent: ElementTree.Element, feed: ListedFeed, language: str) -> None:
    names = {"type": "rss", "text": feed.title, "title": feed.title}
    ElementTree.SubElement(
        parent, "outline", {**names, "xmlUrl": feed.address, "htmlUrl": feed.page, "language": language}
    )
