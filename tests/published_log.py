"""A published log made by hand, and a host on localhost that answers with it, or as badly as it is told to."""

from __future__ import annotations

import shutil
import sys
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from noroshi.log.checkpoint import Checkpoint, print_checkpoint
from noroshi.log.line import Change, LogLine, line_bytes, newest_time
from noroshi.log.merkle import leaf_hash, tree_head
from noroshi.log.tiles import tile_files

ORIGIN = "status.example.com/log"
BEGAN = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)


def report_line(place: int, said: str = "") -> LogLine:
    """The entry at a place, from 0: each record has opening facts and three reports, a minute apart.

    :param said: what makes its words others than those it had at first
    """
    record, number = divmod(place, 4)
    digest = sha256(f"{place} {said}".encode()).digest()
    return LogLine(
        at=BEGAN + timedelta(minutes=place),
        change=Change.PUBLISHED,
        digest=digest,
        facts=digest,
        id=f"2026-06-18-incident-{record}",
        kind=("opening", "start", "interim", "completion")[number],
        matter="incident",
        number=number,
        texts=("text[ja]",) if number else (),
        title=() if number else (("ja", f"検証サーバーが停止 {record}"),),
    )


def report_lines(size: int) -> list[LogLine]:
    """The entries of a log."""
    return [report_line(place) for place in range(size)]


def publish(
    site: Path, lines: Sequence[LogLine], *, origin: str = ORIGIN, newest: datetime | None = None
) -> Checkpoint:
    """Publish a log with these lines, its checkpoint and its tiles, in place of the one that was there.

    :param newest: the newest content's time, where it is another than the lines'
    """
    log = site / "log"
    shutil.rmtree(log, ignore_errors=True)
    leaves = [line_bytes(line) for line in lines]
    hashes = [leaf_hash(leaf) for leaf in leaves]
    time = newest or newest_time(lines)
    checkpoint = Checkpoint(origin=origin, size=len(lines), root=tree_head(hashes), newest=time)
    write(log / "entries.jsonl", b"".join(leaf + b"\n" for leaf in leaves))
    write(log / "checkpoint", print_checkpoint(checkpoint))
    for path, data in tile_files(hashes):
        write(log / path, data)
    return checkpoint


def write(place: Path, data: bytes) -> None:
    """Write a file and the folders above it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


class Host:
    """What a host is told to do, and what it was asked for."""

    def __init__(self) -> None:
        self.address = ""
        """Ended by a slash."""
        self.asked: list[str] = []
        """Paths below the address, or whole addresses where it was asked as a proxy."""
        self.sent = 0
        """How many bytes of bodies."""
        self.logins: list[str] = []
        """The names and passwords that came along."""
        self.odd: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        """Other answers than the file at a path."""
        self.before: Callable[[str], None] = lambda path: None
        """Called with each path before it is answered."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has read enough and went is no fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve_log(site: Path) -> Iterator[Host]:
    """Serve a folder on localhost."""
    host = Host()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """A file, or what the host was told to answer."""
            told = urlsplit(self.path)
            path = unquote(told.path).lstrip("/")
            host.asked.append(self.path if told.netloc else path)
            if login := self.headers.get("Authorization", "").removeprefix("Basic "):
                host.logins.append(b64decode(login).decode())
            host.before(path)
            if path in host.odd:
                host.odd[path](self)
                return
            file = site / path
            send(self, 200, file.read_bytes()) if file.is_file() else send(self, 404, b"<!doctype html>not found")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what was asked is no part of a test's output."""

    server = _Server(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def send(answer: BaseHTTPRequestHandler, status: int, data: bytes) -> None:
        host.sent += len(data)
        send_answer(answer, status, data)

    try:
        host.address = f"http://127.0.0.1:{server.server_port}/"
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send_answer(answer: BaseHTTPRequestHandler, status: int, data: bytes, **headers: str) -> None:
    """Send an answer. Headers are named with ``_`` for ``-``."""
    answer.send_response(status)
    told = {"Content_Length": str(len(data)), **headers}
    for name, value in told.items():
        answer.send_header(name.replace("_", "-"), value)
    answer.end_headers()
    answer.wfile.write(data)
