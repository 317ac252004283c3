"""The page that tells how to subscribe, and all feeds in one file: every address on them leads to what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import lxml.html
import pytest
from lxml import etree

from naughty_site import write_site
from noroshi.endpoints import OPML, SUBSCRIBE, FeedForm
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience
from outside_programs import axe
from page_bodies import Site, load_site
from real_program import NOW, ROOT
from served_site import build_site, copy_example, serve

CLIENT = Audience(word="a-sha")
LATER = datetime.fromisoformat("2026-11-22T12:00+09:00")
URL = "https://status.example.com/"
SERVICES = {"feedly.com", "www.inoreader.com", "www.newsblur.com", "theoldreader.com", "calendar.google.com"}
SERVICES |= {"outlook.live.com", "outlook.office.com"}


def page(site: Site, language: str = "ja") -> Any:
    """The page's document."""
    return lxml.html.document_fromstring(site.pages()[site.press.file(language, SUBSCRIBE)])


def links(document: Any, language: str) -> list[str]:
    """Where the page leads, absolute."""
    here = URL + ("" if language == "ja" else f"{language}/") + SUBSCRIBE
    return [urljoin(here, each) for each in document.xpath("//@href | //@src")]


def doors_of(site: Site, file: str) -> list[str]:
    """Where the buttons of a page lead."""
    return list(lxml.html.document_fromstring(site.pages()[file]).xpath("//p[@class='nr-doors']/a/@href"))


def door_names(site: Site, file: str) -> list[str]:
    """What the buttons of a page are called."""
    return list(lxml.html.document_fromstring(site.pages()[file]).xpath("//p[@class='nr-doors']/a/text()"))


def to_copy(document: Any) -> list[str]:
    """What readers may copy."""
    return [each.text_content() for each in document.find_class("nr-copy__text")]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("audience", [PUBLIC, CLIENT, INTERNAL], ids=lambda audience: audience.word)
def test_every_address_leads_to_a_file_of_the_site(audience: Audience, language: str) -> None:
    """Links, addresses to copy, and those within commands and snippets: pages, feeds, calendars, badges, data."""
    site = load_site(ROOT, LATER, audience)
    document = page(site, language)
    known = site.pages().keys() | site.outputs().keys()
    addresses = [each.replace("webcal:", "https:", 1) for each in links(document, language)]
    addresses = [each for each in addresses if each.startswith(URL)]
    addresses += [each for words in to_copy(document) for each in re.findall(rf"{URL}[^\s\"]*", words)]
    assert len(addresses) > 70
    for address in addresses:
        path, _, anchor = address.removeprefix(URL).partition("#")
        assert (f"{path}index.html" if path.endswith("/") or not path else path) in known, address
        assert not anchor or document.get_element_by_id(anchor) is not None


def test_each_component_has_its_feeds_its_calendar_and_its_badge() -> None:
    """In a row of its own, to which the component's page leads."""
    site = load_site(ROOT, LATER)
    document = page(site)
    for each in site.snapshot.settings.components:
        row = document.get_element_by_id(f"component-{each.id}")
        found = [urljoin(URL + SUBSCRIBE, link).removeprefix(URL) for link in row.xpath(".//td/a/@href")]
        endings = [f"feeds/components/{each.id}.{form}" for form in ("atom", "rss", "json")]
        # A link to the file itself would be saved, and imported once: what was imported never changes again.
        calendar = f"webcal://status.example.com/calendars/components/{each.id}.ics"
        assert found == [*endings, calendar, f"badges/components/{each.id}.svg"]


def test_doors_lead_there_and_not_to_a_file() -> None:
    """The home page's to its sections, a component's to its row, in one order; a bare feed or calendar tells nobody
    what to do with it."""
    site = load_site(ROOT, LATER)
    for root in ("", "en/"):
        doors = doors_of(site, f"{root}index.html")
        assert doors == ["subscribe/", "subscribe/#feeds", "subscribe/#calendar"]
        names = door_names(site, f"{root}index.html")
        for each in site.snapshot.settings.components:
            file = f"{root}components/{each.id}/index.html"
            row = f"../../subscribe/#component-{each.id}"
            assert doors_of(site, file) == ["../../subscribe/", row, row]
            assert door_names(site, file) == names


def test_planned_work_has_a_calendar_of_its_own() -> None:
    """It stands beside that of everything: programs of networks read no other."""
    document = page(load_site(ROOT, LATER), "en")
    assert f"{URL}en/calendars/maintenance.ics" in to_copy(document)
    assert document.xpath("//a[@href='../calendars/maintenance.ics']")


def test_whoever_none_of_it_suits_can_ask() -> None:
    """The last link is the contact of ``site.yaml``."""
    document = page(load_site(ROOT, LATER))
    assert document.xpath("(//a)[last()]/@href") == ["https://example.com/contact"]


