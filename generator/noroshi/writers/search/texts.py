"""A part of the texts that readers search, as their browser loads it: matters of one time, newest first.

Texts stand in them as they are read, each once, and the browser looks through them: so every part of a word is
found, in languages that put no spaces between words as well, and nothing has to be made of all records together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict

from noroshi.records.content import Entry
from noroshi.records.matters import Incident
from noroshi.records.texts import Text
from noroshi.text.markdown import markdown_line, plain_line
from noroshi.text.wording import iso
from noroshi.urls import matter_path
from noroshi.writers.pages.links import Reader
from noroshi.writers.search.own_page import OwnPage
from noroshi.writers.search.passages import passages


class FoundText(TypedDict):
    """A text, and where it stands."""

    text: str
    at: NotRequired[str]
    """The fragment of the page."""
    label: NotRequired[str]
    lang: NotRequired[str]
    """Its language, where that is not the page's."""


class FoundMatter(TypedDict):
    """A matter, in the words of the page's language where there are any."""

    id: str
    link: str
    """From the page where readers search."""
    title: FoundText
    kind: str
    kind_name: str
    severity: NotRequired[str]
    severity_name: NotRequired[str]
    day: str
    """When it began, in the site's zone."""
    time: str
    """The same for programs, in UTC (RFC 3339)."""
    components: list[str]
    """Their ids."""
    names: list[str]
    """Their names."""
    texts: list[FoundText]


class FoundPage(TypedDict):
    """A page that the operator wrote."""

    link: str
    title: FoundText
    texts: list[FoundText]


@dataclass(frozen=True, kw_only=True)
class SearchedMatter:
    """A matter as it is to be found."""

    entry: Entry
    """As the audience may see it."""
    began_at: datetime
    components: tuple[str, ...]
    """The ids of all that it ever concerned."""


def matters_document(matters: Iterable[SearchedMatter], reader: Reader) -> bytes:
    """A part's bytes: a list of :class:`FoundMatter`.

    :param reader: at the page where readers search
    """
    return _bytes([_matter(each, reader) for each in matters])


def pages_document(pages: Iterable[OwnPage], reader: Reader) -> bytes:
    """The operator's own pages: a list of :class:`FoundPage`."""
    found: list[FoundPage] = []
    for page in pages:
        texts: list[FoundText] = [{"text": text, "at": anchor} for anchor, text in page.passages]
        found.append({"link": reader.link(page.path), "title": {"text": page.title}, "texts": texts})
    return _bytes(found)


def _matter(matter: SearchedMatter, reader: Reader) -> FoundMatter:
    entry, words = matter.entry, reader.wording
    record = entry.record
    names = (reader.settings.by_id.get(each) for each in matter.components)
    found: FoundMatter = {
        "id": entry.id,
        "link": reader.link(matter_path(entry.kind, entry.id)),
        "title": _text(record.title, reader),
        "kind": entry.kind.value,
        "kind_name": words.label(entry.kind),
        "day": words.day(words.local(matter.began_at).date()),
        "time": iso(matter.began_at),
        "components": list(matter.components),
        "names": [each.name.said_in(reader.language, reader.first)[0] for each in names if each is not None],
        "texts": [],
    }
    if isinstance(record, Incident):
        found |= {"severity": record.severity.value, "severity_name": words.label(record.severity)}
    for passage in passages(record):
        said = _text(passage.text, reader, markdown=passage.markdown)
        if passage.anchor:
            said |= {"at": passage.anchor, "label": words.gettext(passage.label)}
        found["texts"].append(said)
    return found


def _text(text: Text, reader: Reader, *, markdown: bool = False) -> FoundText:
    words, language = text.said_in(reader.language, reader.first)
    found: FoundText = {"text": markdown_line(words) if markdown else plain_line(words)}
    if language != reader.language:
        found["lang"] = language
    return found


def _bytes(document: object) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n".encode()
