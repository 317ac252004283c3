"""The log only grows, and whatever was published and does not stand any more is told, each thing as what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from noroshi.decode import decode
from noroshi.log.appending import Appended, Fault, FaultKind, append
from noroshi.log.canonical import digest_of
from noroshi.log.line import Change, LogLine, line_bytes
from noroshi.log.statement import Said, policy_said, said_in
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.settings import read_settings
from noroshi.records.content import RECORD_TYPES, Entry, MatterKind
from noroshi.records.settings import Policy
from noroshi.yamlsource import read_document
from page_bodies import STORY

SETTINGS = read_settings(SiteFolder(root=STORY)).settings
ZONE = SETTINGS.site.zone
START = datetime(2026, 6, 18, 12, 0, tzinfo=UTC)


def said_by(text: str, record_id: str = "down", kind: MatterKind = MatterKind.INCIDENT) -> list[Said]:
    """What a record's file says."""
    document, problems = read_document("x.yaml", text.encode())
    assert document is not None, problems
    record, problems = decode(document, RECORD_TYPES[kind], ZONE)
    assert record is not None, problems
    return said_in(Entry(id=record_id, kind=kind, path="x.yaml", record=record), "ja")


def continued(log: list[LogLine], said: Iterable[Said]) -> Appended:
    """The log with what is said now."""
    found = {each.statement.name: each for each in said}

    def recompute(statement, texts):
        return digest_of(found[statement.name].logged, texts)

    return append(log, [each.statement for each in found.values()], recompute)


def logged(said: Iterable[Said]) -> list[LogLine]:
    """A log begun with what is said."""
    appended = continued([], said)
    assert appended.faults == ()
    return list(appended.lines)


def kinds(faults: Iterable[Fault]) -> list[tuple[int, str]]:
    """Each fault as the number that it is about and its kind."""
    return [(fault.line.number, fault.kind.value) for fault in faults]


STORY_TEXT = """\
title: {ja: 検証サーバーの停止}
severity: major
components: {staging-web: major_outage}
started_at: 2026-06-18T21:40+09:00
not_affected: 本番環境には影響ありません。
reports:
  - kind: start
    at: 2026-06-18T21:52+09:00
    text: DB 更新作業中に停止しました。
  - kind: interim
    at: 2026-06-18T22:20+09:00
    text: 復元を始めました。
    workaround: なし
  - kind: interim
    at: 2026-06-18T23:24+09:00
    recovered_at: 2026-06-18T23:20+09:00
    text: 復旧しました。
"""
LOG = logged(said_by(STORY_TEXT))


def after(old: str, new: str, text: str = STORY_TEXT) -> Appended:
    """What a build says of the story with a piece of it replaced."""
    assert old in text
    return continued(LOG, said_by(text.replace(old, new, 1)))


# what may be


def test_a_log_begins_with_all_that_stands():
    """The opening facts and each report in the order in which they were said; facts before the report of their time."""
    assert [line.number for line in LOG] == [0, 1, 2, 3]
    assert [line.kind for line in LOG] == ["opening", "start", "interim", "interim"]
    assert {line.change for line in LOG} == {Change.PUBLISHED}
    assert dict(LOG[0].title) == {"ja": "検証サーバーの停止"}
    assert all(not line.title for line in LOG[1:])


IN_OTHER_ORDER = "    text: {ja: 復元を始めました。}\n    at: 2026-06-18T22:20+09:00"
IN_BLOCKS = "components:\n  staging-web: major_outage\nseverity: major"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("復元を始めました。", "復元を\n      始めました。 "),
        ("復元を始めました。", '"復元を始めました。"   # と書いた'),
        ("2026-06-18T22:20+09:00", "2026-06-18T13:20Z"),
        ("2026-06-18T22:20+09:00", "2026-06-18T22:20:00+09:00"),
        ("severity: major\ncomponents: {staging-web: major_outage}", IN_BLOCKS),
        ("    at: 2026-06-18T22:20+09:00\n    text: 復元を始めました。", IN_OTHER_ORDER),
    ],
)
def test_how_it_is_written_does_not_count(old, new):
    """Line ends, white space, quotes, comments, offsets and the order of keys: nothing new, and no fault."""
    assert after(old, new) == Appended(lines=(), faults=())


