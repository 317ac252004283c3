"""Words, dates and durations for readers, and the catalogue that they come from."""

import gettext
import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from noroshi.records import choices
from noroshi.records.content import MatterKind
from noroshi.text.catalogue import template
from noroshi.text.labels import label_of
from noroshi.text.wording import CATALOGUES, Wording, iso, wording

ROOT = Path(__file__).resolve().parent.parent
PO = CATALOGUES / "ja" / "LC_MESSAGES" / "noroshi.po"
TOKYO = ZoneInfo("Asia/Tokyo")


def said(language: str, zone: str = "Asia/Tokyo") -> Wording:
    return wording(language, ZoneInfo(zone))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("language", "words"), [("ja", "2026年6月18日（木）21:40"), ("en", "Thu 18 June 2026, 21:40")])
def test_a_moment_is_said_as_the_site_s_clocks_show_it(language, words):
    """A moment is written as its language writes it, in the site's zone whatever offset it came with."""
    assert said(language).moment(at("2026-06-18T12:40+00:00")) == words


@pytest.mark.parametrize(
    ("language", "end", "words"),
    [
        ("ja", "2026-06-18T23:20+09:00", "2026年6月18日（木）21:40 – 23:20"),
        ("en", "2026-06-19T00:10+09:00", "Thu 18 June 2026, 21:40 – Fri 19 June 2026, 00:10"),
    ],
)
def test_a_span_names_its_day_once(language, end, words):
    """From when until when: a day that is the same stands once."""
    assert said(language).span(at("2026-06-18T21:40+09:00"), at(end)) == words


