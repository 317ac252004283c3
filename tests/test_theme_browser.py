"""The theme in a browser: the frame on generated pages and on the operator's own, which carry Material's script."""

import functools
import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from noroshi.shipped import shipped
from noroshi.theme import load_theme
from theme_sites import MKDOCS_YML, PAGES, SLOTS, make_site, request_for

pytestmark = pytest.mark.slow
PATHS = {"home": "", "history": "history/", "record": "incidents/x/", "notfound": "404.html"}
NAV = "nav:\n  - 案内:\n      - guide/index.md\n      - about.md\n  - contact.md\n"
NAV += "  - 規約: terms.md\n  - 会社: company.md\n"
OWN_PAGES = PAGES | {"terms.md": "# 規約\n", "company.md": "# 会社\n"}
OURS = {
    "assets/noroshi/noroshi.css": "assets/noroshi.css",
    "assets/noroshi/own.css": "assets/noroshi-material.css",
    "assets/noroshi/noroshi.js": "assets/noroshi.js",
    "assets/noroshi/mark.svg": "assets/noroshi.svg",
}


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Serve a site of filled shells in a subfolder of localhost; its own address is that same one."""
    folder = tmp_path_factory.mktemp("browser")
    handler = functools.partial(QuietHandler, directory=str(folder / "served"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    root = f"http://127.0.0.1:{server.server_port}/sub/"
    theme = load_theme(
        request_for(make_site(folder / "site", MKDOCS_YML + NAV, OWN_PAGES), site_url=root), folder / "cache"
    )
    files = {name: path.read_bytes() for name, path in {**theme.assets, **theme.pages}.items()}
    files |= {name: shipped("site_templates", place).read_bytes() for name, place in OURS.items()}
    files["feeds/r.rss"] = b""
    for (language, kind), shell in theme.shells.items():
        if kind in PATHS:
            name = ("" if language == "ja" else "en/") + PATHS[kind]
            name += "" if name.endswith(".html") else "index.html"
            files[name] = shell.fill(**SLOTS | {"path": PATHS[kind], "head": ""}).encode()
    for name, data in files.items():
        path = folder / "served" / "sub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield root
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("", "en/"),
        ("en/", ""),
        ("history/", "en/history/"),
        ("en/incidents/x/", "incidents/x/"),
        ("about/", "en/about/"),
        ("en/contact/", "contact/"),
        ("404.html", "en/404.html"),
    ],
)
def test_the_switch_leads_to_the_same_page(address, browser, page, other, script):
    """With script and without, a click on the other language's name, which is there to see, changes the tree alone."""
    context = browser.new_context(java_script_enabled=script)
    tab = context.new_page()
    tab.goto(address + page)
    tab.click(f".nr-languages a[hreflang={'ja' if page.startswith('en/') else 'en'}]")
    tab.wait_for_url(address + other, timeout=5000)
    context.close()


