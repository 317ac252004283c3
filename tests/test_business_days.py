"""Business days and quiet hours: the calendar that promises are counted by."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from holidays.registry import COUNTRIES as REGISTRY
from hypothesis import given, settings
from hypothesis import strategies as st

from noroshi.records.site import QuietHours
from noroshi.snapshot.promises import business_days
from noroshi.snapshot.promises.business_days import Workdays, after_quiet, unknown_place
from noroshi.snapshot.promises.countries import COUNTRIES

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
JAPAN = Workdays("JP", TOKYO)
PLACES = {
    "JP": JAPAN,
    "DE-BY": Workdays("DE-BY", BERLIN),
    "none": Workdays(None, ZoneInfo("America/Santiago")),  # where clocks skip midnight in spring
}
EARLIEST, LATEST = datetime(1971, 1, 1, tzinfo=UTC), datetime(2110, 12, 31, tzinfo=UTC)
MOMENTS = st.integers(0, int((LATEST - EARLIEST).total_seconds())).map(lambda n: EARLIEST + timedelta(seconds=n))
ZONES = st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo"])
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def at(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def quiet(start: str, end: str) -> QuietHours:
    return QuietHours.model_validate({"from": start, "until": end})


@pytest.mark.parametrize(
    ("moment", "days", "last"),
    [
        ("2026-06-18T23:20", 1, "2026-06-19"),  # Thursday to Friday
        ("2026-06-18T23:20", 2, "2026-06-22"),  # over a weekend
        ("2026-06-18T23:20", 5, "2026-06-25"),
        ("2026-06-20T10:00", 1, "2026-06-22"),  # from a Saturday
        ("2026-05-01T12:00", 1, "2026-05-07"),  # Golden Week; the 6th is the substitute of the 3rd, a Sunday
        ("2026-03-19T12:00", 1, "2026-03-23"),  # the vernal equinox
        ("2026-09-18T12:00", 1, "2026-09-24"),  # the 22nd lies between two holidays and so is one
        ("2025-11-21T12:00", 1, "2025-11-25"),  # the 24th is the substitute of the 23rd, a Sunday
        ("2026-12-30T12:00", 2, "2027-01-04"),  # over the end of the year
        ("2026-06-18T00:00", 0, "2026-06-18"),  # none: the day itself
        ("2026-06-20T10:00", 0, "2026-06-22"),  # none, from a Saturday: the next business day
    ],
)
def test_business_days_end_with_the_day(moment: str, days: int, last: str) -> None:
    """The day of the moment does not count, free days are passed over, and the last day counts until its end."""
    midnight = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), tzinfo=TOKYO)
    assert JAPAN.after(at(moment), days) == midnight


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [
        ("2026-06-25T21:00", 5, "2026-06-18T21:00"),
        ("2026-06-28T07:00", 1, "2026-06-26T07:00"),  # a Sunday's window
        ("2026-05-07T21:00", 1, "2026-05-01T21:00"),  # Golden Week
        ("2026-05-05T21:00", 0, "2026-05-05T21:00"),  # none: the moment itself, whatever its day
    ],
)
def test_notice_is_counted_back_at_the_same_time_of_day(moment: str, days: int, expected: str) -> None:
    """What is owed so many business days before a moment is owed at its time of day."""
    assert JAPAN.before(at(moment), days) == at(expected)


def test_the_day_is_that_of_the_sites_zone() -> None:
    """A moment late in the evening of UTC belongs to the next day in Tokyo."""
    assert JAPAN.after(datetime(2026, 6, 18, 16, 0, tzinfo=UTC), 1) == at("2026-06-23T00:00")  # Friday, 01:00


def test_a_region_has_holidays_of_its_own() -> None:
    """Corpus Christi is free in Bavaria and not in Berlin."""
    moment = at("2026-06-03T12:00", BERLIN)
    assert Workdays("DE-BY", BERLIN).after(moment, 1) == at("2026-06-06T00:00", BERLIN)
    assert Workdays("DE-BE", BERLIN).after(moment, 1) == at("2026-06-05T00:00", BERLIN)


def test_unknown_years_and_places_have_weekends_only() -> None:
    """Where the library ends, counting goes on."""
    assert JAPAN.after(at("2300-12-31T12:00"), 1) == at("2301-01-02T00:00")  # a Monday
    assert JAPAN.after(at("9000-12-31T12:00"), 5) > at("9000-12-31T12:00")
    nowhere = Workdays("Atlantis", TOKYO)
    assert nowhere.after(at("2026-05-01T12:00"), 1) == at("2026-05-05T00:00")


@pytest.mark.filterwarnings("error")
def test_the_librarys_warnings_stay_with_it() -> None:
    """For some countries it knows few years, and says so where nobody asked."""
    assert Workdays("IN", TOKYO).after(at("1990-06-18T12:00"), 1) == at("1990-06-20T00:00")


@given(st.sampled_from(sorted(PLACES)), MOMENTS, MOMENTS, st.integers(0, 30))
@settings(max_examples=300)
def test_later_moments_are_never_due_earlier(place: str, one: datetime, other: datetime, days: int) -> None:
    """Counting forward keeps the order of moments."""
    workdays = PLACES[place]
    first, second = sorted((one, other))
    assert workdays.after(first, days) <= workdays.after(second, days)


@given(st.sampled_from(sorted(PLACES)), MOMENTS, st.integers(0, 40))
@settings(max_examples=300)
def test_counting_lands_on_business_days(place: str, moment: datetime, days: int) -> None:
    """What is due then is due when a business day ends, so many of them after the moment's day and no more."""
    workdays = PLACES[place]
    due = workdays.after(moment, days)
    last = (due - timedelta(seconds=1)).astimezone(workdays.zone).date()
    begun = moment.astimezone(workdays.zone).date()
    assert due.tzinfo is UTC
    assert workdays.open_on(last)
    assert due.astimezone(workdays.zone).date() == last + timedelta(days=1)
    passed = [begun + timedelta(days=n) for n in range(0 if days == 0 else 1, (last - begun).days + 1)]
    assert sum(workdays.open_on(day) for day in passed) == max(days, 1)
    assert due > moment


