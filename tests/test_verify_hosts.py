"""`noroshi verify` and hosts that drip, lie about lengths and times, or break off; and where it keeps what it saw."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from command_line import Ran, noroshi
from noroshi.log.checkpoint import parse_checkpoint, print_checkpoint
from noroshi.pipeline.verifying.in_time import InTime
from noroshi.pipeline.verifying.kept_checkpoint import open_checkpoint
from noroshi.problems import CannotVerify
from published_log import Host, publish, report_line, report_lines, send_answer, serve_log

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
AHEAD = NOW + timedelta(days=400)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site's folder with a log, on a machine with this clock and no proxies."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    site = tmp_path / "site"
    publish(site, report_lines(37))
    return site


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    """The site on localhost."""
    with serve_log(site) as host:
        yield host


def cannot(ran: Ran, *words: str) -> None:
    assert (ran.code, ran.out) == (5, ""), ran
    for word in words:
        assert word in ran.err, ran.err
    for raw in ("IncompleteRead", "Error(", "error(", "Connection aborted", "Traceback"):
        assert raw not in ran.err


def test_a_host_that_drips_is_left(host: Host) -> None:
    """All answers together have so many seconds, however steadily a host sends its bytes."""
    over = threading.Event()

    def drip(answer: BaseHTTPRequestHandler) -> None:
        answer.send_response(200)
        answer.send_header("Content-Length", "60000")
        answer.end_headers()
        while not over.wait(0.05):
            answer.wfile.write(b"x")

    host.odd["log/entries.jsonl"] = drip
    try:
        ran = noroshi("verify", host.address, "--timeout", 1)
    finally:
        over.set()
    cannot(ran, "did not answer whole within 1 seconds, as far as log/entries.jsonl", "--timeout")


class _Counted:
    """A source that answers at once, while its clock goes on by 100 seconds with each question."""

    name = "status"
    seconds = 0.0

    def read(self, path: str, limit: int) -> bytes:
        self.seconds += 100
        if path == "wrong":
            raise CannotVerify("wrong")
        return path.encode()


def test_the_time_is_that_of_all_answers() -> None:
    """Each answer may take what is left; what goes wrong in one is told as it is; afterwards nothing is asked."""
    source = _Counted()
    timed = InTime(source, 250, lambda: source.seconds)
    assert (timed.name, timed.read("one", 10)) == ("status", b"one")
    with pytest.raises(CannotVerify, match=r"^wrong$"):
        timed.read("wrong", 10)
    assert timed.read("three", 10) == b"three"
    with pytest.raises(CannotVerify, match=r"status did not answer whole within 250 seconds, as far as four"):
        timed.read("four", 10)
    assert source.seconds == 300


@pytest.mark.parametrize("given", ["0", "-1", "nan", "inf", "1e9", "99999999"])
def test_a_timeout_is_whole_seconds_of_a_day(site: Path, given: str) -> None:
    """No time at all, or one for ever, is a slip of the pen."""
    assert noroshi("verify", site, "--timeout", given).code == 2


def test_a_checkpoint_of_the_future_is_not_believed(host: Host, site: Path, tmp_path: Path) -> None:
    """Beyond a quarter of an hour it is refused, whether or not the lines say the same, and is not kept."""
    kept = tmp_path / "kept"
    lines = report_lines(37)
    publish(site, [*lines, report_line(37)._replace(at=NOW + timedelta(minutes=15))])
    assert noroshi("verify", host.address, "--save", kept).code == 0
    publish(site, lines)
    publish(site, [*report_lines(50), report_line(50)._replace(at=AHEAD)])
    for more in ((), ("--checkpoint", _saved(site, tmp_path, report_lines(37)))):
        publish(site, [*report_lines(50), report_line(50)._replace(at=AHEAD)])
        before = kept.read_bytes()
        ran = noroshi("verify", host.address, "--save", kept, *more)
        assert ran.code == 1
        assert ran.out.startswith("NOT BELIEVED: a checkpoint speaks of the future\n")
        assert "- its checkpoint speaks of the future: newest content 2027-12-27T03:00:00Z, and here it is " in ran.out
        assert "REWRITTEN" not in ran.out
        assert kept.read_bytes() == before
    told = noroshi("verify", host.address, "--format", "json")
    assert '"verdict": "future"' in told.out


def _saved(site: Path, tmp_path: Path, lines: list) -> Path:  # type: ignore[type-arg]
    place = tmp_path / "seen"
    place.write_bytes(print_checkpoint(publish(site, lines)))
    return place


def test_a_log_of_plans_alone_may_be_ahead(host: Host, site: Path, tmp_path: Path) -> None:
    """Before the first report the newest time is that of the last plan, and the lines show it."""
    plan = report_line(0)._replace(at=AHEAD)
    seen = _saved(site, tmp_path, [plan])
    assert noroshi("verify", host.address).code == 0
    assert noroshi("verify", host.address, "--checkpoint", seen).code == 0
    publish(site, [plan, report_line(1)])
    assert noroshi("verify", host.address, "--checkpoint", seen).code == 0


def test_a_kept_checkpoint_of_the_future_is_called_that(host: Host, site: Path, tmp_path: Path) -> None:
    """Who kept a time that was never true is told so, and that no entry is gone; nothing is called rewritten."""
    kept = tmp_path / "kept"
    kept.write_bytes(print_checkpoint(publish(site, report_lines(37), newest=AHEAD)))
    publish(site, report_lines(43))
    ran = noroshi("verify", host.address, "--checkpoint", kept)
    assert ran.code == 1
    assert "- the checkpoint that you gave speaks of the future: newest content 2027-12-27T03:00:00Z." in ran.out
    assert "all there" in ran.out
    assert "--save" in ran.out
    assert "REWRITTEN" not in ran.out
    publish(site, [report_line(0, "others"), *report_lines(43)[1:]])
    assert "REWRITTEN" in noroshi("verify", host.address, "--checkpoint", kept).out


def test_only_a_file_is_replaced(host: Host, tmp_path: Path) -> None:
    """A device, a pipe or a folder stays what it is, and no folder is made; nothing is asked of the host before."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ran = noroshi("verify", host.address, "--save", pipe)
    assert (ran.code, f"--save {pipe}: this is no ordinary file" in ran.err, pipe.is_fifo()) == (3, True, True)
    assert noroshi("verify", host.address, "--save", "/dev/null").code == 3
    assert Path("/dev/null").is_char_device()
    ran = noroshi("verify", host.address, "--save", tmp_path / "new" / "kept")
    assert (ran.code, f"there is no folder {tmp_path / 'new'}; make it first" in ran.err) == (3, True)
    assert not (tmp_path / "new").exists()
    assert host.asked == []
    kept = tmp_path / "kept"
    kept.write_bytes(b"old")
    assert noroshi("verify", host.address, "--save", kept).code == 0
    assert kept.read_bytes() != b"old"


