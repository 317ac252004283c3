"""Feeds: what each carries, byte for byte in each form, and what never changes in them.

``REFRESH_FEEDS=1 pytest tests/test_feeds.py`` writes every file in ``feeds/golden`` anew: read the difference as a
subscriber whose reader shows it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from noroshi.endpoints import MAINTENANCE_FEED, REPORT_FEED, FeedForm, component_feed
from noroshi.pipeline.printing.archive_files import ArchivePress, plan_archive
from noroshi.pipeline.reading.content import SourceFile
from noroshi.records.choices import Phase, ReportKind
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Component
from noroshi.records.texts import Text
from noroshi.snapshot.audience import INTERNAL
from noroshi.snapshot.site import take_snapshot
from noroshi.snapshot.state import ReportMark, State
from noroshi.writers.items.selection import ARCHIVED_TOGETHER, NEWEST, NEWEST_OF_COMPONENT, Selection, select
from page_bodies import Site, load_site
from track_states import matter

SITE = Path(__file__).parent / "feeds" / "site"
GOLDEN = Path(__file__).parent / "feeds" / "golden"
EXAMPLE = Path(__file__).parent.parent
NOW = datetime.fromisoformat("2026-06-23T12:00+09:00")
CASES = (
    "feeds/reports.rss",
    "feeds/reports.atom",
    "feeds/reports.json",
    "feeds/components/staging-db.rss",
    "feeds/maintenance.atom",
    "history.atom",
    "en/feeds/incidents.atom",
    "en/history.json",
)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def feeds() -> dict[str, bytes]:
    return load_site(SITE, NOW).feeds()


@pytest.mark.parametrize("file", CASES)
def test_a_feed_is_as_it_was(file: str, feeds: dict[str, bytes]) -> None:
    """Every form, byte for byte."""
    golden = GOLDEN / file.replace("/", ".")
    if os.environ.get("REFRESH_FEEDS"):
        golden.write_bytes(feeds[file])
    assert feeds[file].decode() == golden.read_bytes().decode()


def test_goldens_are_all_used() -> None:
    """No file in ``feeds/golden`` is left over from a case that is gone."""
    assert {path.name for path in GOLDEN.iterdir()} == {case.replace("/", ".") for case in CASES}


def test_there_is_a_feed_of_each_thing_in_each_form_and_language(feeds: dict[str, bytes]) -> None:
    """Everything, incidents, maintenance, each component, and the quiet one; a language is a tree of its own."""
    names = [f"feeds/{name}" for name in ("reports", "incidents", "maintenance")]
    names += ["history", "feeds/components/staging-web", "feeds/components/staging-db"]
    assert set(feeds) == {f"{root}{name}.{form}" for root in ("", "en/") for name in names for form in FeedForm}


def test_all_forms_of_a_feed_say_the_same(feeds: dict[str, bytes]) -> None:
    """The same items in the same order under the same names, with the same titles, links and bodies."""
    for file in feeds:
        if file.endswith(".json"):
            told = json.loads(feeds[file])["items"]
            said = [(item["id"], item["title"], item["url"], item["content_html"]) for item in told]
            for form in ("rss", "atom"):
                parsed = feedparser.parse(
                    feeds[file.removesuffix("json") + form], sanitize_html=False, resolve_relative_uris=False
                )
                assert not parsed.bozo
                assert [
                    (each.id, each.title, each.link, each.content[0].value if form == "atom" else each.summary)
                    for each in parsed.entries
                ] == said


def test_an_item_tells_all_the_facts_and_what_is_promised_next(feeds: dict[str, bytes]) -> None:
    """The first report brings the opening facts; each says what was owed after it, and in which zone its times are."""
    items = {item["id"].rpartition("/")[2]: item for item in json.loads(feeds["feeds/incidents.json"])["items"]}
    first = items["1"]["content_html"]
    for fact in (
        "深刻度：重大",
        "2026年6月18日（木）21:40",
        "お客様",
        "検証サーバー</a>",
        "本番環境",
        "原因を調べています",
        "22:30",
        "JST",
    ):
        assert fact in first, fact
    assert "22:20</time>まで" in first  # by policy; the answer by 22:30 stands among the facts, and not twice
    assert first.count("22:30") == 1
    assert "22:50" in items["3"]["content_html"]
    assert "次の報告：期限は" in items["4"]["content_html"]
    assert "50分</span>遅れ" in items["4"]["content_html"]
    assert "接続情報が含まれていたため" in items["2"]["content_html"]


def test_titles_name_kind_matter_and_state(feeds: dict[str, bytes]) -> None:
    """A row of a reader's list is enough to know whether to open it."""
    assert [item["title"] for item in json.loads(feeds["en/feeds/reports.json"])["items"]] == [
        "Notice: Staging database upgrade — Planned",
        "Notice: Staging database upgrade — Planned",
        "Correction: Staging server down — Completed",
        "Completion report: Staging server down — Completed",
        "Interim report: Staging server down — Ongoing",
        "Interim report: Staging server down — Ongoing",
        "Start report: Staging server down — Ongoing",
    ]


