"""The metrics: what each says at a time, in Prometheus' text format to the letter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from noroshi.endpoints import METRICS
from noroshi.pipeline.printing.metrics_files import plan_metrics
from noroshi.records.choices import PromiseKind
from noroshi.snapshot.audience import PUBLIC, Audience
from noroshi.snapshot.site import Snapshot, take_snapshot
from noroshi.writers.exposition import Family, exposition
from page_bodies import STORY, Site, load_site
from real_program import NOW, ROOT
from track_states import BEGAN, matter, promised

LATER = datetime.fromisoformat(NOW)
NIGHT = datetime.fromisoformat("2026-06-18T22:55+09:00")
LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[0-9.e+-]+)')


@cache
def metrics(root: Path = ROOT, as_of: datetime = LATER, audience: Audience = PUBLIC) -> dict[str, float]:
    """The samples of a site at a time, by their line without the value."""
    return samples(load_site(root, as_of=as_of, audience=audience).outputs()[METRICS].decode())


def samples(text: str) -> dict[str, float]:
    """Every sample; each line is one of the format's."""
    found = {}
    assert text.endswith("\n")
    for line in text.removesuffix("\n").split("\n"):
        if not line.startswith("#"):
            match = LINE.fullmatch(line)
            assert match, line
            assert line[: -len(match[3]) - 1] not in found, line
            found[line[: -len(match[3]) - 1]] = float(match[3])
    return found


def of_snapshot(built: Site, snapshot: Snapshot) -> dict[str, float]:
    """The samples of other states of a site."""
    (plan,) = plan_metrics(replace(built, snapshot=snapshot).materials)
    return samples(plan.make().decode())


def at(text: str) -> float:
    """A time as a metric tells it."""
    return datetime.fromisoformat(text).timestamp()


def test_the_night_of_the_story() -> None:
    """What was down, how bad, what was owed by when: the second interim report was five minutes overdue."""
    told = metrics(ROOT, NIGHT)
    assert told["noroshi_build_timestamp_seconds"] == NIGHT.timestamp()
    assert told["noroshi_content_updated_timestamp_seconds"] == at("2026-06-18T22:40+09:00")
    assert told['noroshi_component_level{component="staging-web",level="major_outage"}'] == 1
    assert told['noroshi_component_level{component="staging-web",level="operational"}'] == 0
    assert told['noroshi_level{level="major_outage"}'] == 1
    assert told['noroshi_open_incidents{severity="major"}'] == 1
    assert told['noroshi_maintenance{phase="completion_awaited"}'] == 1
    assert told['noroshi_promises_overdue{kind="next_report"}'] == 1
    late = 'matter="2026-06-18-staging-down",kind="next_report",about="",client=""'
    assert told[f"noroshi_promise_due_timestamp_seconds{{{late}}}"] == at("2026-06-18T22:50+09:00")
    next_due = told["noroshi_next_due_timestamp_seconds"]
    dues = [value for line, value in told.items() if line.startswith("noroshi_promise_due_")]
    assert next_due == min(due for due in dues if due > NIGHT.timestamp())
    assert sum(value for line, value in told.items() if line.startswith("noroshi_promises_owed")) == len(dues)


def test_each_component_is_at_one_level() -> None:
    """Of the levels of a component, and of the whole, one is 1 and the others are 0."""
    for told in (metrics(), metrics(ROOT, NIGHT), metrics(STORY)):
        sums: dict[str, float] = {}
        for line, value in told.items():
            if line.startswith(("noroshi_component_level", "noroshi_level")):
                whose = re.sub(',?level="[a-z_]*"', "", line)
                sums[whose] = sums.get(whose, 0) + value
        assert set(sums.values()) == {1}


def test_time_alone_changes_the_build_and_what_falls_due() -> None:
    """A minute in which nothing falls due changes the time of the build, and nothing else."""
    soon = LATER + timedelta(minutes=1)
    before, after = (samples(load_site(ROOT, each).outputs()[METRICS].decode()) for each in (LATER, soon))
    assert {line for line in before if before[line] != after[line]} == {"noroshi_build_timestamp_seconds"}
    assert before.keys() == after.keys()


