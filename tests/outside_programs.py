"""The outside programs that slow tests need. A machine may lack one, and the test says so; in CI that is a failure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NoReturn

import pytest

_NPM = Path(__file__).parent / "npm" / "node_modules"
_CLIENTS = Path(__file__).parent.parent / ".venv-clients" / "bin"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
"""With these it asks nobody on the network for anything, whatever a browser asks by itself."""


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
    program = chromium_program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def axe() -> Path:
    """The script of axe-core, which finds what hinders people."""
    return npm_package("axe-core") / "axe.min.js"


def npm_package(name: str) -> Path:
    """The folder of an npm package that ``tests/npm/package.json`` names."""
    folder = _NPM / name
    if not folder.is_dir():
        lacking(f"no {name}: npm --prefix tests/npm ci --ignore-scripts")
    return folder


def debian_program(name: str, package: str) -> str:
    """The path of a program that Debian has in a package."""
    found = shutil.which(name)
    if found is None:
        lacking(f"no {name} on this machine (Debian: apt-get install {package})")
    return found


def python_client(name: str) -> str:
    """The path of a Python program that lives in a virtual environment of its own, ``.venv-clients``."""
    place = _CLIENTS / name
    if not place.is_file():
        lacking(f"no {name}: python3 -m venv .venv-clients; .venv-clients/bin/pip install -r requirements-clients.lock")
    return str(place)


def node_program() -> str:
    """The path of the Node.js that Playwright brings; Debian's is too old for some programs of ``tests/npm``."""
    try:
        from playwright._impl._driver import compute_driver_executable
    except ImportError:
        lacking("needs Playwright (the dev extra)")
    return str(compute_driver_executable()[0])


def run_node(script: str, *arguments: str, timeout: float = 60) -> str:
    """What a JavaScript module prints; it may import the packages of ``tests/npm``.

    :param script: an ES module's text; ``process.argv.slice(2)`` are the arguments
    :raises subprocess.CalledProcessError: it failed; what it said is in the error's notes
    """
    node = node_program()
    npm_package("")
    with NamedTemporaryFile("w", suffix=".mjs", dir=_NPM.parent, encoding="utf-8") as file:
        file.write(script)
        file.flush()
        command = [node, file.name, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    if done.returncode:
        error = subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
        error.add_note(done.stderr)
        raise error
    return done.stdout


def check_html(*arguments: str, timeout: float = 240) -> dict[str, Any]:
    """What the Nu HTML checker says of files or of what is served on localhost, in its own JSON.

    :param arguments: its options, and files or addresses; what a policy allows is judged rightly by addresses alone
    """
    program = npm_package("vnu-jar") / "build" / "dist" / "vnu.jar"
    java = [debian_program("java", "default-jre-headless"), "-Dnu.validator.servlet.allow-forbidden-hosts=true"]
    # Deeply nested pages want a deeper stack than Java's own.
    command = [*java, "-Xss4m", "-jar", str(program), "--format", "json"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=timeout, check=False)
    said: dict[str, Any] = json.loads(done.stderr)
    return said


def chromium_program() -> str:
    """The path of the system's Chromium, for programs that start it themselves."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        lacking("no Chromium on this machine (Debian: apt-get install chromium)")
    return program
