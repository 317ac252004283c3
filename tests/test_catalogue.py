"""The catalogue of rules agrees with the code, with its own examples, with the golden cases and with the manual."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from noroshi.pipeline.check import check_site
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.problems import Problem
from noroshi.rules.catalogue import CATALOGUE, page
from noroshi.rules.entries.entry import Example

ROOT = Path(__file__).parent.parent
FAULTS = Path(__file__).parent / "faults"
PACKAGE = ROOT / "generator" / "noroshi"
NOW = datetime.fromisoformat("2026-11-22T12:00+09:00")
# What an import finds wrong in a foreign log has names of its own, beside the reasons in the manual's page on imports.
ELSEWHERE = ("importers/", "pipeline/importing.py")
# No test can make a file that root may not read.
NO_CASE = {"unreadable"}


def literals(node: ast.AST) -> Iterator[str]:
    """The rule names that a call or a default writes out."""
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ("refusal", "refuse", "problem"):
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from words[:1]
        for keyword in node.keywords:
            if keyword.arg == "rule" and isinstance(keyword.value, ast.Constant):
                yield keyword.value.value
    elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "rule":
        default = node.value
        yield from [default.value] if isinstance(default, ast.Constant) else []


def emitted() -> set[str]:
    return {
        name
        for file in PACKAGE.rglob("*.py")
        if not file.relative_to(PACKAGE).as_posix().startswith(ELSEWHERE)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in literals(node)
    }


def told_in_cases() -> set[str]:
    told = "".join(file.read_text("utf-8") for file in FAULTS.glob("*/expected.txt"))
    return set(re.findall(r"^\S.*?:\d+:\d+: \[([a-z-]+)\]", told, re.MULTILINE))


def test_every_rule_in_the_code_is_in_the_catalogue_and_none_else() -> None:
    """Nobody meets a rule that the manual does not explain, and the manual explains no rule that is gone."""
    assert emitted() == set(CATALOGUE)


def test_every_rule_has_a_golden_case() -> None:
    """Each rule's exact words are kept in tests/faults."""
    assert set(CATALOGUE) - told_in_cases() <= NO_CASE


def test_golden_cases_tell_only_rules_of_the_catalogue() -> None:
    """Rule names that are put together at run time would be seen here."""
    assert told_in_cases() <= set(CATALOGUE)


def problems_in(example: Example, root: Path) -> tuple[Problem, ...]:
    content = root / "content"
    shutil.copytree(FAULTS / "_site", content)
    place = content / example.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(example.data)
    for path, text in example.beside:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, "utf-8")
    return check_site(SiteFolder(root=root), Moments(now=NOW)).problems


SHOWN = [name for name, entry in CATALOGUE.items() if entry.failing is not None]


@pytest.mark.parametrize("name", SHOWN)
def test_failing_example_fires_exactly_its_rule(name: str, tmp_path: Path) -> None:
    """A page's example of a mistake is that mistake and no other, as bad as the page says."""
    failing = CATALOGUE[name].failing
    assert failing is not None
    found = problems_in(failing, tmp_path)
    assert {problem.rule for problem in found} == {name}, [str(problem) for problem in found]
    assert {problem.level for problem in found} == {CATALOGUE[name].level}


@pytest.mark.parametrize("name", SHOWN)
def test_passing_example_fires_nothing(name: str, tmp_path: Path) -> None:
    """A page's example of how to write it right is right."""
    passing = CATALOGUE[name].passing
    assert passing is not None
    assert [str(problem) for problem in problems_in(passing, tmp_path)] == []


def test_the_manual_has_the_catalogue_as_it_is() -> None:
    """docs/rules.md is what `python -m noroshi.rules.catalogue > docs/rules.md` writes."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == page()
