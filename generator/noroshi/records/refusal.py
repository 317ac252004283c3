"""How a value refuses what it cannot take: in the words of a problem, for pydantic to carry to its place."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

from pydantic_core import PydanticCustomError


def refusal(rule: str, *, found: str, allowed: str, advice: str) -> PydanticCustomError:
    """A refusal in a problem's words, for pydantic to carry to the place where it belongs."""
    context = {"found": found, "allowed": allowed, "advice": advice}
    return PydanticCustomError(rule, "{found}; {allowed}; {advice}", context)


def shown(value: object, limit: int = 60) -> str:
    """What a person wrote, short enough to quote in a message."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return repr(text if len(text) <= limit else text[:limit] + "…").replace("\\u3000", "␣")


def a_word(value: object, allowed: str) -> str:
    """The value as text; refuses lists and mappings.

    :raises PydanticCustomError: ``wrong-type``
    """
    if not isinstance(value, str):
        raise refusal("wrong-type", found=f"{shown(value)} stands here", allowed=allowed, advice="write a single value")
    return value


def half_width(text: str) -> str:
    """The text as typed with the input method off: full-width letters, digits and punctuation become ASCII."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """The known word that ``word`` is most like, as advice, or an empty string."""
    matches = get_close_matches(half_width(word)[:100].strip("\"'“”‘’ ").lower(), known, n=1, cutoff=0.65)
    return f"did you mean {matches[0]!r}?" if matches else ""
