"""Times as people say them become moments in the site's zone, or are refused with what to write."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from noroshi.problems import StatedError
from noroshi.text.fact_times import deadline_spelled, end_said
from noroshi.text.said_slips import is_far_off
from noroshi.text.said_times import AHEAD, Lean, UnsaidError, deadline_said, moment_said, spelled

TOKYO, BERLIN, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOW = datetime(2026, 6, 18, 22, 20, 40, tzinfo=TOKYO)
"""A Thursday evening."""

EITHER = {
    "2026-06-18T21:40+09:00": "2026-06-18T21:40+09:00",
    "2026-06-18T12:40Z": "2026-06-18T21:40+09:00",
    "2026-06-18 21:40 +09:00": "2026-06-18T21:40+09:00",
    "2026-06-18t21:40:05+09:00": "2026-06-18T21:40:05+09:00",
    "2026-06-18 21:40": "2026-06-18T21:40+09:00",
    "2026-06-18T21:40": "2026-06-18T21:40+09:00",
    "2026/6/18 21:40": "2026-06-18T21:40+09:00",
    "2026年6月18日 21時40分": "2026-06-18T21:40+09:00",
    "2026年6月18日(木)21:40": "2026-06-18T21:40+09:00",
    "2026-06-18 25:30": "2026-06-19T01:30+09:00",
    "2026-12-31 29:59": "2027-01-01T05:59+09:00",
    "now": "2026-06-18T22:20+09:00",
    "今": "2026-06-18T22:20+09:00",
    "+30m": "2026-06-18T22:50+09:00",
    "＋３０ｍ": "2026-06-18T22:50+09:00",
    "-10m": "2026-06-18T22:10+09:00",
    "−10m": "2026-06-18T22:10+09:00",
    "+1h30m": "2026-06-18T23:50+09:00",
    "+1h 30m": "2026-06-18T23:50+09:00",
    "-2h": "2026-06-18T20:20+09:00",
    "+2d": "2026-06-20T22:20+09:00",
    "30分後": "2026-06-18T22:50+09:00",
    "３０分後": "2026-06-18T22:50+09:00",
    "10分前": "2026-06-18T22:10+09:00",
    "1時間30分後": "2026-06-18T23:50+09:00",
    "1時間半後": "2026-06-18T23:50+09:00",
    "2時間前": "2026-06-18T20:20+09:00",
    "3日後": "2026-06-21T22:20+09:00",
    "in 30 min": "2026-06-18T22:50+09:00",
    "10 minutes ago": "2026-06-18T22:10+09:00",
    "明日 10:00": "2026-06-19T10:00+09:00",
    "明日　１０：００": "2026-06-19T10:00+09:00",
    "明日10時": "2026-06-19T10:00+09:00",
    "明日の10時半": "2026-06-19T10:30+09:00",
    "あす 9:05": "2026-06-19T09:05+09:00",
    "明日正午": "2026-06-19T12:00+09:00",
    "明日午後3時": "2026-06-19T15:00+09:00",
    "明日 25:30": "2026-06-20T01:30+09:00",
    "tomorrow 10:00": "2026-06-19T10:00+09:00",
    "Tomorrow at 3pm": "2026-06-19T15:00+09:00",
    "明後日 9時": "2026-06-20T09:00+09:00",
    "昨日 23:50": "2026-06-17T23:50+09:00",
    "yesterday 11:50 p.m.": "2026-06-17T23:50+09:00",
    "一昨日 8:00": "2026-06-16T08:00+09:00",
    "今日 8:00": "2026-06-18T08:00+09:00",
    "today 23:30": "2026-06-18T23:30+09:00",
    "22:20": "2026-06-18T22:20+09:00",
    "あと30分": "2026-06-18T22:50+09:00",
    "あと1時間半": "2026-06-18T23:50+09:00",
    "今夜23時": "2026-06-18T23:00+09:00",
    "今晩の19:30": "2026-06-18T19:30+09:00",
    "今夜25:30": "2026-06-19T01:30+09:00",
    "tonight at 11pm": "2026-06-18T23:00+09:00",
    "18日 22:20": "2026-06-18T22:20+09:00",
    "18日(木)22時20分": "2026-06-18T22:20+09:00",
}
LEANING = {
    # what has happened, and what will
    "22:35": ("2026-06-18T22:35+09:00", "2026-06-18T22:35+09:00"),
    "22:19": ("2026-06-18T22:19+09:00", "2026-06-19T22:19+09:00"),
    "21:40:30": ("2026-06-18T21:40:30+09:00", "2026-06-19T21:40:30+09:00"),
    "9時": ("2026-06-18T09:00+09:00", "2026-06-19T09:00+09:00"),
    "21時40分": ("2026-06-18T21:40+09:00", "2026-06-19T21:40+09:00"),
    "0:00": ("2026-06-18T00:00+09:00", "2026-06-19T00:00+09:00"),
    "24:00": ("2026-06-18T00:00+09:00", "2026-06-19T00:00+09:00"),
    "25:30": ("2026-06-18T01:30+09:00", "2026-06-19T01:30+09:00"),
    "正午": ("2026-06-18T12:00+09:00", "2026-06-19T12:00+09:00"),
    "noon": ("2026-06-18T12:00+09:00", "2026-06-19T12:00+09:00"),
    "午前0時": ("2026-06-18T00:00+09:00", "2026-06-19T00:00+09:00"),
    "午後0時": ("2026-06-18T12:00+09:00", "2026-06-19T12:00+09:00"),
    "午後3時": ("2026-06-18T15:00+09:00", "2026-06-19T15:00+09:00"),
    "3pm": ("2026-06-18T15:00+09:00", "2026-06-19T15:00+09:00"),
    "3:30 pm": ("2026-06-18T15:30+09:00", "2026-06-19T15:30+09:00"),
    "12am": ("2026-06-18T00:00+09:00", "2026-06-19T00:00+09:00"),
    "12pm": ("2026-06-18T12:00+09:00", "2026-06-19T12:00+09:00"),
    "金曜 10:00": ("2026-06-12T10:00+09:00", "2026-06-19T10:00+09:00"),
    "金曜日10時": ("2026-06-12T10:00+09:00", "2026-06-19T10:00+09:00"),
    "Fri 10:00": ("2026-06-12T10:00+09:00", "2026-06-19T10:00+09:00"),
    "friday 3pm": ("2026-06-12T15:00+09:00", "2026-06-19T15:00+09:00"),
    "木曜 10:00": ("2026-06-18T10:00+09:00", "2026-06-25T10:00+09:00"),
    "木曜 23:00": ("2026-06-11T23:00+09:00", "2026-06-18T23:00+09:00"),
    "2/29 10:00": ("2024-02-29T10:00+09:00", "2028-02-29T10:00+09:00"),
    "12/24 10:00": ("2025-12-24T10:00+09:00", "2026-12-24T10:00+09:00"),
    "1月5日 10時": ("2026-01-05T10:00+09:00", "2027-01-05T10:00+09:00"),
}
REFUSED = {
    "": "is no time; write a time such as ",
    "今夜11時": "is no time of an evening or of the night after it; write 23:00 if that is meant",
    "今夜12時": "write 24:00",
    "今晩 1:30": "write 25:30",
    "今夜14時": "write 今日 14:00",
    "今夜": "says a day and no time of day; write it with one, such as 今夜 23:00",
    "0日 9:00": "is on no calendar",
    "32日 9:00": "is on no calendar",
    "18日(金) 22:20": "has the wrong day of the week; 2026-06-18 is a Thursday",
    "soon": "is no time",
    "2330": "has no colon; write 23:30",
    "9": "may be an hour or minutes; write 9:00 or +9m",
    "30": "has no unit; write +30m",
    "+1.33h": "no whole minutes; write it as in 1h20m",
    "30:00": "is on no clock",
    "12:60": "is on no clock",
    "13pm": "has no such hour",
    "0am": "is on no clock",
    "午後12時": "noon to some and midnight to others",
    "2026-02-30 10:00": "is on no calendar",
    "2026-02-30T10:00+09:00": "does not exist",
    "2026-06-18T24:00+09:00": "is no time",
    "13/1 10:00": "is on no calendar",
    "明日": "says a day and no time of day; write it with one, such as 明日 10:00",
    "2026-06-19": "says a day and no time of day",
    "金曜": "says a day and no time of day",
    "2026-06-18(金) 10:00": "has the wrong day of the week; 2026-06-18 is a Thursday",
    "2026-06-18 (foo) 10:00": "'foo' for a day of the week",
    "9001-01-01 10:00": "is out of range",
    "1900-01-01 10:00": "is out of range",
    "+9999d 10:00": "is no time",
    "-99999999m": "is no time",
    "明日から 10:00": "is no time",
    "monday10": "is no time",
    "+": "is no time",
    "x" * 10_000: "is no time",
}


@pytest.mark.parametrize("lean", Lean)
@pytest.mark.parametrize("word", EITHER)
def test_a_time_that_says_its_day(word: str, lean: Lean) -> None:
    """It means one moment, whether it is told of the past or of the future, and is spelled out with its offset."""
    moment = moment_said(word, NOW, TOKYO, lean)
    assert spelled(moment) == EITHER[word]
    assert moment.tzinfo is TOKYO


@pytest.mark.parametrize("word", LEANING)
def test_a_time_that_leaves_its_day_open(word: str) -> None:
    """Of the past it is the latest such time, a quarter of an hour ahead at most; of the future the next one."""
    assert spelled(moment_said(word, NOW, TOKYO, Lean.PAST)) == LEANING[word][0]
    assert spelled(moment_said(word, NOW, TOKYO, Lean.FUTURE)) == LEANING[word][1]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("30m", "22:50"),
        ("３０ｍ", "22:50"),
        ("30分", "22:50"),
        ("３０分間", "22:50"),
        ("2h", "00:20"),
        ("2時間", "00:20"),
        ("1時間半", "23:50"),
        ("1h30m", "23:50"),
        ("1時間30分", "23:50"),
        ("1.5h", "23:50"),
        ("１．５時間", "23:50"),
        ("半日", "10:20"),
        ("1日半", "10:20"),
        ("2日間", "22:20"),
        ("2d", "22:20"),
        ("+半日", "10:20"),
    ],
)
def test_a_length_alone_lies_ahead_where_the_future_is_asked_for(word: str, said: str) -> None:
    """As with `+`; of the past it is refused, with the spelling of what is behind."""
    meant = moment_said(word, NOW, TOKYO, Lean.FUTURE)
    assert spelled(meant)[11:16] == said
    assert meant == moment_said("+" + word.lstrip("+"), NOW, TOKYO, Lean.FUTURE)
    if not word.startswith("+"):
        with pytest.raises(UnsaidError, match="does not say on which side it lies; write -"):
            moment_said(word, NOW, TOKYO, Lean.PAST)
    assert moment_said("-" + word.lstrip("+"), NOW, TOKYO, Lean.PAST) < NOW


@pytest.mark.parametrize("said", [moment_said, deadline_said])
def test_days_that_may_be_a_day_of_the_month_are_refused(said: Callable[..., date]) -> None:
    """`20日` is the 20th to most people, and 20 days to some."""
    with pytest.raises(UnsaidError, match="may be a length or a day of the month; write 20日間, or month and day"):
        said("20日", NOW, TOKYO, Lean.FUTURE)
    assert said("20日間", NOW, TOKYO, Lean.FUTURE) == said("+20日", NOW, TOKYO, Lean.FUTURE)


@pytest.mark.parametrize("word", ["22:36", "23:30", "２３：３０", "25:20"])
def test_what_has_happened_is_not_still_to_come(word: str) -> None:
    """Of the past, a time up to three hours ahead is refused with both days; 25:20 is no such time."""
    assert moment_said(word, NOW, TOKYO, Lean.FUTURE) > NOW
    if word == "25:20":
        assert spelled(moment_said(word, NOW, TOKYO, Lean.PAST)) == "2026-06-18T01:20+09:00"
        return
    with pytest.raises(UnsaidError, match=r"is still ahead of 22:20; write it later, or 2026-06-17T2.:3.\+09:00"):
        moment_said(word, NOW, TOKYO, Lean.PAST)
    morning = NOW.replace(hour=9)
    assert moment_said(word, morning, TOKYO, Lean.PAST).date() == date(2026, 6, 17)


@pytest.mark.parametrize(
    ("word", "far"), [("22:05", True), ("0:30", False), ("25:30", False), ("明日 22:05", False), ("24h", False)]
)
def test_a_clock_time_of_another_day_may_be_a_slip(word: str, far: bool) -> None:
    """`22:05` at 22:20 is tomorrow's; what says its day, or lies within half a day, is no slip."""
    assert is_far_off(word, moment_said(word, NOW, TOKYO, Lean.FUTURE), NOW) is far


