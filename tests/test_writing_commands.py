"""The writing commands: a whole night told with them, what they refuse, templates, and one commit of one file."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from command_line import Ran, noroshi
from noroshi.pipeline.check import check_site
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.records.times import parse_moment

ROOT = Path(__file__).resolve().parent.parent
ID = "2026-06-18-staging-down"
INCIDENT = f"content/incidents/2026/{ID}.yaml"
WORK = "content/maintenance/2026/2026-06-18-staging-db-upgrade.yaml"
RELEASE = "content/commitments/2026/2026-06-19-release.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The example's settings and templates, and no record."""
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=shutil.ignore_patterns("2026", ".schema"))
    return tmp_path


def at(now: str, *words: object, site: Path) -> Ran:
    """A command at a time of June 2026, without a terminal."""
    moment = now if len(now) > 5 else f"2026-06-18T{now}+09:00"
    return noroshi(words[0], "--site", site, "--now", moment, *words[1:])


def wrote(ran: Ran) -> str:
    """What a command printed, which must have ended well."""
    assert ran.code == 0, ran.err
    return ran.out


def problems(site: Path, now: str) -> list[str]:
    """All that a check says of the content, warnings included."""
    return [str(each) for each in check_site(open_site(site), Moments(now=parse_moment(now))).problems]


def opened(site: Path, *more: str) -> str:
    """The night's incident, opened at 21:52."""
    return wrote(
        at(
            *("21:52", "incident", "検証サーバーの停止", "--title", "en=Staging server down", "--severity", "major"),
            *("--component", "staging-web=major_outage", "--component", "staging-db=major_outage"),
            *("--started", "21:40", "--detected", "21:45", "--detected-by", "monitoring"),
            *("--not-affected", "本番環境と一般利用者には影響ありません。", "--by", "infra", "--workaround", "なし"),
            *("--text", "DB 更新作業中に検証サーバーが停止しました。"),
            *("--recovery-unknown", "データ破損の範囲を調査中", "--answer-by", "22:30", "--id", ID, *more),
            site=site,
        )
    )


def told(site: Path) -> None:
    """The whole story of the night, by commands alone."""
    wrote(
        at(
            *("2026-06-10T10:00+09:00", "commitment", "サイト公開", "--client", "a-sha", "--id", "2026-06-19-release"),
            *("--from", "2026-06-19 10:00", "--until", "2026-06-19 12:00", "--needs", "staging-web"),
            *("--keep-clear", "24h,2h"),
            site=site,
        )
    )
    wrote(
        at(
            *(
                "2026-06-11T11:00+09:00",
                "maintenance",
                "検証 DB の更新",
                "--from",
                "2026-06-18 21:00",
                "--until",
                "30m",
            ),
            *("--component", "staging-db", "--component", "staging-web", "--reason", "サポート終了に伴う更新"),
            *("--rollback", "スナップショットから戻す", "--agreed", "a-sha=制作部"),
            *("--text", "6 月 18 日 21 時から 30 分、検証 DB を更新します。", "--id", "2026-06-18-staging-db-upgrade"),
            site=site,
        )
    )
    wrote(at("21:00", "report", "db-upgrade", "--text", "作業を開始しました。", site=site))
    wrote(at("21:45", "report", "db-upgrade", "--text", "予定の 21:30 を過ぎました。", site=site))
    opened(site)
    restoring = "バックアップからの復元を始めました。データの欠損は見つかっていません。"
    wrote(
        at(
            *("22:20", "report", "staging-down", "interim", "--text", restoring),
            *("--recovery", "23:30", "--next", "30m"),
            site=site,
        )
    )
    wrote(at("22:40", "report", "db-upgrade", "--text", "復元を続けています。", "--expected", "23:30", site=site))
    wrote(at("23:24", "report", "staging-down", "--text", "復旧しました。", "--recovered", "23:20", site=site))
    wrote(
        at(
            *("23:50", "complete", "db-upgrade", "--ended", "23:20", "--result", "rolled_back"),
            *("--text", "切り戻して作業を終えました。更新は日を改めます。"),
            site=site,
        )
    )
    wrote(
        at(
            *("2026-06-19T09:30+09:00", "complete", "staging-down", "--text", "対応を完了しました。"),
            *("--confirmed-by", "監視の正常化と、公開手順を一通り実行して確認", "--lasting-effects", "なし"),
            *("--cause", "更新手順に容量の確認がなく、移行中にディスクが溢れた"),
            *("--undetected-because", "ディスク使用率の警告が検証環境で無効だった"),
            *("--action", "disk-check=更新手順の最初に容量の確認を入れる; owner=infra; due=6/26; check=7/31"),
            site=site,
        )
    )
    wrote(
        at(
            *("2026-06-19T11:00+09:00", "correct", "staging-down", "2,4", "--text", "12 件が失われていました。"),
            *("--lasting-effects", "検証データ 12 件は 10:40 に復元済み"),
            site=site,
        )
    )
    wrote(
        at(
            *("2026-06-26T17:00+09:00", "action", "staging-down", "disk-check", "--done", "2026-06-25"),
            *("--evidence", "手順書 第 3 版", "--text", "是正処置を実施しました。"),
            site=site,
        )
    )
    wrote(
        at(
            *("2026-07-31T10:00+09:00", "action", "staging-down", "disk-check", "--effect-checked"),
            *("--text", "容量不足は起きていません。"),
            site=site,
        )
    )


