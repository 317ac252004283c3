"""``noroshi plan``: whether a time is free, what stands in the way, and the nearest time that is free."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import Ran, noroshi
from noroshi.snapshot.slots.conflicts import find_conflicts
from noroshi.snapshot.slots.free_time import availability
from noroshi.snapshot.state import Span, State
from slot_states import DEPENDENCIES, jst, release, work

NOW = "2026-06-10T12:00+09:00"
FILES = {
    "site.yaml": "format: 1\nid: {tag: status.example.com, since: 2026-04-01}\nname: Status\n"
    "url: https://status.example.com/\ntimezone: Asia/Tokyo\nlanguages: [en]\n",
    "components.yaml": "- {id: db, name: Database}\n- {id: web, name: Website, depends_on: [db]}\n"
    "- {id: vpn, name: VPN}\n",
    "clients.yaml": "- {id: a-sha, name: Company A, manager: pm}\n",
    "commitments/2026/release.yaml": "title: Website release\nclient: a-sha\nfrom: 2026-06-19T10:00+09:00\n"
    "until: 2026-06-19T12:00+09:00\nneeds: [web]\nkeep_clear: {before: 24h, after: 2h}\n",
    "maintenance/2026/update.yaml": "title: Database update\ncomponents: {db: under_maintenance}\n"
    "window: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T23:00+09:00}\n"
    "agreements: [{client: a-sha, by: production, at: 2026-06-09T10:00+09:00}]\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one commitment and one planned work, which is agreed upon."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Status\n", "utf-8")
    for path, text in FILES.items():
        place = tmp_path / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return tmp_path


def plan(site: Path, *arguments: str) -> Ran:
    return noroshi("plan", *arguments, "--site", site, "--now", NOW)


def test_free(site: Path) -> None:
    """A time that meets no commitment is free: one line, exit code 0."""
    ran = plan(site, "2026-06-17T21:00+09:00", "2026-06-17T22:00+09:00", "db", "vpn")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "free: db, vpn, from 2026-06-17T21:00+09:00 until 2026-06-17T22:00+09:00\n"


def test_what_stands_in_the_way_is_told_with_whom_to_ask(site: Path) -> None:
    """The commitment, its file, client and manager, why it is in the way, and when the work could be done."""
    ran = plan(site, "2026-06-18T21:00+09:00", "2026-06-18T22:00+09:00", "db")
    assert (ran.code, ran.err) == (4, "")
    assert ran.out.splitlines() == [
        "not free: db, from 2026-06-18T21:00+09:00 until 2026-06-18T22:00+09:00",
        "in the way: 'Website release' (content/commitments/2026/release.yaml)",
        "  client: Company A (a-sha), manager: pm",
        "  kept clear: from 2026-06-18T10:00+09:00 until 2026-06-19T14:00+09:00",
        "  overlap: from 2026-06-18T21:00+09:00 until 2026-06-18T22:00+09:00",
        "  because: it needs web, which depends on db",
        "next free: from 2026-06-19T14:00+09:00 until 2026-06-19T15:00+09:00",
        "free before: from 2026-06-18T09:00+09:00 until 2026-06-18T10:00+09:00",
        "other work then: 'Database update' (content/maintenance/2026/update.yaml), "
        "from 2026-06-18T21:00+09:00 until 2026-06-18T23:00+09:00",
    ]


def test_json(site: Path) -> None:
    """The same for programs, with the same keys whether it is free or not, and times in UTC."""
    busy = plan(site, "2026-06-18T21:00", "2026-06-18T22:00", "db", "--format", "json")
    free = plan(site, "2026-06-17T21:00", "2026-06-17T22:00", "db", "--format", "json")
    told, quiet = json.loads(busy.out), json.loads(free.out)
    assert (busy.code, free.code) == (4, 0)
    assert list(told) == list(quiet)
    assert told == {
        "format": 1,
        "at": "2026-06-10T03:00:00Z",
        "free": False,
        "from": "2026-06-18T12:00:00Z",
        "until": "2026-06-18T13:00:00Z",
        "components": ["db"],
        "obstacles": [
            {
                "commitment": {
                    "id": "release",
                    "kind": "commitments",
                    "title": "Website release",
                    "path": "content/commitments/2026/release.yaml",
                    "phase": "planned",
                    "url": None,
                },
                "client": {"id": "a-sha", "name": "Company A", "manager": "pm"},
                "kept_clear": {"from": "2026-06-18T01:00:00Z", "until": "2026-06-19T05:00:00Z"},
                "overlap": {"from": "2026-06-18T12:00:00Z", "until": "2026-06-18T13:00:00Z"},
                "chain": ["web", "db"],
            }
        ],
        "next_free": {"from": "2026-06-19T05:00:00Z", "until": "2026-06-19T06:00:00Z"},
        "free_before": {"from": "2026-06-18T00:00:00Z", "until": "2026-06-18T01:00:00Z"},
        "other_work": [
            {
                "work": {
                    "id": "update",
                    "kind": "maintenance",
                    "title": "Database update",
                    "path": "content/maintenance/2026/update.yaml",
                    "phase": "planned",
                    "url": "https://status.example.com/maintenance/update/",
                },
                "from": "2026-06-18T12:00:00Z",
                "until": "2026-06-18T14:00:00Z",
            }
        ],
        "problems": [],
    }
    assert (quiet["free"], quiet["obstacles"], quiet["next_free"], quiet["free_before"]) == (True, [], None, None)


def test_a_time_without_offset_is_the_site_s(site: Path) -> None:
    """On the command line the zone may be left out; with an offset any zone will do."""
    expected = plan(site, "2026-06-18T21:00+09:00", "2026-06-18T22:00+09:00", "db").out
    assert plan(site, "2026-06-18T21:00", "2026-06-18T22:00", "db").out == expected
    assert plan(site, "2026-06-18T12:00Z", "2026-06-18T14:00+01:00", "db").out == expected


def test_times_are_said_as_for_the_work_itself(site: Path) -> None:
    """In the words in which ``noroshi maintenance`` takes them, the end as a time of day or a length."""
    expected = plan(site, "2026-06-18T21:00+09:00", "2026-06-18T22:00+09:00", "db").out
    for start, end in [("6/18 21:00", "22:00"), ("2026-06-18 午後9時", "1時間"), ("6月18日 21:00", "60m")]:
        assert plan(site, start, end, "db").out == expected, (start, end)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2026-06-18T21:00", "2026-06-18T22:00", "webb"], "no component has the id 'webb'; did you mean 'web'?"),
        (["2026-06-18T21:00", "2026-06-18T22:00"], "Missing argument 'COMPONENT...'"),
        (["2026-06-18T22:00", "2026-06-18T22:00", "db"], "UNTIL is not after FROM"),
        (["2026-06-09T21:00", "2026-06-10T12:00", "db"], "UNTIL is past"),
        (["2026-06-18", "2026-06-18T22:00", "db"], "FROM: '2026-06-18' says a day and no time of day"),
        (["2026-06-18T21:00", "two hours", "db"], "UNTIL: 'two hours' is no time"),
        (["2026-06-31T21:00", "2026-07-18T22:00", "db"], "FROM: '2026-06-31T21:00' is on no calendar"),
    ],
)
def test_what_cannot_be_answered_is_told(site: Path, arguments: list[str], said: str) -> None:
    """A slip of the pen ends with 2 and says what was meant to stand there."""
    ran = plan(site, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("broken", ["commitments/2026/other.yaml", "clients.yaml"])
def test_content_that_cannot_be_read_is_never_called_free(site: Path, broken: str) -> None:
    """A promise may stand in it: the problem is told, and the exit code is not 0."""
    (site / "content" / broken).write_text("title: [\n", "utf-8")
    ran = plan(site, "2026-06-17T21:00", "2026-06-17T22:00", "db")
    assert ran.code == 1
    assert f"content/{broken}:" in ran.err
    assert "a promise may be missing above" in ran.err


def test_a_site_without_promises_is_always_free(site: Path) -> None:
    """With no commitment nothing is in the way; other work is told and stands in nobody's way."""
    (site / "content/commitments/2026/release.yaml").unlink()
    ran = plan(site, "2026-06-18T21:00", "2026-06-18T22:00", "db")
    assert ran.code == 0
    assert "other work then: 'Database update'" in ran.out


