"""The ways to choose from the history: links that work by themselves, and the words of the controls of a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from noroshi.records.choices import Severity
from noroshi.records.content import MatterKind
from noroshi.records.settings import Component
from noroshi.snapshot.listings import Listing, Listings
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.urls import period_path
from noroshi.writers.pages.links import Reader

KINDS = {
    MatterKind.INCIDENT: N_("Incidents"),
    MatterKind.MAINTENANCE: N_("Maintenance"),
    MatterKind.COMMITMENT: N_("Promised slots"),
}
SEVERITIES = {
    Severity.CRITICAL: N_("Critical incidents"),
    Severity.MAJOR: N_("Major incidents"),
    Severity.MINOR: N_("Minor incidents"),
    Severity.NONE: N_("Incidents without impact"),
}


@dataclass(frozen=True, kw_only=True)
class FilterLink:
    """A way to a choice from the history."""

    name: Markup
    link: str
    number: int | None
    """How many it holds; None where the page does not count."""
    current: bool
    """Whether the page belongs to it."""


@dataclass(frozen=True, kw_only=True)
class FilterGroup:
    """Ways that answer the same question."""

    name: str
    links: tuple[FilterLink, ...]


@dataclass(frozen=True, kw_only=True)
class Option:
    """A choice of a control."""

    value: str
    """What rows say in their data."""
    name: Markup
    language: str | None = None
    """Of the name, where it is not the page's: an option holds no markup that could tell it."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A control of the script: what it compares in rows, and what may be chosen."""

    word: str
    """The name of the rows' data attribute, and of the query's key."""
    name: str
    options: tuple[Option, ...]


def listing_name(listing: Listing, reader: Reader) -> Markup:
    """What a listing is called."""
    _ = reader.wording.gettext
    if listing.component is not None:
        return reader.plain(reader.settings.by_id[listing.component].name)
    if listing.kind is not None:
        return escape(_(KINDS[listing.kind]))
    return escape(_(SEVERITIES[listing.severity] if listing.severity is not None else N_("History")))


def links_of_all(listings: Listings, reader: Reader) -> tuple[FilterGroup, ...]:
    """The ways from the index of the history, with the number of all that each holds."""
    return _groups(listings, reader, lambda listing: (reader.link(listing.path), listing.number), keep_empty=True)


def links_beside(listings: Listings, current: Listing, reader: Reader) -> tuple[FilterGroup, ...]:
    """The ways from one choice to the others: no numbers, for the page would change with each of them."""
    found = _groups(listings, reader, lambda listing: (reader.link(listing.path), None), current, keep_empty=True)
    return found[:2]  # services have pages of their own, and their list may be long


def links_of_period(
    listings: Listings, states: Iterable[State], reader: Reader, year: str, fragment: str = ""
) -> tuple[FilterGroup, ...]:
    """The ways from a year or a month of the whole history to the same year of each choice that holds some of it.

    :param states: what began in that time
    """
    counts: Counter[object] = Counter()
    for state in states:
        counts.update([state.kind, *([state.severity] if state.severity else []), *state.components])

    def to(listing: Listing) -> tuple[str, int | None]:
        number = counts[listing.kind or listing.severity or listing.component]
        return reader.link(period_path(listing.path, year)) + fragment, number

    return _groups(listings, reader, to)


_To = Callable[[Listing], tuple[str, int | None]]
"""Where a way leads to, and how many stand there."""


def _groups(
    listings: Listings, reader: Reader, to: _To, current: Listing | None = None, *, keep_empty: bool = False
) -> tuple[FilterGroup, ...]:
    _ = reader.wording.gettext
    asked = ((_("Kind"), listings.kinds), (_("Severity"), listings.severities), (_("Service"), listings.components))
    found = []
    for name, each in asked:
        links = []
        for listing in each:
            link, number = to(listing)
            if number or keep_empty:
                links.append(
                    FilterLink(name=listing_name(listing, reader), link=link, number=number, current=listing is current)
                )
        if links:
            found.append(FilterGroup(name=name, links=tuple(links)))
    return tuple(found)


def choices(listings: Listings, listing: Listing, reader: Reader) -> tuple[Choice, ...]:
    """The controls of the script on a page of a listing: those that can leave out something there."""
    return tuple(choice for choice in _choices(listings, listing, reader) if len(choice.options) > 1)


def _choices(listings: Listings, listing: Listing, reader: Reader) -> Iterator[Choice]:
    words = reader.wording
    _ = words.gettext
    if listing.kind is None and listing.severity is None:
        kinds = [each.kind for each in listings.kinds if each.kind is not None]
        yield Choice(
            word="kind",
            name=_("Kind"),
            options=tuple(Option(value=kind.value, name=escape(_(KINDS[kind]))) for kind in kinds),
        )
    if listing.severity is None and listing.kind in (None, MatterKind.INCIDENT):
        severities = [each.severity for each in listings.severities if each.severity is not None]
        yield Choice(
            word="severity",
            name=_("Severity"),
            options=tuple(Option(value=each.value, name=escape(words.label(each))) for each in severities),
        )
    if listing.component is None:
        yield Choice(
            word="component",
            name=_("Service"),
            options=tuple(_service(each, reader) for each in reader.settings.components),
        )


def _service(component: Component, reader: Reader) -> Option:
    said, language = component.name.said_in(reader.language, reader.first)
    return Option(value=component.id, name=escape(said), language=language if language != reader.language else None)
