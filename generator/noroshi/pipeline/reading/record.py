"""Reading records: bytes to state and problems, each file by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from noroshi.decode import decode
from noroshi.log.packing import pack_statements
from noroshi.log.statement import said_in
from noroshi.pipeline.reading.content import SourceFile, read_bytes
from noroshi.problems import Place, Problem
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind, Settings
from noroshi.records.matters import Incident, Maintenance
from noroshi.rules import Subject, check_matter
from noroshi.snapshot.fold import fold, until
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.settling import add_gist
from noroshi.snapshot.state import State
from noroshi.yamlsource import Document, read_document


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The clock of one run."""

    now: datetime
    as_of: datetime | None = None
    """Reports and agreements later than this are left out, and ``now`` is this too."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one record's file gave."""

    path: str
    digest: bytes
    """Of the file's bytes."""
    state: State | None
    """None where it cannot be read, or nothing had been said yet."""
    problems: tuple[Problem, ...]
    causes: tuple[tuple[Place, str], ...] = ()
    """Where it names its cause, and whom."""
    hinge: Place | None = None
    """Where its planned time stands or, of an incident, when it will be back: what is told of it beside others."""
    whole: bool = True
    """Whether every report and agreement was counted, so that the state holds for later times too."""
    said: bytes = b""
    """Its statements for the published log, packed; empty where there is no state."""

    @property
    def lasting(self) -> bool:
        """Whether the same bytes give the same reading at any later time.

        The clock is asked by the fold of what is planned, until it is settled, and by no fold of an incident.
        """
        if self.state is None or any(problem.rule == "report-ahead" for problem in self.problems):
            return False
        return self.whole and (self.state.settled or self.state.kind is MatterKind.INCIDENT)


def read_record(source: SourceFile, settings: Settings, terms: Terms, moments: Moments) -> tuple[Reading, Entry | None]:
    """Read, decode, check and fold one record.

    :param terms: those of the settings
    :return: its reading, and the record itself as it stands at the run's time, where there is one
    """
    data, problem = read_bytes(source.path, source.place)
    if problem is not None:
        digest = blake2b(data, digest_size=16).digest()
        return Reading(path=source.path, digest=digest, state=None, problems=(problem,)), None
    return read_record_bytes(source, data, settings, terms, moments)


def read_record_bytes(
    source: SourceFile, data: bytes, settings: Settings, terms: Terms, moments: Moments
) -> tuple[Reading, Entry | None]:
    """Decode, check and fold one record of these bytes, which need not be those of its file."""
    digest = blake2b(data, digest_size=16).digest()
    document, problems = read_document(source.path, data)
    if document is None:
        return Reading(path=source.path, digest=digest, state=None, problems=tuple(problems)), None
    record, found = decode(document, RECORD_TYPES[source.kind], settings.site.zone)
    problems += found
    if record is None:
        return Reading(path=source.path, digest=digest, state=None, problems=tuple(problems)), None
    entry = Entry(id=source.id, kind=source.kind, path=source.path, record=record)
    clock = moments.now if moments.as_of is None else None
    problems += check_matter(Subject(entry=entry, document=document, settings=settings), clock)
    causes: list[tuple[Place, str]] = []
    if (caused_by := getattr(record, "caused_by", None)) is not None:
        causes.append((document.place("caused_by"), caused_by))
    for index, report in enumerate(record.reports):
        if (caused_by := getattr(report, "caused_by", None)) is not None:
            causes.append((document.place("reports", index, "caused_by"), caused_by))
    standing = entry if moments.as_of is None else until(entry, moments.as_of)
    state = fold(standing, moments.now, terms, document.place) if standing is not None else None
    if state is not None:
        state = add_gist(state, settings.site.zone)
    reading = Reading(
        path=source.path,
        digest=digest,
        state=state,
        problems=tuple(problems),
        causes=tuple(causes),
        hinge=_hinge(document, standing) if standing is not None else None,
        whole=standing is entry,
        said=_statements(standing, settings) if standing is not None else b"",
    )
    return reading, standing


def _statements(entry: Entry, settings: Settings) -> bytes:
    return pack_statements(said.statement for said in said_in(entry, settings.site.languages[0]))


def read_entry(source: SourceFile, settings: Settings, moments: Moments) -> Entry | None:
    """A record as it stands at the run's time, of a file that was checked before; None where there is none."""
    data, problem = read_bytes(source.path, source.place)
    document = read_document(source.path, data)[0] if problem is None else None
    record = decode(document, RECORD_TYPES[source.kind], settings.site.zone)[0] if document is not None else None
    if record is None:
        return None
    entry = Entry(id=source.id, kind=source.kind, path=source.path, record=record)
    return entry if moments.as_of is None else until(entry, moments.as_of)


def _hinge(document: Document, entry: Entry) -> Place:
    """Where a matter's last word on its time stands."""
    record = entry.record
    key = "recovery" if isinstance(record, Incident) else "window"
    for index in reversed(range(len(record.reports))):
        report = record.reports[index]
        if report.withdrawn is None and getattr(report, key, None) is not None:
            return document.place("reports", index, key)
    if isinstance(record, Incident):
        return document.place("reports", 0)
    return document.place("window" if isinstance(record, Maintenance) else "from")