@pytest.mark.parametrize("lean", Lean)
def test_examples_lie_on_the_side_that_is_asked_for(lean: Lean) -> None:
    """What the refusal offers can be answered to the question that was asked."""
    with pytest.raises(UnsaidError) as told:
        moment_said("soon", NOW, TOKYO, lean)
    examples = re.findall(
        r"\d\d:\d\d(?=,)|[+-]?\d+m|[+-]?\d時間|[明昨]日 10:00", str(told.value).split("such as", 1)[1]
    )
    assert len(examples) >= 3
    for each in examples:
        assert (moment_said(each, NOW, TOKYO, lean) > NOW) is (lean is Lean.FUTURE), each


@pytest.mark.parametrize("lean", Lean)
@pytest.mark.parametrize("word", REFUSED, ids=lambda word: word[:20])
def test_what_is_no_time_is_refused(word: str, lean: Lean) -> None:
    """The message quotes it, says what is wrong and what to write, and names the zone where that matters."""
    with pytest.raises(UnsaidError) as told:
        moment_said(word, NOW, TOKYO, lean)
    assert isinstance(told.value, StatedError)
    assert REFUSED[word] in str(told.value)
    assert len(str(told.value)) < 300


def test_past_midnight_the_night_still_counts_on() -> None:
    """At half past midnight 25:30 is within the hour, and 23:50 was ten minutes before midnight."""
    now = datetime(2026, 6, 19, 0, 30, tzinfo=TOKYO)
    assert spelled(moment_said("25:30", now, TOKYO, Lean.FUTURE)) == "2026-06-19T01:30+09:00"
    assert spelled(moment_said("23:50", now, TOKYO, Lean.PAST)) == "2026-06-18T23:50+09:00"
    assert spelled(moment_said("0:40", now, TOKYO, Lean.PAST)) == "2026-06-19T00:40+09:00"


