"""A rendered page with holes in it: the literal parts, and the names of the slots between them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import AnyStr, Self

SLOTS = ("title", "description", "head", "body", "path")
"""What differs from page to page; each shell takes all of them, whether or not its theme prints each."""

_TOKEN = re.compile(f"noroshislot({'|'.join(SLOTS)})x7f3q")


def slot_token(name: str) -> str:
    """Return the word that stands for a slot while MkDocs renders.

    Letters and digits only, so that Markdown, Jinja, URL rules and minifiers leave it alone.
    """
    return f"noroshislot{name}x7f3q"


def holds_slot(text: str) -> bool:
    """Whether a slot's token stands in a text, so that it differs from page to page."""
    return _TOKEN.search(text) is not None


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The page of one kind and language around its slots; picklable, and plain lists in JSON."""

    parts: tuple[str, ...]
    """Literal HTML; one more than `slots`."""
    slots: tuple[str, ...]
    """The slot after each part but the last; a name may come several times."""

    @classmethod
    def split(cls, html: str) -> Self:
        """Cut rendered HTML at its slot tokens."""
        pieces = _TOKEN.split(html)
        return cls(parts=tuple(pieces[0::2]), slots=tuple(pieces[1::2]))

    def fill(self, **slots: str) -> str:
        """Return the page's HTML with the slots filled by values that are safe where they stand.

        `title`: escaped text; `description`: escaped for an attribute; `head`: HTML before `</head>`; `body`:
        HTML of the article; `path`: the page's path under its language root (`incidents/x/`, `` for home),
        percent-encoded. Raises TypeError for a slot that is missing or unknown.
        """
        return "".join(_interleave(self.parts, [slots[name] for name in self._asked(slots)], ""))

    def fill_bytes(self, **slots: str) -> bytes:
        """Return `fill(...)` in UTF-8; the literal parts are encoded once, not for every page."""
        # A site's own template can print what is no character; a question mark harms less than no site.
        values = [slots[name].encode(errors="replace") for name in self._asked(slots)]
        return b"".join(_interleave(self._encoded, values, b""))

    def _asked(self, slots: Mapping[str, str]) -> tuple[str, ...]:
        if slots.keys() != _NAMES:
            raise TypeError(f"a shell takes the slots {', '.join(SLOTS)}; got {', '.join(sorted(slots))}")
        return self.slots

    @cached_property
    def _encoded(self) -> tuple[bytes, ...]:
        return tuple(part.encode() for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of the literal parts in UTF-8."""
        return sum(map(len, self._encoded))

    def to_json(self) -> dict[str, list[str]]:
        """Return plain lists for the store."""
        return {"parts": list(self.parts), "slots": list(self.slots)}

    @classmethod
    def from_json(cls, data: Mapping[str, Sequence[str]]) -> Self:
        """Read back `to_json`; raises KeyError or ValueError for anything else."""
        parts, slots = tuple(data["parts"]), tuple(data["slots"])
        if len(parts) != len(slots) + 1 or not set(slots) <= _NAMES:
            raise ValueError("not a stored shell")
        return cls(parts=parts, slots=slots)


_NAMES = frozenset(SLOTS)


def _interleave(parts: Sequence[AnyStr], values: Sequence[AnyStr], empty: AnyStr) -> list[AnyStr]:
    pieces = [empty] * (len(parts) + len(values))
    pieces[0::2] = parts
    pieces[1::2] = values
    return pieces
