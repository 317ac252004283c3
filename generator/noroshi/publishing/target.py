"""Where a site may be published, and the private folder beside it."""

import os
import pwd
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from noroshi.publishing.faults import PublicationError, explain
from noroshi.publishing.tree import MARKER

MARKER_TEXT = b"Published by Noroshi: the next build replaces everything in this folder.\n"
_MARKER_START = b"Published by Noroshi"
_EDITION = b"Edition: "
# a mount point cannot change places with a neighbour; these two stay in it
INSIDE = frozenset({".noroshi.work", "lost+found"})


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder that may be published to."""

    target: Path
    """Its real path; it may be missing."""
    work: Path
    """The private folder for lock, manifest and spare tree; it exists."""
    in_place: bool
    """It cannot be exchanged as a whole (a mount point, or its parent is not writable)."""


def marker_text(edition: str) -> bytes:
    """The mark of a site that a build may replace, which says for whom it is; `edition` as `publishing` has it."""
    return MARKER_TEXT + (_EDITION + edition.encode() + b"\n" if edition else b"")


def find_place(target: Path, protected: Sequence[Path], sources: Sequence[Path], edition: str) -> Place:
    """Judge a target folder and open the private folder beside it, or in it if there is no other way.

    `protected` are files and folders that are never to be replaced: the target may lie inside one, but
    neither be one nor hold one. Nor may it lie inside one of the folders `sources`, whose files are read to
    make the site, nor in a published site, nor hold another edition. Raises PublicationError.
    """
    real = Path(os.path.realpath(target))
    if os.path.islink(target) and not real.exists():  # noqa: PTH114
        raise _refusal(target, "is a symbolic link to nothing", "mend or remove the link")
    for precious in (*protected, *_homes()):
        inner = Path(os.path.realpath(precious))
        if inner == real or real in inner.parents:
            raise _refusal(target, f"is or holds {inner}, which a build must not replace", "choose a folder")
    for source in map(os.path.realpath, sources):
        if real.is_relative_to(source):
            raise _refusal(target, f"lies in {source}, from which the site is made", "choose a folder outside")
    for around in real.parents:
        if _edition_of(around / MARKER) is not None:
            raise _refusal(
                target,
                f"lies in {around}, which is a published site: its readers would see it",
                "choose a folder outside",
            )
    if real == Path(real.anchor):
        raise _refusal(target, "is the root of the file system", "choose a folder")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        fixed = real.is_dir() and (is_mount(real) or not os.access(real.parent, os.W_OK | os.X_OK))
        check_ours(real, edition)
        work = real / ".noroshi.work" if fixed else real.parent / f".{real.name}.noroshi"
        work.mkdir(mode=0o700, exist_ok=True)
        state = work.lstat()
    except OSError as error:
        raise explain(error, "prepare publishing", error.filename or real) from error
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid() or state.st_mode & 0o022:
        found = "is not a folder that you alone can write to"
        raise _refusal(work, found, "build as its owner, or remove it if it is not needed")
    return Place(target=real, work=work, in_place=fixed)


def check_ours(target: Path, edition: str) -> None:
    """Refuse a target that holds what no build of ours has put there, or a build for other readers.

    One slip would show everybody what is meant for few. A missing and an empty folder are well.
    Raises PublicationError and OSError.
    """
    try:
        names = set(os.listdir(target)) - INSIDE  # noqa: PTH208
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise _refusal(target, "is a file", "choose a folder, or remove the file") from None
    if not names:
        return
    there = _edition_of(target / MARKER)
    if there is None:
        raise _refusal(
            target,
            f"is not empty and was not made by a build (it has no {MARKER} file of ours)",
            "choose another output folder, or empty this one",
        )
    if there != edition:
        raise _refusal(
            target,
            f"holds {_named(there)}, and this build is {_named(edition)}",
            "choose another output folder, or empty this one",
        )


def is_mount(folder: Path) -> bool:
    """Whether something is mounted at this real path, a bind mount included."""
    if os.path.ismount(folder):
        return True
    try:
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return False
    # proc(5): blanks in names are written as octal escapes
    unescape = re.compile(rb"\\([0-7]{3})")
    wanted = os.fsencode(folder)
    return any(unescape.sub(lambda found: bytes([int(found[1], 8)]), line.split(b" ")[4]) == wanted for line in lines)


def _edition_of(place: Path) -> str | None:
    """Whose site a mark says this is; None where it is no mark of ours."""
    try:
        data = place.read_bytes() if stat.S_ISREG(place.lstat().st_mode) else b""
    except OSError:
        return None
    if not data.startswith(_MARKER_START):
        return None
    _, told, edition = data.partition(_EDITION)
    return edition.decode(errors="replace").rstrip("\n") if told else ""


def _named(edition: str) -> str:
    return f"the edition for {edition!r}" if edition else "the public site"


def _homes() -> tuple[Path, ...]:
    try:
        return (Path(pwd.getpwuid(os.geteuid()).pw_dir),)
    except KeyError:
        return ()


def _refusal(place: Path, found: str, advice: str) -> PublicationError:
    return PublicationError(f"{place}: cannot be published to: it {found}; {advice}")
