"""``noroshi verify``: what was seen of a published log is proven to be there, or named; and where nothing can be told,
that is said and nothing else."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from command_line import Ran, noroshi
from noroshi.log.checkpoint import parse_checkpoint
from noroshi.log.line import Change, LogLine, line_bytes
from noroshi.writers.feeds.feed import Category, Feed, Item
from noroshi.writers.feeds.xml import atom, rss
from published_log import BEGAN, ORIGIN, Host, publish, report_line, report_lines, send_answer, serve_log, write

SEEN = 37
"""How many entries the log had when it was seen."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site's folder with a log, asked for directly whatever proxies this machine has."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    site = tmp_path / "site"
    publish(site, report_lines(SEEN))
    return site


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    """The site on localhost."""
    with serve_log(site) as host:
        yield host


@pytest.fixture
def seen(site: Path, tmp_path: Path) -> Path:
    """The checkpoint of the log as it was first published."""
    return copied(site / "log" / "checkpoint", tmp_path / "seen")


@pytest.fixture
def witness(site: Path, tmp_path: Path) -> Path:
    """A copy of its entries then."""
    return copied(site / "log" / "entries.jsonl", tmp_path / "old.jsonl")


def copied(source: Path, place: Path) -> Path:
    place.write_bytes(source.read_bytes())
    return place


# What may be done to a log of which 37 entries were seen; 43 entries stand after each.
CHANGED = [*report_lines(10), report_line(10, "others"), *report_lines(43)[11:]]
DELETED = [*report_lines(10), *report_lines(44)[11:]]
INSERTED = [*report_lines(10), report_line(100), *report_lines(42)[10:]]
REORDERED = [*report_lines(10), report_line(11), report_line(10), *report_lines(43)[12:]]
REDATED = [*report_lines(10), report_line(10)._replace(at=BEGAN), *report_lines(43)[11:]]
LAST = [*report_lines(36), report_line(36, "others"), *report_lines(43)[37:]]
TAMPERED = {
    "changed": (CHANGED, "2026-06-18-incident-2, report 2 (interim, 2026-06-18T12:10:00Z), published, digest "),
    "deleted": (DELETED, "2026-06-18-incident-2, report 2 (interim, 2026-06-18T12:10:00Z), published, digest "),
    "inserted": (INSERTED, "line 11 was not there: 2026-06-18-incident-25, opening facts (2026-06-18T13:40:00Z)"),
    "reordered": (
        REORDERED,
        "2 of its lines stand at other places; the first, 2026-06-18-incident-2, report 2 (interim, "
        "2026-06-18T12:10:00Z), was line 11 and is line 12",
    ),
    "redated": (REDATED, "2026-06-18-incident-2, report 2 (interim, 2026-06-18T12:10:00Z), published, digest "),
    "last": (LAST, "2026-06-18-incident-9, opening facts (2026-06-18T12:36:00Z), published, digest "),
}


def test_the_first_time_the_whole_log_is_read(host: Host, tmp_path: Path) -> None:
    """Without a checkpoint count, root, lines and tiles are held against each other, and --save keeps a checkpoint."""
    ran = noroshi("verify", host.address, "--save", tmp_path / "seen")
    assert (ran.code, ran.err) == (0, f"kept in {tmp_path / 'seen'}\n")
    assert ran.out == (
        "whole: 37 entries, and count, root, every line and every tile fit together\n"
        "  now   37 entries, newest content 2026-06-18T12:35:00Z\n"
        f"  log   {ORIGIN}, at {host.address}\n"
        "nothing was compared with what was there before: --save keeps a checkpoint for --checkpoint\n"
    )
    assert parse_checkpoint((tmp_path / "seen").read_bytes()).size == SEEN
    assert host.asked == ["log/checkpoint", "log/entries.jsonl", "log/tile/0/000.p/37"]


