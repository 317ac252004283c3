"""``noroshi receive``: a submitted form becomes the file and the commit, once, or words for who filled it in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_line import Ran, noroshi
from form_payloads import ANSWERS, event, filled
from noroshi.yamlsource import read_document
from published_site import read_site

NOW = "2026-11-22T22:05+09:00"
INCIDENT: ANSWERS = {"title": "サイトを開けません", "text": "調査しています。", "level-major-outage": ["www"]}
FILE = "content/incidents/2026/2026-11-22-www.yaml"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A new site."""
    assert noroshi("init", tmp_path / "new", "--now", "2026-11-22T12:00+09:00").code == 0
    return tmp_path / "new"


def receive(root: Path, payload: bytes, *options: str, now: str = NOW) -> tuple[Ran, str]:
    """What the command does with an event, and its answer."""
    place, answer = root.parent / "event.json", root.parent / "answer.md"
    place.write_bytes(payload)
    answer.unlink(missing_ok=True)
    ran = noroshi("receive", place, "--site", root, "--now", now, "--answer", answer, *options)
    return ran, answer.read_text("utf-8") if answer.is_file() else ""


def sent(root: Path, form: str, answers: ANSWERS, at: str = "2026-11-22T13:01:30Z") -> bytes:
    """The event of a form that was filled in."""
    return event(filled(root, form, answers), f"noroshi:{form}", at=at)


def content(root: Path) -> dict[str, bytes]:
    return read_site(root / "content")


def test_a_form_becomes_an_incident(new: Path) -> None:
    """Answers stand under the format's keys, with times written out; it was said when the form was sent."""
    answers: ANSWERS = {
        **INCIDENT,
        "severity": "major",
        "level-degraded-performance": ["mail"],
        "recovery": "23:30",
        "next-report": "+30m",
        "started-at": "21:40",
        "detected-by": "monitoring",
        "detected-at": "21:45",
        "by": "infra",
        "name": "web-down",
    }
    ran, answer = receive(new, sent(new, "incident", answers))
    assert ran.code == 0, ran.err
    path = "content/incidents/2026/2026-11-22-web-down.yaml"
    assert ran.out == f"{path}\n"
    assert (new / path).read_text("utf-8").partition("\n")[2] == (
        "title: サイトを開けません\nseverity: major\ncomponents:\n  www: major_outage\n  mail: degraded_performance\n"
        "started_at: 2026-11-22T21:40+09:00\ndetected:\n  at: 2026-11-22T21:45+09:00\n  by: monitoring\n"
        "reports:\n  - kind: start\n    at: 2026-11-22T22:01+09:00\n    by: infra\n    text: 調査しています。\n"
        "    recovery: 2026-11-22T23:30+09:00\n    next_report: 2026-11-22T22:31+09:00\n"
    )
    assert "`2026-11-22-web-down` の第 1 報を書き込みました" in answer
    assert "22:31" in answer
    assert "https://status.example.com/incidents/2026-11-22-web-down/" in answer
    assert noroshi("check", "--site", new, "--now", NOW).code == 0


def test_a_form_becomes_a_report_and_a_completion(new: Path) -> None:
    """Added at the end, every byte before it as it was; without a name it belongs to the one that is open."""
    receive(new, sent(new, "incident", INCIDENT))
    first = (new / FILE).read_bytes()
    answers: ANSWERS = {
        "kind": "interim",
        "text": "復旧しました。",
        "recovered-at": "22:20",
        "level-operational": ["www"],
    }
    ran, _ = receive(new, sent(new, "report", answers, "2026-11-22T13:24:00Z"), now="2026-11-22T22:25+09:00")
    assert ran.code == 0, ran.err
    second = (new / FILE).read_bytes()
    assert second.startswith(first)
    assert b"recovered_at: 2026-11-22T22:20+09:00" in second
    answers = {
        "record": "https://status.example.com/incidents/2026-11-22-www/",
        "text": "対応を完了しました。",
        "confirmed-by": "監視の正常化",
        "lasting-effects": "なし",
        "cause-status": "confirmed",
        "cause-text": "ディスクが溢れた",
        "undetected-because": "警告が無効だった",
        "actions": "- 容量の確認を入れる | infra | 2026-12-04\n警告を戻す｜pm｜+7d｜interim",
    }
    ran, _ = receive(new, sent(new, "complete", answers, "2026-11-23T00:30:00Z"), now="2026-11-23T09:31+09:00")
    assert ran.code == 0, ran.err
    third = (new / FILE).read_text("utf-8")
    assert third.encode().startswith(second)
    assert re.findall(r"(?:id|type|owner|due): \"?([^\"\n]+)", third) == [
        *("action-1", "permanent", "infra", "2026-12-04"),
        *("action-2", "interim", "pm", "2026-11-30"),
    ]
    assert noroshi("check", "--site", new, "--now", "2026-11-23T09:31+09:00").code == 0


