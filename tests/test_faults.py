"""Golden cases of content that people get wrong: one folder each, with the exact words they are told.

A case is a folder in ``faults``: files as they stand in a site's content, laid over ``faults/_site``, and
``expected.txt`` with what is said, one problem a line; empty where nothing is wrong. Adding a case is adding a
folder. ``now.txt`` sets another time; ``places.txt`` makes what git or some file systems cannot hold:

- ``NAME -> PATH`` puts the case's file at another path,
- ``link PATH -> TARGET`` makes a symbolic link,
- ``lose PATH`` takes away a file of the base site,
- ``fill PATH SIZE`` lengthens a file to that many bytes.

A case with a folder ``before`` is checked since a commit: that folder's files over the base site were committed, and
the case's own stand now.

``REFRESH_FAULTS=1 pytest tests/test_faults.py`` writes every ``expected.txt`` anew: read the difference as the
person who made the slip.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from git_histories import begin
from noroshi.pipeline.check import check_site
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.problems import sorted_problems

FAULTS = Path(__file__).parent / "faults"
BASE = FAULTS / "_site"
CASES = sorted(folder.name for folder in FAULTS.iterdir() if folder.is_dir() and folder.name != BASE.name)
NOW = "2026-11-22T12:00+09:00"
NOTES = ("expected.txt", "now.txt", "places.txt", "before")


def lay_out(case: Path, content: Path) -> None:
    """The case's content tree: the base site, the case's files over it, and what its ``places.txt`` makes."""
    shutil.copytree(BASE, content)
    shutil.copytree(case, content, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOTES))
    places = case / "places.txt"
    for line in places.read_text("utf-8").splitlines() if places.exists() else []:
        match line.split():
            case ["link", path, "->", target]:
                (content / path).parent.mkdir(parents=True, exist_ok=True)
                (content / path).symlink_to(target)
            case ["lose", path]:
                (content / path).unlink()
            case ["fill", path, size]:
                with (content / path).open("ab") as file:
                    file.write(b"\n" * (int(size) - file.tell()))
            case _:
                name, path = line.split(" -> ")
                (content / path).parent.mkdir(parents=True, exist_ok=True)
                (content / name).rename(content / path)


@pytest.mark.parametrize("name", CASES)
def test_fault(name: str, tmp_path: Path) -> None:
    """Each slip is told at its place, in the words of expected.txt; content without a slip is told nothing."""
    case, content = FAULTS / name, tmp_path / "content"
    history = None
    if (case / "before").is_dir():
        lay_out(case / "before", content)
        history = begin(tmp_path)
        history.commit()
        shutil.rmtree(content)
    lay_out(case, content)
    noted = case / "now.txt"
    now = noted.read_text("utf-8").strip() if noted.exists() else NOW
    problems = list(check_site(SiteFolder(root=tmp_path), Moments(now=datetime.fromisoformat(now))).problems)
    problems += history.compare("HEAD", now).problems if history is not None else ()
    said = "".join(f"{problem}\n" for problem in sorted_problems(problems))
    expected = case / "expected.txt"
    if os.environ.get("REFRESH_FAULTS"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8"), "if this is better: REFRESH_FAULTS=1 pytest tests/test_faults.py"