def test_line_ends_do_not_count():
    """A file saved by another system's editor says the same."""
    assert continued(LOG, said_by(STORY_TEXT.replace("\n", "\r\n"))) == Appended(lines=(), faults=())


def test_a_late_report_is_appended_at_the_end():
    """What comes late keeps its time and enters the log behind what was there, in order among what came with it."""
    late = "  - {{kind: interim, at: 2026-06-18T{}+09:00, text: 書き忘れ}}\n"
    more = late.format("22:00") + late.format("21:58")
    appended = continued(LOG, said_by(STORY_TEXT + more))
    assert appended.faults == ()
    assert [line.number for line in appended.lines] == [5, 4]


def test_a_translation_is_a_line_of_its_own():
    """A text in another language changes nothing that was logged, and is logged itself."""
    appended = after("text: 復旧しました。", "text: {ja: 復旧しました。, en: It is back.}")
    assert appended.faults == ()
    assert [(line.number, line.change, line.texts) for line in appended.lines] == [
        (3, "translated", ("text[en]", "text[ja]"))
    ]
    again = continued(
        [*LOG, *appended.lines],
        said_by(STORY_TEXT.replace("text: 復旧しました。", "text: {ja: 復旧しました。, en: Back.}")),
    )
    assert kinds(again.faults) == [(3, "changed")]


def test_a_translation_that_changes_the_words_is_a_fault():
    """The words that were there must be there still."""
    assert kinds(after("text: 復旧しました。", "text: {ja: 復旧です。, en: It is back.}").faults) == [(3, "changed")]


def test_a_text_in_an_empty_place_is_a_fault():
    """A report that said nothing of lasting effects does not come to say something of them, marked or not."""
    assert kinds(after("text: 復旧しました。", "text: 復旧しました。\n    workaround: 使えます").faults) == [
        (3, "changed")
    ]


def test_another_title_is_a_line_of_its_own():
    """The former wording stays in the log."""
    appended = after("検証サーバーの停止", "検証サーバーの全停止")
    assert [(line.number, line.change, dict(line.title)) for line in appended.lines] == [
        (0, "titled", {"ja": "検証サーバーの全停止"})
    ]
    assert continued([*LOG, *appended.lines], said_by(STORY_TEXT.replace("の停止", "の全停止"))).lines == ()


def test_a_title_and_a_translation_of_opening_facts_are_two_lines():
    """Each line says one thing: what was translated has the title of before."""
    text = STORY_TEXT.replace("{ja: 検証サーバーの停止}", "{ja: 検証サーバーの停止, en: Down}").replace(
        "本番環境には影響ありません。", "{ja: 本番環境には影響ありません。, en: Production is fine.}"
    )
    assert [(line.change, len(line.title)) for line in continued(LOG, said_by(text)).lines] == [
        ("translated", 1), ("titled", 2),
    ]  # fmt: skip


EDITED = "復元をはじめました。\n    edited: {at: 2026-06-19T09:00+09:00, note: 誤字}"


def test_a_mended_slip_is_a_line_of_its_own():
    """Words may change under a mark that says so, and again only under a newer one."""
    text = STORY_TEXT.replace("復元を始めました。", EDITED)
    appended = continued(LOG, said_by(text))
    assert appended.faults == ()
    (line,) = appended.lines
    assert (line.number, line.change, line.mark) == (2, "edited", "edited")
    log = [*LOG, line]
    assert continued(log, said_by(text)) == Appended(lines=(), faults=())
    again = text.replace("復元をはじめました。", "復元をはじめた。")
    assert kinds(continued(log, said_by(again)).faults) == [(2, "changed")]
    newer = again.replace("2026-06-19T09:00", "2026-06-19T10:00")
    assert [line.change for line in continued(log, said_by(newer)).lines] == ["edited"]
    assert kinds(continued(log, said_by(again.replace("2026-06-19T09:00", "2026-06-19T08:00"))).faults) == [
        (2, "changed")
    ]
    assert kinds(continued(log, said_by(STORY_TEXT)).faults) == [(2, "changed")]