def test_no_figure_of_fewer_than_three_cases() -> None:
    """Two promises kept are no record; a third makes one. Then it is told in all, and by kind."""
    built = load_site(STORY)
    for cases in range(5):
        promises = [promised(PromiseKind.COMPLETION, BEGAN, BEGAN) for _ in range(cases)]
        states = [matter("one", promises)]
        snapshot = take_snapshot(built.snapshot.settings, states, built.snapshot.now)
        told = of_snapshot(built, snapshot)
        figures = {line: value for line, value in told.items() if line.startswith("noroshi_record_")}
        if cases < 3:
            assert figures == {}
        else:
            assert figures['noroshi_record_promises{state="met"}'] == cases
            assert figures['noroshi_record_promises_by_kind{kind="completion",state="met"}'] == cases
            assert figures["noroshi_record_promises_on_time_ratio"] == 1


def test_the_record_is_that_of_the_page() -> None:
    """The figures of the example, as its record's page has them."""
    told, site = metrics(), load_site(ROOT, as_of=LATER)
    figures = site.materials.figures
    assert told['noroshi_record_promises{state="met"}'] == figures.total.met
    assert told["noroshi_record_complete_ratio"] == figures.complete.part / figures.complete.whole
    assert figures.first_report is not None
    assert told["noroshi_record_first_report_median_seconds"] == figures.first_report.median.total_seconds()
    kinds = [line for line in told if line.startswith("noroshi_record_promises_by_kind")]
    assert sum(told[line] for line in kinds) == figures.total.total


def test_label_values_are_escaped() -> None:
    """Backslashes, quotes and line ends, as the format asks; nothing else is changed."""
    words = 'a\\b"c\nd{}é日本\u202e#'
    data = exposition([Family(name="n", help="Help.", samples=(({"a": words, "b": ""}, 1), ({}, 0.5)))])
    told = '# HELP n Help.\n# TYPE n gauge\nn{a="a\\\\b\\"c\\nd{}é日本\u202e#",b=""} 1\nn 0.5\n'
    assert data.decode() == told


def test_an_edition_has_its_own() -> None:
    """A client's metrics name the edition, and what was promised to them; the public ones name no client."""
    theirs, public = metrics(audience=Audience(word="a-sha")), metrics()
    (info,) = [line for line in theirs if line.startswith("noroshi_site_info")]
    assert info not in public
    assert any('client="a-sha"' in line or "special-site" in line for line in theirs)
    assert not any("a-sha" in line or "special-site" in line for line in public)


def test_promises_that_look_alike_are_one() -> None:
    """Of several with the same labels the one due first is told: no sample may stand twice."""
    built = load_site(STORY)
    dues = [built.snapshot.now + timedelta(hours=hours) for hours in (5, 2, 9)]
    states = [matter("one", [promised(PromiseKind.NEXT_REPORT, due) for due in dues], settled=False)]
    snapshot = take_snapshot(built.snapshot.settings, states, built.snapshot.now)
    told = of_snapshot(built, snapshot)
    (due,) = [value for line, value in told.items() if line.startswith("noroshi_promise_due_")]
    assert datetime.fromtimestamp(due, UTC) == min(dues)


def test_the_manual_tells_every_metric() -> None:
    """docs/metrics.md has each metric with its labels, and none that is gone."""
    text = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    manual = {name: set(re.findall(r"`(\w+)`", row[1])) for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    found: dict[str, set[str]] = {}
    for told in (metrics(), metrics(ROOT, LATER, Audience(word="internal"))):
        for line in told:
            name, _, labels = line.partition("{")
            found[name] = set(re.findall(r'([a-z]+)="', labels))
    assert {name: labels for name, labels in manual.items() if name != "noroshi_record_commitments"} == found


@pytest.mark.parametrize("name", ["alert", "expr"])
def test_the_alerts_ask_for_metrics_that_there_are(name: str) -> None:
    """Each metric in the manual's rules is one of its table."""
    text = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    rules = text.partition("## Alerts")[2]
    assert set(re.findall(r"noroshi_\w+", rules)) <= set(re.findall(r"`(noroshi_\w+)`", text))
    assert f"{name}: " in rules