def test_later_what_was_seen_is_proven_to_be_there(host: Host, site: Path, seen: Path) -> None:
    """With the checkpoint of before only the checkpoint and the tiles of the proof are read; the words say what was
    seen, that it is there, and how much is new."""
    publish(site, report_lines(43))
    ran = noroshi("verify", host.address, "--checkpoint", seen, "--save", seen)
    assert (ran.code, ran.err) == (0, f"kept in {seen}\n")
    assert ran.out == (
        "unchanged: 37 entries that were seen are still there, 6 new, proven with 1 tile\n"
        "  seen  37 entries, newest content 2026-06-18T12:35:00Z\n"
        "  now   43 entries, newest content 2026-06-18T12:42:00Z\n"
        f"  log   {ORIGIN}, at {host.address}\n"
        "proven of the log's tree; the file with its lines was not read: --entries reads it too\n"
    )
    assert host.asked == ["log/checkpoint", "log/tile/0/000.p/43"]
    assert parse_checkpoint(seen.read_bytes()).size == 43
    assert noroshi("verify", host.address, "--checkpoint", seen).code == 0


@pytest.mark.parametrize("name", TAMPERED)
def test_a_rewritten_log_is_found(host: Host, site: Path, seen: Path, name: str) -> None:
    """However the log was rewritten and its tree made anew, the checkpoint is contradicted; what is known is told, and
    who could name the entry. The kept checkpoint stays as it is."""
    now = publish(site, TAMPERED[name][0])
    before = seen.read_bytes()
    ran = noroshi("verify", host.address, "--checkpoint", seen, "--save", seen)
    then = parse_checkpoint(before)
    assert ran.code == 1
    assert ran.out == (
        "REWRITTEN: the log does not hold what was seen\n"
        f"  seen  37 entries, newest content 2026-06-18T12:35:00Z, root {then.root_word}\n"
        f"  now   {now.size} entries, newest content {now.newest_word}, root {now.root_word}\n"
        f"  log   {ORIGIN}, at {host.address}\n"
        "- the first 37 entries of the log are not those that were seen\n"
        "A copy of log/entries.jsonl from when it had 37 entries, or of a feed from about 2026-06-18T12:35:00Z, given "
        "with --witness, names the entry.\n"
        "Keep your checkpoint and these lines: together with what is published now they are the evidence.\n"
    )
    assert ran.err == f"{seen} was left as it is\n"
    assert seen.read_bytes() == before


@pytest.mark.parametrize("name", TAMPERED)
def test_a_witness_names_what_was_rewritten(host: Host, site: Path, seen: Path, witness: Path, name: str) -> None:
    """An old copy of the entries names each entry that is not as it was, and what stands now."""
    lines, words = TAMPERED[name]
    publish(site, lines)
    ran = noroshi("verify", host.address, "--checkpoint", seen, "--witness", witness)
    assert ran.code == 1
    saw = f"  witness {witness}: saw 37 entries, the log that the checkpoint is of; not all as it was\n"
    assert saw in ran.out
    assert f"- {words}" in ran.out
    assert "given with --witness" not in ran.out
    alone = noroshi("verify", host.address, "--witness", witness)
    assert alone.code == 1
    assert alone.out.startswith("REWRITTEN: the log does not hold what a witness saw\n")
    assert f"- {words}" in alone.out


def test_the_words_and_the_json_tell_then_and_now(host: Host, site: Path, witness: Path) -> None:
    """Of an entry that was changed both tell id, number, kind, time and digest: what was seen, and what stands."""
    publish(site, CHANGED)
    was, now = (report_line(10, said).digest.hex() for said in ("", "others"))
    ran = noroshi("verify", host.address, "--witness", witness)
    entry = "2026-06-18-incident-2, report 2 (interim, 2026-06-18T12:10:00Z), published, digest"
    assert f"- {entry} {was[:16]}…: is not there as it was; now line 11 has {entry} {now[:16]}…\n" in ran.out
    told = json.loads(noroshi("verify", host.address, "--witness", witness, "--format", "json").out)
    assert told["verdict"] == "rewritten"
    assert told["witnesses"] == [{"file": str(witness), "size": 37, "confirmed": None, "missing": 1}]
    [finding] = told["findings"]
    assert (finding["kind"], finding["witness"]) == ("changed", str(witness))
    facts = {"matter": "incident", "id": "2026-06-18-incident-2", "number": 2, "kind": "interim", "line": 11}
    facts |= {"at": "2026-06-18T12:10:00Z", "change": "published"}
    assert finding["seen"] == {**facts, "digest": was}
    assert finding["now"] == {**facts, "digest": now}


