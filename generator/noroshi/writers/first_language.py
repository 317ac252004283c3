"""Texts for the house, as the site's first language has them."""

from __future__ import annotations

from noroshi.records.content import Settings
from noroshi.records.texts import Text


def first_words(text: Text, settings: Settings) -> str:
    """A text as the site's first language has it."""
    first = settings.site.languages[0]
    return text.said_in(first, first)[0]
