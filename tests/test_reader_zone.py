"""The script in a browser elsewhere: the reader's own time beside the site's, and how long ago a report was made."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from evening_site import both_served, write_evening
from test_reader_clock import words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def addresses(tmp_path_factory) -> Iterator[dict[str, str]]:
    """A site on an evening in Tokyo, as it is and as it stood, each served on localhost under a strict policy."""
    root = write_evening(tmp_path_factory.mktemp("evening"))
    with both_served(root, tmp_path_factory.mktemp("published")) as found:
        yield found


@pytest.fixture
def reader(browser) -> Iterator[Any]:
    """What opens a page in a time zone, at a time of that night in Tokyo."""
    contexts = []

    def read(address: str, zone: str, time: str) -> Any:
        context = browser.new_context(timezone_id=zone)
        contexts.append(context)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        moment = datetime.fromisoformat(f"2026-06-{time}+09:00")
        page.clock.install(time=moment - timedelta(hours=1))
        page.clock.pause_at(moment)
        page.goto(address)
        assert faults == []
        return page

    yield read
    for context in contexts:
        context.close()


def beside(page: Any, datetime_: str) -> set[str]:
    """What stands behind the times of this moment."""
    found = page.locator(f'time[datetime="{datetime_}"] + .nr-yours')
    return {" ".join(each.split()) for each in found.all_inner_texts()}


@pytest.mark.parametrize(
    ("path", "zone", "same_day", "other_day"),
    [
        ("incidents/down/", "Europe/Berlin", "（お手元では 14:40）", None),
        ("en/incidents/down/", "Europe/Berlin", "(your time 14:40)", None),
        ("incidents/down/", "Pacific/Auckland", None, "（お手元では 6月19日00:40）"),
        ("en/incidents/down/", "Pacific/Auckland", None, "(your time 19 June, 00:40)"),
    ],
)
def test_the_readers_own_time_stands_beside(reader, addresses, path, zone, same_day, other_day):
    """Where the offset differs: the time of day, with the day where that is another one; each moment, not each day."""
    page = reader(addresses["now"] + path, zone, "18T22:26:00")
    assert beside(page, "2026-06-18T12:40:00Z") == {same_day or other_day}
    assert page.locator("time[data-day] + .nr-yours").count() == 0
    assert page.locator(":not(s) > time:not([data-day])").count() == page.locator(".nr-yours").count()


def test_a_note_at_the_top_names_the_readers_zone_once(reader, addresses):
    """Above all times but those of the matter itself it says what the brackets hold."""
    page = reader(addresses["now"] + "en/", "Europe/Berlin", "18T22:26:00")
    assert words(page, ".nr-zone") == [
        "All times are in JST (UTC+09:00). In brackets: your own time (Central European Summer Time)."
    ]
    page = reader(addresses["now"], "Europe/Berlin", "18T22:26:00")
    assert words(page, ".nr-zone") == [
        "時刻の基準：JST（UTC+09:00） かっこ内はお使いの端末の時刻（中央ヨーロッパ夏時間）です。"
    ]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Asia/Seoul"])
def test_where_clocks_show_the_same_nothing_is_added(reader, addresses, zone):
    """Another zone of the same offset is no other time."""
    page = reader(addresses["now"] + "en/", zone, "18T22:26:00")
    assert page.locator(".nr-yours").count() == 0
    assert words(page, ".nr-zone") == ["All times are in JST (UTC+09:00)."]


def test_a_promise_that_is_worded_anew_keeps_its_companion(reader, addresses):
    """When a promise turns overdue while the page is open, the reader's own time still stands behind its time."""
    page = reader(addresses["now"] + "en/incidents/down/", "Europe/Berlin", "18T22:49:00")
    owed = page.locator(".nr-due").first
    assert " ".join(owed.inner_text().split()) == "by 22:50 (your time 15:50) (in 1 minute)"
    page.clock.run_for(4 * 60_000)
    assert " ".join(owed.inner_text().split()) == "overdue since 22:50 (your time 15:50) (for 3 minutes)"


@pytest.mark.parametrize(
    ("time", "home", "record"),
    [
        ("18T22:20:30", [], "(just now)"),
        ("18T22:26:00", ["(1 minute ago)"], "(6 minutes ago)"),
        ("20T22:19:00", ["(1 day 23 hours ago)"], "(1 day 23 hours ago)"),
        ("20T22:30:00", [], None),
    ],
)
def test_how_long_ago_stands_behind_the_last_report_and_the_page_itself(reader, addresses, time, home, record):
    """For two days; and not before it happened, by a reader's clock that is slow."""
    page = reader(addresses["now"] + "en/", "Asia/Tokyo", time)
    assert words(page, ".nr-as-of .nr-ago") == home
    page = reader(addresses["now"] + "en/incidents/down/", "Asia/Tokyo", time)
    assert words(page, ".nr-report .nr-ago") == ([record] if record else [])


def test_how_long_ago_goes_on_with_the_clock(reader, addresses):
    """It is right as long as the page is open."""
    page = reader(addresses["now"] + "incidents/down/", "Asia/Tokyo", "18T22:26:00")
    assert words(page, ".nr-report .nr-ago") == ["（6分前）"]
    page.clock.run_for(59 * 60_000)
    assert words(page, ".nr-report .nr-ago") == ["（1時間5分前）"]


def test_a_site_as_it_stood_has_readers_times_and_no_ages(reader, addresses):
    """The times of that night are of use elsewhere; how long ago they are would be told of today."""
    page = reader(addresses["then"] + "en/incidents/down/", "Europe/Berlin", "30T12:00:00")
    assert beside(page, "2026-06-18T12:40:00Z") == {"(your time 14:40)"}
    assert page.locator(".nr-ago").count() == 0


def test_an_unknown_zone_leaves_the_page_as_it_is(reader, addresses, browser):
    """A browser older than the site's zone shows the site's times alone, and the clock runs all the same."""
    context = browser.new_context(timezone_id="Europe/Berlin")
    page = context.new_page()

    def rename(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("Asia/Tokyo", "Asia/Edo"))

    page.route("**/down/", rename)
    page.goto(addresses["now"] + "en/incidents/down/")
    assert page.locator(".nr-yours").count() == 0
    assert page.locator(".nr-due.nr-past").count() > 0
    context.close()


def test_lengths_agree_with_those_of_the_build(browser, addresses):
    """The script rounds and words every length as `Wording.duration` does, in forms that the language counts in."""
    from zoneinfo import ZoneInfo

    from noroshi.text.wording import wording

    said = wording("en", ZoneInfo("Asia/Tokyo"))
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.goto(addresses["now"] + "en/incidents/down/")
    given = json.loads(page.locator(".nr[data-words]").get_attribute("data-words"))
    assert given["day"] == {"one": "{n} day", "other": "{n} days"}
    context.close()
    for seconds in (0, 59, 60, 119, 3599, 3600, 5700, 86399, 86400, 86460, 90000, 172799, 172800, 10_000_000):
        context = browser.new_context(timezone_id="Asia/Tokyo")
        page = context.new_page()
        due = datetime.fromisoformat("2026-06-18T22:50+09:00")
        page.clock.install(time=due)
        page.clock.pause_at(due + timedelta(seconds=seconds, milliseconds=900))
        page.goto(addresses["now"] + "en/incidents/down/")
        length = said.duration(timedelta(seconds=seconds))
        text = " ".join(page.locator(".nr-due").first.inner_text().split())
        assert text == f"overdue since 22:50 (for {length})", seconds
    context.close()