def test_a_mark_covers_words_alone():
    """A time, a component or a promise does not change under the mark of a slip."""
    appended = after(
        "    recovered_at: 2026-06-18T23:20+09:00\n",
        "    recovered_at: 2026-06-18T23:00+09:00\n    edited: {at: 2026-06-19T09:00+09:00, note: 時刻}\n",
    )
    assert [(fault.line.number, fault.kind, fault.beyond_words) for fault in appended.faults] == [
        (3, FaultKind.CHANGED, True)
    ]


WITHDRAWN = STORY_TEXT.replace(
    "    text: 復元を始めました。\n    workaround: なし\n",
    "    withdrawn: {at: 2026-06-19T09:00+09:00, reason: 秘密を含んでいた}\n",
)


def test_a_withdrawn_report_is_a_line_of_its_own_and_stays_withdrawn():
    """Number, time and kind stay; the words are gone from everywhere, and do not come back."""
    appended = continued(LOG, said_by(WITHDRAWN))
    assert appended.faults == ()
    (line,) = appended.lines
    assert (line.number, line.change, line.kind) == (2, "withdrawn", "interim")
    log = [*LOG, line]
    assert continued(log, said_by(WITHDRAWN)) == Appended(lines=(), faults=())
    assert kinds(continued(log, said_by(STORY_TEXT)).faults) == [(2, "restored")]
    assert kinds(continued(log, said_by(WITHDRAWN.replace("秘密を", "秘を"))).faults) == [(2, "changed")]
    assert not any("復元".encode() in line_bytes(each) for each in log)


def test_a_withdrawn_report_keeps_its_time_and_kind():
    """A withdrawal is no cover for another time."""
    assert kinds(continued(LOG, said_by(WITHDRAWN.replace("T22:20", "T22:21"))).faults) == [(2, "redated")]
    assert kinds(
        continued(
            LOG, said_by(WITHDRAWN.replace("interim\n    at: 2026-06-18T22:20", "notice\n    at: 2026-06-18T22:20"))
        ).faults
    ) == [(2, "changed")]


# what may not


@pytest.mark.parametrize(
    ("old", "new", "number", "kind"),
    [
        ("復元を始めました。", "復元を終えました。", 2, "changed"),
        ("workaround: なし", "workaround: あり", 2, "changed"),
        ("kind: start", "kind: interim", 1, "changed"),
        ("2026-06-18T22:20+09:00", "2026-06-18T22:21+09:00", 2, "redated"),
        ("23:20+09:00", "23:10+09:00", 3, "changed"),
        ("severity: major", "severity: minor", 0, "changed"),
        ("started_at: 2026-06-18T21:40+09:00\n", "", 0, "changed"),
        ("本番環境には", "本番には", 0, "changed"),
    ],
)
def test_another_word_or_time_is_a_fault(old, new, number, kind):
    """One changed word, time or fact is one fault, at the report that said it."""
    appended = after(old, new)
    assert kinds(appended.faults) == [(number, kind)]


REPORTS = STORY_TEXT.index("  - kind")
PIECES = [f"  - kind{piece}" for piece in STORY_TEXT[REPORTS:].split("  - kind")[1:]]


def with_reports(*pieces: str) -> list[Said]:
    return said_by(STORY_TEXT[:REPORTS] + "".join(pieces))


def test_a_deleted_report_is_named():
    """At the end or before others: the one that is gone is deleted, those that moved up stand elsewhere."""
    one, two, three = PIECES
    assert kinds(continued(LOG, with_reports(one, two)).faults) == [(3, "deleted")]
    faults = continued(LOG, with_reports(one, three)).faults
    assert kinds(faults) == [(2, "deleted"), (3, "reordered")]
    assert faults[1].stands is not None
    assert faults[1].stands.number == 2


