"""Search as readers meet it, in a browser: what is found, what is loaded for it, and what is said when that fails."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from outside_programs import axe
from real_program import multiply
from served_site import SITES, build_site, serve

pytestmark = pytest.mark.slow

DONE = (
    "() => { const said = document.querySelector('.nr-search__said').textContent; return said && !said.includes('…'); }"
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the example."""
    with published("example", tmp_path_factory.mktemp("example")) as url:
        yield url


@contextmanager
def published(name: str, folder: Path, copies: int = 0) -> Iterator[str]:
    """A site, built and served.

    :param copies: how many times its records are there besides
    """
    site, out = SITES[name](folder / "site"), folder / "out"
    if copies:
        multiply(site, copies)
    with serve(out) as url:
        build_site(site, out, url)
        yield url


@contextmanager
def at(browser: Any, url: str, **context: Any) -> Iterator[Any]:
    """A page at an address; anything that it says of a fault fails the test."""
    opened = browser.new_context(**context)
    page = opened.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.goto(url)
    yield page
    opened.close()
    assert faults == []


def search(page: Any, words: str) -> str:
    """Type words and press the return key; what is said of what was found."""
    page.evaluate("document.querySelector('.nr-search__said').textContent = ''")
    page.fill("#search-words", "")
    page.press("#search-words", "Enter")
    page.fill("#search-words", words)
    page.press("#search-words", "Enter")
    page.wait_for_function(DONE)
    return str(page.inner_text(".nr-search__said"))


def found(page: Any) -> list[str]:
    """Where the results lead, without fragments."""
    links = page.eval_on_selector_all("ol .nr-search__title a", "all => all.map(each => each.getAttribute('href'))")
    return [link.partition("#")[0] for link in links]


def marked(page: Any) -> set[str]:
    """What is marked in the results."""
    return set(page.eval_on_selector_all(".nr-search__found mark", "all => all.map(each => each.textContent)"))


def test_words_are_found_in_the_language_of_the_page(browser: Any, example: str) -> None:
    """A Japanese page finds Japanese words, an English one English words; they are marked, and lead to the report."""
    with at(browser, f"{example}search/") as page:
        assert search(page, "切り戻し") == "3 件見つかりました（新しい順）。"
        assert marked(page) == {"切り戻し"}
        link = page.locator("ol .nr-search__title a[href*='staging-down']")
        assert link.get_attribute("href") == "../incidents/2026-06-18-staging-down/#report-1"
        link.click()
        assert page.locator("#report-1").count() == 1
    with at(browser, f"{example}en/search/") as page:
        assert search(page, "BACKUP").endswith(" found, newest first.")
        assert {each.lower() for each in marked(page)} == {"backup"}
        assert "../incidents/2026-06-18-staging-down/" in found(page)
        assert search(page, "切り戻し") == "Nothing was found."


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("サーバー", ["サーバ", "ｻｰﾊﾞｰ", "ｻｰﾊﾞ"]),
        ("DB", ["db", "ＤＢ", "ｄｂ"]),
        ("VPN", ["vpn", "ｖｐｎ"]),
        ("検証 DB", ["検証　ＤＢ", "db 検証"]),
    ],
)
def test_what_is_written_alike_is_found_alike(browser: Any, example: str, words: str, others: list[str]) -> None:
    """Full-width and half-width, capital and small letters, and a long vowel at a word's end make no difference."""
    with at(browser, f"{example}search/") as page:
        search(page, words)
        expected = found(page)
        assert len(expected) > 1
        for other in others:
            search(page, other)
            assert found(page) == expected, other
            assert marked(page), other


def test_a_long_vowel_may_be_left_out_in_the_text(browser: Any, example: str) -> None:
    """A text that writes サーバ is found by サーバー, and what stands in the text is marked."""
    with at(browser, "about:blank") as page:
        shorter = page.request.get(f"{example}search/texts/1.json").text().replace("サーバー", "サーバ")
        page.route("**/search/texts/1.json", lambda route: route.fulfill(body=shorter, content_type="application/json"))
        page.goto(f"{example}search/")
        search(page, "サーバー")
        assert len(found(page)) > 1
        assert marked(page) == {"サーバ"}


def test_ids_components_and_own_pages_are_found(browser: Any, example: str) -> None:
    """A record is found by its id and by a component's name, and a page of the operator's by its text."""
    with at(browser, f"{example}search/") as page:
        search(page, "2026-06-18-staging-down")
        assert found(page) == ["../incidents/2026-06-18-staging-down/"]
        assert search(page, "営業日") == "記録は見つかりませんでした。 ページ 1 件。"
        own = page.locator(".nr-search__own a").get_attribute("href")
        assert own.startswith("../about/#")
        assert page.request.get(f"{example}search/{own}").ok


def test_parts_of_texts_are_found(browser: Any, example: str) -> None:
    """Any two letters or more of any text of a record find that record."""
    chance = random.Random(5)
    with at(browser, f"{example}search/") as page:
        matters = page.request.get(f"{example}search/texts/1.json").json()
        for _ in range(60):
            matter = chance.choice(matters)
            text = chance.choice([each["text"] for each in (matter["title"], *matter["texts"])])
            start = chance.randrange(max(len(text) - 2, 1))
            words = text[start : start + chance.randint(2, 12)]
            if words.strip(" ー"):
                search(page, words)
                assert matter["link"] in found(page), words


