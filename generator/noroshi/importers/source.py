"""What an import takes in and gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file of the foreign log."""

    path: str
    """As findings should name it, with ``/``."""
    data: bytes


@dataclass(frozen=True, kw_only=True)
class ExistingComponent:
    """A component that the site has already."""

    id: str
    names: tuple[str, ...]
    """Its name in every language it has one in."""


@dataclass(frozen=True, kw_only=True)
class ImportedComponent:
    """A component for the site's ``components.yaml``."""

    id: str
    name: str
    group: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """One finding in a source file: refused, guessed, left out or kept against the rules."""

    path: str
    line: int
    """From 1."""
    rule: str
    """One of :data:`noroshi.importers.anomalies.RULES`."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.message}"


@dataclass(frozen=True, kw_only=True)
class Import:
    """What an import found: files to write, components to add, and everything that was odd."""

    files: Mapping[str, str]
    """Path in ``content/`` to YAML text: ``incidents/2021/<id>.yaml`` and ``maintenance/2021/<id>.yaml``."""
    components: tuple[ImportedComponent, ...]
    """Those that the site does not have, in the order to add them."""
    components_yaml: str
    """The same as a YAML list, to append to ``components.yaml``; empty where there are none."""
    anomalies: tuple[Anomaly, ...]
    """In file and line order."""
    counts: Mapping[str, int]
    """How many ``sources``, ``refused``, ``left_out``, ``incidents``, ``maintenance``, ``components``, ``reports`` and
    ``anomalies``."""
