"""The script in a browser: words follow the reader's clock, in both languages, and nothing else does."""

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evening_site import both_served, write_evening, write_work_ahead

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).parent.parent / "site_templates" / "assets" / "noroshi.js"


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> Path:
    """A site on an evening: an incident that goes on, work under way, and work ahead."""
    return write_work_ahead(write_evening(tmp_path_factory.mktemp("evening")))


@pytest.fixture(scope="module")
def addresses(content, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The site as it is, and as it stood, each served on localhost under a strict policy."""
    with both_served(content, tmp_path_factory.mktemp("published")) as found:
        yield found


@pytest.fixture
def page(browser) -> Iterator[Any]:
    """A page whose clock the test sets, of a reader where the site is; others are in test_reader_zone."""
    context = browser.new_context(timezone_id="Asia/Tokyo")
    yield context.new_page()
    context.close()


def read_at(page: Any, address: str, time: str) -> None:
    """Open an address when the reader's clock shows a time of that night in Tokyo."""
    moment = datetime.fromisoformat(f"2026-06-{time}+09:00")
    page.clock.install(time=moment - timedelta(hours=1))
    page.clock.pause_at(moment)
    page.goto(address)


def words(page: Any, selector: str) -> list[str]:
    """What a reader sees of these elements."""
    return [" ".join(each.inner_text().split()) for each in page.locator(selector).all() if each.is_visible()]


OWED = ".nr-head .nr-glance__owed dd"


@pytest.mark.parametrize(
    ("path", "time", "owed"),
    [
        ("en/incidents/down/", "18T22:25:00", "Next report by 22:50 (in 25 minutes)"),
        ("en/incidents/down/", "18T22:48:30", "Next report by 22:50 (in 1 minute)"),
        ("en/incidents/down/", "18T22:50:00", "Next report by 22:50 (in 1 minute)"),
        ("en/incidents/down/", "18T22:52:10", "Next report overdue since 22:50 (for 2 minutes)"),
        ("en/incidents/down/", "19T23:55:00", "Next report overdue since 22:50 (for 1 day 1 hour)"),
        ("incidents/down/", "18T22:25:00", "次の報告 22:50まで（あと25分）"),
        ("incidents/down/", "19T23:55:00", "次の報告 22:50の期限を1日1時間過ぎています"),
    ],
)
def test_what_is_owed_follows_the_readers_clock(page, addresses, path, time, owed):
    """Due in so long, then overdue for so long, in the words that the build gave, in both languages."""
    read_at(page, addresses["now"] + path, time)
    assert words(page, OWED) == [owed]
    assert page.locator(f"{OWED} time").get_attribute("datetime") == "2026-06-18T13:50:00Z"


def test_an_open_page_goes_on_with_the_clock(page, addresses):
    """What becomes overdue while the page is open says so within half a minute."""
    read_at(page, addresses["now"] + "en/incidents/down/", "18T22:49:50")
    assert words(page, OWED) == ["Next report by 22:50 (in 1 minute)"]
    page.clock.run_for(31_000)
    assert words(page, OWED) == ["Next report overdue since 22:50 (for 1 minute)"]
    assert words(page, ".nr-promise--due .nr-promise__standing") == ["overdue for 1 minute"]


def test_who_comes_back_to_the_page_reads_the_time_of_now(page, addresses):
    """A page that was in the background, where timers sleep, is right as soon as it is seen."""
    read_at(page, addresses["now"] + "en/incidents/down/", "18T22:25:00")
    page.clock.set_fixed_time(datetime.fromisoformat("2026-06-18T22:55+09:00"))
    assert words(page, OWED) == ["Next report by 22:50 (in 25 minutes)"]
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert words(page, OWED) == ["Next report overdue since 22:50 (for 5 minutes)"]


@pytest.mark.parametrize(
    ("path", "time", "badge"),
    [
        ("en/maintenance/work/", "18T22:29:00", "In progress"),
        ("en/maintenance/work/", "18T22:42:00", "Planned end passed 12 minutes ago, completion report awaited"),
        ("maintenance/work/", "18T22:42:00", "終了予定を12分過ぎています・完了報告待ち"),
        ("en/maintenance/later/", "19T00:59:00", "Planned"),
        ("en/maintenance/later/", "19T01:05:00", "Planned start passed 5 minutes ago, start report awaited"),
        ("maintenance/later/", "19T01:05:00", "開始予定を5分過ぎています・開始報告待ち"),
    ],
)
def test_the_clock_starts_and_ends_no_work(page, addresses, path, time, badge):
    """A planned time that passes awaits its report; it is never said to have begun or ended."""
    read_at(page, addresses["now"] + path, time)
    assert words(page, ".nr-phase") == [badge]


def test_home_tells_what_became_overdue_after_it_was_made(page, addresses):
    """The verdict stays what it is, and beside it stands that something is overdue, with a link to what."""
    read_at(page, addresses["now"] + "en/", "18T22:26:00")
    assert words(page, ".nr-alarm") == []
    assert words(page, ".nr-open .nr-length") == ["46 minutes so far"]
    verdict = words(page, ".nr-verdict h1")
    levels = words(page, ".nr-level")
    page.clock.run_for(5 * 60_000)
    assert words(page, ".nr-alarm") == ["A promise is overdue"]
    page.clock.run_for(4 * 3_600_000)
    assert words(page, ".nr-verdict h1") == verdict
    assert words(page, ".nr-level") == levels
    assert page.locator(".nr-alarm").get_attribute("href") == "#owed"


def test_an_old_page_says_how_old_it_is(page, addresses):
    """From a day on; before that it says nothing of it."""
    read_at(page, addresses["now"] + "en/", "19T22:20:00")
    assert words(page, ".nr-aged") == []
    page.clock.run_for(2 * 3_600_000)
    assert words(page, ".nr-aged") == ["This page was made 1 day 1 hour ago; newer reports may be missing."]


def test_without_script_the_page_says_the_same_in_absolute_times(browser, addresses):
    """Every due time stands there, nothing says how long that is, and nothing that time makes untrue."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["now"] + "en/incidents/down/")
    assert words(page, OWED) == ["Next report by 22:50"]
    assert words(page, ".nr-promise--due .nr-promise__standing") == ["awaited"]
    page.goto(addresses["now"] + "en/")
    assert words(page, "#owed li") == [
        "End as planned by 22:30 Staging database upgrade",
        "Next report by 22:50 Staging <b>down</b> & out",
        "Next report by 23:30 Staging database upgrade",
        "Start as planned by Fri 19 June 2026, 01:00 Router replacement",
        "End as planned by Fri 19 June 2026, 02:00 Router replacement",
    ]
    assert words(page, ".nr-alarm") == []
    context.close()


def test_a_site_as_it_stood_stands_still(page, addresses):
    """Where later reports are left out on purpose, nothing becomes overdue by today's clock."""
    read_at(page, addresses["then"] + "en/incidents/down/", "30T12:00:00")
    assert words(page, OWED) == ["Next report by 22:50"]
    page.goto(addresses["then"] + "en/")
    assert words(page, ".nr-alarm") == []
    assert words(page, ".nr-aged") == []


def test_the_script_is_small_and_brings_no_words_of_its_own():
    """Under five kilobytes as it is sent, nothing that a strict policy forbids, and every word comes from the page."""
    text = SCRIPT.read_text("utf-8")
    assert len(gzip.compress(text.encode())) < 5 * 1024
    for forbidden in ("eval", "innerHTML", "Function(", ".style", 'setAttribute("style'):
        assert forbidden not in text
