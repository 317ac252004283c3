"""What components cannot do without, directly or through others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from noroshi.records.settings import Component

Chain: TypeAlias = tuple[str, ...]
"""Ids of components, each of which depends on the next."""


class Dependencies:
    """The links of ``depends_on`` between a site's components."""

    def __init__(self, components: Iterable[Component]) -> None:
        self._links = {component.id: component.depends_on for component in components}
        self._reached: dict[tuple[str, ...], Mapping[str, Chain]] = {}

    def reached_from(self, names: Iterable[str]) -> Mapping[str, Chain]:
        """Everything that these components need, themselves included, with the shortest chain that leads there.

        Of chains of one length the one named first holds. A circle, which the rules refuse, is walked once.

        :param names: ids; one that no component has is reached and leads nowhere
        """
        start = tuple(dict.fromkeys(names))
        if start not in self._reached:
            chains: dict[str, Chain] = {name: (name,) for name in start}
            pending = deque(start)
            while pending:
                name = pending.popleft()
                for needed in self._links.get(name, ()):
                    if needed not in chains:
                        chains[needed] = (*chains[name], needed)
                        pending.append(needed)
            self._reached[start] = chains
        return self._reached[start]

    def leading_to(self, names: Iterable[str]) -> frozenset[str]:
        """All components that need one of these, themselves included."""
        targets = set(names)
        needing = {name for name in self._links if not targets.isdisjoint(self.reached_from([name]))}
        return frozenset(needing | targets)
