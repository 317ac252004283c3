"""The hook for pre-commit: it installs this package in an environment of its own, and refuses what a check refuses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from outside_programs import python_client

ROOT = Path(__file__).resolve().parents[1]
NOW = "1795352700"
"""2026-11-22T22:05+09:00, as SOURCE_DATE_EPOCH has it."""
RECORD = """\
title: ウェブサイトを開けません
severity: {severity}
reports:
  - {{kind: start, at: 2026-11-22T21:52+09:00, text: 原因を調査しています。}}
"""


def run(command: list[str], cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def pack(found: Distribution, folder: Path) -> None:
    """A wheel of an installed distribution, with all that was installed of it."""
    name = f"{canonicalize_name(found.name).replace('-', '_')}-{found.version}"
    files = [each for each in found.files or () if ".." not in each.parts and each.suffix != ".pyc"]
    (info,) = {each.parts[0] for each in files if each.parts[0].endswith(".dist-info")}
    with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as wheel:
        for each in files:
            inside = f"{name}.dist-info/{'/'.join(each.parts[1:])}" if each.parts[0] == info else each.as_posix()
            if each.parts[-1] not in ("RECORD", "direct_url.json") or each.parts[0] != info:
                wheel.write(str(each.locate()), inside)
        wheel.writestr(f"{name}.dist-info/RECORD", "".join(f"{each},,\n" for each in wheel.namelist()))


def pack_all(names: Iterable[str], folder: Path) -> None:
    """Wheels of these distributions and of all that they depend on here."""
    pending, packed = list(names), set[str]()
    while pending:
        name = canonicalize_name(pending.pop())
        if name not in packed:
            packed.add(name)
            found = distribution(name)
            pack(found, folder)
            asked = map(Requirement, found.requires or ())
            pending += [each.name for each in asked if each.marker is None or each.marker.evaluate({"extra": ""})]


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """This checkout as a repository that pre-commit may clone: the files that git has or would have."""
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT, dict(os.environ))
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    repository = tmp_path / "noroshi"
    wanted = re.compile(r"(generator|site_templates|content)/|[^/]+$")
    for path in filter(wanted.match, listed.stdout.split("\0")):
        if (ROOT / path).is_file():
            (repository / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, repository / path)
    assert run(["git", "init", "-q", "-b", "main"], repository, dict(os.environ)).returncode == 0
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    run(["git", "add", "."], repository, dict(os.environ))
    made = run(["git", *identity, "commit", "-qm", "all", "--no-verify"], repository, dict(os.environ))
    assert made.returncode == 0, made.stderr
    return repository


@pytest.mark.slow
def test_pre_commit_installs_and_runs_it(tmp_path: Path, hooks: Path) -> None:
    """pre-commit builds the package from the repository into an environment of its own and runs the check, once."""
    pre_commit = python_client("pre-commit")
    site = tmp_path / "status"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    noroshi = [sys.executable, "-c", "from noroshi.cli import main; main()"]
    assert run([*noroshi, "init", str(site)], tmp_path, environment).returncode == 0
    run(["git", "init", "-q"], site, environment)
    record = site / "content/incidents/2026/2026-11-22-www.yaml"
    record.parent.mkdir()
    record.write_text(RECORD.format(severity="major"), "utf-8")
    run(["git", "add", "."], site, environment)
    # Without a network, what it is built with and depends on comes as wheels that are made of what is installed here.
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    pack_all([Requirement(each).name for each in asked], wheels)
    environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("PYTHONPATH", None)
    # No other noroshi is within reach.
    environment["PATH"] = os.pathsep.join(
        folder for folder in os.environ["PATH"].split(os.pathsep) if not (Path(folder) / "noroshi").exists()
    )
    assert shutil.which("noroshi", path=environment["PATH"]) is None
    command = [pre_commit, "try-repo", str(hooks), "noroshi-check", "--verbose", "--all-files"]
    ran = run(command, site, environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"noroshi check\.+Passed", ran.stdout)
    assert "1 record read: fine" in ran.stdout
    record.write_text(RECORD.format(severity="high"), "utf-8")
    run(["git", "add", "."], site, environment)
    ran = run(command, site, environment)
    assert ran.returncode == 1
    assert "2026-11-22-www.yaml:2:1: [choice] severity: 'high' is not among the choices" in ran.stdout
    run(["git", "rm", "-q", "-r", "-f", "--cached", "content"], site, environment)
    ran = run(command, site, environment)
    assert "no files to check" in ran.stdout


def test_the_hook_is_what_pre_commit_reads() -> None:
    """One hook: it looks at the whole content, so it takes no file names, and runs only where content changes."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["id"] == "noroshi-check"
    assert hook["entry"] == "noroshi check"
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "content/incidents/2026/a.yaml")
    assert not re.search(hook["files"], "docs/content/a.yaml")
