"""The plugin, run by the real MkDocs: whatever goes wrong, the published site stands and MkDocs' exit code tells."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest

from real_program import NOW, Ran, assert_same, copy_example, environment, tree

pytestmark = pytest.mark.slow
EPOCH = str(int(datetime.fromisoformat(NOW).timestamp()))
INCIDENT = "content/incidents/2026/2026-06-18-staging-down.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The example, not yet built."""
    return copy_example(tmp_path / "status")


def mkdocs(*arguments: str, site: Path) -> Ran:
    """Run ``mkdocs`` in the site's folder at the example's hour."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=site,
        env=environment(site.parent, {"SOURCE_DATE_EPOCH": EPOCH}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr)


def replace(path: Path, old: str, new: str) -> None:
    """Put one text for another in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_it_says_what_it_published(site: Path) -> None:
    """The log names the folder; MkDocs' own pages are no part of it, and no scratch folder stays in the site."""
    ran = mkdocs("build", site=site)
    assert ran.code == 0
    assert f"published {site / 'site'}: " in ran.err
    assert {path.name for path in site.iterdir()} == {"content", "mkdocs.yml", "site", ".site.noroshi"}


def test_an_error_in_the_content_stops_it(site: Path) -> None:
    """A record with an error ends MkDocs with 1; file and line are told, and the old site stays."""
    mkdocs("build", site=site)
    before = tree(site / "site")
    replace(site / INCIDENT, "severity: major", "severity: huge")
    ran = mkdocs("build", site=site)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert f"{INCIDENT}:3:1: [choice] severity: 'huge'" in ran.err
    assert "nothing was published" in ran.err
    assert_same(tree(site / "site"), before)


def test_strict_is_that_of_mkdocs(site: Path) -> None:
    """A dead link on a page of the operator's is a warning that is published, and with --strict a failure that
    leaves the old site."""
    mkdocs("build", site=site)
    before = tree(site / "site")
    with (site / "content/pages/about.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](nowhere.md)\n")
    strict = mkdocs("build", "--strict", site=site)
    assert strict.code == 1
    assert "nowhere.md" in strict.err
    assert_same(tree(site / "site"), before)
    loose = mkdocs("build", site=site)
    assert loose.code == 0
    assert "nowhere.md" in loose.err
    assert tree(site / "site") != before


def test_it_warns_of_what_the_build_warns_of(site: Path) -> None:
    """Each thing once: what MkDocs says of a page is not said again by the build, which renders the same page."""
    page = site / "content" / "pages" / "about.md"
    page.write_text(page.read_text("utf-8") + "\n\n[gone](gone.md)\n", "utf-8")
    home = site / "site_templates" / "home.html"
    home.parent.mkdir(exist_ok=True)
    home.write_text('{% extends "shipped/home.html" %}\n{% block haed %}{% endblock %}\n', "utf-8")
    ran = mkdocs("build", site=site)
    assert ran.code == 0, ran.err
    assert ran.err.count("the block 'haed' fills none") == 1
    assert ran.err.count("gone.md") == 1, ran.err
    assert ran.err.count("began a new published log") == 1


def test_a_page_that_mkdocs_cannot_read_stops_it(site: Path) -> None:
    """An error of MkDocs' own speaks before anything is published."""
    mkdocs("build", site=site)
    before = tree(site / "site")
    (site / "content/pages/broken.md").write_bytes("# 表\n".encode("cp932"))
    assert mkdocs("build", site=site).code != 0
    assert_same(tree(site / "site"), before)


def test_the_cache_may_lie_where_the_configuration_says(site: Path) -> None:
    """The option `cache` is relative to mkdocs.yml; an option that does not exist is refused by MkDocs."""
    replace(site / "mkdocs.yml", "  - noroshi\n", "  - noroshi: {cache: .kept}\n")
    assert mkdocs("build", site=site).code == 0
    assert any((site / ".kept").iterdir())
    assert not (site.parent / "user-cache" / "noroshi").exists()
    replace(site / "mkdocs.yml", "{cache: .kept}", "{cash: .kept}")
    ran = mkdocs("build", "--strict", site=site)
    assert ran.code == 1
    assert "Unrecognised configuration name: cash" in ran.err


def test_killed_it_leaves_the_old_site(site: Path) -> None:
    """SIGKILL at moments spread over the run: never a half site, and the next run publishes."""
    mkdocs("build", site=site)
    before = tree(site / "site")
    replace(site / "content/site.yaml", "Status and reports", "Another name")
    killed = 0
    for tenths in range(1, 14, 2):
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q"],
            cwd=site,
            env=environment(site.parent, {"SOURCE_DATE_EPOCH": EPOCH}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            process.wait(timeout=tenths / 10)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.communicate(timeout=20)
        now = tree(site / "site")
        if process.returncode == 0 or now != before:
            break
    assert killed >= 3
    ran = mkdocs("build", site=site)
    assert ran.code == 0
    fresh = mkdocs("build", "-d", "fresh", site=site)
    assert fresh.code == 0
    assert_same(tree(site / "site"), tree(site / "fresh"))
    assert now in (before, tree(site / "fresh"))


def test_serve(site: Path) -> None:
    """``mkdocs serve`` shows the records' pages, and what changed in a record after the change."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=site,
        env=environment(site.parent, {"SOURCE_DATE_EPOCH": EPOCH}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    deadline = threading.Timer(60, process.kill)
    deadline.start()
    try:
        assert process.stderr is not None
        told = _read_until("Serving on", process)
        assert "published" in told
        assert "検証サーバーの停止" in _fetch(port)
        replace(site / INCIDENT, "検証サーバーの停止", "検証環境の停止")
        _read_until("Reloading browsers", process)
        assert "検証環境の停止" in _fetch(port)
    finally:
        deadline.cancel()
        process.terminate()
        process.communicate(timeout=20)


def _read_until(words: str, process: subprocess.Popen[str]) -> str:
    """What the process says up to a line with these words; fails with it where it ends first."""
    told = ""
    assert process.stderr is not None
    for line in process.stderr:
        told += line
        if words in line:
            return told
    raise AssertionError(f"it ended without saying {words!r}:\n{told}")


def _fetch(port: int) -> str:
    address = f"http://127.0.0.1:{port}/incidents/2026-06-18-staging-down/"
    with build_opener(ProxyHandler({})).open(address, timeout=30) as answer:
        return str(answer.read().decode())
