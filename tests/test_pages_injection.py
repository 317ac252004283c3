"""Whatever people write comes out as text, on every page and in every feed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree, html
from pydantic import BaseModel

from naughty_site import MARKUP, incident, maintenance, write_site
from noroshi.records.matters import Incident, Maintenance
from noroshi.records.reports import IncidentReport, MaintenanceReport
from page_bodies import Site, load_site

OURS = {
    "div", "header", "section", "article", "nav", "p", "span", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt",
    "dd", "a", "time", "details", "summary", "small", "strong", "s", "br", "svg", "rect", "title",
}  # fmt: skip
CHARTS = {
    "figure", "figcaption", "caption", "circle", "defs", "desc", "g", "line", "path", "pattern", "text", "tfoot",
}  # fmt: skip
MARKDOWN = {"em", "code", "pre", "blockquote", "hr", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "class", "id", "href", "lang", "datetime", "rel", "aria-label", "aria-labelledby", "aria-hidden", "open", "role",
    "viewbox", "preserveaspectratio", "x", "width", "height", "title", "start", "hidden", "aria-current",
    "data-at", "data-since", "data-before", "data-after", "data-day", "data-words", "data-ago",
}  # fmt: skip
DRAWN = {
    "aria-describedby", "cx", "cy", "d", "fill", "height", "patternunits", "points", "r", "scope", "text-anchor",
    "tabindex", "transform", "width", "x1", "x2", "y", "y1", "y2", "colspan", "patterntransform",
}  # fmt: skip
TO_CHOOSE = {
    "form", "label", "select", "option", "button", "data-kind", "data-severity", "data-component", "data-said", "name",
    "value", "type", "autocomplete", "aria-live",
}  # fmt: skip
"""Elements and attributes of rows and of what chooses from them: lists of matters have them, and no other page."""
TO_SUBSCRIBE = {"button", "img", "type", "src", "alt", "translate", "download", "data-done"}
"""Elements and attributes of the page that tells how to subscribe, and of no other."""
TO_SEARCH = {
    "form", "label", "select", "option", "button", "input", "script", "data-search", "name", "value", "type", "src",
    "defer",
    "autocomplete", "autocapitalize", "spellcheck", "enterkeyhint", "maxlength", "for", "role", "hidden",
}  # fmt: skip
"""Elements and attributes of the page where readers search, and of no other."""
TO_VERIFY = {"button", "type", "translate", "data-done"}
"""Elements and attributes of the pages of the published log, and of no other."""
IN_FEEDS = {"p", "strong", "small", "em", "ul", "ol", "li", "a", "time", "span", "div", "br", "hr", "s"}
UNSAID = {
    "agreed_by-word",
    "agreed_note",
    "approved_by-word",
    "client_name-word",
    "source-word",
    "component_owner-word",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    """The naughty site."""
    return load_site(write_site(tmp_path_factory.mktemp("naughty")))


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Any]:
    """Its pages, parsed."""
    return {file: html.document_fromstring(page) for file, page in site.pages().items()}


def test_every_field_is_naughty():
    """The naughty records fill every field of incidents, maintenance and their reports: a new field must join."""
    for model, report, data in (
        (Incident, IncidentReport, incident()),
        (Maintenance, MaintenanceReport, maintenance()),
    ):
        assert set(data) | {"imported"} == names(model)
        told = {name for each in data["reports"] for name in each}
        if report is IncidentReport:
            assert told == names(report)
        else:
            told |= {name for each in incident()["reports"] for name in each}
            assert names(report) <= told | {"cancelled"}


def names(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_nothing_written_becomes_markup(pages):
    """Our bodies hold the elements and attributes of our templates and of Markdown, and no other."""
    for file, page in pages.items():
        own = TO_SUBSCRIBE if "subscribe/" in file else set()
        own = own | (TO_VERIFY if file.removeprefix("en/").startswith("log/") else set())
        own |= TO_SEARCH if "search/" in file else set()
        own |= TO_CHOOSE if page.xpath("//*[@data-kind]") else set()
        for element in page.xpath("//body//*"):
            assert element.tag in OURS | MARKDOWN | CHARTS | own, (file, element.tag)
            assert {name.lower() for name in element.attrib} <= ATTRIBUTES | DRAWN | own, (file, element.attrib)
        assert {*page.xpath("//body//img/@src")} <= {"../badges/status.svg"}, file
        assert not page.xpath("//comment()"), file


def test_links_lead_only_where_links_may(pages):
    """No link but relative ones and those with http, https or mailto; to subscribe, webcal."""
    for file, page in pages.items():
        for link in page.xpath("//body//@href"):
            scheme = link.partition(":")[0] if ":" in link else ""
            assert scheme in ("", "http", "https", "mailto", "webcal"), (file, link)
            assert scheme != "webcal" or "subscribe/" in file, (file, link)


def test_what_was_written_is_read_letter_by_letter(pages):
    """Plain fields arrive on the page as they were typed: nothing is lost, doubled or interpreted."""
    shut, work = (pages[f"en/{each}/index.html"].text_content() for each in ("incidents/shut", "maintenance/work"))
    for field in (
        "title", "workaround", "unknown", "note", "withdrawn_reason", "not_affected", "confirmed_by", "lasting_effects",
        "undetected_because", "cause", "what", "evidence", "dropped", "anomalies",
    ):  # fmt: skip
        assert f"{field}-en {MARKUP}" in shut, field
        assert f"{field}-ja" not in shut, field
    for field in ("by-word", "owner-word", "from-word"):
        assert f"{field} {MARKUP}" in shut, field
    for field in ("title", "reason", "rollback", "not_affected", "emergency_reason"):
        assert f"{field}-en {MARKUP}" in work, field
    component = pages["en/components/c/index.html"].text_content()
    for field in ("component_name", "component_description", "group", "environment"):
        assert f"{field}-en {MARKUP}" in component, field


def test_titles_and_descriptions_of_documents_are_text(pages):
    """The document's title is the record's, letter by letter; the head holds nothing else of ours."""
    head = pages["en/incidents/shut/index.html"].xpath("/html/head")[0]
    assert [each.tag for each in head] == ["title", "meta"]
    assert head[0].text == f"title-en {MARKUP}"


def test_what_is_not_for_readers_stays_unsaid(pages, site):
    """Agreements, clients, owners of components and sources of imports are on no page and in no feed."""
    everything = [page.text_content() for page in pages.values()] + [data.decode() for data in site.feeds().values()]
    for field in UNSAID:
        assert not [each for each in everything if field in each], field


def items(data: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"{"):
        yield from ((item["title"], item["content_html"]) for item in json.loads(data)["items"])
        return
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    space = {"a": "http://www.w3.org/2005/Atom"}
    for item in tree.xpath("//item"):
        yield item.findtext("title"), item.findtext("description")
    for item in tree.xpath("//a:entry", namespaces=space):
        yield item.findtext("a:title", namespaces=space), item.findtext("a:content", namespaces=space)


def test_feeds_carry_it_as_text(site):
    """Each feed is well-formed; its titles are letter by letter, its bodies hold harmless elements only."""
    feeds = site.feeds()
    assert len(feeds) == 36
    for file, data in feeds.items():
        found = list(items(data))
        assert found or "components/d" in file or "maintenance" in file, file
        for title, body in found:
            assert MARKUP in title or "長い題名" in title, file
            for element in html.fragment_fromstring(body, create_parent="body").iterdescendants():
                assert element.tag in IN_FEEDS | MARKDOWN, (file, element.tag)
                assert set(element.attrib) <= {"href", "lang", "datetime", "rel", "class", "title", "start"}, file
                assert element.get("href", "https:").startswith(("https:", "http:", "mailto:")), file
