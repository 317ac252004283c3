"""The formats that pasted text comes in, by the names that people type. Only the one that is called is imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from noroshi.text.sanitise import replace_forbidden
from noroshi.writers.pasted.record import PastedRecord

_WRITERS: Mapping[str, str] = {
    "text": "noroshi.writers.pasted.text:write_text",
    "markdown": "noroshi.writers.pasted.markdown:write_markdown",
    "redmine": "noroshi.writers.pasted.redmine:write_redmine",
    "chatwork": "noroshi.writers.pasted.chatwork:write_chatwork",
}
FORMATS = tuple(_WRITERS)


def write_pasted(record: PastedRecord, form: str) -> str:
    """The matter in one of :data:`FORMATS`, lines ended by ``\\n``, without characters that XML forbids."""
    module, function = _WRITERS[form].split(":")
    write: Callable[[PastedRecord], str] = getattr(import_module(module), function)
    return replace_forbidden(write(record))
