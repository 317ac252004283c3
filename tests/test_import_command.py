"""``noroshi import cstate``: a foreign log arrives in a site, and nothing that stands there is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import noroshi
from noroshi.importers.anomalies import RULES
from noroshi.pipeline import importing
from noroshi.pipeline.check import check_site
from noroshi.pipeline.component_list import extended_list
from noroshi.pipeline.founding import found_site
from noroshi.pipeline.importing import carry_out, plan_cstate
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.scaffold import SiteFacts, empty_site
from noroshi.problems import Level, StatedError
from noroshi.yamlsource import read_document
from published_site import read_site
from real_data import JENKINS, require_jenkins

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CONFIG = "languageCode: en\nparams:\n  systems:\n    - {name: API}\n    - {name: Docs site, description: Pages}\n"
DOWN = """---
title: API down
date: 2024-01-02T10:00:00Z
resolved: true
resolvedWhen: 2024-01-02T11:00:00Z
severity: down
affected: [API]
section: issue
---
It is down.
"""
SLOW = DOWN.replace("API down", "Slow pages").replace("down\n", "disrupted\n").replace("[API]", "[docs-site, Mail]")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site."""
    found_site(tmp_path / "site", empty_site(SiteFacts(now=NOW)))
    return tmp_path / "site"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A cState repository with two entries."""
    issues = tmp_path / "log" / "content" / "issues"
    issues.mkdir(parents=True)
    (issues / "2024-01-02-api.md").write_text(DOWN)
    (issues / "2024-01-03-slow.md").write_text(SLOW)
    (tmp_path / "log" / "config.yml").write_text(CONFIG)
    return tmp_path / "log"


def errors(site: Path) -> list[str]:
    """What a check refuses."""
    problems = check_site(open_site(site), Moments(now=NOW)).problems
    return [str(problem) for problem in problems if problem.level is not Level.WARNING]


def test_entries_become_records(site: Path, log: Path) -> None:
    """The records stand under their year with their editor's schema, components are added, the check passes."""
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 0
    record = (site / "content/incidents/2024/2024-01-02-api.yaml").read_text()
    assert record.startswith("# yaml-language-server: $schema=../../.schema/incident.schema.json\ntitle:\n")
    assert (site / "content/incidents/2024/../../.schema/incident.schema.json").is_file()
    assert "  api: major_outage" in record
    assert errors(site) == []
    assert "2 entries read: 2 incidents, 0 maintenance, 2 reports; 0 refused, 0 left out" in ran.out
    assert "2 records written, 0 unchanged; 2 components added" in ran.out  # Mail was there already


def test_every_oddity_is_printed_with_its_place(site: Path, log: Path) -> None:
    """File and line as one can open them, the rule, and what was done."""
    ran = noroshi("import", "cstate", log, "--site", site)
    issue = log / "content/issues/2024-01-03-slow.md"
    assert f"{issue}:7: [undeclared-system] 'Mail' is not declared in config.yml; it is the component mail" in ran.out
    assert f"{issue}:7: [similar-name] 'docs-site' is taken for 'Docs site' (docs-site)" in ran.out
    assert "2 anomalies" in ran.out


def test_a_second_import_changes_nothing(site: Path, log: Path) -> None:
    """And says so; no file is even touched."""
    noroshi("import", "cstate", log, "--site", site)
    before = {place: place.stat().st_mtime_ns for place in site.rglob("*")}
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 0
    assert "nothing to write: 2 records of this import stood here already, byte for byte" in ran.out
    assert {place: place.stat().st_mtime_ns for place in site.rglob("*")} == before


def test_a_later_import_adds_what_is_new(site: Path, log: Path) -> None:
    """New entries arrive; the others stay untouched."""
    noroshi("import", "cstate", log, "--site", site)
    (log / "content/issues/2024-02-01-again.md").write_text(DOWN.replace("2024-01-02", "2024-02-01"))
    assert "1 record written, 2 unchanged; 0 components added" in noroshi("import", "cstate", log, "--site", site).out


