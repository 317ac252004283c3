"""All that a site's content holds: its settings and its matters, each under its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from noroshi.problems import Place
from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.records.settings import Client, Component, Policy, Risk
from noroshi.records.site import Site
from noroshi.records.translation import Translation


class MatterKind(StrEnum):
    """What people report on. The value is the folder of addresses and of content."""

    INCIDENT = "incidents"
    MAINTENANCE = "maintenance"
    COMMITMENT = "commitments"

    @property
    def word(self) -> str:
        """What one of them is called: its schema's name, and the id of one that nothing else names."""
        return self.value.removesuffix("s")


RECORD_TYPES: Mapping[MatterKind, type[Matter]] = {
    MatterKind.INCIDENT: Incident,
    MatterKind.MAINTENANCE: Maintenance,
    MatterKind.COMMITMENT: Commitment,
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A matter and where it is written."""

    id: str
    """Its file's stem."""
    kind: MatterKind
    path: str
    """Its file, relative to the site's folder."""
    record: Matter


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the site says once."""

    site: Site
    components: tuple[Component, ...] = ()
    clients: tuple[Client, ...] = ()
    policies: tuple[Policy, ...] = ()
    risks: tuple[Risk, ...] = ()
    clients_at: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each client stands, by id, for what is promised to them there."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    """What the site's own catalogues say, by language; a shipped language needs none."""
    unread: frozenset[str] = frozenset()
    """The list files that could not be read whole: what they name cannot be held against anybody."""
    by_id: Mapping[str, Component] = field(init=False, compare=False)
    """The components by their ids."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {component.id: component for component in self.components})
