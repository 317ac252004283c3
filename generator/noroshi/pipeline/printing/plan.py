"""What is planned of a site's files: each with a digest of all that it depends on, and with what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from noroshi.snapshot.state import State


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A file of the site that is still to be made."""

    file: str
    """Below the site's root."""
    key: bytes | None
    """A digest of all that it depends on; None for what is made every time."""
    make: Callable[[], bytes]


class Keys:
    """Digests of what pages depend on."""

    def __init__(self, base: bytes, states: Mapping[str, bytes]) -> None:
        """:param base: of all that every page depends on
        :param states: by matter's id, of its state
        """
        self._base = base
        self._states = states
        self._parts: dict[str, bytes] = {}

    def of(self, *words: str, states: Iterable[State] = ()) -> bytes:
        """A digest of these words and these matters' states, in order."""
        parts = [self._base, "\0".join(words).encode(), *map(self._part, states)]
        return blake2b(b"".join(parts), digest_size=16).digest()

    def _part(self, state: State) -> bytes:
        """What a state adds: put together once, for each stands in the keys of many pages."""
        part = self._parts.get(state.id)
        if part is None:
            kind = state.kind.value
            part = self._parts[state.id] = f"\0{kind}/{state.id}\0".encode() + self._states[state.id]
        return part
