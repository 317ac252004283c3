"""Texts: what people say, in one language or several."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from noroshi.records.refusal import a_word, refusal, shown


@dataclass(frozen=True, slots=True)
class Text:
    """What a person says, in one language or several."""

    words: tuple[tuple[str, str], ...]
    """Pairs of language code and words; a plain string has the code ``""``, the site's first language."""

    def __reduce__(self) -> tuple[type[Text], tuple[object]]:
        """Stored as a call, at a quarter of the time that a dataclass with slots takes to be read back."""
        return Text, (self.words,)

    def said_in(self, language: str, first: str) -> tuple[str, str]:
        """The words for readers of ``language`` and the language they are in.

        A text without a translation comes in the site's first language, else in the first one it has.
        """
        found = self.words[0]
        for pair in self.words:
            code = pair[0] or first
            if code == language:
                return pair[1], language
            if code == first:
                found = pair
        return found[1], found[0] or first


LANGUAGE_CODE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language's code (BCP 47)."""


# Codes of countries that people write for languages, and that are no language's code (ISO 639-1).
_COUNTRIES = {"jp": "ja", "cn": "zh", "us": "en", "gb": "en"}


def _text(value: object, tidy: Callable[[str], str]) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, list):
        raise refusal(
            "wrong-type",
            found="a list stands here",
            allowed="a text, or texts by language",
            advice="write 'text', or {ja: …, en: …}",
        )
    pairs = value.items() if isinstance(value, dict) else [("", value)]
    words = []
    for code, said in pairs:
        if code in _COUNTRIES:
            raise refusal(
                "language",
                found=f"{shown(code)} is a country's code",
                allowed="language codes such as ja and en",
                advice=f"write {_COUNTRIES[code]}",
            )
        if code and not LANGUAGE_CODE.fullmatch(code):
            raise refusal(
                "language",
                found=f"{shown(code)} is no language code",
                allowed="codes such as ja and en",
                advice="write {ja: …, en: …}; inside braces a text with a comma needs quotes",
            )
        said = tidy(a_word(said, "a text, or texts by language"))
        if not said:
            raise refusal(
                "empty-value",
                found="the text is empty",
                allowed="a text of at least one character",
                advice="write the text, or delete the key",
            )
        words.append((code, said))
    if not words:
        raise refusal(
            "empty-value",
            found="no text stands here",
            allowed="a text of at least one character",
            advice="write the text, or delete the key",
        )
    return Text(tuple(words))


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


_TEXT_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"type": "string", "minLength": 1},
            },
        ]
    }
)

Prose: TypeAlias = Annotated[Text, PlainValidator(lambda value: _text(value, _lines)), _TEXT_SCHEMA]
"""A text of any length: Markdown in reports' ``text``, plain elsewhere."""

Line: TypeAlias = Annotated[Text, PlainValidator(lambda value: _text(value, _one_line)), _TEXT_SCHEMA]
"""A text that stands on one line, such as a title: line ends and runs of spaces become one space."""
