"""Events of calendars as commitments: whom they concern, what they stand in the way of, and where they never appear."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from calendar_text import GOOGLE, OUTLOOK, calendar, event
from command_line import noroshi
from noroshi.calendars import expansion
from noroshi.pipeline.check import check_site
from noroshi.pipeline.planning import plan
from noroshi.pipeline.reading.calendars import CalendarReading, KeptCalendar, horizon_at, read_calendars
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.reading.settings import read_settings
from noroshi.problems import Level
from noroshi.records.choices import Phase
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import Span

ROOT = Path(__file__).parent.parent
NOW = datetime.fromisoformat("2026-11-22T12:00+09:00")
MOMENTS = Moments(now=NOW)
SITE = """\
format: 1
id: {tag: status.example.com, since: 2026-04-01}
name: Status
url: https://status.example.com/
timezone: Asia/Tokyo
languages: [ja, en]
calendars: %s
"""
WORK = """\
title: Update
components: {db: under_maintenance}
window: {from: 2026-12-02T11:00+09:00, until: 2026-12-02T13:00+09:00}
%sreports: []
"""


class Folder:
    """A site with calendars, put together and looked at."""

    def __init__(self, root: Path, calendars: str = "[calendars/slots.ics]") -> None:
        self.root = root
        self.write("site.yaml", SITE % calendars)
        self.write(
            "components.yaml",
            "- {id: db, name: Database}\n- {id: web, name: Website, depends_on: [db]}\n- {id: mail, name: Mail}\n",
        )
        self.write("clients.yaml", "- {id: a-sha, name: A, components: [web]}\n- {id: b-sha, name: B}\n")

    def write(self, name: str, text: str | bytes) -> Path:
        place = self.root / "content" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return place

    def read(self, now: datetime = NOW, **more: Any) -> CalendarReading:
        folder = SiteFolder(root=self.root)
        settings = read_settings(folder)
        return read_calendars(folder, settings, Terms(settings.settings), Moments(now=now), **more)

    def check(self, *only: str, now: datetime = NOW) -> list[str]:
        problems = check_site(SiteFolder(root=self.root), Moments(now=now), only or None).problems
        return [f"{each.place.path}:{each.place.line} {each.rule} {each.level}" for each in problems]


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def slot(*lines: str, uid: str = "slot") -> bytes:
    """A calendar with a slot from 10 to 12 o'clock on 2 December."""
    times = ("DTSTART;TZID=Asia/Tokyo:20261202T100000", "DTEND;TZID=Asia/Tokyo:20261202T120000")
    return calendar(event(f"UID:{uid}", *times, "SUMMARY:Release", *lines))


@pytest.mark.parametrize(
    ("lines", "named", "client", "needs"),
    [
        ((), "calendars/slots.ics", None, ("db", "web", "mail")),
        ((), "{file: calendars/slots.ics, client: a-sha}", "a-sha", ("web",)),
        ((), "{file: calendars/slots.ics, client: b-sha}", "b-sha", ("db", "web", "mail")),
        ((), "{file: calendars/slots.ics, client: a-sha, needs: [mail]}", "a-sha", ("mail",)),
        (("CATEGORIES:Mail,Important",), "{file: calendars/slots.ics, client: a-sha}", "a-sha", ("mail",)),
        (
            ("CATEGORIES:B-sha,db", "CATEGORIES:web"),
            "{file: calendars/slots.ics, client: a-sha}",
            "b-sha",
            ("db", "web"),
        ),
        (("X-NOROSHI-CLIENT:a-sha",), "calendars/slots.ics", "a-sha", ("web",)),
        (("X-NOROSHI-NEEDS:db, mail", "CATEGORIES:web"), "calendars/slots.ics", None, ("db", "mail")),
        (("X-NOROSHI-NEEDS:wep",), "calendars/slots.ics", None, ("db", "web", "mail")),
    ],
)
def test_whom_and_what_an_event_concerns(
    site: Folder, lines: tuple[str, ...], named: str, client: str | None, needs: tuple[str, ...]
) -> None:
    """The event's own word goes before its calendar's; where nobody says, it needs all that it may need."""
    site.write("site.yaml", SITE % f"[{named}]")
    site.write("calendars/slots.ics", slot(*lines))
    (state,) = site.read().states
    assert (state.client, state.components) == (client, needs)