def test_the_page_depends_on_no_clock() -> None:
    """Its bytes are the same at any time; those of the list of feeds too."""
    early, late = (
        load_site(ROOT, as_of=datetime.fromisoformat(f"{day}T12:00+09:00")) for day in ("2026-05-01", NOW[:10])
    )
    for path in ("subscribe/index.html", "en/subscribe/index.html"):
        assert early.pages()[path] == late.pages()[path]
    assert early.outputs()[OPML] == late.outputs()[OPML]


def test_one_click_carries_the_whole_address() -> None:
    """Each service on the web is given the feed's or calendar's own address, encoded once; nothing is loaded there."""
    document = page(load_site(ROOT, LATER), "en")
    outward = [each for each in document.xpath("//a[@rel]") if urlsplit(each.get("href")).netloc in SERVICES]
    assert {urlsplit(each.get("href")).netloc for each in outward} == SERVICES
    for each in outward:
        assert each.get("rel") == "noopener noreferrer"
        assert each.get("href").count("://") == 1  # what is given is encoded
        parts = urlsplit(each.get("href"))
        given = [unquote(parts.path.partition("/feed%2F")[2])] if "/feed%2F" in parts.path else []
        given += [value for values in parse_qs(parts.query).values() for value in values]
        place = "webcal://status.example.com/en/calendars/all.ics" if "google" in parts.netloc else None
        calendar = "calendar" in parts.path or "calendar" in parts.netloc
        wanted = place or URL + ("en/calendars/all.ics" if calendar else "en/feeds/reports.atom")
        assert wanted in given
    assert not [each for each in document.xpath("//@src") if "//" in each]


def test_an_edition_is_offered_to_no_service() -> None:
    """Its addresses are for its readers alone: no reader, calendar or chat on the web is named; its own come first."""
    for audience in (CLIENT, INTERNAL):
        document = page(load_site(ROOT, LATER, audience))
        assert not [each for each in links(document, "ja") if urlsplit(each).netloc in SERVICES]
        words = document.text_content()
        assert not re.search("Slack|Teams|Feedly|Google Calendar", words)
        assert "公開用ではありません" in words
        assert not [each for each in links(document, "ja") if "/embed/" in each or "/badges/" in each]
        assert not [each for each in to_copy(document) if "<" in each]  # its own headers forbid that frame
        assert "御社" not in words
        assert ("貴社" in words) == (audience is CLIENT)
    own = page(load_site(ROOT, LATER, CLIENT)).find_class("nr-inside")[0]
    assert "A 社様へ" in own.text_content()
    assert to_copy(own) == [f"{URL}feeds/reports.atom", f"{URL}calendars/all.ics"]
    assert own.xpath(".//tbody/tr/th/a/text()") == ["検証サーバー", "公開サイト"]
    assert "公開用ではありません" not in page(load_site(ROOT, LATER)).text_content()


@pytest.mark.parametrize("audience", [CLIENT, INTERNAL], ids=lambda audience: audience.word)
def test_an_edition_without_a_place_names_no_address(audience: Audience) -> None:
    """Built at the public site's address it has none of its own: it says so, and only relative links are left."""
    document = page(replace(load_site(ROOT, LATER, audience), placed=False))
    assert "この版を公開する場所" in document.text_content()
    assert to_copy(document) == []
    assert "status.example.com" not in etree.tostring(document, encoding="unicode")
    for each in document.xpath("//@href"):
        assert not each.startswith("webcal:")
        assert not each.startswith("#") or document.get_element_by_id(each[1:]) is not None
    table = document.get_element_by_id("component-staging-web")
    assert "../calendars/components/staging-web.ics" in table.xpath(".//@href")
    for door in ("feeds", "calendar"):
        assert document.get_element_by_id(door) is not None
    assert "この版を公開する場所" not in page(load_site(ROOT, LATER, audience)).text_content()


def test_a_hub_is_named_where_there_is_one(tmp_path: Path) -> None:
    """Only then, and not in an edition: its feeds name none."""
    copy_example(tmp_path / "site")
    assert "WebSub" not in page(load_site(tmp_path / "site", LATER)).text_content()
    with (tmp_path / "site/content/site.yaml").open("a") as settings:
        settings.write("websub_hub: https://hub.example.com/\n")
    assert "WebSub" in page(load_site(tmp_path / "site", LATER)).text_content()
    assert "WebSub" not in page(load_site(tmp_path / "site", LATER, INTERNAL)).text_content()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_of_feeds_names_each_once(language: str) -> None:
    """Every Atom feed of its language and no other, under the title that the feed has itself, by groups."""
    site = load_site(ROOT, LATER)
    root = "" if language == "ja" else "en/"
    outputs = site.outputs()
    document = etree.fromstring(outputs[root + OPML])
    assert (document.tag, document.get("version")) == ("opml", "2.0")
    assert [each.tag for each in document] == ["head", "body"]
    feeds = {
        each.get("xmlUrl").removeprefix(URL): each
        for each in document.iter("outline")
        if each.get("xmlUrl") is not None
    }
    atom = FeedForm.ATOM.value
    wanted = {path for path in outputs if path.endswith(f".{atom}") and "archive" not in path}
    assert feeds.keys() == {path for path in wanted if path.startswith("en/") == (language == "en")}
    assert len(feeds) == len(document.xpath("//outline[@xmlUrl]"))
    for path, outline in feeds.items():
        title = etree.fromstring(outputs[path]).findtext("{*}title")
        assert (outline.get("text"), outline.get("title"), outline.get("type")) == (title, title, "rss")
        assert outline.get("language") == language
        home = outline.get("htmlUrl").removeprefix(URL)
        assert f"{home}index.html" in site.pages()
    folders = [each.get("text") for each in document.find("body") if each.get("xmlUrl") is None]
    assert folders == (
        ["本番環境", "検証環境", "共通基盤"] if language == "ja" else ["Production", "Staging", "Shared services"]
    )


