"""Every way in which people change records afterwards is classified rightly, on real records in a real repository."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_histories import History, begin
from noroshi.importers import Import, SourceFile, import_cstate
from noroshi.rules.entries.append_only import APPEND_ONLY
from noroshi.yamlsource.foreign import load_foreign
from real_data import JENKINS, require_jenkins
from rewording_replays import CHANGES, Replay, replay

ROOT = Path(__file__).parent.parent
SITE = (
    "format: 1\nid: {tag: status.example.com, since: 2020-01-01}\nname: Status\nurl: https://status.example.com/\n"
    "timezone: UTC\nlanguages: [en, ja]\n"
)


@dataclass(frozen=True, kw_only=True)
class Published:
    """A repository whose records were published, and their data."""

    history: History
    first: str
    records: dict[str, Any]

    def replay_at(self, place: int, name: str, seed: int) -> Replay | None:
        """A change of the record at a place, counted on and on."""
        path = sorted(self.records)[place % len(self.records)]
        return replay(name, path, self.records[path], self.first, seed)

    def told(self, replays: list[Replay]) -> set[tuple[str, str]]:
        """What is told after these changes, which are undone again: pairs of path and rule."""
        site = self.history.site
        kept = {each.before: (site / each.before).read_bytes() for each in replays}
        added = [path for each in replays for path in each.after]
        for each in replays:
            (site / each.before).unlink()
        try:
            for each in replays:
                for path, data in each.after.items():
                    (site / path).parent.mkdir(parents=True, exist_ok=True)
                    (site / path).write_bytes(data)
            problems = self.history.compare("HEAD").problems
        finally:
            for path in added:
                (site / path).unlink(missing_ok=True)
            for path, data in kept.items():
                (site / path).write_bytes(data)
        assert {problem.rule for problem in problems} <= set(APPEND_ONLY)
        return {(problem.place.path, problem.rule) for problem in problems}


def publish(folder: Path, first: str) -> Published:
    history = begin(folder)
    history.commit("Published")
    records = {}
    for kind in ("incidents", "maintenance", "commitments"):
        for file in sorted((folder / "content" / kind).rglob("*.yaml")):
            records[file.relative_to(folder).as_posix()] = load_foreign(file.read_bytes())
    return Published(history=history, first=first, records=records)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The example site."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "content", folder / "content")
    return publish(folder, "ja")


@cache
def imported() -> Import:
    config = SourceFile(path="config.yml", data=(JENKINS / "config.yml").read_bytes())
    issues = [SourceFile(path=f"issues/{file.name}", data=file.read_bytes()) for file in JENKINS.glob("issues/*.md")]
    return import_cstate(config, tuple(issues), languages=("en", "ja"), timezone="UTC")


@pytest.fixture(scope="module")
def jenkins(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Six years of the Jenkins project's log, imported."""
    require_jenkins()
    content = tmp_path_factory.mktemp("jenkins") / "content"
    content.mkdir()
    (content / "site.yaml").write_text(SITE, "utf-8")
    for path, text in imported().files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return publish(content.parent, "en")


def assert_each_is_classified(published: Published, places: list[int], lacking: set[str]) -> None:
    met: Counter[str] = Counter()
    for name in CHANGES:
        for place in places:
            made = published.replay_at(place, name, place)
            if made is not None:
                assert published.told([made]) == made.expected, (name, made.before)
                met[name] += 1
    assert set(CHANGES) - set(met) == lacking, "a change of which no record has anything proves nothing"


def test_each_change_of_the_example(example: Published) -> None:
    """Each change by itself: what must be told is told, and nothing else; white space is never told."""
    assert_each_is_classified(example, [0, 2, 5, 10, 14, 17], set())


@pytest.mark.slow
def test_each_change_of_a_real_log(jenkins: Published) -> None:
    """The same on six years of somebody else's log."""
    assert len(jenkins.records) == 297
    assert_each_is_classified(
        jenkins,
        [0, 20, 40, 111, 150, 233],
        {"a_translation_less", "a_fact", "a_fact_marked_as_a_slip", "a_text_less_marked_as_a_slip"},
    )


CHANGED = st.lists(
    st.tuples(st.integers(0, 296), st.sampled_from(sorted(CHANGES)), st.integers(0, 2**32)),
    min_size=1,
    max_size=8,
)


def assert_all_are_classified(published: Published, changes: list[tuple[int, str, int]]) -> None:
    replays: dict[str, Replay] = {}
    for place, name, seed in changes:
        made = published.replay_at(place, name, seed)
        if made is not None:
            replays.setdefault(made.before, made)
    expected = {pair for each in replays.values() for pair in each.expected}
    told = published.told(list(replays.values()))
    assert told == expected, [(each.name, each.before) for each in replays.values()]


@settings(max_examples=60)
@given(changes=CHANGED)
def test_many_changes_of_the_example(example: Published, changes: list[tuple[int, str, int]]) -> None:
    """Several records changed at once: each is told of by itself, and of no other anything."""
    assert_all_are_classified(example, changes)


@pytest.mark.slow
@settings(max_examples=60)
@given(changes=CHANGED)
def test_many_changes_of_a_real_log(jenkins: Published, changes: list[tuple[int, str, int]]) -> None:
    """The same on six years of somebody else's log."""
    assert_all_are_classified(jenkins, changes)


@settings(max_examples=40)
@given(
    places=st.lists(st.integers(0, 296), min_size=1, max_size=20, unique=True),
    name=st.sampled_from(["nothing_but_style", "white_space", "offsets", "another_folder"]),
    seed=st.integers(0, 2**32),
)
def test_no_false_alarm_on_white_space(example: Published, places: list[int], name: str, seed: int) -> None:
    """However records are written anew, what they say is the same."""
    assert_all_are_classified(example, [(place, name, seed + place) for place in places])
