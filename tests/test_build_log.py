"""The published log over real builds: it goes on from what was published, or the old site stands, and why is said."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from command_line import Ran, noroshi
from noroshi.log.checkpoint import parse_checkpoint
from noroshi.log.line import LogLine, parse_lines, split_lines
from noroshi.log.merkle import leaf_hash, tree_head, verify_consistency
from noroshi.log.tiles import TileReader
from real_program import NOW, assert_same, copy_example, environment, tree

pytestmark = pytest.mark.slow
LATER = "2026-11-22T13:00+09:00"
MAIL = "content/incidents/2026/2026-11-22-mail-delay.yaml"
STAGING = "content/incidents/2026/2026-06-18-staging-down.yaml"
SLOT = "content/commitments/2026/2026-12-02-winter-sale.yaml"
CORRECTION = "  - {kind: correction, at: 2026-11-22T11:50+09:00, corrects: [1], text: 遅れは最大 50 分でした。}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once, with its cache beside it."""
    site = copy_example(tmp_path_factory.mktemp("log") / "status")
    ran = build(site)
    assert ran.code == 0, ran.err
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the built example of one's own."""
    shutil.copytree(built.parent, tmp_path / "own", symlinks=True)
    return tmp_path / "own" / "status"


def build(site: Path, *more: object, now: str = NOW) -> Ran:
    return noroshi("build", "--site", site, "--cache", site.parent / "cache", "--now", now, "--jobs", 1, *more)


def log_of(site: Path, out: str = "site") -> list[LogLine]:
    return parse_lines(split_lines((site / out / "log/entries.jsonl").read_bytes()))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + text, "utf-8")


def test_what_is_published_fits_together(built: Path) -> None:
    """Checkpoint, entries and tiles tell of one tree; its name is the site's, its time the newest content's."""
    folder = built / "site/log"
    leaves = split_lines((folder / "entries.jsonl").read_bytes())
    checkpoint = parse_checkpoint((folder / "checkpoint").read_bytes())
    hashes = [leaf_hash(leaf) for leaf in leaves]
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (
        "status.example.com/log", len(leaves), tree_head(hashes),
    )  # fmt: skip
    assert checkpoint.newest == datetime.fromisoformat("2026-11-22T11:38+09:00")
    reader = TileReader(len(leaves), lambda path: (folder / path).read_bytes())
    assert (reader.head(), reader.leaf_hashes()) == (checkpoint.root, hashes)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {name for name in found if name.startswith("tile/")} == {f"tile/0/000.p/{len(leaves)}"}


def test_the_first_entries_are_in_the_order_of_what_was_said(built: Path) -> None:
    """A log begins sorted by time, id and number, with every report, all opening facts and the policy that holds."""
    log = log_of(built)
    assert [line.order for line in log] == sorted(line.order for line in log)
    assert {line.matter for line in log} == {"incident", "maintenance", "policy"}
    assert {line.change for line in log} == {"published"}
    numbers = [line.number for line in log if line.id == "2026-06-18-staging-down"]
    assert numbers == list(range(len(numbers)))


def test_a_new_log_is_begun_loudly(site: Path) -> None:
    """Without --log the build says so and names the log that was there; --new-log means it; --log needs no word."""
    entries = site / "site/log/entries.jsonl"
    ran = build(site)
    assert ran.code == 0
    assert "began a new published log: nothing shows that what was published before still stands; " in ran.err
    assert f"the site that was here had one: name it with --log {entries}\n" in ran.err
    assert "published log" not in build(site, "--new-log").err
    assert "published log" not in build(site, "--log", entries).err
    other = build(site, "--out", site / "elsewhere")
    assert "fetch its log/ and name that with --log; where it never was, say so with --new-log" in other.err


