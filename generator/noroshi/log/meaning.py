"""Whether a text that was mended may say something else now: a guess, for a warning."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from noroshi.text.east_asian import is_wide

# Numbers with what makes times and amounts of them: 23:30, 6/18, 1,000, 12.5.
_NUMBER = re.compile(r"\d+(?:[:.,/-]\d+)*")
_WORD = re.compile(r"\w+")


def changed_meaning(was: str, now: str) -> str | None:
    """Why the new text is hardly a slip that was mended; None where it may well be one.

    Another number or time is another statement. So is a text of which less than half is left.
    """
    gone, come = _numbers(was), _numbers(now)
    if gone != come:
        told = [f"'{number}'" for number in (*(gone - come), *(come - gone))]
        return f"the number {told[0]} is another one" if len(told) == 1 else f"{told[0]} and {told[1]} differ"
    old, new = Counter(_tokens(was)), Counter(_tokens(now))
    if 2 * (old & new).total() < max(old.total(), new.total()):
        return "more than half of the words are other ones"
    return None


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


def _tokens(text: str) -> Iterator[str]:
    """Words; where no spaces part them, each pair of characters that stand together."""
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if len(word) > 1 and any(map(is_wide, word)):
            yield from (word[place : place + 2] for place in range(len(word) - 1))
        else:
            yield word
