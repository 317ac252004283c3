"""Feeds as the programs of readers see them, on served sites that the real program built."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from urllib.request import urlopen

import feedparser
import pytest

from feed_readers import (
    PARSERS,
    Newsboat,
    Parsed,
    RssToMail,
    Sfeed,
    imported_by_newsboat,
    imported_by_rss2email,
    imported_by_sfeed,
    text_of,
    with_feedsmith,
)
from noroshi.endpoints import (
    INCIDENT_FEED,
    MAINTENANCE_FEED,
    MATTER_FEED,
    OPML,
    REPORT_FEED,
    FeedForm,
    component_feed,
    feed_file,
)
from outside_programs import run_node
from served_site import SITES, build_site, serve
from told_reports import Told, a_phrase, components_of, flat, languages_of, said, told_reports

pytestmark = pytest.mark.slow

KEPT = {REPORT_FEED: 50, INCIDENT_FEED: 50, MAINTENANCE_FEED: 50}
KEPT_OF_COMPONENT = 20
"""How many reports a feed holds at least, if there are so many."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A site that is being served."""

    content: Path
    published: Path
    url: str

    def roots(self) -> dict[str, str]:
        """The absolute root of each language."""
        first, *others = languages_of(self.content)
        return {first: self.url} | {code: f"{self.url}{code}/" for code in others}

    def feeds(self) -> list[str]:
        """The paths of all feeds with an item for each report."""
        return [*KEPT, *map(component_feed, components_of(self.content))]

    def addresses(self) -> list[str]:
        """The addresses of all feeds in all forms; in other languages than the first, of two components alone."""
        first, *others = self.roots().values()
        whole = [*KEPT, MATTER_FEED]
        components = [component_feed(each) for each in components_of(self.content)]
        places = [first + path for path in (*whole, *components)]
        places += [root + path for root in others for path in (*whole, *components[:2])]
        return [feed_file(place, form) for place in places for form in FeedForm]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """Gives a site by its name, made and served when it is first asked for."""
    with ExitStack() as servers:

        @cache
        def site(name: str) -> Served:
            folder = tmp_path_factory.mktemp(name)
            content, published = SITES[name](folder / "site"), folder / "published"
            url = servers.enter_context(serve(published))
            build_site(content, published, url)
            return Served(content=content, published=published, url=url)

        yield site


@pytest.fixture(scope="module", params=SITES)
def served(request: pytest.FixtureRequest, sites: Callable[[str], Served]) -> Served:
    """Each of the sites."""
    return sites(request.param)


@pytest.fixture(scope="module", params=PARSERS)
def parsed(request: pytest.FixtureRequest, served: Served) -> dict[str, Parsed]:
    """All feeds of a site in all forms that a program reads."""
    return PARSERS[request.param](served.addresses())


def within(path: str, told: Told) -> bool:
    """Whether a feed is about a report."""
    if path in (INCIDENT_FEED, MAINTENANCE_FEED):
        return told.kind == path.removeprefix("feeds/")
    return path == REPORT_FEED or path.removeprefix("feeds/components/") in told.components


def test_each_feed_tells_the_newest_reports_of_its_subject(served: Served, parsed: dict[str, Parsed]) -> None:
    """In order, none twice, with names, times and addresses that the site's files give them; nothing else."""
    told = told_reports(served.content)
    seen = 0
    for root in served.roots().values():
        for path in served.feeds():
            wanted = [each for each in told if within(path, each)]
            wanted = [(each.guid, each.at, each.link(root)) for each in wanted]
            for form in FeedForm:
                if (feed := parsed.get(root + feed_file(path, form))) is None:
                    continue
                found = [(item.guid, item.at, item.link) for item in feed.items]
                least = min(KEPT.get(path, KEPT_OF_COMPONENT), len(wanted))
                assert found[:least] == wanted[:least]
                assert found == [each for each in wanted if each in found]
                seen += 1
    assert seen >= 2 * len(served.feeds())


def test_titles_and_words_arrive(served: Served, parsed: dict[str, Parsed]) -> None:
    """A title holds the matter's own, a body what was written, in the feed's language where it was said in it."""
    told = {each.guid: each for each in told_reports(served.content)}
    first = languages_of(served.content)[0]
    for language, root in served.roots().items():
        for path in served.feeds():
            for form in FeedForm:
                if (feed := parsed.get(root + feed_file(path, form))) is None:
                    continue
                assert feed.language in (language, None)
                assert feed.title
                for item in feed.items:
                    report = told[item.guid]
                    assert flat(said(report.title, language, first)) in item.title
                    assert flat(a_phrase(said(report.text, language, first))) in text_of(item.html)