def test_a_deleted_entry_has_nothing_in_its_place(host: Host, site: Path, witness: Path) -> None:
    """What is gone is said to be gone, and what moved up is counted and not listed."""
    publish(site, DELETED)
    told = json.loads(noroshi("verify", host.address, "--witness", witness, "--format", "json").out)
    assert [(each["kind"], each["now"]) for each in told["findings"]] == [("gone", None), ("moved", None)]
    assert told["findings"][1]["message"].startswith("26 of its lines stand at other places")


def test_a_log_that_was_rolled_back_is_found(host: Host, site: Path, seen: Path) -> None:
    """An older tree in the place of the one that was seen, as after a force-push, has fewer entries."""
    publish(site, report_lines(30))
    ran = noroshi("verify", host.address, "--checkpoint", seen)
    assert ran.code == 1
    assert "- the log had 37 entries, and has 30\n" in ran.out


def test_another_root_at_the_same_size_is_found(host: Host, site: Path, seen: Path) -> None:
    """As many entries, one of them another: no tile is needed to see it."""
    publish(site, CHANGED[:SEEN])
    ran = noroshi("verify", host.address, "--checkpoint", seen)
    assert ran.code == 1
    assert "- the first 37 entries of the log are not those that were seen\n" in ran.out
    assert set(host.asked) == {"log/checkpoint"}


def test_an_unchanged_log_needs_no_tile(host: Host, seen: Path) -> None:
    """Where nothing was published since, the checkpoint alone says so."""
    ran = noroshi("verify", host.address, "--checkpoint", seen)
    assert ran.code == 0
    assert ran.out.startswith("unchanged: 37 entries that were seen are still there, 0 new\n")
    assert host.asked == ["log/checkpoint"]


def test_the_newest_time_does_not_go_back(host: Host, site: Path, seen: Path) -> None:
    """A checkpoint whose newest content is older than before, though no entry is gone, says what is not so."""
    publish(site, report_lines(43), newest=BEGAN)
    ran = noroshi("verify", host.address, "--checkpoint", seen)
    assert ran.code == 1
    assert (
        "- the newest content was of 2026-06-18T12:35:00Z, and is of 2026-06-18T12:00:00Z though no entry is gone"
        in (ran.out)
    )
    assert noroshi("verify", host.address).code == 1


def test_it_may_go_back_after_a_plan(host: Host, site: Path, tmp_path: Path) -> None:
    """What is planned enters a log with a time that may be ahead of the first report: that is nobody's rewriting."""
    planned = report_line(0)._replace(matter="commitment", at=BEGAN + timedelta(days=9))
    publish(site, [planned])
    kept = copied(site / "log" / "checkpoint", tmp_path / "kept")
    publish(site, [planned, report_line(1)])
    assert noroshi("verify", host.address, "--checkpoint", kept).code == 0


def test_of_an_empty_log_everything_is_new(host: Host, site: Path, tmp_path: Path) -> None:
    """A checkpoint from before the first entry is kept by every log that goes on; one that has a root of its own is
    none."""
    publish(site, [])
    kept = tmp_path / "kept"
    assert noroshi("verify", host.address, "--save", kept).code == 0
    publish(site, report_lines(5))
    ran = noroshi("verify", host.address, "--checkpoint", kept)
    assert (ran.code, ran.out.splitlines()[0]) == (
        0, "unchanged: 0 entries that were seen are still there, 5 new, proven with 1 tile",
    )  # fmt: skip


