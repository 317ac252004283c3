"""What a question of a form is, and how it is put: the heading by which its answer is read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from noroshi.records.content import MatterKind
from noroshi.text.wording import Wording

LEVEL_PREFIX = "level."
"""The key of a list of components that are so: ``level.major_outage``."""


class FormKind(StrEnum):
    """The forms there are; the value is the name of the file."""

    INCIDENT = "incident"
    REPORT = "report"
    COMPLETE = "complete"
    ACTION = "action"
    MAINTENANCE = "maintenance"

    @property
    def label(self) -> str:
        """The label of its issues, by which a submitted form is known."""
        return f"noroshi:{self.value}"

    @property
    def opens(self) -> MatterKind | None:
        """The kind of record that it makes; None where it adds a report to one."""
        return _OPENS.get(self)


_OPENS = {FormKind.INCIDENT: MatterKind.INCIDENT, FormKind.MAINTENANCE: MatterKind.MAINTENANCE}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form."""

    key: str
    """The fact that it tells, as the format names it; a part of a fact stands behind a dot."""
    asks: str
    """A message of the catalogue."""
    hint: str = ""
    """What may be answered, a message of the catalogue."""
    needed: bool = False
    """Whether the format cannot do without it."""
    prose: bool = False
    """Whether the answer may have several lines."""
    choices: type[StrEnum] | None = None
    """The words that it may choose from."""
    chosen: tuple[str, ...] = ()
    """Those of them that it offers; empty for all."""
    components: bool = False
    """Whether components are chosen, any number of them."""

    @property
    def id(self) -> str:
        """How the form names it, and a link that fills it in."""
        return self.key.replace(".", "-").replace("_", "-")


def heading(field: Field, wordings: Sequence[Wording]) -> str:
    """The question in each of the site's languages, the first one first: the heading that its answer comes under.

    The same words in two languages stand once.
    """
    return joined(field.asks, wordings)


def joined(message: str, wordings: Sequence[Wording]) -> str:
    """A message of the catalogue in each language."""
    return " / ".join(dict.fromkeys(wording.gettext(message) for wording in wordings))
