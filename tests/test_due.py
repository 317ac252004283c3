"""``noroshi due``: what is owed, word for word in each format, and the exit status that a scheduled job goes by.

``REFRESH_DUE=1 pytest tests/test_due.py`` writes every file in ``due/golden`` anew: read the difference as the one who
has to act on it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import Ran, noroshi
from noroshi.records.choices import PromiseKind
from noroshi.records.content import MatterKind
from noroshi.snapshot.owing import narrow, take_stock
from noroshi.snapshot.site import take_snapshot
from noroshi.text.wording import wording
from noroshi.writers.due.annotations import annotation_lines
from noroshi.writers.due.columns import WIDTH, width_of, wrap
from noroshi.writers.due.document import due_json
from noroshi.writers.due.text import text_lines
from noroshi.writers.due.words import because_words
from noroshi.writers.pages.fired import fired_views
from noroshi.writers.pages.links import Reader
from real_program import ROOT
from watched_site import jst, site_settings, states_at

HERE = Path(__file__).parent / "due"
SITE, GOLDEN = HERE / "site", HERE / "golden"
NIGHT, MORNING = "2026-06-18T22:55+09:00", "2026-06-19T10:30+09:00"
QUIET, LATER = "2026-07-01T09:00+09:00", "2026-08-01T09:00+09:00"
CASES: dict[str, tuple[int, tuple[str, ...]]] = {
    **{f"night.{form}": (4, ("--at", NIGHT, "--format", form)) for form in ("text", "json", "github")},
    "night-of-a-client.text": (4, ("--at", NIGHT, "--client", "c-sha")),
    "night-of-a-client.json": (4, ("--at", NIGHT, "--client", "c-sha", "--within", "24h", "--format", "json")),
    "morning-within-2h.text": (4, ("--at", MORNING, "--within", "2h")),
    "quiet.text": (0, ("--at", QUIET)),
    "quiet-within-24h.text": (0, ("--at", QUIET, "--within", "24h")),
    "quiet.github": (0, ("--at", QUIET, "--format", "github")),
    **{f"nothing.{form}": (0, ("--at", LATER, "--format", form)) for form in ("text", "json", "github")},
}


def due(*arguments: str, site: Path = SITE, now: str | None = None) -> Ran:
    """What the command does; `now` is the clock."""
    with pytest.MonkeyPatch.context() as patch:
        if now is not None:
            patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(now).timestamp())))
        return noroshi("due", "--site", site, *arguments)


def told(*arguments: str, site: Path = SITE, code: int = 4) -> dict[str, Any]:
    """The JSON document."""
    ran = due(*arguments, "--format", "json", site=site)
    assert ran.code == code, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    return document


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The site, for a test to change."""
    return shutil.copytree(SITE, tmp_path / "site")


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    """Each time and format comes out byte for byte as its file in ``due/golden``, with its exit status."""
    code, arguments = CASES[name]
    ran = due(*arguments)
    assert (ran.err, ran.code) == ("", code)
    if os.environ.get("REFRESH_DUE"):
        (GOLDEN / name).write_text(ran.out, "utf-8")
    assert ran.out == (GOLDEN / name).read_text("utf-8")


def test_goldens_are_all_used() -> None:
    """No file in ``due/golden`` is left over from a case that is gone."""
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize(
    ("at", "overdue"),
    [("22:50", False), ("22:51", True), ("22:55", True), ("23:23", True), ("23:24", False)],
)
def test_the_report_promised_for_ten_to_eleven(at: str, overdue: bool) -> None:
    """In the example's night the interim report of 22:50 is owed on the minute, overdue after it, until it comes."""
    document = told("--at", f"2026-06-18T{at}+09:00", site=ROOT)
    reports = [
        each
        for each in document["promises"]
        if each["kind"] == "next_report" and each["matter"]["id"] == "2026-06-18-staging-down"
    ]
    if at == "23:24":
        assert reports == []
        return
    minutes = datetime.fromisoformat(f"2026-06-18T{at}+09:00") - datetime.fromisoformat("2026-06-18T22:50+09:00")
    late = minutes.total_seconds()
    assert [(each["due"], each["overdue"], each["late_seconds"], each["due_in_seconds"]) for each in reports] == [
        ("2026-06-18T13:50:00Z", overdue, late, None if overdue else -late)
    ]
    assert reports[0]["concerns"] == [{"id": "a-sha", "name": "A 社", "manager": "pm"}]
    assert reports[0]["place"]["path"] == "content/incidents/2026/2026-06-18-staging-down.yaml"
    line = (ROOT / reports[0]["place"]["path"]).read_text("utf-8").splitlines()[reports[0]["place"]["line"] - 1]
    assert line == "    next_report: 2026-06-18T22:50+09:00"


