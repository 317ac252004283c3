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
    METRICS,
    OPML,
    REPORT_FEED,
    STATUS_BADGE,
    STATUSPAGE_API,
    feed_file,
)
from noroshi.records.settings import Client
from noroshi.text.labels import N_
from noroshi.urls import absolute_root
from noroshi.writers.pages.feed_tables import FeedRow, FeedRows, component_row, component_rows, form_names, whole_rows
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.one_click import calendar_app_links, feed_reader_links, webcal
from noroshi.writers.pages.templates import Templates
from noroshi.writers.subscriptions import FORM

_WAYS = (
    (
        "feeds",
        N_("Feed reader"),
        N_("Every report in full, as an unread item, and nothing that you have to look up."),
        N_("Minutes to an hour, as often as your reader looks"),
    ),
    (
        "chat",
        N_("Your team's chat"),
        N_("Everybody sees it where you talk about it anyway."),
        N_("Minutes to an hour"),
    ),
    (
        "mail",
        N_("Mail"),
        N_("Reports in your inbox, without giving us your address."),
        N_("As often as your program looks, say every 15 minutes"),
    ),
    (
        "calendar",
        N_("Calendar"),
        N_("When we will work on what, and when the next report is due, among your own dates."),
        N_("Hours, up to a day; not for what is urgent"),
    ),
    (
        "badges",
        N_("Badges and frames"),
        N_("The state at a glance, on a dashboard or page of your own."),
        N_("Whenever the page is opened"),
    ),
    (
        "programs",
        N_("Programs"),
        N_("The state and all reports as data, for monitoring and bots."),
        N_("Whenever you ask"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class WayView:
    """A way to hear of reports."""

    anchor: str
    """Of its section."""
    name: str
    good_for: str
    soon: str
    """How soon it tells."""


@dataclass(frozen=True, kw_only=True)
class SubscribeView:
    """The page, finished for its template."""

    ways: tuple[WayView, ...]
    home: str
    """The link to the first page."""
    private: bool
    """Whether these addresses are not for everybody, so that no service on the web should be given them."""
    client: Markup | None
    """For whom it is, in a heading; None where it is no client's edition."""
    own: tuple[FeedRow, ...]
    """The components that this client uses."""
    hub: bool
    """Whether a WebSub hub tells readers at once."""
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
    calendar_link: str
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


def subscribe_view(
    reader: Reader, *, client: Client | None, private: bool, badge_html: str, frame_html: str
) -> SubscribeView:
    """All that the page says.

    :param reader: at the page
    :param client: whose edition it is, where it is a client's
    :param private: whether the site is not for everybody
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
        ways=tuple(
            WayView(anchor=anchor, name=words.gettext(way), good_for=words.gettext(good), soon=words.gettext(soon))
            for anchor, way, good, soon in _WAYS
            if not (private and anchor == "chat")
        ),
        home=reader.link(""),
        private=private,
        client=reader.say(words.gettext("For {client}"), client=reader.plain(client.name)) if client else None,
        own=tuple(component_row(settings.by_id[each], reader) for each in used if each in settings.by_id),
        hub=settings.site.websub_hub is not None,
        feed=feed,
        feed_readers=() if private else feed_reader_links(feed),
        feeds=whole_rows(reader),
        components=component_rows(reader),
        forms=form_names(),
        opml=reader.link(OPML),
        calendar=calendar,
        webcal=webcal(calendar),
        calendar_link=reader.link(CALENDAR),
        calendar_apps=() if private else calendar_app_links(calendar, name),
        badge=reader.link(f"{STATUS_BADGE}.svg"),
        badge_html=badge_html,
        frame=reader.link(EMBED),
        frame_html=frame_html,
        statuspage=f"{root}{STATUSPAGE_API}summary.json",
        api=root + API_INDEX,
        schema=root + API_SCHEMA,
        metrics=root + METRICS,
    )


def render_subscribe(view: SubscribeView, reader: Reader, templates: Templates) -> str:
    """The body of the page, as HTML."""
    return templates.render("subscribe.html", reader.wording, view=view)