def test_a_slip_moves_only_when_it_was_updated(tmp_path: Path, feeds: dict[str, bytes]) -> None:
    """An ``edited`` report keeps its name and its date; RSS does not move at all, Atom's ``updated`` does."""
    before = changed(
        tmp_path,
        "incidents/2026/2026-06-18-staging-down.yaml",
        "    edited: {at: 2026-06-18T21:58+09:00, note: 誤字}\n",
        "",
    )
    entry = {
        file: entry_of(data, "staging-down/1")
        for file, data in (("before", before["feeds/reports.atom"]), ("after", feeds["feeds/reports.atom"]))
    }
    assert [entry[each].findtext(f"{ATOM}updated") for each in ("before", "after")] == [
        "2026-06-18T12:50:00+00:00",
        "2026-06-18T12:58:00+00:00",
    ]
    assert entry["before"].findtext(f"{ATOM}published") == entry["after"].findtext(f"{ATOM}published")
    assert rss_dates(before) == rss_dates(feeds)
    assert names(before) == names(feeds)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("incidents/2026/2026-06-18-staging-down.yaml", "Staging server down", "Staging is back"),
        ("site.yaml", "url: https://status.example.com/", "url: http://other.example.net/status"),
        ("site.yaml", "name: {ja: 稼働状況, en: Status}", "name: 状況"),
        ("components.yaml", "検証 DB", "検証データベース"),
    ],
)
def test_names_survive(file: str, old: str, new: str, tmp_path: Path, feeds: dict[str, bytes]) -> None:
    """A renamed matter, site or component and a move to another host or scheme make no item new."""
    after = changed(tmp_path, file, old, new)
    assert after != feeds
    assert names(after) == names(feeds)


def test_a_later_report_changes_no_item_that_was_there() -> None:
    """Stepped through the example's half year, every item stays byte for byte until its own slip is mended."""
    seen: dict[tuple[str, str], str] = {}
    times = sorted(mark.at for state in load_site(EXAMPLE, end()).snapshot.states for mark in state.reports)
    for moment in times[::12]:
        for file, data in load_site(EXAMPLE, as_of=moment).feeds().items():
            if file.endswith(".json") and "history" not in file:
                for item in json.loads(data)["items"]:
                    known = seen.setdefault((file, item["id"]), json.dumps(item, ensure_ascii=False))
                    if item["date_modified"] == json.loads(known)["date_modified"]:
                        assert json.dumps(item, ensure_ascii=False) == known
    assert len(seen) > 100


def test_the_clock_changes_no_feed() -> None:
    """A build next year, without a new report, gives the same bytes."""
    assert load_site(EXAMPLE, end()).feeds() == load_site(EXAMPLE, end() + timedelta(days=400)).feeds()


def test_an_empty_site_has_feeds_that_readers_take(tmp_path: Path) -> None:
    """Without a report each feed is there, valid, and as old as the site's permanent names."""
    site = copied(tmp_path)
    for folder in ("incidents", "maintenance"):
        shutil.rmtree(site / "content" / folder)
    for file, data in load_site(site, NOW).feeds().items():
        if file.endswith(".json"):
            assert json.loads(data)["items"] == []
        else:
            parsed = feedparser.parse(data)
            assert (parsed.bozo, parsed.entries) == (False, [])
            assert parsed.feed.updated.startswith(("2026-04-01", "Wed, 01 Apr 2026"))


