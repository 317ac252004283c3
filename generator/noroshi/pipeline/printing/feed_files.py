"""The feeds of a site as files: which there are, and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from noroshi.pipeline.printing.look import FEED_NAMES, title_marker
from noroshi.records.content import Entry
from noroshi.snapshot.audience import Audience
from noroshi.snapshot.site import Snapshot
from noroshi.urls import MATTER_FEED, REPORT_FEED, absolute_root, feed_guid, language_root
from noroshi.writers import feeds
from noroshi.writers.feeds import Feed
from noroshi.writers.items import Selection, matter_items, report_items
from noroshi.writers.pages.press import Press


def feed_paths(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of every feed's file below the site's root."""
    roots = [language_root(language, languages) for language in languages]
    return tuple(f"{root}{path}.{ending}" for root in roots for path in FEED_NAMES for ending in _FORMS)


def feed_files(
    snapshot: Snapshot,
    selection: Selection,
    entries: Mapping[str, Entry],
    press: Press,
    audience: Audience,
) -> Iterator[tuple[str, bytes]]:
    """Every feed's file below the site's root, with its bytes.

    :param entries: the records that the selection needs, by id
    """
    site = snapshot.settings.site
    for language in site.languages:
        root = language_root(language, site.languages)
        base = absolute_root(site.url, language, site.languages)
        reader = press.reader(language, "", base)
        name, _ = site.name.said_in(language, site.languages[0])
        items = {
            REPORT_FEED: report_items(selection.reports, entries, reader, press.templates),
            MATTER_FEED: matter_items(selection.matters, entries, reader, press.templates),
        }
        marked = title_marker(snapshot.settings, audience, language)
        for path, title in FEED_NAMES.items():
            feed = Feed(
                guid=feed_guid(site.id, path, language, audience.edition),
                title=marked(f"{name}: {reader.wording.gettext(title)}"),
                description=(site.description or site.name).said_in(language, site.languages[0])[0],
                home=base,
                rss=f"{base}{path}.rss",
                atom=f"{base}{path}.atom",
                language=language,
                author=name,
                updated=max((item.updated for item in items[path]), default=snapshot.updated_at),
                items=items[path],
            )
            for ending, write in _FORMS.items():
                yield f"{root}{path}.{ending}", write(feed)


_FORMS: dict[str, Callable[[Feed], bytes]] = {"rss": feeds.rss, "atom": feeds.atom}
