"""A site on an evening, as it is and as it stood, served under a strict policy."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from test_promise_pages import DOWN, WORK, write_site

BUILT = datetime.fromisoformat("2026-06-18T22:25+09:00")
"""When its pages were made."""
LATER = """\
title: {ja: ルーターの交換, en: Router replacement}
components: {web: under_maintenance}
window: {from: 2026-06-19T01:00+09:00, until: 2026-06-19T02:00+09:00}
reports:
  - {kind: notice, at: 2026-06-11T11:00+09:00, text: {ja: 予告です。, en: A notice.}}
"""


class StrictHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files under a policy that allows no script but the site's own files."""

    def end_headers(self) -> None:
        """Say what browsers may run."""
        self.send_header("Content-Security-Policy", "script-src 'self'")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def published(root: Path, out: Path, cache: Path, moments: Moments) -> Path:
    """The site's folder."""
    assert build(BuildRequest(folder=SiteFolder(root=root), out=out, cache=cache, moments=moments)).published
    return out


def write_evening(root: Path) -> Path:
    """An incident that goes on, and work under way."""
    write_site(root)
    (root / "content/incidents/2026/down.yaml").write_text(
        DOWN[: DOWN.index("  - kind: interim\n    at: 2026-06-18T23")]
    )
    work = WORK.replace("T21:30+09:00}", "T22:30+09:00}")
    (root / "content/maintenance/2026/work.yaml").write_text(work[: work.index("  - {kind: completion")])
    return root


def write_work_ahead(root: Path) -> Path:
    """Work that begins within hours."""
    (root / "content/maintenance/2026/later.yaml").write_text(LATER)
    return root


@contextmanager
def both_served(root: Path, work: Path) -> Iterator[dict[str, str]]:
    """The addresses of the site as it is (``now``) and as it stood (``then``), on localhost under a strict policy."""
    with ExitStack() as servers:
        yield {
            name: servers.enter_context(_served(published(root, work / name, work / "cache", moments)))
            for name, moments in (("now", Moments(now=BUILT)), ("then", Moments(now=BUILT, as_of=BUILT)))
        }


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(StrictHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
