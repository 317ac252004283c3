"""What may be done to published records and what may not, beyond the golden cases of tests/faults and the replays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import noroshi
from git_histories import ENVIRONMENT, History, begin, git
from noroshi.log.meaning import changed_meaning
from noroshi.problems import Problem
from real_program import ROOT

BASE = Path(__file__).parent / "faults" / "_site"
NOW = "2026-11-22T12:00+09:00"
OUTAGE = "content/incidents/2026/outage.yaml"
WORK = "content/maintenance/2026/update.yaml"
START = "{kind: start, at: 2026-06-18T21:52+09:00, text: 公開サイトが停止しました。原因を調査しています。}"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """The small base site in a repository."""
    shutil.copytree(BASE, tmp_path / "content")
    return begin(tmp_path)


def after(history: History, path: str, before: str, now: str, at: str = NOW) -> list[Problem]:
    """The problems after a file was published as the one and stands as the other."""
    place = history.site / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(before, "utf-8")
    history.commit()
    place.write_text(now, "utf-8")
    return list(history.compare("HEAD", at).problems)


def outage(*reports: str, opening: str = "") -> str:
    return f"title: 公開サイトの停止\n{opening}reports:\n" + "".join(f"  - {report}\n" for report in reports)


def work(more: str) -> str:
    return (
        "title: 更新\nwindow: {from: 2026-11-29T21:00+09:00, until: 2026-11-29T21:30+09:00}\n"
        f"{more}reports:\n  - {{kind: notice, at: 2026-11-20T11:00+09:00, text: 更新します。}}\n"
    )


A = "{client: a-sha, by: 制作部, at: 2026-11-19T10:00+09:00, note: 可}"
B = "{client: b-sha, by: 営業部, at: 2026-11-19T11:00+09:00}"


@pytest.mark.parametrize(
    ("before", "now", "rules"),
    [
        ("", f"agreements: [{A}]\n", []),
        (f"agreements: [{A}]\n", f"agreements: [{B}, {A}]\n", []),
        (f"agreements: [{A}]\n", f"agreements: [{A.replace('可', '{ja: 可, en: Fine}')}]\n", []),
        (f"agreements: [{A}, {B}]\n", f"agreements: [{B}]\n", ["rewritten-opening"]),
        (f"agreements: [{A}, {A}]\n", f"agreements: [{A}, {B}]\n", ["rewritten-opening"]),
        (f"agreements: [{A}]\n", "", ["rewritten-opening"]),
        (f"agreements: [{B}]\n", f"agreements: [{B[:-1]}, note: 可}}]\n", ["rewritten-opening"]),
        ("", "emergency: {reason: 脆弱性, approved_by: 部長}\n", []),
        ("emergency: {reason: 脆弱性, approved_by: 部長}\n", "", ["rewritten-opening"]),
        (
            "emergency: {reason: 脆弱性, approved_by: 部長}\n",
            "emergency: {reason: 脆弱性, approved_by: 課長}\n",
            ["rewritten-opening"],
        ),
        ("", "rollback: 戻す\n", ["rewritten-opening"]),
        ("rollback: 戻す\n", "rollback: {ja: 戻 す, en: Back}\n", []),
    ],
)
def test_opening_facts_of_work(history: History, before: str, now: str, rules: list[str]) -> None:
    """Consent and urgency may come later, in any order, and then stand; translations may always come."""
    assert [problem.rule for problem in after(history, WORK, work(before), work(now))] == rules


def test_a_default_that_is_spelled_out(history: History) -> None:
    """What holds without its key holds with it."""
    assert after(history, OUTAGE, outage(START), outage(START, opening="severity: minor\n")) == []


EDITED = START.replace("しています", "しております").replace("}", ", edited: {at: 2026-06-18T21:55+09:00, note: 誤字}}")
WITHDRAWN = (
    "{kind: start, at: 2026-06-18T21:52+09:00, withdrawn: {at: 2026-06-18T21:55+09:00, reason: 公開できない情報}}"
)


@pytest.mark.parametrize(
    ("before", "now", "rules"),
    [
        (START, EDITED, []),
        (EDITED, EDITED.replace("21:55", "21:57").replace("調査", "調べ"), []),
        (EDITED, EDITED.replace("誤字", "{ja: 誤字, en: Typo}"), []),
        (EDITED, EDITED.replace("調査", "調べ"), ["rewritten-report"]),
        (EDITED, EDITED.replace("21:55", "21:54"), ["rewritten-report"]),
        (EDITED, EDITED.replace("誤字", "脱字"), ["rewritten-report"]),
        (EDITED, START, ["rewritten-report"]),
        (START, EDITED.replace("text:", "by: infra, text:"), ["rewritten-report"]),
        (START, EDITED.replace("text:", "workaround: なし, text:"), ["rewritten-report"]),
        (START.replace("text:", "workaround: なし, text:"), EDITED, ["rewritten-report"]),
        (EDITED, WITHDRAWN, []),
        (WITHDRAWN, WITHDRAWN.replace("公開できない情報", "{ja: 公開できない情報, en: Secret}"), []),
        (WITHDRAWN, WITHDRAWN.replace("21:55", "21:56"), ["rewritten-report"]),
        (WITHDRAWN, START, ["rewritten-report"]),
        (START, WITHDRAWN.replace("withdrawn", "by: infra, withdrawn"), ["rewritten-report"]),
        (START, EDITED.replace("21:52", "21:50"), ["report-redated"]),
        (
            START,
            EDITED.replace("調査しています", "1 時間調査しています").replace("調査しております", "1"),
            ["edited-meaning"],
        ),
        (START, EDITED.replace("公開サイトが停止しました。原因を", "すべて復旧し、"), ["edited-meaning"]),
    ],
)
def test_marks_of_a_report(history: History, before: str, now: str, rules: list[str]) -> None:
    """A newer edited mark lets texts differ and no fact; withdrawn lets all go but kind and time, and lasts."""
    assert [problem.rule for problem in after(history, OUTAGE, outage(before), outage(now))] == rules


POLICY = (BASE / "policy.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("now", "at", "rules"),
    [
        (POLICY + "- from: 2026-11-22\n", NOW, []),
        (POLICY + "- from: 2027-01-01\n", NOW, []),
        (POLICY + "- from: 2026-11-21\n", NOW, ["policy-backdated"]),
        # In UTC it is still the day before, in the site's zone it is not.
        (POLICY + "- from: 2026-11-21\n", "2026-11-21T15:30Z", ["policy-backdated"]),
        (POLICY + "- from: 2026-11-21\n", "2026-11-21T14:30Z", []),
        (POLICY.replace("every: 60m", "every: 1h"), NOW, []),
        (POLICY.replace("every: 60m", "every: 61m"), NOW, ["rewritten-policy"]),
        (POLICY.replace("2026-04-01", "2026-04-02"), NOW, ["rewritten-policy", "policy-backdated"]),
        (POLICY.replace("2026-04-01", "2026-04-02"), "2026-03-01T00:00Z", []),
        ("# none\n", NOW, ["rewritten-policy"]),
    ],
)
def test_policy(history: History, now: str, at: str, rules: list[str]) -> None:
    """An entry is fixed from the beginning of its day in the site's zone, and none begins in the past."""
    assert [problem.rule for problem in after(history, "content/policy.yaml", POLICY, now, at)] == rules