def test_all_programs_read_the_same(served: Served, parsed: dict[str, Parsed]) -> None:
    """Every title and body, byte for byte what the JSON Feed says, which no parser has to guess at."""
    for address, feed in parsed.items():
        with urlopen(f"{address.rpartition('.')[0]}.json") as answer:
            document = json.load(answer)
        assert feed.title == document["title"]
        wanted = [(item["id"], item["title"], item["url"], item["content_html"]) for item in document["items"]]
        assert [(item.guid, item.title, item.link, item.html.strip()) for item in feed.items] == wanted


def test_the_quiet_feed_tells_each_matter_once(served: Served, parsed: dict[str, Parsed]) -> None:
    """By the time of its first report, newest first, with the words of all its reports."""
    told = told_reports(served.content)
    begun = sorted((each for each in told if each.number == 1), key=lambda each: (each.at, each.matter), reverse=True)
    for root in served.roots().values():
        wanted = [(f"{each.tag}:{each.matter}", each.at, f"{root}{each.kind}/{each.matter}/") for each in begun]
        for form in FeedForm:
            if (feed := parsed.get(root + feed_file(MATTER_FEED, form))) is None:
                continue
            found = [(item.guid, item.at, item.link) for item in feed.items]
            assert found[:50] == wanted[:50]
            assert found == [each for each in wanted if each in found]
            for item in feed.items[:5]:
                body = text_of(item.html)
                for each in told:
                    if f"{each.tag}:{each.matter}" == item.guid and root == served.url:
                        assert flat(a_phrase(said(each.text, languages_of(served.content)[0], ""))) in body


def test_the_archive_leads_to_every_report(served: Served) -> None:
    """From the main feed back along ``prev-archive``: every report, and nothing else (RFC 5005).

    It is kept in the first language; the feeds of others lead to none.
    """
    wanted = {each.guid: each.at for each in told_reports(served.content)}
    start, *others = (root + feed_file(REPORT_FEED, FeedForm.ATOM) for root in served.roots().values())
    address: str | None = start
    found: dict[str, datetime] = {}
    walked: list[str] = []
    while address is not None:
        assert address not in walked
        links, entries = archived(address)
        assert links["self"] == address
        assert links.get("current") == (start if walked else None)
        walked.append(address)
        assert [*entries.values()] == sorted(entries.values(), reverse=True)
        found |= entries
        address = links.get("prev-archive")
    assert found == wanted
    assert len(walked) == 1 + len(wanted) // 50
    for other in others:
        assert "prev-archive" not in archived(other)[0]


def archived(address: str) -> tuple[dict[str, str], dict[str, datetime]]:
    """The links of a document by their relation, and when each report in it was made; it is marked as what it is."""
    document = feedparser.parse(address)
    assert not document.bozo
    assert ("fh_archive" in document.feed) == ("/archive/" in address)
    entries = {entry.id: datetime.fromisoformat(entry.published) for entry in document.entries}
    assert len(entries) == len(document.entries)
    return {link.rel: link.href for link in document.feed.links}, entries


def test_newsboat_takes_every_feed(served: Served, tmp_path: Path) -> None:
    """In one form a time, for a report has one name in all its feeds: each report once, with title and words."""
    told = {each.guid: each for each in told_reports(served.content)}
    first = languages_of(served.content)[0]
    for form in (FeedForm.RSS, FeedForm.ATOM):
        addresses = [served.url + feed_file(path, form) for path in served.feeds()]
        seen = Newsboat(tmp_path / form, addresses).look()
        newest = sorted(told.values(), key=lambda each: each.order, reverse=True)[:50]
        assert {each.guid for each in newest} <= seen.keys() <= told.keys()
        for guid, item in seen.items():
            assert flat(said(told[guid].title, first, "")) in item.title
            assert flat(a_phrase(said(told[guid].text, first, ""))) in text_of(item.html)
            assert (item.at, item.link) == (told[guid].at, told[guid].link(served.url))
        errors = tmp_path / form / "errors"
        assert not errors.exists() or not errors.read_text()