@pytest.mark.parametrize("word", ["6/10 21:40", "6月10日 21:40"])
def test_a_year_that_nobody_means_is_asked_for(word: str) -> None:
    """A date of last week is no promise for next year: both are told, and the year is asked for."""
    with pytest.raises(UnsaidError, match="may be 2026-06-10 or 2027-06-10; write the year"):
        moment_said(word, NOW, TOKYO, Lean.FUTURE)
    assert spelled(moment_said(word, NOW, TOKYO, Lean.PAST)) == "2026-06-10T21:40+09:00"
    with pytest.raises(UnsaidError, match="may be 2025-07-01 or 2026-07-01"):
        deadline_said("7/1", NOW, TOKYO, Lean.PAST)


def test_a_month_that_nobody_means_is_asked_for() -> None:
    """The 24th is that of this month before it and after it; which one, is asked where the other lies nearer."""
    assert spelled(moment_said("24日 10:00", NOW, TOKYO, Lean.FUTURE)) == "2026-06-24T10:00+09:00"
    assert spelled(moment_said("5日 10:00", NOW, TOKYO, Lean.FUTURE)) == "2026-07-05T10:00+09:00"
    assert spelled(moment_said("31日 9時", NOW, TOKYO, Lean.PAST)) == "2026-05-31T09:00+09:00"
    with pytest.raises(UnsaidError, match="may be 2026-06-18 or 2026-07-18; write the month"):
        moment_said("18日 9:00", NOW, TOKYO, Lean.FUTURE)
    with pytest.raises(UnsaidError, match="may be 2026-05-24 or 2026-06-24; write the month"):
        moment_said("24日 10:00", NOW, TOKYO, Lean.PAST)
    new_year = datetime(2026, 12, 28, 9, 0, tzinfo=TOKYO)
    assert spelled(moment_said("4日 10:00", new_year, TOKYO, Lean.FUTURE)) == "2027-01-04T10:00+09:00"


