"""Plain data to YAML text, in the mix of block and flow style in which people write records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | int | Sequence[Value] | Mapping[str, Value]"
"""What a record is made of. Times, dates and durations are text."""

_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d)?")
_PLAIN = re.compile(r"[A-Za-z\u3041-\u30fa\u4e00-\u9fff][\w\u3001\u3002\u30fb\u30fc ()./@+-]*(?<! )")
_YAML_WORD = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|none_?")
_FLOW_WIDTH = 108


def write_yaml(value: Mapping[str, Value], *, quote_times: bool = False) -> str:
    """Return `value` as one YAML document without markers, ending in a line feed.

    `quote_times` puts times and dates in quotes, for readers that would turn them into date objects.
    """
    return "".join(f"{line}\n" for line in _mapping(value, quote_times=quote_times))


def write_yaml_list(items: Sequence[Mapping[str, Value]]) -> str:
    """Return `items` as a YAML document that is a list of mappings."""
    return "".join(f"{line}\n" for line in _sequence(items, quote_times=False))


def _scalar(value: str | int, *, quote_times: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if _TIME.fullmatch(value):
        return f'"{value}"' if quote_times else value
    if _PLAIN.fullmatch(value) and not _YAML_WORD.fullmatch(value):
        return value
    # A JSON string is a YAML double-quoted scalar.
    return json.dumps(value, ensure_ascii=False)


def _flow(value: Value, *, quote_times: bool) -> str | None:
    """The value on one line, or None where a person would not write it so."""
    if isinstance(value, str | int):
        return None if isinstance(value, str) and "\n" in value else _scalar(value, quote_times=quote_times)
    pairs = value.items() if isinstance(value, Mapping) else ((None, item) for item in value)
    parts = []
    for key, item in pairs:
        text = _flow(item, quote_times=quote_times)
        if text is None or len(text) > _FLOW_WIDTH:
            return None
        parts.append(text if key is None else f"{key}: {text}")
    inner = ", ".join(parts)
    return f"{{{inner}}}" if isinstance(value, Mapping) else f"[{inner}]"


def _mapping(value: Mapping[str, Value], *, quote_times: bool) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, str) and "\n" in item:
            yield f"{key}: |"
            yield from (f"  {line}" if line else "" for line in item.rstrip("\n").split("\n"))
            continue
        one_line = None if key == "reports" else _flow(item, quote_times=quote_times)
        if one_line is not None and (isinstance(item, str | int) or len(key) + len(one_line) <= _FLOW_WIDTH):
            yield f"{key}: {one_line}"
        elif isinstance(item, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" if line else "" for line in _mapping(item, quote_times=quote_times))
        elif not isinstance(item, str | int):
            yield f"{key}:"
            yield from (f"  {line}" if line else "" for line in _sequence(item, quote_times=quote_times))


def _sequence(items: Sequence[Value], *, quote_times: bool) -> Iterator[str]:
    for item in items:
        one_line = _flow(item, quote_times=quote_times)
        if one_line is not None and (not isinstance(item, Mapping) or len(one_line) <= _FLOW_WIDTH):
            yield f"- {one_line}"
        elif isinstance(item, Mapping):
            lead = "- "
            for line in _mapping(item, quote_times=quote_times):
                yield f"{lead}{line}" if line else ""
                lead = "  "
        else:
            raise TypeError(f"a list item that is neither short nor a mapping: {item!r}")
