"""YAML text to plain data whose every key and item knows its line: all scalars stay text.

The reader walks the events of the C parser once and keeps its own stack, so nesting cannot exhaust the
interpreter's, an alias is refused where it stands, and no part of YAML's implicit typing is ever asked.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

from noroshi.problems import Place, Problem

HAS_C_LOADER: bool = bool(yaml.__with_libyaml__)
"""Whether the fast loader is there; without it reading takes some eight times as long."""

_Loader: Any = yaml.CSafeLoader if HAS_C_LOADER else yaml.SafeLoader

MAX_DEPTH = 20
"""Records nest about six deep; more is a slip or an attack."""

Mark: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""


class Mapping(dict[str, Any]):
    """A YAML mapping; ``marks`` has the place of each key, ``values_at`` that of each value."""

    __slots__ = ("mark", "marks", "values_at")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
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
        root = _compose(path, loader, problems)
    except _RefusedError as refused:
        return None, [*problems, refused.problem]
    except yaml.YAMLError as error:
        return None, [*problems, _syntax_problem(path, text, error)]
    finally:
        loader.dispose()
    return root, problems


def _compose(path: str, loader: Any, problems: list[Problem]) -> Mapping | Sequence | None:
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
                value = Mapping(mark)
            else:
                value = Sequence(mark)
            if not stack:
                if kind is yaml.ScalarEvent:
                    if value == "" and event.implicit[0]:
                        continue  # an empty document: the caller says what it should hold
                    raise _RefusedError(_not_a_mapping(refuse, mark, value))
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
                    keys[-1] = (value, mark)
                    continue
                else:
                    name, key_mark = key
                    if name in parent:
                        first = parent.marks[name]
                        problems.append(
                            refuse(
                                key_mark,
                                "duplicate-key",
                                f"the key {name!r} stands here again (first on line {first[0]})",
                                "a key stands once",
                                "delete one, or join the two",
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


def _refuse_extras(event: Any, mark: Mark, refuse: Any) -> None:
    if event.anchor is not None:
        raise _RefusedError(_refuse_anchor(refuse, mark, f"the anchor &{event.anchor}"))
    if event.tag is not None:
        raise _RefusedError(_refuse_tag(refuse, mark, f"the tag {event.tag}"))


def _refuse_anchor(refuse: Any, mark: Mark, what: str) -> Problem:
    problem: Problem = refuse(
        mark,
        "anchor",
        f"{what} stands here",
        "content has no anchors and aliases",
        "write the value out, or put text that begins with & or * in quotes",
    )
    return problem


def _refuse_tag(refuse: Any, mark: Mark, what: str) -> Problem:
    problem: Problem = refuse(
        mark,
        "tag",
        f"{what} stands here",
        "content has no tags: every value is text",
        "delete it, or put text that begins with ! in quotes",
    )
    return problem


def _not_a_mapping(refuse: Any, mark: Mark, value: str) -> Problem:
    found = "the file holds a text, not keys and values"
    advice = "write 'key: value' lines"
    if "：" in value:
        found, advice = (
            "a full-width colon '：' stands where ':' is needed",
            "type ': ' (half-width, then a space)",
        )
        return refuse(mark, "full-width", found, "keys end in ': '", advice)  # type: ignore[no-any-return]
    return refuse(mark, "yaml-syntax", found, "a content file holds 'key: value' lines", advice)  # type: ignore[no-any-return]


def _check_key(refuse: Any, mark: Mark, key: str) -> Problem | None:
    for character, name in (("：", "colon '：'"), ("\u3000", "space (U+3000)")):
        if character in key:
            problem: Problem = refuse(
                mark,
                "full-width",
                f"a full-width {name} stands in the key {key!r}",
                "keys, colons and the spaces around them are half-width",
                "switch the input method off and type it again",
            )
            return problem
    return None


_FULL_WIDTH_COLON = re.compile(r"^[\s\u3000]*(?:- +)?[A-Za-z_][\w-]*[ \u3000]*：")


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """The problem behind a YAML error, told by what stands on the lines that it names."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    line = mark.line if mark is not None else 0
    column = mark.column if mark is not None else 0
    lines = text.split("\n")
    first = min(context.line if context is not None else line, line)
    for number in range(max(0, first - 1), min(line + 1, len(lines))):
        shown = lines[number]
        indent = shown[: len(shown) - len(shown.lstrip())]
        if "\t" in indent:
            return Problem(
                place=Place(path=path, line=number + 1, column=indent.index("\t") + 1),
                rule="tab",
                found="a tab stands in the indentation",
                allowed="YAML indents with spaces",
                advice="replace the tab with two spaces",
            )
        if _FULL_WIDTH_COLON.match(shown):
            return Problem(
                place=Place(path=path, line=number + 1, column=shown.index("：") + 1),
                rule="full-width",
                found="a full-width colon '：' stands where ':' is needed",
                allowed="keys end in ': ' (half-width, then a space)",
                advice="switch the input method off and type ': '",
            )
        if "\u3000" in indent:
            return Problem(
                place=Place(path=path, line=number + 1, column=indent.index("\u3000") + 1),
                rule="full-width",
                found="a full-width space (U+3000) stands in the indentation",
                allowed="YAML indents with half-width spaces",
                advice="replace it with two half-width spaces",
            )
    words = getattr(error, "problem", None) or "the text is not YAML"
    where = f" {error.context}" if getattr(error, "context", None) else ""  # type: ignore[attr-defined]
    return Problem(
        place=Place(path=path, line=line + 1, column=column + 1),
        rule="yaml-syntax",
        found=f"the YAML cannot be read{where}: {words}",
        allowed=_SYNTAX_HINTS.get(words, "keys are 'key: value', items are '- item', indented with spaces"),
        advice="look at this line and the one above: colons, quotes, brackets, indentation",
    )


_ONE_PAIR = "one line holds one 'key: value'; text with ': ' in it needs quotes"
_SYNTAX_HINTS = {
    "mapping values are not allowed in this context": _ONE_PAIR,
    "mapping values are not allowed here": _ONE_PAIR,
    "found character that cannot start any token": "text that begins with @, ` or % needs quotes",
    "found unexpected end of stream": "quotes and brackets are closed",
}
