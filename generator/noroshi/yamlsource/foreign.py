"""YAML that other programs wrote, read leniently: all scalars as text, aliases resolved, every key with its line.

The strict reader of our own content refuses what stands in other people's files by right (anchors, tags), so
imports have a reader of their own. It shares with the strict one that no implicit typing is ever asked and
that the nesting of a text cannot exhaust the interpreter's stack.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import yaml

from noroshi.yamlsource.nodes import HAS_C_LOADER, Mapping, Mark, Sequence

_Loader: Any = yaml.CSafeLoader if HAS_C_LOADER else yaml.SafeLoader

MAX_DEPTH = 64
"""Deeper nesting than this is not a configuration file."""

Foreign: TypeAlias = Mapping | Sequence | str
"""The data of a foreign document: mappings and sequences with their marks, and text."""


class ForeignError(Exception):
    """The text cannot be read as YAML; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.message = message
        self.line, self.column = mark


def load_foreign(text: str) -> Foreign:
    """The data of the first document in ``text``; an empty one is an empty string.

    An alias stands for the same object as its anchor, so a bomb of aliases costs nothing until it is walked.
    Tags are passed over: every scalar is the text that was written.

    :raises ForeignError: not YAML, a key twice in a mapping, a key that is no scalar, an alias of nothing or of
        what it stands in, or nesting deeper than :data:`MAX_DEPTH`
    """
    loader = _Loader(text)
    try:
        return _Builder().build(loader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem_mark", None)
        mark = (problem.line + 1, problem.column + 1) if problem is not None else (1, 1)
        words = getattr(error, "problem", None) or getattr(error, "reason", None) or "the text is not YAML"
        raise ForeignError(str(words), mark) from error
    finally:
        loader.dispose()


class _Builder:
    """The state of one reading: open collections, the key awaiting its value, and what anchors name."""

    def __init__(self) -> None:
        self._root: Foreign | None = None
        self._open: list[Mapping | Sequence] = []
        self._keys: list[tuple[str, Mark] | None] = []
        self._anchored: list[str | None] = []
        self._named: dict[str, Foreign] = {}

    def build(self, loader: Any) -> Foreign:
        while True:
            event = loader.get_event()
            kind = event.__class__
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if kind is yaml.ScalarEvent:
                self._place(event.value, mark)
                if event.anchor:
                    self._named[event.anchor] = event.value
            elif kind is yaml.AliasEvent:
                if event.anchor not in self._named:
                    raise ForeignError(f"the alias *{event.anchor} names nothing that was read before it", mark)
                self._place(self._named[event.anchor], mark)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._begin(Mapping(mark) if kind is yaml.MappingStartEvent else Sequence(mark), mark, event.anchor)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = self._open.pop()
                self._keys.pop()
                if (anchor := self._anchored.pop()) is not None:
                    self._named[anchor] = done
            elif kind is yaml.DocumentEndEvent or kind is yaml.StreamEndEvent:
                return "" if self._root is None else self._root

    def _begin(self, collection: Mapping | Sequence, mark: Mark, anchor: str | None) -> None:
        self._place(collection, mark)
        if len(self._open) >= MAX_DEPTH:
            raise ForeignError(f"lists and mappings are nested more than {MAX_DEPTH} deep", mark)
        self._open.append(collection)
        self._keys.append(None)
        self._anchored.append(anchor)

    def _place(self, value: Foreign, mark: Mark) -> None:
        if not self._open:
            self._root = value
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.marks.append(mark)
        elif (key := self._keys[-1]) is None:
            if not isinstance(value, str):
                raise ForeignError("a key is itself a list or a mapping", mark)
            if value in parent:
                raise ForeignError(f"the key {value!r} stands twice, first on line {parent.marks[value][0]}", mark)
            self._keys[-1] = (value, mark)
        else:
            parent[key[0]] = value
            parent.marks[key[0]] = key[1]
            parent.values_at[key[0]] = mark
            self._keys[-1] = None
