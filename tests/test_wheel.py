"""The wheel and the source archive: what is in them, and that they work where nothing of the checkout is in reach.

The wheel's dependencies are not downloaded: its empty environment sees those of the environment of the tests, by a
``.pth`` file with everything but this project's own editable install. So the test needs no network, and what it
proves is that nothing of the project itself is missing in the wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from real_program import NOW, ROOT, assert_same, copy_example, environment, noroshi, tree

pytestmark = pytest.mark.slow
EPOCH = str(int(datetime.fromisoformat(NOW).timestamp()))
FOLDERS = {
    "content": "noroshi/_shipped/content",
    "site_templates": "noroshi/_shipped/site_templates",
    "generator/noroshi": "noroshi",
}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive of this checkout."""
    (made,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("sdist")), versions=["standard"])
    return Path(made)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return Path(made)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The ``bin`` folder of an environment that holds the wheel and, by reference, its dependencies."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    place = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "-q", wheel]
    subprocess.run(command, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}, check=True)
    # Only the packages: the .pth of the editable install in there is not followed from a .pth.
    (place / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    shown = subprocess.run(
        [python, "-c", "import noroshi; print(noroshi.__file__)"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(shown.stdout.strip()).is_relative_to(place)
    return folder / "bin"


def run(program: Path, *arguments: object, cwd: Path, **variables: str) -> str:
    """Run an installed program; its output."""
    done = subprocess.run(
        [program, *map(str, arguments)],
        cwd=cwd,
        env=environment(cwd, {"PATH": "/usr/bin:/bin", **variables}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def shipped_files(folder: str) -> set[str]:
    """Files that git would keep below a folder of the checkout: no bytecode, nothing that an editor left."""
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_everything(wheel: Path) -> None:
    """Templates, example, schemas, translations, scaffold and the mark of typing travel; tests and caches do not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in FOLDERS.items():
        assert {f"{place}/{name}" for name in shipped_files(folder)} <= names, folder
    for name in (
        "noroshi/py.typed",
        "noroshi/_shipped/mkdocs.yml",
        "noroshi/_shipped/content/.schema/incident.schema.json",
        "noroshi/locale/ja/LC_MESSAGES/noroshi.mo",
        "noroshi/locale/noroshi.pot",
        "noroshi/scaffold/publish.yml",
    ):
        assert name in names
    assert {name.split("/")[0] for name in names} == {"noroshi", "noroshi-0.1.0.dist-info"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_is_made_alike_from_the_source_archive(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """The source archive holds all that a build, the tests and the manual need; its wheel is the checkout's."""
    shutil.unpack_archive(sdist, tmp_path)
    (root,) = tmp_path.iterdir()
    for name in ("README.ja.md", "CHANGELOG.md", "scripts/test", ".ci/run", "requirements-test.lock"):
        assert (root / name).is_file(), name
    for folder in ("docs", "tests/faults", "benchmarks"):
        assert any((root / folder).iterdir()), folder
    assert not (root / ".venv").exists()
    (made,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(made) as ours, zipfile.ZipFile(wheel) as theirs:
        left = {name: ours.read(name) for name in ours.namelist()}
        right = {name: theirs.read(name) for name in theirs.namelist()}
    assert_same(left, right)


def test_the_installed_wheel_works_alone(installed: Path, tmp_path: Path) -> None:
    """init, check, show, build and mkdocs build of the wheel give byte for byte what the checkout gives."""
    command = installed / "noroshi"
    run(command, "init", "--example", "theirs", "--now", NOW, cwd=tmp_path)
    noroshi("init", "--example", "ours", "--now", NOW, cwd=tmp_path)
    assert_same(tree(tmp_path / "theirs"), tree(tmp_path / "ours"))
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    assert (theirs / ".github/workflows/publish.yml").is_file()
    assert (theirs / "content/.schema/site.schema.json").is_file()
    run(command, "check", "--now", NOW, cwd=theirs)
    shown = [
        run(command, "show", "staging-down", "--language", "ja", "--now", NOW, cwd=theirs),
        noroshi("show", "staging-down", "--language", "ja", "--now", NOW, cwd=ours).out,
    ]
    assert shown[0] == shown[1] != ""
    run(command, "build", "--now", NOW, cwd=theirs)
    noroshi("build", "--now", NOW, cwd=ours)
    built = tree(ours / "site")
    assert_same(tree(theirs / "site"), built)
    run(installed / "python", "-m", "mkdocs", "build", "-d", "by-mkdocs", cwd=theirs, SOURCE_DATE_EPOCH=EPOCH)
    assert_same(tree(theirs / "by-mkdocs"), built)


def test_an_editable_install_gives_the_same(tmp_path: Path) -> None:
    """The example of the checkout, built by the editable install of the tests, is that of a copy of it."""
    copy = copy_example(tmp_path / "copy")
    noroshi("build", "--site", copy, "--out", tmp_path / "a", "--now", NOW, cwd=tmp_path)
    noroshi("build", "--site", ROOT, "--out", tmp_path / "b", "--cache", "cache", "--now", NOW, cwd=tmp_path)
    assert_same(tree(tmp_path / "a"), tree(tmp_path / "b"))


def test_a_nearly_empty_site_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Plain init gives a site that passes its check and builds, in one language too."""
    command = installed / "noroshi"
    run(command, "init", "mine", "--language", "en", "--timezone", "Europe/Berlin", "--now", NOW, cwd=tmp_path)
    run(command, "check", "--now", NOW, cwd=tmp_path / "mine")
    run(command, "build", "--now", NOW, "--strict", cwd=tmp_path / "mine")
    assert (tmp_path / "mine/site/index.html").is_file()