def test_a_mark_of_the_encoding_is_no_part_of_a_checkpoint(site: Path, tmp_path: Path) -> None:
    """An editor that puts one before the first line changes nothing."""
    data = (site / "log/checkpoint").read_bytes()
    kept = tmp_path / "kept"
    kept.write_bytes(b"\xef\xbb\xbf" + data)
    assert open_checkpoint(kept) == parse_checkpoint(data)
    assert noroshi("verify", site, "--checkpoint", kept).code == 0


def cut_off(answer: BaseHTTPRequestHandler) -> None:
    send_answer(answer, 200, b"status", Content_Length="5000")
    answer.close_connection = True


def hung_up(answer: BaseHTTPRequestHandler) -> None:
    answer.close_connection = True


def not_packed(answer: BaseHTTPRequestHandler) -> None:
    send_answer(answer, 200, b"status", Content_Encoding="gzip")


def half_a_chunk(answer: BaseHTTPRequestHandler) -> None:
    answer.send_response(200)
    answer.send_header("Transfer-Encoding", "chunked")
    answer.end_headers()
    answer.wfile.write(b"50\r\nstatus")
    answer.close_connection = True


def no_http(answer: BaseHTTPRequestHandler) -> None:
    answer.wfile.write(b"SSH-2.0-OpenSSH\r\n")
    answer.close_connection = True


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (cut_off, "did not arrive whole: the connection ended before all of it was there"),
        (half_a_chunk, "did not arrive whole: the connection ended before all of it was there"),
        (hung_up, "cannot be reached: the host ended the connection"),
        (not_packed, "did not arrive whole: it says that it is packed, and cannot be unpacked"),
        (no_http, "what it answers is no HTTP"),
    ],
)
def test_what_went_wrong_is_told_in_words(
    host: Host, odd: Callable[[BaseHTTPRequestHandler], None], words: str
) -> None:
    """Nobody has to know how a library names its errors."""
    host.odd["log/checkpoint"] = odd
    cannot(noroshi("verify", host.address), words)


@pytest.mark.parametrize(
    ("length", "words"),
    [("-1", "a length that is none"), ("9" * 5000, "a length that is none"), ("9" * 12, "has more than 65,536 bytes")],
)
def test_a_length_that_is_none_is_refused_at_once(host: Host, length: str, words: str) -> None:
    """No byte of the body is waited for."""
    over = threading.Event()

    def wait(answer: BaseHTTPRequestHandler) -> None:
        answer.send_response(200)
        answer.send_header("Content-Length", length)
        answer.end_headers()
        over.wait(20)

    host.odd["log/checkpoint"] = wait
    try:
        cannot(noroshi("verify", host.address, "--timeout", 10), words)
    finally:
        over.set()


@pytest.mark.parametrize(
    "target", ["ftp://user:s3cret@127.0.0.1/x", "http://user:s3cret@[::bad/", "//u:s3cret@127.0.0.1:1/"]
)
def test_a_password_in_a_redirect_is_not_shown(host: Host, target: str) -> None:
    """What a host sends on with a name and password is told without them, and asked without them."""
    host.odd["log/checkpoint"] = lambda answer: send_answer(answer, 302, b"", Location=target)
    ran = noroshi("verify", host.address)
    cannot(ran)
    assert "s3cret" not in ran.err


@pytest.mark.parametrize("address", ["http://user:s3cret@[::bad/", "gopher://user:s3cret@example.com/"])
def test_a_password_in_an_address_is_not_shown(site: Path, address: str) -> None:
    """Nor that of an address which is none."""
    ran = noroshi("verify", address)
    cannot(ran)
    assert "s3cret" not in ran.err
