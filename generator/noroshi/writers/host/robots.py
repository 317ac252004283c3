"""``robots.txt`` (RFC 9309): who may crawl the site, and where its sitemap is."""

from __future__ import annotations


def robots(sitemap: str | None) -> bytes:
    """Everybody may crawl everything, with the sitemap's address; or nobody anything.

    :param sitemap: the sitemap's absolute address; None where the site is not for everybody
    """
    if sitemap is None:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode()
