"""The feeds of a site as files: which there are, and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from noroshi.endpoints import MATTER_FEED, REPORT_FEED
from noroshi.pipeline.printing.look import FEED_NAMES, title_marker
from noroshi.pipeline.printing.plan import Materials, Plan
from noroshi.urls import absolute_root, feed_guid, language_root
from noroshi.writers import feeds
from noroshi.writers.feeds import Feed
from noroshi.writers.items import matter_items, report_items, select


def plan_feeds(materials: Materials) -> Iterator[Plan]:
    """Every feed in every form and language."""
    snapshot, press = materials.snapshot, materials.press
    site = snapshot.settings.site
    selection = select(snapshot)
    told = [f"{matter} {number}" for matter, number in selection.reports]
    needed = tuple(snapshot.by_id[matter] for matter in sorted(selection.needed))
    key = materials.keys.of("feeds", *told, "", *selection.matters, f"{snapshot.updated_at}", states=needed)

    @cache
    def feed_of(path: str, language: str) -> Feed:
        entries = materials.entries_of(selection.needed)
        base = absolute_root(site.url, language, site.languages)
        reader = press.reader(language, "", base)
        name, _ = site.name.said_in(language, site.languages[0])
        items = (
            report_items(selection.reports, entries, reader, press.templates)
            if path == REPORT_FEED
            else matter_items(selection.matters, entries, reader, press.templates)
        )
        marked = title_marker(snapshot.settings, materials.audience, language)
        return Feed(
            guid=feed_guid(site.id, path, language, materials.audience.edition),
            title=marked(f"{name}: {reader.wording.gettext(FEED_NAMES[path])}"),
            description=(site.description or site.name).said_in(language, site.languages[0])[0],
            home=base,
            rss=f"{base}{path}.rss",
            atom=f"{base}{path}.atom",
            language=language,
            author=name,
            updated=max((item.updated for item in items), default=snapshot.updated_at),
            items=items,
        )

    for language in site.languages:
        root = language_root(language, site.languages)
        for path in (REPORT_FEED, MATTER_FEED):
            for ending, write in _FORMS.items():

                def make(write: Callable[[Feed], bytes] = write, path: str = path, language: str = language) -> bytes:
                    return write(feed_of(path, language))

                yield Plan(file=f"{root}{path}.{ending}", key=key, make=make)


_FORMS: dict[str, Callable[[Feed], bytes]] = {"rss": feeds.rss, "atom": feeds.atom}
