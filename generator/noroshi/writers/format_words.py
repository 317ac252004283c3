"""What an editor shows of the format in Japanese and English: the words of the source, and their translation."""

from __future__ import annotations

import gettext
from enum import StrEnum
from functools import cache
from typing import Any

from noroshi.text.labels import label_of
from noroshi.text.wording import CATALOGUES, shipped_catalogue

DOMAIN = "format"
"""The catalogue of these words: what pages say is another one."""


def in_both(schema: Any) -> Any:
    """A schema with each description in Japanese and, below, in English.

    :raises OSError: the package was installed without its catalogue
    """
    if isinstance(schema, dict):
        return {
            key: _both(value) if key == "description" and isinstance(value, str) else in_both(value)
            for key, value in schema.items()
        }
    return [in_both(each) for each in schema] if isinstance(schema, list) else schema


def _both(note: str) -> str:
    return "\n\n".join(dict.fromkeys((japanese(note), note)))


def japanese(note: str) -> str:
    """The words in Japanese; the same where they have no translation."""
    return _catalogue().gettext(note) if note else ""


def choice_notes(kind: type[StrEnum]) -> list[str]:
    """What each word of a choice is called on pages, in both languages; empty where readers never meet them."""
    try:
        labels = [label_of(member) for member in kind]
    except KeyError:
        return []
    return [" / ".join(dict.fromkeys((shipped_catalogue("ja").gettext(label), label))) for label in labels]


@cache
def _catalogue() -> gettext.NullTranslations:
    with (CATALOGUES / "ja" / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