def test_any_name_stays_text(tmp_path: Path) -> None:
    """Names that would like to be markup are shown, and listed, as they were written."""
    site = load_site(write_site(tmp_path))
    document = page(site)
    assert not document.xpath("//script | //@onclick | //@onerror | //svg")
    name = site.snapshot.settings.components[0].name.said_in("ja", "ja")[0]
    assert name in [each.text_content() for each in document.xpath("//tbody/tr/th")]
    titles = etree.fromstring(site.outputs()[OPML]).xpath("//outline[@xmlUrl]/@text")
    assert any(name in title for title in titles)
    assert len({*titles}) == len(titles)  # two components are called the same


def test_components_without_a_heading_follow_under_one(tmp_path: Path) -> None:
    """They would seem to belong to the heading before them; a site without headings has none."""
    site = copy_example(tmp_path / "site")
    place = site / "content/components.yaml"
    lines = place.read_text("utf-8").splitlines()
    bare = [re.sub(r", group: \{[^}]*\}", "", line) for line in lines]
    place.write_text("\n".join([*lines[:-1], bare[-1]]) + "\n", "utf-8")
    headings = page(load_site(site, LATER)).xpath("//h2[@id='components']/following-sibling::h3/text()")
    assert headings == ["本番環境", "検証環境", "共通基盤", "その他のサービス"]
    place.write_text("\n".join(bare) + "\n", "utf-8")
    alone = load_site(site, LATER)
    assert page(alone).xpath("//h2[@id='components']/following-sibling::h3") == []
    assert etree.fromstring(alone.outputs()[OPML]).xpath("//outline[not(@xmlUrl)]/@text") == ["サービスの状況"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example and, below ``edition/``, a client's edition of it."""
    folder = tmp_path_factory.mktemp("subscribe")
    site = copy_example(folder / "site")
    with serve(folder / "served") as url:
        build_site(site, folder / "public", url)
        build_site(site, folder / "edition", f"{url}edition/", audience="a-sha")
        (folder / "served").mkdir()
        (folder / "public").rename(folder / "served/public")
        (folder / "edition").rename(folder / "served/edition")
        yield url


@pytest.mark.slow
def test_nobody_is_hindered(served: str, browser: Any) -> None:
    """axe-core finds nothing, and nothing is wider than the window."""
    script = axe()
    for path in ("public/subscribe/", "public/en/subscribe/", "edition/subscribe/"):
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                size = {"width": width, "height": 900}
                # The page's own policy would not let axe-core in.
                context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
                shown = context.new_page()
                shown.goto(f"{served}{path}")
                shown.add_script_tag(path=script)
                found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
                assert [each["id"] for each in found["violations"]] == [], (path, width, scheme)
                assert shown.evaluate("document.documentElement.scrollWidth") == width
                context.close()


@pytest.mark.slow
def test_a_button_copies_the_address_beside_it(served: str, browser: Any) -> None:
    """It says so for a while; without script there is no button, and one click selects the whole address.

    The page's own policy allows all of it: the console stays empty.
    """
    from playwright.sync_api import expect

    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    shown = context.new_page()
    said: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.goto(f"{served}public/subscribe/")
    buttons = shown.locator(".nr-copy__button")
    assert buttons.count() == shown.locator(".nr-copy__text").count() == 13
    for index in range(buttons.count()):
        buttons.nth(index).click()
        expect(buttons.nth(index)).to_have_text("コピーしました")
        text = shown.locator(".nr-copy__text").nth(index).inner_text()
        assert shown.evaluate("navigator.clipboard.readText()") == text
    for index in range(buttons.count()):
        expect(buttons.nth(index)).to_have_text("コピー")
    assert said == []
    context.close()
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(f"{served}public/subscribe/")
    assert not any(each.is_visible() for each in shown.locator(".nr-copy__button").all())
    context.close()
    shown = browser.new_page()
    shown.goto(f"{served}public/subscribe/")
    shown.locator(".nr-copy__text").first.click()
    assert shown.evaluate("getSelection().toString()") == f"{served}feeds/reports.atom"
    shown.close()
