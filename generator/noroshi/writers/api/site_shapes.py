"""The documents of the whole site as it is now: its index and its components."""

from __future__ import annotations

from typing import Literal, TypedDict

from noroshi.records.choices import ComponentLevel
from noroshi.writers.api.head import Head, Link
from noroshi.writers.api.list_shapes import Summary
from noroshi.writers.api.promise_shapes import Promise
from noroshi.writers.api.values import Address, Day, Guid, Id, Language, Moment, Texts


class SiteLanguage(TypedDict):
    """A language of the site."""

    language: Language
    url: Address
    """Its first page: below it a page's path is the same in every language."""


class Contacts(TypedDict):
    """Where readers can write."""

    public: Address | None
    security: Address | None


class Client(TypedDict):
    """A client, told to themselves only."""

    id: Id
    name: Texts
    manager: str | None
    """The role that answers to them."""


class SiteFacts(TypedDict):
    """What the site says of itself."""

    guid: Guid
    """The beginning of all permanent names."""
    name: Texts
    """In an edition for single readers marked as that."""
    description: Texts | None
    url: Address
    timezone: str
    """A name of the IANA time zone database: in it days and months begin."""
    languages: list[SiteLanguage]
    """The first one's pages are at the root."""
    contacts: Contacts
    repository: Address | None
    """Where the content is kept."""


class Status(TypedDict):
    """How things are."""

    level: ComponentLevel
    """The worst level of any component."""
    open_incidents: int
    maintenance_in_progress: int
    owed: int
    """How many promises are to be kept."""
    overdue: int
    """For how many of them the time has passed."""


class ComponentLink(TypedDict):
    """A component and how it is."""

    id: Id
    name: Texts
    level: ComponentLevel
    url: Address


class Owed(TypedDict):
    """A promise that is to be kept."""

    matter: Link
    promise: Promise


class Feed(TypedDict):
    """A feed in each of its forms."""

    rss: Address
    atom: Address
    json: Address


class Feeds(TypedDict):
    """The feeds of the whole site in one language."""

    reports: Feed
    """With an item for each report."""
    matters: Feed
    """With an item for each matter."""
    incidents: Feed
    """With an item for each report on an incident."""
    maintenance: Feed
    """With an item for each report on planned work."""
    opml: Address
    """All feeds, those of the components too, in one file for feed readers."""


class Calendars(TypedDict):
    """The calendars of the whole site in one language."""

    all: Address
    """Planned work, commitments, and by when promises are due."""
    maintenance: Address
    """Planned work alone."""


class Links(TypedDict):
    """Where programs read everything else."""

    components: Address
    actions: Address
    record: Address
    months: Address
    schema: Address
    metrics: Address
    """The state and the figures for Prometheus."""
    statuspage: Address
    """The summary of the API in Statuspage's shapes, whose other documents lie beside it."""
    feeds: dict[Language, Feeds]
    """By language."""
    calendars: dict[Language, Calendars]
    """By language."""


class IndexDocument(Head):
    """What this is, how things are, what is open, and what is owed by when."""

    document: Literal["index"]
    at: Moment
    """The time at which all this was judged: that of the build."""
    updated_at: Moment
    """The newest time that the content speaks of having been written at."""
    edition: str | None
    """For whom it is, where not for everybody: a client's id, or `internal`."""
    site: SiteFacts
    clients: list[Client]
    """Those whom the reader may know."""
    status: Status
    components: list[ComponentLink]
    """In the order of the site's own list."""
    open_incidents: list[Summary]
    """Worst first, then newest."""
    current_work: list[Summary]
    """Planned work that has begun, or should have, soonest first."""
    announced: list[Summary]
    """Planned work ahead, soonest first."""
    commitments: list[Summary]
    """Commitments that are not over, soonest first."""
    owed: list[Owed]
    """All that is still owed, soonest due first."""
    links: Links


class ComponentDay(TypedDict):
    """A day on which a component was not operational all the time."""

    day: Day
    level: ComponentLevel
    """The worst of the day."""
    impaired_seconds: int
    """For how long it was not operational."""


class LevelLength(TypedDict):
    """For how long a component was at a level."""

    level: ComponentLevel
    seconds: int
    """Where matters impair it at once, the worst level of the moment counts."""


class Uptime(TypedDict):
    """How much of the last 90 days a component was up; a day of which nothing is known counts for nothing."""

    hundredths: int | None
    """In hundredths of a percent, rounded down: 10000 only where nothing was down; null of no known days."""
    down_seconds: int
    """Downtime: all of a major outage, 30 % of a partial one."""
    lengths: list[LevelLength]
    """At each level but operational, worst first."""
    lasting: bool
    """Whether it is down now: downtime counts until now."""
    start_unknown: int
    """How many incidents count from when they were noticed or told of, because their start is not known."""
    length_unknown: int
    """How many incidents count as no downtime, because nobody told how long they lasted."""
    imported: int
    """How many of the incidents were taken over from another system."""


class Component(ComponentLink):
    """A component: what it is, and how it has been."""

    description: Texts | None
    group: Texts | None
    """The heading under which it stands."""
    environment: Texts | None
    owner: str | None
    """The role that looks after it."""
    depends_on: list[Id]
    """What it cannot do without."""
    needed_by: list[Id]
    because: list[Link]
    """The open matters that make it as it is."""
    since: Day | None
    """The first day of which `days` tells; before it nothing is known, or no more is told."""
    days: list[ComponentDay]
    """Those of the last 90 days on which it was not operational all the time, oldest first."""
    uptime: Uptime


class ComponentsDocument(Head):
    """All components."""

    document: Literal["components"]
    today: Day
    """The last day of which they tell: that of the build."""
    components: list[Component]
