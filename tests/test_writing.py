"""A record or a report from its data to its file: judged before it is written, and never over somebody else's words."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from noroshi.pipeline.check import check_site
from noroshi.pipeline.reading.content import SiteFolder, SourceFile, find_records, open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.reading.settings import SettingsReading, read_settings
from noroshi.pipeline.writing import placing
from noroshi.pipeline.writing.placing import put_in_place
from noroshi.pipeline.writing.prepared import Prepared, WritingError
from noroshi.pipeline.writing.preparing import prepare_record, prepare_report
from noroshi.problems import Level
from noroshi.publishing.placing import place_file, place_new_file
from noroshi.records.content import MatterKind
from noroshi.yamlsource import read_document
from noroshi.yamlsource.emit import Emittable
from test_publication_kill import run_until_killed

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.fromisoformat("2026-12-10T22:20+09:00")
INCIDENT: Mapping[str, Emittable] = {
    "title": {"ja": "メールの遅延", "en": "Mail is delayed!"},
    "severity": "major",
    "components": {"www": "degraded_performance"},
    "reports": [{"kind": "start", "at": "2026-12-10T22:15+09:00", "text": "調べています。"}],
}
REPORT: Mapping[str, Emittable] = {"kind": "interim", "at": "2026-12-10T22:20+09:00", "text": "復元を\n始めました。"}
OPEN = """\
# the evening of the 10th
title: 検証サーバーが停止しています   # as told by 'pm'
severity: major
components: {www: major_outage}
reports:
  - kind: start
    at: 2026-12-10T21:52+09:00
    text: "調べています。"

# vim: ts=2
"""


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """The example, with an incident that is open."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    place = tmp_path / "content/incidents/2026/2026-12-10-down.yaml"
    place.write_text(OPEN, encoding="utf-8")
    return open_site(tmp_path)


def settings_of(site: SiteFolder) -> SettingsReading:
    return read_settings(site)


def source_of(site: SiteFolder, name: str = "2026-12-10-down") -> SourceFile:
    [found] = [each for each in find_records(site)[0] if each.id == name]
    return found


def reported(site: SiteFolder, data: Mapping[str, Emittable] = REPORT, name: str = "2026-12-10-down") -> Prepared:
    return prepare_report(site, settings_of(site), source_of(site, name), data, NOW)


def opened(
    site: SiteFolder,
    data: Mapping[str, Emittable] = INCIDENT,
    kind: MatterKind = MatterKind.INCIDENT,
    name: str | None = None,
) -> Prepared:
    return prepare_record(site, settings_of(site), kind, name, data, NOW)


def tree_of(site: SiteFolder) -> dict[str, bytes]:
    """Every file of the content, hidden ones too."""
    return {
        path.relative_to(site.content).as_posix(): path.read_bytes()
        for path in site.content.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_preparing_writes_nothing(site: SiteFolder) -> None:
    """What would be written is known, and no file has changed."""
    before = tree_of(site)
    assert reported(site).data != reported(site).old
    assert opened(site).old is None
    assert tree_of(site) == before


def test_a_report_is_added_and_nothing_else_changes(site: SiteFolder) -> None:
    """The comments, quotes and blank lines stay; the diff has only the added lines, and the state is that after it."""
    before = tree_of(site)
    prepared = reported(site)
    assert prepared.problems == ()
    assert not prepared.refused
    assert prepared.before is not None
    assert prepared.state is not None
    assert [len(prepared.before.reports), len(prepared.state.reports)] == [1, 2]
    put_in_place(prepared)
    after = tree_of(site)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"incidents/2026/2026-12-10-down.yaml"}
    assert set(after) == set(before)
    wanted = OPEN.replace(
        '調べています。"\n',
        '調べています。"\n  - kind: interim\n    at: 2026-12-10T22:20+09:00\n'
        "    text: |-\n      復元を\n      始めました。\n",
    )
    assert after["incidents/2026/2026-12-10-down.yaml"].decode() == wanted
    assert prepared.diff.splitlines() == [
        "--- a/content/incidents/2026/2026-12-10-down.yaml",
        "+++ b/content/incidents/2026/2026-12-10-down.yaml",
        "@@ -6,5 +6,10 @@",
        "   - kind: start",
        "     at: 2026-12-10T21:52+09:00",
        '     text: "調べています。"',
        "+  - kind: interim",
        "+    at: 2026-12-10T22:20+09:00",
        "+    text: |-",
        "+      復元を",
        "+      始めました。",
        " ",
        " # vim: ts=2",
    ]