DAYS = {
    "2026-06-26": ("2026-06-26", "2026-06-26"),
    "2026/6/26": ("2026-06-26", "2026-06-26"),
    "2026年6月26日": ("2026-06-26", "2026-06-26"),
    "明日": ("2026-06-19", "2026-06-19"),
    "today": ("2026-06-18", "2026-06-18"),
    "本日": ("2026-06-18", "2026-06-18"),
    "+7d": ("2026-06-25", "2026-06-25"),
    "3日後": ("2026-06-21", "2026-06-21"),
    "6/18": ("2026-06-18", "2026-06-18"),
    "金曜": ("2026-06-12", "2026-06-19"),
    "Wed": ("2026-06-17", "2026-06-24"),
    "水曜日": ("2026-06-17", "2026-06-24"),
    "12/24": ("2025-12-24", "2026-12-24"),
}


@pytest.mark.parametrize("word", DAYS)
def test_a_day_alone_is_a_day(word: str) -> None:
    """By which something will be done, or on which it was."""
    assert deadline_said(word, NOW, TOKYO) == date.fromisoformat(DAYS[word][1])
    assert deadline_said(word, NOW, TOKYO, Lean.PAST) == date.fromisoformat(DAYS[word][0])


@pytest.mark.parametrize("word", ["23:30", "明日 10:00", "+1h", "2026-06-26T10:00+09:00", "+1d2h"])
def test_a_deadline_may_have_its_time_of_day(word: str) -> None:
    """Then it is the moment that the same words mean elsewhere."""
    assert deadline_said(word, NOW, TOKYO) == moment_said(word, NOW, TOKYO, Lean.FUTURE)