def test_the_text_of_that_night() -> None:
    """It says since when, to whom, where that was promised, and what to write."""
    ran = due("--at", "2026-06-18T22:55+09:00", site=ROOT)
    assert ran.code == 4
    record = (ROOT / "content/incidents/2026/2026-06-18-staging-down.yaml").read_text("utf-8").splitlines()
    line = record.index("    next_report: 2026-06-18T22:50+09:00") + 1
    assert (
        "  Next report: 5 minutes overdue, was due Thu 18 June 2026, 22:50\n"
        "    検証サーバーの停止 (2026-06-18-staging-down)\n"
        "    to: all readers, A 社 (manager: pm)\n"
        f"    promised: content/incidents/2026/2026-06-18-staging-down.yaml:{line}\n"
        "    file: content/incidents/2026/2026-06-18-staging-down.yaml\n"
        "    add: a report with kind: interim\n"
    ) in ran.out
    assert "overrun: 作業が予定を超えた, fired Thu 18 June 2026, 21:45\n" in ran.out


@pytest.mark.parametrize("hour", range(0, 48, 3))
def test_overdue_comes_first_and_all_is_sorted(hour: int) -> None:
    """At any hour of those days: by due time, hence what is overdue on top; the number says how many."""
    at = (datetime.fromisoformat("2026-06-18T12:00+09:00") + timedelta(hours=hour)).isoformat()
    ran = due("--at", at, "--format", "json", site=ROOT)
    document = json.loads(ran.out)
    promises = document["promises"]
    assert [each["due"] for each in promises] == sorted(each["due"] for each in promises)
    assert all(left["overdue"] >= right["overdue"] for left, right in pairwise(promises))
    assert document["overdue_count"] == sum(each["overdue"] for each in promises)
    assert all(each["overdue"] is (each["due"] < document["at"]) for each in promises)
    assert [each["fired_at"] for each in document["risks"]] == sorted(each["fired_at"] for each in document["risks"])
    assert all(each["fired_at"] <= document["at"] for each in document["risks"])
    assert ran.code == (4 if document["overdue_count"] or document["conflicts"] or document["risks"] else 0)


RISKS = "- {id: late, when: {report_overdue: 10m}, title: Late, respond: Act, owner: pm}\n"
DOWN = """\
title: Down {n}
severity: major
components: {{web: major_outage}}
started_at: 2026-06-18T21:40+09:00
reports:
  - {{kind: start, at: 2026-06-18T21:52+09:00, text: It is down.}}
"""


def test_the_order_of_records_never_matters() -> None:
    """The same answer in every format, though four records owe the same at the same time."""
    settings = site_settings(RISKS)
    states = states_at(settings, [(MatterKind.INCIDENT, f"i{n}", DOWN.format(n=n)) for n in range(4)], "23:30")
    answers = set()
    for order in permutations(states):
        owing = take_stock(settings, order, (), jst("23:30"))
        lines = (*text_lines(owing), *annotation_lines(owing))
        answers.add((due_json(owing, ()), str(lines)))
        assert [each.matter.id for each in owing.overdue] == ["i0", "i1", "i2", "i3"]
        assert [each.matter.id for each in owing.alarms] == ["i0", "i1", "i2", "i3"]
    assert len(answers) == 1