def test_an_event_is_a_commitment_without_promises(site: Folder) -> None:
    """It has a time, the time around it, a title and a place; nobody owes a report on it, and none is its page."""
    site.write("site.yaml", SITE % "[{file: calendars/slots.ics, keep_clear: {before: 1bd, after: 2h}}]")
    site.write("calendars/slots.ics", slot())
    reading = site.read()
    (state,) = reading.states
    start = datetime(2026, 12, 2, 1, tzinfo=UTC)
    assert state.window == Span(start=start, end=start + timedelta(hours=2))
    assert state.clear == Span(start=start - timedelta(days=1), end=start + timedelta(hours=4))
    assert state.title.words == (("", "Release"),)
    assert state.promises == ()
    assert state.from_calendar
    assert (reading.places[state.id].path, reading.places[state.id].line) == ("content/calendars/slots.ics", 4)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        ("2026-12-02T09:59+09:00", Phase.PLANNED),
        ("2026-12-02T10:00+09:00", Phase.IN_PROGRESS),
        ("2026-12-02T12:00+09:00", Phase.COMPLETED),
    ],
)
def test_the_clock_moves_an_event(site: Folder, now: str, phase: Phase) -> None:
    """Nobody reports on it, so no report is awaited either."""
    site.write("calendars/slots.ics", slot())
    assert site.read(datetime.fromisoformat(now)).states[0].phase is phase


def test_work_that_meets_an_event_is_told(site: Folder) -> None:
    """Directly or through what its components depend on; settled by its client's agreement or an emergency."""
    site.write("site.yaml", SITE % "[{file: calendars/slots.ics, client: a-sha}]")
    site.write("calendars/slots.ics", slot())
    told = "content/maintenance/work.yaml:3 slot-conflict review"
    work = site.write("maintenance/work.yaml", WORK % "")
    assert site.check() == [told]
    assert site.check("content/maintenance/work.yaml") == [told]
    work.write_text(WORK % "agreements: [{client: a-sha, by: pm, at: 2026-11-20T10:00+09:00}]\n")
    assert site.check() == []
    work.write_text(WORK % "agreements: [{client: b-sha, by: pm, at: 2026-11-20T10:00+09:00}]\n")
    assert site.check() == [told]
    work.write_text(WORK % "emergency: {reason: Leak, approved_by: cto}\n")
    assert site.check() == []
    work.write_text(WORK.replace("db:", "mail:") % "")
    assert site.check() == []


def test_the_message_names_the_event_and_its_file(site: Folder) -> None:
    """Without a known client it says how to name one."""
    site.write("calendars/slots.ics", slot())
    site.write("maintenance/work.yaml", WORK % "")
    (problem,) = check_site(SiteFolder(root=site.root), MOMENTS).problems
    assert "'Release' (content/calendars/slots.ics)" in problem.found
    assert "name the client of the calendar in site.yaml" in problem.advice
    assert "None" not in str(problem)


def test_work_that_is_over_is_not_judged_by_calendars(site: Folder) -> None:
    """Whoever exports a calendar today does not find last month's work in conflict with it."""
    site.write("calendars/slots.ics", slot())
    site.write(
        "maintenance/work.yaml",
        WORK.replace("reports: []", "reports:\n") % ""
        + "  - {kind: start, at: 2026-12-02T11:00+09:00, text: a}\n"
        + "  - {kind: completion, at: 2026-12-02T12:00+09:00, ended_at: 2026-12-02T11:30+09:00, text: a}\n",
    )
    assert not [each for each in site.check(now=datetime.fromisoformat("2026-12-02T12:30+09:00")) if "slot" in each]


def test_an_incident_that_reaches_into_an_event_is_warned_of(site: Folder) -> None:
    """A warning, and no promise: there is no report in which it could be kept."""
    site.write("calendars/slots.ics", slot("X-NOROSHI-CLIENT:a-sha"))
    site.write(
        "incidents/down.yaml",
        "title: Down\nseverity: major\ncomponents: {db: major_outage}\nreports:\n"
        "  - {kind: start, at: 2026-12-02T09:00+09:00, text: a}\n",
    )
    now = datetime.fromisoformat("2026-12-02T09:30+09:00")
    problems = check_site(SiteFolder(root=site.root), Moments(now=now)).problems
    assert [(each.rule, each.level) for each in problems] == [("slot-threatened", Level.WARNING)]
    assert "tell 'a-sha' what becomes of it" in problems[0].advice