def cannot(ran: Ran, words: str) -> None:
    """No verdict was given, and the words say why."""
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.startswith("error: cannot verify: ")
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_another_log_says_nothing_about_this_one(host: Host, site: Path, seen: Path) -> None:
    """A checkpoint of a log with another name proves nothing, whatever the entries are."""
    publish(site, report_lines(43), origin="other.example.com/log")
    cannot(noroshi("verify", host.address, "--checkpoint", seen), "publishes the log 'other.example.com/log'")


ODD: dict[str, tuple[Callable[..., None], str]] = {
    "missing": (lambda answer: send_answer(answer, 404, b"no"), "publishes no log: neither log/checkpoint nor"),
    "a web page": (lambda answer: send_answer(answer, 200, b"<!doctype html><h1>Hello</h1>"), "it is a web page"),
    "empty": (lambda answer: send_answer(answer, 200, b""), "is no checkpoint: it is empty"),
    "refused": (lambda answer: send_answer(answer, 403, b""), "the host answers with 403 Forbidden"),
    "broken": (lambda answer: send_answer(answer, 500, b""), "the host answers with 500 Internal Server Error"),
    "huge": (lambda answer: send_answer(answer, 200, b"x" * 10**6), "has more than 65,536 bytes"),
    "a bomb": (
        lambda answer: send_answer(answer, 200, gzip.compress(bytes(10**8)), Content_Encoding="gzip"),
        "has more than 65,536 bytes",
    ),
    "not what it says": (
        lambda answer: send_answer(answer, 200, b"no gzip at all", Content_Encoding="gzip"), "did not arrive whole",
    ),
    "cut off": (
        lambda answer: send_answer(answer, 200, b"status", Content_Length="90", Connection="close"),
        "did not arrive whole",
    ),
    "elsewhere": (lambda answer: send_answer(answer, 302, b"", Location="ftp://example.com/"), "which is not read"),
    "in circles": (lambda answer: send_answer(answer, 302, b"", Location="/log/checkpoint"), "without end"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_checkpoint_is_no_verdict(host: Host, seen: Path, name: str) -> None:
    """Nothing, a web page, a refusal, a part, too much or a way to somewhere else in the checkpoint's place: exit code
    5, and why. Nothing is kept."""
    answer, words = ODD[name]

    def close(handler: object) -> None:
        answer(handler)
        handler.close_connection = True  # type: ignore[attr-defined]

    host.odd["log/checkpoint"] = close
    before = seen.read_bytes()
    cannot(noroshi("verify", host.address, "--checkpoint", seen, "--save", seen), words)
    assert seen.read_bytes() == before


def test_a_host_that_is_not_there_is_no_verdict(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where nobody listens, a name that is none, an address that is none."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody else gets it meanwhile
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        cannot(noroshi("verify", address), "cannot be reached: Connection refused")

    def unknown(host: str, *_: object, **__: object) -> None:
        assert host == "nowhere.invalid"
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        ran = noroshi("verify", "http://nowhere.invalid/")
    cannot(ran, "nowhere.invalid/log/checkpoint cannot be reached: no such host")
    cannot(noroshi("verify", "http://"), "is no address of a site")
    cannot(noroshi("verify", "gopher://example.com/"), "only http, https, file and folders can be read")
    cannot(noroshi("verify", site / "nowhere"), "there is no such folder")


def test_a_redirect_to_the_right_place_is_followed(host: Host, seen: Path, site: Path) -> None:
    """As hosts do when a site has moved."""
    write(site / "moved" / "checkpoint", (site / "log" / "checkpoint").read_bytes())
    host.odd["log/checkpoint"] = lambda answer: send_answer(answer, 301, b"", Location="/moved/checkpoint")
    assert noroshi("verify", host.address, "--checkpoint", seen).code == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data[:-9], "did not arrive whole: line 37 is cut off"),
        (
            lambda data: data[: data.index(b"\n", 900) + 1],
            "lines that the checkpoint speaks of: it is cut off, or older",
        ),
        (lambda data: b"<!doctype html><h1>Hello</h1>", "holds no lines of a log; it begins with '<!doctype html>"),
        (lambda data: data + line_bytes(report_line(37)) + b"\n", "has 38 lines and the checkpoint still speaks of 37"),
        (lambda data: data * 500, "has more than"),
    ],
    ids=["within a line", "behind a line", "a web page", "newer than the checkpoint", "huge"],
)
def test_entries_that_do_not_arrive_are_no_verdict(
    host: Host, site: Path, change: Callable[[bytes], bytes], words: str
) -> None:
    """Cut off, older or newer than the checkpoint, or something else: that is no proof of anything."""
    entries = site / "log" / "entries.jsonl"
    entries.write_bytes(change(entries.read_bytes()))
    cannot(noroshi("verify", host.address), words)