def test_an_old_log_does_not_take_the_place_of_a_newer_one(site: Path, tmp_path: Path) -> None:
    """A build that goes on from a stale copy would fork the log that lies there: it publishes nothing, and says from
    what to go on. In another folder it may stand; where the copy is what lies there, or its beginning, nothing is said.
    """
    folder = site / "site/log"
    stale = tmp_path / "stale"
    shutil.copytree(folder, stale)
    add(site / MAIL, CORRECTION)
    assert build(site, "--log", stale, now=LATER).code == 0
    size = len(log_of(site))
    text = (site / MAIL).read_text("utf-8").replace(CORRECTION, "")
    (site / MAIL).write_text(text, "utf-8")
    before = tree(site / "site")
    fewer = build(site, "--log", stale, now=LATER)
    assert (fewer.code, fewer.err.startswith("error: cannot verify: ")) == (5, True)
    assert f"{folder}/entries.jsonl has {size} lines, and only {size - 1} of them are in this build's log" in fewer.err
    assert f"--log {folder}/entries.jsonl" in fewer.err
    add(site / STAGING, "  - {kind: follow_up, at: 2026-08-30T10:00+09:00, text: 書き忘れていた報告です。}\n")
    other = build(site, "--log", stale, now=LATER)
    assert (other.code, f"line {size} of {folder}/entries.jsonl is another one" in other.err) == (5, True)
    assert_same(tree(site / "site"), before)
    assert build(site, "--log", stale, "--out", site / "elsewhere", now=LATER).code == 0


def test_a_published_log_with_other_line_ends_is_named(site: Path) -> None:
    """A tool that converts line ends has touched it: that is said, and not that lines are missing."""
    build(site, "--new-log", now=LATER)
    log = site / "site/log/entries.jsonl"
    old = site / "old"
    shutil.copytree(log.parent, old)
    log.write_bytes(log.read_bytes().replace(b"\n", b"\r\n"))
    ran = build(site, "--log", old, now=LATER)
    assert ran.code == 5
    assert f"the line ends of {log.relative_to(site)} were changed" in ran.err.replace(f"{site}/", "")


def test_a_new_log_in_place_of_another_warns(site: Path) -> None:
    """--new-log may publish where another log lies, as a preview does, and says that it forks it; where the old lines
    begin the new log, it says nothing."""
    assert "warning" not in build(site, "--new-log", now=LATER).err
    edit(site / MAIL, "reports:", "# A comment is no word.\nreports:")
    assert "warning" not in build(site, "--new-log", now=LATER).err
    log = site / "site/log/entries.jsonl"
    log.write_bytes(b"{}\n" + log.read_bytes())
    ran = build(site, "--new-log", now=LATER)
    assert ran.code == 0
    assert f"warning: line 1 of {log} is another one in this build's log, and its place is taken" in ran.err
    assert "--log" in ran.err


def test_with_nothing_new_no_byte_changes(site: Path) -> None:
    """A log that goes on with the same content is the same, an hour later too; file and folder may name it."""
    before = tree(site / "site/log")
    assert build(site, "--log", site / "site/log").code == 0
    assert_same(tree(site / "site/log"), before)
    assert build(site, "--log", site / "site/log/entries.jsonl", now=LATER).code == 0
    assert_same(tree(site / "site/log"), before)


def test_a_late_report_is_appended_late(site: Path) -> None:
    """What comes later, though it was said before, stands behind: the old file begins the new one, and the old
    checkpoint is proven by the new tiles."""
    folder = site / "site/log"
    old, entries = parse_checkpoint((folder / "checkpoint").read_bytes()), (folder / "entries.jsonl").read_bytes()
    add(site / MAIL, CORRECTION)
    add(site / STAGING, "  - {kind: follow_up, at: 2026-08-30T10:00+09:00, text: 書き忘れていた報告です。}\n")
    assert build(site, "--log", folder, now=LATER).code == 0
    assert (folder / "entries.jsonl").read_bytes().startswith(entries)
    new = parse_checkpoint((folder / "checkpoint").read_bytes())
    assert [(line.id, line.kind) for line in log_of(site)[old.size :]] == [
        ("2026-06-18-staging-down", "follow_up"), ("2026-11-22-mail-delay", "correction"),
    ]  # fmt: skip
    reader = TileReader(new.size, lambda path: (folder / path).read_bytes())
    assert verify_consistency(old.size, new.size, old.root, new.root, reader.consistency_proof(old.size))
    page = (site / "site/log/2026-08/index.html").read_text("utf-8")
    assert 'id="2026-06-18-staging-down.8"' in page