def test_plan_knows_calendars(site: Folder) -> None:
    """A time in an event's way is not free, however far ahead."""
    far = ("DTSTART:20291202T010000Z", "DTEND:20291202T030000Z", "UID:far")
    site.write("calendars/slots.ics", slot() + calendar(event(*far)))
    folder = SiteFolder(root=site.root)
    for year, free in ((2026, False), (2027, True), (2029, False)):
        start = datetime(year, 12, 2, 2, tzinfo=UTC)
        answer = plan(folder, read_settings(folder), Span(start=start, end=start + timedelta(hours=1)), ["db"], MOMENTS)
        assert answer.availability.free is free, year
        assert answer.problems == ()


def test_plan_says_which_events_it_could_not_read(site: Folder) -> None:
    """An answer that may lack an event says so."""
    site.write("calendars/slots.ics", calendar(event("UID:a")))
    folder = SiteFolder(root=site.root)
    span = Span(start=datetime(2026, 12, 2, tzinfo=UTC), end=datetime(2026, 12, 3, tzinfo=UTC))
    answer = plan(folder, read_settings(folder), span, ["db"], MOMENTS)
    assert [each.rule for each in answer.problems] == ["calendar-event"]


def test_a_folder_of_calendars(site: Folder) -> None:
    """All .ics files in it count, in whatever folder below, and each once though it is named twice."""
    site.write("site.yaml", SITE % "[calendars, calendars/a/slots.ics]")
    site.write("calendars/a/slots.ics", slot())
    site.write("calendars/b/SLOTS.ICS", slot(uid="other"))
    site.write("calendars/.hidden/slots.ics", slot(uid="hidden"))
    site.write("calendars/a/.slots.ics", slot(uid="hidden file"))
    site.write("calendars/a/#slots.ics#.ics", slot(uid="left behind"))
    site.write("calendars/notes.txt", "x")
    assert [state.path for state in site.read().states] == [
        "content/calendars/a/slots.ics",
        "content/calendars/b/SLOTS.ICS",
    ]


def test_an_event_in_two_calendars(site: Folder) -> None:
    """The same event counts once; one that is another client's in each counts for both, under names of its own."""
    site.write("calendars/a.ics", slot())
    site.write("calendars/b.ics", slot())
    site.write("site.yaml", SITE % "[calendars/a.ics, calendars/b.ics]")
    assert len(site.read().states) == 1
    site.write("site.yaml", SITE % "[calendars/a.ics, {file: calendars/b.ics, client: b-sha}]")
    states = site.read().states
    assert [state.client for state in states] == [None, "b-sha"]
    assert states[1].id == f"{states[0].id}-2"


def ids(reading: CalendarReading) -> dict[tuple[Any, ...], str]:
    return {(state.title.words, state.window): state.id for state in reading.states}


def test_ids_last(site: Folder) -> None:
    """An event keeps its id when its calendar changes, is renamed, or is read at another time."""
    site.write("calendars/slots.ics", GOOGLE)
    before = ids(site.read())
    assert all(name.startswith("cal-") and name.isascii() and len(name) == 16 for name in before.values())
    site.write("site.yaml", SITE % "[calendars]")
    (site.root / "content/calendars/slots.ics").rename(site.root / "content/calendars/renamed.ics")
    assert ids(site.read(NOW + timedelta(days=40))) == before


def test_the_horizon_is_a_year_before_and_after() -> None:
    """In whole months, so that what was read holds until the next one begins."""
    assert horizon_at(NOW).start == datetime(2025, 11, 1, tzinfo=UTC)
    assert horizon_at(NOW).end == datetime(2027, 12, 1, tzinfo=UTC)
    assert horizon_at(datetime(2028, 2, 29, tzinfo=UTC)).end == datetime(2029, 3, 1, tzinfo=UTC)
    assert horizon_at(datetime(2026, 12, 31, tzinfo=UTC)).end == datetime(2028, 1, 1, tzinfo=UTC)
    assert horizon_at(NOW, datetime(2029, 5, 5, tzinfo=UTC)).end == datetime(2029, 6, 1, tzinfo=UTC)