def test_a_diff_says_where_a_line_end_is_missing(site: SiteFolder) -> None:
    """A last line that gets its end is shown as git shows it."""
    place = Path(source_of(site).place)
    place.write_text(OPEN.split("\n\n")[0], encoding="utf-8")
    lines = reported(site).diff.splitlines()
    assert lines[lines.index('-    text: "調べています。"') + 1] == "\\ No newline at end of file"
    assert lines[lines.index('-    text: "調べています。"') + 2] == '+    text: "調べています。"'


def test_a_new_record_is_a_file_that_check_takes(site: SiteFolder) -> None:
    """With the line that an editor finds its schema by, in the folder of its year; the site has no new problem."""
    before = check_site(site, Moments(now=NOW)).problems
    prepared = opened(site)
    mask = os.umask(0o027)
    put_in_place(prepared)
    os.umask(mask)
    text = (site.content / "incidents/2026/2026-12-10-mail-is-delayed.yaml").read_text("utf-8")
    assert prepared.path == "content/incidents/2026/2026-12-10-mail-is-delayed.yaml"
    assert text.splitlines()[:2] == [
        "# yaml-language-server: $schema=../../.schema/incident.schema.json",
        "title:",
    ]
    assert (site.content / "incidents/2026/../../.schema/incident.schema.json").is_file()
    document, problems = read_document("", text.encode())
    assert document is not None
    assert (document.data, problems) == (INCIDENT, [])
    assert check_site(site, Moments(now=NOW)).problems == before
    assert prepared.state is not None
    assert [promise.due.isoformat() for promise in prepared.state.promises if promise.owed][:1] != []
    assert prepared.diff.splitlines()[0] == "--- /dev/null"
    assert stat.S_IMODE((site.content / "incidents/2026/2026-12-10-mail-is-delayed.yaml").stat().st_mode) == 0o640


WORK: Mapping[str, Emittable] = {
    "title": "検証 DB の更新",
    "components": {"staging-db": "under_maintenance"},
    "window": {"from": "2027-01-05T00:30+09:00", "until": "2027-01-05T01:30+09:00"},
    "reason": "サポート終了",
    "rollback": "戻す",
    "reports": [{"kind": "notice", "at": "2026-12-10T22:20+09:00", "text": "更新します。"}],
}
SLOT: Mapping[str, Emittable] = {
    "title": "公開",
    "client": "a-sha",
    "from": "2026-12-31T16:00Z",
    "until": "2026-12-31T17:00Z",
    "visibility": "public",
}


@pytest.mark.parametrize(
    ("kind", "data", "path"),
    [
        (MatterKind.INCIDENT, INCIDENT, "incidents/2026/2026-12-10-mail-is-delayed"),
        (MatterKind.INCIDENT, {**INCIDENT, "title": "停止"}, "incidents/2026/2026-12-10-www"),
        (MatterKind.INCIDENT, {**INCIDENT, "title": "DB の停止"}, "incidents/2026/2026-12-10-www"),
        (MatterKind.INCIDENT, {"title": "停止", "reports": []}, "incidents/2026/2026-12-10-incident"),
        (MatterKind.MAINTENANCE, WORK, "maintenance/2027/2027-01-05-staging-db"),
        (MatterKind.COMMITMENT, SLOT, "commitments/2027/2027-01-01-commitment"),
        (MatterKind.COMMITMENT, {**SLOT, "needs": ["www"]}, "commitments/2027/2027-01-01-www"),
    ],
)
def test_an_id_is_made_of_the_day_and_what_ascii_can_spell(
    site: SiteFolder, kind: MatterKind, data: Mapping[str, Emittable], path: str
) -> None:
    """The day of the first report or of what is planned, in the site's zone; the title, a component, or the kind."""
    assert opened(site, data, kind).path == f"content/{path}.yaml"