def test_an_inserted_report_moves_those_behind_it():
    """What comes late stands at the end of its file; put before others it is told with each that it moved."""
    one, two, three = PIECES
    late = "  - {kind: interim, at: 2026-06-18T22:00+09:00, text: 書き忘れ}\n"
    assert kinds(continued(LOG, with_reports(one, late, two, three)).faults) == [(2, "reordered"), (3, "reordered")]


def test_exchanged_reports_are_reordered():
    """Each of the two says so."""
    one, two, three = PIECES
    assert kinds(continued(LOG, with_reports(two, one, three)).faults) == [(1, "reordered"), (2, "reordered")]


def test_a_renamed_record_has_moved():
    """Every statement of it stands under another id, which the fault names; a record that is gone is deleted."""
    faults = continued(LOG, said_by(STORY_TEXT, "was-down")).faults
    assert kinds(faults) == [(0, "moved"), (1, "moved"), (2, "moved"), (3, "moved")]
    assert {fault.stands.id for fault in faults if fault.stands} == {"was-down"}
    assert kinds(continued(LOG, []).faults) == [(0, "deleted"), (1, "deleted"), (2, "deleted"), (3, "deleted")]


def test_opening_facts_follow_their_first_report():
    """Planned work is logged before anybody reports on it; its facts are not redated by the first report."""
    planned = "title: 更新\nwindow: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T21:30+09:00}\n"
    log = logged(said_by(planned, "work", MatterKind.MAINTENANCE))
    notice = "reports: [{kind: notice, at: 2026-06-11T11:00+09:00, text: 予告}]\n"
    appended = continued(log, said_by(planned + notice, "work", MatterKind.MAINTENANCE))
    assert [(line.number, line.change) for line in appended.lines] == [(1, "published")]
    assert appended.faults == ()
    moved = planned.replace("21:30", "22:30") + notice
    assert kinds(continued(log, said_by(moved, "work", MatterKind.MAINTENANCE)).faults) == [(0, "changed")]


def test_policy_whose_day_has_begun_is_kept():
    """An entry that holds stays; one to come may still change, and is logged when its day begins."""
    first = Policy.model_validate({"from": "2026-04-01", "major": {"first": "30m"}})
    later = first.model_copy(update={"from_": first.from_.replace(year=2027)})
    now = datetime(2026, 8, 1, tzinfo=UTC)
    assert first.critical != first.major
    log = logged(policy_said([first, later], ZONE, "ja", now))
    assert [(line.matter, line.id) for line in log] == [("policy", first.from_.isoformat())]
    looser = first.model_copy(update={"major": first.critical})
    assert [fault.kind for fault in continued(log, policy_said([looser], ZONE, "ja", now)).faults] == ["changed"]
    assert [fault.kind for fault in continued(log, policy_said([later], ZONE, "ja", now)).faults] == ["deleted"]
    begun = continued(log, policy_said([first, later], ZONE, "ja", datetime(2027, 8, 1, tzinfo=UTC)))
    assert ([line.change for line in begun.lines], begun.faults) == (["published"], ())


# at random


@dataclass(frozen=True)
class Report:
    """One report of a record that grows."""

    at: int
    words: str
    edits: int = 0
    withdrawn: bool = False
    english: str = ""

    def yaml(self) -> dict[str, object]:
        told: dict[str, object] = {"kind": "interim", "at": moment(self.at)}
        if self.withdrawn:
            return told | {"withdrawn": {"at": moment(9_000), "reason": "秘密"}}
        told["text"] = {"ja": self.words, "en": self.english} if self.english else self.words
        if self.edits:
            told["edited"] = {"at": moment(10_000 + self.edits), "note": "誤字"}
        return told


def moment(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).isoformat()


def said(records: dict[str, list[Report]]) -> list[Said]:
    return [
        each
        for name, reports in records.items()
        for each in said_by(
            yaml.safe_dump({"title": name, "severity": "minor", "reports": [report.yaml() for report in reports]},
                           allow_unicode=True), name)
    ]  # fmt: skip


