"""The page that tells how to subscribe, and all feeds in one file: made of the settings alone, whatever time it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from noroshi.endpoints import OPML, SUBSCRIBE, component_feed, feed_file
from noroshi.pipeline.printing.look import title_marker
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Plan
from noroshi.records.settings import Client, Component
from noroshi.text.feed_names import component_feed_name
from noroshi.urls import absolute_root, component_path, language_root
from noroshi.writers.group_names import named_groups
from noroshi.writers.opml import Folder, ListedFeed, opml
from noroshi.writers.pages.subscribe import render_subscribe, subscribe_view
from noroshi.writers.snippets import badge_snippet, frame_snippet
from noroshi.writers.subscriptions import FORM, feed_choices


def plan_subscribe_page(materials: Materials, language: str) -> Iterator[Plan]:
    """The page that tells how to subscribe, in one language."""
    press, settings, audience = materials.press, materials.snapshot.settings, materials.audience
    reader = press.reader(language, SUBSCRIBE)
    marked = title_marker(settings, audience, language)

    def make() -> bytes:
        view = subscribe_view(
            reader,
            client=_client(materials),
            private=not audience.public,
            placed=materials.placed,
            badge_html=badge_snippet(settings, reader.wording, marked),
            frame_html=frame_snippet(settings, reader.wording, marked),
        )
        body = render_subscribe(view, reader, press.templates)
        _ = reader.wording.gettext
        description = _("Feeds, calendars and more: hear of each report as it is made.")
        return press.page("subscribe", reader, title=_("Subscribe"), description=description, body=body)

    yield Plan(file=press.file(language, SUBSCRIBE), key=materials.keys.of("subscribe"), make=make)


def _client(materials: Materials) -> Client | None:
    """Whose edition it is, where it is a client's."""
    word = materials.audience.client
    return next((each for each in materials.snapshot.settings.clients if each.id == word), None)


def plan_opml(materials: Materials) -> Iterator[Plan]:
    """All feeds in one file, in every language."""
    site = materials.snapshot.settings.site
    for language in site.languages:

        def make(language: str = language) -> bytes:
            return _opml(materials, language)

        root = language_root(language, site.languages)
        yield Plan(file=f"{root}{OPML}", key=materials.keys.of("opml"), make=make)


def _opml(materials: Materials, language: str) -> bytes:
    settings = materials.snapshot.settings
    site, words = settings.site, materials.press.wordings[language]
    base = absolute_root(site.url, language, site.languages)
    first = site.languages[0]
    name = site.name.said_in(language, first)[0]
    marked = title_marker(settings, materials.audience, language)

    def listed(path: str, title: str, page: str) -> ListedFeed:
        return ListedFeed(
            title=marked(f"{name}{words.gettext(': ')}{title}"), address=base + feed_file(path, FORM), page=base + page
        )

    named = {each.id: component_feed_name(each, words, first) for each in settings.components}
    often = Counter(named.values())

    def of_component(component: Component) -> ListedFeed:
        title = named[component.id]
        # Programs may refuse a second feed of the same name (rss2email does).
        told = words.aside(title, component.id) if often[title] > 1 else title
        return listed(component_feed(component.id), told, component_path(component.id))

    entries: list[ListedFeed | Folder] = [listed(each.path, each.name, "") for each in feed_choices(words)]
    for told, components in named_groups(settings, words):
        feeds = tuple(map(of_component, components))
        heading = told.said_in(language, first)[0] if told else words.gettext("Services")
        entries.append(Folder(name=heading, feeds=feeds))
    return opml(marked(name), language, entries)
