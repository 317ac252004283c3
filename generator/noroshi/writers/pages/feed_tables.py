"""The tables of feeds and calendars on the page that tells how to subscribe: a row for each, a link for each form."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from noroshi.endpoints import FeedForm, component_badge, component_calendar, component_feed, feed_file
from noroshi.records.settings import Component
from noroshi.urls import absolute_root, component_anchor
from noroshi.writers.group_names import named_groups
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.one_click import webcal
from noroshi.writers.subscriptions import FORM, feed_choices

_FORMS = (FORM, *(form for form in FeedForm if form is not FORM))


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

    name: Markup | None
    rows: tuple[FeedRow, ...]


def form_names() -> tuple[str, ...]:
    """The names of the forms of feeds, in the order of a row's links."""
    return tuple(map(_short, _FORMS))


def whole_rows(reader: Reader) -> tuple[FeedRow, ...]:
    """The feeds of the whole site."""
    return tuple(
        FeedRow(anchor=None, name=each.name, about=each.about, links=_feed_links(each.path, each.name, reader))
        for each in feed_choices(reader.wording)
    )


def component_rows(reader: Reader, *, placed: bool, badges: bool) -> tuple[FeedRows, ...]:
    """The feeds, calendar and badge of each component, under the components' headings.

    :param placed: as of :func:`component_row`, like ``badges``
    """
    return tuple(
        FeedRows(
            name=reader.plain(name) if name else None,
            rows=tuple(
                component_row(each, reader, component_anchor(each.id), placed=placed, badges=badges)
                for each in components
            ),
        )
        for name, components in named_groups(reader.settings, reader.wording)
    )


def component_row(
    component: Component, reader: Reader, anchor: str | None = None, *, placed: bool, badges: bool
) -> FeedRow:
    """The feeds, the calendar and the badge of a component.

    :param anchor: where the row can be linked to
    :param placed: whether the site's address is its own, so that a program can be sent there
    :param badges: whether other pages may show its badge
    """
    name = component.name.said_in(reader.language, reader.first)[0]
    words = reader.wording
    # What is seen is said too, or who speaks to their browser cannot name the link (WCAG 2.2, 2.5.3).
    ics = AddressLink(
        name="iCal",
        spoken=f"{words.aside('iCal', words.gettext('Calendar'))}: {name}",
        link=calendar_link(component_calendar(component.id), reader, placed=placed),
        media_type="text/calendar",
    )
    svg = AddressLink(
        name="SVG",
        spoken=f"{words.aside('SVG', words.gettext('Badge'))}: {name}",
        link=reader.link(f"{component_badge(component.id)}.svg"),
        media_type="image/svg+xml",
    )
    links = (*_feed_links(component_feed(component.id), name, reader), ics, *((svg,) if badges else ()))
    return FeedRow(anchor=anchor, name=reader.component(component.id), about=None, links=links)


def calendar_link(path: str, reader: Reader, *, placed: bool) -> str:
    """What opens a calendar program and subscribes; where no program can be sent, the link to the file.

    A link to the file is saved or imported once, and what was imported never changes again.
    """
    site = reader.settings.site
    return webcal(absolute_root(site.url, reader.language, site.languages) + path) if placed else reader.link(path)


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
