"""YAML text to plain data whose every key and item knows its line: all scalars stay text.

The reader walks the events of the C parser once and keeps its own stack, so nesting cannot exhaust the
interpreter's, an alias is refused where it stands, and no part of YAML's implicit typing is ever asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from noroshi.problems import Place, Problem
from noroshi.yamlsource.slips import slip_on
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

_YAML_TAGS = "tag:yaml.org,2002:"

_Refuse: TypeAlias = Callable[[Mark, str, str, str, str], Problem]


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


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read_nodes(path: str, text: str) -> tuple[Mapping | Sequence | None, list[Problem]]:
    """The data of one YAML document, or None and the problems that make it unreadable.

    Duplicate keys are collected (the first one counts); syntax errors, anchors, aliases, tags, several
    documents and nesting deeper than :data:`MAX_DEPTH` end the reading.
    """
    problems: list[Problem] = []
    loader = _Loader(text)
    try:
        root = _compose(path, text, loader, problems)
    except _RefusedError as refused:
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
            _refuse_extras(event, mark, refuse)
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
                    raise _RefusedError(_not_a_mapping(refuse, mark, text))
                top = value
            else:
                parent = stack[-1]
                if isinstance(parent, Sequence):
                    parent.append(value)
                    parent.marks.append(mark)
                elif (key := keys[-1]) is None:
                    if kind is not yaml.ScalarEvent:
                        raise _RefusedError(
                            refuse(
                                mark,
                                "yaml-syntax",
                                "a key is itself a list or a mapping",
                                "keys are words",
                                "put the braces or brackets after 'key: '",
                            )
                        )
                    problem = _check_key(refuse, mark, value)
                    if problem is not None:
                        problems.append(problem)
                        value = _half_width(value)
                    keys[-1] = (value, mark)
                    continue
                else:
                    name, key_mark = key
                    if name in parent:
                        first = parent.marks[name]
                        if len(problems) >= MAX_TOLD:
                            raise _RefusedError(
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
                    raise _RefusedError(
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
                raise _RefusedError(
                    refuse(
                        mark,
                        "several-documents",
                        "a second document begins here ('---')",
                        "a file holds one record",
                        "move it to a file of its own",
                    )
                )
            if event.tags:
                raise _RefusedError(_refuse_tag(refuse, mark, "a %TAG directive"))
        elif kind is yaml.AliasEvent:
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            raise _RefusedError(_refuse_anchor(refuse, mark, f"the alias *{event.anchor}"))
        elif kind is yaml.StreamEndEvent:
            return top


def _refuse_extras(event: Any, mark: Mark, refuse: _Refuse) -> None:
    if event.anchor is not None:
        raise _RefusedError(_refuse_anchor(refuse, mark, f"the anchor &{event.anchor}"))
    if event.tag is not None:
        raise _RefusedError(_refuse_tag(refuse, mark, f"the tag {event.tag.replace(_YAML_TAGS, '!!')}"))


def _refuse_anchor(refuse: _Refuse, mark: Mark, what: str) -> Problem:
    return refuse(
        mark,
        "anchor",
        f"{what} stands here",
        "content has no anchors and aliases",
        "write the value out, or put text that begins with & or * in quotes",
    )


def _refuse_tag(refuse: _Refuse, mark: Mark, what: str) -> Problem:
    return refuse(
        mark,
        "tag",
        f"{what} stands here",
        "content has no tags: every value is text",
        "delete it, or put text that begins with ! in quotes",
    )


def _not_a_mapping(refuse: _Refuse, mark: Mark, text: str) -> Problem:
    lines = text.split("\n")
    for number in range(mark[0] - 1, len(lines)):
        slip = slip_on(lines[number], number, in_flow=False)
        if slip is not None:
            return refuse((slip.line + 1, slip.column + 1), slip.rule, slip.found, slip.allowed, slip.advice)
    return refuse(
        mark,
        "yaml-syntax",
        "the file holds a text, not keys and values",
        "a content file holds 'key: value' lines",
        "write 'key: value' lines",
    )


_TYPABLE = re.compile(r"[A-Za-z_][\w-]*\Z", re.ASCII)


def _half_width(key: str) -> str:
    """The key without the full-width spaces around it and the colon after it, which the input method left."""
    return key.strip(" \u3000").rstrip("：").rstrip(" \u3000")


def _check_key(refuse: _Refuse, mark: Mark, key: str) -> Problem | None:
    for character, name in (("：", "colon '：'"), ("\u3000", "space (U+3000)")):
        if character in key:
            shown = key.replace("\u3000", "␣")
            problem: Problem = refuse(
                mark,
                "full-width",
                f"a full-width {name} stands in the key '{shown}'",
                "keys, colons and the spaces around them are half-width",
                "switch the input method off and type it again",
            )
            if not _TYPABLE.match(_half_width(key)):
                raise _RefusedError(problem)  # what the line means is lost, and with it the sense of all that follows
            return problem
    return None