def test_the_night_told_by_commands_is_the_night(site: Path) -> None:
    """Every file is what somebody who knows the format would have written, key for key, and nothing is wrong."""
    told(site)
    assert problems(site, "2026-08-01T10:00+09:00") == []
    assert (site / INCIDENT).read_text("utf-8") == (ROOT / "tests" / "writing" / "incident.yaml").read_text("utf-8")
    assert (site / WORK).read_text("utf-8") == (ROOT / "tests" / "writing" / "maintenance.yaml").read_text("utf-8")
    assert (site / RELEASE).read_text("utf-8") == (ROOT / "tests" / "writing" / "commitment.yaml").read_text("utf-8")


def test_the_pages_of_the_night_tell_it(site: Path) -> None:
    """What `show` makes of the records tells the story to its end: late report, recovery, cause, action."""
    told(site)
    ran = noroshi("show", ID, "--site", site, "--now", "2026-08-01T10:00+09:00", "--language", "ja")
    assert ran.err == ""
    for words in (
        "検証サーバーの停止",
        "完了",
        "ディスクが溢れた",
        "更新手順の最初に容量の確認を入れる",
        "12 件が失われていました",
    ):
        assert words in ran.out
    earlier = noroshi("show", ID, "--site", site, "--as-of", "2026-06-18T22:55+09:00", "--language", "en")
    assert "overdue since" in earlier.out.lower()


def test_five_facts_make_an_incident_and_its_promise(site: Path) -> None:
    """Title, component, severity and text are enough; the policy fills in when the next report is due."""
    ran = at(
        *("21:52", "incident", "Staging server is down", "--component", "staging-web=major_outage"),
        *("--severity", "major", "--text", "原因を調査しています。"),
        site=site,
    )
    assert wrote(ran) == "content/incidents/2026/2026-06-18-staging-server-is-down.yaml\n"
    text = (site / ran.out.strip()).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../.schema/incident.schema.json\n")
    assert text.split("\n", 1)[1] == (
        "title: Staging server is down\n"
        "severity: major\n"
        "components:\n"
        "  staging-web: major_outage\n"
        "reports:\n"
        "  - kind: start\n"
        "    at: 2026-06-18T21:52+09:00\n"
        "    text: 原因を調査しています。\n"
    )
    assert "次の報告" in ran.err
    assert "22:52" in ran.err


def test_what_is_overdue_is_said_after_writing(site: Path) -> None:
    """A report that leaves another promise overdue says so, with the time that has passed."""
    opened(site)
    ran = at("23:10", "report", "staging-down", "--text", "続けています。", site=site)
    assert "22:30" in ran.err
    assert "期限" in ran.err or "超過" in ran.err


