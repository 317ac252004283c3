"""Search, as far as the program makes it: its texts hold all that records say, and nothing else, in parts that stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naughty_site import write_site
from noroshi.endpoints import SEARCH, SEARCH_PAGES, search_part_file
from noroshi.pipeline.printing.plan import Keys
from noroshi.pipeline.printing.search_files import PART, SearchPress, plan_search_page, plan_search_texts
from noroshi.pipeline.reading.content import SiteFolder, SourceFile, find_records
from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Incident
from noroshi.records.texts import Text
from noroshi.snapshot.audience import INTERNAL, PUBLIC, Audience
from noroshi.snapshot.state import State
from noroshi.text.markdown import markdown_line, plain_line
from noroshi.writers.search.own_page import read_own_page
from noroshi.writers.search.passages import passages
from noroshi.writers.search.texts import SearchedMatter, matters_document
from page_bodies import STORY, Site, load_site
from real_program import NOW, ROOT, copy_example, environment, noroshi, tree

LATER = datetime.fromisoformat("2026-11-22T12:00+09:00")


def parts(site: Site, root: Path) -> dict[str, list[dict[str, Any]]]:
    """The parts of a site's texts, by file."""
    sources = {source.id: source for source in find_records(SiteFolder(root=root))[0]}
    press = SearchPress(site.press)

    def entry(source: SourceFile) -> Entry | None:
        return site.entries.get(source.id)

    jobs = plan_search_texts(site.materials, sources, lambda file, key: False)
    return {file: json.loads(data) for job in jobs for file, data in press.documents(job, entry)}


def told(matter: dict[str, Any]) -> Iterator[str]:
    """All that can be found of a matter."""
    yield from (matter["id"], matter["title"]["text"], *matter["names"])
    yield from (each["text"] for each in matter["texts"])


def written(value: object) -> Iterator[Text]:
    """Every text in a record's fields."""
    if isinstance(value, Text):
        yield value
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            yield from written(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from written(each)


@pytest.mark.parametrize("audience", [PUBLIC, Audience(word="a-sha"), INTERNAL], ids=lambda audience: audience.word)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_of_a_record_is_there_in_the_page_s_language(language: str, audience: Audience) -> None:
    """Every text that an audience may see of the example's records stands in the texts that it searches, in the page's
    language where there is a translation, and otherwise as it was written; with the id and the components' names."""
    site = load_site(ROOT, LATER, audience)
    found = parts(site, ROOT)[("" if language == "ja" else "en/") + search_part_file(1)]
    by_id = {each["id"]: each for each in found}
    assert by_id.keys() == site.entries.keys()
    for entry in site.entries.values():
        all_told = set(told(by_id[entry.id]))
        assert entry.id in all_told
        for text in written(entry.record):
            said = text.said_in(language, "ja")[0]
            assert {plain_line(said), markdown_line(said)} & all_told, said
        for component in site.snapshot.by_id[entry.id].components:
            name = site.snapshot.settings.by_id[component].name.said_in(language, "ja")[0]
            assert name in by_id[entry.id]["names"]


def test_a_result_leads_to_where_it_is_told() -> None:
    """Every place that a result leads to is there on the page: reports and corrective actions."""
    site = load_site(ROOT, LATER)
    pages = site.pages()
    anchors = 0
    for file, matters in parts(site, ROOT).items():
        root = file.removesuffix(search_part_file(1))
        for matter in matters:
            page = lxml.html.document_fromstring(pages[root + matter["link"].removeprefix("../") + "index.html"])
            ids = set(page.xpath("//@id"))
            named = {each["at"] for each in matter["texts"] if "at" in each}
            assert named <= ids, (file, matter["id"])
            anchors += len(named)
    assert anchors > 50


def test_what_was_withdrawn_is_not_found() -> None:
    """Of a report that was withdrawn only the reason is found, and what an import remarked is not."""
    record = Incident.model_validate(
        {
            "title": "t",
            "reports": [
                {
                    "kind": "start",
                    "at": "2026-06-18T21:50+09:00",
                    "text": "secret",
                    "workaround": "secret too",
                    "withdrawn": {"at": "2026-06-18T22:00+09:00", "reason": "a slip"},
                }
            ],
            "imported": {"from": "cstate", "source": "x.md", "anomalies": ["odd"]},
        }
    )
    assert [(each.anchor, each.text.words) for each in passages(record)] == [("report-1", (("", "a slip"),))]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=60)


