"""Sites on localhost, as clients meet them: built by the real program, served with the types that hosts give."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import critical_day
from naughty_site import write_site
from real_data import JENKINS, require_jenkins
from real_program import NOW, Ran, copy_example, environment, noroshi

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".json": "application/json",
    ".ics": "text/calendar; charset=utf-8",
    ".opml": "text/x-opml",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
}
"""What common hosts call files by their endings. They call a JSON feed plain JSON."""
PACKED = 6
"""The level at which hosts compress as they answer."""


@contextmanager
def serve(folder: Path, *, packed: bool = False) -> Iterator[str]:
    """Serve a folder on localhost, which may be put in the place of another while it is served.

    Every answer has an ETag of its bytes and no Last-Modified: two builds within a second differ all the same.

    :param packed: whether answers are compressed for those who accept it, as hosts do
    :return: its address, ended by a slash
    """

    class Answer(_Answer):
        root = folder
        packs = packed

    server = _Server(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went before it was answered is no fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Answer(BaseHTTPRequestHandler):
    root = Path()
    packs = False
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file, a folder's page, the way to a folder, or the page for what is not there."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        place = (self.root / path).resolve()
        if not place.is_relative_to(self.root.resolve()):
            self._send(403, b"", ".txt")
        elif place.is_dir() and path and not path.endswith("/"):
            self._send(301, b"", ".txt", {"Location": f"/{path}/"})
        else:
            file = place / "index.html" if place.is_dir() else place
            data = _bytes_of(file)
            if data is None:
                self._send(404, _bytes_of(self.root / "404.html") or b"", ".html")
                return
            tag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
            known = self.headers.get("If-None-Match") == tag
            self._send(304 if known else 200, b"" if known else data, file.suffix, {"ETag": tag})

    def do_HEAD(self) -> None:
        """The same without its bytes."""
        self.do_GET()

    def _send(self, status: int, data: bytes, ending: str, more: Mapping[str, str] | None = None) -> None:
        if self.packs and data and ending != ".png" and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data, PACKED, mtime=0)
            more = {**(more or {}), "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(status)
        self.send_header("Content-Type", MEDIA_TYPES.get(ending, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "no-cache")
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is no part of a test's output."""


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def build_site(
    site: Path, out: Path, url: str, *, now: str = NOW, as_of: str | None = None, audience: str = "public"
) -> Ran:
    """Build a site's folder with the real program, so that its addresses lead to where it is served.

    :param out: the folder to publish, which must not lie in the site's folder
    :param url: what :func:`serve` gave
    :param as_of: the time at which it stood so, in place of ``now``
    """
    time = ("--as-of", as_of) if as_of is not None else ("--now", now)
    place = ("--site", site, "--out", out, "--cache", site / ".cache", "--url", url, "--audience", audience)
    return noroshi("build", *place, *time, "--jobs", 1, "--quiet", cwd=site, env=environment(site))


def example_site(folder: Path) -> Path:
    """The example, in a new folder."""
    return copy_example(folder)


def empty_site(folder: Path) -> Path:
    """What ``noroshi init`` makes: nothing was reported yet."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    noroshi("init", folder, cwd=folder.parent)
    return folder


def naughty_site(folder: Path) -> Path:
    """Every field holds text that would like to be something else."""
    return write_site(folder)


def critical_site(folder: Path) -> Path:
    """A day with three critical incidents at once."""
    return critical_day.write_site(folder)


def jenkins_site(folder: Path) -> Path:
    """The status log of the Jenkins project, imported; the test is skipped where its data is not there."""
    require_jenkins()
    empty_site(folder)
    # It warns of what the source left out, and its exit code says so.
    noroshi("import", "cstate", JENKINS, "--site", folder, cwd=folder, fine=False)
    assert any((folder / "content/incidents").rglob("*.yaml"))
    return folder


SITES: Mapping[str, Callable[[Path], Path]] = {
    "example": example_site,
    "jenkins": jenkins_site,
    "empty": empty_site,
    "naughty": naughty_site,
}
"""The sites that outside programs are tried on, by name; each is made in a folder that is not there yet."""
