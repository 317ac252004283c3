"""Records of which a part stays packed until somebody asks for it.

A log holds 10,000 matters and a build looks closely at a few: of the others it needs enough to list and to count
them. What else was known of them stays as bytes on its way from the cache and between processes.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self


class Packable:
    """A frozen dataclass that is stored and sent with a part of its fields packed, and opens them when one is read.

    Equal to what it was before, whether it is open or not. None of the packed fields may have a default at the class,
    where it would be found before the one that is packed: a ``default_factory`` leaves none there.
    """

    _names: ClassVar[frozenset[str]]

    def __init_subclass__(cls, packed: Iterable[str]) -> None:
        """:param packed: the names of the fields that are packed"""
        cls._names = frozenset(packed)

    def __getstate__(self) -> dict[str, Any]:
        """What pickle stores."""
        known = dict(self.__dict__)
        if "_packed" not in known:
            known["_packed"] = pickle.dumps({name: known.pop(name) for name in self._names}, protocol=5)
        return known

    def __setstate__(self, known: dict[str, Any]) -> None:
        """Take what pickle stored. Without this method pickle would ask ``__getattr__`` for it, each time in vain."""
        self.__dict__.update(known)

    if not TYPE_CHECKING:  # a checker would take every name for one that is there

        def __getattr__(self, name: str) -> Any:
            if name not in self._names or "_packed" not in self.__dict__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            known = self.__dict__
            opened = pickle.loads(known.pop("_packed"))
            for changed, change in known.pop("_changes", ()):
                opened[changed] = change(opened[changed])
            known.update(opened)
            return opened[name]

    def but(self, **changes: object) -> Self:
        """This record with these fields changed: ``dataclasses.replace`` at an eighth of its time, for every public
        build asks for it of every matter.

        :param changes: of fields that are never packed
        """
        changed = object.__new__(type(self))
        changed.__dict__.update(self.__dict__, **changes)
        return changed

    def later(self, name: str, change: Callable[[Any], object]) -> Self:
        """This record with one of its packed fields changed: when they are opened, or now if they are.

        :param change: a function that can be pickled
        """
        if "_packed" not in self.__dict__:
            return self.but(**{name: change(getattr(self, name))})
        return self.but(_changes=(*self.__dict__.get("_changes", ()), (name, change)))