def test_a_dry_run_writes_nothing(site: Path, log: Path) -> None:
    """It prints what the real one prints."""
    before = read_site(site)
    dry = noroshi("import", "cstate", log, "--site", site, "--dry-run")
    assert read_site(site) == before
    assert dry.code == 0
    real = noroshi("import", "cstate", log, "--site", site)
    assert dry.out == real.out.replace("records written", "records would be written").replace(
        "components added", "components would be added"
    )


def test_as_json(site: Path, log: Path) -> None:
    """One document with counts, files, anomalies and problems."""
    told = json.loads(noroshi("import", "cstate", log, "--site", site, "--format", "json").out)
    assert told["complete"] is True
    assert told["dry_run"] is False
    assert told["new"] == [
        "content/components.yaml",
        "content/incidents/2024/2024-01-02-api.yaml",
        "content/incidents/2024/2024-01-03-slow.yaml",
    ]
    assert told["components"] == ["api", "docs-site"]
    assert (told["unchanged"], told["problems"]) == (0, [])
    assert told["counts"]["sources"] == 2
    assert [found["rule"] for found in told["anomalies"]] == ["similar-name", "undeclared-system"]
    assert all(found["path"].endswith("2024-01-03-slow.md") and found["line"] == 7 for found in told["anomalies"])


@pytest.mark.parametrize("where", ["issues", "."])
@pytest.mark.parametrize("config", [True, False])
def test_the_forms_of_a_source(site: Path, tmp_path: Path, where: str, config: bool) -> None:
    """A repository with issues/ on top, or the entries alone, with a configuration or without one."""
    source = tmp_path / "other"
    (source / where).mkdir(parents=True, exist_ok=True)
    (source / where / "2024-01-02-api.md").write_text(DOWN)
    if config:
        (source / "config.yml").write_text(CONFIG)
    ran = noroshi("import", "cstate", source, "--site", site)
    if where == "." and config:
        assert ran.code == 3  # a repository's README is no entry
        assert "there are no issues" in ran.err
    else:
        assert ran.code == 0
        assert (site / "content/incidents/2024/2024-01-02-api.yaml").is_file()


@pytest.mark.parametrize("make", [False, True])
def test_a_source_without_entries_is_named(site: Path, tmp_path: Path, make: bool) -> None:
    """It says where it looked."""
    if make:
        (tmp_path / "none").mkdir()
    ran = noroshi("import", "cstate", tmp_path / "none", "--site", site)
    assert ran.code == 3
    assert str(tmp_path / "none") in ran.err


def test_an_entry_that_cannot_be_read_does_not_stop_the_others(site: Path, log: Path) -> None:
    """It is refused with its place and the code is 1; what can be read has arrived."""
    (log / "content/issues/bad.md").write_text("---\ntitle: [\n---\n")
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 1
    assert f"{log}/content/issues/bad.md:" in ran.out
    assert "1 refused" in ran.out
    assert len(list((site / "content/incidents/2024").iterdir())) == 2


