"""The sitemap (sitemaps.org, protocol 0.9): every page, in every language, and when its content last changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from noroshi.text.wording import iso

URLS_IN_PART = 5_000
"""How many addresses a part lists. The protocol allows 50,000; a smaller part is written again in less time."""


@dataclass(frozen=True, kw_only=True)
class ListedPage:
    """A page in all its languages."""

    addresses: Mapping[str, str]
    """The absolute address by language, percent-encoded."""
    changed: datetime | None
    """When its content last changed; None where no content says."""


def part_length(languages: int) -> int:
    """How many pages a part lists, each in so many languages."""
    return URLS_IN_PART // languages


def sitemap(pages: Sequence[ListedPage]) -> bytes:
    """The addresses of pages, each with those of its other languages."""
    lines = [_DECLARATION, f'<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n']
    for page in pages:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
            for language, address in page.addresses.items()
        )
        beside = others if len(page.addresses) > 1 else ""
        changed = f"<lastmod>{iso(page.changed)}</lastmod>" if page.changed else ""
        lines += [f"<url><loc>{escape(address)}</loc>{changed}{beside}</url>\n" for address in page.addresses.values()]
    return "".join([*lines, "</urlset>\n"]).encode()


def sitemap_index(parts: Sequence[tuple[str, datetime | None]]) -> bytes:
    """The list of a sitemap's parts.

    :param parts: each one's absolute address, and when a page in it last changed
    """
    lines = [_DECLARATION, f'<sitemapindex xmlns="{_NAMESPACE}">\n']
    for address, newest in parts:
        changed = f"<lastmod>{iso(newest)}</lastmod>" if newest else ""
        lines.append(f"<sitemap><loc>{escape(address)}</loc>{changed}</sitemap>\n")
    return "".join([*lines, "</sitemapindex>\n"]).encode()


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