CLOSED: ANSWERS = {
    "text": "対応を完了しました。",
    "ended-at": "22:20",
    "confirmed-by": "監視の正常化",
    "cause-answer-by": "2026-12-01",
    "actions": "容量の確認を入れる | infra | 2026-12-04 | 確認 2027-01-29\n警告を戻す | pm | 2026-11-30 | Interim",
}


@pytest.fixture
def closed(new: Path) -> Path:
    """A new site with an incident that is over: its cause is pending, and it owes two actions."""
    for form, answers, at in (("incident", INCIDENT, "13:01:30"), ("complete", CLOSED, "13:30:00")):
        answers = {**answers, **({"record": "2026-11-22-www"} if form == "complete" else {})}
        ran, _ = receive(new, sent(new, form, answers, f"2026-11-22T{at}Z"), now="2026-11-22T22:31+09:00")
        assert ran.code == 0, ran.err
    return new


LATER = "2026-12-01T10:00+09:00"


def added(root: Path, form: str, answers: ANSWERS, at: str = "2026-12-01T00:59:00Z", now: str = LATER) -> str:
    """What a form adds to the one record."""
    before = (root / FILE).read_text("utf-8")
    ran, answer = receive(root, sent(root, form, answers, at), now=now)
    assert ran.code == 0, answer
    after = (root / FILE).read_text("utf-8")
    assert after.startswith(before)
    assert noroshi("check", "--site", root, "--now", now).code == 0
    return after.removeprefix(before)


def refused(root: Path, form: str, answers: ANSWERS, at: str = "2026-12-01T00:59:00Z") -> str:
    """Why a form is not taken; nothing is written."""
    before = content(root)
    ran, answer = receive(root, sent(root, form, answers, at), now=LATER)
    assert ran.code == 1, ran.err
    assert content(root) == before
    return answer


def test_a_cause_needs_no_word_on_how_sure_it_is(closed: Path) -> None:
    """A cause that is told is confirmed, and one of which only the day is told is pending, as the command has it."""
    text = (closed / FILE).read_text("utf-8")
    assert "    cause:\n      status: pending\n      answer_by: 2026-12-01\n" in text
    assert "check_effect_by: 2027-01-29" in text
    told = added(
        closed, "report", {"record": "2026-11-22-www", "kind": "follow_up", "text": "判明。", "cause-text": "誤り"}
    )
    assert told.endswith("    cause:\n      status: confirmed\n      text: 誤り\n")
    both: ANSWERS = {"record": "2026-11-22-www", "kind": "follow_up", "text": "x", "cause-text": "a"}
    assert "say how sure it is" in refused(closed, "report", {**both, "cause-answer-by": "2026-12-09"})


def test_a_follow_up_tells_the_cause_and_new_actions(closed: Path) -> None:
    """What completion left open is closed without git, and the cause is owed no longer; ids of actions go on."""
    answers: ANSWERS = {
        "record": "2026-11-22-www",
        "kind": "follow_up",
        "text": "原因が分かりました。",
        "cause-status": "suspected",
        "cause-text": "ログの消し忘れ",
        "undetected-because": "警告がなかった",
        "actions": "ログを回す | infra | 2026-12-20",
    }
    assert "Cause" in owed(closed, "2026-12-01T10:00+09:00")
    assert added(closed, "report", answers) == (
        "  - kind: follow_up\n    at: 2026-12-01T09:59+09:00\n    text: 原因が分かりました。\n"
        "    cause:\n      status: suspected\n      text: ログの消し忘れ\n    undetected_because: 警告がなかった\n"
        "    actions:\n      - id: action-3\n        what: ログを回す\n        type: permanent\n        owner: infra\n"
        "        due: 2026-12-20\n"
    )
    assert "Cause" not in owed(closed, "2026-12-01T10:00+09:00")
    assert git_subject(closed, answers) == "2026-11-22-www: follow-up report 4"