def test_the_id_may_be_left_out_where_one_matter_is_open(site: Path) -> None:
    """With one open matter the report goes there, with two they are named, with none it is said."""
    nothing = at("21:50", "report", "--text", "x", site=site)
    assert (nothing.code, "nothing is open" in nothing.err) == (2, True)
    opened(site)
    assert wrote(at("22:00", "report", "--text", "調査中です。", site=site)) == f"{INCIDENT}\n"
    wrote(at("22:01", "incident", "API slow", "--text", "調査中です。", site=site))
    several = at("22:02", "report", "--text", "x", site=site)
    assert (several.code, ID in several.err, "api-slow" in several.err) == (2, True, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("incident",), "TITLE is missing"),
        (("incident", "x"), "--text is missing"),
        (("incident", "x", "--text", ""), "--text: the text is empty"),
        (("incident", "x", "--text", "y", "--severity", "big"), "--severity: 'big' is not among the choices"),
        (("incident", "x", "--text", "y", "--component", "shopp=major_outage"), "did you mean 'shop'?"),
        (("incident", "x", "--text", "y", "--component", "www"), "write www=LEVEL"),
        (("incident", "x", "--text", "y", "--component", "www=down"), "--component: 'down' is not among"),
        (("incident", "x", "--text", "y", "--started", "31:00"), "--started: "),
        (("incident", "x", "--text", "y", "--answer-by", "+30m"), "--recovery-unknown is missing"),
        (("incident", "x", "--text", "y", "--recovery", "未定"), "--recovery-unknown WHY --answer-by TIME"),
        (("incident", "x", "--text", "y", "--recovery-unknown", "z"), "--answer-by is missing"),
        (("incident", "x", "--text", "y", "--recovery", "+1h", "--recovery-unknown", "z"), "leave out"),
        (("incident", "x", "--text", "y", "--detected", "21:45"), "--detected-by is missing"),
        (("incident", "x", "--text", "y", "--title", "z"), "--title: write LANGUAGE=TITLE"),
        (("incident", "x", "--text", "y", "--text", "z"), "--text: it is said twice in 'ja'"),
        (("incident", "x", "--text", "y", "--id", "a b"), "--id: "),
        (("incident", "x", "--text", "y", "--template", "mail-delays"), "did you mean 'mail-delay'?"),
        (("incident", "x", "--text", "y", "--template", "staging-db-upgrade"), "is for: maintenance"),
        (("incident", "x", "--text", "y", "--at", "soon"), "--at: "),
        (("report", "nothing", "--text", "y"), "no record has the id 'nothing'"),
        (("report", "a", "b", "--text", "y"), "write ID, or KIND, or both"),
        (("report", "a", "completion", "--text", "y"), "noroshi complete"),
        (("maintenance", "x", "--text", "y"), "--from is missing"),
        (("maintenance", "x", "--text", "y", "--from", "+1h"), "--until is missing"),
        (("maintenance", "x", "--text", "y", "--from", "+1h", "--until", "30m", "--agreed", "a-sha"), "CLIENT=ROLE"),
        (("commitment", "x", "--from", "+1h", "--until", "30m"), "--client is missing"),
        (("commitment", "x", "--client", "z-sha", "--from", "+1h", "--until", "30m"), "--client: no client"),
        (("commitment", "x", "--client", "a-sha", "--from", "+1h", "--until", "30m", "--keep-clear", "2h"), "24h,2h"),
        (("action", "x", "y"), "say what became of it"),
        (("action", "x", "y", "--due", "+7d", "--evidence", "z"), "write --done too"),
    ],
)
def test_a_wrong_call_names_the_flag_and_writes_nothing(site: Path, words: tuple[str, ...], said: str) -> None:
    """Without a terminal a missing or impossible fact is a wrong call, in words that name its flag."""
    before = everything(site)
    ran = at("22:00", *words, site=site)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert everything(site) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", ID, "start", "--text", "y"), "[report-kind]"),
        (("report", ID, "--text", "y", "--recovered", "20:00"), "--recovered: ["),
        (("report", ID, "--text", "y", "--at", "21:00"), "[report-order]"),
        (("report", ID, "--text", "y", "--at", "+2h"), "[report-ahead]"),
        (("report", ID, "--text", "y", "--expected", "23:30"), "--expected: [unknown-key]"),
        (
            ("complete", ID, "--ended", "21:00", "--text", "y", "--confirmed-by", "z", "--cause-by", "6/25"),
            "[end-before",
        ),
        (("report", ID, "--text", "y\x07"), "--text: the character U+0007"),
        (("report", ID, "--text", "y\udc80"), "--text: the character U+DC80"),
        (("report", ID, "--text", "y", "--by", "\udc80"), "--by: the character U+DC80"),
        (("incident", "x", "--text", "y", "--id", ID), "another record has the id"),
    ],
)
def test_what_breaks_a_rule_is_refused_before_writing(site: Path, words: tuple[str, ...], said: str) -> None:
    """The rules of the content are asked first; their words come with the flag where one is at fault."""
    opened(site)
    before = everything(site)
    ran = at("22:00", *words, site=site)
    assert (ran.code in (1, 2), said in ran.err) == (True, True), ran.err
    assert everything(site) == before


def test_completion_asks_for_what_no_report_has_told(site: Path) -> None:
    """Without a terminal each missing piece is named by its flag; a cause that is sought needs no action."""
    opened(site)
    given = ["complete", ID, "--text", "対応を完了しました。"]
    for more, said in (
        ([], "--ended is missing"),
        (["--ended", "23:20"], "--confirmed-by is missing"),
        (["--confirmed-by", "監視"], "--cause is missing"),
        (["--cause", "容量不足"], "--action is missing"),
        (["--action", "x"], "does not say what is done"),
        (["--action", "x=y"], "has no owner and no due"),
        (["--result", "done"], "--result does not belong to incidents"),
    ):
        ran = at("23:50", *given, *more, site=site)
        assert (ran.code, said in ran.err) == (2, True), ran.err
        given += [] if said.startswith(("does", "has")) or "--action" in more else more
    wrote(at("23:50", "complete", ID, "--text", "x", *given[4:8], "--cause-by", "2026-06-25", site=site))
    assert "status: pending" in (site / INCIDENT).read_text("utf-8")


def test_after_completion_a_report_is_a_follow_up(site: Path) -> None:
    """The kind that comes next is chosen: follow-ups after completion, a notice before planned work's start."""
    told(site)
    wrote(at("2026-08-01T10:00+09:00", "report", "staging-down", "--text", "一か月後の確認です。", site=site))
    assert (site / INCIDENT).read_text("utf-8").count("kind: follow_up") == 3