def test_nothing_is_loaded_before_a_search_and_what_is_searched_stands_in_the_address(
    browser: Any, example: str
) -> None:
    """The texts are asked for by the first search alone; its address can be sent, with its filters."""
    asked: list[str] = []
    with at(browser, "about:blank") as page:
        page.on("request", lambda request: asked.append(request.url.removeprefix(example)))
        page.goto(f"{example}search/")
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "texts" in url]
        assert [url for url in asked if url.endswith(".js")] == ["assets/noroshi.js", "assets/noroshi-search.js"]
        search(page, "検証")
        page.select_option("#search-kind", "incidents")
        page.select_option("#search-component", "staging-web")
        page.wait_for_function(DONE)
        assert page.url == f"{example}search/?q={quote('検証')}&kind=incidents&component=staging-web"
        assert [url for url in asked if "texts" in url] == ["search/texts/pages.json", "search/texts/1.json"]
        expected = found(page)
        assert expected
        assert all(link.startswith("../incidents/") for link in expected)
        shared = page.url
    with at(browser, shared) as page:
        page.wait_for_function(DONE)
        assert found(page) == expected
        assert page.input_value("#search-words") == "検証"
    asked.clear()
    with at(browser, "about:blank") as page:
        page.on("request", lambda request: asked.append(request.url.removeprefix(example)))
        for path in ("", "history/", "incidents/2026-06-18-staging-down/"):
            page.goto(example + path)
            page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "search" in url]


def test_typing_searches_once_the_input_method_is_done(browser: Any, example: str) -> None:
    """What an input method shows meanwhile is not searched; what it leaves is, without a key."""
    compose = """(words) => {
      const field = document.querySelector("#search-words");
      field.focus();
      field.dispatchEvent(new CompositionEvent("compositionstart"));
      field.value = words;
      field.dispatchEvent(new InputEvent("input", { isComposing: true }));
    }"""
    with at(browser, f"{example}search/") as page:
        page.clock.install()
        page.evaluate(compose, "けんしょう")
        page.clock.run_for(5000)
        assert page.inner_text(".nr-search__said") == ""
        page.evaluate(compose, "検証")
        page.evaluate("document.querySelector('#search-words').dispatchEvent(new CompositionEvent('compositionend'))")
        page.clock.run_for(1000)
        page.wait_for_function(DONE)
        assert found(page)


def test_what_cannot_be_loaded_is_said_and_tried_again(browser: Any, example: str) -> None:
    """Without a connection the page says so and keeps the words; the same search again is tried again."""
    with at(browser, f"{example}search/") as page:
        page.context.set_offline(True)
        assert search(page, "検証").startswith("検索に使うデータを読み込めませんでした。")
        page.context.set_offline(False)
        page.press("#search-words", "Enter")
        page.wait_for_function("() => document.querySelectorAll('ol .nr-search__title').length")
        assert page.inner_text(".nr-search__said").endswith("件見つかりました（新しい順）。")


def test_without_script_the_way_to_the_history_is_told(browser: Any, example: str) -> None:
    """Without script there is no form that does nothing, but what there is instead."""
    with at(browser, f"{example}search/", java_script_enabled=False) as page:
        assert not page.locator("form").is_visible()
        page.click(".nr-search__without a")
        assert page.url == f"{example}history/"
    with at(browser, f"{example}search/") as page:
        assert not page.locator(".nr-search__without").is_visible()


def test_many_records_are_searched_step_by_step(browser: Any, tmp_path: Path) -> None:
    """On a large site the newest results come first and the rest is loaded when it is asked for, by keyboard too."""
    asked: list[str] = []
    with published("example", tmp_path, copies=80) as url, at(browser, f"{url}search/") as page:
        page.on("request", lambda request: asked.append(request.url))
        said = search(page, "の")
        counted = re.fullmatch(
            r"ここまでに (\d+) 件見つかりました（新しい順）。.+より前は、まだ検索していません。 ページ \d 件。", said
        )
        assert counted, said
        first = len(found(page))
        assert int(counted[1]) == first >= 20
        page.focus(".nr-search__further button")
        while page.locator(".nr-search__further button").is_visible():
            before = len(found(page))
            page.locator(".nr-search__further button").press("Enter")
            page.wait_for_function(f"() => document.querySelectorAll('ol > li').length > {before}")
            page.wait_for_function(DONE)
            assert page.evaluate("document.activeElement.closest('ol') !== null")
        days = page.eval_on_selector_all("ol time", "all => all.map(each => each.dateTime)")
        assert days == sorted(days, reverse=True)
        assert len(found(page)) == len(set(found(page))) > first
        assert len([each for each in asked if "texts/" in each]) == len({each for each in asked if "texts/" in each})


def test_naughty_texts_stay_texts(browser: Any, tmp_path: Path) -> None:
    """Words that would like to be markup are found and shown letter by letter, and run nothing."""
    with published("naughty", tmp_path) as url:
        for words in (
            "<script>",
            "onerror=window",
            "&amp;",
            "**b**",
            "\u202e",
            "\U0001f468\u200d\U0001f469",
            "{{ 7*7 }}",
        ):
            with at(browser, f"{url}search/?q={quote(words)}") as page:
                page.wait_for_function(DONE)
                assert found(page), words
                assert page.evaluate("window.pwned") is None
                assert page.locator(".nr-search__found :is(script, img, svg, b)").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_the_page_hinders_nobody(browser: Any, example: str, language: str, scheme: str) -> None:
    """axe-core finds nothing, before a search and with results; on a telephone nothing is wider than the screen."""
    screen = {"width": 390, "height": 800}
    # The policy of the page would not let the test's own script run.
    with at(browser, f"{example}{language}search/", color_scheme=scheme, viewport=screen, bypass_csp=True) as page:
        page.add_script_tag(path=str(axe()))
        for words in ("", "VPN"):
            if words:
                search(page, words)
                assert found(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == []
