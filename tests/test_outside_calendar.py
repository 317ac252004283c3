"""The calendars as programs show them: what moves, moves there; what is called off says so; nothing doubles."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendar_programs import Desktop, Seen, read_by_scripts
from calendar_sites import read_events
from served_site import SITES, build_site, serve

pytestmark = pytest.mark.slow

ZONE = ZoneInfo("Asia/Tokyo")
MOVE = "作業：メール配信サーバーの移設"
VPN = "作業：VPN 装置の交換"
UPGRADE = "作業：検証 DB の更新"

STEPS = (
    ("2026-05-24T12:00", [Seen(start="2026-05-27 12:00", end="2026-05-27 13:00", title=VPN)]),
    (
        "2026-05-26T12:00",
        [Seen(start="2026-05-27 12:00", end="2026-05-27 13:00", title=f"【中止】{VPN}", status="CANCELLED")],
    ),
    ("2026-06-18T22:10", [Seen(start="2026-06-18 21:00", end="2026-06-18 22:45", title=f"【延長中】{UPGRADE}")]),
    ("2026-08-16T12:00", [Seen(start="2026-08-19 22:00", end="2026-08-19 23:30", title=MOVE)]),
    ("2026-08-18T12:00", [Seen(start="2026-08-26 22:00", end="2026-08-26 23:30", title=MOVE)]),
    ("2026-08-27T12:00", [Seen(start="2026-08-26 22:00", end="2026-08-26 23:10", title=MOVE)]),
)
"""The example at several times, and the work told of last: planned, called off; overrun; planned, moved, done."""


def named(seen: list[Seen], titles: list[Seen]) -> list[Seen]:
    """What is shown of the matters with these titles, marked or not."""
    ends = tuple(each.title.rpartition("】")[2] for each in titles)
    return [each for each in seen if each.title.endswith(ends)]


def test_vdirsyncer_and_khal_follow_the_site(tmp_path: Path) -> None:
    """Synchronised as the site moves on: each event once, where the last report puts it, as what it last was."""
    out, desktop = tmp_path / "out", Desktop(home=tmp_path / "home")
    site = SITES["example"](tmp_path / "site")
    with serve(out) as url:
        for moment, told in STEPS:
            build_site(site, out, url, as_of=f"{moment}+09:00")
            desktop.sync(f"{url}calendars/all.ics")
            again = desktop.sync(f"{url}calendars/all.ics")
            assert "item" not in again, "what did not change is not fetched twice"
            events = read_events((out / "calendars/all.ics").read_bytes())
            assert desktop.kept == len(events)
            listed = desktop.listed()
            assert len(listed) == len(events)
            assert named(listed, told) == told


def test_calcurse_takes_every_event(tmp_path: Path) -> None:
    """Imported into an empty calendar at each of these times; it knows no STATUS, so the title has to say it."""
    out = tmp_path / "out"
    site = SITES["example"](tmp_path / "site")
    with serve(out) as url:
        for moment, told in STEPS[1:5]:
            build_site(site, out, url, as_of=f"{moment}+09:00")
            file = out / "calendars/all.ics"
            count, shown = Desktop(home=tmp_path / moment[:10]).imported(file)
            assert count == len(read_events(file.read_bytes()))
            assert named(shown, told) == [Seen(start=each.start, end=each.end, title=each.title) for each in told]


def expected(event: Any) -> dict[str, object]:
    """An event as the libraries of JavaScript tell it."""
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    return {
        "uid": str(event["UID"]),
        "start": _iso(start),
        "end": _iso(end),
        "whole": not isinstance(start, datetime),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "status": str(event["STATUS"]),
        "sequence": int(event["SEQUENCE"]),
    }


def _iso(moment: date) -> str:
    exact = moment if isinstance(moment, datetime) else datetime.combine(moment, time(), tzinfo=ZONE)
    return f"{exact.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


@pytest.mark.parametrize("name", SITES)
def test_every_program_reads_every_site(tmp_path: Path, name: str) -> None:
    """Real logs, an empty one and hostile texts: all programs read the same events, of everything and a component."""
    out = tmp_path / "out"
    site = SITES[name](tmp_path / "site")
    with serve(out) as url:
        build_site(site, out, url)
        component = sorted((out / "calendars/components").iterdir())[-1].name
        for number, file in enumerate(("calendars/all.ics", f"calendars/components/{component}")):
            events = read_events((out / file).read_bytes())
            read = read_by_scripts(url + file)
            assert read.refresh == "PT15M"
            for program, found in read.readers():
                wanted = sorted((expected(event) for event in events.values()), key=lambda each: str(each["uid"]))
                assert sorted(found, key=lambda each: str(each["uid"])) == wanted, program
            desktop = Desktop(home=tmp_path / f"home{number}")
            desktop.sync(url + file)
            assert desktop.kept == len(events)
            assert len(desktop.listed()) == len(events)
            assert desktop.imported(out / file)[0] == len(events)


def test_libraries_follow_by_uid(tmp_path: Path) -> None:
    """For programs that keep events by UID: the moved one is the same, with another time and a higher SEQUENCE."""
    out = tmp_path / "out"
    site = SITES["example"](tmp_path / "site")
    uid = "2026-08-19-mail-server-move.2026-04-01@status.example.com"
    told: list[tuple[object, object]] = []
    with serve(out) as url:
        for moment, _ in STEPS[3:]:
            build_site(site, out, url, as_of=f"{moment}+09:00")
            scripts = read_by_scripts(f"{url}calendars/all.ics")
            for program, found in scripts.readers():
                assert len({each["uid"] for each in found}) == len(found), program
            told.append(next((each["start"], each["sequence"]) for each in scripts.icaljs if each["uid"] == uid))
    assert told == [("2026-08-19T13:00:00.000Z", 1), ("2026-08-26T13:00:00.000Z", 2), ("2026-08-26T13:00:00.000Z", 4)]