READER = load_site(STORY).press.reader("ja", SEARCH)


@given(TEXTS.filter(str.strip), st.data())
def test_every_part_of_a_plain_text_is_in_the_texts(text: str, data: st.DataObject) -> None:
    """Whatever two or more letters of one word are searched, they stand in the texts as they were written."""
    record = Incident.model_validate({"title": "t", "not_affected": text})
    entry = Entry(id="i", kind=MatterKind.INCIDENT, path="i.yaml", record=record)
    matter = SearchedMatter(entry=entry, began_at=datetime(2026, 6, 18, tzinfo=UTC), components=())
    (found,) = json.loads(matters_document([matter], READER))
    for word in text.split():
        start = data.draw(st.integers(0, max(len(word) - 2, 0)))
        assert word[start : start + 2] in found["texts"][0]["text"]
        assert word in found["texts"][0]["text"]


def test_markup_and_script_are_text(tmp_path: Path) -> None:
    """Of a site whose every field would like to be markup, the page and its texts are read as they were written."""
    root = write_site(tmp_path / "naughty")
    site = load_site(root)
    titles = [matter["title"]["text"] for matter in parts(site, root)[search_part_file(1)]]
    assert any("<script>window.pwned=1</script>" in title for title in titles)
    page = lxml.html.document_fromstring(site.pages()[site.press.file("ja", SEARCH)])
    assert [each.get("src") for each in page.iter("script")] == ["../assets/noroshi-search.js"]
    names = [option.text for option in page.xpath("//select[@name='component']/option")]
    assert any(name and "<script>" in name for name in names)
    assert json.loads(page.find_class("nr-search")[0].get("data-search"))["parts"] == ["../search/texts/1.json"]


def matters(site: Site, numbers: range) -> tuple[State, ...]:
    """Matters that began an hour after each other, newest first."""
    template = site.snapshot.states[0]
    begun = {each: template.began_at + timedelta(hours=each) for each in numbers}
    return tuple(template.but(id=f"m{each:04}", began_at=begun[each]) for each in sorted(numbers, reverse=True))


def planned(site: Site, states: tuple[State, ...], changed: str = "") -> dict[str, bytes]:
    """The key of each file of the texts, where one matter changed."""
    digests = {state.id: b"changed" if state.id == changed else b"as it was" for state in states}
    materials = replace(site.materials, snapshot=replace(site.snapshot, states=states), keys=Keys(b"", digests))
    sources = {each.id: SourceFile(each.id, each.id, each.kind, each.id, (0, 0, 0)) for each in states}
    found: dict[str, bytes] = {}

    def stands(file: str, key: bytes) -> bool:
        found[file] = key
        return False

    jobs = list(plan_search_texts(materials, sources, stands))
    assert sum(len(job.matters) for job in jobs) == len(states)
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """The files that are not the same."""
    return {file for file in one.keys() | other.keys() if one.get(file) != other.get(file)}


def test_one_changed_matter_makes_one_part_anew() -> None:
    """What is unchanged keeps its key: a changed matter changes its own part, a new one the newest alone."""
    site = load_site(STORY)
    number = 3 * PART + 7
    before = planned(site, matters(site, range(number)))
    assert len(before) == 2 * 4
    old = planned(site, matters(site, range(number)), changed="m0003")
    assert differing(before, old) == {search_part_file(1), f"en/{search_part_file(1)}"}
    new = planned(site, matters(site, range(number + 1)))
    assert differing(before, new) == {search_part_file(4), f"en/{search_part_file(4)}"}
    full = planned(site, matters(site, range(4 * PART + 1)))
    assert differing(before, full) == {f"{root}{search_part_file(each)}" for root in ("", "en/") for each in (4, 5)}