def errors_in(out: str) -> list[tuple[str, str]]:
    """The path and the rule of each error that was printed; reviews and warnings stop no build."""
    return re.findall(r"^(\S+?):\d+:\d+: \[([a-z-]+)\] (?!review:|warning:)", out, re.MULTILINE)


TAMPERED = [
    (STAGING, "DB の更新作業中に", "作業中に", ["rewritten-report"]),
    (STAGING, "at: 2026-06-18T22:20+09:00", "at: 2026-06-18T22:10+09:00", ["report-redated"]),
    (STAGING, "started_at: 2026-06-18T21:40", "started_at: 2026-06-18T21:45", ["rewritten-opening"]),
    ("content/policy.yaml", "first: 30m", "first: 45m", ["rewritten-policy"]),
]


@pytest.mark.parametrize(("file", "old", "new", "rules"), TAMPERED)
def test_a_rewritten_past_stops_the_build(site: Path, file: str, old: str, new: str, rules: list[str]) -> None:
    """Exit code 1, file, line and rule; nothing is published and the old site stays byte for byte."""
    before = tree(site / "site")
    edit(site / file, old, new)
    ran = build(site, "--log", site / "site/log", now=LATER)
    assert ran.code == 1
    assert [rule for _, rule in errors_in(ran.out)] == rules
    assert {path for path, _ in errors_in(ran.out)} == {file}
    assert "nothing was published" in ran.err
    assert_same(tree(site / "site"), before)
    assert build(site, now=LATER).code == 0  # without the log nobody can tell


def test_a_problem_stands_at_its_report(site: Path) -> None:
    """The message names the report, says what to do, and stands at the line where the report begins."""
    edit(site / STAGING, "スナップショットからの切り戻しができなかったため", "切り戻しができなかったため")
    ran = build(site, "--log", site / "site/log")
    number = next(
        number
        for number, line in enumerate((site / STAGING).read_text("utf-8").splitlines(), 1)
        if "kind: interim" in line
    )
    assert ran.out.startswith(
        f"{STAGING}:{number}:5: [rewritten-report] report 2 of incident '2026-06-18-staging-down' (interim, "
        "2026-06-18T22:20+09:00) is not what was published; a newer 'edited' mark would show that a slip was mended; "
        "what was published stands as it was said; write again what was published (git log -p on this file shows it); "
        "what was wrong is set right by a report of kind correction that names it in corrects\n"
    )


def test_what_is_gone_is_named(site: Path) -> None:
    """A deleted record is told with each of its statements, a renamed one with where it now stands."""
    (site / MAIL).rename(site / "content/incidents/2026/2026-11-22-mail.yaml")
    (site / "content/incidents/2026/2026-10-27-api-errors.yaml").unlink()
    ran = build(site, "--log", site / "site/log")
    assert ran.code == 1
    gone = "content/incidents/2026/2026-10-27-api-errors.yaml"
    told = {rule for path, rule in errors_in(ran.out) if path == gone}
    assert told == {"removed-record", "removed-report"}
    assert {rule for path, rule in errors_in(ran.out) if path != gone} == {"record-renamed"}
    assert f"{gone}:1:1: [removed-record] the opening facts of incident" in ran.out
    assert "now stands in '2026-11-22-mail'; what was published stands as it was said; " in ran.out
    assert "name the file 2026-11-22-mail-delay.yaml again" in ran.out


