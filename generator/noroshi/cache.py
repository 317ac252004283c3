"""What need not be done again: readings of unchanged files, and why each published page looks as it does.

Only a cache: deleting it changes no byte of the site. It holds what no reader may see, so it lies outside
the site and only its owner may read it.
"""

from __future__ import annotations

import os
import pickle
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from zlib import adler32, crc32

from noroshi.publishing.placing import place_file

_PACKAGE = Path(__file__).resolve().parent
# The names in a cache folder, and those that a killed run leaves of a file that it was about to place.
_PAGES = r"pages(-for-[A-Za-z0-9-]+)?"
_STORED = rf"readings-\d\d|{_PAGES}|calendars|holidays"
_OURS = re.compile(rf"({_STORED}|theme|templates|\.({_STORED})-[a-z0-9_]{{8}}\.bak)$")

_CHECKSUM = 4

SHARDS = 64
"""Into how many files the readings are spread, so that one changed record does not rewrite them all."""


@dataclass(kw_only=True)
class Memory:
    """What one run leaves for the next."""

    readings: dict[str, Remembered] = field(default_factory=dict)
    """By a record's path."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """By a published file's path: a digest of all that it was made of."""
    generation: bytes = b""
    """The publication that ``pages`` speaks of."""


class Remembered(NamedTuple):
    """A reading, and the file that it was read from."""

    signature: tuple[int, int, int]
    """Size, time of change in nanoseconds, inode."""
    reading: Any
    stored_at: int
    """When it was stored, in nanoseconds of the file system's clock; a file changed since then is doubtful."""


def prepare_cache(folder: Path) -> Path:
    """Make a cache folder that only its owner may enter.

    :raises OSError: it cannot be made, or belongs to somebody else, who could plant what we then believe; or it is
        open to others and holds what is not ours, so that closing it would take something from them (``/tmp``, say)
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise PermissionError(13, "the cache folder belongs to another user; name another with --cache", str(folder))
    if stat.S_IMODE(status.st_mode) & 0o077:
        foreign = [name for name in sorted(os.listdir(folder)) if not _OURS.match(name)]  # noqa: PTH208
        if foreign:
            said = (
                f"the folder is open to others and holds more than a cache ({foreign[0]!r}); name another with --cache"
            )
            raise PermissionError(13, said, str(folder))
        folder.chmod(0o700)
    return folder


def load_memory(folder: Path, key: bytes, edition: str = "") -> Memory:
    """What the last run with the same program and settings left; empty where there is nothing usable.

    :param edition: whose pages are meant, empty for everybody's: readings are the same for all
    """
    memory = Memory()
    for shard in range(SHARDS):
        stored_at, found = _load(folder / f"readings-{shard:02}", key)
        if isinstance(found, dict):
            memory.readings.update(
                (path, Remembered(signature, reading, stored_at)) for path, (signature, reading) in found.items()
            )
    _, pages = _load(_pages(folder, edition), key)
    if isinstance(pages, tuple) and len(pages) == 2:
        memory.generation, memory.pages = pages
    return memory


def save_memory(folder: Path, key: bytes, memory: Memory, before: Memory, edition: str = "") -> None:
    """Store what this run leaves, each file whole or not at all, and only those that differ from ``before``.

    :param edition: whose pages it made, as for :func:`load_memory`
    :raises OSError: the disk is full or may not be written to
    """
    changed = {_shard(path) for path in memory.readings.keys() ^ before.readings.keys()}
    changed |= {_shard(path) for path, kept in memory.readings.items() if before.readings.get(path) is not kept}
    shards: dict[int, dict[str, tuple[tuple[int, int, int], Any]]] = {shard: {} for shard in changed}
    for path, kept in memory.readings.items():
        if (shard := _shard(path)) in shards:
            shards[shard][path] = (kept.signature, kept.reading)
    for shard, readings in shards.items():
        _save(folder / f"readings-{shard:02}", key, readings)
    if (memory.generation, memory.pages) != (before.generation, before.pages):
        _save(_pages(folder, edition), key, (memory.generation, memory.pages))


def load_calendars(folder: Path) -> dict[str, Any]:
    """What the last run with the same program read of calendars, by file; empty where there is nothing usable."""
    return _load_table(folder / "calendars")


def save_calendars(folder: Path, kept: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Store what this run read of calendars, where it differs from ``before``.

    :raises OSError: the disk is full or may not be written to
    """
    _save_table(folder / "calendars", kept, before)


def load_holidays(folder: Path) -> dict[tuple[str, int], Any]:
    """The holidays that earlier runs asked the same library for, by country and year."""
    return _load_table(folder / "holidays")


def save_holidays(folder: Path, known: Mapping[tuple[str, int], Any], before: Mapping[tuple[str, int], Any]) -> None:
    """Store the holidays that are known now, where they differ from ``before``.

    :raises OSError: the disk is full or may not be written to
    """
    _save_table(folder / "holidays", known, before)


def _load_table(place: Path) -> dict[Any, Any]:
    _, found = _load(place, program_key())
    return found if isinstance(found, dict) else {}


def _save_table(place: Path, table: Mapping[Any, Any], before: Mapping[Any, Any]) -> None:
    if table != before:
        _save(place, program_key(), dict(table))


def _pages(folder: Path, edition: str) -> Path:
    """A file for each edition, so that builds for several readers in turn do not make each other forget."""
    return folder / (f"pages-for-{edition}" if edition else "pages")


def _shard(path: str) -> int:
    return crc32(path.encode()) % SHARDS


def _load(place: Path, key: bytes) -> tuple[int, Any]:
    try:
        with place.open("rb") as file:
            if file.read(len(key)) != key:
                return 0, None
            checksum, data = file.read(_CHECKSUM), file.read()
            if _checksum(data) != checksum:
                return 0, None
            return os.fstat(file.fileno()).st_mtime_ns, pickle.loads(data)
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, LookupError, ValueError, TypeError):
        return 0, None


def _save(place: Path, key: bytes, what: object) -> None:
    data = pickle.dumps(what, protocol=5)
    place_file(place, key + _checksum(data) + data, flushed=False, mode=0o600)


def _checksum(data: bytes) -> bytes:
    """What a power failure makes of a file is found at once, and not when a part of it is opened (``packing``)."""
    return adler32(data).to_bytes(_CHECKSUM)


@cache
def program_key() -> bytes:
    """Differs when any module of this program does, Python, or what is installed beside it.

    Found once: what was changed under a running program is not what runs.
    """
    digest = blake2b("\n".join((sys.version, *distributions())).encode("utf-8", "surrogateescape"), digest_size=16)
    for name, status in sorted(_modules(str(_PACKAGE))):
        digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.digest()


def distributions() -> list[str]:
    """The folder names of installed distributions, which carry their versions.

    Of all of them, for a holiday that a library adds and a tag that another one forbids both change pages; and by the
    names alone, since ``importlib.metadata`` takes ten times as long.
    """
    found: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208
        except OSError:
            continue
        found.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)


def _modules(folder: str) -> list[tuple[str, os.stat_result]]:
    found: list[tuple[str, os.stat_result]] = []
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "_shipped"):
                    found += _modules(entry.path)
            elif entry.name.endswith((".py", ".mo")):
                found.append((entry.path, entry.stat()))
    return found
