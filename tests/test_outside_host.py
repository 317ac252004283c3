"""Built sites in Chromium, served with the headers that ``_headers`` asks for: all works, and nothing else does."""

from __future__ import annotations

import functools
import http.server
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from headers_file import read_headers, sent
from real_program import copy_example, environment
from served_site import SITES, build_site

pytestmark = pytest.mark.slow

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", e =>
  window.refused.push(`${e.violatedDirective}: ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
"""
RICH = {
    "  font: false": "  features: [navigation.top, navigation.path, navigation.footer, content.tooltips,\n"
    "    content.code.copy, toc.follow]\n  font: false",
    "markdown_extensions:\n": "markdown_extensions:\n  - pymdownx.tabbed: {alternate_style: true}\n"
    "  - pymdownx.highlight\n  - pymdownx.tasklist\n  - md_in_html\n",
}
OWN = """\
# Own

<p id="said">nothing</p>
<script>document.getElementById("said").textContent = "an own script ran"</script>
<button id="press" onclick="this.textContent = 'pressed'">press</button>
<style>#said { font-weight: 700 }</style>

| right |
|------:|
| 1     |

=== "One"

    ```python
    print("one")
    ```

=== "Two"

    two[^1]

[^1]: A note.

??? note "More"

    inside
"""
KINDS = re.compile(r"^(en/)?(incidents|maintenance|commitments|history|record|actions|components)/[^/]+/$")


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a host does that reads its ``_headers``."""

    def end_headers(self) -> None:
        """Add what the rules ask for; the type was given before."""
        for name, value in self.asked.items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    @functools.cached_property
    def asked(self) -> dict[str, str]:
        """The headers of what is asked for."""
        rules = read_headers(Path(self.directory, "_headers").read_text("utf-8"))
        return sent(rules, urlsplit(self.path).path)

    def guess_type(self, path: Any) -> str:
        """The rule's type, or the usual one."""
        usual = super().guess_type(path)
        return self.asked.get("Content-Type", "text/html; charset=utf-8" if usual == "text/html" else usual)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        data = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder at the address that this gives; it may be filled later."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def rich_site(folder: Path) -> Path:
    """The example with much of what Material can do, and an own page that uses it."""
    root = copy_example(folder)
    config = (root / "mkdocs.yml").read_text("utf-8")
    for old, new in RICH.items():
        assert old in config
        config = config.replace(old, new)
    (root / "mkdocs.yml").write_text(config, "utf-8")
    (root / "content/pages/own.md").write_text(OWN, "utf-8")
    return root


MAKERS = {**SITES, "rich": rich_site}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Any]:
    """Gives a built site's folder and address by its name and time; each is built once."""
    with_stack: list[Any] = []
    made: dict[tuple[str, str | None], tuple[Path, str]] = {}

    def get(name: str, as_of: str | None = None) -> tuple[Path, str]:
        if (name, as_of) not in made:
            work = tmp_path_factory.mktemp(name)
            host = hosted(work / "site")
            address = host.__enter__()
            with_stack.append(host)
            build_site(MAKERS[name](work / "root"), work / "site", address, as_of=as_of)
            made[name, as_of] = (work / "site", address)
        return made[name, as_of]

    yield get
    for host in with_stack:
        host.__exit__(None, None, None)


def tab_of(browser: Any, **options: Any) -> tuple[Any, list[str]]:
    """A tab that remembers what its page was refused, and what went wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    context.add_init_script(WATCH)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    return tab, wrong


def kinds_of(folder: Path) -> list[str]:
    """One path of each kind of page, in each language, and every page that is the only one of its kind."""
    found: dict[str, str] = {}
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(folder).as_posix().removesuffix("index.html")
        found.setdefault(KINDS.sub(r"\1\2/_/", path), path)
    return list(found.values())


@pytest.mark.parametrize(
    ("name", "as_of"),
    [
        ("example", None),
        ("example", "2026-06-18T22:10+09:00"),
        ("example", "2026-05-27T23:30+09:00"),
        ("naughty", None),
        ("empty", None),
        ("jenkins", None),
        ("rich", None),
    ],
)
def test_no_page_is_refused_anything_that_it_needs(site, browser, name, as_of):
    """Every kind of page, before and after a press of its keys and buttons: nothing refused, no word in the console."""
    folder, address = site(name, as_of)
    tab, wrong = tab_of(browser)
    paths = kinds_of(folder)
    assert len(paths) > 14
    for path in paths:
        tab.goto(address + path, wait_until="load")
        assert tab.locator("meta[http-equiv=Content-Security-Policy]").count() == 1, path
        tab.keyboard.press("Tab")
        if tab.locator(".nr-scheme").count():
            tab.click(".nr-scheme")
        tab.mouse.wheel(0, 600)
        assert tab.evaluate("window.refused") == [], path
        assert wrong == [], path
    tab.context.close()


def test_what_a_page_can_do_still_works(site, browser):
    """The colours, the navigation, the language, and the words that follow the clock."""
    _, address = site("rich")
    tab, wrong = tab_of(browser, color_scheme="dark")
    tab.goto(address)
    tab.click(".nr-scheme")
    assert tab.evaluate("document.documentElement.dataset.nrScheme") == "light"
    tab.click(".nr-nav >> text=履歴")
    tab.wait_for_url(address + "history/")
    assert tab.evaluate("document.documentElement.dataset.nrScheme") == "light"
    tab.click(".nr-languages a[hreflang=en]")
    tab.wait_for_url(address + "en/history/")
    assert tab.evaluate("window.refused") == []
    assert wrong == []
    told = [_times(browser, address, script) for script in (True, False)]
    assert len(told[0]) == len(told[1]) > 0
    assert told[0] != told[1]
    tab.context.close()


def _times(browser: Any, address: str, script: bool) -> list[str]:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    texts: list[str] = page.locator("[data-at]").all_inner_texts()
    context.close()
    return texts


def test_an_own_page_works_with_all_that_it_brings(site, browser):
    """Its scripts and styles, in elements and in attributes, aligned tables, tabs and buttons to copy."""
    _, address = site("rich")
    tab, wrong = tab_of(browser)
    tab.goto(address + "own/")
    assert tab.inner_text("#said") == "an own script ran"
    assert tab.evaluate("getComputedStyle(document.getElementById('said')).fontWeight") == "700"
    tab.click("#press")
    assert tab.inner_text("#press") == "pressed"
    assert tab.evaluate("getComputedStyle(document.querySelector('td')).textAlign") == "right"
    tab.click("text=Two")
    tab.hover("sup a")
    tab.click("main summary")
    assert tab.evaluate("window.refused") == []
    assert wrong == []
    tab.context.close()


def first_refused(tab: Any) -> str | None:
    """What the page's policy refused first; None after five seconds in which it refused nothing.

    Playwright's own waiting evaluates words again and again, which such a policy refuses too.
    """
    return tab.evaluate(
        "() => new Promise(told => { const look = () => window.refused.length ? told(window.refused[0]) : "
        "requestAnimationFrame(look); look(); setTimeout(told, 5000, null); })"
    )


@pytest.mark.parametrize(
    ("addition", "directive"),
    [
        ("<script>window.pwned=1</script>", "script-src-elem"),
        ("<img src=x onerror='window.pwned=1'>", "script-src-attr"),
        ("<script src='https://elsewhere.example/x.js'></script>", "script-src-elem"),
        ("<style>body{display:none}</style>", "style-src-elem"),
        ("<iframe src='https://elsewhere.example/'></iframe>", "frame-src"),
        ("<object data='https://elsewhere.example/'></object>", "object-src"),
        ("<img src='https://elsewhere.example/seen.png'>", "img-src"),
        ("<base href='https://elsewhere.example/'>", "base-uri"),
    ],
)
def test_what_is_slipped_into_a_page_does_nothing(site, browser, addition, directive):
    """The same page with one thing more in it than was written: the browser refuses it, and says which rule did."""
    _, address = site("example")
    tab, _ = tab_of(browser)

    def slip_in(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<h1", f"{addition}<h1", 1))

    tab.route(address, slip_in)
    tab.goto(address)
    assert first_refused(tab) is not None
    assert [words.partition(":")[0] for words in tab.evaluate("window.refused")] == [directive]
    assert tab.evaluate("window.pwned") is None
    tab.context.close()


def test_a_form_leads_nowhere(site, browser):
    """One that is slipped in cannot send what people type to another host."""
    _, address = site("example")
    tab, _ = tab_of(browser)
    tab.goto(address)
    tab.evaluate(
        "() => { const f = document.createElement('form'); f.action = 'https://elsewhere.example/';"
        " document.body.append(f); f.submit(); }"
    )
    assert (first_refused(tab) or "").startswith("form-action: https://elsewhere.example")
    assert tab.url == address
    tab.context.close()


OTHER = """<!doctype html><title>another site</title>
<iframe id=embed src="{0}embed/"></iframe><iframe id=home src="{0}"></iframe>
<img id=badge src="{0}badges/status.svg">"""


def test_other_sites_may_show_and_read_what_is_meant_for_them(site, browser, tmp_path):
    """The page for frames in a frame and no other page, a badge, and the API, feeds and calendars by a script."""
    _, address = site("example")
    (tmp_path / "index.html").write_text(OTHER.format(address))
    (tmp_path / "_headers").write_text("")
    with hosted(tmp_path) as elsewhere:
        tab, _ = tab_of(browser)
        tab.goto(elsewhere)
        frames = {frame.url: frame for frame in tab.frames}
        assert frames[address + "embed/"].locator("h1").inner_text()
        assert address not in frames  # refused, it shows an error of the browser's
        assert tab.evaluate("document.getElementById('badge').naturalWidth") > 0
        for path in ("api/v2/summary.json", "api/v1/index.json", "history.rss", "feeds/reports.json", "metrics.txt",
                     "calendars/all.ics", "badges/status.json", "en/feeds/feeds.opml"):  # fmt: skip
            assert tab.evaluate("url => fetch(url).then(answer => answer.status)", address + path) == 200, path
        assert tab.evaluate("url => fetch(url).then(a => 'read', () => 'refused')", address) == "refused"
        tab.context.close()


def test_what_programs_read_opens_in_a_browser_and_runs_nothing(site, browser):
    """Feeds, documents and badges show what they hold under a policy that allows nothing."""
    _, address = site("naughty")
    tab, _ = tab_of(browser)
    for path in ("history.atom", "api/v2/summary.json", "badges/status.svg", "metrics.txt"):
        answer = tab.goto(address + path)
        assert answer is not None
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert len(tab.content()) > 300, path
    tab.context.close()


def test_an_address_that_leads_nowhere_has_a_page_that_works(site, browser):
    """At any depth and in any language's tree, with style, script and ways home."""
    _, address = site("example")
    tab, wrong = tab_of(browser)
    for path in ("nowhere", "en/incidents/nowhere/at/all/"):
        answer = tab.goto(address + path)
        assert answer is not None
        assert answer.status == 404
        assert tab.evaluate("window.refused") == []
        assert tab.evaluate("getComputedStyle(document.querySelector('.nr-top')).borderBottomStyle") == "solid"
        assert len(wrong) == 1  # the browser's own word of the status
        wrong.clear()
    tab.click("a.nr-brand")
    tab.wait_for_url(address)
    tab.context.close()


@pytest.mark.parametrize("command", ["noroshi", "mkdocs"])
def test_a_page_on_the_authors_machine_reloads_itself(browser, tmp_path, command):
    """The script that the local server adds to each page may run, and the policy holds for all else."""
    root = copy_example(tmp_path / "site")
    arguments = {
        "noroshi": ["noroshi", "serve", "--port", "0", "--now", "2026-11-22T12:00+09:00"],
        "mkdocs": ["mkdocs", "serve", "-a", "127.0.0.1:0"],
    }
    port = _free_port()
    arguments["mkdocs"][-1] = f"127.0.0.1:{port}"
    env = environment(tmp_path, {"SOURCE_DATE_EPOCH": "1795316400", "PYTHONUNBUFFERED": "1"})
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", *arguments[command]],
        cwd=root,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if re.search(r"(?i)serving (?:on )?http", line))
        address = re.findall(r"http://\S+?/", line)[0]
        threading.Thread(target=process.stdout.read, daemon=True).start()
        tab, wrong = tab_of(browser)
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text))
        with tab.expect_request(re.compile("/livereload/"), timeout=15000):
            tab.goto(address)
        assert said == ["Enabled live reload"]
        assert wrong == []
        assert tab.evaluate("window.refused") == []
        tab.context.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    import socket

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