def test_the_page_knows_all_parts_newest_first() -> None:
    """The page holds where the texts lie and none of them; without a record there is none to load."""
    site = load_site(STORY)
    states = matters(site, range(2 * PART + 1))
    materials = replace(site.materials, snapshot=replace(site.snapshot, states=states))
    for language, root in (("ja", ""), ("en", "en/")):
        (plan,) = plan_search_page(materials, language)
        assert plan.file == f"{root}{SEARCH}index.html"
        page = lxml.html.document_fromstring(plan.make().decode())
        setup = json.loads(page.find_class("nr-search")[0].get("data-search"))
        assert setup["parts"] == [f"../search/texts/{number}.json" for number in (3, 2, 1)]
        assert setup["pages"] is None
        assert page.find_class("nr-search__without")[0].find("a").get("href") == "../history/"
        assert page.xpath("//form")[0].get("hidden") is not None
    empty = replace(site.materials, snapshot=replace(site.snapshot, states=()))
    (plan,) = plan_search_page(empty, "ja")
    assert "texts/" not in plan.make().decode()


def test_the_operator_s_pages_are_read_by_their_headings() -> None:
    """A page is read as text under its headings; what stands around its article, marks and scripts are not."""
    html = (
        "<html><head><title>T - Site</title></head><body><nav>menu</nav><article class='x'><h1 id='a'>About &amp; us"
        "<a class='headerlink' href='#a'>¶</a></h1><p>検証<b>サーバー</b>の\n停止</p><p>二つ目<br>です</p>"
        "<script>no()</script><h2 id='b'>Next</h2><ul><li>one</li><li>two <img alt=no> three</li></ul></article>"
        "<footer>foot</footer>"
    )
    page = read_own_page("about/", html)
    assert page.title == "About & us"
    assert page.passages == (
        ("a", "About & us 検証サーバーの停止 二つ目 です"),
        ("b", "Next one two three"),
    )


@pytest.mark.slow
def test_a_build_with_its_cache_and_one_without_give_the_same_texts(tmp_path: Path) -> None:
    """The texts of a site that was built step by step are those of one built at once; unchanged ones stay the files
    that they are, and the operator's pages are found in each language."""
    site = copy_example(tmp_path / "site")
    out, fresh = tmp_path / "out", tmp_path / "fresh"

    def build(place: Path, cache: str) -> None:
        told = ("--site", site, "--out", place, "--cache", tmp_path / cache, "--now", NOW, "--quiet")
        noroshi("build", *told, cwd=site, env=environment(site))

    build(out, "cache")
    first = {path: (out / SEARCH / path).stat().st_mtime_ns for path in ("texts/1.json", "texts/pages.json")}
    record = next((site / "content/incidents").rglob("*staging-down.yaml"))
    record.write_text(record.read_text("utf-8").replace("検証サーバーの停止", "検証サーバーの不通"), "utf-8")
    build(out, "cache")
    assert (out / SEARCH_PAGES).stat().st_mtime_ns == first["texts/pages.json"]
    assert (out / search_part_file(1)).stat().st_mtime_ns != first["texts/1.json"]
    build(fresh, "other")
    one, other = ({name: data for name, data in tree(place).items() if "search/" in name} for place in (out, fresh))
    assert len(one) > 6
    assert one == other
    assert "検証サーバーの不通" in (out / search_part_file(1)).read_text("utf-8")
    for root, title in (("", "このページについて"), ("en/", "About this page")):
        pages = json.loads((out / root / SEARCH_PAGES).read_text("utf-8"))
        assert title in [page["title"]["text"] for page in pages]
        assert all((out / root / SEARCH / page["link"] / "index.html").is_file() for page in pages)
