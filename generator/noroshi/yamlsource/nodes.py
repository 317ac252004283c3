"""YAML text to plain data whose every key and item knows its line: all scalars stay text.

The reader walks the events of the C parser once and keeps its own stack, so nesting cannot exhaust the
interpreter's, an alias is refused where it stands, and no part of YAML's implicit typing is ever asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from noroshi.problems import Place, Problem
from noroshi.yamlsource.refusals import (
    RefusedError,
    anchor_problem,
    duplicate_key,
    half_width_key,
    key_no_word,
    key_problem,
    refuse_extras,
    second_document,
    tag_problem,
    text_problem,
    too_deep,
    too_many,
)
from noroshi.yamlsource.syntax import syntax_problem

HAS_C_LOADER: bool = bool(yaml.__with_libyaml__)
"""Whether the fast loader is there; without it reading takes some eight times as long."""

_Loader: Any = yaml.CSafeLoader if HAS_C_LOADER else yaml.SafeLoader

MAX_TOLD = 100
"""So many problems of one kind are told of one file."""

MAX_DEPTH = 20
"""Records nest about six deep; more is a slip or an attack."""

Mark: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""


class Mapping(dict[str, Any]):
    """A YAML mapping; ``marks`` has the place of each key, ``values_at`` that of each value."""

    __slots__ = ("flow", "mark", "marks", "values_at")

    def __init__(self, mark: Mark, *, flow: bool = False) -> None:
        super().__init__()
        self.mark = mark
        self.flow = flow
        """Whether it is written between braces."""
        self.marks: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}


class Sequence(list[Any]):
    """A YAML sequence; ``marks`` has the place of each item."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Mark] = []


def mark_of(root: object, path: tuple[str | int, ...]) -> Mark:
    """The place of the thing at ``path`` below ``root``: its key or item, else the nearest thing above it.

    Steps that are not in the data (a missing key, the name of a choice between shapes) are passed over.
    """
    node = root
    mark = root.mark if isinstance(root, Mapping | Sequence) else (1, 1)
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node:
            mark, node = node.marks[step], node[step]
        elif isinstance(node, Sequence):  # noqa: SIM102 (the pair of tests belongs to the pair of types)
            if isinstance(step, int) and 0 <= step < len(node):
                mark, node = node.marks[step], node[step]
    return mark


def read_nodes(path: str, text: str) -> tuple[Mapping | Sequence | None, list[Problem]]:
    """The data of one YAML document, or None and the problems that make it unreadable.

    Duplicate keys are collected (the first one counts); syntax errors, anchors, aliases, tags, several
    documents and nesting deeper than :data:`MAX_DEPTH` end the reading.
    """
    loader = _Loader(text)
    composer = _Composer(path, text)
    try:
        composer.take_all(loader.get_event)
    except RefusedError as refused:
        return None, [*composer.problems, refused.problem]
    except yaml.YAMLError as error:
        last = syntax_problem(path, text, error)
        return None, [*(problem for problem in composer.problems if problem.place.line != last.place.line), last]
    finally:
        loader.dispose()
    return composer.root, composer.problems


class _Composer:
    """Builds data from events, with a stack of its own: what is open, and the key that waits for its value."""

    def __init__(self, path: str, text: str) -> None:
        self.root: Mapping | Sequence | None = None
        self.problems: list[Problem] = []
        self._path = path
        self._text = text
        self._open: list[Mapping | Sequence] = []
        self._keys: list[tuple[str, Mark] | None] = []
        self._documents = 0

    def take_all(self, next_event: Callable[[], Any]) -> None:
        """Take events up to the end of the stream.

        :raises RefusedError: content may not hold what comes
        """
        while True:
            event = next_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                self._take_value(event, event.value)
            elif kind is yaml.MappingStartEvent:
                self._enter(event, Mapping(_mark(event), flow=event.flow_style))
            elif kind is yaml.SequenceStartEvent:
                self._enter(event, Sequence(_mark(event)))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
                self._keys.pop()
            elif kind is yaml.AliasEvent:
                raise RefusedError(anchor_problem(self._refuse, _mark(event), f"the alias *{event.anchor}"))
            elif kind is yaml.DocumentStartEvent:
                self._begin_document(event)
            elif kind is yaml.StreamEndEvent:
                return

    def _refuse(self, mark: Mark, rule: str, found: str, allowed: str, advice: str) -> Problem:
        place = Place(path=self._path, line=mark[0], column=mark[1])
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise RefusedError(second_document(self._refuse, _mark(event)))
        if event.tags:
            raise RefusedError(tag_problem(self._refuse, _mark(event), "a %TAG directive"))

    def _enter(self, event: Any, value: Mapping | Sequence) -> None:
        self._take_value(event, value)
        if len(self._open) >= MAX_DEPTH:
            raise RefusedError(too_deep(self._refuse, value.mark, MAX_DEPTH))
        self._open.append(value)
        self._keys.append(None)

    def _take_value(self, event: Any, value: str | Mapping | Sequence) -> None:
        mark = _mark(event)
        if event.anchor is not None or event.tag is not None:
            refuse_extras(event, mark, self._refuse)
        if not self._open:
            self._take_root(event, value, mark)
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.marks.append(mark)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = (self._key(value, mark), mark)
        else:
            self._keys[-1] = None
            name, key_mark = key
            if name in parent:
                self._refuse_again(parent, name, key_mark)
            else:
                parent[name] = value
                parent.marks[name] = key_mark
                parent.values_at[name] = mark

    def _take_root(self, event: Any, value: str | Mapping | Sequence, mark: Mark) -> None:
        if not isinstance(value, str):
            self.root = value
        elif value or not event.implicit[0]:
            raise RefusedError(text_problem(self._refuse, mark, self._text))
        # an empty document holds one empty scalar: the caller says what the file should hold

    def _key(self, value: str | Mapping | Sequence, mark: Mark) -> str:
        if not isinstance(value, str):
            raise RefusedError(key_no_word(self._refuse, mark))
        if value.isascii():  # as nearly all are: nothing full-width can be in them
            return value
        problem = key_problem(self._refuse, mark, value)
        if problem is None:
            return value
        self.problems.append(problem)
        return half_width_key(value)

    def _refuse_again(self, parent: Mapping, name: str, key_mark: Mark) -> None:
        if len(self.problems) >= MAX_TOLD:
            raise RefusedError(too_many(self._refuse, key_mark, MAX_TOLD))
        in_item = len(self._open) > 1 and isinstance(self._open[-2], Sequence) and not parent.flow
        first = parent.marks[name][0]
        self.problems.append(duplicate_key(self._refuse, key_mark, name, first=first, in_item=in_item))


def _mark(event: Any) -> Mark:
    start = event.start_mark
    return (start.line + 1, start.column + 1)