def test_a_file_that_may_not_be_read_counts_as_refused(site: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own reason is told; a configuration that may not be read is an oddity only."""
    real = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self.name in ("2024-01-02-api.md", "config.yml") and log in self.parents:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 1
    assert "2024-01-02-api.md:1: [unreadable] the file cannot be read: Permission denied" in ran.out
    assert "config.yml:1: [unreadable]" in ran.out
    assert "2 entries read: 1 incident" in ran.out
    assert "1 refused" in ran.out


def test_what_people_changed_is_not_overwritten(site: Path, log: Path) -> None:
    """A record with another text is named and kept, the others arrive, and the code is 1."""
    noroshi("import", "cstate", log, "--site", site)
    mine = site / "content/incidents/2024/2024-01-02-api.yaml"
    mine.write_text(mine.read_text() + "# mine\n")
    (site / "content/incidents/2024/2024-01-03-slow.yaml").unlink()
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 1
    assert mine.read_text().endswith("# mine\n")
    assert (
        "content/incidents/2024/2024-01-02-api.yaml:1:1: [in-the-way] another text stands here than the import "
        "would write; an import writes new files only; keep it as it is, or move it away and import again"
    ) in ran.out
    assert "1 record written, 0 unchanged" in ran.out
    assert "1 record not written" in ran.out


def test_an_id_that_is_taken_elsewhere_is_not_taken_twice(site: Path, log: Path) -> None:
    """Ids are unique over all folders and in any case, so the entry stays out and the record is named."""
    other = site / "content/maintenance/2023/2024-01-02-API.yaml"
    other.parent.mkdir()
    other.write_text("title: x\nwindow: {from: 2024-01-02T10:00+00:00, until: 2024-01-02T11:00+00:00}\n")
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 1
    assert "content/maintenance/2023/2024-01-02-API.yaml:1:1: [in-the-way]" in ran.out
    assert not (site / "content/incidents/2024/2024-01-02-api.yaml").exists()
    assert errors(site) == []


def test_settings_with_errors_come_first(site: Path, log: Path) -> None:
    """Nothing is imported into a site whose components cannot be read."""
    (site / "content/components.yaml").write_text("- {id: a}\n")
    before = read_site(site)
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 1
    assert "content/components.yaml:1:3: [missing-key]" in ran.out
    assert "nothing was imported" in ran.err
    assert read_site(site) == before


NEW = "- id: b\n  name: B\n"
LISTS = {
    "nothing": (b"", b"- id: b\n  name: B\n"),
    "an empty list": (b"# mine\n[]\n", b"# mine\n- id: b\n  name: B\n"),
    "an empty list with a comment behind": (b"[ ] # mine\r\n", b"# mine\r\n- id: b\r\n  name: B\r\n"),
    "only comments": (b"# mine", b"# mine\n- id: b\n  name: B\n"),
    "a list": (b"- {id: a, name: A}  # mine\n", b"- {id: a, name: A}  # mine\n- id: b\n  name: B\n"),
    "no line end": (b"- {id: a, name: A}", b"- {id: a, name: A}\n- id: b\n  name: B\n"),
    "indented": (b"# x\n  - id: a\n    name: A\n", b"# x\n  - id: a\n    name: A\n  - id: b\n    name: B\n"),
    "line ends of Windows": (b"- id: a\r\n  name: A\r\n", b"- id: a\r\n  name: A\r\n- id: b\r\n  name: B\r\n"),
    "byte order mark": (b"\xef\xbb\xbf  - id: a\n", b"\xef\xbb\xbf  - id: a\n  - id: b\n    name: B\n"),
    "comment at the end": (b"- id: a\n# end\n", b"- id: a\n# end\n- id: b\n  name: B\n"),
    "text that looks like items": (
        b"- id: a\n  description: |\n    - x\n",
        b"- id: a\n  description: |\n    - x\n- id: b\n  name: B\n",
    ),
}


@pytest.mark.parametrize("form", LISTS)
def test_items_are_added_after_what_stands(tmp_path: Path, form: str) -> None:
    """Every byte that stood there stays, and the list reads as the old items and the new ones."""
    before, after = LISTS[form]
    place = tmp_path / "components.yaml"
    place.write_bytes(before)
    assert extended_list(place, "components.yaml", NEW) == after
    document, problems = read_document("x", after)
    assert document is not None
    assert problems == []
    assert document.data[-1] == {"id": "b", "name": "B"}


@pytest.mark.parametrize("text", [b"[{id: a, name: A}]\n", b"a: b\n", b"- [", b"text"])
def test_what_nothing_can_be_put_behind_is_refused(tmp_path: Path, text: bytes) -> None:
    """A list in brackets, keys or broken YAML stop the work instead of becoming another file."""
    place = tmp_path / "components.yaml"
    place.write_bytes(text)
    with pytest.raises(StatedError, match=r"^components.yaml: the new components cannot be added"):
        extended_list(place, "components.yaml", NEW)


def test_a_list_that_is_missing_begins_with_its_schema(tmp_path: Path) -> None:
    """As in a new site."""
    made = extended_list(tmp_path / "components.yaml", "components.yaml", NEW).decode()
    assert made == f"# yaml-language-server: $schema=.schema/components.schema.json\n{NEW}"


@pytest.mark.parametrize("text", ["[{id: a, name: A}]\n", "- id: a\n  description: |+\n    x\n\n...\n"])
def test_a_list_in_another_form_is_left_to_people(site: Path, log: Path, text: str) -> None:
    """It says what to do and what to add, and writes nothing at all."""
    place = site / "content/components.yaml"
    place.write_text(text.replace("- id: a\n", "- id: a\n  name: A\n"))
    before = read_site(site)
    with pytest.raises(StatedError, match=r"(?s)cannot be added to this list.*- id: api"):
        plan_cstate(open_site(site), log)
    assert noroshi("import", "cstate", log, "--site", site).code == 3
    assert read_site(site) == before


def test_a_killed_import_is_finished_by_the_next(
    site: Path, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every file between two writes the site passes its check, and the next import completes it."""
    whole = tmp_path / "whole"
    found_site(whole, empty_site(SiteFacts(now=NOW)))
    carry_out(open_site(whole), plan_cstate(open_site(whole), log))
    real = importing.place_file

    def die_after(count: int) -> Callable[[Path, bytes], None]:
        def place(place: Path, data: bytes) -> None:
            nonlocal count
            count -= 1
            if count < 0:
                raise KeyboardInterrupt
            real(place, data)

        return place

    for count in range(3):
        cut = tmp_path / f"cut-{count}"
        found_site(cut, empty_site(SiteFacts(now=NOW)))
        monkeypatch.setattr(importing, "place_file", die_after(count))
        with pytest.raises(KeyboardInterrupt):
            carry_out(open_site(cut), plan_cstate(open_site(cut), log))
        monkeypatch.setattr(importing, "place_file", real)
        assert errors(cut) == []
        carry_out(open_site(cut), plan_cstate(open_site(cut), log))
        assert read_site(cut) == read_site(whole)


def test_a_file_is_placed_whole_or_not_at_all(site: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses the last step nothing is left beside the records, and the error names it."""
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name.endswith("slow.yaml"):
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    ran = noroshi("import", "cstate", log, "--site", site)
    assert ran.code == 3
    assert "No space left on device" in ran.err
    assert [place.name for place in (site / "content/incidents/2024").iterdir()] == ["2024-01-02-api.yaml"]


def test_a_site_without_schemas_is_told_how_to_make_them(site: Path, log: Path) -> None:
    """The records' first lines lead to schemas; where there are none yet, the command that makes them is named."""
    for place in (site / "content/.schema").iterdir():
        place.unlink()
    (site / "content/.schema").rmdir()
    assert "noroshi schema --write" in noroshi("import", "cstate", log, "--site", site).err


@pytest.fixture
def jenkins(site: Path) -> Path:
    """A new site into which a real log was imported."""
    require_jenkins()
    ran = noroshi("import", "cstate", JENKINS, "--site", site)
    assert ran.code == 0
    assert "297 records written, 0 unchanged" in ran.out
    assert " 0 refused, 0 left out" in ran.out
    return site


@pytest.mark.slow
def test_a_real_log_arrives_whole(jenkins: Path) -> None:
    """All 297 entries are records, the check has nothing to refuse, and a second import changes nothing."""
    records = [*(jenkins / "content/incidents").rglob("*.yaml"), *(jenkins / "content/maintenance").rglob("*.yaml")]
    assert len(records) == len(list((JENKINS / "issues").glob("*.md"))) == 297
    assert errors(jenkins) == []
    before = read_site(jenkins)
    ran = noroshi("import", "cstate", JENKINS, "--site", jenkins)
    assert (ran.code, "nothing to write: 297 records" in ran.out) == (0, True)
    assert read_site(jenkins) == before
    rules = {line.split("[", 1)[1].split("]")[0] for line in ran.out.splitlines() if ".md:" in line}
    assert rules <= set(RULES)


@pytest.mark.slow
def test_a_real_log_becomes_a_site(jenkins: Path, tmp_path: Path) -> None:
    """Every record has its page in both languages."""
    ran = noroshi(
        "build", "--site", jenkins, "--cache", tmp_path / "cache", "--now", "2026-11-22T12:00+09:00", "--jobs", 1
    )
    assert ran.code == 0, ran.err
    for root in (jenkins / "site", jenkins / "site" / "en"):
        pages = [*root.glob("incidents/*/index.html"), *root.glob("maintenance/*/index.html")]
        assert len(pages) == 297
