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
    STATUS_BADGE,
    STATUSPAGE_API,
    FeedForm,
    component_badge,
    component_calendar,
    component_feed,
    feed_file,
)
from noroshi.records.settings import Client, Component
from noroshi.text.labels import N_
from noroshi.urls import absolute_root
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.one_click import calendar_app_links, feed_reader_links, webcal
from noroshi.writers.pages.templates import Templates
from noroshi.writers.subscriptions import FORM, component_anchor, component_groups, feed_choices

_FORMS = (FORM, *(form for form in FeedForm if form is not FORM))

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
class AddressLink:
    """A link to a feed or calendar, in a table."""

    name: str
    """In the table's cell, ``Atom`` or ``RSS``."""
    spoken: str
    """For readers who hear it without its table: of what it is."""
    link: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class FeedRow:
    """A row of the table of feeds."""

    anchor: str | None
    name: Markup | str
    about: str | None
    links: tuple[AddressLink, ...]


@dataclass(frozen=True, kw_only=True)
class FeedRows:
    """Rows under a heading."""

    name: str | None
    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, kw_only=True)
class SubscribeView:
    """The page, finished for its template."""

    ways: tuple[WayView, ...]
    home: str
    """The link to the first page."""
    private: bool
    """Whether these addresses are not for everybody, so that no service on the web should be given them."""
    client: str | None
    """Whose edition it is, where it is a client's."""
    own: tuple[FeedRow, ...]
    """The components that this client uses."""
    hub: bool
    """Whether a WebSub hub tells readers at once."""
    feed: str
    """The absolute address of the feed of everything."""
    feed_readers: tuple[tuple[str, str], ...]
    """Names and addresses of feed readers on the web, where a click subscribes."""
    feeds: FeedRows
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
    feed, calendar = base + feed_file(feed_choices(words)[0].path, FORM), base + CALENDAR
    used = client.components if client is not None else ()
    return SubscribeView(
        ways=tuple(
            WayView(anchor=anchor, name=words.gettext(way), good_for=words.gettext(good), soon=words.gettext(soon))
            for anchor, way, good, soon in _WAYS
            if not (private and anchor == "chat")
        ),
        home=reader.link(""),
        private=private,
        client=client.name.said_in(reader.language, reader.first)[0] if client is not None else None,
        own=tuple(_component_row(settings.by_id[each], reader) for each in used if each in settings.by_id),
        hub=settings.site.websub_hub is not None,
        feed=feed,
        feed_readers=() if private else feed_reader_links(feed),
        feeds=FeedRows(
            name=None,
            rows=tuple(
                FeedRow(
                    anchor=None,
                    name=each.name,
                    about=each.about,
                    links=_feed_links(each.path, each.name, reader),
                )
                for each in feed_choices(words)
            ),
        ),
        components=tuple(
            FeedRows(name=group.name, rows=tuple(_component_row(each, reader, row=True) for each in group.components))
            for group in component_groups(settings.components, words, reader.first)
        ),
        forms=tuple(map(_short, _FORMS)),
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


def _component_row(component: Component, reader: Reader, *, row: bool = False) -> FeedRow:
    name = component.name.said_in(reader.language, reader.first)[0]
    words = reader.wording
    # What is seen is said too, or who speaks to their browser cannot name the link (WCAG 2.2, 2.5.3).
    ics = AddressLink(
        name="iCal",
        spoken=f"{words.aside('iCal', words.gettext('Calendar'))}: {name}",
        link=reader.link(component_calendar(component.id)),
        media_type="text/calendar",
    )
    svg = AddressLink(
        name="SVG",
        spoken=f"{words.aside('SVG', words.gettext('Badge'))}: {name}",
        link=reader.link(f"{component_badge(component.id)}.svg"),
        media_type="image/svg+xml",
    )
    links = (*_feed_links(component_feed(component.id), name, reader), ics, svg)
    anchor = component_anchor(component.id) if row else None
    return FeedRow(anchor=anchor, name=reader.component(component.id), about=None, links=links)


def _feed_links(path: str, name: str, reader: Reader) -> tuple[AddressLink, ...]:
    return tuple(
        AddressLink(
            name=_short(form),
            spoken=f"{form.label}: {name}",
            link=reader.link(feed_file(path, form)),
            media_type=form.media_type,
        )
        for form in _FORMS
    )


def _short(form: FeedForm) -> str:
    return form.label.removesuffix(" Feed")


def render_subscribe(view: SubscribeView, reader: Reader, templates: Templates) -> str:
    """The body of the page, as HTML."""
    return templates.render("subscribe.html", reader.wording, view=view)