def test_an_id_is_there_once(site: SiteFolder) -> None:
    """Over all folders and years, whatever the case of its letters."""
    (site.content / "maintenance/2020").mkdir()
    put_in_place(opened(site))
    assert opened(site).path.endswith("2026-12-10-mail-is-delayed-2.yaml")
    other = site.content / "maintenance/2020/2026-12-10-MAIL-is-delayed-2.yaml"
    shutil.copy(next(site.content.glob("maintenance/2026/*.yaml")), other)
    third = opened(site)
    assert third.path.endswith("2026-12-10-mail-is-delayed-3.yaml")
    put_in_place(third)
    for name in ("2026-12-10-mail-is-delayed", "2026-12-10-Mail-Is-Delayed", "2026-12-10-mail-is-delayed-2"):
        with pytest.raises(WritingError, match="is taken: content/"):
            opened(site, name=name)


@pytest.mark.parametrize("name", ["../x", "a/b", "", "con", "あ", "-a", "a" * 300, "a b"])
def test_what_can_be_no_id_is_no_path(site: SiteFolder, name: str) -> None:
    """Nothing leads out of the records' folder."""
    before = tree_of(site)
    with pytest.raises(WritingError, match="id"):
        opened(site, name=name)
    assert tree_of(site) == before


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"kind": "interm"}, "choice"),
        ({"at": "22:20"}, "time"),
        ({"at": "2026-12-10T21:00+09:00"}, "report-order"),
        ({"components": {"wwww": "operational"}}, "unknown-component"),
        ({"txt": "x"}, "unknown-key"),
    ],
)
def test_errors_are_told_and_leave_the_file_as_it_is(site: SiteFolder, change: dict[str, Any], rule: str) -> None:
    """What would be an error of ``check`` is refused, at the line where it would stand."""
    before = tree_of(site)
    prepared = reported(site, {**REPORT, **change})
    assert prepared.refused
    assert rule in {problem.rule for problem in prepared.problems if problem.level is Level.ERROR}
    assert all(problem.place.path == prepared.path and problem.place.line > 8 for problem in prepared.problems)
    with pytest.raises(WritingError, match="errors; nothing was written"):
        put_in_place(prepared)
    assert tree_of(site) == before


def test_a_record_with_errors_is_not_made(site: SiteFolder) -> None:
    """The same holds for a new file; a cause that is nowhere is one."""
    before = tree_of(site)
    prepared = opened(site, {**INCIDENT, "caused_by": "2026-01-01-nothing"})
    assert {problem.rule for problem in prepared.problems} == {"unknown-record"}
    with pytest.raises(WritingError, match="nothing was written"):
        put_in_place(prepared)
    assert tree_of(site) == before


def test_what_was_wrong_before_is_not_told_again(site: SiteFolder) -> None:
    """A completion that lacks its cause is told when it is written, and not with the follow-up behind it."""
    completion: Mapping[str, Emittable] = {
        "kind": "completion",
        "at": "2026-12-10T22:20+09:00",
        "ended_at": "2026-12-10T22:00+09:00",
        "text": "直りました。",
    }
    prepared = reported(site, completion)
    told = {(problem.rule, problem.level) for problem in prepared.problems}
    assert told
    assert Level.ERROR not in {level for _, level in told}
    put_in_place(prepared)
    follow_up = reported(site, {**REPORT, "kind": "follow_up"})
    assert not told & {(problem.rule, problem.level) for problem in follow_up.problems}
    assert not follow_up.refused