SPANS = st.tuples(st.integers(0, 400), st.integers(1, 40))
NAMES = st.lists(st.sampled_from(["db", "dns", "api", "shop", "mail", "vpn"]), min_size=1, max_size=2, unique=True)
BASE, BASE_WORK = release("10 12:00"), work("10 12:00")


def span(hours: tuple[int, int]) -> Span:
    start = jst("10 00:00") + timedelta(hours=hours[0])
    return Span(start=start, end=start + timedelta(hours=hours[1]))


@st.composite
def promised(draw: st.DrawFn) -> list[State]:
    """Commitments at random times, on random components."""
    return [
        replace(BASE, id=f"c-{n}", components=tuple(draw(NAMES)), window=span(hours), clear=span(hours))
        for n, hours in enumerate(draw(st.lists(SPANS, max_size=12)))
    ]


@given(promised(), SPANS, NAMES)
def test_the_proposed_time_is_free_and_the_nearest(
    states: list[State], hours: tuple[int, int], names: list[str]
) -> None:
    """The next free time meets nothing, is not in the past, and no earlier time would do; so is the one before."""
    now, wanted = jst("10 12:00"), span(hours)

    def is_free(planned: Span) -> bool:
        trial = replace(BASE_WORK, components=tuple(names), window=planned, began_at=planned.start)
        return not find_conflicts([trial, *states], DEPENDENCIES, now)

    answer = availability(wanted, names, states, DEPENDENCIES, now)
    assert answer.free is is_free(wanted)
    if answer.free:
        assert (answer.next_free, answer.free_before) == (None, None)
        return
    assert answer.next_free is not None
    assert is_free(answer.next_free)
    length, hour = wanted.end - wanted.start, timedelta(hours=1)
    assert answer.next_free.end - answer.next_free.start == length
    assert answer.next_free.start >= max(now, wanted.start)
    # All ends lie on full hours, so an earlier free time would begin on one, or now.
    start = max(now, wanted.start)
    while start < answer.next_free.start:
        assert not is_free(Span(start=start, end=start + length))
        start += hour
    start = wanted.start
    while start >= now and (answer.free_before is None or start > answer.free_before.start):
        assert not is_free(Span(start=start, end=start + length))
        start -= hour
    if answer.free_before is not None:
        assert is_free(answer.free_before)
        assert now <= answer.free_before.start < wanted.start
