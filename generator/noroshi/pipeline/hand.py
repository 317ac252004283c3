"""One hand of the crew: reads records and prints their pages, keeping what it read between the two."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from noroshi.endpoints import matter_document_file
from noroshi.pipeline.printing.archive_files import ArchiveJob, ArchivePress
from noroshi.pipeline.printing.search_files import SearchJob, SearchPress
from noroshi.pipeline.reading.content import SourceFile
from noroshi.pipeline.reading.record import Moments, Reading, read_entry, read_record
from noroshi.publishing.tree import Stamp, write_file
from noroshi.records.content import Entry, Settings
from noroshi.snapshot.audience import Audience, visible_entry
from noroshi.snapshot.near import Near
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.theme.shell import Shell
from noroshi.urls import matter_path
from noroshi.writers.api.matter import matter_document
from noroshi.writers.api.parts import Names
from noroshi.writers.pages.press import Press
from noroshi.writers.pages.templates import Templates


@dataclass(frozen=True, kw_only=True)
class PressKit:
    """All that a press is made of, to be sent to a hand."""

    settings: Settings
    """As the audience may see them."""
    shells: Mapping[tuple[str, str], Shell]
    template_folders: tuple[Path, ...]
    bytecode: Path | None
    """Where compiled templates are kept."""
    now: datetime
    """The time at which promises are judged."""
    running: bool
    """Whether pages follow their reader's clock."""


@dataclass(frozen=True, kw_only=True)
class MatterJob:
    """One matter whose pages are to be printed."""

    source: SourceFile
    state: State
    near: Near
    languages: tuple[str, ...]
    """The languages whose page does not stand already."""
    document: bool
    """Whether its document of the API does not stand already."""


Job = MatterJob | ArchiveJob | SearchJob
"""What a hand prints; each job names in ``source`` a record that it needs."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A page that was written."""

    file: str
    stamp: Stamp


class Hand:
    """Reads and prints. Two hands share nothing but the stage's folder."""

    def __init__(self, settings: Settings, moments: Moments, audience: Audience) -> None:
        """:param settings: all of them, for rules see everything
        :param audience: for whom it prints
        """
        self._settings = settings
        self._audience = audience
        self._terms = Terms(settings)
        self._moments = moments
        self._entries: dict[str, Entry] = {}
        self._press: Press | None = None
        self._names: Names | None = None
        self._archive: ArchivePress | None = None
        self._search: SearchPress | None = None
        self._stage = Path()

    def read(self, sources: Sequence[SourceFile]) -> list[Reading]:
        """Read these records, and remember them for printing."""
        readings = []
        for source in sources:
            reading, entry = read_record(source, self._settings, self._terms, self._moments)
            self._keep(source, entry)
            readings.append(reading)
        return readings

    def _keep(self, source: SourceFile, entry: Entry | None) -> None:
        """Remember a record as the audience may see it."""
        shown = visible_entry(entry, self._audience) if entry is not None else None
        if shown is not None:
            self._entries[source.path] = shown

    def entry(self, source: SourceFile) -> Entry | None:
        """A record as the audience may see it, read now if it was not before; None where it may not."""
        if source.path not in self._entries:
            self._keep(source, read_entry(source, self._settings, self._moments))
        return self._entries.get(source.path)

    def equip(self, kit: PressKit, stage: Path) -> None:
        """Take what printing needs.

        :param stage: the root of the tree that is being built
        """
        self._press = make_press(kit)
        self._names = Names(kit.settings.site)
        self._archive = ArchivePress(self._press)
        self._search = SearchPress(self._press)
        self._stage = stage

    def print_sent(self, jobs: Iterable[bytes]) -> list[Printed]:
        """Write what these jobs ask for, each of which is unpickled when its turn has come, and then forgotten."""
        return self.print(map(pickle.loads, jobs))

    def print(self, jobs: Iterable[Job]) -> list[Printed]:
        """Write what these jobs ask for into the stage, in their order."""
        if self._press is None or self._archive is None or self._search is None or self._names is None:
            raise RuntimeError("a hand is equipped before it prints")
        printed: list[Printed] = []
        for job in jobs:
            if isinstance(job, ArchiveJob):
                printed.append(self._write(job.file, self._archive.document(job, self.entry)))
            elif isinstance(job, SearchJob):
                printed += [self._write(file, data) for file, data in self._search.documents(job, self.entry)]
            else:
                printed += self._matter(job, self._press, self._names)
        return printed

    def _matter(self, job: MatterJob, press: Press, names: Names) -> Iterator[Printed]:
        """A matter's pages and its document; its record is not needed any more."""
        entry = self.entry(job.source)
        if entry is None:
            return
        for language in job.languages:
            file = press.file(language, matter_path(entry.kind, entry.id))
            yield self._write(file, press.matter(language, entry, job.state, job.near))
        if job.document:
            data = matter_document(entry, job.state, job.near, names, press.now)
            yield self._write(matter_document_file(entry.kind, entry.id), data)
        self._entries.pop(job.source.path, None)

    def _write(self, file: str, data: bytes) -> Printed:
        return Printed(file=file, stamp=write_file(self._stage, file, data))


def make_press(kit: PressKit) -> Press:
    """The press that a kit makes."""
    return Press(kit.settings, kit.shells, Templates(kit.template_folders, kit.bytecode, running=kit.running), kit.now)


def digest_of_folders(folders: Sequence[Path]) -> bytes:
    """A digest of all templates, for pages depend on them."""
    digest = blake2b(digest_size=16)
    for folder in folders:
        if folder.is_dir():
            os.listdir(folder)  # noqa: PTH208 (rglob takes a folder that may not be read for an empty one)
        for path in sorted(folder.rglob("*.html")) if folder.is_dir() else ():
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}:{len(data)}:".encode() + data)
    return digest.digest()
