"""The records that a few others may meet in time: found by looking into files, read only where they name the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from noroshi.pipeline.reading.content import SourceFile, read_bytes
from noroshi.pipeline.reading.record import Moments, Reading, read_record
from noroshi.records.content import MatterKind, Settings
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.slots.dependencies import Dependencies

_COMPLETION = re.compile(rb"""kind["']?\s*:\s*["']?completion\b""")


def read_neighbours(
    sources: Sequence[SourceFile],
    read: Sequence[Reading],
    settings: Settings,
    terms: Terms,
    moments: Moments,
    *,
    completed: bool = False,
) -> list[Reading]:
    """Readings of all matters that may conflict with those that were read, or threaten them.

    Commitments for work and incidents; for commitments planned work and incidents.

    :param sources: all records of the site
    :param terms: those of the settings
    :param completed: whether to read incidents that were completed, too, which threaten nothing any more
    """
    states = [reading.state for reading in read if reading.state is not None]
    dependencies = Dependencies(settings.components)
    touched = [name for state in states if state.kind is not MatterKind.COMMITMENT for name in state.components]
    promised = [name for state in states if state.kind is MatterKind.COMMITMENT for name in state.components]
    needed = dependencies.reached_from(promised)
    sought: dict[MatterKind, Collection[str]] = {
        MatterKind.COMMITMENT: dependencies.leading_to(touched),
        MatterKind.MAINTENANCE: needed,
        MatterKind.INCIDENT: needed,
    }
    known = {reading.path for reading in read}
    others = [source for source in sources if source.path not in known]
    return read_naming(others, sought, settings, terms, moments, completed=completed)


def read_naming(
    sources: Sequence[SourceFile],
    sought: Mapping[MatterKind, Collection[str]],
    settings: Settings,
    terms: Terms,
    moments: Moments,
    *,
    completed: bool = False,
) -> list[Reading]:
    """Readings of the records that name one of these components, and maybe of some more.

    :param sought: by kind, the components' ids; no record of a kind that is not among them is read
    :param terms: those of the settings
    :param completed: whether to read incidents that were completed
    """
    found: list[Reading] = []
    for source in sources:
        names = sought.get(source.kind)
        if not names:
            continue
        data, problem = read_bytes(source.path, source.place)
        if problem is None and _may_name(data, names) and (completed or not _is_completed(source, data)):
            found.append(read_record(source, settings, terms, moments)[0])
    return found


def _may_name(data: bytes, names: Collection[str]) -> bool:
    """Whether a file names one of these; what is written with escapes may name anything."""
    return b"\\" in data or any(name.encode() in data for name in names)


def _is_completed(source: SourceFile, data: bytes) -> bool:
    """Whether an incident was surely completed."""
    return source.kind is MatterKind.INCIDENT and _COMPLETION.search(data) is not None and b"\\" not in data