def test_the_name_of_today_is_no_deadline() -> None:
    """On a Thursday 'Thursday' may be today or a week from now: both are told."""
    with pytest.raises(UnsaidError, match="is today; write today, or 2026-06-25"):
        deadline_said("木曜", NOW, TOKYO)
    with pytest.raises(UnsaidError, match="is today; write today, or 2026-06-11"):
        deadline_said("Thu", NOW, TOKYO, Lean.PAST)
    with pytest.raises(UnsaidError, match="is no time"):
        deadline_said("soon", NOW, TOKYO)


GAPS = [
    (BERLIN, "2026-03-28T20:00+01:00", "02:30", "2026-03-29", "2026-03-29T01:30+01:00 or 2026-03-29T03:30+02:00"),
    (NEW_YORK, "2026-03-07T20:00-05:00", "2:30", "2026-03-08", "2026-03-08T01:30-05:00 or 2026-03-08T03:30-04:00"),
]
FOLDS = [
    (BERLIN, "2026-10-24T20:00+02:00", "02:30", "2026-10-25", "2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00"),
    (NEW_YORK, "2026-10-31T20:00-04:00", "1:30", "2026-11-01", "2026-11-01T01:30-04:00 or 2026-11-01T01:30-05:00"),
]


@pytest.mark.parametrize(("zone", "now", "clock", "day", "pair"), GAPS)
def test_a_time_that_clocks_leap_over_is_refused(zone: ZoneInfo, now: str, clock: str, day: str, pair: str) -> None:
    """With the spellings of the times before and after the leap, either of which can be said instead."""
    for word in (clock, f"{day} {clock}", f"tomorrow {clock}"):
        with pytest.raises(UnsaidError) as told:
            moment_said(word, datetime.fromisoformat(now), zone, Lean.FUTURE)
        assert f"does not exist on {day}" in str(told.value)
        assert f"write {pair}" in str(told.value)


@pytest.mark.parametrize(("zone", "now", "clock", "day", "pair"), FOLDS)
def test_a_time_that_comes_twice_is_refused(zone: ZoneInfo, now: str, clock: str, day: str, pair: str) -> None:
    """With the spellings of both; each of them can be said, and is taken."""
    moments = [datetime.fromisoformat(now)]
    moments += [datetime.fromisoformat(word) - timedelta(minutes=5) for word in pair.split(" or ")]
    for moment in moments:
        with pytest.raises(UnsaidError) as told:
            moment_said(clock, moment, zone, Lean.FUTURE)
        assert f"comes twice on {day}" in str(told.value)
        assert f"write {pair}" in str(told.value)
    for word in pair.split(" or "):
        assert spelled(moment_said(word, moments[0], zone, Lean.FUTURE)) == word
        after = datetime.fromisoformat(word) + timedelta(minutes=5)
        with pytest.raises(UnsaidError, match="comes twice"):
            moment_said(clock, after, zone, Lean.PAST)


def test_a_length_is_of_elapsed_time_and_a_day_is_of_the_calendar() -> None:
    """Over the night on which clocks are put forward 12 hours end an hour later by the clock, and a day does not."""
    now = datetime.fromisoformat("2026-03-28T20:00+01:00")
    assert spelled(moment_said("+12h", now, BERLIN, Lean.FUTURE)) == "2026-03-29T09:00+02:00"
    assert spelled(moment_said("+1d", now, BERLIN, Lean.FUTURE)) == "2026-03-29T20:00+02:00"
    with pytest.raises(UnsaidError, match="does not exist on 2026-03-29"):
        moment_said("+1d", datetime.fromisoformat("2026-03-28T02:30+01:00"), BERLIN, Lean.FUTURE)