def lines_as_bytes(lines: list[LogLine]) -> bytes:
    return b"".join(line_bytes(line) + b"\n" for line in lines)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            lines_as_bytes(CHANGED[:SEEN]),
            "- line 11 is not one that the checkpoint speaks of: 2026-06-18-incident-2, rep",
        ),
        (
            lines_as_bytes([*report_lines(10), *report_lines(SEEN)[11:]]),
            "- the entry that the checkpoint has at line 11 is",
        ),
        (lines_as_bytes(REORDERED[:SEEN]), "- the lines stand in another order than the checkpoint has them"),
        (lines_as_bytes([*report_lines(10), report_line(90), *report_lines(SEEN)[10:]]), "- line 11 is not one that"),
        (lines_as_bytes(report_lines(SEEN)).replace(b'{"at', b'{ "at', 1), "- line 1 is not one that"),
        (b"{\n" * SEEN, "- line 20 is not one that the checkpoint speaks of: '{'"),
    ],
    ids=["changed", "deleted", "reordered", "inserted", "a space", "all of it"],
)
def test_entries_changed_below_their_checkpoint_are_named(host: Host, site: Path, data: bytes, words: str) -> None:
    """Where a line was touched and the tree was not made anew, the tiles say which line it is."""
    (site / "log" / "entries.jsonl").write_bytes(data)
    ran = noroshi("verify", host.address)
    assert ran.code == 1
    assert ran.out.startswith("REWRITTEN: the log contradicts itself\n")
    assert words in ran.out


def test_with_entries_the_lines_are_held_against_what_is_proven(host: Host, site: Path, seen: Path) -> None:
    """Tiles prove what the log's tree holds, and say so; only who reads the lines sees what was made of their file."""
    publish(site, report_lines(43))
    entries = site / "log" / "entries.jsonl"
    given = ("verify", host.address, "--checkpoint", seen)
    whole = noroshi(*given, "--entries")
    assert (whole.code, "was not read" in whole.out) == (0, False)
    entries.write_bytes(entries.read_bytes().replace(b'"interim"', b'"start"', 1))
    by_tiles = noroshi(*given)
    assert (by_tiles.code, "was not read" in by_tiles.out) == (0, True)
    ran = noroshi(*given, "--entries")
    assert ran.code == 1
    assert ran.out.startswith("REWRITTEN: ")
    entries.unlink()
    cannot(noroshi(*given, "--entries"), "log/entries.jsonl")


def test_an_address_that_is_none_is_no_verdict(host: Host, seen: Path) -> None:
    """Neither on the command line nor where a host sends its readers."""
    cannot(noroshi("verify", "http://[::bad/"), "no address")
    host.odd["log/checkpoint"] = lambda answer: send_answer(answer, 302, b"", Location="http://[::bad/")
    cannot(noroshi("verify", host.address, "--checkpoint", seen), "which is no address")