def owed(root: Path, at: str) -> str:
    """What the site owes, in words."""
    return noroshi("due", "--site", root, "--at", at).out


def git_subject(root: Path, answers: ANSWERS) -> str:
    """The first line of the commit of one more report."""
    git(root, "init", "-q", "-b", "main")
    for name in ("name", "email"):
        git(root, "config", f"user.{name}", "x@example.com")
    payload = sent(root, "report", {**answers, "text": "y", "actions": ""}, "2026-12-01T01:59:00Z")
    assert receive(root, payload, "--commit", now="2026-12-01T11:00+09:00")[0].code == 0
    return git(root, "log", "-1", "--format=%s").strip()


def test_a_correction_carries_what_it_sets_right(closed: Path) -> None:
    """The beginning, the end, its confirmation, what remains and the cause are set right by a form."""
    answers: ANSWERS = {
        "record": "2026-11-22-www",
        "kind": "correction",
        "corrects": "2",
        "text": "訂正します。",
        "started-at": "2026-11-22 21:30",
        "ended-at": "2026-11-22 22:25",
        "confirmed-by": "外からの確認",
        "lasting-effects": "なし",
        "cause-text": "ログの消し忘れ",
    }
    assert added(closed, "report", answers) == (
        "  - kind: correction\n    at: 2026-12-01T09:59+09:00\n    corrects:\n      - 2\n"
        "    started_at: 2026-11-22T21:30+09:00\n    ended_at: 2026-11-22T22:25+09:00\n    text: 訂正します。\n"
        "    confirmed_by: 外からの確認\n    lasting_effects: なし\n    cause:\n      status: confirmed\n"
        "      text: ログの消し忘れ\n"
    )


def test_a_notice_moves_planned_work_and_calls_it_off(new: Path) -> None:
    """Both by the same form, each with its words; half of a time is none."""
    work: ANSWERS = {
        "title": "Database",
        "text": "x",
        "window-from": "11月26日 21:00",
        "window-until": "30m",
        "name": "db",
        "level-under-maintenance": ["www"],
    }
    assert receive(new, sent(new, "maintenance", work))[0].code == 0
    record = next((new / "content/maintenance/2026").iterdir())
    notice: ANSWERS = {"record": record.stem, "kind": "notice", "text": "移します。"}
    moved = {**notice, "window-from": "11月27日 21:00", "window-until": "1h"}
    for number, answers in enumerate((moved, {**notice, "text": "中止します。", "cancelled": "cancelled"})):
        ran, answer = receive(
            new, sent(new, "report", answers, f"2026-11-22T13:1{number}:00Z"), now="2026-11-22T23:00+09:00"
        )
        assert ran.code == 0, answer
    text = record.read_text("utf-8")
    assert "    window:\n      from: 2026-11-27T21:00+09:00\n      until: 2026-11-27T22:00+09:00\n" in text
    assert "    cancelled: true\n    text: 中止します。\n" in text
    shown = noroshi("show", record.stem, "--site", new, "--now", "2026-11-22T23:00+09:00")
    assert "中止" in shown.out
    for half in ({"window-from": "11月27日 21:00"}, {"window-until": "1h"}):
        assert "go together" in refused(new, "report", {**notice, **half})
    assert "report-field" in refused(new, "report", {**notice, "kind": "follow_up", "cancelled": "cancelled"})


ACTION: ANSWERS = {"record": "2026-11-22-www", "action-id": "action-1", "text": "済みました。"}


def test_an_action_goes_its_way_by_forms(closed: Path) -> None:
    """Moved, done with its evidence, its effect checked; another one given up. In the end nothing is owed of them."""
    assert {"action-1", "action-2"} <= set(re.findall("action-[0-9]", owed(closed, LATER)))
    steps: list[tuple[ANSWERS, str, str]] = [
        ({"action-due": "2026-12-11"}, "due: 2026-12-11", "2026-12-02"),
        (
            {"action-done": "yesterday", "action-evidence": "手順書 4 版"},
            "done: 2026-12-02\n        evidence: 手順書 4 版",
            "2026-12-03",
        ),
        ({"action-effect-checked": "今日"}, "effect_checked: 2027-01-29", "2027-01-29"),
    ]
    for answers, told, day in steps:
        written = added(closed, "action", {**ACTION, **answers}, f"{day}T00:59:00Z", f"{day}T10:00+09:00")
        assert written == (
            f"  - kind: follow_up\n    at: {day}T09:59+09:00\n    text: 済みました。\n"
            f"    actions:\n      action-1:\n        {told}\n"
        )
    # One is left, so neither the record nor the action need be named.
    answers = {"text": "要らなくなりました。", "action-dropped": "サーバーを廃止するため"}
    written = added(closed, "action", answers, "2027-01-30T00:59:00Z", "2027-01-30T10:00+09:00")
    assert "      action-2:\n        dropped: サーバーを廃止するため\n" in written
    assert "action-" not in owed(closed, "2027-01-30T10:00+09:00")


