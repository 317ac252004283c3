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
from noroshi.yamlsource import Document, Mapping, Sequence
from noroshi.yamlsource.nodes import MAX_TOLD

_Decoded = TypeVar("_Decoded", bound=Record)


def decode(document: Document, kind: type[_Decoded], zone: ZoneInfo | None) -> tuple[_Decoded | None, list[Problem]]:
    """The document's record, or None and every reason why it is none.

    :param zone: the site's zone, from which missing offsets are proposed
    """
    try:
        return kind.model_validate(document.data, context={"zone": zone}), []
    except ValidationError as error:
        return None, _problems(document, kind, [((), detail) for detail in _details(error)])


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
    refused: list[tuple[tuple[int, ...], ErrorDetails]] = []
    for index, item in enumerate(document.data):
        try:
            records.append(kind.model_validate(item, context={"zone": zone}))
        except ValidationError as error:
            refused += [((index,), detail) for detail in _details(error)]
    return tuple(records), _problems(document, kind, refused)


def _problems(
    document: Document, kind: type[Record], refused: list[tuple[tuple[int, ...], ErrorDetails]]
) -> list[Problem]:
    problems = [_problem(document, kind, prefix, detail) for prefix, detail in refused[:MAX_TOLD]]
    if len(refused) > MAX_TOLD:
        prefix, detail = refused[MAX_TOLD]
        problems.append(
            Problem(
                place=document.place(*prefix, *detail["loc"]),
                rule="many-problems",
                found=f"{len(refused) - MAX_TOLD:,} more problems are in this file",
                allowed=f"the first {MAX_TOLD} of a file are told",
                advice="mend these first",
            )
        )
    return problems


def _details(error: ValidationError) -> Iterable[ErrorDetails]:
    details = error.errors(include_url=False)
    # What stands under a key that cannot be one says nothing of its own.
    bad = {detail["loc"][:-1] for detail in details if detail["loc"][-1:] == ("[key]",)}
    return [d for d in details if d["loc"][-1:] == ("[key]",) or not any(d["loc"][: len(key)] == key for key in bad)]


def _problem(document: Document, kind: type[Record], prefix: tuple[int, ...], detail: ErrorDetails) -> Problem:
    steps = (*prefix, *detail["loc"])
    place = document.place(*steps)
    context = detail.get("ctx", {})
    key = _label(detail["loc"])
    if "found" in context:
        found = f"{key}: {context['found']}" if key else context["found"]
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
                advice=_advice_to_add(key, detail),
            )
        case "extra_forbidden":
            return Problem(
                place=place,
                rule="unknown-key",
                found=f"the key {shown(key)} is not known here",
                allowed="allowed: " + ", ".join(known),
                advice=_advice_on_unknown(document, prefix, key, known, detail),
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            allowed, advice = "it holds keys and values", "write 'key: value' lines below it, or {key: value}"
        case "tuple_type" | "list_type":
            allowed, advice = "it is a list", "write '- item' lines below it, or [item, item]"
            if str(detail["input"]).startswith(("［", "【", "〔")):
                advice = "type half-width brackets: [item, item]"
            if isinstance(detail["input"], Mapping) and not detail["input"].flow:
                advice = "write '- ' before the first key of each item and indent its others by two more spaces"
        case _:
            allowed, advice = detail["msg"], "look at an example of this field in the manual"
    return Problem(
        place=place,
        rule="wrong-type",
        found=f"{key + ': ' if key else ''}{_kind_found(detail['input'])}",
        allowed=allowed,
        advice=advice,
    )


def _advice_to_add(key: str, detail: ErrorDetails) -> str:
    steps, beside = detail["loc"], detail["input"]
    if len(steps) > 1 and isinstance(steps[-2], int) and isinstance(beside, Mapping) and len(beside) == 1:
        return f"add the line '{key}: …' (one '- ' begins a whole item: its other lines have none)"
    return f"add the line '{key}: …'" if not (isinstance(beside, Mapping) and beside.flow) else f"add '{key}: …'"


def _advice_on_unknown(
    document: Document, prefix: tuple[int, ...], key: str, known: tuple[str, ...], detail: ErrorDetails
) -> str:
    holder: Any = document.data
    for step in (*prefix, *(step for step in detail["loc"][:-1] if step not in _NOT_WRITTEN)):
        holder = holder[step]
    if isinstance(holder, Mapping) and holder.flow and detail["input"] == "":
        return "if it belongs to the text before it, put that text in quotes: between braces a comma ends it"
    return nearest(key, known) or "delete it, or look where it belongs"


def _label(steps: tuple[str | int, ...]) -> str:
    """What to call the thing at fault: its key, or its number in a list."""
    words = [step for step in steps if step not in _NOT_WRITTEN]
    if not words:
        return ""
    if isinstance(words[-1], int):
        return f"item {words[-1] + 1}"
    return words[-1] if len(words[-1]) <= 60 else words[-1][:60] + "…"


# Steps that pydantic adds to a path and that nobody wrote.
_NOT_WRITTEN = ("[key]", "(plan)", "(progress)", "(estimate)", "(unknown)", "(file)", "(calendar)")


def _kind_found(value: object) -> str:
    if value == "":
        return "nothing stands here"
    return f"{shown(value)} stands here"


def _where(steps: tuple[str | int, ...]) -> str:
    """A path as people say it: ``reports[2].recovery``, items counted from 1."""
    words = ""
    for step in (step for step in steps if step not in _NOT_WRITTEN):
        if isinstance(step, int):
            words = f"{words}[{step + 1}]" if words else f"item {step + 1}"
        else:
            words += f"{'.' if words else ''}{step}"
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