@pytest.mark.parametrize(
    ("word", "end"),
    [
        ("12h", "2026-03-29T09:00+02:00"),
        ("+12h", "2026-03-29T09:00+02:00"),
        ("３０ｍ", "2026-03-28T20:30+01:00"),
        ("+1h30m", "2026-03-28T21:30+01:00"),
        ("9:00", "2026-03-29T09:00+02:00"),
    ],
)
def test_an_end_is_a_time_or_a_length(word: str, end: str) -> None:
    """How long something takes is elapsed time, also over the night on which clocks are put forward."""
    start = datetime.fromisoformat("2026-03-28T20:00+01:00")
    assert spelled(end_said(word, start.astimezone(BERLIN), BERLIN)) == end


@pytest.mark.parametrize("start", ["9000-12-31T12:00+00:00", "9999-12-31T12:00+00:00"])
def test_an_end_lies_within_the_years_of_records(start: str) -> None:
    """A length that leads out of them is refused in words."""
    with pytest.raises(UnsaidError, match="too long"):
        end_said("99999h", datetime.fromisoformat(start), TOKYO)


def test_a_deadline_is_spelled_as_a_day_or_a_time() -> None:
    """Where no time of day is said, none is written."""
    assert deadline_spelled("+7d", NOW, TOKYO) == "2026-06-25"
    assert deadline_spelled("明日 18:00", NOW, TOKYO) == "2026-06-19T18:00+09:00"
    assert deadline_spelled("6/17", NOW, TOKYO, Lean.PAST) == "2026-06-17"


ZONES = st.sampled_from([TOKYO, BERLIN, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")])
MOMENTS = st.datetimes(
    datetime.fromisoformat("1975-01-01"), datetime.fromisoformat("2100-01-01"), timezones=st.just(UTC)
)


@given(MOMENTS, MOMENTS, ZONES, st.sampled_from(Lean))
def test_what_is_spelled_can_be_said(moment: datetime, now: datetime, zone: ZoneInfo, lean: Lean) -> None:
    """A moment's spelling means that moment, at every time and in every zone, to the second."""
    whole = moment.replace(microsecond=0)
    assert moment_said(spelled(whole, zone), now, zone, lean) == whole
    assert spelled(moment_said(spelled(whole, zone), now, zone, lean)) == spelled(whole, zone)


@given(MOMENTS, st.integers(0, 29), st.integers(0, 59), ZONES)
@example(datetime(2026, 4, 4, 14, 45, tzinfo=UTC), 1, 45, ZoneInfo("Australia/Lord_Howe"))
def test_a_clock_time_is_the_nearest_on_its_side(now: datetime, hour: int, minute: int, zone: ZoneInfo) -> None:
    """Never behind what it leans to, never more than a day and an hour off, and the clock shows it."""
    word = f"{hour}:{minute:02}"
    here = now.replace(second=0, microsecond=0)
    try:
        ahead = moment_said(word, now, zone, Lean.FUTURE)
        past = moment_said(word, now, zone, Lean.PAST)
    except UnsaidError as refused:
        reasons = ("does not exist", "comes twice", "is still ahead")
        assert any(reason in str(refused) for reason in reasons)  # noqa: PT017 (each is right)
        return
    assert here <= ahead <= here + timedelta(hours=25)
    assert now - timedelta(hours=25, minutes=1) <= past <= here + AHEAD
    assert {(each.hour, each.minute) for each in (ahead, past)} == {(hour % 24, minute)}


@given(st.text(max_size=30) | st.from_regex(r"[0-9/:月日時分+\-hmd 明今前後の]{1,12}", fullmatch=True), MOMENTS, ZONES)
def test_nothing_that_is_typed_is_a_fault(word: str, now: datetime, zone: ZoneInfo) -> None:
    """Whatever is typed, it is a moment within the years of records, or it is refused in words."""
    for lean in Lean:
        for said in (moment_said, deadline_said):
            try:
                assert 1970 <= said(word, now, zone, lean).year <= 9000
            except UnsaidError as refused:
                assert str(refused)  # noqa: PT017 (either is right)
