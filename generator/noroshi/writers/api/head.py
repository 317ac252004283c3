"""What every document of the API begins with, and how one matter is named in another's."""

from __future__ import annotations

from typing import Literal, TypedDict

from noroshi.records.content import MatterKind
from noroshi.writers.api.values import Address, Id, Texts

Format = Literal[1]
FORMAT: Format = 1
"""The documents' version: it rises when a key changes its meaning or goes, not when one is added."""

_Schema = TypedDict("_Schema", {"$schema": Address})


class Head(_Schema):
    """What every document begins with."""

    format: Format
    """The version of the documents: it rises when a key goes or changes its meaning, not when one is added."""


class Link(TypedDict):
    """A matter, and where more is told of it."""

    id: Id
    kind: MatterKind
    title: Texts
    url: Address
    """Its page, in the site's first language."""
    json: Address
    """Its document."""
