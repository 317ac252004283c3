"""Readings of all records: from memory where the file has not changed, else read anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from noroshi.cache import Memory, Remembered
from noroshi.pipeline.crew import Crew
from noroshi.pipeline.reading.content import SourceFile, read_bytes
from noroshi.pipeline.reading.record import Moments, Reading

# A file changed within this time before the memory was stored may have changed again within one tick of the clock.
_DOUBT_NS = 50_000_000


def read_all(sources: Sequence[SourceFile], memory: Memory, moments: Moments, crew: Crew) -> list[Reading]:
    """The readings of these records, in their order."""
    known: dict[str, Reading] = {}
    unknown: list[SourceFile] = []
    for source in sources:
        reading = _remembered(source, memory, moments)
        if reading is None:
            unknown.append(source)
        else:
            known[source.path] = reading
    known.update((reading.path, reading) for reading in crew.read(unknown))
    return [known[source.path] for source in sources]


def _remembered(source: SourceFile, memory: Memory, moments: Moments) -> Reading | None:
    remembered = memory.readings.get(source.path)
    if remembered is None:
        return None
    reading: Reading = remembered.reading
    if reading.state is None:
        return None
    latest = moments.now if moments.as_of is None else min(moments.now, moments.as_of)
    if max([reading.state.updated_at, *(each.at for each in reading.state.consents)]) > latest:
        return None
    doubtful = source.signature[1] > remembered.stored_at - _DOUBT_NS
    if (remembered.signature != source.signature or doubtful) and not _same_bytes(source, reading.digest):
        return None
    return reading


def _same_bytes(source: SourceFile, digest: bytes) -> bool:
    data, problem = read_bytes(source.path, source.place)
    return problem is None and blake2b(data, digest_size=16).digest() == digest


def remember(
    sources: Sequence[SourceFile], readings: Sequence[Reading], before: Mapping[str, Remembered]
) -> dict[str, Remembered]:
    """The readings to keep: those that hold at any later time; the same objects where nothing has changed."""
    kept: dict[str, Remembered] = {}
    for source, reading in zip(sources, readings, strict=True):
        if reading.lasting:
            old = before.get(source.path)
            same = old is not None and old.reading is reading and old.signature == source.signature
            kept[source.path] = old if same and old is not None else Remembered(source.signature, reading, 0)
    return kept
