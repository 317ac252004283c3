"""The theme in a browser: Material's script and the shells get along."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest

from noroshi.theme import load_theme
from theme_sites import MKDOCS_YML, SLOTS, make_site, request_for

pytestmark = pytest.mark.slow
PATHS = {"home": "", "history": "history/", "record": "incidents/x/", "notfound": "404.html"}
PALETTE = """\
  palette:
    - {media: "(prefers-color-scheme)", toggle: {icon: material/brightness-auto, name: light}}
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-sunny, name: dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-night, name: auto}}
"""


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
    config = MKDOCS_YML.replace("  name: material\n", f"  name: material\n{PALETTE}")
    theme = load_theme(request_for(make_site(folder / "site", config), site_url=root), folder / "cache")
    files = {name: path.read_bytes() for name, path in {**theme.assets, **theme.pages}.items()}
    files |= dict.fromkeys(("assets/noroshi/noroshi.css", "assets/noroshi/noroshi.js", "feeds/r.rss"), b"")
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
    """With Material's script and without any, a click on the other language's name changes the tree alone."""
    context = browser.new_context(java_script_enabled=script)
    tab = context.new_page()
    tab.goto(address + page)
    tab.hover(".md-select button")
    tab.click(f"a.md-select__link[hreflang={'ja' if page.startswith('en/') else 'en'}]")
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
    assert len(answers) > 4
    assert {url: status for url, status in answers.items() if status != 200 or not url.startswith(address)} == {}
    assert not [url for url in answers if "sitemap" in url]
    context.close()


def test_tabs_on_a_wide_screen_drawer_on_a_telephone(address, browser):
    """The same navigation in both places, and the page as wide as its screen, never wider."""
    for width, shown in ((1280, ".md-tabs__link"), (390, ".md-nav--primary > .md-nav__list > li > a")):
        context = browser.new_context(viewport={"width": width, "height": 800})
        tab = context.new_page()
        tab.goto(address + "incidents/x/", wait_until="networkidle")
        if width == 390:
            assert not tab.is_visible(".md-tabs__link")
            tab.click("label.md-header__button[for=__drawer]")
        # The drawer lies outside the screen's edge on purpose; what counts is that nobody can scroll there.
        tab.evaluate("window.scrollTo(1000, 0)")
        assert tab.evaluate("window.scrollX") == 0
        link = tab.locator(shown).filter(has_text="履歴")
        link.wait_for(state="visible")
        link.click()
        tab.wait_for_url(address + "history/", timeout=5000)
        context.close()


def test_the_colours_follow_the_device_and_the_toggle_is_kept_across_languages(address, browser):
    """Dark where the device asks for dark; a choice made on a Japanese page holds on the English one."""
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(address, wait_until="networkidle")
    assert tab.get_attribute("body", "data-md-color-scheme") == "slate"
    tab.click("label[for=__palette_1]:visible")
    assert tab.get_attribute("body", "data-md-color-scheme") == "default"
    tab.goto(address + "en/incidents/x/", wait_until="networkidle")
    assert tab.get_attribute("body", "data-md-color-scheme") == "default"
    context.close()


def test_the_served_pages_are_whole(address, browser):
    """The header shows the title, and the body stands in the article."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address + "incidents/x/")
    assert tab.title() == "T - 稼働状況 & 報告"
    assert tab.inner_text("article h1") == "B"
    context.close()
