"""Search: the page, and the texts that it looks through, in parts of a few matters each.

A part is made anew where a matter in it changed, so one changed record costs one part. The hands print the parts, of
the records that they have read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from noroshi.endpoints import SEARCH, SEARCH_PAGES, search_part_file
from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.own_templates import SEARCH_SCRIPT
from noroshi.pipeline.printing.plan import Plan
from noroshi.pipeline.reading.content import SourceFile
from noroshi.records.content import Entry, MatterKind
from noroshi.snapshot.state import State
from noroshi.urls import language_root
from noroshi.writers.pages.press import Press
from noroshi.writers.pages.search import render_search, search_view
from noroshi.writers.search.own_page import OwnPage, read_own_page
from noroshi.writers.search.texts import SearchedMatter, matters_document, pages_document

PART = 50
"""How many matters a part holds. Fewer cost the reader more requests, more cost a build more reading: a changed record
makes its part anew, of which each other record has to be read (1 ms)."""


@dataclass(frozen=True, kw_only=True)
class SearchJob:
    """A part of the texts that is to be printed."""

    number: int
    languages: tuple[str, ...]
    """The languages whose file does not stand already."""
    matters: tuple[tuple[SourceFile, datetime, tuple[str, ...]], ...]
    """The file of each matter, when it began, and the ids of its components; newest first."""

    @property
    def source(self) -> SourceFile:
        """A record that it needs: who has read that one has probably read the others."""
        return self.matters[0][0]


def plan_search_texts(
    materials: Materials, sources: Mapping[str, SourceFile], stands: Callable[[str, bytes], bool]
) -> Iterator[SearchJob]:
    """The parts that are to be printed.

    :param sources: the records' files by id
    :param stands: whether a file of this key stands as it was published
    """
    languages = materials.snapshot.settings.site.languages
    roots = {language: language_root(language, languages) for language in languages}
    for number, states in enumerate(_parts(materials), 1):
        key = materials.keys.of("search", states=states)
        file = search_part_file(number)
        missing = tuple(language for language in languages if not stands(roots[language] + file, key))
        if missing:
            yield SearchJob(
                number=number,
                languages=missing,
                matters=tuple((sources[state.id], state.began_at, state.components) for state in states),
            )


def _parts(materials: Materials) -> list[tuple[State, ...]]:
    """Which matters stand in which part, each newest first; the oldest part first, so that what is new moves none."""
    states = materials.snapshot.states
    return [tuple(states[max(end - PART, 0) : end]) for end in range(len(states), 0, -PART)]


class SearchPress:
    """Prints parts of the texts, one after the other."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def documents(self, job: SearchJob, entry_of: Callable[[SourceFile], Entry | None]) -> Iterator[tuple[str, bytes]]:
        """The files of a part and their bytes.

        :param entry_of: a record as the audience may see it
        """
        matters = [
            SearchedMatter(entry=entry, began_at=began_at, components=components)
            for source, began_at, components in job.matters
            if (entry := entry_of(source)) is not None
        ]
        for language in job.languages:
            root = language_root(language, self._press.settings.site.languages)
            data = matters_document(matters, self._press.reader(language, SEARCH))
            yield f"{root}{search_part_file(job.number)}", data


def plan_search_page(materials: Materials, language: str) -> Iterator[Plan]:
    """The page where readers search, in one language."""
    press, snapshot = materials.press, materials.snapshot
    reader = press.reader(language, SEARCH)
    parts = -(-len(snapshot.states) // PART)
    commitments = any(state.kind is MatterKind.COMMITMENT for state in snapshot.states)

    def make() -> bytes:
        view = search_view(reader, SEARCH_SCRIPT, parts=parts, pages=bool(materials.own_pages), commitments=commitments)
        title = reader.wording.gettext("Search")
        body = render_search(view, reader, press.templates)
        return press.page("search", reader, title=title, description="", body=body)

    key = materials.keys.of("search-page", str(parts), str(bool(materials.own_pages)), str(commitments))
    yield Plan(file=press.file(language, SEARCH), key=key, make=make)


def plan_search_pages(materials: Materials) -> Iterator[Plan]:
    """The texts of the operator's own pages, in every language."""
    languages = materials.snapshot.settings.site.languages
    if not materials.own_pages:
        return
    read = {file: place.read_bytes() for file, place in sorted(materials.own_pages.items())}
    others = tuple(language_root(language, languages) for language in languages[1:])
    for language in languages:
        root = language_root(language, languages)
        mine = {
            file.removeprefix(root).removesuffix("index.html"): data
            for file, data in read.items()
            if (file.startswith(root) if root else not file.startswith(others))
        }
        digests = (blake2b(data, digest_size=16).hexdigest() for data in mine.values())

        def make(mine: Mapping[str, bytes] = mine, language: str = language) -> bytes:
            return pages_document(_own(mine), materials.press.reader(language, SEARCH))

        yield Plan(file=f"{root}{SEARCH_PAGES}", key=materials.keys.of("search-pages", *mine, *digests), make=make)


def _own(pages: Mapping[str, bytes]) -> Iterator[OwnPage]:
    for path, data in pages.items():
        yield read_own_page(path, data.decode("utf-8", "replace"))
