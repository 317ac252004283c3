"""The page that tells how to hear of reports: each way, what it is good for, how soon it tells, and its addresses.

Nothing on it depends on the time: it is made of the settings alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from noroshi.endpoints import (
    API_INDEX,
    API_SCHEMA,
    CALENDAR,
    EMBED,
    MAINTENANCE_CALENDAR,
    METRICS,
    OPML,
    REPORT_FEED,
    STATUS_BADGE,
    STATUSPAGE_SUMMARY,
    feed_file,
)
from noroshi.records.settings import Client
from noroshi.urls import absolute_root
from noroshi.writers.pages.feed_tables import (
    FeedRow,
    FeedRows,
    calendar_link,
    component_row,
    component_rows,
    form_names,
    whole_rows,
)
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.one_click import calendar_app_links, feed_reader_links
from noroshi.writers.pages.templates import Templates
from noroshi.writers.pages.ways import WayView, ways
from noroshi.writers.subscriptions import FORM


@dataclass(frozen=True, kw_only=True)
class SubscribeView:
    """The page, finished for its template."""

    ways: tuple[WayView, ...]
    home: str
    """The link to the first page."""
    private: bool
    """Whether these addresses are not for everybody, so that no service on the web should be given them."""
    placed: bool
    """Whether the site's address is its own; else no address of it can be told yet."""
    client: Markup | None
    """For whom it is, in a heading; None where it is no client's edition."""
    own: tuple[FeedRow, ...]
    """The components that this client uses."""
    hub: bool
    """Whether the feeds name a WebSub hub."""
    feed: str
    """The absolute address of the feed of everything."""
    feed_readers: tuple[tuple[str, str], ...]
    """Names and addresses of feed readers on the web, where a click subscribes."""
    feeds: tuple[FeedRow, ...]
    components: tuple[FeedRows, ...]
    forms: tuple[str, ...]
    """The names of the table's columns."""
    opml: str
    """The link to the list of all feeds."""
    calendar: str
    """The absolute address of the calendar of everything."""
    webcal: str
    """What subscribes to it on a device; a link to the file where no address can be told."""
    calendar_link: str
    maintenance: str
    """The absolute address of the calendar of planned work alone."""
    maintenance_link: str
    calendar_apps: tuple[tuple[str, str], ...]
    badge: str
    """The link to the page's badge."""
    badge_html: str
    """What shows the badge on another page."""
    frame: str
    """The link to what other pages show in a frame."""
    frame_html: str
    """What shows it there."""
    statuspage: str
    """Absolute, as all addresses of programs."""
    api: str
    schema: str
    metrics: str
    contact: str | None
    """Where readers can ask: a web or mail address."""


def subscribe_view(
    reader: Reader, *, client: Client | None, private: bool, placed: bool, badge_html: str, frame_html: str
) -> SubscribeView:
    """All that the page says.

    :param reader: at the page
    :param client: whose edition it is, where it is a client's
    :param private: whether the site is not for everybody
    :param placed: whether its address is its own, and not that of the public site
    :param badge_html: what other pages copy to show the badge
    :param frame_html: what they copy to show the state in a frame
    """
    settings, words = reader.settings, reader.wording
    root = absolute_root(settings.site.url, reader.first, settings.site.languages)
    base = absolute_root(settings.site.url, reader.language, settings.site.languages)
    name = settings.site.name.said_in(reader.language, reader.first)[0]
    feed, calendar = base + feed_file(REPORT_FEED, FORM), base + CALENDAR
    used = client.components if client is not None else ()
    return SubscribeView(
        ways=ways(words, private=private),
        home=reader.link(""),
        private=private,
        placed=placed,
        client=reader.say(words.gettext("For {client}"), client=reader.plain(client.name)) if client else None,
        own=tuple(
            component_row(settings.by_id[each], reader, placed=placed, badges=not private)
            for each in used
            if each in settings.by_id
        ),
        hub=settings.site.websub_hub is not None and not private,
        feed=feed,
        feed_readers=() if private else feed_reader_links(feed),
        feeds=whole_rows(reader),
        components=component_rows(reader, placed=placed, badges=not private),
        forms=form_names(),
        opml=reader.link(OPML),
        calendar=calendar,
        webcal=calendar_link(CALENDAR, reader, placed=placed),
        calendar_link=reader.link(CALENDAR),
        maintenance=base + MAINTENANCE_CALENDAR,
        maintenance_link=reader.link(MAINTENANCE_CALENDAR),
        calendar_apps=() if private else calendar_app_links(calendar, name),
        badge=reader.link(f"{STATUS_BADGE}.svg"),
        badge_html=badge_html,
        frame=reader.link(EMBED),
        frame_html=frame_html,
        statuspage=root + STATUSPAGE_SUMMARY,
        api=root + API_INDEX,
        schema=root + API_SCHEMA,
        metrics=root + METRICS,
        contact=settings.site.contacts.public,
    )


def render_subscribe(view: SubscribeView, reader: Reader, templates: Templates) -> str:
    """The body of the page, as HTML."""
    return templates.render("subscribe.html", reader.wording, view=view)
