"""Where a click subscribes: the addresses of feed readers and calendars on the web that take one of ours."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

# Feedly names a feed "feed/" and its address, all of it percent-encoded in the page's path.
_FEED_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F"),
    ("Inoreader", "https://www.inoreader.com/?add_feed="),
    ("NewsBlur", "https://www.newsblur.com/?url="),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url="),
)


def feed_reader_links(feed: str) -> tuple[tuple[str, str], ...]:
    """Names of feed readers on the web, and where each subscribes to this feed.

    :param feed: its absolute address
    """
    return tuple((name, start + quote(feed, safe="")) for name, start in _FEED_READERS)


def calendar_app_links(calendar: str, name: str) -> tuple[tuple[str, str], ...]:
    """Names of calendars on the web, and where each subscribes to this one.

    :param calendar: its absolute address
    :param name: what the reader's program may call it
    """
    # Google takes a calendar to subscribe to by its webcal: address; Outlook fetches https: alone.
    google = f"https://calendar.google.com/calendar/render?cid={quote(webcal(calendar), safe='')}"
    outlook = f"calendar/0/addfromweb?url={quote(calendar, safe='')}&name={quote(name, safe='')}"
    return (
        ("Google Calendar", google),
        ("Outlook.com", f"https://outlook.live.com/{outlook}"),
        ("Microsoft 365", f"https://outlook.office.com/{outlook}"),
    )


def webcal(calendar: str) -> str:
    """The address that opens a device's own calendar program, which asks whether to subscribe.

    :param calendar: its absolute address; the scheme says nothing of http or https, and programs try what works
    """
    parts = urlsplit(calendar)
    return f"webcal://{parts.netloc}{parts.path}"