def test_white_space_and_comments_are_no_rewriting(site: Path) -> None:
    """Line ends, comments and another offset: the log goes on as it is."""
    before = (site / "site/log/entries.jsonl").read_bytes()
    path = site / STAGING
    edit(path, "at: 2026-06-18T22:20+09:00", "at: 2026-06-18T13:20Z  # the same moment")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    ran = build(site, "--log", site / "site/log")
    assert ran.code == 0, ran.out
    assert (site / "site/log/entries.jsonl").read_bytes() == before


def test_a_translation_reopens_one_record_and_is_logged(site: Path) -> None:
    """A text in another language becomes a line; words changed with it are a fault."""
    add(site / MAIL, CORRECTION)
    assert build(site, "--log", site / "site/log").code == 0
    before = len(log_of(site))
    edit(
        site / MAIL,
        "text: 遅れは最大 50 分でした。",
        "text: {ja: 遅れは最大 50 分でした。, en: It was up to 50 minutes.}",
    )
    ran = build(site, "--log", site / "site/log")
    assert ran.code == 0, ran.out
    assert [(line.change, line.number) for line in log_of(site)[before:]] == [("translated", 3)]
    edit(site / MAIL, "50 分でした。", "60 分でした。")
    assert "report 3" in build(site, "--log", site / "site/log").out


def test_each_edition_has_a_log_of_its_own(site: Path) -> None:
    """A client's log holds his commitments and is no other's predecessor; what both see has one digest."""
    assert build(site, "--audience", "a-sha", "--new-log").code == 0
    mine = log_of(site, "site-a-sha")
    assert {line.matter for line in mine} == {"incident", "maintenance", "commitment", "policy"}
    theirs = {line.name: line.digest for line in mine}
    assert all(theirs[line.name] == line.digest for line in log_of(site))
    assert (
        parse_checkpoint((site / "site-a-sha/log/checkpoint").read_bytes()).origin == "status.example.com/log/for/a-sha"
    )
    ran = build(site, "--log", site / "site-a-sha/log")
    assert ran.code == 5
    assert (
        "this is the log of 'status.example.com/log/for/a-sha', and this site's is 'status.example.com/log'" in ran.err
    )
    assert build(site, "--audience", "a-sha", "--log", site / "site-a-sha/log").code == 0
    assert log_of(site, "site-a-sha") == mine


def test_who_was_shown_a_record_goes_on_seeing_it(site: Path) -> None:
    """A public commitment that is made another's secret is told by the public log, though its file is there."""
    text = (site / SLOT).read_text("utf-8")
    (site / SLOT).write_text(text.replace("visibility: client", "") + "visibility: public\n", "utf-8")
    assert build(site, "--log", site / "site/log").code == 0
    edit(site / SLOT, "visibility: public", "visibility: internal")
    ran = build(site, "--log", site / "site/log")
    assert ran.code == 1
    assert f"{SLOT}:1:1: [removed-record] the opening facts of commitment" in ran.out
    assert "is still there, but no longer shown to the readers of this log" in ran.out


def test_a_look_back_has_a_log_of_its_own(site: Path) -> None:
    """--as-of begins one without a word, of what had been said by then, and takes none."""
    night = "2026-06-18T22:30+09:00"
    ran = build(site, "--as-of", night, "--out", site / "then")
    assert (ran.code, "published log" in ran.err) == (0, False)
    then = log_of(site, "then")
    assert max(line.at for line in then if line.number) <= datetime.fromisoformat(night)
    known = {line.name: line.digest for line in log_of(site)}
    assert all(known[line.name] == line.digest for line in then)
    wrong = build(site, "--as-of", night, "--log", site / "site/log", "--out", site / "then")
    assert wrong.code == 2
    assert "--log and --as-of: only one of them; a look back is no publication" in wrong.err
    assert build(site, "--new-log", "--log", site / "site/log").code == 2


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda log: (log / "entries.jsonl").unlink(), "the published log cannot be read (No such file or directory)"),
        (
            lambda log: (log / "entries.jsonl").write_text("<!doctype html>\n"),
            "this is no published log: line 1 is no JSON",
        ),
        (lambda log: (log / "entries.jsonl").write_bytes((log / "entries.jsonl").read_bytes()[:-9]), "is cut off"),
        (lambda log: cut(log / "entries.jsonl"), "lines are not those that checkpoint beside it tells of"),
        (lambda log: (log / "checkpoint").write_text("x"), "this is no checkpoint"),
    ],
)
def test_a_log_that_cannot_be_believed_gives_no_verdict(site: Path, break_it, said: str) -> None:
    """Missing, no log, cut off, or not what its checkpoint tells of: exit code 5, and nothing is published."""
    before = tree(site / "site")
    copy = site.parent / "fetched"
    shutil.copytree(site / "site/log", copy)
    break_it(copy)
    ran = build(site, "--log", copy)
    assert ran.code == 5
    assert ran.err.splitlines()[-1].startswith("error: cannot verify: ")
    assert said in ran.err
    assert_same(tree(site / "site"), before)


