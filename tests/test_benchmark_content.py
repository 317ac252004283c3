"""The benchmark's generated sites: the same for a seed, and content that the product reads without complaint."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from noroshi.decode import decode, decode_list
from noroshi.records.matters import Incident, Maintenance
from noroshi.records.settings import LISTS
from noroshi.records.site import Site
from noroshi.yamlsource import read_document

GENERATE = Path(__file__).parent.parent / "benchmarks" / "generate.py"
NOW = datetime.fromisoformat("2026-11-01T12:00+09:00")
INCIDENTS = 30


def generate(out: Path, *options: str, seed: int = 7, hash_seed: str = "0") -> Path:
    """Run the generator as people do."""
    command = [sys.executable, str(GENERATE), "--incidents", str(INCIDENTS), "--seed", str(seed)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([*command, *options, str(out)], check=True, capture_output=True, env=environment)
    return out


def read_tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("generated") / "site")


@pytest.fixture(scope="module")
def records(site: Path) -> dict[str, Any]:
    """Every record by its path, read with PyYAML alone."""
    paths = [*site.glob("content/incidents/*/*.yaml"), *site.glob("content/maintenance/*/*.yaml")]
    return {
        path.relative_to(site / "content").as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in paths
    }


@pytest.mark.parametrize("options", [(), ("--hugo",)], ids=["noroshi", "hugo"])
def test_a_seed_always_gives_the_same_bytes(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Another folder and hash seed change no byte of either site; another seed changes the records."""
    first = read_tree(generate(tmp_path / "a", *options))
    assert read_tree(generate(tmp_path / "elsewhere" / "b", *options, hash_seed="99")) == first
    assert read_tree(generate(tmp_path / "c", *options, seed=8)).keys() != first.keys()


def test_the_site_has_the_records_that_were_asked_for(records: dict[str, Any]) -> None:
    """N incidents, a fifth as many maintenance, about four reports an incident, three incidents not over."""
    incidents = [record for path, record in records.items() if path.startswith("incidents/")]
    kinds = [[report["kind"] for report in record["reports"]] for record in incidents]
    assert len(incidents) == INCIDENTS
    assert len(records) - len(incidents) == INCIDENTS // 5
    assert 3.5 <= sum(map(len, kinds)) / INCIDENTS <= 4.5
    assert sum("completion" not in each for each in kinds) == 3


def test_reports_stand_in_the_order_of_time(records: dict[str, Any]) -> None:
    """Reports of a record follow each other, none is younger than the time of the build, none ends early."""
    for path, record in records.items():
        times = [datetime.fromisoformat(report["at"]) for report in record["reports"]]
        assert all(time.tzinfo is not None for time in times), path
        assert times == sorted(set(times)), path
        assert times[-1] <= NOW, path
        began = record.get("started_at") or record["window"]["from"]
        for report in record["reports"]:
            for key in ("recovered_at", "ended_at"):
                if key in report:
                    assert began < report[key] <= report["at"], path


def test_records_name_only_what_exists(site: Path, records: dict[str, Any]) -> None:
    """Components and causes are declared, ids are unique whatever their case, progress names a planned action."""
    components = {each["id"] for each in yaml.safe_load((site / "content/components.yaml").read_text("utf-8"))}
    ids = [Path(path).stem for path in records]
    assert len(components) == 40
    assert len({each.lower() for each in ids}) == len(ids)
    for path, record in records.items():
        assert record["components"].keys() <= components, path
        assert record.get("caused_by", ids[0]) in ids, path
        planned: set[str] = set()
        for report in record["reports"]:
            actions = report.get("actions", [])
            if isinstance(actions, dict):
                assert actions.keys() <= planned, path
            else:
                planned |= {action["id"] for action in actions if action["due"]}


def test_noroshi_reads_every_file_without_a_problem(site: Path) -> None:
    """The product's own reader and records accept all generated content files."""
    zone = ZoneInfo("Asia/Tokyo")
    for path in sorted((site / "content").rglob("*.yaml")):
        document, problems = read_document(path.name, path.read_bytes())
        assert document is not None, problems
        if path.name in LISTS:
            problems += decode_list(document, LISTS[path.name], zone)[1]
        else:
            kind = Site if path.name == "site.yaml" else Incident if "incidents" in path.parts else Maintenance
            problems += decode(document, kind, zone)[1]
        assert problems == [], path


def test_hugo_gets_the_same_reports_in_each_language(tmp_path: Path, records: dict[str, Any]) -> None:
    """Each record is one Hugo page a language, with the same report times and one language's words."""
    hugo = generate(tmp_path / "hugo", "--hugo")
    for path, record in records.items():
        for language in ("ja", "en"):
            page = hugo / "content" / language / Path(path).parts[0] / f"{Path(path).stem}.md"
            matter = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
            title = record["title"]
            assert matter["title"] == (title[language] if isinstance(title, dict) else title)
            assert [each["at"].replace(":00+", "+", 1) for each in matter["reports"]] == [
                each["at"] for each in record["reports"]
            ]
            assert all(isinstance(each["text"], str) for each in matter["reports"])
