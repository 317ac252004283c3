"""Seeded choices that come out alike under every Python version."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Choices from one seed. Only `random()` is drawn on: Python promises its sequence, not that of `choice`."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """Return True for `share` (0 to 1) of all calls."""
        return self._random.random() < share

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self.number(0, len(items) - 1)]

    def pick_some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different ones of `items`, in their order."""
        left = list(range(len(items)))
        while len(left) > count:
            left.pop(self.number(0, len(left) - 1))
        return [items[index] for index in left]