def test_sfeed_takes_every_feed(served: Served, tmp_path: Path) -> None:
    """Each as its own file, with names, times, addresses, titles and words."""
    paths = {path.replace("/", "-"): path for path in served.feeds()}
    told = {each.guid: each for each in told_reports(served.content)}
    first = languages_of(served.content)[0]
    for form in (FeedForm.RSS, FeedForm.ATOM):
        addresses = {name: served.url + feed_file(path, form) for name, path in paths.items()}
        for name, items in Sfeed(tmp_path / form, addresses).look().items():
            wanted = [each.guid for each in told.values() if within(paths[name], each)]
            least = min(KEPT.get(paths[name], KEPT_OF_COMPONENT), len(wanted))
            assert {*wanted[:least]} <= {item.guid for item in items} <= {*wanted}
            for item in items:
                report = told[item.guid]
                assert (item.at, item.link) == (report.at, report.link(served.url))
                assert flat(said(report.title, first, "")) in item.title
                assert flat(a_phrase(said(report.text, first, ""))) in text_of(item.html)


def test_rss2email_sends_every_report(served: Served, tmp_path: Path) -> None:
    """A mail for each item of the main feed: subject, date, address and words.

    It takes every title for HTML, and so writes ``&`` where one says ``&amp;``.
    """
    told = {each.guid: each for each in told_reports(served.content)}
    first = languages_of(served.content)[0]
    mails = RssToMail(tmp_path / "mail", served.url + feed_file(REPORT_FEED, FeedForm.ATOM)).look()
    newest = sorted(told.values(), key=lambda each: each.order, reverse=True)[:50]
    assert {each.guid for each in newest} <= {mail.guid for mail in mails} <= told.keys()
    for mail in mails:
        report = told[mail.guid]
        assert unescape(flat(said(report.title, first, ""))) in flat(mail.title)
        assert (mail.at, mail.link) == (report.at, report.link(served.url))
        assert flat(a_phrase(said(report.text, first, ""))) in text_of(mail.html)


_FEEDSMITH_LIST = """
import { parseOpml } from 'feedsmith';
const answer = await fetch(process.argv[2]);
const list = outlines => outlines.flatMap(each => each.outlines ? list(each.outlines) : [each]);
console.log(JSON.stringify(list(parseOpml(await answer.text()).body.outlines).map(each => [each.text, each.xmlUrl])));
"""


def test_programs_import_the_list_of_feeds(served: Served, tmp_path: Path) -> None:
    """newsboat, rss2email, sfeed and feedsmith find the same feeds in it, and fetch each under its title."""
    address = served.url + OPML
    listed = {place: title for title, place in json.loads(run_node(_FEEDSMITH_LIST, address))}
    wanted = [served.url + feed_file(path, FeedForm.ATOM) for path in (*served.feeds(), MATTER_FEED)]
    assert sorted(listed) == sorted(wanted)
    file = served.published / OPML
    assert {*imported_by_newsboat(tmp_path / "newsboat", file)} == {*wanted}
    assert {*imported_by_rss2email(tmp_path / "rss2email", file)} == {*wanted}
    assert {*imported_by_sfeed(file)} == {*wanted}
    for place, feed in with_feedsmith(wanted).items():
        assert listed[place].startswith(feed.title)


STEPS = {
    "started": "2026-06-18T22:10+09:00",
    "interim": "2026-06-18T22:25+09:00",
    "completed": "2026-06-19T09:35+09:00",
    "mended": "2026-06-19T09:45+09:00",
    "corrected": "2026-06-19T11:05+09:00",
}
"""The night of the example's story, as the site stood at these times; before ``mended`` a slip was put right."""

STORY = "content/incidents/2026/2026-06-18-staging-down.yaml"
NEW = {
    "interim": {"2026-06-18-staging-down/2"},
    "completed": {
        "2026-06-18-staging-down/3",
        "2026-06-18-staging-db-upgrade/4",
        "2026-06-18-staging-db-upgrade/5",
        "2026-06-18-staging-down/4",
    },
    "mended": set(),
    "corrected": {"2026-06-18-staging-down/5"},
}
"""What every reader must get to see at each step, and nothing else."""


