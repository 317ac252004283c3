"""Components stand under the same headings in every language and every format."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from lxml import etree

from noroshi.endpoints import OPML, STATUSPAGE_API, SUBSCRIBE
from noroshi.pipeline.printing.statuspage_files import plan_statuspage
from noroshi.pipeline.printing.subscribe_files import plan_opml
from noroshi.records.settings import Component
from noroshi.records.texts import Text
from noroshi.snapshot.component_groups import component_groups, heading_words
from page_bodies import Site, load_site

SITE = {
    "format": "1",
    "id": {"tag": "status.example.com", "since": "2026-04-01"},
    "name": "Status",
    "url": "https://status.example.com/",
    "timezone": "Asia/Tokyo",
    "languages": ["ja", "en"],
}
COMPONENTS = [
    {"id": "bare", "name": "Bare"},
    {"id": "web", "name": "Web", "group": {"ja": "本番", "en": "Production"}},
    {"id": "dev", "name": "Dev", "group": {"ja": "検証", "en": "Other"}},
    {"id": "db", "name": "DB", "group": "本番"},
    {"id": "api", "name": "API", "group": {"en": "Live", "ja": "本番"}},
    {"id": "ci", "name": "CI", "group": {"ja": "開発", "en": "Other"}},
]
GROUPS = [["web", "db", "api"], ["dev"], ["ci"], ["bare"]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose headings are translated now so, now otherwise, and now not at all."""
    root: Path = tmp_path_factory.mktemp("groups")
    (root / "content").mkdir()
    (root / "content/site.yaml").write_text(json.dumps(SITE), "utf-8")
    (root / "content/components.yaml").write_text(json.dumps(COMPONENTS, ensure_ascii=False), "utf-8")
    return load_site(root)


def component(name: str, **group: str) -> Component:
    """A component under a heading, told by language."""
    words = tuple((code.strip("_"), said) for code, said in group.items())
    return Component.model_construct(id=name, name=Text((("", name),)), group=Text(words) if words else None)


def test_a_heading_is_what_it_is_in_the_first_language() -> None:
    """In the order of the first mention, whatever stands between; those without a heading come last."""
    listed = [component("a"), component("b", ja="一", en="One"), component("c", ja="二"), component("d", _="一")]
    found = component_groups(listed, "ja")
    assert [[each.id for each in group.components] for group in found] == [["b", "d"], ["c"], ["a"]]
    assert [group.heading for group in found] == [listed[1].group, listed[2].group, None]
    assert [heading_words(each, "ja") for each in listed] == [None, "一", "二", "一"]
    assert [len(group.components) for group in component_groups(listed, "en")] == [1, 1, 1, 1]


def test_nothing_makes_no_group() -> None:
    """A site without components has no group, and one without headings a single one."""
    assert component_groups([], "ja") == ()
    (whole,) = component_groups([component("a"), component("b")], "ja")
    assert (whole.heading, len(whole.components)) == (None, 2)


@pytest.mark.parametrize(
    ("language", "names"),
    [("ja", ["本番", "検証", "開発", "その他のサービス"]), ("en", ["Production", "Other", "Other", "Other services"])],
)
def test_pages_and_subscriptions_show_the_same_groups(site: Site, language: str, names: list[str]) -> None:
    """The home page, the page that tells how to subscribe and the list of all feeds agree, in each language."""
    root = "" if language == "ja" else f"{language}/"
    pages = site.pages()
    home = lxml.html.document_fromstring(pages[f"{root}index.html"])
    groups = home.find_class("nr-group")
    assert [each.find("h3").text_content() for each in groups] == names
    assert [[link.rsplit("/", 2)[1] for link in each.xpath(".//a/@href")] for each in groups] == GROUPS
    subscribe = lxml.html.document_fromstring(pages[f"{root}{SUBSCRIBE}index.html"])
    rows = [
        each.get("id").removeprefix("component-") for each in subscribe.xpath("//tr[starts-with(@id,'component-')]")
    ]
    assert rows == [name for group in GROUPS for name in group]
    (data,) = [plan.make() for plan in plan_opml(site.materials) if plan.file == f"{root}{OPML}"]
    folders = etree.fromstring(data).xpath("//outline[outline]")
    assert [each.get("text") for each in folders] == names
    assert [[feed.get("htmlUrl").rsplit("/", 2)[1] for feed in each] for each in folders] == GROUPS


def test_the_statuspage_api_shows_the_same_groups(site: Site) -> None:
    """Each heading once with its components; those without one stand by themselves, last."""
    found = {plan.file: plan.make() for plan in plan_statuspage(site.materials)}
    parts = json.loads(found[f"{STATUSPAGE_API}components.json"])["components"]
    assert [each["components"] for each in parts if each["group"]] == GROUPS[:-1]
    assert [each["id"] for each in parts if not each["group"]] == [name for group in GROUPS for name in group]
    assert [each["position"] for each in parts if each["group_id"] is None] == [1, 2, 3, 4]
