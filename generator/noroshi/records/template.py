"""Templates: what is the same each time in matters that recur, kept beside the records and holding no times."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import ConfigDict, Field

from noroshi.records.base import Record
from noroshi.records.choices import SeverityWord, VisibilityWord
from noroshi.records.content import MatterKind
from noroshi.records.durations import Period
from noroshi.records.matters import KeepClear
from noroshi.records.reports import Components
from noroshi.records.texts import Line, Prose
from noroshi.records.words import Name, Word, choice


class TemplateKind(StrEnum):
    """What a template begins."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    COMMITMENT = "commitment"

    @property
    def matter(self) -> MatterKind:
        """The kind of matter that it begins."""
        return _MATTERS[self]


_MATTERS = dict(zip(TemplateKind, MatterKind, strict=True))
TemplateKindWord: TypeAlias = Annotated[TemplateKind, choice(TemplateKind)]


class Template(Record):
    """The beginning of a matter that recurs: `noroshi incident --template NAME` fills in what stands here."""

    for_: TemplateKindWord
    """incident, maintenance or commitment: what it begins."""
    title: Line | None = None
    """The title."""
    severity: SeverityWord | None = None
    """How bad such an incident is."""
    components: Components = Field(default_factory=dict)
    """How each affected component is."""
    not_affected: Prose | None = None
    """Who and what is not affected."""
    text: Prose | None = None
    """What the first report says: the start report of an incident, the notice of planned work."""
    workaround: Prose | None = None
    """What readers can do meanwhile, in the first report."""
    by: Word | None = None
    """Who speaks in the first report: a role."""
    length: Period | None = None
    """How long it takes; the end follows from the beginning."""
    reason: Prose | None = None
    """Why the work is done."""
    rollback: Prose | None = None
    """How the work is undone if it fails."""
    client: Name | None = None
    """To whom it is promised."""
    needs: tuple[Name, ...] = ()
    """The components that the commitment needs."""
    keep_clear: KeepClear | None = None
    """The time around the commitment in which they are left alone."""
    visibility: VisibilityWord | None = None
    """Who may read of the commitment."""

    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


_EVERY = ("for", "title")
KEYS_FOR: Mapping[TemplateKind, tuple[str, ...]] = MappingProxyType(
    {
        TemplateKind.INCIDENT: (
            *(*_EVERY, "severity", "components", "not_affected"),
            *("text", "workaround", "by"),
        ),
        TemplateKind.MAINTENANCE: (
            *(*_EVERY, "components", "not_affected", "length"),
            *("reason", "rollback", "text", "by"),
        ),
        TemplateKind.COMMITMENT: (*_EVERY, "client", "needs", "keep_clear", "length", "visibility"),
    }
)
"""The keys that each kind of template can have."""