def test_work_is_judged_beside_the_commitments_that_it_meets(site: SiteFolder) -> None:
    """A conflict that ``check`` would tell is told before anything is written, and what it meets is known."""
    slot = {**SLOT, "from": "2027-01-05T00:00+09:00", "until": "2027-01-05T02:00+09:00", "needs": ["staging-web"]}
    put_in_place(opened(site, slot, MatterKind.COMMITMENT))
    prepared = opened(site, WORK, MatterKind.MAINTENANCE)
    assert prepared.state is not None
    assert [each.commitment for each in prepared.state.meets] == ["2027-01-05-staging-web"]
    told = [problem for problem in prepared.problems if "conflict" in problem.rule]
    assert told != []
    agreed = {**WORK, "agreements": [{"client": "a-sha", "by": "制作部", "at": "2026-12-10T22:00+09:00"}]}
    assert [p for p in opened(site, agreed, MatterKind.MAINTENANCE).problems if "conflict" in p.rule] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [("title: [", "cannot be read"), ("title: a\nreports: none\n", "holds no list"), ("- a\n", "a list stands")],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(site: SiteFolder, text: str, why: str) -> None:
    """The message names the file, says why, and that nothing was written."""
    place = Path(source_of(site).place)
    place.write_text(text, encoding="utf-8")
    with pytest.raises(WritingError, match=why) as told:
        reported(site)
    assert str(told.value).startswith("content/incidents/2026/2026-12-10-down.yaml: ")
    assert str(told.value).endswith("nothing was written")
    assert place.read_text("utf-8") == text


def test_what_somebody_else_wrote_meanwhile_stays(site: SiteFolder) -> None:
    """Of two reports that were prepared from the same file the second is refused; tried again it comes behind."""
    first, second = reported(site), reported(site, {**REPORT, "text": "もう一つ"})
    put_in_place(first)
    with pytest.raises(WritingError, match=r"somebody changed the file meanwhile; nothing was written; .*again"):
        put_in_place(second)
    assert first.place.read_bytes() == first.data
    put_in_place(reported(site, {**REPORT, "text": "もう一つ"}))
    assert source_of(site).signature[0] > len(first.data)
    first.place.unlink()
    with pytest.raises(WritingError, match="the file is gone by now"):
        put_in_place(second)
    assert not first.place.exists()


def test_a_new_file_takes_the_place_of_no_other(site: SiteFolder) -> None:
    """Neither of the same record, nor of one whose id differs in case, nor of what is no record."""
    first, second = opened(site), opened(site)
    shouted = opened(site, name="2026-12-10-MAIL-IS-DELAYED")
    put_in_place(first)
    for late in (second, shouted):
        with pytest.raises(WritingError, match=r"mail-is-delayed\.yaml has this id by now; nothing was written"):
            put_in_place(late)
    third = opened(site)
    third.place.symlink_to(site.content / "nowhere")
    with pytest.raises(WritingError, match="a file stands here by now"):
        put_in_place(third)
    assert third.place.is_symlink()