def test_each_form_names_the_hub(feeds: dict[str, bytes], tmp_path: Path) -> None:
    """W3C WebSub: in RSS and Atom as a link, in JSON Feed as its own list; nowhere without the setting."""
    for file in ("feeds/reports.rss", "feeds/reports.atom"):
        links = {link.get("rel"): link.get("href") for link in etree.fromstring(feeds[file]).iter(f"{ATOM}link")}
        assert links["hub"] == "https://hub.example.com/"
        assert links["self"] == f"https://status.example.com/{file}"
    assert json.loads(feeds["feeds/reports.json"])["hubs"] == [{"type": "WebSub", "url": "https://hub.example.com/"}]
    house = load_site(SITE, NOW, INTERNAL).feeds()  # a hub reads what it is told of, and passes it on
    assert not [file for file, data in house.items() if b"hub" in data]
    without = changed(tmp_path, "site.yaml", "websub_hub: https://hub.example.com/\n", "")
    assert not [file for file, data in without.items() if b"hub" in data]


def test_titles_in_another_language_say_so(tmp_path: Path) -> None:
    """What has no translation appears in its own language, and programs can tell."""
    site = changed(
        tmp_path,
        "maintenance/2026/2026-06-25-db-update.yaml",
        "{ja: 検証 DB の更新, en: Staging database upgrade}",
        "検証 DB の更新",
    )
    entry = entry_of(site["en/feeds/reports.atom"], "2026-06-25-db-update/1")
    assert entry.find(f"{ATOM}title").get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"
    told = {item["id"]: item["language"] for item in json.loads(site["en/feeds/reports.json"])["items"]}
    assert sorted(told.values()) == ["en"] * 5 + ["ja"] * 2
    assert etree.fromstring(site["en/feeds/reports.atom"]).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


# --- which reports a feed carries ---

COMPONENTS = ("a", "b")


def log(counts: list[tuple[int, int, str]]) -> list[State]:
    """Matters with reports.

    :param counts: for each how many hours after the first it began, how many reports it has, one every hour, and which
        components it concerns, as letters; an empty word is an open incident of both
    """
    first = datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    for index, (hours, reports, components) in enumerate(counts):
        began = first + timedelta(hours=hours)
        marks = tuple(ReportMark(n + 1, ReportKind.INTERIM, began + timedelta(hours=n)) for n in range(reports))
        found.append(
            matter(
                f"m{index:03}",
                kind=MatterKind.MAINTENANCE if components == "a" else MatterKind.INCIDENT,
                began_at=began,
                components=tuple(components) or COMPONENTS,
                reports=marks,
                phase=Phase.COMPLETED if components else Phase.ONGOING,
                updated_at=max((mark.at for mark in marks), default=began),
            )
        )
    return found


def selected(states: list[State]) -> Selection:
    return select(take_snapshot(_settings(), states, NOW))


@cache
def _settings() -> Settings:
    components = tuple(Component(id=each, name=Text((("", each),))) for each in COMPONENTS)
    return replace(load_site(SITE, NOW).snapshot.settings, components=components)


logs = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(0, 12), st.sampled_from(["a", "b", "ab", "ab", ""])), max_size=40
).map(log)


@given(logs)
def test_the_archive_and_the_feed_hold_every_report(states: list[State]) -> None:
    """RFC 5005, section 4: together they are the whole log; every document is full, and none shares a report."""
    chosen = selected(states)
    everything = set(reports_of(states))
    archived = [told for document in chosen.archive for told in document]
    assert len(archived) == len(set(archived))
    assert set(archived) | set(chosen.reports[REPORT_FEED]) == everything
    assert all(len(document) == ARCHIVED_TOGETHER for document in chosen.archive)
    assert all(newer[-1] > older[0] for older, newer in pairwise(chosen.archive))