@dataclass(frozen=True, kw_only=True)
class Night:
    """The example on that night, served at one address."""

    content: Path
    url: str
    show: Callable[[str], None]
    """Let the site stand as it stood at a step."""

    def new(self, step: str) -> set[str]:
        """The names for ever of the reports that came with a step."""
        return {f"tag:status.example.com,2026-04-01:{each}" for each in NEW[step]}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """The site of each step, built at the address at which all are served."""
    folder = tmp_path_factory.mktemp("night")
    content, shown = SITES["example"](folder / "site"), folder / "shown"
    with serve(shown) as url:
        with (content / "content/site.yaml").open("a") as settings:
            settings.write(f"websub_hub: {HUB}\n")
        for step, as_of in STEPS.items():
            if step == "mended":
                mend(content / STORY)
            build_site(content, folder / "published", url, as_of=as_of)
            shutil.copytree(folder / "published", folder / step, ignore=lambda *_: {".noroshi.work"})

        def show(step: str) -> None:
            (folder / "next").symlink_to(folder / step)
            (folder / "next").replace(shown)

        yield Night(content=content, url=url, show=show)


HUB = "https://hub.example.com/"


def mend(record: Path) -> None:
    """Put a slip of the first report right, and say so."""
    text = record.read_text("utf-8")
    mended = text.replace("検証サーバーが停止しました。21:40 から", "検証サーバーが止まりました。21:40 から").replace(
        "    at: 2026-06-18T21:52+09:00\n",
        "    at: 2026-06-18T21:52+09:00\n    edited: {at: 2026-06-19T09:40+09:00, note: {ja: 言い回し, en: Wording}}\n",
    )
    assert mended.count("edited:") == 1
    assert "止まりました" in mended
    record.write_text(mended, "utf-8")


def test_the_night_tells_what_the_files_say(night: Night) -> None:
    """The list of what is new at each step is no invention of this test."""
    before: set[str] = set()
    for step, as_of in STEPS.items():
        now = {each.guid for each in told_reports(night.content, as_of)}
        assert step == "started" or now - before == night.new(step)
        before = now


def test_programs_find_the_hub(night: Night) -> None:
    """Every form of every feed names it (W3C WebSub, section 4)."""
    night.show("started")
    for path in (REPORT_FEED, component_feed("staging-web"), MATTER_FEED):
        for form in (FeedForm.RSS, FeedForm.ATOM):
            links = feedparser.parse(night.url + feed_file(path, form)).feed.links
            assert [link.href for link in links if link.rel == "hub"] == [HUB]
            assert [link.href for link in links if link.rel == "self"] == [night.url + feed_file(path, form)]
        told = run_node(_HUBS, night.url + feed_file(path, FeedForm.JSON))
        assert json.loads(told) == [{"type": "WebSub", "url": HUB}]


_HUBS = """
import { parseJsonFeed } from 'feedsmith';
const answer = await fetch(process.argv[2]);
console.log(JSON.stringify(parseJsonFeed(await answer.text()).hubs));
"""


@pytest.mark.parametrize("form", [FeedForm.RSS, FeedForm.ATOM])
@pytest.mark.parametrize("path", [REPORT_FEED, INCIDENT_FEED, component_feed("staging-web"), MATTER_FEED])
def test_newsboat_shows_new_reports_alone(night: Night, tmp_path: Path, path: str, form: FeedForm) -> None:
    """A new interim and a completion report are unread, a mended slip is not, a correction is."""
    about = [each for each in told_reports(night.content) if path == MATTER_FEED or within(path, each)]
    known = {each.guid for each in about}
    night.show("started")
    reader = Newsboat(tmp_path / "newsboat", [night.url + feed_file(path, form)])
    assert reader.look()
    for step in NEW:
        night.show(step)
        expected = set() if path == MATTER_FEED else night.new(step) & known
        assert reader.look().keys() == expected, step


@pytest.mark.parametrize("form", [FeedForm.RSS, FeedForm.ATOM])
def test_newsboat_shows_a_report_once_in_many_feeds(night: Night, tmp_path: Path, form: FeedForm) -> None:
    """Who follows everything, incidents and two components at once is told once of each report."""
    paths = [REPORT_FEED, INCIDENT_FEED, component_feed("staging-web"), component_feed("staging-db")]
    night.show("started")
    reader = Newsboat(tmp_path / "newsboat", [night.url + feed_file(path, form) for path in paths])
    reader.look()
    for step in NEW:
        night.show(step)
        assert reader.look().keys() == night.new(step), step


