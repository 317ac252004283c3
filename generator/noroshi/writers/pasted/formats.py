"""The formats that pasted text comes in, by the names that people type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from noroshi.text.sanitise import replace_forbidden
from noroshi.writers.pasted.chatwork import write_chatwork
from noroshi.writers.pasted.markdown import write_markdown
from noroshi.writers.pasted.record import PastedRecord
from noroshi.writers.pasted.redmine import write_redmine
from noroshi.writers.pasted.text import write_text

_WRITERS: Mapping[str, Callable[[PastedRecord], str]] = {
    "text": write_text,
    "markdown": write_markdown,
    "redmine": write_redmine,
    "chatwork": write_chatwork,
}
FORMATS = tuple(_WRITERS)


def write_pasted(record: PastedRecord, form: str) -> str:
    """The matter in one of :data:`FORMATS`, lines ended by ``\\n``, without characters that XML forbids."""
    return replace_forbidden(_WRITERS[form](record))
