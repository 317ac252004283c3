"""Documents to records: what pydantic refuses becomes problems with their lines, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from noroshi.problems import Problem
from noroshi.records.base import Record
from noroshi.records.refusal import nearest, shown
from noroshi.yamlsource import Document, Sequence

_Decoded = TypeVar("_Decoded", bound=Record)


def decode(document: Document, kind: type[_Decoded], zone: ZoneInfo | None) -> tuple[_Decoded | None, list[Problem]]:
    """The document's record, or None and every reason why it is none.

    :param zone: the site's zone, from which missing offsets are proposed
    """
    try:
        return kind.model_validate(document.data, context={"zone": zone}), []
    except ValidationError as error:
        return None, [_problem(document, kind, (), detail) for detail in _details(error)]


def decode_list(
    document: Document, kind: type[_Decoded], zone: ZoneInfo | None
) -> tuple[tuple[_Decoded, ...], list[Problem]]:
    """A list file's records, those that can be read, and every reason why others cannot."""
    if not isinstance(document.data, Sequence):
        return (), [
            Problem(
                place=document.place(),
                rule="wrong-type",
                found="the file holds keys, not a list",
                allowed="a list: each item begins with '- '",
                advice="write '- ' before the first key of each item and indent the others by two spaces",
            )
        ]
    records: list[_Decoded] = []
    problems: list[Problem] = []
    for index, item in enumerate(document.data):
        try:
            records.append(kind.model_validate(item, context={"zone": zone}))
        except ValidationError as error:
            problems += [_problem(document, kind, (index,), detail) for detail in _details(error)]
    return tuple(records), problems


def _details(error: ValidationError) -> Iterable[ErrorDetails]:
    return error.errors(include_url=False)


def _problem(document: Document, kind: type[Record], prefix: tuple[int, ...], detail: ErrorDetails) -> Problem:
    steps = (*prefix, *detail["loc"])
    place = document.place(*steps)
    context = detail.get("ctx", {})
    key = _label(detail["loc"])
    if "found" in context:
        rule, found, allowed = (
            detail["type"],
            f"{key}: {context['found']}" if key else context["found"],
            context["allowed"],
        )
        rule, allowed, advice = detail["type"], context["allowed"], context["advice"]
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)
    known = _keys_at(kind, detail["loc"][:-1])
    match detail["type"]:
        case "missing":
            return Problem(
                place=place,
                rule="missing-key",
                found=f"the key {key!r} is missing" + (f" in {_where(steps[:-1])}" if _where(steps[:-1]) else ""),
                allowed=f"{key!r} is needed",
                advice=f"add the line '{key}: …'",
            )
        case "extra_forbidden":
            return Problem(
                place=place,
                rule="unknown-key",
                found=f"the key {key!r} is not known here",
                allowed="allowed: " + ", ".join(known),
                advice=nearest(key, known) or "delete it, or look where it belongs",
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            allowed, advice = "a mapping of keys and values", "write 'key: value' lines below it, or {key: value}"
        case "tuple_type" | "list_type":
            allowed, advice = "a list", "write '- item' lines below it, or [item, item]"
        case _:
            allowed, advice = detail["msg"], "look at an example of this field in the manual"
    return Problem(
        place=place,
        rule="wrong-type",
        found=f"{key + ': ' if key else ''}{_kind_found(detail['input'])}",
        allowed=allowed,
        advice=advice,
    )


def _label(steps: tuple[str | int, ...]) -> str:
    """What to call the thing at fault: its key, or its number in a list."""
    words = [step for step in steps if step not in _NOT_WRITTEN]
    if not words:
        return ""
    return f"item {words[-1] + 1}" if isinstance(words[-1], int) else words[-1]


# Steps that pydantic adds to a path and that nobody wrote.
_NOT_WRITTEN = ("[key]", "plan", "progress", "estimate", "unknown-shape")


def _kind_found(value: object) -> str:
    if value == "":
        return "nothing stands here"
    return f"{shown(value)} stands here"


def _where(steps: tuple[str | int, ...]) -> str:
    """A path as people say it: ``reports[2].recovery``, items counted from 1."""
    words = ""
    for step in (step for step in steps if step not in _NOT_WRITTEN):
        words += f"[{step + 1}]" if isinstance(step, int) else f"{'.' if words else ''}{step}"
    return words


def _keys_at(kind: type[Record], steps: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the record at ``steps`` knows, as people write them."""
    shape: Any = kind
    for step in steps:
        shape = _step_into(shape, step)
    fields = getattr(_record_within(shape), "model_fields", {})
    return tuple(field.alias or name for name, field in fields.items())


def _step_into(shape: Any, step: str | int) -> Any:
    """The annotation one step further in: a key's, or the arm of a choice that a tag names; else the same."""
    for arm in getattr(shape, "__args__", ()):
        if any(getattr(mark, "tag", None) == step for mark in getattr(arm, "__metadata__", ())):
            return arm
    fields = getattr(_record_within(shape), "model_fields", {})
    for name, field in fields.items():
        if (field.alias or name) == step:
            return field.annotation
    return shape


def _record_within(shape: Any) -> Any:
    if isinstance(shape, type) and issubclass(shape, Record):
        return shape
    for part in getattr(shape, "__args__", ()):
        found = _record_within(part)
        if found is not None:
            return found
    return None