@given(within=st.integers(min_value=0, max_value=20000), client=st.sampled_from([None, "a-sha", "b-sha"]))
def test_narrowing_loses_nothing_that_is_overdue(within: int, client: str | None) -> None:
    """A shorter look ahead leaves out only what is due later, and tells the first of that."""
    settings = site_settings(RISKS)
    soon = (
        DOWN.format(n=1)
        + "  - {kind: interim, at: 2026-06-18T22:00+09:00, text: T, next_report: 2026-06-19T12:00+09:00}\n"
    )
    matters = [(MatterKind.INCIDENT, "a", DOWN.format(n=0)), (MatterKind.INCIDENT, "b", soon)]
    whole = narrow(take_stock(settings, states_at(settings, matters, "23:30"), (), jst("23:30")), client=client)
    part = narrow(whole, within=timedelta(minutes=within))
    assert part.overdue == whole.overdue
    assert part.owed == whole.owed[: len(part.owed)]
    left_out = whole.owed[len(part.owed) :]
    assert part.next_due == (left_out[0].promise if left_out else None)
    assert all(each.length > timedelta(minutes=within) for each in left_out)


def test_what_was_promised_to_one_client_is_owed_to_them_alone() -> None:
    """A client's own terms name that client; a promise to all readers names each who uses what is affected."""
    clients = (
        "- {id: a-sha, name: A, components: [web], policy: {major: {every: 30m}}}\n"
        "- {id: b-sha, name: B, components: [web]}\n- {id: c-sha, name: C, components: [mail]}\n"
    )
    settings = site_settings(RISKS, clients=clients)
    states = states_at(settings, [(MatterKind.INCIDENT, "a", DOWN.format(n=0))], "23:30")
    owing = take_stock(settings, states, (), jst("23:30"))
    assert [(each.to_readers, [client.id for client in each.clients]) for each in owing.owed] == [
        (False, ["a-sha"]),
        (True, ["a-sha", "b-sha"]),
    ]
    assert len(narrow(owing, client="b-sha").owed) == 1
    assert narrow(owing, client="c-sha").owed == ()


def test_an_event_of_a_calendar_is_named_by_its_file() -> None:
    """Its id is nobody's word: the title and the calendar's file say which commitment is threatened."""
    risks = "- {id: threat, when: {commitment_threatened: true}, title: Threat, respond: Act, owner: pm}\n"
    settings = site_settings(risks)
    release = (
        "title: Release\nclient: a-sha\nfrom: 2026-06-19T10:00+09:00\nuntil: 2026-06-19T12:00+09:00\nneeds: [web]\n"
    )
    matters = [(MatterKind.INCIDENT, "a", DOWN.format(n=0)), (MatterKind.COMMITMENT, "cal-1", release)]
    incident, slot = states_at(settings, matters, "23:30")
    event = replace(slot, from_calendar=True, path="content/calendars/slots.ics", promises=())
    owing = take_stock(settings, [incident, event], (), jst("23:30"))
    text = "\n".join(words for words, _ in text_lines(owing))
    assert "because: Threatens Release (content/calendars/slots.ics)" in " ".join(text.split())
    assert "cal-1" not in text
    reader = Reader(settings=settings, wording=wording("ja", settings.site.zone), path="")
    snapshot = take_snapshot(settings, [incident], jst("23:30"), [event])
    (view,) = fired_views(snapshot.fired, snapshot.fired_by, reader)
    assert "Release（<code>content/calendars/slots.ics</code>）" in view.because
    assert "cal-1" not in view.because


def test_a_report_promised_for_a_day_is_due_by_its_end() -> None:
    """A cause promised for a day is told with that day, by the promise and by the risk that its lateness fired."""
    back = (
        DOWN.format(n=1)
        + "  - {kind: completion, at: 2026-06-18T22:00+09:00, ended_at: 2026-06-18T21:58+09:00, text: T, "
        "cause: {status: pending, answer_by: 2026-06-19}}\n"
    )
    settings = site_settings(RISKS)
    owing = take_stock(
        settings, states_at(settings, [(MatterKind.INCIDENT, "a", back)], "20 00:15"), (), jst("20 00:15")
    )
    (alarm,) = [each for each in owing.alarms if each.fired.promise and each.fired.promise.kind is PromiseKind.CAUSE]
    assert because_words(alarm, settings) == "Cause and corrective actions: was due by the end of Fri 19 June 2026"
    text = " ".join(" ".join(words for words, _ in text_lines(owing)).split())
    assert "Cause and corrective actions: 15 minutes overdue, was due by the end of Fri 19 June 2026" in text
    reader = Reader(settings=settings, wording=wording("en", settings.site.zone), path="")
    (view,) = fired_views([alarm.fired], {"a": alarm.matter}, reader)
    assert re.sub(r"<[^>]+>", "", view.because) == "Cause and corrective actions: was due Fri 19 June 2026"