@given(logs, st.integers(1, 60))
def test_a_new_report_changes_no_document_of_the_archive(states: list[State], more: int) -> None:
    """What was archived stays as it was when the log goes on."""
    newest = max((mark.at for state in states for mark in state.reports), default=datetime(2026, 1, 1, tzinfo=UTC))
    hours = int((newest - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds() // 3600) + 1
    grown = [*states, *(replace(each, id=f"z{each.id}") for each in log([(hours, more, "a")]))]
    before = selected(states).archive
    assert selected(grown).archive[: len(before)] == before


@given(logs)
def test_feeds_carry_the_newest_and_all_of_what_is_open(states: list[State]) -> None:
    """Each feed holds the newest of what it is about, newest first, and every report of an open incident."""
    chosen = selected(states)
    for path, least, belongs in (
        (REPORT_FEED, NEWEST, lambda _: True),
        (MAINTENANCE_FEED, NEWEST, lambda state: state.kind is MatterKind.MAINTENANCE),
        (component_feed("b"), NEWEST_OF_COMPONENT, lambda state: "b" in state.components),
    ):
        mine = sorted(reports_of(state for state in states if belongs(state)), reverse=True)
        carried = list(chosen.reports[path])
        assert carried == sorted(carried, reverse=True)
        assert carried[: min(least, len(mine))] == mine[:least]
        still = set(reports_of(state for state in states if belongs(state) and state.open))
        assert still <= set(carried) <= set(mine)
        if path != REPORT_FEED:
            assert set(carried) - still <= set(mine[:least])


def test_the_archive_can_be_walked_from_the_feed(tmp_path: Path) -> None:
    """Document by document by ``prev-archive``, each marked as an archive and naming the subscription document."""
    site = copied(tmp_path)
    body = (site / "content/incidents/2026/2026-06-18-staging-down.yaml").read_text("utf-8").partition("reports:")[0]
    for day in range(1, 13):
        reports = "".join(
            f"  - {{kind: interim, at: 2026-05-{day:02}T{n:02}:00+09:00, text: {day} {n},"
            " next_report: 2026-06-20T00:00+09:00}\n"
            for n in range(10)
        )
        place = site / f"content/incidents/2026/2026-05-{day:02}-x.yaml"
        place.write_text(
            body.replace("2026-06-18T21:4", f"2026-04-{day + 10:02}T21:4") + "reports:\n" + reports, "utf-8"
        )
    loaded = load_site(site, NOW)
    documents = archive(loaded)
    assert set(documents) == {f"feeds/archive/{number}.atom" for number in (1, 2)}
    assert b"prev-archive" not in loaded.feeds()["en/feeds/reports.atom"]
    seen: set[str] = set()
    page = etree.fromstring(loaded.feeds()["feeds/reports.atom"])
    assert page.find("{http://purl.org/syndication/history/1.0}archive") is None
    for number in (2, 1, None):
        seen |= {each.text for each in page.iterfind(f"{ATOM}entry/{ATOM}id")}
        links = {link.get("rel"): link.get("href") for link in page.iterfind(f"{ATOM}link")}
        older = f"https://status.example.com/feeds/archive/{number}.atom" if number else None
        assert links.get("prev-archive") == older
        if number:
            page = etree.fromstring(documents[f"feeds/archive/{number}.atom"])
            links = {link.get("rel"): link.get("href") for link in page.iterfind(f"{ATOM}link")}
            assert links["current"] == "https://status.example.com/feeds/reports.atom"
            assert links["self"] == f"https://status.example.com/feeds/archive/{number}.atom"
            assert page.find("{http://purl.org/syndication/history/1.0}archive") is not None
            assert len(page.findall(f"{ATOM}entry")) == ARCHIVED_TOGETHER
    told = reports_of(loaded.snapshot.states)
    assert seen == {f"tag:status.example.com,2026-04-01:{matter_id}/{number}" for _, matter_id, number in told}


def archive(site: Site) -> dict[str, bytes]:
    sources = {each: SourceFile(each, each, MatterKind.INCIDENT, each, (0, 0, 0)) for each in site.entries}
    press = ArchivePress(site.press)
    jobs = plan_archive(site.materials, sources, lambda file, key: False)
    return {job.file: press.document(job, lambda source: site.entries[source.id]) for job in jobs}


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE, tmp_path / "site"))


def changed(tmp_path: Path, file: str, old: str, new: str) -> dict[str, bytes]:
    """The feeds of the site with one thing changed."""
    site = copied(tmp_path)
    place = site / "content" / file
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")
    return load_site(site, NOW).feeds()


def names(feeds: dict[str, bytes]) -> dict[str, list[str]]:
    """Each feed's own name and its items'."""
    return {
        file: [each.text for each in etree.fromstring(data).iter(f"{ATOM}id")]
        for file, data in feeds.items()
        if file.endswith(".atom")
    }


def entry_of(data: bytes, ending: str) -> Any:
    entries = etree.fromstring(data).iter(f"{ATOM}entry")
    return next(each for each in entries if each.findtext(f"{ATOM}id").endswith(ending))


def rss_dates(feeds: dict[str, bytes]) -> list[str]:
    return [each.published for each in feedparser.parse(feeds["feeds/reports.rss"]).entries]


def reports_of(states: Iterable[State]) -> list[tuple[datetime, str, int]]:
    return [(mark.at, state.id, mark.number) for state in states for mark in state.reports]


def end() -> datetime:
    return datetime.fromisoformat("2026-12-31T12:00+09:00")
