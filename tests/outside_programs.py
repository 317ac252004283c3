"""The outside programs that slow tests need. A machine may lack one, and the test says so; in CI that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

_AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
# It asks nobody on the network for anything, whatever a browser asks by itself.
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def lacking(what: str) -> NoReturn:
    """Skip the test for want of a program; fail it in CI, where ``scripts/test`` has installed them all."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; in CI no test goes without it", pytrace=False)
    pytest.skip(what)


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium of the system, driven by Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("needs Playwright (the dev extra)")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        lacking("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


def axe() -> Path:
    """The script of axe-core, which finds what hinders people."""
    if not _AXE.is_file():
        lacking("no axe-core: npm --prefix tests/axe ci --ignore-scripts")
    return _AXE
