"""What two versions of one statement say differently, beyond what may change: the rules of what is append only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from noroshi.log.canonical import Pair, is_text
from noroshi.log.statement import Said

Pairs: TypeAlias = dict[str, str]


class Difference(NamedTuple):
    """Something that was said and is not said any more, or not so."""

    path: str
    """As in a statement's pairs."""
    was: str | None
    """None where nothing stood there."""
    now: str | None
    """None where nothing stands there."""


def report_differences(before: Said, now: Said) -> list[Difference]:
    """What of a published report has changed that may not; empty where it stands.

    A text may be added in another language. With a newer ``edited`` mark texts may be other ones, and facts may not. A
    report that was withdrawn keeps its kind and its time, and stays withdrawn.
    """
    was, stands = dict(before.pairs), dict(now.pairs)
    found = _differences(was, stands)
    if now.statement.mark == "withdrawn":
        again = before.statement.mark == "withdrawn"
        return [each for each in found if each.path in ("kind", "at") or _breaks_withdrawal(each, again=again)]
    if is_mended(before, now):
        return [
            each
            for each in found
            if not each.path.startswith("edited.") and not (is_text(each.path) and each.was is not None and each.now)
        ]
    return found


def is_mended(before: Said, now: Said) -> bool:
    """Whether a report says that a slip in it was mended since."""
    mark = dict(now.pairs).get("edited.at")
    # Both are in UTC and equally long, so that they compare as times do.
    return mark is not None and mark > dict(before.pairs).get("edited.at", "")


def opening_differences(before: Said, now: Said) -> list[Difference]:
    """What of a record's opening facts has changed that may not; empty where they stand.

    Consent comes later than the plan, and so does the decision that something cannot wait: agreements may be added, and
    an emergency where there was none. The title is not among these facts.
    """
    was, consents = _parted(before.pairs)
    stands, given = _parted(now.pairs)
    urgent = any(path.startswith("emergency") for path in was)
    found = [each for each in _differences(was, stands) if urgent or not each.path.startswith("emergency")]
    left = list(given)
    for index, consent in enumerate(consents):
        same = next((other for other in left if not _differences(consent, other)), None)
        if same is not None:
            left.remove(same)
        elif index < len(given):
            told = _differences(consent, given[index])
            found += [Difference(f"agreements.{index}.{each.path}", each.was, each.now) for each in told]
        else:
            found.append(Difference(f"agreements.{index}", ", ".join(consent.values()), None))
    return found


def text_changes(before: Said, now: Said) -> Iterator[Difference]:
    """The texts that stand in both and are not the same, without those of marks."""
    was = dict(before.pairs)
    for path, text in now.pairs:
        if is_text(path) and not path.startswith(("edited.", "withdrawn.")) and was.get(path, text) != text:
            yield Difference(path, was[path], text)


def all_differences(before: Said, now: Said) -> list[Difference]:
    """Everything that differs but for added translations, in the order of paths."""
    return _differences(dict(before.pairs), dict(now.pairs))


def _differences(was: Pairs, now: Pairs) -> list[Difference]:
    if was == now:
        return []
    told = {_key(path) for path in was if is_text(path)}
    return [
        Difference(path, was.get(path), now.get(path))
        for path in sorted(was.keys() | now.keys())
        if was.get(path) != now.get(path) and not (path not in was and is_text(path) and _key(path) in told)
    ]


def _key(path: str) -> str:
    """A text's path without its language."""
    return path.rpartition("[")[0]


def _breaks_withdrawal(each: Difference, *, again: bool) -> bool:
    """Whether a report that is withdrawn says something new.

    :param again: whether it was withdrawn before, so that its mark stands too
    """
    if each.path.startswith("withdrawn."):
        return again
    return each.now is not None


def _parted(pairs: tuple[Pair, ...]) -> tuple[Pairs, list[Pairs]]:
    """Opening facts without agreements, and each agreement by itself."""
    facts: Pairs = {}
    consents: dict[int, Pairs] = {}
    for path, value in pairs:
        head, _, rest = path.partition(".")
        if head == "agreements":
            index, _, key = rest.partition(".")
            consents.setdefault(int(index), {})[key] = value
        else:
            facts[path] = value
    return facts, [consents[index] for index in sorted(consents)]