@pytest.mark.parametrize("form", [FeedForm.RSS, FeedForm.ATOM])
def test_rss2email_mails_new_reports_alone(night: Night, tmp_path: Path, form: FeedForm) -> None:
    """One mail for each, none for a mended slip."""
    night.show("started")
    reader = RssToMail(tmp_path / "mail", night.url + feed_file(REPORT_FEED, form))
    assert reader.look()
    for step in NEW:
        night.show(step)
        mails = reader.look()
        assert {mail.guid for mail in mails} == night.new(step), step
        assert len(mails) == len(NEW[step]), step


@pytest.mark.parametrize("form", [FeedForm.RSS, FeedForm.ATOM])
def test_sfeed_adds_new_reports_alone(night: Night, tmp_path: Path, form: FeedForm) -> None:
    """Its file grows by a line for each; a mended slip adds none."""
    night.show("started")
    reader = Sfeed(tmp_path / "sfeed", {"all": night.url + feed_file(REPORT_FEED, form)})
    before = [item.guid for item in reader.look()["all"]]
    for step in NEW:
        night.show(step)
        after = [item.guid for item in reader.look()["all"]]
        assert {*after} - {*before} == night.new(step), step
        assert len(after) == len(before) + len(NEW[step]), step
        before = after


def test_a_mended_slip_moves_atoms_updated_alone(night: Night) -> None:
    """Of that one item; in RSS nothing but its words changes, for all other items not a byte."""
    address = night.url + feed_file(REPORT_FEED, FeedForm.ATOM)
    night.show("completed")
    before = {entry.id: entry for entry in feedparser.parse(address).entries}
    rss_before = with_feedsmith([night.url + feed_file(REPORT_FEED, FeedForm.RSS)])
    night.show("mended")
    after = {entry.id: entry for entry in feedparser.parse(address).entries}
    rss_after = with_feedsmith([night.url + feed_file(REPORT_FEED, FeedForm.RSS)])
    assert before.keys() == after.keys()
    changed = [guid for guid in after if after[guid] != before[guid]]
    assert changed == ["tag:status.example.com,2026-04-01:2026-06-18-staging-down/1"]
    old, new = before[changed[0]], after[changed[0]]
    assert (old.published, old.title, old.link) == (new.published, new.title, new.link)
    assert datetime.fromisoformat(new.updated) == datetime.fromisoformat("2026-06-19T09:40+09:00")
    assert "止まりました" in new.content[0].value
    [old_items], [new_items] = ([feed.items for feed in each.values()] for each in (rss_before, rss_after))
    assert [(item.guid, item.at, item.title) for item in old_items] == [
        (item.guid, item.at, item.title) for item in new_items
    ]


def test_nothing_is_new_after_a_move_under_new_titles(tmp_path: Path) -> None:
    """Titles are renamed and the site moves to another scheme, host and path: who followed it is told nothing twice."""
    content, published = SITES["example"](tmp_path / "site"), tmp_path / "published"
    with serve(published) as url:
        build_site(content, published, url, as_of=STEPS["interim"])
        followed = {path: url + feed_file(path, FeedForm.ATOM) for path in (REPORT_FEED, MATTER_FEED)}
        mailed = RssToMail(tmp_path / "mail", followed[REPORT_FEED])
        readers = {path: Newsboat(tmp_path / path.replace("/", "-"), [each]) for path, each in followed.items()}
        was = {path: reader.look().keys() for path, reader in readers.items()}
        assert mailed.look()
        for place in (content / "content").glob("*/2026/*.yaml"):
            told = place.read_text("utf-8")
            place.write_text(told.replace("title: {ja: ", "title: {ja: 改題 ", 1), "utf-8")
        # The old address answers with what the new one has, as a host's redirect does.
        moved = "https://status.example.org/news/"
        build_site(content, published, moved, as_of=STEPS["interim"])
        assert not any(reader.look() for reader in readers.values())
        assert mailed.look() == []
        for path, address in followed.items():
            entries = feedparser.parse(address).entries
            assert {entry.id for entry in entries} == was[path]
            assert all("改題" in entry.title and entry.link.startswith(moved) for entry in entries)
