"""Whatever the commands add, in whatever order, to whatever stands there: nothing else of a file changes."""

from __future__ import annotations

import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from command_line import noroshi
from noroshi.decode import decode
from noroshi.pipeline.reading.content import SourceFile, find_records, open_site
from noroshi.pipeline.reading.settings import read_settings
from noroshi.records.content import RECORD_TYPES, MatterKind
from noroshi.records.matters import Matter
from noroshi.yamlsource import read_document
from real_data import JENKINS, require_jenkins

ROOT = Path(__file__).resolve().parent.parent
TEXTS = (
    "復元を始めました。",
    "It is back: for most, not all #1",
    "- 一つ目\n- 二つ目",
    "a: b\n\n  c",
    "'引用' \"と\" \\",
    "no",
    "22:00",
    "🔥 {x}, [y]",
)


def record(source: SourceFile) -> Matter:
    """What a file says; it must be readable without a problem of shape."""
    document, problems = read_document(source.path, Path(source.place).read_bytes())
    assert problems == []
    assert document is not None
    found, problems = decode(document, RECORD_TYPES[source.kind], None)
    assert problems == []
    assert found is not None
    return found


def step(source: SourceFile, now: str, chance: random.Random) -> list[str]:
    """A random command that adds to a record."""
    text = ["--text", chance.choice(TEXTS)]
    if chance.random() < 0.3:
        text += ["--text", f"en={chance.choice(TEXTS)}"]
    count = len(record(source).reports)
    if count and chance.random() < 0.25:
        return ["correct", source.id, str(chance.randint(1, count)), *text]
    flags: list[list[str]] = [["--by", "infra"], ["--next", "30m"]]
    if source.kind is MatterKind.INCIDENT:
        flags += [["--recovery", "+2h"], ["--recovered", "-1m"], ["--workaround", "x: y"], ["--severity", "minor"]]
        flags += [["--recovery-unknown", "調査中", "--answer-by", "+1h"]]
    else:
        flags += [["--expected", "+3h"]]
    chosen = chance.sample(flags, chance.randint(0, 2))
    if any(each[0] == "--recovery" for each in chosen):
        chosen = [each for each in chosen if each[0] != "--recovery-unknown"]
    return [
        "report",
        source.id,
        chance.choice(["interim", "follow_up"]),
        *text,
        *(word for each in chosen for word in each),
    ]


def walk(site: Path, source: SourceFile, start: datetime, steps: int, seed: int) -> int:
    """Do random commands one after the other, and hold each against the file before; how many wrote."""
    chance = random.Random(seed)
    place, wrote = Path(source.place), 0
    for number in range(steps):
        before, said = place.read_bytes(), record(source)
        now = (start + timedelta(hours=number)).isoformat(timespec="minutes")
        words = step(source, now, chance)
        ran = noroshi(words[0], "--site", site, "--now", now, *words[1:])
        after = place.read_bytes()
        if ran.code != 0:
            assert ran.code in (1, 2), (words, ran.err)
            assert after == before, words
            continue
        wrote += 1
        assert len(record(source).reports) == len(said.reports) + 1
        assert record(source).reports[:-1] == said.reports
        head = next((index for index, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
        rest = len(before) - head
        assert before[:head] == after[:head]
        assert before[head:] == (after[-rest:] if rest else b""), f"{words} changed a byte of {source.path}"
        dry = noroshi(words[0], "--site", site, "--now", now, *words[1:], "--dry-run")
        changed = [line for line in dry.out.splitlines() if line[:1] == "-" and line[:4] != "--- "]
        assert changed == [], dry.out
    return wrote


@pytest.mark.slow
def test_the_example_takes_random_reports(tmp_path: Path) -> None:
    """Each record of the example, six random commands: hand-written braces, comments and blank lines stay."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    sources, _ = find_records(open_site(tmp_path))
    start = datetime.fromisoformat("2026-12-10T10:00+09:00")
    assert sum(walk(tmp_path, source, start, 6, index) for index, source in enumerate(sources)) > len(sources)


@pytest.mark.slow
def test_the_imported_history_takes_random_reports(tmp_path: Path) -> None:
    """All entries of a real status page, as they were imported, take reports without another byte changing."""
    require_jenkins()
    assert noroshi("init", tmp_path / "site", "--language", "en").code == 0
    site = tmp_path / "site"
    assert noroshi("import", "cstate", JENKINS, "--site", site).code == 0
    assert read_settings(open_site(site)).usable
    sources, _ = find_records(open_site(site))
    assert len(sources) == 297
    start = datetime.fromisoformat("2026-12-10T10:00+09:00")
    assert sum(walk(site, source, start, 2, index) for index, source in enumerate(sources)) > len(sources)
