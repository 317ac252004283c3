"""What all documents of the API are written with: addresses, times and texts, and a document's bytes."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import overload

from noroshi.endpoints import API_SCHEMA, matter_document_file
from noroshi.records.base import Window
from noroshi.records.content import MatterKind
from noroshi.records.site import Site
from noroshi.records.texts import Text
from noroshi.snapshot import state as states
from noroshi.snapshot.state import State
from noroshi.text.wording import iso
from noroshi.urls import absolute_root, matter_guid, matter_path, report_anchor
from noroshi.writers.api.head import Head, Link
from noroshi.writers.api.values import Span

# Without spaces: there is one for each matter. Nothing in them holds itself, so nothing is looked up for that.
_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def document_bytes(document: Head) -> bytes:
    """A document's file, ended by a line end."""
    return f"{_ENCODE(document)}\n".encode()


class Names:
    """How one site's documents name things: its addresses, its permanent names, its texts."""

    def __init__(self, site: Site) -> None:
        self.first = site.languages[0]
        self.roots = {code: absolute_root(site.url, code, site.languages) for code in site.languages}
        self.root = self.roots[self.first]
        self.schema = self.file(API_SCHEMA)
        self._identity = site.id

    def file(self, path: str) -> str:
        """The address of a file or page at a path below the site's root, where the first language is."""
        return self.root + path

    def report(self, url: str, number: int) -> str:
        """The address of a report on its matter's page.

        :param url: the page's
        """
        return f"{url}#{report_anchor(number)}"

    def guid(self, matter_id: str) -> str:
        """A matter's permanent name; that of a report ends in its number, after a slash."""
        return matter_guid(self._identity, matter_id)

    def texts(self, text: Text) -> dict[str, str]:
        """A text by language; one that names none is in the site's first."""
        return {code or self.first: words for code, words in text.words}

    def told(self, text: Text | None) -> dict[str, str] | None:
        """A text that may be missing."""
        return None if text is None else {code or self.first: words for code, words in text.words}

    def link(self, matter: State) -> Link:
        """A matter in another's document."""
        return {
            "id": matter.id,
            "kind": matter.kind,
            "title": self.texts(matter.title),
            "url": self.root + matter_path(matter.kind, matter.id),
            "json": self.root + matter_document_file(matter.kind, matter.id),
        }

    def pages(self, kind: MatterKind, matter_id: str) -> dict[str, str]:
        """A matter's page in every language."""
        path = matter_path(kind, matter_id)
        return {code: root + path for code, root in self.roots.items()}


@overload
def moment(when: datetime) -> str: ...
@overload
def moment(when: datetime | None) -> str | None: ...
def moment(when: datetime | None) -> str | None:
    """A time that may be missing."""
    return None if when is None else iso(when)


def day(when: date | None) -> str | None:
    """A day that may be missing."""
    return None if when is None else when.isoformat()


def deadline(when: date | datetime) -> str:
    """A time, or a day where that was promised."""
    return iso(when) if isinstance(when, datetime) else when.isoformat()


def span(told: states.Span) -> Span:
    """From one time until another."""
    return {"from": iso(told.start), "until": iso(told.end)}


def window(told: Window | None) -> Span | None:
    """A planned time, as it was written."""
    return None if told is None else {"from": iso(told.from_), "until": iso(told.until)}
