"""Putting a new site's files into a folder, whole or not at all, and over nothing that stands there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from noroshi.problems import StatedError

_STAGE = ".noroshi-init-"
# Last comes what makes a folder a site, and what `noroshi init` finds in its way: after a kill it can run again.
_ESSENTIAL = ("mkdocs.yml", "content")


@dataclass(frozen=True, kw_only=True)
class Founded:
    """What was made."""

    files: tuple[str, ...]
    """Relative to the site's folder, in order."""
    kept: tuple[str, ...]
    """Files that stood there already, with other bytes than the new site's, and were left alone."""


def found_site(folder: Path, files: Mapping[str, bytes]) -> Founded:
    """Make a site in a folder, new or not.

    Everything is written beside first and then moved, ``content`` last. A new folder appears whole.

    :param files: path relative to the folder, and bytes
    :raises StatedError: something is in the way
    :raises OSError: the folder cannot be written to
    """
    _refuse_what_stands(folder, files)
    if not folder.exists():
        folder = folder.absolute()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _Stage(folder.parent, f".{folder.name[:100]}{_STAGE}") as stage:
            _write(stage, files)
            stage.rename(folder)
        return Founded(files=tuple(sorted(files)), kept=())
    standing = [path for path in files if path.split("/")[0] not in _ESSENTIAL and os.path.lexists(folder / path)]
    new = {path: data for path, data in files.items() if path not in standing}
    with _Stage(folder, _STAGE) as stage:
        _write(stage, new)
        for path in new:
            if path.split("/")[0] not in _ESSENTIAL:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (stage / path).rename(folder / path)
        for name in _ESSENTIAL:
            if (stage / name).exists():
                (stage / name).rename(folder / name)
    kept = [path for path in standing if _bytes(folder / path) != files[path]]
    return Founded(files=tuple(sorted(new)), kept=tuple(sorted(kept)))


def _refuse_what_stands(folder: Path, files: Mapping[str, bytes]) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise StatedError(f"{folder} is no folder; name another one")
    in_the_way = [name for name in _ESSENTIAL if os.path.lexists(folder / name)]
    if in_the_way == ["mkdocs.yml"] and _bytes(folder / "mkdocs.yml") == files["mkdocs.yml"]:
        return  # what a killed init has left
    if in_the_way:
        names = " and ".join(str(folder / name) for name in reversed(in_the_way))
        raise StatedError(
            f"{names} {'is' if len(in_the_way) == 1 else 'are'} in the way: nothing was written; name a new folder, "
            "for example 'noroshi init status', or move them away"
        )


def _bytes(place: Path) -> bytes | None:
    return place.read_bytes() if place.is_file() else None


def _write(stage: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_bytes(data)


class _Stage:
    """A folder to write into, which vanishes in the end; what a killed run left vanishes in the beginning."""

    def __init__(self, parent: Path, prefix: str) -> None:
        for left in parent.glob(f"{_escaped(prefix)}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._outer = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))

    def __enter__(self) -> Path:
        # mkdtemp's own folder is for its owner alone; the site's has the rights that the umask leaves.
        stage = self._outer / "site"
        stage.mkdir()
        return stage

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._outer, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
