"""From the facts of a matter or a report to the data of its YAML: each key in its place, in the format's order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from noroshi.records.choices import ReportKind
from noroshi.records.content import MatterKind
from noroshi.records.words import MAX_NAME, check_name
from noroshi.yamlsource.emit import Bare, Emittable

_OPENING: Mapping[MatterKind, tuple[str, ...]] = MappingProxyType(
    {
        MatterKind.INCIDENT: (
            *("title", "severity", "components", "caused_by", "started_at", "detected", "not_affected"),
        ),
        MatterKind.MAINTENANCE: (
            *("title", "components", "window", "reason", "rollback", "not_affected", "agreements", "emergency"),
        ),
        MatterKind.COMMITMENT: ("title", "client", "from", "until", "needs", "keep_clear", "visibility"),
    }
)
REPORT_KEYS: tuple[str, ...] = (
    *("kind", "at", "by", "corrects", "cancelled", "window"),
    *("started_at", "recovered_at", "ended_at", "severity", "components", "caused_by", "result", "outcome", "text"),
    *("workaround", "recovery", "expected", "next_report", "not_affected", "confirmed_by", "lasting_effects"),
    *("cause", "undetected_because", "actions", "withdrawn", "edited"),
)
"""The keys of a report, in the order in which a person reads them: what it is, what it changes, what it says."""


def opening_keys(kind: MatterKind) -> tuple[str, ...]:
    """The keys of a matter's opening facts, in their order."""
    return _OPENING[kind]


def report_data(kind: ReportKind, at: str, facts: Mapping[str, Emittable]) -> dict[str, Emittable]:
    """A report's data.

    :param at: when it is made, as the content spells it
    """
    data = in_order({"kind": kind.value, "at": at} | dict(facts), REPORT_KEYS)
    return {key: _as_people_write(key, value) for key, value in data.items()}


_DAYS = frozenset({"due", "check_effect_by", "done", "effect_checked", "answer_by"})


def _as_people_write(key: str, value: Emittable) -> Emittable:
    """The value with days and numbers bare, where the format has such."""
    if isinstance(value, str):
        bare = (key in _DAYS and _DAY.match(value)) or (key == "corrects" and _NUMBER.match(value))
        return Bare(value) if bare or (key == "cancelled" and value == "true") else value
    if isinstance(value, Mapping):
        return {inner: _as_people_write(inner, each) for inner, each in value.items()}
    return [_as_people_write(key, each) for each in value]


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NUMBER = re.compile(r"[1-9][0-9]*\Z")


def record_data(
    kind: MatterKind, facts: Mapping[str, Emittable], first: ReportKind | None, at: str
) -> dict[str, Emittable]:
    """A new record's data with its first report: whatever the opening facts have no key for, the report tells.

    :param first: the kind of that report; None for a record without one
    """
    opening = {key: value for key, value in facts.items() if key in _OPENING[kind]}
    told = {key: value for key, value in facts.items() if key not in _OPENING[kind]}
    data = in_order(opening, _OPENING[kind])
    if first is not None:
        data["reports"] = [report_data(first, at, told)]
    else:
        data |= told
    return data


def in_order(facts: Mapping[str, Emittable], order: Iterable[str]) -> dict[str, Emittable]:
    """The facts in this order; those that it does not know come last, for the reader to refuse by name."""
    known = {key: facts[key] for key in order if key in facts}
    return known | {key: value for key, value in facts.items() if key not in known}


def proposed_id(day: date, titles: Iterable[str], fallbacks: Iterable[str], taken: Collection[str]) -> str:
    """An id that no record has: the day, and the first of these words that ASCII can spell.

    :param titles: the title in each language
    :param fallbacks: what names it otherwise, such as components; the last one is an ASCII word
    :param taken: the ids of all records, in small letters
    """
    words = [slug for title in titles if _spells(title) and (slug := _slug(title))]
    words += [slug for name in fallbacks if (slug := _slug(name))]
    base = f"{day.isoformat()}-{words[0]}"
    number, found = 1, base
    while found.lower() in taken or check_name(found) is not None:
        number += 1
        found = f"{base}-{number}"
    return found


def _spells(title: str) -> bool:
    """Whether a slug would keep the sense of a title: what is left of Japanese, such as ``db``, would not."""
    letters = [character for character in title if character.isalpha()]
    return bool(letters) and sum(character.isascii() for character in letters) * 2 > len(letters)


_LONGEST_SLUG = 40


def _slug(words: str) -> str:
    """The words in small ASCII letters, digits and ``-``, cut where a word ends."""
    slug = re.sub("[^a-z0-9]+", "-", words.lower().replace("'", "")).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug[:MAX_NAME].strip("-")
