"""Logs that other programs kept, as records of ours: one module per program."""

from noroshi.importers.cstate import import_cstate
from noroshi.importers.source import (
    Anomaly,
    ExistingComponent,
    Import,
    ImportedComponent,
    SourceFile,
)

__all__ = [
    "Anomaly",
    "ExistingComponent",
    "Import",
    "ImportedComponent",
    "SourceFile",
    "import_cstate",
]
