"""The configurations that docs/hosting.md gives for nginx and Caddy, run by these servers on a built site."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from noroshi.writers.host.headers import FOR_EVER, FRESH, NOTHING_RUNS, POLLED
from outside_programs import debian_program, lacking
from real_program import ROOT
from served_site import build_site, example_site

pytestmark = pytest.mark.slow
PAGE = "frame-ancestors 'none'"
NGINX = Path("/usr/sbin/nginx")


def block(language: str) -> str:
    """The one block of docs/hosting.md in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs/hosting.md").read_text("utf-8"), re.DOTALL)
    return str(found)


def free_port() -> int:
    """A port of localhost that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def nginx(work: Path, site: Path, port: int) -> list[str]:
    """The command that starts nginx without rights, with the block as it stands but for place, port and TLS."""
    if not NGINX.is_file():
        lacking("no nginx on this machine (Debian: apt-get install nginx-light)")
    given = block("nginx")
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("    ssl_certificate /etc/ssl/status.pem;\n    ssl_certificate_key /etc/ssl/status.key;\n", ""),
        ("root /srv/www/status;", f"root {site};"),
    ):
        assert old in given
        given = given.replace(old, new)
    places = "".join(
        f"{name}_temp_path {work}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(
        f"daemon off;\nworker_processes 1;\nuser {_user()};\npid {work}/pid;\nerror_log {work}/errors;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{places}{given}}}\n"
    )
    return [str(NGINX), "-p", str(work), "-e", f"{work}/errors", "-c", str(work / "nginx.conf")]


def _user() -> str:
    # Its worker must be able to read the site, which lies in a folder that its user alone may enter.
    return subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()


def caddy(work: Path, site: Path, port: int) -> list[str]:
    """The command that starts Caddy with the block as it stands but for place, port and TLS."""
    given = block("caddy")
    for old, new in (
        ("status.example.com {", f"http://127.0.0.1:{port} {{"),
        ("root * /srv/www/status", f"root * {site}"),
    ):
        assert old in given
        given = given.replace(old, new)
    (work / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + given)
    return [debian_program("caddy", "caddy"), "run", "--adapter", "caddyfile", "--config", str(work / "Caddyfile")]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The example, published."""
    work = tmp_path_factory.mktemp("servers")
    build_site(example_site(work / "root"), work / "site", "https://status.example.com/")
    return work / "site"


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def port(request, site, tmp_path) -> Iterator[int]:
    """The port on which one of the servers shows it."""
    number = free_port()
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            request.param(tmp_path, site, number),
            env={"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(number, process, tmp_path)
        yield number
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(port: int, process: subprocess.Popen[bytes], work: Path) -> None:
    """Wait until it listens; fail with what it said where it ends instead."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, (work / "said").read_text()
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("it does not listen")


def ask(port: int, path: str) -> HTTPResponse:
    """The answer to a GET, its body read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def test_each_kind_of_path_gets_its_headers(port, site):
    """Each once: what may run, who may read and show it, how long it keeps, and its type."""
    bundle = next(site.glob("assets/javascripts/bundle.*.js")).relative_to(site).as_posix()
    tile = next(site.glob("log/tile/0/000.p/*")).relative_to(site).as_posix()
    data = (NOTHING_RUNS, POLLED, "*")
    wanted = {
        "/": (PAGE, FRESH, None, "text/html; charset=utf-8"),
        "/en/history/2026-06/": (PAGE, FRESH, None, "text/html; charset=utf-8"),
        "/embed/": ("frame-ancestors *", POLLED, None, "text/html; charset=utf-8"),
        "/en/embed/": ("frame-ancestors *", POLLED, None, "text/html; charset=utf-8"),
        "/feeds/reports.atom": (*data, "application/atom+xml; charset=utf-8"),
        "/en/history.rss": (*data, "application/rss+xml; charset=utf-8"),
        "/en/feeds/reports.json": (*data, "application/feed+json; charset=utf-8"),
        "/history.json": (*data, "application/feed+json; charset=utf-8"),
        "/feeds/feeds.opml": (*data, "text/x-opml; charset=utf-8"),
        "/calendars/all.ics": (*data, "text/calendar; charset=utf-8"),
        "/api/v2/summary.json": (*data, "application/json"),
        "/badges/status.svg": (*data, "image/svg+xml"),
        "/metrics.txt": (*data, "text/plain; version=0.0.4; charset=utf-8"),
        "/log/checkpoint": (*data, "text/plain; charset=utf-8"),
        "/log/entries.jsonl": (*data, "text/plain; charset=utf-8"),
        f"/{tile}": (NOTHING_RUNS, FOR_EVER, "*", None),
        "/en/log/2026-06/": (PAGE, FRESH, None, "text/html; charset=utf-8"),
        f"/{bundle}": (None, FOR_EVER, None, None),
        "/.well-known/security.txt": (PAGE, FRESH, None, "text/plain; charset=utf-8"),
    }
    for path, (policy, keep, origin, kind) in wanted.items():
        answer = ask(port, path)
        assert answer.status == 200, path
        if policy is not None:
            assert answer.headers.get_all("Content-Security-Policy") == [policy], path
        assert answer.headers.get_all("Cache-Control") == [keep], path
        assert answer.headers["Access-Control-Allow-Origin"] == origin, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        if kind is not None:
            assert answer.headers["Content-Type"] == kind, path


def test_what_is_not_there_or_not_for_readers(port, site):
    """The site's own page for it, in its language, and never what lies in the folder for the program alone."""
    for path in ("/nowhere", "/.noroshi", "/_headers"):
        answer = ask(port, path)
        assert answer.status == 404, path
        assert answer.body == (site / "404.html").read_bytes(), path  # type: ignore[attr-defined]
    answer = ask(port, "/en/incidents/nowhere/")
    assert (answer.status, answer.body) == (404, (site / "en/404.html").read_bytes())  # type: ignore[attr-defined]
