"""An old copy of a feed, as a witness: which reports it carried, and the digest of each."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lxml import etree

from noroshi.problems import StatedError

_GUID = re.compile(r"tag:(?P<authority>[^,\s]+),[0-9-]+:(?P<id>[^/\s]+)/(?P<number>[1-9][0-9]{0,5})")
_EDITION = re.compile(r"tag:[^,\s]+,[0-9-]+:feed/\S+/for/(?P<edition>[^/\s]+)")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SCHEME = "category/digest"
"""What the name of the category ends in whose term is a report's digest."""
_ITEMS = ("{http://www.w3.org/2005/Atom}entry", "item")
_IDS = ("{http://www.w3.org/2005/Atom}id", "guid")
_CATEGORIES = ("{http://www.w3.org/2005/Atom}category", "category")
_TIMES = ("{http://www.w3.org/2005/Atom}published", "pubDate")


class FeedError(StatedError):
    """The file is no feed of reports; the message says why."""


class WitnessedReport(NamedTuple):
    """A report as a feed carried it."""

    authority: str
    """Whose names the feed gives its items (RFC 4151, 2.1)."""
    id: str
    """The record's."""
    number: int
    at: str
    """When it was made, in the feed's words; empty where it does not say."""
    digest: bytes | None
    """32 bytes; None where the feed tells none, and only shows that the report was there."""


def witnessed_reports(data: bytes) -> list[WitnessedReport]:
    """The reports in an Atom or RSS feed, in its order.

    Nothing is loaded that the file names, and a document type, where entities could hide, is refused.

    :raises FeedError: it is not XML, or no feed with reports
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"it is neither lines of a log nor XML: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FeedError("it has a document type, which no feed of reports has")
    reports = [report for item in root.iter(*_ITEMS) if (report := _report(item)) is not None]
    if not reports:
        raise FeedError("it is no feed that names reports")
    return reports


def witnessed_edition(data: bytes) -> str:
    """For whom an Atom feed was made, by its own id; empty for everybody, and for RSS, which has no id.

    :param data: as :func:`witnessed_reports` takes it, which was asked before
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    named = _EDITION.fullmatch(_text(etree.fromstring(data, parser), _IDS))
    return named["edition"] if named is not None else ""


def _report(item: Any) -> WitnessedReport | None:
    named = _GUID.fullmatch(_text(item, _IDS))
    if named is None:
        return None
    digests = [
        term
        for category in item.iterchildren(*_CATEGORIES)
        if (category.get("scheme") or category.get("domain") or "").endswith(_SCHEME)
        and _DIGEST.fullmatch(term := (category.get("term") or category.text or "").strip())
    ]
    return WitnessedReport(
        authority=named["authority"],
        id=named["id"],
        number=int(named["number"]),
        at=_text(item, _TIMES),
        digest=bytes.fromhex(digests[0]) if digests else None,
    )


def _text(item: Any, names: tuple[str, ...]) -> str:
    return next((each.text or "" for each in item.iterchildren(*names)), "").strip()