names = st.sampled_from(["a", "b", "c"])
word = st.text("あいうえお abc", min_size=1, max_size=6).filter(str.strip)
honest = st.one_of(
    st.tuples(st.just("report"), names, st.integers(0, 500), word),
    st.tuples(st.just("edit"), names, st.integers(0, 9), word),
    st.tuples(st.just("withdraw"), names, st.integers(0, 9), word),
    st.tuples(st.just("translate"), names, st.integers(0, 9), word),
)


def step(records: dict[str, list[Report]], what: str, name: str, number: int, words: str, turn: int) -> None:
    """Do one thing that is right, where there is something to do it to."""
    reports = records.setdefault(name, [Report(at=len(records), words="はじまり")])
    if what == "report":
        # File order is time order, but a record that comes late may be older than all that was logged.
        reports.append(Report(at=reports[-1].at + number, words=words))
        return
    place = number % len(reports)
    old = reports[place]
    if old.withdrawn:
        return
    if what == "edit":
        reports[place] = replace(old, words=words, edits=turn + 1)
    elif what == "withdraw":
        reports[place] = replace(old, withdrawn=True, edits=0)
    elif not old.english:
        reports[place] = replace(old, english=words)


@settings(max_examples=60, deadline=None)
@given(st.lists(honest, max_size=12))
def test_what_is_done_rightly_makes_the_log_grow_and_nothing_else(steps):
    """Reports, late ones, mended slips, withdrawals, translations: the old bytes begin the new ones, without a fault.

    Where nothing is new, nothing is added.
    """
    records: dict[str, list[Report]] = {}
    log: list[LogLine] = []
    for turn, (what, name, number, words) in enumerate(steps):
        step(records, what, name, number, words, turn)
        before = [line_bytes(line) for line in log]
        appended = continued(log, said(records))
        assert appended.faults == ()
        assert list(appended.lines) == sorted(appended.lines, key=lambda line: line.order)
        log += appended.lines
        assert [line_bytes(line) for line in log][: len(before)] == before
        assert continued(log, said(records)) == Appended(lines=(), faults=())
    stands = {each.statement.name: each.statement.digest for each in said(records)}
    assert {line.name: line.digest for line in log} == stands


@settings(max_examples=60, deadline=None)
@given(st.lists(honest, min_size=1, max_size=8), st.data())
def test_whatever_is_rewritten_is_a_fault(steps, data):
    """After any honest history, one change of words, one of time, one deletion: each is told, at its report."""
    records: dict[str, list[Report]] = {}
    for turn, (what, name, number, words) in enumerate(steps):
        step(records, what, name, number, words, turn)
    log = logged(said(records))
    name = data.draw(st.sampled_from(sorted(records)))
    place = data.draw(st.integers(0, len(records[name]) - 1))
    how = data.draw(st.sampled_from(["words", "time", "delete", "restore"]))
    reports = list(records[name])
    old = reports[place]
    if how == "delete" and len(reports) > 1:
        del reports[place]
        wanted = (place + 1, "deleted")
        if any(replace(each, at=0) == replace(old, at=0) for each in reports if each.at == old.at):
            return  # the same twice: which of them is gone, nobody can tell
    elif how == "time":
        reports[place] = replace(old, at=old.at + 7_777)
        wanted = (place + 1, "redated")
    elif old.withdrawn:
        reports[place] = replace(old, withdrawn=False, words="戻した")
        wanted = (place + 1, "restored")
    else:
        reports[place] = replace(old, words=f"{old.words}ん")
        wanted = (place + 1, "changed")
    faults = continued(log, said(records | {name: reports})).faults
    assert wanted in kinds(faults)
    assert all(fault.line.id == name for fault in faults)


def test_a_change_is_known_by_its_word():
    """The words in the log are for ever."""
    assert [change.value for change in Change] == ["published", "edited", "withdrawn", "translated", "titled"]
