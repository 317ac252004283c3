"""What people say on a command line or at a prompt, taken for what the content holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from noroshi.problems import StatedError
from noroshi.records.refusal import half_width, nearest, shown
from noroshi.records.words import NAME_ALLOWED, check_name
from noroshi.text.fact_times import deadline_spelled, end_said
from noroshi.text.said_times import Lean, UnsaidError, moment_said
from noroshi.yamlsource.emit import Emittable
from noroshi.yamlsource.encoding import UNPRINTABLE


class Unfit(StatedError):  # noqa: N818 (an answer that cannot be taken, and is asked for again)
    """What was said cannot be taken; the message says why, and what can."""


def take_moment(word: str, now: datetime, zone: ZoneInfo, lean: Lean) -> datetime:
    """A time.

    :param now: what relative times count from
    :raises Unfit: it is none
    """
    try:
        return moment_said(word, now, zone, lean)
    except UnsaidError as error:
        raise Unfit(str(error)) from None


def take_deadline(word: str, now: datetime, zone: ZoneInfo, lean: Lean = Lean.FUTURE) -> str:
    """A day or a time by which something will be done, as the content spells it.

    :raises Unfit: it is none
    """
    try:
        return deadline_spelled(word, now, zone, lean)
    except UnsaidError as error:
        raise Unfit(str(error)) from None


def take_day(word: str, now: datetime, zone: ZoneInfo) -> str:
    """A day that has come, as the content spells it.

    :raises Unfit: it is none, or a time of day stands with it
    """
    said = take_deadline(word, now, zone, Lean.PAST)
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise Unfit(f"{shown(word)} has a time of day; write a day, such as 2026-06-26 or today") from None


def take_end(word: str, start: datetime, zone: ZoneInfo) -> datetime:
    """When something ends: a time, or how long it takes.

    :raises Unfit: it is neither
    """
    try:
        return end_said(word, start, zone)
    except UnsaidError as error:
        raise Unfit(str(error)) from None


def take_text(words: Sequence[str], languages: Sequence[str]) -> Emittable:
    """A text: in the site's first language or, behind ``en=``, in another of its languages.

    :raises Unfit: nothing is said, or something twice
    """
    said: dict[str, str] = {}
    for each in words:
        code, equals, rest = each.partition("=")
        language, text = (code, rest) if equals and code in languages else (languages[0], each)
        if not text.strip():
            raise Unfit("the text is empty; write it, or leave the option out")
        if half_width(text) == "?":
            raise Unfit("'?' tells readers nothing; write what is known, or leave it out")
        refuse_unprintable(text)
        if language in said:
            raise Unfit(f"it is said twice in {language!r}; give each language once, others as in 'en=Down'")
        said[language] = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if list(said) == [languages[0]]:
        return said[languages[0]]
    return {code: said[code] for code in languages if code in said}


def refuse_unprintable(words: str) -> None:
    """What no content can hold, such as half a character of another encoding.

    :raises Unfit: it is there
    """
    wrong = UNPRINTABLE.search(words)
    if wrong is not None:
        raise Unfit(f"the character U+{ord(wrong[0]):04X} cannot stand here; take it out")


def take_choice(word: str, words: type[StrEnum], labels: Mapping[str, str]) -> str:
    """One of a few words: the word itself, its number in the list, or what it is called.

    :param labels: what each is called, by word
    :raises Unfit: it is none of them
    """
    said = half_width(word)
    known = [member.value for member in words]
    if said.isdigit() and 1 <= int(said) <= len(known):
        return known[int(said) - 1]
    plain = said.lower().replace(" ", "_").replace("-", "_")
    for value in known:
        if plain == value or said.lower() == half_width(labels.get(value, value)).lower():
            return value
    hint = nearest(word, known)
    raise Unfit(f"{shown(word)} is not among the choices; allowed: {', '.join(known)}" + (f"; {hint}" if hint else ""))


def take_names(words: Sequence[str], known: Mapping[str, Sequence[str]], what: str) -> list[str]:
    """Ids that are there: as ids, numbers in the list, or names, with spaces or commas between them.

    A name of several words is taken before its first word alone.

    :param known: by id what each is called, in the site's languages
    :param what: what has no such id, in a message
    :raises Unfit: one is not there
    """
    ids = list(known)
    called = {str(number): each for number, each in enumerate(ids, 1)}
    called |= {_plain(name): each for each in reversed(ids) for name in (*known[each], each)}
    found: list[str] = []
    for part in re.split("[,、，]", " ".join(words)):
        rest = part.split()
        while rest:
            ends = (end for end in range(len(rest), 0, -1) if _plain(" ".join(rest[:end])) in called)
            end = next(ends, 0)
            if not end:
                word = half_width(rest[0])
                hint = nearest(word, ids) or f"there are: {', '.join(ids) or 'none yet'}"
                raise Unfit(f"no {what} has the id {shown(word)}; {hint}")
            exact = half_width(" ".join(rest[:end]))
            found.append(exact if exact in known else called[_plain(exact)])
            rest = rest[end:]
    return list(dict.fromkeys(found))


def _plain(name: str) -> str:
    return " ".join(half_width(name).lower().split())


def take_id(word: str) -> str:
    """An id.

    :raises Unfit: it cannot be one
    """
    name = half_width(word)
    reason = check_name(name)
    if reason is not None:
        raise Unfit(f"{reason[0]}; {NAME_ALLOWED}; {reason[1]}")
    return name


def take_numbers(words: Sequence[str], count: int) -> list[str]:
    """The numbers of reports that are there, as the content spells them.

    :param count: how many reports there are
    :raises Unfit: there is none of such a number
    """
    found = [half_width(each) for each in re.split(r"[\s,、]+", " ".join(words).strip())]
    for number in found:
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= count):
            raise Unfit(f"there is no report {shown(number)}; this record has reports 1 to {count}")
    return list(dict.fromkeys(str(int(number)) for number in found))


_PART = re.compile(r"\s*[;；]\s*(?=(?:owner|due|check|type)=)")


def take_action(word: str, now: datetime, zone: ZoneInfo) -> dict[str, Emittable]:
    """A new action: ``disk-check=what will be done; owner=infra; due=2026-06-26; check=2026-07-31; type=permanent``.

    Without its type it is permanent.

    :raises Unfit: it is none
    """
    form = "write ID=WHAT; owner=ROLE; due=DAY; check=DAY; type=permanent or interim (check and type may be left out)"
    first, *rest = _PART.split(word.strip())
    name, equals, what = first.partition("=")
    parts = dict(part.split("=", 1) for part in rest)
    if not equals or not what.strip():
        raise Unfit(f"{shown(word)} does not say what is done; {form}")
    missing = [key for key in ("owner", "due") if not parts.get(key, "").strip()]
    if missing:
        raise Unfit(f"{shown(word)} has no {' and no '.join(missing)}; {form}")
    action: dict[str, Emittable] = {
        "id": take_id(name),
        "what": what.strip(),
        "type": parts.get("type", "permanent").strip(),
        "owner": parts["owner"].strip(),
        "due": take_deadline(parts["due"], now, zone),
    }
    if parts.get("check", "").strip():
        action["check_effect_by"] = take_deadline(parts["check"], now, zone)
    return action
