"""The feeds of a site as files: which there are, and what is in them. Documents of the archive: `archive_files`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from noroshi.endpoints import (
    INCIDENT_FEED,
    MAINTENANCE_FEED,
    MATTER_FEED,
    REPORT_FEED,
    FeedForm,
    archive_file,
    component_feed,
    feed_file,
)
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.text.feed_names import component_feed_name, feed_name
from noroshi.urls import absolute_root, feed_guid, language_root
from noroshi.writers.feeds.feed import Archive, Feed, Item
from noroshi.writers.feeds.json_feed import json_feed
from noroshi.writers.feeds.xml import atom, rss
from noroshi.writers.items.items import ItemPress
from noroshi.writers.pages.press import Press

_WRITERS: dict[FeedForm, Callable[[Feed], bytes]] = {
    FeedForm.RSS: rss,
    FeedForm.ATOM: atom,
    FeedForm.JSON: json_feed,
}


def plan_feeds(materials: Materials) -> Iterator[Plan]:
    """Every feed in every form and language."""
    snapshot, site = materials.snapshot, materials.snapshot.settings.site
    components = {component_feed(each.id): each for each in snapshot.settings.components}
    keys = {path: _key(path, materials) for path in (*_FEEDS, *components)}
    for language in site.languages:
        root = language_root(language, site.languages)
        words = materials.press.wordings[language]
        press = item_press(materials.press, language)
        names = {path: feed_name(path, words) for path in _FEEDS}
        names |= {path: component_feed_name(each, words, site.languages[0]) for path, each in components.items()}
        for path, name in names.items():

            @cache
            def feed(path: str = path, name: str = name, language: str = language, press: ItemPress = press) -> Feed:
                head = feed_head(path, name, language, materials)
                return with_items(head, _items(path, press, materials))

            for form in FeedForm:

                def make(form: FeedForm = form, feed: Callable[[], Feed] = feed) -> bytes:
                    return _WRITERS[form](feed())

                yield Plan(file=root + feed_file(path, form), key=keys[path], make=make)


_FEEDS = (REPORT_FEED, INCIDENT_FEED, MAINTENANCE_FEED, MATTER_FEED)
"""The feeds of the whole site."""


def feed_head(path: str, name: str, language: str, materials: Materials) -> Feed:
    """A feed without its items.

    :param path: below its language's root, without the ending of its form
    """
    snapshot, audience = materials.snapshot, materials.audience
    site = snapshot.settings.site
    base = absolute_root(site.url, language, site.languages)
    site_name, _ = site.name.said_in(language, site.languages[0])
    words = materials.press.wordings[language]
    archived = len(materials.selection.archive) if path == REPORT_FEED and language == site.languages[0] else 0
    return Feed(
        guid=feed_guid(site.id, path, language, audience.edition),
        title=title_marker(snapshot.settings, audience, language)(f"{site_name}{words.gettext(': ')}{name}"),
        description=(site.description or site.name).said_in(language, site.languages[0])[0],
        home=base,
        place=f"{base}{path}",
        language=language,
        author=site_name,
        updated=snapshot.updated_at,
        items=(),
        hub=site.websub_hub if audience.public else None,  # a hub reads and passes on what it is told of
        archive=Archive(older=f"{base}{archive_file(archived)}") if archived else None,
    )


def with_items(head: Feed, items: tuple[Item, ...]) -> Feed:
    """The feed with its items, as old as the newest of them; one without items keeps the head's time."""
    return replace(head, items=items, updated=max((item.updated for item in items), default=head.updated))


def item_press(press: Press, language: str) -> ItemPress:
    """What makes the items of a language's feeds, with absolute links."""
    site = press.settings.site
    return ItemPress(press.reader(language, "", absolute_root(site.url, language, site.languages)), press.templates)


def _items(path: str, press: ItemPress, materials: Materials) -> tuple[Item, ...]:
    selection = materials.selection
    if path == MATTER_FEED:
        entries = materials.entries_of(selection.matters)
        return tuple(press.of_matter(entries[matter]) for matter in selection.matters)
    chosen = selection.reports[path]
    entries = materials.entries_of({told.matter for told in chosen})
    return tuple(press.of_report(entries[told.matter], told.number) for told in chosen)


def _key(path: str, materials: Materials) -> bytes:
    """The key of a feed in all its forms and languages."""
    snapshot, selection = materials.snapshot, materials.selection
    if path == MATTER_FEED:
        matters, told = selection.matters, [*selection.matters]
    else:
        chosen = selection.reports[path]
        matters = tuple(dict.fromkeys(each.matter for each in chosen))
        told = [f"{each.matter} {each.number}" for each in chosen]
    if not told:
        told = [f"{snapshot.updated_at}"]  # all that says how old an empty feed is
    archived = str(len(selection.archive)) if path == REPORT_FEED else ""
    return materials.keys.of("feed", path, archived, *told, states=(snapshot.by_id[matter] for matter in matters))