def test_a_conflict_is_told_while_it_can_be_settled(copy: Path) -> None:
    """Without consent to the night's work, or past the time agreed, it is told; once it has ended nothing can be."""
    work = copy / "content/maintenance/2026-06-18-upgrade.yaml"
    text = work.read_text("utf-8")
    agreement = text[text.index("agreements:") : text.index("reports:")]
    anew = f"{agreement}  - {{client: a-sha, by: production, at: 2026-06-18T22:00+09:00}}\n"
    unsettled = ["2026-06-18-upgrade"]
    for now_agreed, expected in ((agreement, unsettled), ("", unsettled), (anew, [])):
        content = text.replace(agreement, now_agreed)
        work.write_text(content, "utf-8")
        night = told("--at", NIGHT, "--client", "a-sha", site=copy)
        assert [each["work"]["id"] for each in night["conflicts"]] == expected
        assert told("--at", MORNING, "--client", "a-sha", site=copy)["conflicts"] == []


def test_the_past_is_told_by_the_reports_of_then(copy: Path) -> None:
    """With --at in the past later reports are left out; in the future no more is written, and the clock goes on."""
    story = copy / "content/incidents/2026-06-18-down.yaml"
    whole = story.read_text("utf-8")
    before = told("--at", NIGHT, site=copy)
    lines = whole.splitlines(keepends=True)
    story.write_text("".join(lines[:9]), "utf-8")  # up to the report of 22:20
    assert told("--at", NIGHT, site=copy) == before
    future = told("--at", "2026-06-20T12:00+09:00", site=copy)
    assert "next_report" in [each["kind"] for each in future["promises"] if each["overdue"]]


def test_the_clock_is_that_of_the_surroundings() -> None:
    """Without --at it answers for now, and a report ahead of the clock is an error of the content."""
    ran = due(now=LATER)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "As of Sat 1 August 2026, 09:00, JST (UTC+09:00)")
    ran = due(now=NIGHT)
    assert ran.code == 1
    assert "[report-ahead]" in ran.err


def test_content_that_cannot_be_read_does_not_hide_the_rest(copy: Path) -> None:
    """The errors stand on standard error, the exit status is 1, and what others owe is told all the same."""
    (copy / "content/maintenance/2026-06-18-upgrade.yaml").write_text("title: [", "utf-8")
    for form in ("text", "json"):
        ran = due("--at", NIGHT, "--format", form, site=copy)
        assert ran.code == 1
        assert "content/maintenance/2026-06-18-upgrade.yaml:1:" in ran.err
        assert "something may be missing" in ran.err
        assert "2026-06-18-down" in ran.out
    assert {each["matter"]["id"] for each in json.loads(ran.out)["promises"]} >= {"2026-06-18-down"}
    document = json.loads(ran.out)
    assert [each["path"] for each in document["problems"]][:1] == ["content/maintenance/2026-06-18-upgrade.yaml"]
    ran = due("--at", NIGHT, "--format", "github", site=copy)
    assert ran.out.startswith("::error file=content/maintenance/2026-06-18-upgrade.yaml,line=1,")


def test_without_a_readable_site_nothing_is_told(copy: Path) -> None:
    """No zone, no policy: the problem alone."""
    (copy / "content/site.yaml").write_text("format: 1\n", "utf-8")
    ran = due("--at", NIGHT, site=copy)
    assert (ran.code, ran.out) == (1, "")
    assert "content/site.yaml:1:1:" in ran.err