def test_a_notice_moves_work_or_calls_it_off(site: Path) -> None:
    """--window and --cancel make a notice of the report."""
    given = (
        "maintenance",
        "Update",
        "--from",
        "+2d",
        "--until",
        "1h",
        "--component",
        "vpn",
        "--text",
        "x",
        "--id",
        "u",
    )
    wrote(at("12:00", *given, site=site))
    wrote(at("13:00", "report", "u", "--text", "移します。", "--window", "2026-06-21 21:00", "2h", site=site))
    wrote(at("14:00", "report", "u", "--text", "取りやめます。", "--cancel", site=site))
    text = (site / "content/maintenance/2026/u.yaml").read_text("utf-8")
    assert "from: 2026-06-21T21:00+09:00\n      until: 2026-06-21T23:00+09:00\n" in text
    assert "cancelled: " in text


def test_a_dry_run_shows_the_lines_and_writes_nothing(site: Path) -> None:
    """The diff is what would be written, of a new file and of a report."""
    before = everything(site)
    ran = at("22:00", "incident", "x", "--text", "y", "--id", "x", "--dry-run", site=site)
    assert ran.code == 0
    assert "+title: x" in ran.out
    assert everything(site) == before
    opened(site)
    before = everything(site)
    ran = at("22:00", "report", ID, "--text", "調査中です。", "--dry-run", site=site)
    assert [
        line[1:].strip() for line in ran.out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ] == [
        "- kind: interim",
        "at: 2026-06-18T22:00+09:00",
        "text: 調査中です。",
    ]
    assert everything(site) == before


def test_a_template_fills_in_and_flags_come_before_it(site: Path) -> None:
    """What recurs is taken from the template in all its languages, except where a flag says otherwise."""
    ran = at("21:52", "incident", "--template", "mail-delay", "--severity", "major", "--yes", site=site)
    text = (site / wrote(ran).strip()).read_text("utf-8")
    assert ran.out.strip().endswith("2026-06-18-mail-delivery-delayed.yaml")
    for line in ("  en: Mail delivery delayed", "severity: major", "  mail: degraded_performance", "    by: infra"):
        assert f"\n{line}\n" in text
    assert "for:" not in text
    work = at("12:00", "maintenance", "--template", "staging-db-upgrade", "--from", "2026-06-25 20:00", site=site)
    text = (site / wrote(work).strip()).read_text("utf-8")
    assert "  from: 2026-06-25T20:00+09:00\n  until: 2026-06-25T22:00+09:00\n" in text
    assert "length" not in text


def test_text_comes_from_standard_input(site: Path) -> None:
    """`--text -` reads it, with all its lines."""
    with mock.patch("sys.stdin", io.StringIO("一行目です。\n\n- 二つ目: です。\n")):
        wrote(at("22:00", "incident", "x", "--text", "-", "--id", "x", site=site))
    assert "    text: |-\n      一行目です。\n\n      - 二つ目: です。\n" in (
        site / "content/incidents/2026/x.yaml"
    ).read_text("utf-8")


def test_texts_in_other_languages_stand_beside_the_first(site: Path) -> None:
    """`--text en=…` is the text in English; the first language comes first whatever the order of the flags."""
    wrote(at("22:00", "incident", "停止", "--text", "en=Down.", "--text", "停止中です。", "--id", "x", site=site))
    text = (site / "content/incidents/2026/x.yaml").read_text("utf-8")
    assert "    text:\n      ja: 停止中です。\n      en: Down.\n" in text


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, git's own left out."""
    return {
        place.relative_to(folder).as_posix(): place.read_bytes()
        for place in sorted(folder.rglob("*"))
        if place.is_file() and ".git" not in place.parts
    }