@pytest.mark.parametrize(
    ("minutes", "ja", "en"),
    [
        (0.5, "1分", "1 minute"),
        (40, "40分", "40 minutes"),
        (60, "1時間", "1 hour"),
        (100, "1時間40分", "1 hour 40 minutes"),
        (25 * 60 + 59, "1日1時間", "1 day 1 hour"),
        (48 * 60 + 5, "2日5分", "2 days 5 minutes"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(minutes, ja, en):
    """Two units at most, rounded down, at least a minute; Japanese writes them without a space."""
    length = timedelta(minutes=minutes)
    assert (said("ja").duration(length), said("en").duration(length)) == (ja, en)


@pytest.mark.parametrize(
    ("moment", "before", "ja", "en"),
    [
        ("2026-06-18T21:45+09:00", None, "2026年6月18日（木）21:45", "Thu 18 June 2026, 21:45"),
        ("2026-06-18T21:45+09:00", "2026-06-18T21:40+09:00", "21:45", "21:45"),
        ("2026-06-19T09:30+09:00", "2026-06-18T23:20+09:00", "翌日 09:30", "next day 09:30"),
        ("2026-06-19T00:10+09:00", "2026-06-18T14:59+00:00", "翌日 00:10", "next day 00:10"),
        ("2026-06-26T17:00+09:00", "2026-06-18T23:20+09:00", "6月26日（金）17:00", "Fri 26 June, 17:00"),
        ("2027-06-18T17:00+09:00", "2026-06-18T23:20+09:00", "2027年6月18日（金）17:00", "Fri 18 June 2027, 17:00"),
        ("2026-06-16T17:00+09:00", "2026-06-18T23:20+09:00", "6月16日（火）17:00", "Tue 16 June, 17:00"),
    ],
)
def test_a_step_is_as_short_as_it_stays_clear(moment, before, ja, en):
    """In a row of times each says no more than it must: the time, "next day", the date, the year."""
    earlier = at(before) if before else None
    assert (said("ja").step(at(moment), earlier), said("en").step(at(moment), earlier)) == (ja, en)


@pytest.mark.parametrize(
    ("first", "last", "ja", "en"),
    [
        ((11, 9), (11, 9), "11月9日（月）", "Mon 9 November"),
        ((11, 9), (11, 21), "11月9日（月）– 21日（土）", "Mon 9 – Sat 21 November"),
        ((10, 30), (11, 3), "10月30日（金）– 11月3日（火）", "Fri 30 October – Tue 3 November"),
    ],
)
def test_a_run_of_days_names_its_month_once(first, last, ja, en):
    """A run of days within a month names it once; one day stands alone."""
    days = date(2026, *first), date(2026, *last)
    assert (said("ja").days(*days), said("en").days(*days)) == (ja, en)


@pytest.mark.parametrize(
    ("zone", "ja", "en"),
    [
        ("Asia/Tokyo", "JST（UTC+09:00）", "JST (UTC+09:00)"),
        ("America/St_Johns", "NDT（UTC-02:30）", "NDT (UTC-02:30)"),
        ("America/Sao_Paulo", "UTC-03:00", "UTC-03:00"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_the_zone_is_named_with_its_offset(zone, ja, en):
    """The zone's letters where it has any, and its offset; Japanese brackets are full-width."""
    june = at("2026-06-18T00:00+00:00")
    assert (said("ja", zone).zone_name(june), said("en", zone).zone_name(june)) == (ja, en)


def test_programs_read_moments_in_utc():
    """A moment for programs is UTC, to the second, and equal for equal moments."""
    assert (
        iso(at("2026-06-18T21:40:09.5+09:00"))
        == "2026-06-18T12:40:09Z"
        == iso(datetime(2026, 6, 18, 12, 40, 9, tzinfo=UTC))
    )


@pytest.mark.parametrize(
    "kind",
    [MatterKind, *(each for each in vars(choices).values() if isinstance(each, type) and issubclass(each, StrEnum))],
    ids=lambda kind: kind.__name__,
)
def test_every_word_of_a_choice_has_a_name_in_every_language(kind):
    """Each word that readers can meet is named in English and in Japanese letters."""
    if kind in (StrEnum, choices.Visibility, choices.Forge):
        return
    for word in kind:
        assert label_of(word)
        assert re.search("[ぁ-んァ-ヶ一-龠]", said("ja").label(word)), word


def catalogue():
    from babel.messages.pofile import read_po

    with PO.open("rb") as file:
        return read_po(file, locale="ja")


def extracted() -> set[str | tuple[str, ...]]:
    from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

    keywords = {**DEFAULT_KEYWORDS, "N_": None, "ngettext": (1, 2), "counted": (1, 2)}
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    methods = [("generator/noroshi/**.py", "python"), ("site_templates/**.html", "jinja2")]
    found = extract_from_dir(ROOT, methods, {"site_templates/**.html": options}, keywords=keywords)
    return {message for _, _, message, _, _ in found}


def test_the_catalogue_says_every_message_and_no_other():
    """A message in code or templates without Japanese words, or words for a message that is gone, fails here."""
    wanted = extracted()
    assert len(wanted) > 100
    assert {message.id for message in catalogue() if message.id} == wanted


def test_the_template_holds_every_message_and_no_other():
    """What translators begin with is what code and templates say: CONTRIBUTING.md tells how it is made anew."""
    assert {message.id for message in template() if message.id} == extracted()


def test_the_catalogue_is_finished():
    """No message is empty, fuzzy or obsolete, placeholders are kept, and the header names nobody."""
    assert not catalogue().obsolete
    for message in catalogue():
        if not message.id:
            assert not re.search("FULL NAME|EMAIL|YEAR|LL@li|VERSION", message.string)
            continue
        ids = [message.id] if isinstance(message.id, str) else message.id
        strings = [message.string] if isinstance(message.string, str) else message.string
        assert all(strings), message.id
        assert not message.fuzzy, message.id
        for words in strings:
            assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", ids[-1])), message.id


def test_the_compiled_catalogue_is_that_of_the_source():
    """The .mo that programs read says what the .po says: compile it after each change of the .po."""
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    fresh = gettext.GNUTranslations(compiled)
    with PO.with_suffix(".mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)
    for message in catalogue():
        if isinstance(message.id, str):
            assert kept.gettext(message.id), message.id
            assert kept.gettext(message.id) == fresh.gettext(message.id)
        else:
            assert kept.ngettext(*message.id, 2) == fresh.ngettext(*message.id, 2)
    assert kept._catalog.keys() == fresh._catalog.keys()