@given(st.sampled_from(sorted(PLACES)), MOMENTS, st.integers(1, 40))
@settings(max_examples=300)
def test_counting_back_lands_on_business_days(place: str, moment: datetime, days: int) -> None:
    """Between the notice and the moment lie as many business days as were promised."""
    workdays = PLACES[place]
    due = workdays.before(moment, days).astimezone(workdays.zone)
    local = moment.astimezone(workdays.zone)
    assert workdays.open_on(due.date())
    between = [due.date() + timedelta(days=n) for n in range((local.date() - due.date()).days)]
    assert sum(workdays.open_on(day) for day in between) == days
    assert due.time() == local.time() or not _exists(datetime.combine(due.date(), local.time()), workdays.zone)


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        (("23:00", "08:00"), "2026-06-18T22:59", "2026-06-18T22:59"),
        (("23:00", "08:00"), "2026-06-18T23:00", "2026-06-19T08:00"),
        (("23:00", "08:00"), "2026-06-19T00:00", "2026-06-19T08:00"),
        (("23:00", "08:00"), "2026-06-19T07:59", "2026-06-19T08:00"),
        (("23:00", "08:00"), "2026-06-19T08:00", "2026-06-19T08:00"),
        (("12:00", "13:00"), "2026-06-18T12:30", "2026-06-18T13:00"),
        (("12:00", "13:00"), "2026-06-18T11:59", "2026-06-18T11:59"),
        (("08:00", "08:00"), "2026-06-18T08:00", "2026-06-18T08:00"),
        (("00:00", "06:00"), "2026-06-18T00:00", "2026-06-18T06:00"),
        (("22:00", "00:00"), "2026-06-18T23:59", "2026-06-19T00:00"),
    ],
)
def test_quiet_hours_put_off_to_their_end(hours: tuple[str, str], moment: str, expected: str) -> None:
    """What falls due in the night is due in the morning; the first quiet minute is quiet, the last named is not."""
    assert after_quiet(at(moment), quiet(*hours), TOKYO) == at(expected)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        # Clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
        (("23:00", "08:00"), "2026-03-28T22:30+00:00", "2026-03-29T06:00+00:00"),
        (("23:00", "08:00"), "2026-10-24T22:30+00:00", "2026-10-25T07:00+00:00"),
        (("23:00", "02:30"), "2026-03-28T23:00+00:00", "2026-03-29T01:00+00:00"),  # the end is skipped: over at once
        (("02:30", "06:00"), "2026-03-29T01:00+00:00", "2026-03-29T04:00+00:00"),  # the beginning is skipped
        (("02:30", "06:00"), "2026-03-29T00:59+00:00", "2026-03-29T00:59+00:00"),
        (("23:00", "02:30"), "2026-10-24T23:00+00:00", "2026-10-25T00:30+00:00"),  # the end comes twice: the first
        (("23:00", "02:30"), "2026-10-25T01:10+00:00", "2026-10-25T01:10+00:00"),
    ],
)
def test_quiet_hours_when_the_clocks_change(hours: tuple[str, str], moment: str, expected: str) -> None:
    """Quiet ends when clocks first show its end or what stands in its place."""
    found = after_quiet(datetime.fromisoformat(moment), quiet(*hours), BERLIN)
    assert found == datetime.fromisoformat(expected)