def git(folder: Path, *words: str) -> str:
    """What git prints."""
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The site in a git repository with one commit, which knows no settings but its own."""
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}.items():
        monkeypatch.setenv(name, value)
    git(site, "init", "-q", "-b", "main")
    git(site, "config", "user.name", "Operator")
    git(site, "config", "user.email", "operator@example.com")
    git(site, "add", ".")
    git(site, "commit", "-q", "-m", "start")
    return site


@pytest.mark.parametrize(
    ("clock", "kind"),
    [("2026-06-18T22:20+09:00", "interim"), ("2026-06-19T09:30+09:00", "start"), ("2026-06-19T10:05+09:00", "start")],
)
def test_word_on_a_promised_time_does_not_begin_it(site: Path, clock: str, kind: str) -> None:
    """What is reported of a slot the evening before says how it stands, and not that it is under way."""
    wrote(
        at(
            *("2026-06-10T10:00+09:00", "commitment", "サイト公開", "--client", "a-sha", "--id", "2026-06-19-release"),
            *("--from", "2026-06-19 10:00", "--until", "2026-06-19 12:00", "--needs", "staging-web"),
            site=site,
        )
    )
    wrote(at(clock, "report", "2026-06-19-release", "--text", "影響を確認しています。", site=site))
    (place,) = site.rglob("2026-06-19-release.yaml")
    assert f"kind: {kind}" in place.read_text("utf-8")


@pytest.mark.parametrize(("clock", "kind"), [("2026-06-17T09:00+09:00", "notice"), ("2026-06-18T20:45+09:00", "start")])
def test_word_on_planned_work_does_not_begin_it(site: Path, clock: str, kind: str) -> None:
    """Long before its time, what is reported of work is a notice."""
    wrote(
        at(
            *("2026-06-11T11:00+09:00", "maintenance", "更新", "--from", "2026-06-18 21:00", "--until", "30m"),
            *("--component", "staging-db", "--text", "更新します。", "--id", "2026-06-18-work"),
            site=site,
        )
    )
    wrote(at(clock, "report", "2026-06-18-work", "--text", "予定どおりです。", site=site))
    (place,) = site.rglob("2026-06-18-work.yaml")
    assert place.read_text("utf-8").rpartition("- kind: ")[2].startswith(kind)


def test_one_commit_holds_one_file(repository: Path) -> None:
    """--commit commits the file that was written in the project's form; what else is staged stays staged."""
    (repository / "other.txt").write_text("staged")
    git(repository, "add", "other.txt")
    opened(repository, "--commit")
    assert git(repository, "log", "-1", "--format=%B").strip() == f"{ID}: opened\n\n検証サーバーの停止"
    assert git(repository, "show", "--name-only", "--format=", "-z").strip("\0\n") == INCIDENT
    assert git(repository, "status", "--porcelain").splitlines() == ["A  other.txt"]
    wrote(at("22:20", "report", "staging-down", "--text", "調査中です。", "--commit", site=repository))
    assert git(repository, "log", "-1", "--format=%s").strip() == f"{ID}: interim report 2"
    assert git(repository, "status", "--porcelain").splitlines() == ["A  other.txt"]


def test_a_hook_that_fails_leaves_the_file_and_says_so(repository: Path) -> None:
    """The report is written and not committed, and the command fails in words that say both."""
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no commits at night' >&2\nexit 1\n")
    hook.chmod(0o755)
    ran = at("22:00", "incident", "x", "--text", "y", "--id", "x", "--commit", site=repository)
    assert ran.code == 3
    assert "no commits at night" in ran.err
    assert "the file is written; it was not committed" in ran.err
    assert (repository / "content/incidents/2026/x.yaml").is_file()