def test_a_checkpoint_of_neither_lines_nor_tiles_is_found(host: Host, site: Path) -> None:
    """Lines and tiles made anew below an old checkpoint."""
    old = (site / "log" / "checkpoint").read_bytes()
    publish(site, CHANGED[:SEEN])
    (site / "log" / "checkpoint").write_bytes(old)
    ran = noroshi("verify", host.address)
    assert ran.code == 1
    assert "- neither its 37 lines nor its tiles give its checkpoint's root, of 37 entries\n" in ran.out


def test_a_tile_that_is_not_the_trees_is_found(host: Host, site: Path) -> None:
    """The audit reads every tile; a proof from it would fail readers who have a checkpoint."""
    publish(site, report_lines(600))
    tile = site / "log" / "tile" / "0" / "001"
    tile.write_bytes(tile.read_bytes()[::-1])
    ran = noroshi("verify", host.address)
    assert ran.code == 1
    assert "- tile/0/001 is not the tile that the entries give: nobody can prove anything with it\n" in ran.out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda tile: tile.unlink(), "is not there (404)"),
        (
            lambda tile: tile.write_bytes(b"<!doctype html>"),
            "tile/0/000.p/43 has 15 bytes; a tile of this name has 1,376",
        ),
        (lambda tile: tile.write_bytes(tile.read_bytes()[::-1]), "its tiles do not give the root of its checkpoint"),
    ],
    ids=["missing", "a web page", "another's"],
)
def test_tiles_that_prove_nothing_are_no_verdict(
    host: Host, site: Path, seen: Path, change: Callable[[Path], object], words: str
) -> None:
    """Nobody is accused because of a tile that is missing, or old in some cache."""
    publish(site, report_lines(43))
    change(site / "log" / "tile" / "0" / "000.p" / "43")
    cannot(noroshi("verify", host.address, "--checkpoint", seen), words)


def test_a_line_of_another_form_is_no_verdict(host: Host, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries whose tree is right, but which are not in the one form that this program knows."""
    import published_log

    monkeypatch.setattr(published_log, "line_bytes", lambda line: line_bytes(line).replace(b'{"at"', b'{ "at"'))
    publish(site, report_lines(3))
    cannot(noroshi("verify", host.address), "line 1 has not the one form that a line of a log has")


def test_a_log_published_while_it_is_read_is_read_again(host: Host, site: Path, seen: Path) -> None:
    """A build between two questions takes the partial tile away that the first answer spoke of."""
    publish(site, report_lines(43))

    def build(path: str) -> None:
        if path.startswith("log/tile"):
            host.before = lambda path: None
            publish(site, report_lines(300))

    host.before = build
    ran = noroshi("verify", host.address, "--checkpoint", seen)
    assert (ran.code, ran.out.splitlines()[0]) == (
        0, "unchanged: 37 entries that were seen are still there, 263 new, proven with 2 tiles",
    )  # fmt: skip


def test_the_proof_costs_what_a_proof_costs(host: Host, site: Path, tmp_path: Path) -> None:
    """Of 50,000 entries, 15 MB with their tiles, a proof reads the checkpoint and three tiles: under 30 kB."""
    kept = tmp_path / "kept"
    publish(site, report_lines(12_345))
    copied(site / "log" / "checkpoint", kept)
    publish(site, report_lines(50_000))
    ran = noroshi("verify", host.address, "--checkpoint", kept)
    assert ran.out.startswith(
        "unchanged: 12,345 entries that were seen are still there, 37,655 new, proven with 3 tiles\n"
    )
    assert sorted(host.asked) == [
        "log/checkpoint", "log/tile/0/048", "log/tile/0/195.p/80", "log/tile/1/000.p/195",
    ]  # fmt: skip
    assert host.sent < 30_000


@pytest.mark.parametrize("form", ["folder", "log folder", "file:", "log folder on a host"])
def test_the_log_is_found_by_several_names(host: Host, site: Path, seen: Path, form: str) -> None:
    """A folder on this machine, the log's own folder, a file: address."""
    address = {
        "folder": str(site),
        "log folder": str(site / "log"),
        "file:": site.as_uri(),
        "log folder on a host": f"{host.address}log",
    }[form]
    publish(site, report_lines(43))
    ran = noroshi("verify", address, "--checkpoint", seen)
    assert (ran.code, ran.out.splitlines()[0].partition(",")[0]) == (
        0,
        "unchanged: 37 entries that were seen are still there",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "is not there; the first time, leave --checkpoint out and keep one with --save"),
        (b"<html>", "is no checkpoint: it is a web page"),
        (b"\xff\xfe", "is no checkpoint: it is not a text in UTF-8"),
    ],
)
def test_a_bad_checkpoint_file_is_no_verdict(host: Host, tmp_path: Path, data: bytes | None, words: str) -> None:
    """What was kept must be a checkpoint; nothing is asked of the host before."""
    kept = tmp_path / "kept"
    if data is not None:
        kept.write_bytes(data)
    cannot(noroshi("verify", host.address, "--checkpoint", kept), words)
    assert host.asked == []


