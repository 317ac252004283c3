"""YAML text to plain data whose every key and item knows its line: all scalars stay text.

The reader walks the events of the C parser once and keeps its own stack, so nesting cannot exhaust the
interpreter's, an alias is refused where it stands, and no part of YAML's implicit typing is ever asked.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import yaml

from noroshi.problems import Place, Problem
from noroshi.yamlsource.refusals import (
    RefusedError,
    anchor_problem,
    half_width_key,
    key_problem,
    refuse_extras,
    tag_problem,
    text_problem,
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
    problems: list[Problem] = []
    loader = _Loader(text)
    try:
        root = _compose(path, text, loader, problems)
    except RefusedError as refused:
        return None, [*problems, refused.problem]
    except yaml.YAMLError as error:
        last = syntax_problem(path, text, error)
        return None, [*(problem for problem in problems if problem.place.line != last.place.line), last]
    finally:
        loader.dispose()
    return root, problems


def _compose(path: str, text: str, loader: Any, problems: list[Problem]) -> Mapping | Sequence | None:
    stack: list[Mapping | Sequence] = []
    keys: list[tuple[str, Mark] | None] = []
    top: Mapping | Sequence | None = None
    documents = 0
    get_event = loader.get_event

    def refuse(mark: Mark, rule: str, found: str, allowed: str, advice: str) -> Problem:
        place = Place(path=path, line=mark[0], column=mark[1])
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)

    while True:
        event = get_event()
        kind = event.__class__
        if kind is yaml.ScalarEvent or kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            start = event.start_mark
            mark = (start.line + 1, start.column + 1)
            refuse_extras(event, mark, refuse)
            value: Any
            if kind is yaml.ScalarEvent:
                value = event.value
            elif kind is yaml.MappingStartEvent:
                value = Mapping(mark, flow=event.flow_style)
            else:
                value = Sequence(mark)
            if not stack:
                if kind is yaml.ScalarEvent:
                    if value == "" and event.implicit[0]:
                        continue  # an empty document: the caller says what it should hold
                    raise RefusedError(text_problem(refuse, mark, text))
                top = value
            else:
                parent = stack[-1]
                if isinstance(parent, Sequence):
                    parent.append(value)
                    parent.marks.append(mark)
                elif (key := keys[-1]) is None:
                    if kind is not yaml.ScalarEvent:
                        raise RefusedError(
                            refuse(
                                mark,
                                "yaml-syntax",
                                "a key is itself a list or a mapping",
                                "keys are words",
                                "put the braces or brackets after 'key: '",
                            )
                        )
                    problem = key_problem(refuse, mark, value)
                    if problem is not None:
                        problems.append(problem)
                        value = half_width_key(value)
                    keys[-1] = (value, mark)
                    continue
                else:
                    name, key_mark = key
                    if name in parent:
                        first = parent.marks[name]
                        if len(problems) >= MAX_TOLD:
                            raise RefusedError(
                                refuse(
                                    key_mark,
                                    "many-problems",
                                    f"{MAX_TOLD} problems stand above, and more may follow",
                                    f"the first {MAX_TOLD} of a file are told",
                                    "mend these first",
                                )
                            )
                        problems.append(
                            refuse(
                                key_mark,
                                "duplicate-key",
                                f"the key {name!r} stands here again (first on line {first[0]})",
                                "a key stands once",
                                "write '- ' before it if a new item begins here, else delete one of the two"
                                if len(stack) > 1 and isinstance(stack[-2], Sequence) and not parent.flow
                                else "delete one of the two",
                            )
                        )
                    else:
                        parent[name] = value
                        parent.marks[name] = key_mark
                        parent.values_at[name] = mark
                    keys[-1] = None
            if kind is not yaml.ScalarEvent:
                if len(stack) >= MAX_DEPTH:
                    raise RefusedError(
                        refuse(
                            mark,
                            "nesting",
                            f"lists and mappings are nested more than {MAX_DEPTH} deep here",
                            "records nest a few levels",
                            "look for brackets that were not closed",
                        )
                    )
                stack.append(value)
                keys.append(None)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            keys.pop()
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if documents > 1:
                raise RefusedError(
                    refuse(
                        mark,
                        "several-documents",
                        "a second document begins here ('---')",
                        "a file holds one record",
                        "move it to a file of its own",
                    )
                )
            if event.tags:
                raise RefusedError(tag_problem(refuse, mark, "a %TAG directive"))
        elif kind is yaml.AliasEvent:
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            raise RefusedError(anchor_problem(refuse, mark, f"the alias *{event.anchor}"))
        elif kind is yaml.StreamEndEvent:
            return top
