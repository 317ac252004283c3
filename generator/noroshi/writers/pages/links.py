"""Small pieces of safe HTML that views are made of: times, links, texts with their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import MatterKind, Settings
from noroshi.records.texts import Text
from noroshi.text.markdown import markdown_to_html
from noroshi.text.wording import Wording, iso
from noroshi.urls import component_path, matter_path, way


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom a page is written for: a language, and the place of the page that links start from."""

    settings: Settings
    wording: Wording
    path: str
    """The page's path below its language's root."""
    base: str | None = None
    """The language root's absolute address, where links must be absolute, as in feeds."""

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.wording.language

    @property
    def first(self) -> str:
        """The site's first language: that of texts without one."""
        return self.settings.site.languages[0]

    def link(self, target: str) -> str:
        """The link to a page of the same language."""
        return way(self.path, target) if self.base is None else self.base + target

    def say(self, message: str, **values: Markup | str) -> Markup:
        """A message of the catalogue with its values in place, all that is not safe HTML escaped."""
        return escape(message).format(**values)

    def plain(self, text: Text) -> Markup:
        """A plain text, marked with its language where that is not the page's."""
        words, language = text.said_in(self.language, self.first)
        return self._marked("span", escape(words), language)

    def prose(self, text: Text) -> Markup:
        """A Markdown text as blocks, marked with its language where that is not the page's."""
        words, language = text.said_in(self.language, self.first)
        return self._marked("div", Markup(markdown_to_html(words)), language)

    def _marked(self, tag: str, html: Markup, language: str) -> Markup:
        if language == self.language:
            return html
        return Markup("<{0} lang={1}>{2}</{0}>").format(Markup(tag), language, html)

    def moment(self, moment: datetime) -> Markup:
        """A date and time that programs can read too."""
        return Markup('<time datetime="{}">{}</time>').format(iso(moment), self.wording.moment(moment))

    def clock(self, moment: datetime, beside: datetime) -> Markup:
        """A time of day, with its date where that is not the day of ``beside``."""
        same = self.wording.local(moment).date() == self.wording.local(beside).date()
        words = self.wording.clock(moment) if same else self.wording.moment(moment)
        return Markup('<time datetime="{}">{}</time>').format(iso(moment), words)

    def span(self, start: datetime, end: datetime) -> Markup:
        """From when until when."""
        return Markup("{} – {}").format(self.moment(start), self.clock(end, start))

    def length(self, length: timedelta) -> str:
        """A length of time in words."""
        return self.wording.duration(length)

    def matter(self, kind: MatterKind, matter_id: str, title: Text) -> Markup:
        """A link to a matter's page."""
        return Markup('<a href="{}">{}</a>').format(self.link(matter_path(kind, matter_id)), self.plain(title))

    def component(self, component_id: str) -> Markup:
        """A link to a component's page, or its bare id where it has none."""
        known = self.settings.by_id.get(component_id)
        if known is None:
            return escape(component_id)
        return Markup('<a href="{}">{}</a>').format(self.link(component_path(component_id)), self.plain(known.name))

    def level(self, level: ComponentLevel) -> Markup:
        """A component's level as a badge."""
        return Markup('<span class="nr-level nr-level--{}">{}</span>').format(level.value, self.wording.label(level))
