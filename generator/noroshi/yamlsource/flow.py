"""Data to YAML's flow style on one line, ``{kind: start, text: "…"}``, for what goes between brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from noroshi.yamlsource.emit import Emittable, emit

_SAFE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^,\[\]{}?#\n\t]*\Z")
"""What block style leaves unquoted, and what flow style may: no indicator of a flow collection (YAML 1.2, 7.3.3)."""


def emit_flow(data: Emittable) -> str:
    """The YAML of ``data`` on one line, without a line end; every reader takes each scalar for the same string.

    :raises TypeError: something in it is neither text, mapping nor sequence
    :raises ValueError: as :func:`noroshi.yamlsource.emit.emit`
    """
    if isinstance(data, str):
        return _scalar(data)
    if isinstance(data, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {emit_flow(value)}" for key, value in data.items()) + "}"
    return "[" + ", ".join(map(emit_flow, data)) + "]"


def _scalar(text: str) -> str:
    """As block style writes it where that is one line that brackets cannot end; else between double quotes."""
    in_block = emit(text).removesuffix("\n")
    if "\n" not in in_block and (in_block.startswith(("'", '"')) or (_SAFE.match(in_block) and ":" not in in_block)):
        return in_block
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{5,8}(?:Z|[+-][0-9:]{5})", in_block):
        return in_block
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'
