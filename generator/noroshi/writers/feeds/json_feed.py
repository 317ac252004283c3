"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from noroshi.endpoints import FeedForm
from noroshi.text.sanitise import replace_forbidden
from noroshi.text.wording import iso
from noroshi.writers.feeds.feed import Feed, Item


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1, in UTF-8; times are RFC 3339 in UTC."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address(FeedForm.JSON),
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
    }
    if feed.hub is not None:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    document["items"] = [_item(item, feed) for item in feed.items]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def _item(item: Item, feed: Feed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "content_html": replace_forbidden(item.html),
        "date_published": iso(item.published),
        "date_modified": iso(item.updated),
        "tags": [each.term for each in item.categories],
        "language": item.language or feed.language,
    }
    if item.author is not None:
        told["authors"] = [{"name": item.author}]
    return told
