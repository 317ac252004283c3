"""Rendered themes on disk, one folder for each key: whole or absent, never half.

A folder is made beside its place and renamed into it. Anything in it that is not as it was written makes it
count as absent, since the theme can always be rendered again.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from noroshi.theme.request import Theme, ThemeError
from noroshi.theme.shell import Shell

KEPT = 32
# Themes, of less than a megabyte each: one for each client's edition, and a few to go back to.
_CHECKED_WHOLE = 1024 * 1024
# Bytes; of a larger file only the size is compared when it is read back.
_NEW = ".new-"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What the system says where a disk is full, or a user's share of it.


def read(cache_dir: Path, key: str) -> tuple[Theme, bool] | None:
    """Return a stored theme and whether its mkdocs.yml is strict; None where there is none as written."""
    folder = cache_dir / key
    try:
        digest, _, text = (folder / "theme.json").read_bytes().partition(b"\n")
        if _digest(text) != digest.decode("ascii"):
            return None
        index = json.loads(text)
        files = folder / "files"
        if not all(_stands(files / name, entry) for name, entry in index["files"].items()):
            return None
        shells = {
            (language, kind): Shell.from_json(shell)
            for language, kinds in index["shells"].items()
            for kind, shell in kinds.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    pages = index["page_sources"]
    with suppress(OSError):
        # Marks the theme as used, for `_prune`; a cache that may only be read serves as well.
        os.utime(folder)
    theme = Theme(
        shells=shells,
        assets={name: files / name for name in index["files"] if name not in pages},
        pages={name: files / name for name in index["files"] if name in pages},
        page_sources=pages,
        warnings=tuple(index["warnings"]),
    )
    return theme, bool(index["strict"])


def write_index(
    folder: Path,
    *,
    shells: Mapping[str, Any],
    page_sources: Mapping[str, str],
    warnings: Sequence[str],
    strict: bool,
) -> None:
    """Describe a new folder, whose `files/` are complete, in its `theme.json`."""
    files = folder / "files"
    paths = sorted(path for path in files.rglob("*") if path.is_file())
    index = {
        "shells": shells,
        "files": {path.relative_to(files).as_posix(): _entry(path) for path in paths},
        "page_sources": page_sources,
        "warnings": warnings,
        "strict": strict,
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    (folder / "theme.json").write_bytes(f"{_digest(text)}\n".encode() + text)


@contextmanager
def writing(cache_dir: Path, key: str) -> Iterator[Path]:
    """Give a new folder to fill, and put it in place of `key` at the end; on an error it vanishes.

    Two at once do not meet: each fills a folder of its own, and the later rename finds an equal theme.
    Raises ThemeError where the cache cannot be written.
    """
    try:
        cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_NEW, dir=cache_dir))
        with (folder / "lock").open("wb") as lock:
            # Tells a folder in use from one that a killed run left; the lock ends with the process.
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield folder
                shutil.rmtree(folder / "runs", ignore_errors=True)
                _put(folder, cache_dir / key)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        _prune(cache_dir)
    except OSError as error:
        raise ThemeError(f"{error.filename or cache_dir}: {error.strerror}; the theme cannot be kept") from error


def _put(folder: Path, place: Path) -> None:
    while True:
        try:
            folder.rename(place)
        except OSError:
            if read(place.parent, place.name) is not None:
                return  # Another run was first.
            if not place.exists():
                raise
            _remove(place)
        else:
            return


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink()


def _prune(cache_dir: Path) -> None:
    """Drop what killed runs left, and all but the themes used last."""
    stored = [path for path in cache_dir.iterdir() if path.is_dir()]
    for path in stored:
        if path.name.startswith(_NEW) and _abandoned(path):
            shutil.rmtree(path, ignore_errors=True)
    themes = [path for path in stored if (path / "theme.json").is_file() and not path.name.startswith(_NEW)]
    themes.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in themes[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    try:
        with (folder / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Held by its maker, or not locked yet.
        return False
    return True


def _entry(path: Path) -> list[Any]:
    size = path.stat().st_size
    return [size, _digest(path.read_bytes()) if size <= _CHECKED_WHOLE else ""]


def _stands(path: Path, entry: Sequence[Any]) -> bool:
    size, digest = entry
    if path.stat().st_size != size:
        return False
    return not digest or _digest(path.read_bytes()) == digest


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
