"""Commitments have pages, rows and feed items, for the audiences that may see them and for no other."""

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from shutil import copytree
from typing import Any

import pytest
import yaml
from lxml import etree, html

from naughty_site import MARKUP, PROSE, text, word, write_site
from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience
from outside_programs import axe
from page_bodies import NOW, STORY, load_site
from test_actions_page import OPENED, an_action

ROOT = Path(__file__).resolve().parent.parent
A_SHA, B_SHA = Audience(word="a-sha"), Audience(word="b-sha")
NAMES = ("エー商事", "ビー商会")
RELEASE, OPEN_DAY, INSIDE, SALE = "2026-06-19-release", "2026-08-04-open-day", "2026-08-05-inside", "2026-08-20-sale"

COMMITMENTS = {
    RELEASE: """\
title: {ja: サイト公開, en: Website release}
client: a-sha
from: 2026-06-19T09:00+09:00
until: 2026-06-19T11:00+09:00
needs: [staging-web]
keep_clear: {before: 24h, after: 2h}
reports:
  - kind: notice
    at: 2026-06-12T10:00+09:00
    window: {from: 2026-06-19T10:00+09:00, until: 2026-06-19T12:00+09:00}
    text: ご希望により一時間遅らせます。
  - {kind: start, at: 2026-06-19T10:00+09:00, by: pm, text: 開始しました。, next_report: 2026-06-19T11:00+09:00}
  - {kind: interim, at: 2026-06-19T11:00+09:00, by: pm, text: 続けています。, expected: 2026-06-19T12:30+09:00}
  - kind: completion
    at: 2026-06-19T12:40+09:00
    ended_at: 2026-06-19T12:25+09:00
    outcome: late
    text: 公開しました。
""",
    OPEN_DAY: """\
title: {ja: 公開日, en: Open day}
client: a-sha
visibility: public
from: 2026-08-04T10:00+09:00
until: 2026-08-04T12:00+09:00
needs: [www]
reports:
  - {kind: notice, at: 2026-07-30T10:00+09:00, text: 予定どおり行います。}
""",
    INSIDE: """\
title: {ja: 社内だけの枠, en: For the house alone}
client: a-sha
visibility: internal
from: 2026-08-05T10:00+09:00
until: 2026-08-05T12:00+09:00
needs: [www]
""",
    SALE: """\
title: {ja: 夏の売り出し, en: Summer sale}
client: b-sha
from: 2026-08-20T10:00+09:00
until: 2026-08-20T12:00+09:00
needs: [mail]
""",
}
SEEN = {
    PUBLIC: {OPEN_DAY},
    A_SHA: {OPEN_DAY, RELEASE},
    B_SHA: {OPEN_DAY, SALE},
    INTERNAL: {OPEN_DAY, RELEASE, INSIDE, SALE},
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story's site with commitments to two clients."""
    folder = copytree(STORY, tmp_path_factory.mktemp("commitments") / "site")
    (folder / "content/clients.yaml").write_text(
        f"- {{id: a-sha, name: {NAMES[0]}, manager: pm, components: [staging-web, www]}}\n"
        f"- {{id: b-sha, name: {NAMES[1]}, manager: pm, components: [mail]}}\n",
        encoding="utf-8",
    )
    (folder / "content/policy.yaml").write_text("- {from: 2026-04-01, major: {first: 30m}}\n", encoding="utf-8")
    (folder / "content/incidents/2026/2026-07-01-new.yaml").write_text(
        OPENED.format(day="2026-07-01", actions=an_action("overdue", "2026-07-20")), encoding="utf-8"
    )
    place = folder / "content/commitments/2026"
    place.mkdir(parents=True)
    for name, content in COMMITMENTS.items():
        (place / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[Audience, dict[str, str]]:
    """Every page of each audience's site."""
    return {audience: load_site(root, audience=audience).pages() for audience in SEEN}


def parsed(page: str) -> Any:
    return html.document_fromstring(page)


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def page_of(name: str, language: str = "") -> str:
    return f"{language}commitments/{name}/index.html"


def facts(page: str) -> dict[str, str]:
    """The facts at the head of a page."""
    found = parsed(page).xpath("//section[contains(@class, 'nr-overview')]//dl/div")
    return {words(each.find("dt")): words(each.find("dd")) for each in found}


@pytest.mark.parametrize("audience", SEEN, ids=lambda audience: audience.word)
def test_an_audience_has_the_pages_that_it_may_see(pages, audience):
    """In every language; and what it may not see is named on no page of it."""
    shown = pages[audience]
    assert {file for file in shown if "commitments/" in file} == {
        page_of(name, language) for name in SEEN[audience] for language in ("", "en/")
    }
    for name in set(COMMITMENTS) - SEEN[audience]:
        title = yaml.safe_load(COMMITMENTS[name])["title"]["en"]
        assert not [file for file, page in shown.items() if name in page or title in page], name


@pytest.mark.parametrize(
    ("audience", "names"), [(PUBLIC, ()), (A_SHA, NAMES[:1]), (B_SHA, NAMES[1:]), (INTERNAL, NAMES)], ids=str
)
def test_a_client_is_named_to_himself_and_to_the_house(pages, audience, names):
    """A public commitment's page names the client only where he or the house reads it."""
    whole = "".join(pages[audience].values())
    assert [name for name in NAMES if name in whole] == list(names)
    own = facts(pages[audience][page_of(OPEN_DAY)])
    assert own.get("お客様") == (NAMES[0] if audience in (A_SHA, INTERNAL) else None)


def test_a_commitment_s_page_tells_it_all(pages):
    """Promised time with the earlier one, the time kept clear, needs, outcome, and what threatened it."""
    page = pages[A_SHA][page_of(RELEASE, "en/")]
    assert facts(page) == {
        "Client": NAMES[0],
        "Promised before": "Fri 19 June 2026, 09:00 – 11:00",
        "Kept clear of planned work": "Thu 18 June 2026, 10:00 – Fri 19 June 2026, 14:00",
        "Result": "Late (25 minutes after the promised end)",
        "Estimates given": "12:30 , said at 11:00",
        "Needs": "Staging server",
        "Threatened by": "Staging server down",
    }
    tree = parsed(page)
    answers = {words(each[0]): words(each[1]) for each in tree.xpath("//dl[@class='nr-glance']/div")}
    assert answers["Promised time"] == "Fri 19 June 2026, 10:00 – 12:00 Fri 19 June 2026, 09:00 – 11:00"
    assert answers["Ended"] == "12:25 after 2 hours 25 minutes"
    assert words(tree.xpath("//h1")[0]) == "Website release"
    assert [each.text for each in tree.xpath("//p[@class='nr-badges']")[0]] == ["Completed", "Late", "Rescheduled"]
    assert [words(each) for each in tree.xpath("//article//h3")] == [
        "4 Completion report 完了報告",
        "3 Interim report 中間報告",
        "2 Start report 開始報告",
        "1 Notice 予告",
    ]
    told = [words(each) for each in tree.xpath("//article//dl/div")]
    assert told == [
        "Ended Fri 19 June 2026, 12:25",
        "Result Late",
        "Expected end 12:30",
        "Next report 11:00",
        "Moved to Fri 19 June 2026, 09:00 – 11:00 → Fri 19 June 2026, 10:00 – 12:00",
    ]
    steps = [words(each) for each in tree.xpath("//ol[@class='nr-timeline']/li")]
    assert steps[-3:] == ["Planned end 12:00", "Ended 12:25", "Completion report 12:40"]


def test_its_promises_stand_on_its_page(pages):
    """Its start, its end, its next report and the word owed on the outage, each with what became of it."""
    tree = parsed(pages[A_SHA][page_of(RELEASE, "en/")])
    told = [
        (words(each.find_class("nr-promise__name")[0]).partition(" (")[0], each.get("class").rpartition("--")[2])
        for each in tree.xpath("//section[@id='promises']//li")
    ]
    assert told == [
        ("Start as planned", "met"),
        ("End as planned", "late"),
        ("Next report", "met"),
        ("Word on a threatened slot", "late"),
    ]


def test_the_incident_leads_to_the_commitment_it_threatened_where_it_may(pages):
    """Both ways for the client and the house; the public page of the incident knows nothing of it."""
    incident = "incidents/2026-06-18-staging-down/index.html"
    link = f"../../commitments/{RELEASE}/"
    for audience, there in ((A_SHA, True), (INTERNAL, True), (PUBLIC, False), (B_SHA, False)):
        assert (link in parsed(pages[audience][incident]).xpath("//dd/a/@href")) is there, audience
    back = parsed(pages[A_SHA][page_of(RELEASE)]).xpath("//dd/a/@href")
    assert "../../incidents/2026-06-18-staging-down/" in back


def test_home_lists_what_is_ahead_soonest_first(pages):
    """Commitments that are not over, each with its promised time; none where the audience may see none."""

    def slots(audience: Audience) -> list[str]:
        sections = parsed(pages[audience]["en/index.html"]).xpath("//section[h2='Promised slots']")
        return [words(each) for section in sections for each in section.xpath(".//h3")]

    assert slots(PUBLIC) == ["Open day"]
    assert slots(A_SHA) == ["Open day"]
    assert slots(B_SHA) == ["Open day", "Summer sale"]
    assert slots(INTERNAL) == ["Open day", "For the house alone", "Summer sale"]
    home = parsed(pages[B_SHA]["index.html"])
    (card,) = home.xpath("//section[h2='お約束の時間帯']//article[contains(., '夏の売り出し')]")
    assert "お約束の日時 2026年8月20日（木） 10:00 – 12:00".replace(" ", "") in words(card).replace(" ", "")
    assert NAMES[1] in words(card)


def test_lists_count_and_show_commitments(pages):
    """In its month, in the index of months, and on the pages of the components that it needs."""
    assert "Website release" in pages[A_SHA]["en/history/2026-06/index.html"]
    assert "Commitments: 1" in pages[A_SHA]["en/history/index.html"]
    assert "Website release" in pages[A_SHA]["en/components/staging-web/index.html"]
    row = parsed(pages[A_SHA]["en/history/2026-06/index.html"]).xpath("//li[contains(., 'Website release')]")[0]
    assert "Commitment Website release" in words(row)
    assert "Completed Late" in words(row)


def test_feeds_carry_the_reports_of_visible_commitments(root):
    """An item for each report with its anchor's address, for those who may see it."""
    for audience, count in ((PUBLIC, 0), (A_SHA, 4), (B_SHA, 0), (INTERNAL, 4)):
        feeds = load_site(root, audience=audience).feeds()
        links = [str(each) for each in etree.fromstring(feeds["feeds/reports.rss"]).xpath("//item/link/text()")]
        found = [link for link in links if RELEASE in link]
        assert len(found) == count
        assert any(OPEN_DAY in link for link in links)
        if found:
            assert found[0].endswith(f"commitments/{RELEASE}/#report-4")
            (item,) = etree.fromstring(feeds["en/feeds/reports.rss"]).xpath(
                f"//item[link[contains(., '{RELEASE}/#report-4')]]"
            )
            assert item.findtext("title") == "Completion report: Website release — Completed"
            assert "Result: Late" in item.findtext("description")


def test_every_link_of_every_audience_resolves(pages):
    """Pages and fragments alike."""
    for audience, shown in pages.items():
        ids = {file: set(re.findall(r'\bid="([^"]+)"', page)) for file, page in shown.items()}
        for file, page in shown.items():
            for link in parsed(page).xpath("//body//a/@href"):
                if link.startswith(("http", "mailto", "webcal", "/")):
                    continue
                place, _, fragment = link.partition("#")
                folder = "/" + file.rpartition("/")[0]
                target = normpath(join(folder, place)).lstrip("/") if place else file
                data = target.endswith(
                    (".rss", ".atom", ".json", ".jsonl", ".ics", ".opml", ".txt", ".svg", "log/checkpoint")
                )
                target = target if data or target.endswith(".html") else f"{target}/index.html".lstrip("/")
                if not data and not target.endswith(("about/index.html", "embed/index.html")):
                    assert target in shown, (audience.word, file, link)
                    assert not fragment or fragment in ids[target], (audience.word, file, link)


def test_naughty_texts_stay_texts(tmp_path):
    """Every text of a commitment comes out escaped on its page, on home and in the feeds."""
    folder = write_site(tmp_path)
    known = yaml.safe_load((folder / "content/clients.yaml").read_text("utf-8"))[0]["id"]
    place = folder / "content/commitments/2026/slot.yaml"
    place.parent.mkdir(parents=True)
    record = {
        "title": text("slot_title"),
        "client": known,
        "from": "2026-08-02T10:00+09:00",
        "until": "2026-08-02T12:00+09:00",
        "needs": ["c"],
        "visibility": "public",
        "reports": [
            {"kind": "notice", "at": "2026-07-20T10:00+09:00", "by": word("slot_by"), "text": text("slot_text", PROSE)},
            {
                "kind": "notice",
                "at": "2026-07-21T10:00+09:00",
                "withdrawn": {"at": "2026-07-22T10:00+09:00", "reason": text("slot_reason")},
            },
        ],
    }
    place.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    site = load_site(folder, audience=INTERNAL)
    shown = {file: page for file, page in site.pages().items() if "slot_title" in page}
    assert {page_of("slot"), page_of("slot", "en/"), "index.html", "en/index.html"} <= set(shown)
    whole = "".join(shown.values())
    for field in ("slot_title-ja", "slot_by-word", "slot_text-en", "slot_reason-en"):
        assert f"{field} &lt;script&gt;" in whole, field
    for file, page in shown.items():
        assert not parsed(page).xpath("//body//script | //body//img | //body//@onerror | //body//@onclick"), file
        assert MARKUP not in page, file
    for file, data in site.feeds().items():
        bodies = (
            [item["content_html"] for item in json.loads(data)["items"]] if file.endswith(".json") else [data.decode()]
        )
        assert not [body for body in bodies if "<script>" in body], file


# The built site.


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of the house and that of the public, published."""
    work = tmp_path_factory.mktemp("built")
    found = {}
    for word_ in ("internal", "public"):
        done = build(
            BuildRequest(
                folder=SiteFolder(root=root),
                out=work / word_,
                cache=work / "cache",
                moments=Moments(now=NOW),
                audience=word_,
            )
        )
        assert done.published, done.problems
        found[word_] = work / word_
    return found


@pytest.mark.slow
def test_a_build_publishes_what_its_audience_may_see(built):
    """Four commitments for the house, one for the public; the actions for both; every link on them leads somewhere."""
    for word_, count in (("internal", 4), ("public", 1)):
        files = sorted((built[word_] / "commitments").glob("*/index.html"))
        assert len(files) == count
        for file in (*files, built[word_] / "actions/index.html", built[word_] / "actions/2026/index.html"):
            for link in html.parse(str(file)).xpath("//div[contains(@class, 'nr ')]//a/@href"):
                place, _, fragment = link.partition("#")
                if link.startswith("http"):
                    continue
                target = (file.parent / place / "index.html") if place else file
                assert not fragment or f'id="{fragment}"' in target.read_text("utf-8"), (file, link)
                assert target.is_file(), (file, link)


@pytest.fixture(scope="module")
def address(built: dict[str, Path]) -> Iterator[str]:
    """The site of the house, served on localhost."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(built["internal"]))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_commitments_and_actions_hinder_nobody(address, browser, scheme, width):
    """axe-core finds no serious or critical fault, and nothing is wider than the window."""
    script = axe()
    # The pages' own policy would not let axe-core in.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found: list[Any] = []
    for path in (
        f"commitments/{RELEASE}/", f"en/commitments/{OPEN_DAY}/", "actions/", "en/actions/2026/", "",
        "incidents/2026-06-18-staging-down/", "incidents/2026-07-01-new/",
    ):  # fmt: skip
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.add_script_tag(path=str(script))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert result["passes"], path
        found += [
            (path, fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
            for fault in result["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
    context.close()
    assert not found, "\n".join(map(str, found))
