"""Lighthouse on a telephone's terms: what it says of three pages is kept and printed, and gates nothing."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from looked_at import LANGUAGES, Looked, artefact, slug
from outside_programs import CHROMIUM_ARGUMENTS, chromium_program, node_program, npm_package

pytestmark = pytest.mark.slow
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AIM = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


def lighthouse(address: str, kept: Path) -> dict[str, int]:
    """The score of each category from 0 to 100, with the mobile preset; its report is kept as JSON and HTML.

    :param kept: the reports' place, without an ending
    """
    program = npm_package("lighthouse") / "cli" / "index.js"
    flags = " ".join(("--headless=new", *CHROMIUM_ARGUMENTS))
    command = [node_program(), str(program), address, "--quiet", "--output=json", "--output=html"]
    command += [f"--output-path={kept}", f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    surroundings = os.environ | {"CHROME_PATH": chromium_program()}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(kept.with_name(f"{kept.name}.report.json").read_text("utf-8"))
    assert not report.get("runtimeError"), report["runtimeError"]
    return {name: round(100 * category["score"]) for name, category in report["categories"].items()}


@pytest.mark.parametrize("kind", ["home", "incidents/_/now", "history/"])
def test_lighthouse_reports(looked: Callable[[str], Looked], capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A report with all four categories comes out; how far its scores are from what is aimed at is printed."""
    site = looked("night")
    language = LANGUAGES[0]
    scores = lighthouse(site.address + site.page(kind).at(language), artefact("lighthouse", slug(kind)))
    assert tuple(scores) == CATEGORIES
    told = ", ".join(f"{name} {score} (aim {AIM[name]})" for name, score in scores.items())
    with capsys.disabled():
        print(f"\nLighthouse, {kind}: {told}")
