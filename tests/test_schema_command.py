"""``noroshi schema``: list, print, write."""

from __future__ import annotations

from pathlib import Path

from command_line import noroshi
from noroshi.writers.schema import SUBJECTS, write_schema


def test_without_arguments_it_lists_them() -> None:
    """One line for each, with its file and what it is."""
    ran = noroshi("schema")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(SUBJECTS)
    assert "incidents/<year>/<id>.yaml    An unplanned interruption" in ran.out


def test_with_a_name_it_prints_that_one() -> None:
    """The same bytes that it would write."""
    assert noroshi("schema", "incident").out.encode() == write_schema("incident")


def test_an_unknown_name_is_refused() -> None:
    """The known ones are named, and the exit code is that of a wrong call."""
    ran = noroshi("schema", "incidents")
    assert ran.code == 2
    assert "'incident'" in ran.err


def test_write_brings_a_site_up_to_date(tmp_path: Path) -> None:
    """It writes those that differ and no other; a second run writes nothing and says so."""
    folder = tmp_path / "content"
    folder.mkdir()
    assert len(noroshi("schema", "--write", "--site", tmp_path).out.splitlines()) == len(SUBJECTS)
    stale = folder / ".schema" / "site.schema.json"
    stale.write_text("{}")
    before = {place: place.stat().st_mtime_ns for place in (folder / ".schema").iterdir() if place != stale}
    assert noroshi("schema", "--write", "--site", tmp_path).out == "content/.schema/site.schema.json\n"
    assert stale.read_bytes() == write_schema("site")
    assert {place: place.stat().st_mtime_ns for place in before} == before
    again = noroshi("schema", "--write", "--site", tmp_path)
    assert (again.code, again.out) == (0, "")
    assert "up to date" in again.err
    assert {place.name for place in (folder / ".schema").iterdir()} == {f"{name}.schema.json" for name in SUBJECTS}


def test_write_needs_a_site_and_takes_no_name(tmp_path: Path) -> None:
    """Nothing is written where no site is, nor half of what was asked."""
    assert noroshi("schema", "--write", "--site", tmp_path).code == 3
    assert noroshi("schema", "site", "--write", "--site", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []
