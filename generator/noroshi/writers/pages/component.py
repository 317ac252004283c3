"""The page of one component: how it is, how the last days were, and everything that concerned it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from noroshi.endpoints import SUBSCRIBE
from noroshi.records.choices import ComponentLevel
from noroshi.snapshot.listings import Listing, Listings
from noroshi.snapshot.site import ComponentState, Snapshot
from noroshi.urls import component_anchor
from noroshi.writers.pages.bar import Bar, LegendEntry, bar, legend
from noroshi.writers.pages.filters import Choice, choices
from noroshi.writers.pages.history import YearLink, year_link
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Rows
from noroshi.writers.pages.templates import Templates
from noroshi.writers.pages.uptime import UptimeView, uptime_view


@dataclass(frozen=True, kw_only=True)
class ComponentPage:
    """A component's page, finished for its template."""

    name: Markup
    description: Markup | None
    group: Markup | None
    environment: Markup | None
    level: ComponentLevel
    badge: Markup
    because: tuple[Markup, ...]
    depends_on: tuple[Markup, ...]
    needed_by: tuple[Markup, ...]
    bar: Bar
    legend: tuple[LegendEntry, ...]
    uptime: UptimeView
    choices: tuple[Choice, ...]
    newest: Markup
    """The rows of the newest matters that concerned it; empty where there are none."""
    whole: bool
    """Whether these are all."""
    years: tuple[YearLink, ...]
    subscribe: str
    """The link to the page that tells how to subscribe."""
    addresses: str
    """The link to this component's row there: its feeds and its calendar."""
    concerns: Markup
    """What these tell of."""
    zone: str


def component_page(
    each: ComponentState,
    snapshot: Snapshot,
    listings: Listings,
    listing: Listing,
    reader: Reader,
    rows: Rows,
) -> ComponentPage:
    """All that a component's page says.

    :param listing: of what concerned it
    """
    component = each.component
    return ComponentPage(
        name=reader.plain(component.name),
        description=reader.plain(component.description) if component.description else None,
        group=reader.plain(component.group) if component.group else None,
        environment=reader.plain(component.environment) if component.environment else None,
        level=each.level,
        badge=reader.level(each.level),
        because=tuple(reader.matter(state.kind, state.id, state.title) for state in each.because),
        depends_on=tuple(reader.component(name) for name in component.depends_on),
        needed_by=tuple(
            reader.component(other.id) for other in snapshot.settings.components if component.id in other.depends_on
        ),
        bar=bar(each.days, reader),
        legend=legend(reader, unknown=bool(each.uptime.unknown)),
        uptime=uptime_view(each.uptime, reader),
        choices=choices(listings, listing, reader),
        newest=rows.of(listing.newest, reader),
        whole=len(listing.newest) == listing.number,
        years=tuple(year_link(listing, year, reader) for year in listing.years),
        subscribe=reader.link(SUBSCRIBE),
        addresses=f"{reader.link(SUBSCRIBE)}#{component_anchor(component.id)}",
        concerns=reader.say(
            reader.wording.gettext("Only what concerns {name}, as it is reported."), name=reader.plain(component.name)
        ),
        zone=reader.wording.zone_name(snapshot.now),
    )


def render_component(view: ComponentPage, reader: Reader, templates: Templates) -> str:
    """The body of a component's page, as HTML."""
    return templates.render("component.html", reader.wording, view=view)
