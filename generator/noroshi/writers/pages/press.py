"""The press: a page's body into its shell, as the bytes of a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from markupsafe import Markup, escape

from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.records.matters import Matter
from noroshi.snapshot.near import Near
from noroshi.snapshot.state import State
from noroshi.text.markdown import excerpt
from noroshi.text.wording import wording_of
from noroshi.urls import language_root, matter_path, page_file
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.record import record_view, render_record
from noroshi.writers.pages.templates import Templates

DESCRIPTION_LENGTH = 150
"""The length of a page's description for search engines, in characters."""


SHELLS = {
    MatterKind.INCIDENT: "record",
    MatterKind.MAINTENANCE: "maintenance",
    MatterKind.COMMITMENT: "commitment",
}
"""The shell of each kind of matter's page."""


class PageShell(Protocol):
    """What a theme gives: a page with holes."""

    def fill_bytes(self, **slots: str) -> bytes:
        """The page with ``title``, ``description``, ``head``, ``body`` and ``path`` filled in, in UTF-8."""


class Press:
    """All that is the same for every page of a site: settings, shells, templates."""

    def __init__(
        self, settings: Settings, shells: Mapping[tuple[str, str], PageShell], templates: Templates, now: datetime
    ) -> None:
        """:param shells: by language and kind of page
        :param now: the time at which promises are judged
        """
        self.now = now
        self.settings = settings
        self.templates = templates
        self._shells = shells
        site = settings.site
        said = site.description or site.name
        self._descriptions = {language: said.said_in(language, site.languages[0])[0] for language in site.languages}
        self.wordings = {language: wording_of(settings, language) for language in settings.site.languages}

    def reader(self, language: str, path: str, base: str | None = None) -> Reader:
        """The reader of the page at ``path`` below a language's root."""
        return Reader(settings=self.settings, wording=self.wordings[language], path=path, base=base)

    def file(self, language: str, path: str) -> str:
        """The file of the page at ``path`` below a language's root."""
        return language_root(language, self.settings.site.languages) + page_file(path)

    def page(self, kind: str, reader: Reader, *, title: str, description: str, body: str, head: str = "") -> bytes:
        """A page's bytes.

        :param kind: the shell's name
        :param title: plain text
        :param description: plain text, a sentence or two; the site's own stands in for an empty one
        :param body: safe HTML
        """
        shell = self._shells[reader.language, kind]
        return shell.fill_bytes(
            title=str(escape(title)),
            description=str(escape(description or self._descriptions[reader.language])),
            head=head,
            body=body,
            path=reader.path,
        )

    def matter(self, language: str, entry: Entry, state: State, near: Near) -> bytes:
        """The page of a matter in one language."""
        record = entry.record
        reader = self.reader(language, matter_path(entry.kind, entry.id))
        languages = self.settings.site.languages
        other = next((code for code in languages if code != language), None)
        beside = self.reader(other, reader.path) if other else None
        view = record_view(entry, state, reader, beside=beside, near=near, now=self.now)
        title = record.title.said_in(language, languages[0])[0]
        body = Markup(render_record(view, reader, self.templates))
        return self.page(SHELLS[entry.kind], reader, title=title, description=_description(record, reader), body=body)


def _description(record: Matter, reader: Reader) -> str:
    """The beginning of the last report."""
    spoken = [report.text for report in record.reports if report.text and not report.withdrawn]
    if not spoken:
        return ""
    # The first paragraph says it, and is seldom more than plain text, which needs no parser.
    words = spoken[-1].said_in(reader.language, reader.first)[0].partition("\n\n")[0]
    return excerpt(words, DESCRIPTION_LENGTH)