def cut(entries: Path) -> None:
    """Leave out the last line, as somebody would who has something to hide."""
    entries.write_bytes(b"".join(line + b"\n" for line in split_lines(entries.read_bytes())[:-1]))


def test_the_file_alone_is_not_enough(site: Path) -> None:
    """Without a checkpoint beside it nobody can tell whether lines are missing at its end; with it, it goes on."""
    kept = site.parent / "kept"
    kept.mkdir()
    shutil.copy(site / "site/log/entries.jsonl", kept)
    before = tree(site / "site")
    ran = build(site, "--log", kept / "entries.jsonl")
    assert ran.code == 5
    assert "its checkpoint" in ran.err
    assert_same(tree(site / "site"), before)
    shutil.copy(site / "site/log/checkpoint", kept)
    assert build(site, "--log", kept / "entries.jsonl").code == 0
    assert {path: data for path, data in tree(site / "site").items() if path.startswith("log/")} == {
        path: data for path, data in before.items() if path.startswith("log/")
    }


def test_feeds_are_witnesses(built: Path) -> None:
    """Every item of a report carries the digest that the log has, in each form and language."""
    digests = {(line.id, line.number): line.digest.hex() for line in log_of(built)}
    for root in ("", "en/"):
        document = json.loads((built / f"site/{root}feeds/reports.json").read_text("utf-8"))
        assert document["items"]
        for item in document["items"]:
            name, _, number = item["id"].rpartition(":")[2].rpartition("/")
            assert digests[name, int(number)] in item["tags"]
        atom = (built / f"site/{root}feeds/reports.atom").read_text("utf-8")
        rss = (built / f"site/{root}feeds/reports.rss").read_text("utf-8")
        digest = digests["2026-11-22-mail-delay", 2]
        scheme = "tag:status.example.com,2026-04-01:category/digest"
        assert f'<category term="{digest}" scheme="{scheme}" label="{digest}"/>' in atom
        assert f'<category domain="{scheme}">{digest}</category>' in rss


def test_mkdocs_goes_on_from_a_log_too(site: Path) -> None:
    """The plugin's option names the log; without it MkDocs warns, and a rewritten past ends MkDocs with 1."""
    env = environment(site.parent, {"SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(NOW).timestamp()))})

    def mkdocs(*more: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", *more],
            cwd=site, env=env, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)

    before = tree(site / "site/log")
    first = mkdocs()
    assert (first.code, "began a new published log" in first.err) == (0, True)
    assert mkdocs("--strict").code == 0
    shutil.copytree(site / "site/log", site / "published")
    edit(site / "mkdocs.yml", "  - noroshi\n", "  - noroshi:\n      log: published\n")
    second = mkdocs()
    assert (second.code, "published log" in second.err) == (0, False)
    assert_same(tree(site / "site/log"), before)
    edit(site / STAGING, "DB の更新作業中に", "作業中に")
    third = mkdocs()
    assert third.code == 1
    assert "[rewritten-report]" in third.err
