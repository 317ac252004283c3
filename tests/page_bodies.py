"""The bodies of a site's pages, and its feeds, made without a theme: the shells hold nothing but the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from noroshi.endpoints import matter_document_file
from noroshi.pipeline.printing.feed_files import plan_feeds
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.own_templates import template_folders
from noroshi.pipeline.printing.plan import Keys
from noroshi.pipeline.printing.site_files import FAMILIES
from noroshi.pipeline.printing.site_pages import plan_pages
from noroshi.pipeline.published_log import PublishedLog, continue_log
from noroshi.pipeline.reading.content import SiteFolder, find_records
from noroshi.pipeline.reading.record import Moments, Reading, read_record
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.reading.together import put_together
from noroshi.problems import stops_build
from noroshi.records.content import Entry
from noroshi.snapshot.audience import PUBLIC, Audience, visible_entry, visible_settings, visible_state
from noroshi.snapshot.near import near_matters
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.site import Snapshot, take_snapshot
from noroshi.urls import matter_path
from noroshi.writers.api.matter import matter_document
from noroshi.writers.api.parts import Names
from noroshi.writers.pages.press import PageShell, Press
from noroshi.writers.pages.templates import Templates

NOW = datetime.fromisoformat("2026-08-01T12:00+09:00")
STORY = Path(__file__).parent / "pages" / "story"


class BareShell:
    """A theme's page that is nothing but its slots, in a document that parsers take."""

    def __init__(self, language: str) -> None:
        self._language = language

    def fill_bytes(self, **slots: str) -> bytes:
        """The body between the title and the end."""
        return (
            f'<!doctype html><html lang="{self._language}"><head><title>{slots["title"]}</title>'
            f'<meta name="description" content="{slots["description"]}"></head><body>{slots["body"]}</body></html>'
        ).encode()


class BareShells(dict[tuple[str, str], PageShell]):
    """A bare shell for every kind of page."""

    def __missing__(self, place: tuple[str, str]) -> PageShell:
        return BareShell(place[0])


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site's content at a time, and the press for its pages."""

    snapshot: Snapshot
    entries: Mapping[str, Entry]
    press: Press
    audience: Audience
    readings: Mapping[str, Reading]
    log: PublishedLog
    """Begun now."""
    placed: bool = True
    """Whether its address is its own."""

    def matter(self, matter_id: str, language: str) -> str:
        """The document of a matter's page."""
        state = self.snapshot.by_id[matter_id]
        near = near_matters(self.snapshot)[matter_id]
        return self.press.matter(language, self.entries[matter_id], state, near).decode()

    def pages(self) -> dict[str, str]:
        """Every document of the site, by file."""
        found = {plan.file: plan.make().decode() for plan in plan_pages(self.materials)}
        for state in self.snapshot.states:
            for language in self.snapshot.settings.site.languages:
                file = self.press.file(language, matter_path(state.kind, state.id))
                found[file] = self.matter(state.id, language)
        return found

    def outputs(self) -> dict[str, bytes]:
        """Every file that programs read, by its path."""
        found = {plan.file: plan.make() for family in FAMILIES for plan in family(self.materials)}
        names, near = Names(self.snapshot.settings.site), near_matters(self.snapshot)
        for state in self.snapshot.states:
            data = matter_document(self.entries[state.id], state, near[state.id], names, self.snapshot.now)
            found[matter_document_file(state.kind, state.id)] = data
        return found

    def feeds(self) -> dict[str, bytes]:
        """Every feed of the site, by file."""
        feeds = plan_feeds(self.materials)
        return {plan.file: plan.make() for plan in feeds}

    @property
    def materials(self) -> Materials:
        """What the site's files are made of."""
        return Materials(
            snapshot=self.snapshot,
            audience=self.audience,
            press=self.press,
            keys=Keys(b"", {state.id: b"" for state in self.snapshot.states}),
            entries_of=lambda ids: {each: self.entries[each] for each in ids},
            log=self.log,
            placed=self.placed,
        )


def load_site(
    root: Path = STORY, now: datetime = NOW, audience: Audience = PUBLIC, as_of: datetime | None = None
) -> Site:
    """Read a site's folder as an audience may see it; an error in it fails the test that asked.

    :param as_of: the time at which it stood so, in place of ``now``: later reports are left out
    """
    now = as_of or now
    folder = SiteFolder(root=root)
    reading = read_settings(folder)
    sources, problems = find_records(folder)
    problems += reading.problems
    settings = reading.settings
    assert settings is not None, problems
    entries, readings = {}, {}
    terms = Terms(settings)
    for source in sources:
        found, entry = read_record(source, settings, terms, Moments(now=now, as_of=as_of))
        problems += found.problems
        readings[source.id] = found
        seen = visible_entry(entry, audience) if entry is not None else None
        if seen is not None:
            entries[seen.id] = seen
    assert not stops_build(problems), problems
    whole = put_together([each.state for each in readings.values() if each.state], settings, terms, now).states
    states = [seen for each in whole if (seen := visible_state(each, audience)) is not None]
    told = visible_settings(settings, audience)
    shells = cast("Mapping[tuple[str, str], PageShell]", BareShells())
    press = Press(told, shells, Templates(template_folders(folder)), now)
    snapshot = take_snapshot(told, states, now)
    read = [(source, readings[source.id]) for source in sources]
    moments = Moments(now=now, as_of=as_of)
    log = continue_log(None, "status.example.com/log", read, snapshot.by_id.__contains__, settings, moments).log
    return Site(snapshot=snapshot, entries=entries, press=press, audience=audience, readings=readings, log=log)
