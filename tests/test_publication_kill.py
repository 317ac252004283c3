"""Killed at any moment: the site is the old one or the new one, and the next build cleans up."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from noroshi.publishing import exchange, publication
from published_site import folders_of, publish, read_site

OLD = {f"incidents/{n}/index.html": b"old %d" % n for n in range(4)} | {"index.html": b"old", "a": b"file"}
NEW = {f"incidents/{n}/index.html": b"new %d" % n for n in range(2, 6)} | {"index.html": b"new", "a/b": b"x"}
# every step by which a publication changes the disk
STEPS = ("open", "write", "mkdir", "link", "rename", "unlink", "rmdir", "fsync", "utime", "scandir")


def run_until_killed(work: Callable[[], object], step: int, names: Sequence[str] = STEPS) -> bool:
    """Do the work in a child that is killed before its step of this number; True if it came to its end."""
    child = os.fork()
    if child == 0:
        count = 0

        def killing(real: Callable[..., object]) -> Callable[..., object]:
            def act(*given: object, **named: object) -> object:
                nonlocal count
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return act

        try:
            for name in names:
                setattr(os, name, killing(getattr(os, name)))
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code == 0


def check_every_kill(
    target: Path, allowed: list[dict[str, bytes]], *, whole: bool = True, names: Sequence[str] = STEPS
) -> int:
    """Kill the change from OLD to NEW at its first step, its second, and so on; tell how many there were."""
    seen = []
    for step in range(1, 500):
        publish(target, OLD)
        publish(target, OLD)
        done = run_until_killed(lambda: publish(target, NEW), step, names)
        site = read_site(target) if target.exists() else {}
        if whole:
            assert site in allowed, f"killed before step {step}"
            seen.append(allowed.index(site))
        # what the next build does must not depend on what it builds
        wanted = [OLD, NEW][step % 2]
        with publication.publishing(target) as following:
            before = OLD if step % 3 else NEW
            for path, data in wanted.items():
                if before.get(path) != data or not following.keep(path, publication.digest_of(data)):
                    following.write(path, data)
            following.commit()
        assert read_site(target) == wanted, f"after a kill before step {step}"
        assert "incidents/0" in folders_of(target) or wanted == NEW
        if done:
            assert set(seen) == set(range(len(allowed))) or not whole
            return step
    raise AssertionError("the work has no end")


@pytest.mark.slow
def test_killed_before_any_step_the_site_is_old_or_new(tmp_path: Path) -> None:
    """A kill before each single step on the disk leaves a whole site, and the next build is right."""
    steps = check_every_kill(tmp_path / "site", [OLD, NEW])
    assert steps > 40
    assert len(list((tmp_path / ".site.noroshi").glob("tree-*"))) == 1


@pytest.mark.slow
def test_killed_without_an_exchange_the_next_build_mends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two renames in place of the exchange nothing stands for a moment; never a mixture."""

    def cannot(*_: Path) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(exchange.put_in_place, "__defaults__", (cannot,))
    check_every_kill(tmp_path / "site", [OLD, NEW, {}], names=["rename"])


@pytest.mark.slow
def test_killed_in_place_every_file_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files are replaced one by one a kill may leave both generations mixed; the next build mends it."""
    target = tmp_path / "site"
    target.mkdir()
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)
    check_every_kill(target, [], whole=False)
    assert (target / ".noroshi.work/manifest").is_file()


@pytest.mark.slow
def test_killed_first_publication_leaves_nothing_or_all(tmp_path: Path) -> None:
    """The very first publication appears at once or not at all."""
    seen = set()
    for step in range(1, 500):
        target = tmp_path / str(step) / "site"
        done = run_until_killed(lambda target=target: publish(target, OLD), step)
        seen.add(target.exists())
        assert not target.exists() or read_site(target) == OLD
        publish(target, NEW)
        assert read_site(target) == NEW
        if done:
            break
    assert seen == {True, False}


@pytest.mark.slow
def test_a_reader_always_meets_a_whole_site(tmp_path: Path) -> None:
    """During 50 publications a reader of the home page finds it at every moment, of one generation."""
    target = tmp_path / "site"

    def generation(number: int) -> dict[str, bytes]:
        return {"index.html": b"%06d" % number * 2000} | {f"p/{n}": b"%d" % number for n in range(50)}

    publish(target, generation(0))
    code = """
import sys
count, seen = 0, set()
while True:
    with open(sys.argv[1] + "/index.html", "rb") as page:
        text = page.read()
    assert len(text) == 12000 and text == text[:6] * 2000
    seen.add(text[:6])
    count += 1
    if count == 1:
        print("reading", flush=True)
    if text[:6] == b"000050":
        break
print(count, len(seen))
"""
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    for number in range(1, 51):
        publish(target, generation(number))
    told, failed = reader.communicate(timeout=60)
    assert reader.returncode == 0, failed
    count, seen = map(int, told.split())
    assert count >= seen > 5
