"""The plugin that turns one MkDocs run into the shells and the operator's pages of one language."""

import logging
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from noroshi.theme import markup
from noroshi.theme.content_policy import SETTING, read_sources, with_policy
from noroshi.theme.frame_values import frame_values
from noroshi.theme.language_names import language_name
from noroshi.theme.page_placement import PlacedPage, place_pages
from noroshi.theme.request import ShellKind, ThemeError, ThemeRequest
from noroshi.theme.shell import slot_token

_BODY = f"<div>{slot_token('body')}</div>"
# An element, so that plugins which look through a page's HTML find one.
_log = logging.getLogger("mkdocs.plugins.noroshi")
# What it warns of is told with all that MkDocs warns of.


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin is made by `rendering`, never named in a mkdocs.yml."""


class ShellPlugin(BasePlugin[NoOptions]):
    """Adds a page for each kind, keeps what it renders to, and fits the operator's pages to a language."""

    def __init__(self, request: ThemeRequest, language: str, docs_label: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.request = request
        self.language = language
        self.shells: dict[str, str] = {}
        # By kind name: HTML with slot tokens.
        self._allowed: dict[str, tuple[str, ...]] = {}
        # By directive: what mkdocs.yml allows besides what pages hold.
        self._docs_label = docs_label
        self._prefix = request.prefix(language)
        self._kinds: dict[str, ShellKind] = {}
        # By src_uri of the generated file.
        self._placed: dict[str, PlacedPage] = {}
        # By src_uri: the operator's pages in this language's tree.
        self._kind_pages: dict[str, Page] = {}
        self._frame = frame_values(request, language)

    def on_config(self, config: MkDocsConfig) -> None:
        """Read what mkdocs.yml says of the content security policy."""
        self._allowed = read_sources(config.extra.get(SETTING), str(self.request.mkdocs_yml))

    @event_priority(-50)
    def on_files(self, files: Files, config: MkDocsConfig, **_: Any) -> Files:
        """Choose each page's version in this language, give pages their addresses, add one per kind."""
        kept, self._placed = place_pages(files, config, self.request, self.language, self._docs_label)
        for kind in self.request.kinds:
            kept.append(self._kind_file(kind, config))
        return kept

    def _kind_file(self, kind: ShellKind, config: MkDocsConfig) -> File:
        destination = kind.depth_path if kind.served_anywhere else f"{kind.depth_path}index.html"
        source = destination.removesuffix(".html") + ".md"
        file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = self._prefix + destination
        self._kinds[source] = kind
        return file

    @event_priority(-50)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files, **_: Any) -> Navigation:
        """Put the generated pages before the operator's own."""
        by_path = {kind.depth_path: source for source, kind in self._kinds.items()}
        for source, kind in self._kinds.items():
            file = files.get_file_from_path(source)
            if file is None or file.page is None:
                raise ThemeError(f"a plugin in mkdocs.yml has dropped the generated page {source}; take it out")
            self._kind_pages[kind.depth_path] = file.page
        items: list[Page | Link] = []
        for item in self.request.nav:
            title = Markup(escape(self.request.text(item.titles, self.language)))
            if item.path in by_path:
                page = self._kind_pages[item.path]
                if page not in nav.pages:
                    items.append(page)
                elif "title" in vars(page):
                    continue  # mkdocs.yml says where it goes and what it is called.
                page.title = title
            else:
                items.append(Link(title, self._prefix + item.path or "./"))
        nav.items[:0] = items
        nav.pages[:0] = [item for item in items if isinstance(item, Page)]
        nav.homepage = self._kind_pages.get("", nav.homepage)
        return nav

    @event_priority(-50)
    def on_page_content(self, html: str, page: Page, **_: Any) -> str | None:
        """Give a generated page nothing but its slots."""
        kind = self._kinds.get(page.file.src_uri)
        if self.request.edition is not None:
            page.canonical_url = None  # without an address of its own, it would name the public site's page
        if kind is None:
            if isinstance(title := page.meta.get("title"), str):
                page.meta["title"] = escape(title)  # the theme prints it as it is, on every page's navigation
            if isinstance(description := page.meta.get("description"), str):
                page.meta["description"] = description.replace('"', "&quot;")
            return None
        page.meta.update(
            title=slot_token("title"),
            description=slot_token("description"),
            search={"exclude": True},
        )
        page.previous_page = page.next_page = None
        page.edit_url = None
        page.toc = TableOfContents([])
        page.canonical_url = None
        if self._address and not kind.served_anywhere:
            page.canonical_url = self._address + self._prefix + slot_token("path")
        return _BODY

    @event_priority(-50)
    def on_env(self, env: Any, config: MkDocsConfig, files: Files, **_: Any) -> None:
        """Give the frame its words, and fit navigation titles to the language, now that all pages are read."""
        env.globals["noroshi"] = self._frame
        for source, placed in self._placed.items():
            file = files.get_file_from_path(source)
            if file is None or file.page is None:
                continue
            page, version = file.page, placed.version
            self._require_template(source, page, config)
            own_title = page.meta.get("title") or page._title_from_render
            if self.language != self.request.languages[0] and version.language == self.language and own_title:
                page.title = own_title
            elif version.language != self.language and page.title:
                page.title = Markup(f'<span lang="{version.language}">{page.title}</span>')

    def _require_template(self, source: str, page: Page, config: MkDocsConfig) -> None:
        """Refuse a page whose `template` is nowhere, by the page's name; MkDocs names the template alone."""
        name = page.meta.get("template")
        if name is not None and not any(Path(folder, str(name)).is_file() for folder in config.theme.dirs):
            raise ThemeError(
                f"{self._docs_label}/{source}: template: there is no {name!r}; put it into site_templates/theme/, "
                "or correct the name"
            )

    @event_priority(-50)
    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, **_: Any) -> None:
        """Point the language switch at this page's other versions, and show where the page belongs."""
        languages = [
            {
                "name": language_name(language),
                "code": language,
                "link": self.request.prefix(language) + self._path_of(page) or "./",
            }
            for language in self.request.languages
        ]
        context["noroshi"] = self._frame | {
            "generated": page.file.src_uri in self._kinds,
            "languages": languages if len(languages) > 1 else [],
        }
        self._mark_section(page, active=True)

    @event_priority(-100)
    def on_post_page(self, output: str, page: Page, **_: Any) -> str:
        """Finish the page's HTML; keep a generated page's as a shell and let MkDocs write no file for it."""
        self._mark_section(page, active=False)
        html = output
        kind = self._kinds.get(page.file.src_uri)
        addition = self._head_links(page)
        if (edition := self.request.edition) is not None:
            notice, title = (self.request.text(words, self.language) for words in (edition.notice, edition.title))
            html, addition = markup.mark_edition(html, notice, title), markup.NOINDEX + addition
        elif kind is not None and kind.served_anywhere:
            addition = markup.NO_ANSWER + addition
        else:
            addition = self._preview(html, page, kind) + addition
        if kind is None:
            placed = self._placed.get(page.file.src_uri)
            if placed and placed.version.language != self.language:
                html = markup.mark_article_language(html, placed.version.language)
            return with_policy(markup.head_end(html, addition + markup.ALTERNATE_GUARD), self._allowed, _log.warning)
        if html.count(_BODY) != 1 or "</head>" not in html:
            raise ThemeError(
                "the theme's templates do not print a page's content once between <head> and </body>; "
                "see the overrides in theme.custom_dir of mkdocs.yml"
            )
        html = html.replace(_BODY, slot_token("body"))
        html = markup.head_end(html, addition + slot_token("head"))
        if kind.served_anywhere:
            site_path = urlsplit(self.request.base_url or "/").path
            html = markup.absolute_links(html, site_path, page.url)
        html = html.replace(f'href="{slot_token("path")}', f'href="./{slot_token("path")}')
        self.shells[kind.name] = with_policy(markup.tighten(html), self._allowed, _log.warning)
        return ""

    @property
    def page_sources(self) -> dict[str, str]:
        """The operator's pages in this language's tree: site path to source file."""
        return {placed.destination: source for source, placed in self._placed.items()}

    def _path_of(self, page: Page) -> str:
        if page.file.src_uri in self._kinds:
            return slot_token("path")
        placed = self._placed.get(page.file.src_uri)
        return quote(placed.path) if placed else page.url.removeprefix(self._prefix)

    def _head_links(self, page: Page) -> str:
        feeds = "".join(
            markup.feed_link(
                feed.media_type,
                self.request.text(feed.titles, self.language),
                markup.relative_link(self._prefix + feed.path, page.url),
            )
            for feed in self.request.feeds
        )
        kind = self._kinds.get(page.file.src_uri)
        if kind and kind.served_anywhere:
            return feeds
        base = self._address
        links = []
        for language in self.request.languages:
            path = self.request.prefix(language) + self._path_of(page)
            links.append((language, base + path if base else markup.relative_link(path, page.url)))
        return markup.alternate_links(links) + feeds

    @property
    def _address(self) -> str | None:
        """The site's address, where pages may name it: an edition without one of its own has the public site's."""
        return self.request.base_url if self.request.edition is None else None

    def _preview(self, html: str, page: Page, kind: ShellKind | None) -> str:
        return markup.link_preview(
            html,
            site_name=self.request.text(self.request.site_name, self.language),
            language=self.language,
            others=[code for code in self.request.languages if code != self.language],
            address=self._address + self._prefix + self._path_of(page) if self._address else "",
            kind="article" if kind is not None and kind.article else "website",
        )

    def _mark_section(self, page: Page, *, active: bool) -> None:
        kind = self._kinds.get(page.file.src_uri)
        if kind is None:
            return
        section = kind.section
        if section is None:
            begins = [item.path for item in self.request.nav if kind.depth_path.startswith(item.path or "/")]
            section = max(begins, key=len, default=kind.depth_path)
        if shown := self._kind_pages.get(section):
            shown.active = active
