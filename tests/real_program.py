"""The real program in processes of its own, sites to run it on, and whole trees to compare."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from noroshi.pipeline.scaffold import EXAMPLE_NOW

ROOT = Path(__file__).resolve().parents[1]
NOW = EXAMPLE_NOW
CLEARED = ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "FORCE_COLOR", "NO_COLOR", "LANG", "LC_ALL", "TZ", "COLUMNS")
"""What the surroundings of the tests may set and no run must inherit."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a process did."""

    code: int
    out: str
    err: str


def environment(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a run: the user's cache lies below `folder`."""
    base = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return base | {"XDG_CACHE_HOME": str(folder / "user-cache"), "NO_MKDOCS_2_WARNING": "1"} | dict(more or {})


def start(arguments: Sequence[object], cwd: Path, env: Mapping[str, str], *, umask: int = -1) -> subprocess.Popen[str]:
    """Start ``noroshi`` with these arguments; its pipes close when the last process that holds them has ended."""
    return subprocess.Popen(
        [sys.executable, "-m", "noroshi", *map(str, arguments)],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        umask=umask,
        start_new_session=True,
    )


def noroshi(
    *arguments: object, cwd: Path, env: Mapping[str, str] | None = None, umask: int = -1, fine: bool = True
) -> Ran:
    """Run ``noroshi`` to its end; with `fine`, anything but exit code 0 fails the test with what was printed."""
    process = start(arguments, cwd, env if env is not None else environment(cwd), umask=umask)
    out, err = process.communicate(timeout=120)
    assert not fine or process.returncode == 0, f"noroshi {arguments}: {process.returncode}\n{out}\n{err}"
    assert "Traceback" not in err, err
    return Ran(code=process.returncode, out=out, err=err)


def copy_example(folder: Path) -> Path:
    """A site that tells the example's story, in a new folder."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def multiply(site: Path, copies: int) -> None:
    """Add copies of one incident, so many that several processes share the work."""
    source = site / "content/incidents/2026/2026-07-14-ci-stopped.yaml"
    text = source.read_text("utf-8").replace("$schema=../../", "$schema=../../../")
    folder = site / "content/incidents/many"
    folder.mkdir()
    for number in range(copies):
        (folder / f"copy-{number:03}.yaml").write_text(text, "utf-8")


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder with None."""
    return {
        place.relative_to(folder).as_posix(): None if place.is_dir() else place.read_bytes()
        for place in sorted(folder.rglob("*"))
    }


def assert_same(left: Mapping[str, bytes | None], right: Mapping[str, bytes | None]) -> None:
    """Fail with the names of what differs, not with megabytes."""
    assert left.keys() == right.keys(), f"only in one: {sorted(left.keys() ^ right.keys())}"
    different = [path for path in left if left[path] != right[path]]
    assert not different, "\n".join(f"{path}: {_first_difference(left[path], right[path])}" for path in different[:5])


def _first_difference(left: bytes | None, right: bytes | None) -> str:
    if left is None or right is None:
        return "a folder in one, a file in the other"
    at = next(
        (index for index, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
    near = slice(max(0, at - 60), at + 60)
    return f"at byte {at}: {left[near]!r} / {right[near]!r}"
