"""The pages of the published log: they say what it is for, and every entry has its place, which records point to."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import UTC, datetime
from posixpath import join, normpath
from typing import Any

import pytest
from lxml import html

from noroshi.log.checkpoint import parse_checkpoint
from noroshi.log.line import Change, LogLine, line_bytes
from noroshi.log.merkle import leaf_hash
from noroshi.pipeline.printing.log_files import LogPages, plan_log_files
from noroshi.pipeline.printing.plan import Plan
from noroshi.pipeline.printing.site_files import FAMILIES
from noroshi.pipeline.published_log import PublishedLog
from page_bodies import Site, load_site

DOWN = "2026-06-18-staging-down"


@pytest.fixture(scope="module")
def site() -> Site:
    """The story."""
    return load_site()


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Any]:
    """All its pages, parsed."""
    return {file: html.document_fromstring(page) for file, page in site.pages().items()}


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def with_log(site: Site, *lines: LogLine) -> Site:
    """The site with more lines in its log."""
    leaves = [line_bytes(line) for line in lines]
    log = PublishedLog(
        origin=site.log.origin,
        lines=[*site.log.lines, *lines],
        leaves=[*site.log.leaves, *leaves],
        hashes=[*site.log.hashes, *map(leaf_hash, leaves)],
        standing=site.log.standing,
    )
    return replace(site, log=log)


def line_named(site: Site, number: int, name: str = DOWN) -> LogLine:
    return next(line for line in site.log.lines if (line.id, line.number) == (name, number))


def test_the_first_page_tells_what_the_checkpoint_tells(site: Site, pages: dict[str, Any]) -> None:
    """Number, hash and newest time are those of the checkpoint that it links to, and the command names the site."""
    files = {plan.file: plan.make() for plan in plan_log_files(site.materials)}
    checkpoint = parse_checkpoint(files["log/checkpoint"])
    for file, up in (("log/index.html", "../"), ("en/log/index.html", "../../")):
        page = pages[file]
        told = [words(each) for each in page.xpath("//dl[@class='nr-facts']//dd")]
        assert told[0] == str(checkpoint.size) == str(len(site.log.lines))
        assert told[1] == base64.b64encode(checkpoint.root).decode()
        assert page.xpath("//dl//time/@datetime") == ["2026-08-01T02:38:00Z"] == [checkpoint.newest_word]
        links = page.xpath("//dl//a/@href")
        assert links == [f"{up}log/checkpoint", f"{up}log/entries.jsonl"]
        assert {normpath(join("/", file.rpartition("/")[0], link)) for link in links} == {
            "/log/checkpoint", "/log/entries.jsonl",
        }  # fmt: skip
        (command,) = page.xpath("//code[@class='nr-copy__text']")
        assert words(command) == "noroshi verify https://status.example.com/ --checkpoint checkpoint"


def test_the_first_page_speaks_to_readers(pages: dict[str, Any]) -> None:
    """Three sentences say what it is for, and the newest entries stand in words, newest first."""
    assert "whoever keeps a checkpoint of today, or an old copy of our feed, can prove later" in words(
        pages["en/log/index.html"]
    )
    assert "貴社に一度お伝えした内容を" in words(pages["log/index.html"])
    newest = pages["log/index.html"].xpath("//ul[@class='nr-log__newest']/li")
    assert len(newest) == 20
    assert words(newest[0]).endswith("中間報告を公開：メールの配信遅延")
    times = [each.xpath(".//time/@datetime")[0] for each in newest]
    assert times == sorted(times, reverse=True)
    english = pages["en/log/index.html"].xpath("//ul[@class='nr-log__newest']/li")
    assert words(english[0]).endswith("Interim report published: メールの配信遅延")


def test_every_entry_stands_on_one_month_page(site: Site, pages: dict[str, Any]) -> None:
    """The months' rows together are the log, each with its line's number and the whole digest."""
    for root in ("", "en/"):
        rows = [
            row
            for file, page in pages.items()
            if re.fullmatch(rf"{root}log/\d{{4}}-\d\d/index.html", file)
            for row in page.xpath("//tbody/tr")
        ]
        told = sorted((int(words(row[0])), row.xpath(".//code/@title")[0]) for row in rows)
        assert told == [(number, line.digest.hex()) for number, line in enumerate(site.log.lines, 1)]
        assert all(row.xpath(".//code/@title")[0].startswith(words(row.xpath(".//code")[0])) for row in rows)
        listed = pages[f"{root}log/index.html"].xpath("//ul[@class='nr-months']/li")
        assert sum(int(re.search(r"\d+(?= 件| in all)", words(each))[0]) for each in listed) == len(rows)


def test_records_point_to_their_entries(site: Site, pages: dict[str, Any]) -> None:
    """Each report and the opening facts link to an anchor that is there, in the same language, and lead back."""
    ids = {file: set(page.xpath("//@id")) for file, page in pages.items()}
    for root in ("", "en/"):
        for state in site.snapshot.states:
            file = f"{root}{state.kind.value}/{state.id}/index.html"
            links = pages[file].xpath("//a[contains(@href, '/log/')]/@href")
            targets = [normpath(join("/", file.rpartition("/")[0], link.partition("#")[0])) for link in links]
            fragments = [link.partition("#")[2] for link in links]
            assert sorted(fragments) == sorted(
                f"{state.id}.{n}" for n in range(len(site.entries[state.id].record.reports) + 1)
            )
            for target, fragment in zip(targets, fragments, strict=True):
                page = f"{target[1:]}/index.html"
                assert page.startswith(f"{root}log/")
                assert fragment in ids[page]
                (row,) = pages[page].xpath(f"//tr[@id='{fragment}']")
                back = row.xpath(".//a/@href")[0]
                number = fragment.rpartition(".")[2]
                assert back.endswith(f"/{state.id}/" + (f"#report-{number}" if number != "0" else ""))


def test_the_record_leads_to_the_log(pages: dict[str, Any]) -> None:
    """Who doubts the figures finds the proof beside them."""
    assert "../log/" in pages["record/index.html"].xpath("//a/@href")


def test_feeds_say_nothing_of_entries(site: Site) -> None:
    """What is in an item is what was said; where it is logged is no news."""
    assert not any(b"/log/" in data for data in site.feeds().values())


def test_what_was_done_later_is_said(site: Site) -> None:
    """Each change has its words; a second entry of a report has no anchor, for the first is where records point."""
    line = line_named(site, 2)._replace(mark="edited", marked_at=datetime(2026, 7, 1, tzinfo=UTC))
    opening = line_named(site, 0)
    more = [
        line._replace(change=Change.EDITED),
        line._replace(change=Change.WITHDRAWN, mark="withdrawn"),
        line._replace(change=Change.TRANSLATED),
        opening._replace(change=Change.TITLED),
        LogLine(datetime(2026, 5, 31, 15, tzinfo=UTC), Change.PUBLISHED, b"d" * 32, b"f" * 32, "2026-06-01", "opening",
                "policy", 0, ()),
    ]  # fmt: skip
    site = with_log(site, *more)
    made = {plan.file: html.document_fromstring(plan.make()) for plan in LogPages(site.materials).pages("en")}
    page = made["en/log/2026-06/index.html"]
    rows = page.xpath("//tbody/tr")[-5:]
    assert [words(row[2][0][0]) for row in rows] == [
        "Interim report edited", "Interim report withdrawn", "Interim report translated", "Title changed",
        "Policy published",
    ]  # fmt: skip
    assert [row.get("id") for row in rows] == [None, None, None, None, "policy.2026-06-01.0"]
    assert words(rows[4][2][0][1]) == "from Mon 1 June 2026"
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))
    newest = made["en/log/index.html"].xpath("//ul[@class='nr-log__newest']/li")
    assert "Policy published" in words(newest[0])


def test_an_empty_log_is_said_in_its_own_words(site: Site) -> None:
    """A site without a word has a log without entries, and a checkpoint of it."""
    empty = replace(site, log=PublishedLog(origin="status.example.com/log"))
    files = {plan.file: plan.make() for plan in plan_log_files(empty.materials)}
    assert set(files) == {"log/entries.jsonl", "log/checkpoint"}
    assert files["log/entries.jsonl"] == b""
    assert parse_checkpoint(files["log/checkpoint"]).size == 0
    (page,) = [plan.make().decode() for plan in LogPages(empty.materials).pages("en")]
    assert "Newest entries" not in page


def keys(site: Site) -> dict[str, bytes]:
    def key(plan: Plan) -> bytes:
        assert plan.key is not None, plan.file
        return plan.key

    plans = [*plan_log_files(site.materials), *LogPages(site.materials).pages("ja")]
    return {plan.file: key(plan) for plan in plans}


def test_what_stands_is_kept(site: Site) -> None:
    """A new entry changes the first page, its own month, what programs read and the last tile; no other month."""
    before, after = keys(site), keys(with_log(site, line_named(site, 7)._replace(number=8)))
    changed = {file for file in after if before.get(file) != after[file]}
    month = f"log/{line_named(site, 7).at:%Y-%m}/index.html"
    assert changed == {
        "log/entries.jsonl", "log/checkpoint", "log/index.html", month, f"log/tile/0/000.p/{len(site.log.lines) + 1}",
    }  # fmt: skip


def test_the_log_is_a_family_of_files() -> None:
    """Whoever lists what a site publishes finds it."""
    assert plan_log_files in FAMILIES