@given(MOMENTS, CLOCKS, CLOCKS, ZONES, st.integers(0, 72 * 60))
@settings(max_examples=400)
def test_quiet_hours_keep_the_order_of_moments(
    moment: datetime, start: time, end: time, zone: str, minutes: int
) -> None:
    """Nothing is put off by a day or more, nothing comes earlier, and what was due later stays so."""
    hours = quiet(f"{start:%H:%M}", f"{end:%H:%M}")
    one = after_quiet(moment, hours, ZoneInfo(zone))
    other = after_quiet(moment + timedelta(minutes=minutes), hours, ZoneInfo(zone))
    assert moment <= one <= other
    assert one - moment <= timedelta(hours=26)
    assert after_quiet(one, hours, ZoneInfo(zone)) == one


def test_codes_are_those_of_the_library() -> None:
    """A country that is looked up without the library is in it, and none of its own is missing."""
    assert {names[1] for names in REGISTRY.values()} == COUNTRIES


@pytest.mark.parametrize("place", ["JP", "DE", "DE-BY", "US-CA", "GB-SCT"])
def test_known_places(place: str) -> None:
    """Countries and their regions are taken."""
    assert unknown_place(place) is None


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        ("jp", "did you mean 'JP'?"),
        ("JPN", "did you mean 'JP'?"),
        ("Japan", "did you mean 'JP'?"),
        ("UK", "did you mean 'GB'?"),
        ("Untied States", "did you mean 'US'?"),
        ("de-by", "did you mean 'DE'?"),
        ("DE-by", "did you mean 'DE-BY'?"),
        ("DE-", "write DE, or one of these behind 'DE-'"),
        ("日本", "look at https://www.iso.org/obp/ui/#search for the code"),
    ],
)
def test_unknown_places_name_the_nearest(place: str, advice: str) -> None:
    """A name, a code of three letters or small letters are told the code that is meant."""
    reason = unknown_place(place)
    assert reason is not None
    assert reason[2] == advice


def test_the_library_is_loaded_when_a_day_is_counted() -> None:
    """A site that counts no business days does not wait for it, and looking up a country's code does not load it."""
    code = (
        "import sys\n"
        "from noroshi.snapshot.promises.business_days import Workdays, unknown_place\n"
        "from zoneinfo import ZoneInfo\n"
        "workdays = Workdays('JP', ZoneInfo('Asia/Tokyo')), unknown_place('JP')\n"
        "raise SystemExit('holidays' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_substitute_days_of_a_century() -> None:
    """Whenever a Japanese holiday is a Sunday, the day after it is free as well (Act on Holidays, 3.2)."""
    for year in range(1974, 2050):
        days = holidays.country_holidays("JP", years=year)
        for day in [day for day, name in days.items() if day.weekday() == 6 and "substitute" not in name.lower()]:
            assert not JAPAN.open_on(day + timedelta(days=1))


def test_days_of_a_month_are_in_order() -> None:
    """From each business day the next one follows."""
    open_days = [day for n in range(365) if JAPAN.open_on(day := date(2026, 1, 1) + timedelta(days=n))]
    for day, following in pairwise(open_days):
        noon = datetime.combine(day, time(12), tzinfo=TOKYO)
        assert JAPAN.after(noon, 1) == datetime.combine(following + timedelta(days=1), time(), tzinfo=TOKYO)


def test_holidays_of_an_earlier_run_are_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known then is taken as it was; the library is asked for other years only."""
    asked = []
    monkeypatch.setattr(business_days, "_found", {})
    monkeypatch.setattr(business_days, "_look_up", lambda *place: asked.append(place) or frozenset())
    business_days.recall_holidays({("JP", 2026): frozenset([date(2026, 6, 18)])})
    days = Workdays("JP", TOKYO)
    assert not days.open_on(date(2026, 6, 18))
    assert days.open_on(date(2027, 6, 18))
    assert asked == [("JP", 2027)]
    assert business_days.known_holidays().keys() == {("JP", 2026), ("JP", 2027)}
