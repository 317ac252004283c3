"""Publish a site so that it is always whole: build a tree beside it, then let the two change places."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree

from noroshi.publishing.exchange import put_in_place, restore
from noroshi.publishing.faults import PublicationError, explain
from noroshi.publishing.inplace import bring_in_line
from noroshi.publishing.lock import locked
from noroshi.publishing.manifest import Manifest, load_manifest, save_manifest
from noroshi.publishing.spare import ancestors, catch_up, disturbed
from noroshi.publishing.stage import prepare_stage, tidy
from noroshi.publishing.target import Place, check_ours, find_place, marker_text
from noroshi.publishing.tree import (
    MARKER,
    PlainStamp,
    Stamp,
    check_path,
    digest_of,
    link_file,
    stands,
    store,
    write_file,
)

__all__ = ["Publication", "PublicationError", "Stamp", "Summary", "digest_of", "publishing", "write_file"]


_PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a publication did, in files."""

    written: int
    """Written anew."""
    kept: int
    """Stand as they were published the last time."""
    removed: int
    """Published the last time and gone now."""
    generation: bytes
    """Equals `Publication.generation` of the next run, unless something came between; empty if unknown."""
    warnings: tuple[str, ...]
    """What went wrong after the site was published, for people."""


class Publication:
    """A publication in the making; `publishing` makes it. Not for use by several threads at once."""

    generation: bytes
    """Names what was published last, empty when that is not known.

    A cache that knows why a page looks as it does is good for `keep` only if it was made together with
    this generation (`Summary.generation`), or if it passes `keep` the digest of the page it means.
    """

    def __init__(
        self, place: Place, stage: Path, times: dict[str, int], manifest: Manifest | None, edition: str
    ) -> None:
        self._stage = stage
        self.generation = manifest.generation if manifest else b""
        self._place = place
        self._edition = edition
        self._times = times
        self._last: Mapping[str, PlainStamp] = manifest.files if manifest else {}
        self._published: Mapping[str, int] = manifest.published if manifest else {}
        self._doubtful_from = manifest.doubtful_from if manifest else 0
        self._files: dict[str, PlainStamp] = {}
        self._folders: dict[str, None] = {}
        self._changed: set[str] = set()
        self._touched: set[str] = set()
        self._shared = False
        self._committed = False
        self._start = f"{stage}/"

    @property
    def stage(self) -> Path:
        """Root of the tree being built, for `write_file` in worker processes.

        On the file system of the site, and read by nobody before `commit`. Whoever asks may write there,
        so `commit` then looks for files that were never entered, which costs a look at every folder.
        """
        self._shared = True
        return self._stage

    def write(self, path: str, data: bytes) -> None:
        """Publish these bytes at `path`; nothing is written if they stand there from the last time.

        Raises PublicationError, also when the path was given other content in this publication.
        """
        digest = digest_of(data)
        if not self._stands_already(path, digest) and not self.keep(path, digest):
            check_path(path)
            self._touched.add(path)
            self._change(path, store(self._stage, path, (data,), digest))

    def adopt(self, path: str, source: Path) -> None:
        """Publish a copy of the file `source` at `path`. Raises PublicationError."""
        check_path(path)
        try:
            if not source.is_file():
                raise PublicationError(f"{source}: cannot be copied to the site: it is not a file; remove it")
            with source.open("rb") as file:
                digest = file_digest(file, "sha256").digest()[:16]
                if not self._stands_already(path, digest) and not self.keep(path, digest):
                    self._touched.add(path)
                    file.seek(0)
                    pieces = iter(lambda: file.read(_PIECE), b"")
                    self._change(path, store(self._stage, path, pieces, digest))
        except OSError as error:
            raise explain(error, "read", source) from error

    def enter(self, path: str, entry: Stamp) -> None:
        """Publish what `write_file` wrote at `path` below the stage, in whatever process.

        Raises PublicationError when it does not stand there.
        """
        check_path(path)
        if not stands(self._start + path, entry, entry.mtime_ns + 1):
            raise PublicationError(f"{self._start + path}: cannot be published: it is not as it was written")
        self._change(path, entry)

    def keep(self, path: str, digest: bytes | None = None) -> bool:
        """Publish at `path` what was published there the last time, if it stands there intact.

        False when it does not, or is not what `digest` names, and must be written again. A file that was
        edited or deleted by hand in the site counts as not intact. Raises PublicationError.
        """
        entry = self._last.get(path)
        if entry is None or (digest is not None and digest != entry[2]):
            return False
        if path in self._files:
            return self._stands_already(path, entry[2])
        try:
            state = os.lstat(self._start + path)
            intact = state.st_mtime_ns == entry[1] < self._doubtful_from and state.st_size == entry[0]
        except OSError:
            intact = False
        if not intact and not self._mend(path, entry):
            return False
        self._files[path] = entry
        return True

    def commit(self) -> Summary:
        """Publish what was written, entered, adopted and kept, and nothing else.

        The one moment of the change is the exchange of two folders; up to it the old site stands as it
        was. Raises PublicationError; once the new site is published, trouble becomes a warning.
        """
        if self._committed:
            raise PublicationError(f"{self._place.target}: this publication is already finished")
        target = self._place.target
        try:
            mark = marker_text(self._edition)
            if not self.keep(MARKER, digest_of(mark)):
                self._change(MARKER, store(self._stage, MARKER, (mark,), digest_of(mark)))
            removed = self._settle()
            check_ours(target, self._edition)
            published = self._expose()
        except OSError as error:
            raise explain(error, "publish", error.filename or target) from error
        self._committed = True
        warnings: list[str] = []
        generation = self._provide(published, removed, warnings)
        written = len(self._changed - {MARKER})
        return Summary(
            written=written,
            kept=len(self._files) - written - 1,
            removed=len(removed),
            generation=generation,
            warnings=tuple(warnings),
        )

    def close(self) -> None:
        """Give up what was not committed; `publishing` calls it."""
        if not self._committed and (self._changed or not self._last):
            rmtree(self._stage, ignore_errors=True)

    def _stands_already(self, path: str, digest: bytes) -> bool:
        taken = self._files.get(path)
        if taken is not None and taken[2] != digest:
            raise PublicationError(f"{path}: two contents are given for this file of the site; rename one")
        return taken is not None

    def _mend(self, path: str, entry: PlainStamp) -> bool:
        place = self._start + path
        if stands(place, entry, self._doubtful_from):
            return True
        if not stands(f"{self._place.target}/{path}", entry, self._doubtful_from):
            return False
        try:
            link_file(f"{self._place.target}/{path}", os.fspath(self._stage), path)
        except OSError as error:
            raise explain(error, "write", place) from error
        self._touched.add(path)
        return True

    def _change(self, path: str, entry: Stamp) -> None:
        self._stands_already(path, entry.digest)
        self._files[path] = entry
        self._changed.add(path)

    def _settle(self) -> list[str]:
        """Leave in the stage exactly what is to be published; tell what went since the last time."""
        same = self._files.keys() == self._last.keys()
        self._folders = dict.fromkeys(self._published) if same else ancestors(self._files)
        for path in self._folders.keys() & self._files.keys():
            raise PublicationError(f"{path}: is a folder of the site and a file as well; rename one")
        gone = [] if same else [path for path in self._last if path not in self._files]
        touched = disturbed(self._changed | self._touched, gone, self._times)
        times: dict[str, int] = {}
        for folder in self._folders:
            time = self._times.get(folder, 0)
            if folder in touched or (self._shared and os.lstat(self._start + folder).st_mtime_ns != time):
                time = tidy(self._stage, folder, self._files, self._folders)
            times[folder] = time
        self._times = times
        return gone

    def _expose(self) -> dict[str, int]:
        """Let the site be the stage; give the times (ns) of the site's folders."""
        target, work = self._place.target, self._place.work
        if self._place.in_place:
            known = {folder: self._published.get(folder, 0) for folder in self._folders}
            return bring_in_line(target, self._stage, work, self._files, known, self._doubtful_from)
        put_in_place(self._stage, target, work / "old")
        return self._times

    def _provide(self, published: Mapping[str, int], removed: list[str], warnings: list[str]) -> bytes:
        """Make ready for the next publication; give the generation."""
        target, manifest = self._place.target, self._place.work / "manifest"
        spare: Mapping[str, int] = self._times
        if not self._place.in_place:
            try:
                known = {folder: self._published.get(folder, 0) for folder in self._folders}
                spare = catch_up(target, self._stage, self._changed, removed, self._files, known)
            except OSError as error:
                spare = {}
                fault = explain(error, "prepare the next build", error.filename or target)
                warnings.append(f"the site is published, but the next build will take longer: {fault}")
        try:
            return save_manifest(manifest, self._files, dict(published), dict(spare))
        except OSError as error:
            # an old manifest beside a new site would tell later builds to keep what is gone
            manifest.unlink(missing_ok=True)
            fault = explain(error, "write", manifest)
            warnings.append(f"the site is published, but the next build will start afresh: {fault}")
            return b""


@contextmanager
def publishing(
    target: Path, *, protected: Sequence[Path] = (), sources: Sequence[Path] = (), edition: str = ""
) -> Iterator[Publication]:
    """Hold the lock of a site, clear what a killed build left, and give a publication to fill and commit.

    Left without `Publication.commit`, it leaves the published site as it was. `protected` are sources that
    no build may replace, `sources` are folders inside which none may publish. `edition` names the readers
    that the site is for, empty for everybody: it takes the place of no other. Raises PublicationError.
    """
    place = find_place(target, protected, sources, edition)
    with locked(place.work / "lock", place.target):
        try:
            restore(place.target, place.work / "old")
            manifest = load_manifest(place.work / "manifest")
            stage, times = prepare_stage(place.work, manifest)
        except OSError as error:
            raise explain(error, "prepare publishing", error.filename or place.work) from error
        publication = Publication(place, stage, times, manifest, edition)
        owner = os.getpid()
        try:
            yield publication
        finally:
            # a forked worker that ends by an exception passes here, too
            if os.getpid() == owner:
                publication.close()