def test_a_site_without_records_owes_nothing(tmp_path: Path) -> None:
    """The empty case, on a new site."""
    assert noroshi("init", tmp_path / "new", "--now", NIGHT).code == 0
    ran = due("--at", NIGHT, site=tmp_path / "new")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\n\nNothing is owed.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("--client", "A-sya"),
            2,
            "no client has the id 'A-sya'; did you mean 'a-sha'? clients are: a-sha, b-sha, c-sha",
        ),
        (("--client", "zzz"), 2, "no client has the id 'zzz'; clients are: a-sha, b-sha, c-sha"),
        (("--within", "3bd"), 2, "counts business days; write 30m or 24h"),
        (("--within", "soon"), 2, "durations are written 30m, 24h"),
        (("--at", "2026-06-18T22:55"), 2, "has no offset from UTC"),
        (("--format", "yaml"), 2, "'yaml' is not one of"),
        (("--cache", str(SITE / "content" / "cache")), 3, "the cache cannot lie in"),
    ],
)
def test_wrong_calls_are_refused(arguments: tuple[str, ...], code: int, said: str) -> None:
    """With words, and nothing on standard output."""
    ran = due(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in " ".join(ran.err.split())


def test_it_writes_nothing_but_the_cache(copy: Path, tmp_path: Path) -> None:
    """The site's folder stays as it is; with the cache, and without, the answer is the same."""
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    cache = tmp_path / "cache"
    first = due("--cache", str(cache), site=copy, now=LATER)
    assert {path.name[:8] for path in cache.iterdir()} == {"readings"}
    assert due("--cache", str(cache), site=copy, now=LATER) == first
    shutil.rmtree(cache)
    assert due("--cache", str(cache), site=copy, now=LATER) == first
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_a_build_and_due_share_what_they_read(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them remembers serves the other, and neither makes the other forget."""
    for module in ("build", "due"):
        monkeypatch.setattr(f"noroshi.pipeline.{module}.program_key", lambda: b"0123456789abcdef")
    (copy / "mkdocs.yml").write_text("site_name: S\ntheme: {name: material, font: false}\nplugins: [noroshi]\n")
    cache, out = tmp_path / "cache", tmp_path / "out"

    def build() -> str:
        ran = noroshi("build", "--site", copy, "--cache", cache, "--out", out, "--now", LATER)
        assert ran.code == 0, ran.err
        return ran.err

    build()
    remembered = {path: path.stat().st_mtime_ns for path in cache.iterdir() if path.is_file()}
    assert due("--cache", str(cache), site=copy, now=LATER).code == 0
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir() if path.is_file()} == remembered
    assert "new" in build()


def test_colours_are_for_those_who_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a file there are none; where colour is forced there is, unless NO_COLOR is set; the words are the same."""
    plain = due("--at", NIGHT)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = due("--at", NIGHT)
    assert "\x1b[31m" in coloured.out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.out) == plain.out
    assert "\x1b" not in due("--at", NIGHT, "--format", "json").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert due("--at", NIGHT) == plain


def test_lines_keep_to_80_columns() -> None:
    """Only what cannot be parted, such as a path or YAML to copy, reaches beyond; a wide character takes two."""
    for name in CASES:
        if name.endswith(".text"):
            for line in (GOLDEN / name).read_text("utf-8").splitlines():
                assert width_of(line) <= WIDTH or "/" in line or re.search(r"[{\[].*[}\]]", line), line


@pytest.mark.parametrize("line", ["an action", "a conflict"])
def test_what_is_to_be_copied_stays_in_one_line(line: str) -> None:
    """YAML that is offered for copying is never wrapped, whatever the width."""
    lines = [
        each for name in CASES if name.endswith(".text") for each in (GOLDEN / name).read_text("utf-8").splitlines()
    ]
    offered = "actions: {" if line == "an action" else "agreements: [{"
    found = [each for each in lines if offered in each]
    assert found
    for each in found:
        assert each.count("{") == each.count("}")
        assert each.count("[") == each.count("]")


@given(st.text(alphabet="ab 漢字、。）ー・🎉", max_size=200), st.integers(min_value=10, max_value=80))
def test_wrapping_keeps_every_character(text: str, width: int) -> None:
    """Nothing is lost, no line begins with a closing mark, and no line is longer than it must be."""
    lines = list(wrap(text, "  ", hanging="    ", width=width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines[1:]:
        assert line.lstrip()[:1] not in "、。）ー・" or text.lstrip()[:1] in "、。）ー・"
    for line in lines:
        assert width_of(line) <= width or len(line.strip().rstrip("、。）ー・").split()) == 1 or width < 12