def feed_of(lines: list[LogLine], *, digests: bool = True) -> Feed:
    """The feed of these reports."""
    scheme = "tag:status.example.com,2026:category/digest"
    return Feed(
        guid="tag:status.example.com,2026:feed/feeds/reports/ja",
        title="Reports",
        description="All reports",
        home="https://status.example.com/",
        place="https://status.example.com/feeds/reports",
        language="ja",
        author="Status",
        updated=max(line.at for line in lines),
        items=tuple(
            Item(
                guid=f"tag:status.example.com,2026:{line.id}/{line.number}",
                title="検証サーバーが停止",
                link=f"https://status.example.com/incidents/{line.id}/#report-{line.number}",
                html="<p>Words.</p>",
                published=line.at,
                updated=line.at,
                categories=(
                    Category(scheme="tag:status.example.com,2026:category/kind", term="incidents", label="障害"),
                    *([Category(scheme=scheme, term=line.digest.hex(), label="SHA-256")] if digests else []),
                ),
            )
            for line in reversed(lines)
            if line.number
        ),
    )


@pytest.mark.parametrize("write_feed", [atom, rss])
def test_an_old_copy_of_a_feed_is_a_witness(
    host: Host, site: Path, tmp_path: Path, write_feed: Callable[[Feed], bytes]
) -> None:
    """A reader's copy of a feed names each report that is not in the log as it was; what was edited since, and stands
    in the log before its edit, is as it was."""
    feed = tmp_path / "reports.xml"
    feed.write_bytes(write_feed(feed_of(report_lines(SEEN))))
    edited = report_line(6, "mended")._replace(
        change=Change.EDITED, mark="edited", marked_at=BEGAN + timedelta(hours=2)
    )
    publish(site, [*report_lines(SEEN), edited])
    ran = noroshi("verify", host.address, "--witness", feed)
    assert ran.code == 0
    assert f"  witness {feed}: saw 27 entries; all still there\n" in ran.out
    publish(site, [*report_lines(6), edited, *report_lines(SEEN)[7:], edited])
    ran = noroshi("verify", host.address, "--witness", feed)
    assert ran.code == 1
    assert ran.out.count("\n- ") == 1
    assert "\n- 2026-06-18-incident-1, report 2 (interim, " in ran.out
    assert f"digest {report_line(6).digest.hex()[:16]}…: is not there as it was; now line 38 has " in ran.out
    publish(site, DELETED)
    ran = noroshi("verify", host.address, "--witness", feed)
    assert ran.code == 1
    assert "\n- 2026-06-18-incident-2, report 2 (" in ran.out
    assert ": is not there\n" in ran.out


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("tag:status.example.com,", "tag:other.example.org,", "is a feed of 'other.example.org'"),
        (":feed/feeds/reports/ja", ":feed/feeds/reports/ja/for/internal", "is a feed for 'internal'"),
    ],
)
def test_a_feed_of_others_is_no_witness(host: Host, tmp_path: Path, was: str, now: str, words: str) -> None:
    """Another site's feed confirms nothing, and what another edition shows more accuses nobody."""
    feed = tmp_path / "reports.atom"
    feed.write_bytes(atom(feed_of(report_lines(SEEN))).replace(was.encode(), now.encode()))
    cannot(noroshi("verify", host.address, "--witness", feed), words)


