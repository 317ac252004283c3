"""What need not be done again: readings of unchanged files, and why each published page looks as it does.

Only a cache: deleting it changes no byte of the site. It holds what no reader may see, so it lies outside
the site and only its owner may read it.
"""

from __future__ import annotations

import os
import pickle
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


@dataclass(kw_only=True)
class Memory:
    """What one run leaves for the next."""

    readings: dict[str, tuple[tuple[int, int, int], Any]] = field(default_factory=dict)
    """By a record's path: its file's signature, and its reading."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """By a published file's path: a digest of all that it was made of."""
    generation: bytes = b""
    """The publication that ``pages`` speaks of."""
    written_at: int = 0
    """When this memory was stored, in nanoseconds of the file system's clock; files changed since are doubtful."""


def prepare_cache(folder: Path) -> Path:
    """Make a cache folder that only its owner may enter.

    :raises OSError: it cannot be made, or belongs to somebody else, who could plant what we then believe
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise PermissionError(13, "the cache folder belongs to another user; name another with --cache", str(folder))
    if stat.S_IMODE(status.st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def load_memory(folder: Path, key: bytes) -> Memory:
    """What the last run with the same program and settings left; empty where there is nothing usable."""
    place = folder / "memory"
    try:
        status = place.stat()
        with place.open("rb") as file:
            if file.read(len(key)) != key:
                return Memory()
            memory = pickle.load(file)
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError, TypeError):
        return Memory()
    if not isinstance(memory, Memory):
        return Memory()
    memory.written_at = status.st_mtime_ns
    return memory


def save_memory(folder: Path, key: bytes, memory: Memory) -> None:
    """Store what this run leaves, whole or not at all.

    :raises OSError: the disk is full or may not be written to
    """
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            pickle.dump(memory, file, protocol=5)
        Path(name).replace(folder / "memory")
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def program_key() -> bytes:
    """Differs when any module of this program does."""
    digest = blake2b(digest_size=16)
    for name, status in sorted(_modules(str(_PACKAGE))):
        digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.digest()


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
