"""The real build, killed or hindered: the old site stands whole, no process stays, and the next build publishes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from noroshi.publishing.lock import locked
from real_program import NOW, assert_same, copy_example, environment, multiply, noroshi, start, tree

pytestmark = pytest.mark.slow
Tree = dict[str, bytes | None]


def rename(site: Path, name: str) -> None:
    """Give the site another name: every page changes."""
    place = site / "content/site.yaml"
    lines = place.read_text("utf-8").splitlines(keepends=True)
    place.write_text("".join(f"name: {name}\n" if line.startswith("name:") else line for line in lines), "utf-8")


def arguments(folder: Path, jobs: int) -> list[object]:
    given = ["build", "--site", folder / "status", "--out", folder / "public" / "site", "--cache", folder / "cache"]
    return [*given, "--now", NOW, "--jobs", jobs]


@pytest.mark.parametrize(
    ("jobs", "copies", "moments"), [(1, 0, 8), (2, 200, 12)], ids=["one process", "two more processes"]
)
def test_killed_at_any_moment(tmp_path: Path, jobs: int, copies: int, moments: int) -> None:
    """SIGKILL at moments spread over the run: the site is the old one or the new one, byte for byte, no worker
    outlives the build, and the next build publishes and leaves nothing behind."""
    site = copy_example(tmp_path / "status")
    multiply(site, copies)
    out, command, env = tmp_path / "public" / "site", arguments(tmp_path, jobs), environment(tmp_path)
    wanted: dict[str, Tree] = {}
    took = 60.0
    for name in ("Smoke", "Fire"):
        rename(site, name)
        began = time.monotonic()
        noroshi(*command, cwd=tmp_path, env=env)
        took = min(took, time.monotonic() - began)
        wanted[name] = tree(out)
    aside = sorted(path.name.split("-")[0] for path in out.parent.glob(".site.noroshi/*"))
    kept = _cache_names(tmp_path / "cache")
    old, new, killed = "Fire", "Smoke", 0
    for moment in range(moments):
        rename(site, new)
        process = start(command, tmp_path, env)
        try:
            process.wait(timeout=took * (moment + 0.5) / moments)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        # The pipes close when the last process that inherited them has gone: a worker left behind would hold them.
        process.communicate(timeout=20)
        stands = tree(out)
        assert_same(stands, wanted[new] if process.returncode == 0 or stands == wanted[new] else wanted[old])
        began = time.monotonic()
        noroshi(*command, cwd=tmp_path, env=env)
        took = min(took, time.monotonic() - began)
        assert_same(tree(out), wanted[new])
        assert sorted(path.name.split("-")[0] for path in out.parent.glob(".site.noroshi/*")) == aside
        assert {path.name for path in out.parent.iterdir()} == {"site", ".site.noroshi"}
        assert _cache_names(tmp_path / "cache") == kept
        old, new = new, old
    assert killed >= moments // 3, "the builds ended before they could be killed"


def _cache_names(cache: Path) -> list[str]:
    """What lies at the top of the cache, keys of content left out."""
    return sorted(path.name for path in cache.iterdir())


def test_interrupted_from_the_keyboard(tmp_path: Path) -> None:
    """Ctrl+C, which reaches every process at once, ends quietly with 130 and leaves the old site and no process."""
    site = copy_example(tmp_path / "status")
    multiply(site, 200)
    command, env = arguments(tmp_path, 2), environment(tmp_path)
    noroshi(*command, cwd=tmp_path, env=env)
    before = tree(tmp_path / "public" / "site")
    rename(site, "Other")
    process = start([*command, "--timings"], tmp_path, env)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode in (130, -signal.SIGINT), err
    if process.returncode == 130:
        assert "Traceback" not in err
    assert_same(tree(tmp_path / "public" / "site"), before)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("a file system of its own needs root and the mount command")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"mounting is not allowed here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(tmp_path: Path, disk: Path) -> None:
    """Where the new site does not fit, the old one stands, the message names place and advice, and the exit code
    is 3; with room again the next build publishes."""
    site = copy_example(tmp_path / "status")
    command = ["build", "--site", site, "--out", disk / "site", "--cache", tmp_path / "cache", "--now", NOW]
    noroshi(*command, cwd=tmp_path)
    before = tree(disk / "site")
    rename(site, "Other")
    free = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - 64 * 1024)))
    ran = noroshi(*command, cwd=tmp_path, fine=False)
    assert ran.code == 3, ran.err
    assert "No space left on device" in ran.err
    assert str(disk) in ran.err
    assert_same(tree(disk / "site"), before)
    (disk / "ballast").unlink()
    noroshi(*command, cwd=tmp_path)
    assert tree(disk / "site") != before


def test_a_read_only_disk(tmp_path: Path, disk: Path) -> None:
    """A target that may not be written to: exit code 3, the place and the reason, the old site untouched."""
    site = copy_example(tmp_path / "status")
    command = ["build", "--site", site, "--out", disk / "site", "--cache", tmp_path / "cache", "--now", NOW]
    noroshi(*command, cwd=tmp_path)
    before = tree(disk / "site")
    rename(site, "Other")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    ran = noroshi(*command, cwd=tmp_path, fine=False)
    assert ran.code == 3, ran.err
    assert "Read-only file system" in ran.err
    assert str(disk) in ran.err
    assert_same(tree(disk / "site"), before)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; test_a_read_only_disk is its counterpart")
def test_a_folder_without_rights(tmp_path: Path) -> None:
    """A parent folder in which we may not write: exit code 3, and the place."""
    site = copy_example(tmp_path / "status")
    (tmp_path / "public").mkdir(mode=0o500)
    ran = noroshi(*arguments(tmp_path, 1), cwd=tmp_path, fine=False)
    assert ran.code == 3, ran.err
    assert str(tmp_path / "public") in ran.err
    assert site.is_dir()


def test_a_second_build_says_that_it_has_to_wait(tmp_path: Path) -> None:
    """While another process publishes to the same folder, a build ends at once with 3 and touches nothing."""
    site = copy_example(tmp_path / "status")
    command, out = arguments(tmp_path, 1), tmp_path / "public" / "site"
    noroshi(*command, cwd=tmp_path)
    before = tree(out)
    rename(site, "Other")
    with locked(out.parent / ".site.noroshi" / "lock", out):
        ran = noroshi(*command, cwd=tmp_path, fine=False)
    assert ran.code == 3
    assert f"{out}: another build is publishing here" in ran.err
    assert_same(tree(out), before)


def test_builds_at_once(tmp_path: Path) -> None:
    """Three builds started together, with one cache: each publishes or says that another does, and the site is
    what one alone makes."""
    copy_example(tmp_path / "status")
    command, env = arguments(tmp_path, 1), environment(tmp_path)
    for _ in range(3):
        together = [start(command, tmp_path, env) for _ in range(3)]
        told = [(process.communicate(timeout=60)[1], process.returncode) for process in together]
        assert all(code == 0 or (code == 3 and "another build is publishing" in err) for err, code in told), told
        assert any(code == 0 for _, code in told)
    alone = tmp_path / "alone"
    noroshi("build", "--site", "status", "--out", alone, "--cache", "cache2", "--now", NOW, cwd=tmp_path, env=env)
    assert_same(tree(tmp_path / "public" / "site"), tree(alone))
