"""A catalogue for translators: every message of the program, and what a site says in place of it so far."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from noroshi.text.dates import cldr_name
from noroshi.text.wording import CATALOGUES

TEMPLATE = CATALOGUES / "noroshi.pot"
"""Every message of the program, without words in any other language."""


@cache
def template() -> Catalog:
    """The shipped template catalogue."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def catalogue_text(language: str, before: bytes | None) -> bytes:
    """A catalogue to translate into: every message of the program, with the words that are there already.

    :param language: one that CLDR knows
    :param before: the site's catalogue so far, readable; its words are kept, and those of messages that are gone stand
        at the end as ``#~``. None where there is none: then the program's own words of that language stand in it
    """
    source = _source(language) if before is None else read_po(BytesIO(before))
    catalogue = Catalog(locale=cldr_name(language), fuzzy=False) if source is None else source
    catalogue.update(template(), no_fuzzy_matching=True, keep_user_comments=True)
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, omit_header=True)
    messages = buffer.getvalue().strip()
    head = _head(language) if before is None else before[: _end_of_head(before)]
    return head.rstrip() + b"\n\n" + messages + b"\n"


def _head(language: str) -> bytes:
    known = Catalog(locale=cldr_name(language))
    return (
        "# The words of this site's pages. What stays empty is said in the program's own words.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {known.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    ).encode()


def _end_of_head(data: bytes) -> int:
    """Where the entry with the empty message ends: at the first empty line behind it."""
    begun = data.find(b'msgid ""')
    ended = re.compile(rb"\r?\n[ \t]*\r?\n").search(data, max(begun, 0))
    return ended.start() if begun >= 0 and ended else 0


def _source(language: str) -> Catalog | None:
    place = CATALOGUES / language / "LC_MESSAGES" / "noroshi.po"
    if not place.is_file():
        return None
    with place.open("rb") as file:
        return read_po(file)