def test_a_deleted_policy(history: History) -> None:
    """Without its file no promise was ever made."""
    history.commit()
    (history.site / "content/policy.yaml").unlink()
    assert [problem.rule for problem in history.compare("HEAD").problems] == ["rewritten-policy"]


def test_a_long_text_is_shown_where_it_differs(history: History) -> None:
    """Of a long text the message shows what is around the first difference, of several differences the first three."""
    long = "停止しました。" * 40
    before = START.replace("原因", f"{long}原因")
    (problem,) = after(history, OUTAGE, outage(before), outage(before.replace("調査して", "追及して")))
    shown = [f"'…た。停止しました。原因を{word}しています。'" for word in ("調査", "追及")]
    assert f"said {shown[0]} and says {shown[1]}" in problem.found
    opened = "{kind: start, at: 2026-06-18T21:52+09:00, text"
    facts = f"{opened}: x, workaround: y, by: a, severity: major, lasting_effects: z}}"
    other = f"{opened}: X, workaround: Y, by: A, severity: minor, lasting_effects: Z}}"
    (problem,) = after(history, OUTAGE, outage(facts), outage(other))
    assert problem.found.endswith(", 2 more")


def test_a_correction_is_proposed_under_the_next_number(history: History) -> None:
    """The advice has the number that the right way would give it."""
    second = "{kind: interim, at: 2026-06-18T22:20+09:00, text: 復元しています。}"
    (problem,) = after(history, OUTAGE, outage(START, second), outage(START.replace("停止", "停電"), second))
    assert "add report 3: kind: correction, corrects: [1]" in problem.advice


def test_a_record_under_another_name_is_known_by_one_report(history: History) -> None:
    """Renamed and rewritten at once, it is still told where it went."""
    second = "{kind: interim, at: 2026-06-18T22:20+09:00, text: 復元しています。}"
    place = history.site / OUTAGE
    place.parent.mkdir(parents=True)
    place.write_text(outage(START, second), "utf-8")
    history.commit()
    place.unlink()
    place.with_name("other.yaml").write_text(outage(START, second.replace("22:20", "22:30")), "utf-8")
    (problem,) = history.compare("HEAD").problems
    assert (problem.rule, problem.place.path) == ("record-renamed", "content/incidents/2026/other.yaml")


