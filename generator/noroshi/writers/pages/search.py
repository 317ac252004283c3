"""The page where readers search: a form that its script brings to life, and the words that the script says."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from noroshi.endpoints import SEARCH_PAGES, search_part_file
from noroshi.records.content import MatterKind
from noroshi.records.settings import Component
from noroshi.urls import HISTORY, language_root, way
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.templates import Templates

LONGEST_QUERY = 200
"""In characters: longer than any title should be."""


@dataclass(frozen=True, kw_only=True)
class SearchView:
    """The page, finished for its template."""

    setup: str
    """What the script has to know, as JSON: where the texts lie, how many parts there are, and what it says."""
    script: str
    """The link to the script."""
    history: str
    """The link to what can be read without it."""
    kinds: tuple[tuple[str, Markup], ...]
    """The kinds of matter to choose from: the word in the address, and the name."""
    components: tuple[tuple[str, str, str | None], ...]
    """The components to choose from: id, name, and the name's language where that is not the page's."""
    longest: int


def search_view(reader: Reader, script: str, *, parts: int, pages: bool, commitments: bool) -> SearchView:
    """The page for a site.

    :param script: the script's file, below the site's root
    :param parts: how many parts the texts have
    :param pages: whether the operator wrote pages, too
    :param commitments: whether readers may know of any commitment
    """
    kinds = [kind for kind in MatterKind if commitments or kind is not MatterKind.COMMITMENT]
    own = language_root(reader.language, reader.settings.site.languages) + reader.path
    return SearchView(
        setup=json.dumps(_setup(reader, parts, pages=pages), ensure_ascii=False, separators=(",", ":")),
        script=way(own, script),
        history=reader.link(HISTORY),
        kinds=tuple((kind.value, reader.label(kind)) for kind in kinds),
        components=tuple(_component(each, reader) for each in reader.settings.components),
        longest=LONGEST_QUERY,
    )


def _component(component: Component, reader: Reader) -> tuple[str, str, str | None]:
    name, language = component.name.said_in(reader.language, reader.first)
    return component.id, name, None if language == reader.language else language


def _setup(reader: Reader, parts: int, *, pages: bool) -> dict[str, object]:
    words = reader.wording
    _ = words.gettext

    return {
        "locale": words.dates.locale,
        "parts": [reader.link(search_part_file(number)) for number in range(parts, 0, -1)],
        "pages": reader.link(SEARCH_PAGES) if pages else None,
        "searching": _("Searching …"),
        "none": _("Nothing was found."),
        "pages_only": _("No record was found."),
        "all": words.counted("{n} found, newest first.", "{n} found, newest first."),
        "some": words.counted(
            "{n} found so far, newest first. What began before {day} has not been searched yet.",
            "{n} found so far, newest first. What began before {day} has not been searched yet.",
        ),
        "own": words.counted("{n} page.", "{n} pages."),
        "failed": _("The texts could not be loaded. Check your connection and try again."),
    }


def render_search(view: SearchView, reader: Reader, templates: Templates) -> str:
    """The page's body as HTML."""
    return templates.render("search.html", reader.wording, view=view)