def test_place_new_file_never_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even between the look and the writing; and where a file system knows no second name for a file."""
    place = tmp_path / "a/b.yaml"
    place_new_file(place, b"one")
    with pytest.raises(FileExistsError):
        place_new_file(place, b"two")

    def cannot(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", cannot)
    with pytest.raises(FileExistsError):
        place_new_file(place, b"two")
    place_new_file(tmp_path / "c.yaml", b"three")
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {
        "b.yaml": b"one",
        "c.yaml": b"three",
    }


def test_a_link_is_written_through(site: SiteFolder) -> None:
    """A record that is a link within the content stays one, and its target keeps its permissions."""
    place = Path(source_of(site).place)
    target = site.content / "incidents/2026/README-down.txt"
    place.rename(target)
    target.chmod(0o640)
    place.symlink_to(target.name)
    put_in_place(reported(site))
    assert place.is_symlink()
    assert "復元を" in target.read_text("utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_folder_that_leads_away_is_not_written_into(site: SiteFolder, tmp_path: Path) -> None:
    """A year's folder that is a link to elsewhere takes no record."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.content / "commitments/2027").symlink_to(elsewhere)
    with pytest.raises(WritingError, match="leads out of the content folder"):
        put_in_place(opened(site, SLOT, MatterKind.COMMITMENT))
    assert list(elsewhere.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_the_file(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stands, nothing else lies beside it, and the message says what the system said."""
    prepared, new = reported(site), opened(site)
    before = tree_of(site)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for each in (prepared, new):
        with pytest.raises(WritingError, match="cannot be written: No space left on device; nothing was written"):
            put_in_place(each)
    assert tree_of(site) == before


STEPS = ("open", "write", "mkdir", "link", "rename", "replace", "unlink", "fsync", "chmod", "fdopen", "stat")


@pytest.mark.slow
@pytest.mark.parametrize("new", [False, True])
def test_killed_before_any_step_the_file_is_old_or_new(site: SiteFolder, new: bool) -> None:
    """A kill before each step on the disk leaves the old bytes or the new ones, and nothing that ``check`` minds; the
    next writer is not held up."""
    seen = set()
    for step in range(1, 200):
        prepared = opened(site) if new else reported(site)
        done = run_until_killed(partial(put_in_place, prepared), step, STEPS)
        stands = prepared.place.read_bytes() if prepared.place.exists() else None
        assert stands in (prepared.old, prepared.data), f"killed before step {step}"
        seen.add(stands == prepared.data)
        assert find_records(site)[1] == []
        if stands == prepared.old:
            put_in_place(prepared)
        if prepared.old is None:
            prepared.place.unlink()
        else:
            prepared.place.write_bytes(prepared.old)
        for left in prepared.place.parent.glob(".*.bak"):
            assert left.read_bytes() in (prepared.data, b"", prepared.data[: len(left.read_bytes())])
            left.unlink()
        if done:
            break
    assert seen == {True, False}
    assert step > 5


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from noroshi.pipeline.reading.content import find_records, open_site
from noroshi.pipeline.reading.settings import read_settings
from noroshi.pipeline.writing.placing import put_in_place
from noroshi.pipeline.writing.prepared import WritingError
from noroshi.pipeline.writing.preparing import prepare_report
site, name = open_site(Path(sys.argv[1])), sys.argv[2]
settings = read_settings(site)
[source] = [each for each in find_records(site)[0] if each.id == "2026-12-10-down"]
now = datetime.fromisoformat("2026-12-10T22:20+09:00")
print("ready", flush=True)
sys.stdin.readline()
for number in range(10):
    while True:
        report = {"kind": "interim", "at": "2026-12-10T22:20+09:00", "text": f"{name} {number}"}
        try:
            put_in_place(prepare_report(site, settings, source, report, now))
            break
        except WritingError as error:
            assert "meanwhile" in str(error), error
"""


@pytest.mark.slow
def test_many_writers_lose_nothing(site: SiteFolder) -> None:
    """Three processes that write into one record at once, each trying again when refused: every report is there."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(site.root), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "abc"
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        assert (writer.communicate(timeout=120)[1], writer.returncode) == ("", 0)
    document, problems = read_document("", Path(source_of(site).place).read_bytes())
    assert document is not None
    assert problems == []
    reports = [report["text"] for report in document.data["reports"][1:]]  # type: ignore[call-overload]
    assert sorted(reports) == sorted(f"{name} {number}" for name in "abc" for number in range(10))
    assert [path.name for path in site.content.rglob(".*.bak")] == []


def test_a_writer_waits_for_the_one_before_it(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the look at what stands there to its replacement nobody else of this program writes."""
    prepared = reported(site)
    code = f"import fcntl, os; fcntl.flock(os.open({str(site.content)!r}, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)"

    def place(target: Path, data: bytes) -> None:
        held = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert "BlockingIOError" in held.stderr
        place_file(target, data)

    monkeypatch.setattr(placing, "place_file", place)
    put_in_place(prepared)
    assert prepared.place.read_bytes() == prepared.data
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_system_without_locks_is_written_to(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """At ten in the evening no lock is worth a report."""

    def cannot(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", cannot)
    prepared = reported(site)
    put_in_place(prepared)
    assert prepared.place.read_bytes() == prepared.data
