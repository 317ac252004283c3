"""What of YAML content is refused although YAML allows it: anchors, tags, full-width keys, a text in place of keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from noroshi.problems import Problem
from noroshi.yamlsource.slips import slip_on

Refuse: TypeAlias = Callable[[tuple[int, int], str, str, str, str], Problem]
"""Makes a problem of the file being read, from (line and column, rule, found, allowed, advice)."""

_YAML_TAGS = "tag:yaml.org,2002:"


class RefusedError(Exception):
    """Ends the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def refuse_extras(event: Any, mark: tuple[int, int], refuse: Refuse) -> None:
    """Refuse an anchor or a tag on a node.

    :raises RefusedError: there is one
    """
    if event.anchor is not None:
        raise RefusedError(anchor_problem(refuse, mark, f"the anchor &{event.anchor}"))
    if event.tag is not None:
        raise RefusedError(tag_problem(refuse, mark, f"the tag {event.tag.replace(_YAML_TAGS, '!!')}"))


def anchor_problem(refuse: Refuse, mark: tuple[int, int], what: str) -> Problem:
    """The problem of an anchor or an alias."""
    return refuse(
        mark,
        "anchor",
        f"{what} stands here",
        "content has no anchors and aliases",
        "write the value out, or put text that begins with & or * in quotes",
    )


def tag_problem(refuse: Refuse, mark: tuple[int, int], what: str) -> Problem:
    """The problem of a tag."""
    return refuse(
        mark,
        "tag",
        f"{what} stands here",
        "content has no tags: every value is text",
        "delete it, or put text that begins with ! in quotes",
    )


def second_document(refuse: Refuse, mark: tuple[int, int]) -> Problem:
    """The problem of a second document in one file."""
    return refuse(
        mark,
        "several-documents",
        "a second document begins here ('---')",
        "a file holds one record",
        "move it to a file of its own",
    )


def too_deep(refuse: Refuse, mark: tuple[int, int], depth: int) -> Problem:
    """The problem of nesting that no record has."""
    return refuse(
        mark,
        "nesting",
        f"lists and mappings are nested more than {depth} deep here",
        "records nest a few levels",
        "look for brackets that were not closed",
    )


def too_many(refuse: Refuse, mark: tuple[int, int], told: int) -> Problem:
    """The problem of a file with more problems than anybody reads."""
    return refuse(
        mark,
        "many-problems",
        f"{told} problems stand above, and more may follow",
        f"the first {told} of a file are told",
        "mend these first",
    )


def key_no_word(refuse: Refuse, mark: tuple[int, int]) -> Problem:
    """The problem of a list or a mapping where a key is needed."""
    return refuse(
        mark,
        "yaml-syntax",
        "a key is itself a list or a mapping",
        "keys are words",
        "put the braces or brackets after 'key: '",
    )


def duplicate_key(refuse: Refuse, mark: tuple[int, int], name: str, *, first: int, in_item: bool) -> Problem:
    """The problem of a key that stands twice.

    :param first: the line of the one that counts
    :param in_item: whether it stands in an item of a list, where a forgotten ``- `` is the likelier slip
    """
    return refuse(
        mark,
        "duplicate-key",
        f"the key {name!r} stands here again (first on line {first})",
        "a key stands once",
        "write '- ' before it if a new item begins here, else delete one of the two"
        if in_item
        else "delete one of the two",
    )


def text_problem(refuse: Refuse, mark: tuple[int, int], text: str) -> Problem:
    """The problem of a file that holds one text: the slip that made it one, where a line gives it away."""
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


def half_width_key(key: str) -> str:
    """The key without the full-width spaces around it and the colon after it, which the input method left."""
    return key.strip(" \u3000").rstrip("：").rstrip(" \u3000")


def key_problem(refuse: Refuse, mark: tuple[int, int], key: str) -> Problem | None:
    """The problem of a key with full-width punctuation around it.

    :raises RefusedError: what the line means is lost with it
    """
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
            if not _TYPABLE.match(half_width_key(key)):
                raise RefusedError(problem)  # what the line means is lost, and with it the sense of all that follows
            return problem
    return None