ADDRESSES = {
    "its id": "action-2",
    "its number": "２",
    "its address": "https://status.example.com/incidents/2026-11-22-www/#action-action-2",
    "its address in the list of all": "https://status.example.com/actions/#2026-11-22-www.action-2",
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_an_action_is_named_as_pages_name_it(closed: Path, case: str) -> None:
    """An address names the record as well; a number alone does where one record owes an action."""
    record = {} if case.endswith(("address", "all")) else {"record": "2026-11-22-www"}
    written = added(closed, "action", {**record, "action-id": ADDRESSES[case], "text": "x", "action-done": "today"})
    assert "      action-2:\n        done: 2026-12-01\n" in written


@pytest.mark.parametrize("name", ["action-1", "1"])
def test_the_same_progress_again_adds_nothing(closed: Path, name: str) -> None:
    """A run that comes twice writes once; the same words of another action are not taken for the same."""
    answers: ANSWERS = {**ACTION, "action-id": name, "action-done": "today"}
    added(closed, "action", answers)
    before = content(closed)
    ran, answer = receive(closed, sent(closed, "action", answers, "2026-12-01T00:59:00Z"), now=LATER)
    assert (ran.code, "すでにあります" in answer) == (0, True)
    assert content(closed) == before
    assert "when this one was made" in refused(closed, "action", {**answers, "action-id": "action-2"})
    assert "action-2" in added(closed, "action", {**answers, "action-id": "action-2", "at": "9:58"} | {"at": "10:00"})


NOT_ACTIONS = {
    "nothing became of it": ({}, "say what became of it"),
    "evidence alone": ({"action-evidence": "x", "action-due": "2026-12-24"}, "say on which day, too"),
    "an action that is not there": ({"action-id": "actoin-1", "action-done": "today"}, "did you mean"),
    "a number that is not there": ({"action-id": "3", "action-done": "today"}, "action-1 (容量の確認を入れる)"),
    "a number of a thousand digits": ({"action-id": "9" * 1_000, "action-done": "today"}, "no corrective action"),
    "digits of another script": ({"action-id": "٢", "action-done": "today"}, "no corrective action"),
    "a path": ({"action-id": "../../../etc/passwd", "action-done": "today"}, "no corrective action"),
    "YAML": ({"action-id": "x: {due: 2027-01-01}, action-1", "action-done": "today"}, "no corrective action"),
    "an address of nothing": ({"action-id": "https://e.example/a#b", "action-done": "today"}, "address of no action"),
    "an address of another record": (
        {"action-id": "https://e.example/x/#action-action-1", "action-done": "today"},
        "which of them?",
    ),
    "a time of day": ({"action-done": "21:00"}, "write a day"),
    "no day": ({"action-done": "いつか"}, "action.done"),
    "a day to come": ({"action-done": "2026-12-24"}, "lies ahead"),
    "several lines of evidence": ({"action-done": "today", "action-evidence": "a\nb"}, "several lines"),
    "a heading": ({"action-dropped": "a\n### b"}, "is no question of this form"),
    "several are owed": ({"action-id": "", "action-done": "today"}, "several are owed"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_ACTIONS)
def test_what_is_no_progress_is_told(closed: Path, case: str) -> None:
    """The reason stands in the answer, and nothing is written."""
    answers, words = NOT_ACTIONS[case]
    assert words in refused(closed, "action", {**ACTION, **answers})


@pytest.mark.parametrize("words", ["a: &b *c", "{{ x }} ${{ y }} $(touch pwned)", "```\n@everyone\n````", "'\"\\ #"])
def test_why_an_action_is_given_up_stays_words(closed: Path, words: str) -> None:
    """Whatever is typed comes out of the file as it went into the form."""
    added(closed, "action", {**ACTION, "action-dropped": words})
    document, _ = read_document(FILE, (closed / FILE).read_bytes())
    assert document is not None
    assert document.data["reports"][-1]["actions"] == {"action-1": {"dropped": words}}


def test_a_record_that_owes_nothing_any_more_is_not_meant(closed: Path) -> None:
    """Of two records with actions the one is meant that still owes some; while both do, it is named."""
    now = "2026-11-22T23:10+09:00"
    other = "2026-11-22-mail"
    receive(closed, sent(closed, "incident", {**INCIDENT, "name": "mail"}, "2026-11-22T14:00:00Z"), now=now)
    answers: ANSWERS = {
        **CLOSED,
        "record": other,
        "ended-at": "23:01",
        "actions": "x | y | 2026-12-09",
    }
    assert receive(closed, sent(closed, "complete", answers, "2026-11-22T14:05:00Z"), now=now)[0].code == 0
    done: ANSWERS = {"text": "x", "action-done": "today"}
    assert f"several records owe a corrective action, so name one: {other}, 2026-11-22-www" in refused(
        closed, "action", done
    )
    ran, _ = receive(closed, sent(closed, "action", {**done, "record": other}, "2026-12-01T00:30:00Z"), now=LATER)
    assert ran.code == 0
    assert "several are owed" in refused(closed, "action", done)


def test_where_no_action_is_owed_the_record_is_named(new: Path) -> None:
    """Without any action there is nothing to tell of."""
    assert "no record owes" in refused(new, "action", {"text": "x", "action-done": "today"})
    receive(new, sent(new, "incident", INCIDENT))
    answers: ANSWERS = {"record": "2026-11-22-www", "text": "x", "action-done": "today"}
    assert "has announced no corrective action" in refused(new, "action", answers)


def test_a_form_announces_planned_work(new: Path) -> None:
    """A length may stand for the end, and the first report is the notice."""
    answers: ANSWERS = {
        "title": "DB の更新",
        "text": "更新します。",
        "window-from": "11月26日 21:00",
        "window-until": "30m",
        "level-under-maintenance": ["www"],
        "name": "db-upgrade",
    }
    ran, _ = receive(new, sent(new, "maintenance", answers))
    assert ran.code == 0, ran.err
    text = (new / "content/maintenance/2026/2026-11-22-db-upgrade.yaml").read_text("utf-8")
    assert "  from: 2026-11-26T21:00+09:00\n  until: 2026-11-26T21:30+09:00\n" in text
    assert "kind: notice" in text


@pytest.mark.parametrize("form", ["incident", "report", "complete"])
def test_the_same_event_again_adds_nothing(new: Path, form: str) -> None:
    """A workflow that runs twice writes once, though the second time nothing is open any more; the answer says so."""
    at = {"incident": "2026-11-22T13:01:30Z"}.get(form, "2026-11-22T13:04:30Z")
    answers = {
        "incident": INCIDENT,
        "report": {"kind": "interim", "text": "調査を続けています。"},
        "complete": {"text": "終わりました。", "ended-at": "22:03"},
    }[form]
    if form != "incident":
        receive(new, sent(new, "incident", INCIDENT))
    payload = sent(new, form, answers, at)
    ran, _ = receive(new, payload)
    assert ran.code == 0, ran.err
    before = content(new)
    ran, answer = receive(new, payload)
    assert (ran.code, ran.out) == (0, "")
    assert "すでにあります" in answer
    assert content(new) == before


def test_an_edit_after_it_was_written_changes_nothing(new: Path) -> None:
    """What is published is not rewritten by a form: the same kind and time with other words are refused."""
    receive(new, sent(new, "incident", INCIDENT))
    at = "2026-11-22T13:04:30Z"
    answers: ANSWERS = {"record": "2026-11-22-www", "kind": "interim", "text": "A"}
    assert receive(new, sent(new, "report", answers, at))[0].code == 0
    before = content(new)
    ran, answer = receive(new, sent(new, "report", {**answers, "text": "B"}, at))
    assert ran.code == 1
    assert "correction" in answer
    assert content(new) == before


@pytest.mark.parametrize("association", ["NONE", "CONTRIBUTOR", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN", "owner", ""])
def test_a_stranger_writes_nothing(new: Path, association: str) -> None:
    """Whoever is no owner, member or collaborator is told so, and the site stays as it is."""
    before = content(new)
    payload = event(filled(new, "incident", INCIDENT), "noroshi:incident", association=association)
    ran, answer = receive(new, payload)
    assert ran.code == 1
    assert "only owners, members and collaborators" in answer
    assert content(new) == before


def test_another_issue_is_left_alone(new: Path) -> None:
    """An issue without a form's label is nobody's report: no answer, no failure."""
    before = content(new)
    ran, answer = receive(new, event("### 件名を短く / The title, in a few words\n\nx", "bug"))
    assert (ran.code, answer) == (0, "")
    assert content(new) == before


REFUSED = {
    "an id above the folder": ({"record": "../../../etc/passwd", "kind": "interim", "text": "x"}, "the id"),
    "an id that is not there": ({"record": "2026-11-22-wwv", "kind": "interim", "text": "x"}, "did you mean"),
    "no time": ({"record": "2026-11-22-www", "kind": "interim", "text": "x", "next-report": "soon"}, "next_report"),
    "recovery both known and unknown": (
        {"kind": "interim", "text": "x", "recovery": "23:30", "recovery-unknown": "?", "recovery-answer-by": "23:00"},
        "one of them only",
    ),
    "a component twice": (
        {"kind": "interim", "text": "x", "level-operational": ["www"], "level-major-outage": ["www"]},
        "chosen twice",
    ),
    "a key of another kind of record": ({"kind": "interim", "text": "x", "expected": "23:30"}, "expected"),
    "a report that corrects nothing": ({"kind": "correction", "text": "x", "corrects": "9"}, "report 9"),
    "a time before the last report": ({"kind": "interim", "text": "x", "at": "21:00"}, "report-order"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_breaks_a_rule_is_told(new: Path, case: str) -> None:
    """The reason stands in the answer, and nothing is written."""
    answers, words = REFUSED[case]
    receive(new, sent(new, "incident", INCIDENT))
    before = content(new)
    ran, answer = receive(new, sent(new, "report", answers, "2026-11-22T13:04:30Z"))
    assert (ran.code, words in answer) == (1, True), answer
    assert "まだ何も書き込んでいません" in answer
    assert content(new) == before


@pytest.mark.parametrize("name", ["../../x", "con", "-x", "a/b", "ｘ" * 200, "a b"])
def test_a_name_that_no_file_may_have_is_refused(new: Path, name: str) -> None:
    """A new record lies in its folder and nowhere else."""
    before = read_site(new.parent)
    ran, _ = receive(new, sent(new, "incident", {**INCIDENT, "name": name}))
    assert (ran.code, content(new)) == (1, {k[12:]: v for k, v in before.items() if k.startswith("new/content/")})


def test_several_open_matters_want_a_name(new: Path) -> None:
    """Which one is meant is not guessed: both are named in the answer."""
    receive(new, sent(new, "incident", {**INCIDENT, "name": "one"}))
    receive(new, sent(new, "incident", {**INCIDENT, "title": "B", "text": "b", "name": "two"}))
    ran, answer = receive(new, sent(new, "report", {"kind": "interim", "text": "x"}, "2026-11-22T13:04:30Z"))
    assert ran.code == 1
    assert "2026-11-22-one, 2026-11-22-two" in answer


HOSTILE = [
    "${{ github.token }}",
    "$(touch pwned)`touch pwned`",
    "{{ config }}{% raw %}",
    "- x\nreports:\n  - kind: completion",
    "</textarea><script>alert(1)</script>",
    "!!python/object:os.system &a *a",
    "```\n@everyone\n````\n</details>",
    "'\"\\ \u202e #",
    "<!-- -->",
    "a: b: c",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(new: Path, words: str) -> None:
    """YAML, shell, template and HTML in a text come out of the file as they went into the form."""
    ran, answer = receive(new, sent(new, "incident", {**INCIDENT, "text": words}))
    assert ran.code == 0, ran.err
    document, problems = read_document(FILE, (new / FILE).read_bytes())
    assert document is not None
    assert (problems, document.data["reports"]) == (
        [],
        [{"kind": "start", "at": "2026-11-22T22:01+09:00", "text": words}],
    )
    assert words not in answer


@pytest.mark.parametrize("words", ["@octocat ``` @octocat", "`" * 9, "\n# x", "![x](http://x)"])
def test_an_answer_holds_no_markup_of_others(new: Path, words: str) -> None:
    """What is quoted of a form stands in a fence longer than any within."""
    ran, answer = receive(new, sent(new, "incident", {**INCIDENT, "started-at": words.strip("\n"), "title": words}))
    assert ran.code == 1
    fence = re.search(r"^(`{3,})text$", answer, re.MULTILINE)
    assert fence is not None
    inside = answer.split(fence[0], 1)[1].rstrip().removesuffix(fence[1])
    assert fence[1] not in inside
    assert "octocat" not in answer.split(fence[0])[0]


EVENTS = {
    "no json": b"{",
    "no utf-8": b"\xff\xfe",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "a long number": b'{"issue": ' + b"9" * 5_000 + b"}",
    "no issue": b'{"action": "opened"}',
    "labels that are none": event("x").replace(b'"labels": []', b'"labels": [1]'),
    "a body that is none": event("x").replace(b'"body": "x"', b'"body": 5'),
    "no time": event("x", at="yesterday"),
    "a time before all": event("x", at="0001-01-01T00:00:00Z"),
}


@pytest.mark.parametrize("case", EVENTS)
def test_what_is_no_event_is_told(new: Path, case: str) -> None:
    """The workflow's own faults end in words too, never in a traceback."""
    ran, answer = receive(new, EVENTS[case])
    assert ran.code == 3
    assert "error:" in ran.err
    assert answer


def test_a_form_without_a_text_is_refused(new: Path) -> None:
    """GitHub says null where an issue has no text."""
    payload = event("x", "noroshi:incident").replace(b'"body": "x"', b'"body": null')
    assert receive(new, payload)[0].code == 1


LINES = st.sampled_from(
    [
        "",
        "x",
        "_No response_",
        "### x",
        "### 件名を短く / The title, in a few words",
        "a: &b *c",
        "---",
        "\t- d",
        "\u3000",
        "#",
        "| e",
    ]
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(LINES, max_size=6).map("\n".join),
    title=st.text(max_size=12),
    at=st.text("0123456789:+-mhT明日 ", max_size=8),
)
def test_any_form_is_written_whole_or_refused(new: Path, text: str, title: str, at: str) -> None:
    """Whatever is typed: a file that passes the check, or nothing and words."""
    before = content(new)
    ran, answer = receive(new, sent(new, "incident", {"title": title, "text": text, "started-at": at, "name": "x"}))
    path = new / "content/incidents/2026/2026-11-22-x.yaml"
    if ran.code == 0:
        assert noroshi("check", path, "--site", new, "--now", NOW).code == 0
        path.unlink()
        path.parent.rmdir()
    else:
        assert (ran.code, bool(answer)) == (1, True)
    assert content(new) == before


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_commit_holds_one_file(new: Path) -> None:
    """With --commit the record alone is committed, in the project's form; a form that is refused commits nothing."""
    git(new, "init", "-q")
    git(new, "config", "user.name", "x")
    git(new, "config", "user.email", "x@example.com")
    git(new, "add", ".")
    git(new, "commit", "-qm", "site")
    (new / "README.md").write_text("mine")
    ran, _ = receive(new, sent(new, "incident", INCIDENT), "--commit")
    assert ran.code == 0, ran.err
    assert git(new, "log", "-1", "--format=%B") == "2026-11-22-www: opened\n\nサイトを開けません\n\n"
    assert git(new, "show", "--name-only", "--format=", "HEAD") == f"{FILE}\n"
    receive(new, sent(new, "report", {"kind": "interim", "text": "x"}, "2026-11-22T13:04:30Z"), "--commit")
    assert git(new, "log", "-1", "--format=%s") == "2026-11-22-www: interim report 2\n"
    assert receive(new, sent(new, "report", {"kind": "interim"}), "--commit")[0].code == 1
    assert git(new, "rev-list", "--count", "HEAD") == "3\n"


def test_a_dry_run_writes_nothing(new: Path) -> None:
    """It shows what would stand in the file."""
    before = content(new)
    ran, answer = receive(new, sent(new, "incident", INCIDENT), "--dry-run")
    assert (ran.code, answer) == (0, "")
    assert "+title: サイトを開けません" in ran.out
    assert content(new) == before