def test_hundreds_of_reports_at_one_time(history: History) -> None:
    """A file made to take long is compared in no time: what it says is told all the same."""
    same = [f"{{kind: interim, at: 2026-06-18T22:20+09:00, text: 文{number}}}" for number in range(800)]
    problems = after(history, OUTAGE, outage(*same), outage(*same[::-1]))
    assert problems
    assert {problem.rule for problem in problems} <= {"report-renumbered", "rewritten-report"}


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("復旧しました。", "復旧いたしました。", None),
        ("We are lookng into it.", "We are looking into it.", None),
        ("２３時に復旧", "23 時に復旧", None),
        ("23:20 に復旧", "23:30 に復旧", "'23:20' and '23:30' differ"),
        ("12 件", "件", "the number '12' is another one"),
        ("1,000 records", "1.000 records", "'1,000' and '1.000' differ"),
        ("原因を調査しています。", "すべて正常です。", "more than half of the words are other ones"),
        ("The cause is known", "Nothing was lost at all", "more than half of the words are other ones"),
        ("", "", None),
    ],
)
def test_what_is_hardly_a_slip(was: str, now: str, why: str | None) -> None:
    """Another number is another statement, and so is a text of which less than half is left."""
    assert changed_meaning(was, now) == why


def test_the_published_log_is_a_witness_too(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --log the content is held against what a build published; with --since too, both are told."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    place = history.site / OUTAGE
    place.parent.mkdir(parents=True)
    place.write_text(outage(START), "utf-8")
    shutil.copyfile(ROOT / "mkdocs.yml", history.site / "mkdocs.yml")
    history.commit()
    built = noroshi("build", "--site", history.site, "--out", history.site / "site", "--new-log", "--now", NOW)
    assert built.code == 0, built
    log = history.site / "site/log"
    given = ("check", "--site", history.site, "--now", NOW, "--log")
    for name in (log, log / "entries.jsonl"):
        ran = noroshi(*given, name)
        assert (ran.code, ran.out, ran.err) == (0, "", "1 record read and held against the log: fine\n")
    place.write_text(outage(START.replace("停止", "停電")), "utf-8")
    assert "[rewritten-report]" in noroshi(*given, log).out
    ran = noroshi(*given, log, "--since", "HEAD")
    assert ran.code == 1
    assert "[rewritten-report]" in ran.out
    assert "[rewritten-report]" in ran.out
    ran = noroshi(*given, history.site / "nowhere")
    assert (ran.code, ran.out) == (5, "")
    alone = history.top / "entries.jsonl"
    shutil.copyfile(log / "entries.jsonl", alone)
    ran = noroshi(*given, alone)
    assert (ran.code, ran.out) == (5, "")
    assert "its checkpoint" in ran.err  # lines alone could have been cut off
    shutil.copyfile(log / "checkpoint", history.top / "checkpoint")
    for cut in (b"", alone.read_bytes().split(b"\n")[0] + b"\n", 2 * alone.read_bytes()):
        alone.write_bytes(cut)
        assert noroshi(*given, alone).code == 5
    ran = noroshi(*given, log, place)
    assert ran.code == 2


def test_policy_cannot_be_put_before_what_was_published(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that begins before the day of a published report would change what that report promised."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    place = history.site / OUTAGE
    place.parent.mkdir(parents=True)
    place.write_text(outage(START), "utf-8")
    shutil.copyfile(ROOT / "mkdocs.yml", history.site / "mkdocs.yml")
    built = noroshi("build", "--site", history.site, "--out", history.site / "site", "--new-log", "--now", NOW)
    assert built.code == 0, built
    policy = history.site / "content/policy.yaml"
    before = policy.read_text("utf-8") if policy.exists() else ""
    given = ("check", "--site", history.site, "--now", NOW, "--log", history.site / "site/log")
    for day, rules in (("2026-06-17", 1), ("2026-06-18", 0), ("2026-06-19", 0)):
        policy.write_text(f"{before}- from: {day}\n  major: {{first: 900m}}\n", "utf-8")
        assert noroshi(*given).out.count("[policy-backdated]") == rules, day


def test_now_is_asked_of_the_caller(history: History) -> None:
    """The same comparison on another day is the same but for policy: nothing asks the machine's clock."""
    place = history.site / OUTAGE
    place.parent.mkdir(parents=True)
    place.write_text(outage(START), "utf-8")
    history.commit()
    place.write_text(outage(START.replace("停止", "停電")), "utf-8")
    assert history.compare("HEAD", "2000-01-01T00:00Z") == history.compare("HEAD", "2100-01-01T00:00Z")
    assert git(history.top, "status", "--short") == f"M {OUTAGE}"