@pytest.mark.parametrize("page", ["", "en/incidents/x/", "about/", "404.html"])
def test_a_page_asks_for_nothing_that_is_not_there(address, browser, page):
    """No request fails, none leaves the site, none is for a sitemap, and no script complains."""
    context = browser.new_context()
    tab = context.new_page()
    answers: dict[str, int] = {}
    complaints: list[str] = []
    tab.on("response", lambda response: answers.update({response.url: response.status}))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(address + page, wait_until="networkidle")
    assert complaints == []
    assert len(answers) >= 3
    assert {url: status for url, status in answers.items() if status != 200 or not url.startswith(address)} == {}
    assert not [url for url in answers if "sitemap" in url]
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("page", ["", "incidents/x/", "en/about/"])
def test_what_matters_most_of_the_navigation_is_seen_on_a_telephone(address, browser, page, script):
    """The first links of the header stand within the width of the screen, and nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=script)
    tab = context.new_page()
    tab.goto(address + page, wait_until="networkidle")
    links = [link for link in tab.locator(".nr-top :is(a, summary)").all() if link.is_visible()]
    assert len(links) == 8  # the name, two languages, four parts, and the word that opens the rest
    for link in links:
        box = link.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    if script:
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_pages_of_a_section_are_beside_it_or_behind_a_button(address, browser, script):
    """A column on a wide screen; on a telephone a button that works by keyboard and without script."""
    for width, shown in ((1280, ".nr-side"), (390, ".nr-drawer")):
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        tab = context.new_page()
        tab.goto(address + "about/")
        if width == 390:
            assert not tab.is_visible(".nr-side a")
            tab.focus(".nr-drawer summary")
            tab.keyboard.press("Enter")
        tab.click(f"{shown} a >> text=手引き")
        tab.wait_for_url(address + "guide/")
        context.close()


def ground(tab: Any) -> str:
    """The colour of the page's ground."""
    return str(tab.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("device", ["light", "dark"])
def test_own_pages_have_the_colours_and_sizes_of_generated_ones(address, browser, device, script):
    """Ground, text, header and type are the same on both, in both schemes, whatever Material says."""
    context = browser.new_context(color_scheme=device, java_script_enabled=script)
    tab = context.new_page()
    styles = """([selector, names]) => {
        const style = getComputedStyle(document.querySelector(selector));
        return names.map(name => style[name]);
    }"""
    seen = []
    for page in ("incidents/x/", "about/"):
        tab.goto(address + page, wait_until="networkidle")
        asked = {
            "body": ["backgroundColor", "color", "fontSize", "fontFamily", "lineHeight", "colorScheme"],
            ".nr-brand": ["fontSize", "color", "height"],
            ".nr-nav a": ["fontSize", "color", "height"],
            ".nr-top": ["backgroundColor", "boxShadow"],
        }
        seen.append({selector: tab.evaluate(styles, [selector, names]) for selector, names in asked.items()})
    assert seen[0] == seen[1]
    assert (seen[0]["body"][0] == "rgb(255, 255, 255)") is (device == "light")
    context.close()


def test_the_colours_follow_the_device_until_the_reader_says_otherwise(address, browser):
    """What the button says holds on every page, before anything is painted, and for Material's styles too."""
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(address)
    dark = ground(tab)
    assert tab.inner_text(".nr-scheme") == "SCHEME_AUTO"
    tab.click(".nr-scheme")
    assert tab.inner_text(".nr-scheme") == "SCHEME_LIGHT"
    light = ground(tab)
    assert light != dark
    tab.goto(address + "en/about/", wait_until="networkidle")
    assert ground(tab) == light
    assert tab.get_attribute("body", "data-md-color-scheme") == "default"
    tab.click(".nr-scheme")
    assert (ground(tab), tab.get_attribute("body", "data-md-color-scheme")) == (dark, "slate")
    tab.click(".nr-scheme")
    tab.goto(address + "incidents/x/")
    assert tab.get_attribute("html", "data-nr-scheme") is None
    tab.emulate_media(color_scheme="light")
    assert ground(tab) == light
    context.close()


def test_without_script_there_is_no_button_that_does_nothing(address, browser):
    """The colours are the device's then."""
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    tab = context.new_page()
    tab.goto(address)
    assert not tab.is_visible(".nr-scheme")
    assert ground(tab) != "rgb(255, 255, 255)"
    context.close()


def test_the_skip_link_is_the_first_stop_and_leads_past_the_header(address, browser):
    """It comes into view with the first press of the tabulator."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address + "incidents/x/")
    tab.keyboard.press("Tab")
    focused = tab.locator(":focus")
    assert focused.get_attribute("class") == "nr-skip"
    tab.wait_for_function("document.activeElement.getBoundingClientRect().top >= 0")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#content")
    context.close()


def test_the_served_pages_are_whole(address, browser):
    """The browser's bar shows the title, and the body stands in the main part."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address + "incidents/x/")
    assert tab.title() == "T - 稼働状況 & 報告"
    assert tab.inner_text("main h1") == "B"
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_telephone_folds_what_comes_behind_the_first_links(address, browser, script):
    """One row of links on a telephone, the rest behind a word that opens them; all in a row where there is room."""
    for path in ("", "company/"):
        wide = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=script)
        wide.goto(address + path)
        links = wide.locator(".nr-nav a")
        assert [links.nth(place).is_visible() for place in range(links.count())] == [True] * 6
        assert not wide.locator(".nr-nav summary").is_visible()
        phone = browser.new_page(viewport={"width": 390, "height": 800}, java_script_enabled=script)
        phone.goto(address + path)
        links = phone.locator(".nr-nav a")
        assert [links.nth(place).is_visible() for place in range(links.count())] == [True] * 4 + [False] * 2
        row = {round(links.nth(place).bounding_box()["y"]) for place in range(4)}
        assert len(row) == 1
        phone.focus(".nr-nav summary")
        phone.keyboard.press("Enter")
        assert links.nth(5).is_visible()
        box = links.nth(5).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        links.nth(5).click()
        phone.wait_for_url(address + "company/")
        assert phone.evaluate("getComputedStyle(document.querySelector('.nr-nav summary')).fontWeight") == "700"
        wide.close()
        phone.close()
