"""The content folder: which files are records, which are settings, and what does not belong there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from noroshi.pipeline.reading.content_faults import DEEPEST, escaping, no_folder, special, stray, too_deep, unreadable
from noroshi.problems import Place, Problem, StatedError
from noroshi.records.content import MatterKind
from noroshi.records.settings import LISTS
from noroshi.yamlsource.encoding import MAX_BYTES


class SiteError(StatedError):
    """The site's folder cannot be worked with; the message is for people."""


class SourceFile(NamedTuple):
    """A record's file as the folder lists it, not yet read. A plain tuple, for every run makes 10,000 of them."""

    path: str
    """Relative to the site's folder, with ``/``: the name that problems use."""
    place: str
    """Where it lies on disk."""
    kind: MatterKind
    id: str
    signature: tuple[int, int, int]
    """Size, time of change in nanoseconds, inode: where all are the same, the bytes are taken to be the same."""


@dataclass(frozen=True, kw_only=True)
class SiteFolder:
    """A site on disk: a folder with ``mkdocs.yml`` and ``content/``."""

    root: Path

    @property
    def content(self) -> Path:
        """Where people write."""
        return self.root / "content"

    @property
    def pages(self) -> Path:
        """The operator's own pages."""
        return self.content / "pages"

    @property
    def mkdocs_yml(self) -> Path:
        """The look of the site."""
        return self.root / "mkdocs.yml"

    @property
    def templates(self) -> Path:
        """The site's own templates, each in place of a shipped one."""
        return self.root / "site_templates"

    @property
    def translations(self) -> Path:
        """The site's own words, a catalogue for each language."""
        return self.root / "locale"


SETTINGS_FILES = ("site.yaml", *LISTS)
_FOLDERS = {kind.value: kind for kind in MatterKind}
TEMPLATES = "templates"
"""The folder of what recurring matters begin with."""
# Folders that hold no records: MkDocs' pages, calendars that site.yaml may name, and templates.
_OTHER_FOLDERS = ("pages", "calendars", TEMPLATES)


def open_site(root: Path) -> SiteFolder:
    """The site in a folder.

    :raises SiteError: there is none
    """
    folder = SiteFolder(root=root)
    if not folder.content.is_dir():
        raise SiteError(
            f"{root}: there is no site here (no folder 'content'); go to a site's folder, name it with --site, "
            "or make one with 'noroshi init'"
        )
    return folder


def find_records(folder: SiteFolder) -> tuple[list[SourceFile], list[Problem]]:
    """Every record's file, in the order of their paths, and what does not belong into the content folder."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    real_root = os.path.realpath(folder.content)
    with os.scandir(folder.content) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        path = f"content/{entry.name}"
        if entry.name in _FOLDERS:
            for found in _folder(entry, path, _FOLDERS[entry.name], real_root):
                if isinstance(found, SourceFile):
                    files.append(found)
                else:
                    problems.append(found)
        elif entry.name in _OTHER_FOLDERS:
            problems += _unfit(entry, path, real_root, 1)
        elif not _expected(entry.name):
            problems.append(stray(path, [*_FOLDERS, *SETTINGS_FILES, *_OTHER_FOLDERS]))
    return files, problems


def _folder(entry: os.DirEntry[str], path: str, kind: MatterKind, real_root: str) -> Iterator[SourceFile | Problem]:
    """What is in one of the folders of records."""
    problem = _escapes(entry, path, real_root)
    if problem is not None:
        yield problem
    elif not entry.is_dir(follow_symlinks=False):
        yield no_folder(path)
    else:
        yield from _walk(entry.path, path, kind, real_root)


def _expected(name: str) -> bool:
    return name in SETTINGS_FILES or is_ignored(name) or name.lower().startswith("readme")


def is_ignored(name: str) -> bool:
    """Whether it is the name of a hidden file, or of what editors leave behind."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".bak", ".orig"))


def _walk(folder: str, path: str, kind: MatterKind, real_root: str, depth: int = 1) -> Iterator[SourceFile | Problem]:
    if depth > DEEPEST:
        yield too_deep(path, depth)
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(path, error, what="folder")
        return
    for entry in entries:
        name = entry.name
        if is_ignored(name) and name != ".yaml":
            continue
        below = f"{path}/{name}"
        problem = _escapes(entry, below, real_root) if entry.is_symlink() else None
        if problem is not None:
            yield problem
        elif entry.is_dir():
            yield from _walk(entry.path, below, kind, real_root, depth + 1)
        elif name.endswith(".yaml"):
            yield _record(entry, below, kind)
        elif not name.lower().startswith("readme"):
            advice = "rename it to .yaml" if name.endswith(".yml") else "move it elsewhere (pages/ may hold images)"
            yield Problem(
                place=Place(path=below),
                rule="stray-file",
                found=f"'{name}' is no record",
                allowed="records are files that end in .yaml",
                advice=advice,
            )


def _unfit(entry: os.DirEntry[str], path: str, real_root: str, depth: int) -> Iterator[Problem]:
    """What in a folder of pages or calendars nobody could read, or would have to read for ever."""
    problem = _escapes(entry, path, real_root)
    if problem is not None:
        yield problem
    elif not entry.is_dir():
        try:
            ordinary = stat.S_ISREG(entry.stat().st_mode)
        except OSError as error:
            yield unreadable(path, error)
        else:
            if not ordinary:
                yield special(path)
            elif depth == 1:
                yield no_folder(path)
    elif depth > DEEPEST:
        yield too_deep(path, depth)
    else:
        try:
            with os.scandir(entry.path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield unreadable(path, error, what="folder")
            return
        for below in entries:
            if not below.name.startswith(".#"):  # by such links to nowhere Emacs marks what it edits
                yield from _unfit(below, f"{path}/{below.name}", real_root, depth + 1)


def _record(entry: os.DirEntry[str], path: str, kind: MatterKind) -> SourceFile | Problem:
    try:
        status = entry.stat()
    except OSError as error:
        return unreadable(path, error)
    if not stat.S_ISREG(status.st_mode):
        return special(path)
    signature = (status.st_size, status.st_mtime_ns, status.st_ino)
    return SourceFile(path, entry.path, kind, entry.name.removesuffix(".yaml"), signature)


def _escapes(entry: os.DirEntry[str], path: str, real_root: str) -> Problem | None:
    if entry.is_symlink() and not leads_inside(Path(entry.path), Path(real_root)):
        return escaping(path)
    return None


def leads_inside(link: Path, content: Path) -> bool:
    """Whether a symbolic link leads to a file within the content."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # nowhere, or in a circle, which Python before 3.13 tells by a RuntimeError
        return False
    return target.is_relative_to(content.resolve()) and target.is_file()


def read_bytes(path: str, place: str | Path) -> tuple[bytes, Problem | None]:
    """A file's bytes, at most one more than a content file may have, or why they cannot be had."""
    try:
        with open(place, "rb") as file:  # noqa: PTH123 (a Path for each of 10,000 files costs as much as reading it)
            return file.read(MAX_BYTES + 1), None
    except OSError as error:
        return b"", unreadable(path, error)