def test_a_feed_without_digests_shows_that_a_report_was_there(host: Host, site: Path, tmp_path: Path) -> None:
    """A feed of an older program tells no digests: what it saw has to be in the log all the same."""
    feed = tmp_path / "reports.atom"
    feed.write_bytes(atom(feed_of(report_lines(SEEN), digests=False)))
    publish(site, CHANGED)
    assert noroshi("verify", host.address, "--witness", feed).code == 0
    publish(site, DELETED)
    assert noroshi("verify", host.address, "--witness", feed).code == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"no feed", "it is neither lines of a log nor XML"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "it is no feed that names reports"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "it has a document type"),
        (b'{"id": 1}\n', "line 1 lacks 'at'"),
        (b'{"at', "line 1 is cut off"),
    ],
)
def test_what_is_no_witness_is_refused(host: Host, tmp_path: Path, data: bytes, words: str) -> None:
    """A witness that cannot be read says nothing, and the command says so before it asks anybody."""
    file = tmp_path / "witness"
    file.write_bytes(data)
    cannot(noroshi("verify", host.address, "--witness", file), words)
    cannot(noroshi("verify", host.address, "--witness", tmp_path / "nowhere"), "No such file or directory")
    assert host.asked == []


def test_a_witness_of_another_log_is_told_from_one_of_this(host: Host, site: Path, seen: Path, tmp_path: Path) -> None:
    """Whether the checkpoint speaks for a witness is said, so that nobody is accused by a forged copy unseen."""
    forged = tmp_path / "forged.jsonl"
    forged.write_bytes(lines_as_bytes(CHANGED[:SEEN]))
    ran = noroshi("verify", host.address, "--checkpoint", seen, "--witness", forged)
    assert ran.code == 1
    assert f"witness {forged}: saw 37 entries, another log than the checkpoint is of; not all as it was" in ran.out


def test_a_rewriting_stays_proven_where_the_lines_cannot_be_read(
    host: Host, site: Path, seen: Path, witness: Path
) -> None:
    """Whoever rewrites the log and withholds its lines is not spared the verdict."""
    publish(site, CHANGED)
    (site / "log" / "entries.jsonl").unlink()
    ran = noroshi("verify", host.address, "--checkpoint", seen, "--witness", witness)
    assert ran.code == 1
    assert "the log's lines cannot be compared with it" in ran.out


def test_name_and_password_go_to_the_host_alone(host: Host, seen: Path) -> None:
    """An edition behind a login is asked for with what stands in the address, and no message repeats it."""
    address = host.address.replace("://", "://reader:s%40cret@")
    ran = noroshi("verify", address, "--checkpoint", seen)
    assert (ran.code, host.logins) == (0, ["reader:s@cret"])
    assert "cret" not in ran.out + ran.err
    host.odd["log/checkpoint"] = lambda answer: send_answer(answer, 403, b"")
    assert "cret" not in noroshi("verify", address).err


def test_the_proxy_of_the_environment_is_asked(host: Host, seen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY is honoured, and NO_PROXY before it."""
    monkeypatch.setenv("http_proxy", host.address)
    noroshi("verify", "http://status.example.test", "--checkpoint", seen)
    assert host.asked[0] == "http://status.example.test/log/checkpoint"
    host.asked.clear()
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert noroshi("verify", host.address, "--checkpoint", seen).code == 0
    assert host.asked == ["log/checkpoint"]
