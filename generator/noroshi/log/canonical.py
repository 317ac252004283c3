"""The canonical form of what was said: equal where the same was said, however it is spelled in YAML.

A record or a report becomes pairs of a path and a value, sorted by path. Nothing of YAML's style is in it: not the
order of keys, quotes, line ends, comments, nor keys that say what holds without them. Of texts words count, as
:mod:`noroshi.log.words` has them; of times the moment counts and not its offset.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any, TypeAlias

from noroshi.log.words import canonical_text
from noroshi.records.base import Record
from noroshi.records.durations import Duration
from noroshi.records.texts import Text

Pair: TypeAlias = tuple[str, str]
"""A path such as ``actions.0.due`` and what stands there; a text's path ends in its language, ``text[ja]``."""


def pairs_of(record: Record, first: str, without: Collection[str] = ()) -> tuple[Pair, ...]:
    """What a record, or a part of one, says.

    :param first: the site's first language, which a text without a language is in
    :param without: keys at its top that are left out
    """
    found: list[Pair] = []
    _fields(found, "", record, first, without)
    found.sort()
    return tuple(found)


def digest_of(pairs: Iterable[Pair], texts: Collection[str] | None = None) -> bytes:
    """The SHA-256 of these pairs: 32 bytes.

    It is that of the JSON array of all ``[path, value]``, sorted by path, without spaces, as UTF-8.

    :param texts: the paths of the texts that count; None for all of them. So what was digested before a translation was
        added can be digested again.
    """
    if texts is not None:
        pairs = [pair for pair in pairs if not is_text(pair[0]) or pair[0] in texts]
    quoted = encode_basestring
    return sha256(f"[{','.join([f'[{quoted(path)},{quoted(value)}]' for path, value in pairs])}]".encode()).digest()


def facts_of(pairs: Iterable[Pair]) -> bytes:
    """The SHA-256, made as :func:`digest_of` does, of all that is no text and no mark of having been mended.

    Equal where nothing but words differs.
    """
    return digest_of(
        [pair for pair in pairs if not is_text(pair[0]) and not pair[0].startswith(("edited.", "withdrawn."))]
    )


def is_text(path: str) -> bool:
    """Whether words for people stand there, in a language that the path names."""
    return path.endswith("]")


def text_paths(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """The paths of the texts among the pairs, in order."""
    return tuple(path for path, _ in pairs if is_text(path))


def _fields(found: list[Pair], prefix: str, record: Record, first: str, without: Collection[str] = ()) -> None:
    values = record.__dict__
    for name, key, default in _keys(type(record)):
        value = values[name]
        if value is None or (default is not None and value == default) or key in without:
            continue
        _value(found, prefix + key, value, first)


@cache
def _keys(kind: type[Record]) -> tuple[tuple[str, str, Any], ...]:
    """The attribute, the key in YAML and what holds without it, of each field."""
    return tuple(
        (name, field.alias or name, field.get_default(call_default_factory=True, validated_data={}))
        for name, field in kind.model_fields.items()
    )


def _value(found: list[Pair], path: str, value: Any, first: str) -> None:
    word = _WORDS.get(type(value))
    if word is not None:
        found.append((path, word(value)))
    elif isinstance(value, Text):
        for code, words in value.words:
            found.append((f"{path}[{code or first}]", canonical_text(words)))
    elif isinstance(value, Record):
        before = len(found)
        _fields(found, f"{path}.", value, first)
        if len(found) == before:  # that it stands there at all, where it says nothing more
            found.append((path, ""))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _value(found, f"{path}.{key}", inner, first)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            _value(found, f"{path}.{index}", inner, first)
    elif isinstance(value, StrEnum):
        found.append((path, value.value))
    else:  # a type of value that records gained since: its form has to be decided here
        raise TypeError(f"{type(value).__name__} has no canonical form")


def moment_word(moment: datetime) -> str:
    """A moment as the log writes it: ``2026-06-18T12:52:00Z`` (RFC 3339, in UTC, to the second)."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def _length_word(duration: Duration) -> str:
    length = duration.length
    return str(duration) if length is None else f"{int(length.total_seconds()) // 60}m"


_WORDS: Mapping[type, Callable[[Any], str]] = {
    datetime: moment_word,
    date: date.isoformat,
    bool: lambda value: "true" if value else "false",
    int: str,
    str: canonical_text,
    Duration: _length_word,
}
"""How a single value is written, by its type."""