def test_nobody_commits_and_nothing_is_written(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git knows no name, that is said before a word is written."""
    for name in ("user.name", "user.email"):
        git(repository, "config", "--unset", name)
    git(repository, "config", "user.useConfigOnly", "true")
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    before = everything(repository)
    ran = at("22:00", "incident", "x", "--text", "y", "--commit", site=repository)
    assert ran.code == 3
    assert "git does not know who you are: git config user.name" in ran.err
    assert everything(repository) == before


def test_a_push_reaches_the_other_side(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """--push makes the commit and sends it; one that is refused says what to do, and the commit stands."""
    bare, clone = tmp_path_factory.mktemp("bare"), tmp_path_factory.mktemp("clone")
    git(bare, "init", "-q", "--bare", "-b", "main")
    git(repository, "remote", "add", "origin", str(bare))
    git(repository, "push", "-q", "-u", "origin", "main")
    opened(repository, "--push")
    assert git(bare, "log", "-1", "--format=%s", "main").strip() == f"{ID}: opened"
    git(clone, "clone", "-q", str(bare), ".")
    for name, value in (("user.name", "Other"), ("user.email", "other@example.com")):
        git(clone, "config", name, value)
    git(clone, "commit", "-q", "--allow-empty", "-m", "first")
    git(clone, "push", "-q")
    ran = at("22:20", "report", "staging-down", "--text", "調査中です。", "--push", site=repository)
    assert ran.code == 3
    assert "git pull --rebase" in ran.err
    assert "it was not pushed" in ran.err
    assert git(repository, "log", "-1", "--format=%s").strip() == f"{ID}: interim report 2"


def test_without_git_nothing_is_written(site: Path) -> None:
    """--commit outside a repository fails before a word is written."""
    before = everything(site)
    ran = at("22:00", "incident", "x", "--text", "y", "--commit", site=site)
    assert (ran.code, "git" in ran.err) == (3, True)
    assert everything(site) == before


def test_an_unreadable_record_is_left_alone(site: Path) -> None:
    """A record with errors is named with its problems, and nothing is added to it."""
    opened(site)
    place = site / INCIDENT
    place.write_text(place.read_text("utf-8") + "severty: major\n", "utf-8")
    before = everything(site)
    ran = at("22:20", "report", ID, "--text", "x", site=site)
    assert ran.code in (1, 3)
    assert "[unknown-key]" in ran.err
    assert everything(site) == before


def test_what_cannot_be_read_of_the_settings(site: Path) -> None:
    """Without its components a site cannot be written into, as nobody knows what is named there; without its clients
    a report goes out all the same."""
    opened(site)
    (site / "content/clients.yaml").write_text("- {id: a\n", "utf-8")
    wrote(at("22:20", "report", ID, "--text", "x", site=site))
    before = everything(site)
    (site / "content/components.yaml").write_text("- {id: a\n", "utf-8")
    ran = at("22:30", "report", ID, "--text", "y", site=site)
    assert ran.code == 3
    assert "nothing was written" in ran.err
    assert "content/components.yaml:1" in ran.err
    assert everything(site) == before | {"content/components.yaml": b"- {id: a\n"}


def edited(site: Path, monkeypatch: pytest.MonkeyPatch, replacements: dict[str, str]) -> None:
    """Set an editor that makes these replacements, and no other change."""
    scratch = site / "scratch"
    scratch.mkdir()
    script = scratch / "editor.py"
    lines = "".join(f"text = text.replace({old!r}, {new!r})\n" for old, new in replacements.items())
    script.write_text(
        "import pathlib, sys\nplace = pathlib.Path(sys.argv[1])\ntext = place.read_text('utf-8')\n"
        f"{lines}place.write_text(text, 'utf-8')\n",
        "utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))


@pytest.mark.parametrize(
    ("kind", "replacements", "said"),
    [
        (
            "incident",
            {
                "title:\n": "title: 停止\n",
                "text: |\n  ": "text: |\n  調査中です。",
                "# started_at: 21:40": "started_at: 21:40",
            },
            "started_at: 2026-06-18T21:40+09:00\nreports:\n  - kind: start\n    at: 2026-06-18T22:00+09:00\n"
            "    text: |\n      調査中です。\n",
        ),
        (
            "maintenance",
            {"title:\n": "title: 更新\n", "text: |\n  ": "text: |\n  更新します。", "# window:": "window:"},
            "window:\n  from: 2026-06-19T21:00+09:00\n  until: 2026-06-19T21:30+09:00\n",
        ),
        (
            "commitment",
            {
                "title:\n": "title: 公開\n",
                "# client:": "client: a-sha",
                "# from:": "from:",
                "# until:": "until:",
                "# needs: [www]": "needs: [www]",
            },
            "from: 2026-06-19T21:00+09:00\nuntil: 2026-06-19T22:00+09:00\nneeds:\n  - www\n",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_kind_of_record_can_be_written_in_an_editor(
    site: Path, monkeypatch: pytest.MonkeyPatch, kind: str, replacements: dict[str, str], said: str
) -> None:
    """The block has a place for each fact; times in it may be said as people say them."""
    edited(site, monkeypatch, replacements)
    ran = at("22:00", kind, "--edit", "--id", "x", site=site)
    assert said in (site / wrote(ran).strip()).read_text("utf-8")
    assert list((site / "scratch").glob("noroshi-*.yaml")) == []


def test_off_a_terminal_an_editor_opens_once(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody could mend it, what is wrong ends the command, and the block is kept and named."""
    edited(site, monkeypatch, {"title:\n": "title: x\nseverty: y\n"})
    ran = at("22:00", "incident", "--edit", site=site)
    assert ran.code == 1, ran.err
    assert "[unknown-key]" in ran.err
    (kept,) = (site / "scratch").glob("noroshi-*.yaml")
    assert str(kept) in ran.err
    assert "severty: y" in kept.read_text("utf-8")


@pytest.mark.parametrize("word", ["30m", "+30m", "３０ｍ", "30分", "22:50"])
def test_a_length_is_the_same_at_every_door(site: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A flag and the editor's block take the same words; so does how long planned work takes."""
    opened(site)
    wrote(at("22:20", "report", ID, "--text", "x", "--next", word, "--recovery", word, site=site))
    assert (site / INCIDENT).read_text("utf-8").count(": 2026-06-18T22:50+09:00\n") == 2
    block = {"text: |\n  ": "text: |\n  y", "# recovery: 23:30": f"recovery: {word}", "# next_report:": "next_report:"}
    edited(site, monkeypatch, block | {"next_report: 30m": f"next_report: {word}"})
    wrote(at("22:20", "report", ID, "--edit", site=site))
    assert (site / INCIDENT).read_text("utf-8").count(": 2026-06-18T22:50+09:00\n") == 4
    work = at("12:00", "maintenance", "x", "--text", "x", "--from", "22:20", "--until", word, site=site)
    assert "until: 2026-06-18T22:50+09:00" in (site / wrote(work).strip()).read_text("utf-8")


def test_an_end_in_the_editor_may_be_a_length(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts from the beginning beside it, as on the command line."""
    begins = "{until: 1時間半, from: 6/25 20:00}"
    edited(site, monkeypatch, {"title:\n": "title: x\n", "text: |\n  ": "text: x", "# window: ": f"window: {begins} #"})
    ran = at("2026-06-10T12:00+09:00", "maintenance", "--edit", "--id", "x", site=site)
    text = (site / wrote(ran).strip()).read_text("utf-8")
    assert "until: 2026-06-25T21:30+09:00\n" in text
    assert "from: 2026-06-25T20:00+09:00\n" in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("recovery: ?", "recovery: '?' alone tells neither why nor until when; write {unknown: WHY, answer_by: TIME}"),
        ("recovery: ？", "recovery: '?' alone tells neither why nor until when"),
        ("not_affected: ?", "not_affected: '?' tells readers nothing"),
        ('not_affected: "?"', "not_affected: '?' tells readers nothing"),
        ("started_at: soon", "started_at: 'soon' is no time; write a time such as 21:50, -10m"),
        ("started_at: 30m", "started_at: '30m' does not say on which side it lies; write -30m"),
        ("next_report: soon", "next_report: 'soon' is no time; write a time such as 23:00"),
        ("detected: {at: soon, by: monitoring}", "at: 'soon' is no time"),
    ],
)
def test_the_editor_refuses_in_the_words_of_the_commands(
    site: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    """A time that is none is answered with times as people say them, and a lone `?` with what to write."""
    edited(site, monkeypatch, {"title:\n": f"title: x\n{line}\n", "text: |\n  ": "text: x"})
    before = {name: data for name, data in everything(site).items() if "scratch" not in name}
    ran = at("22:00", "incident", "--edit", site=site)
    assert (ran.code, said in ran.err) == (3, True), ran.err
    assert {name: data for name, data in everything(site).items() if "scratch" not in name} == before


def test_the_block_lists_what_there_is(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its comments name this site's components, the levels, and what an editor takes; nothing of a prompt."""
    edited(site, monkeypatch, {"title:\n": "title: x\nseverty: y\n"})
    at("22:00", "incident", "--edit", site=site)
    (kept,) = (site / "scratch").glob("noroshi-*.yaml")
    block = kept.read_text("utf-8")
    assert "staging-db" in block
    assert "under_maintenance" in block
    assert "\n# components: {www: major_outage}\n" in block
    assert "{unknown: " in block
    assert "Enter" not in block
    assert "?" not in block


@pytest.mark.parametrize("flag", ["--not-affected", "--workaround", "--text", "--recovery-unknown"])
def test_a_question_mark_is_no_text(site: Path, flag: str) -> None:
    """What nobody knows is left out; `?` would be published."""
    ran = at(
        "22:00", "incident", "x", "--text", "y", "--answer-by", "1h", "--recovery-unknown", "z", flag, "？", site=site
    )
    assert (ran.code, f"{flag}: '?' tells readers nothing" in ran.err) == (2, True), ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", ID, "--text", "x", "--next", "22:05"), "--next: '22:05' is taken for 2026-06-19T22:05+09:00 (Fri)"),
        (
            ("report", ID, "--text", "x", "--next", "3h"),
            "promised for 2026-06-19T01:10+09:00; the policy promises it by",
        ),
        (("report", ID, "--text", "x", "--recovery", "9:00"), ""),
        (("report", ID, "--text", "x", "--next", "30m"), ""),
        (("maintenance", "x", "--text", "x", "--from", "22:05", "--until", "30m"), "--from: '22:05' is taken for"),
        (("maintenance", "x", "--text", "x", "--from", "23:00", "--until", "22:00"), "--until: '22:00' is taken for"),
        (("maintenance", "x", "--text", "x", "--from", "23:00", "--until", "22:00"), "the work takes 23 hours"),
        (("maintenance", "x", "--text", "x", "--from", "2026-06-01 23:00", "--until", "30m"), "lies in the past"),
        (("maintenance", "x", "--text", "x", "--from", "23:00", "--until", "30m"), "promises a notice of this work by"),
        (("maintenance", "x", "--text", "x", "--from", "7/1 23:00", "--until", "30m"), ""),
    ],
)
def test_what_may_be_a_slip_is_said_and_written(site: Path, words: tuple[str, ...], said: str) -> None:
    """A time that fell on another day, work that is long, over or announced late, a report later than promised."""
    opened(site)
    ran = at("22:10", *words, site=site)
    wrote(ran)
    doubts = [line for line in ran.err.splitlines() if "content/" not in line and "お約束" not in line]
    assert said in ran.err
    assert bool(doubts) is bool(said), doubts


def test_work_called_off_after_its_time_is_told(site: Path) -> None:
    """Its notice is written, and says nothing before the work any more."""
    wrote(
        at(
            *("2026-06-01T10:00+09:00", "maintenance", "x", "--text", "x", "--from", "6/18 21:00", "--until", "30m"),
            *("--id", "x", "--component", "vpn"),
            site=site,
        )
    )
    ran = at("22:00", "report", "x", "--cancel", "--text", "取りやめました。", site=site)
    wrote(ran)
    assert "the planned time ended 2026-06-18T21:30+09:00; the policy promises a notice before the work" in ran.err


def test_what_planned_work_promises_is_said(site: Path) -> None:
    """Its start, and once it has begun its end; with --dry-run too."""
    given = (
        "maintenance",
        "x",
        "--text",
        "x",
        "--from",
        "7/1 21:00",
        "--until",
        "30m",
        "--id",
        "x",
        "--component",
        "vpn",
    )
    for more in (("--dry-run",), ()):
        assert (
            "お約束していること：予定どおりの開始（2026年7月1日（水）21:00まで）"
            in at("22:00", *given, *more, site=site).err
        )
    begun = at("2026-07-01T21:00+09:00", "report", "x", "--text", "始めました。", site=site)
    assert "21:30まで）" in begun.err


def test_the_same_report_is_not_written_twice(site: Path) -> None:
    """A command that is run again, as after a failed push, is refused; later, or with other facts, it is written."""
    opened(site)
    given = ("report", ID, "--text", "復元を始めました。", "--recovery", "+1h", "--next", "30m")
    wrote(at("22:20", *given, site=site))
    before = everything(site)
    again = at("22:22", *given, site=site)
    assert again.code == 3
    assert f"report 2 of {ID} (interim, 2026-06-18T22:20+09:00) says the same; it stands" in again.err
    assert everything(site) == before
    wrote(at("22:23", *given, "--workaround", "なし", site=site))
    wrote(at("22:34", *given, "--workaround", "なし", site=site))


def test_the_same_record_is_not_opened_twice(site: Path) -> None:
    """An incident whose command is run again is there already, and no second one is opened."""
    given = ("incident", "API slow", "--text", "調査中です。", "--component", "api=degraded_performance")
    path = wrote(at("22:00", *given, site=site)).strip()
    before = everything(site)
    again = at("22:01", *given, site=site)
    assert (again.code, f"{path} says the same" in again.err) == (3, True), again.err
    assert everything(site) == before
    wrote(at("22:11", *given, site=site))
    wrote(at("22:12", "incident", "API slow", "--text", "別の障害です。", site=site))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("incident", "x", "--text", "y", "--started", "22:30"), "--started: '22:30' is asked of the past, and"),
        (("incident", "x", "--text", "y", "--next", "11xm"), "--next: '11xm' is no time"),
        (("incident", "x", "--text", "y", "--next", "1.33h"), "--next: '1.33h' counts no whole minutes"),
        (("maintenance", "x", "--text", "y", "--from", "+1h", "--until", "soon"), "or a length such as 30m"),
    ],
)
def test_what_was_written_is_quoted(site: Path, words: tuple[str, ...], said: str) -> None:
    """The refusal quotes the word itself, and examples lie on the side that is asked for."""
    ran = at("22:00", *words, site=site)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_an_action_that_is_left_out_is_listed(site: Path) -> None:
    """Without a terminal the actions that there are stand in the refusal, and a day that is none names its flag."""
    told(site)
    now = "2026-08-01T10:00+09:00"
    ran = at(now, "action", ID, "--due", "8/20", "--text", "x", site=site)
    assert (ran.code, "\n  disk-check: 更新手順の最初に" in ran.err) == (2, True), ran.err
    ran = at(now, "action", ID, "disk-check", "--due", "13/20", "--text", "x", site=site)
    assert (ran.code, "--due: '13/20' is on no calendar" in ran.err) == (2, True), ran.err


def test_a_template_of_comments_alone_is_said_to_be_empty(site: Path) -> None:
    """As the one is that a new site begins with."""
    (site / "content/templates/website-down.yaml").write_text("# for: incident\n", "utf-8")
    ran = at("22:00", "incident", "--template", "website-down", "--text", "x", site=site)
    assert (ran.code, "website-down.yaml is empty but for comments" in ran.err) == (2, True), ran.err


def test_a_site_is_found_from_within(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of a site the commands write into that site; outside of one they say so."""
    opened(site)
    (site / "mkdocs.yml").write_text("site_name: x\n")
    monkeypatch.chdir(site / "content" / "incidents" / "2026")
    wrote(noroshi("report", "--text", "x", "--now", "2026-06-18T22:20+09:00"))
    assert (site / INCIDENT).read_text("utf-8").count("kind: interim") == 1
    (site / "mkdocs.yml").unlink()
    ran = noroshi("report", "--text", "y", "--now", "2026-06-18T22:40+09:00")
    assert (ran.code, "there is no site here" in ran.err) == (3, True)