def test_what_was_read_is_not_read_again(site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the bytes are the same; the answer is the same as without."""
    site.write("calendars/slots.ics", GOOGLE)
    first = site.read()

    def refuse(*_: object) -> None:
        raise AssertionError("it is read again")

    with monkeypatch.context() as patched:
        patched.setattr(expansion, "expand", refuse)
        again = site.read(kept=first.kept)
        assert (again.states, again.kept) == (first.states, first.kept)
        with pytest.raises(AssertionError, match="read again"):
            site.read(NOW + timedelta(days=40), kept=first.kept)
        site.write("calendars/slots.ics", GOOGLE.replace(b"Once", b"Twice"))
        with pytest.raises(AssertionError, match="read again"):
            site.read(kept=first.kept)
    assert site.read(kept=first.kept).states == site.read().states != first.states


def test_what_is_kept_holds_nothing_private(site: Folder) -> None:
    """Nobody's address and no note lies in the cache."""
    site.write("calendars/slots.ics", GOOGLE)
    assert "secret" not in repr(site.read().kept)
    assert set(KeptCalendar._fields) == {"key", "events", "problems"}


def test_links_lead_to_files_of_the_content(site: Folder, tmp_path: Path) -> None:
    """A link that leads out is told and not read; one within the content is read."""
    outside = tmp_path / "outside.ics"
    outside.write_bytes(OUTLOOK)
    place = site.root / "content/calendars/slots.ics"
    place.parent.mkdir()
    place.symlink_to(outside)
    assert site.read().states == ()
    assert site.check() == ["content/calendars/slots.ics:1 symlink error"]
    site.write("site.yaml", SITE % "[calendars]")
    assert site.read().states == ()
    site.write("site.yaml", SITE % "[calendars/slots.ics]")
    place.unlink()
    site.write("calendars/real.ics", slot())
    place.symlink_to("real.ics")
    assert len(site.read().states) == 1
    assert site.check() == []


def test_no_ordinary_file(site: Folder) -> None:
    """A pipe is told and never waited for."""
    place = site.root / "content/calendars/slots.ics"
    place.parent.mkdir()
    os.mkfifo(place)
    assert "content/calendars/slots.ics:1 stray-file error" in site.check()
    assert site.read().states == ()


@pytest.mark.parametrize("name", ["calendars/" + "a" * 300 + ".ics", "calendars/\\u0000.ics", "calendars/..", "."])
def test_names_that_no_file_has(site: Folder, name: str) -> None:
    """They are told, with no traceback."""
    site.write("site.yaml", SITE % f'["{name}"]')
    assert {said.split()[0] for said in site.check()} == {"content/site.yaml:7"}


@pytest.mark.parametrize("name", ["two\nlines", "bell\a", "colour\x1b[31m", "csi\x9b31m", "turned\u202e", "\u2028"])
def test_names_of_files_stand_on_one_line(site: Folder, name: str) -> None:
    """What would break a line or steer a terminal is spelled out, in every form, whatever a file is called."""
    site.write("site.yaml", SITE % "[calendars]")
    site.write(f"calendars/{name}.ics", slot("X-NOROSHI-CLIENT:nobody", "X-NOROSHI-NEEDS:db"))
    site.write(f"incidents/{name}/{name}.yaml", "title: [")
    site.write("maintenance/update.yaml", WORK % "")
    spelled = name.encode("unicode_escape").decode()
    for form in ("text", "github"):
        ran = noroshi("check", "--site", site.root, "--now", NOW.isoformat(), "--format", form)
        lines = ran.out.split("\n")
        assert (ran.code, lines.pop()) == (1, "")
        assert len(lines) == 4
        assert all(rule in ran.out for rule in ("unknown-client", "slot-conflict", "yaml-syntax", "id"))
        assert all(spelled in line for line in lines), lines
        assert all(char not in "".join(lines) for char in name if not char.isprintable())


def test_the_example_has_a_calendar_that_meets_nothing() -> None:
    """The example's weekly slots are read whole, and its planned work keeps clear of them."""
    folder = SiteFolder(root=ROOT)
    settings = read_settings(folder)
    reading = read_calendars(folder, settings, Terms(settings.settings), MOMENTS)
    assert reading.problems == ()
    assert all(state.client == "a-sha" and state.components == ("staging-web",) for state in reading.states)
    ahead = [state for state in reading.states if state.began_at > NOW]
    assert [f"{state.began_at:%m-%d}" for state in ahead[:3]] == ["11-25", "12-01", "12-08"]
    problems = check_site(folder, MOMENTS).problems
    assert not [each for each in problems if each.level is not Level.WARNING]
