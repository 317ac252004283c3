"""A new site made by the installed wheel: templates, words and the scaffold travel inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from noroshi.pipeline.scaffold import EXAMPLE_NOW

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, laid out as an installer does."""
    builder = pytest.importorskip("hatchling.builders.wheel")
    folder = tmp_path_factory.mktemp("wheel")
    (made,) = builder.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--example",)])
def test_the_wheel_makes_checks_and_builds_a_site(wheel: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """Without the checkout in reach, init, check and build work one after the other."""
    environment = {**os.environ, "PYTHONPATH": str(wheel), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-c", "from noroshi.cli import main; main()", *arguments]
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    where = subprocess.run(
        [sys.executable, "-c", "import noroshi; print(noroshi.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert where.startswith(str(wheel))
    run("init", "status", "--now", EXAMPLE_NOW, *options)
    assert ": fine\n" in run("check", "--site", "status", "--now", EXAMPLE_NOW)
    run("build", "--site", "status", "--now", EXAMPLE_NOW, "--jobs", "1")
    assert (tmp_path / "status" / "site" / "en" / "index.html").is_file()
    assert run("schema", "--write", "--site", "status") == "the schemas are up to date; nothing was written\n"
