"""The built site in a browser: it loads whole, fits, speaks both languages, and hinders nobody."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest

from looked_at import lost
from naughty_site import write_site
from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from outside_programs import axe
from page_bodies import NOW, STORY

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SITES = {"example": (ROOT, "2026-11-22T12:00+09:00"), "story": (STORY, NOW.isoformat())}


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Served:
    """A published site and its address on localhost."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address

    @property
    def paths(self) -> list[str]:
        """Every page's path, in order."""
        files = (place.relative_to(self.folder).as_posix() for place in self.folder.rglob("*.html"))
        return sorted(file.removesuffix("index.html") for file in files)


def publish(root: Path, now: str, work: Path) -> Path:
    """Build a site and return the published folder."""
    built = build(
        BuildRequest(
            folder=SiteFolder(root=root),
            out=work / "site",
            cache=work / "cache",
            moments=Moments(now=datetime.fromisoformat(now)),
        )
    )
    assert built.published, built.problems
    return work / "site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[dict[str, Served]]:
    """The example site, the tests' story and the naughty site, served on localhost."""
    naughty = write_site(tmp_path_factory.mktemp("naughty"))
    servers, served = [], {}
    for name, (root, now) in {**SITES, "naughty": (naughty, NOW.isoformat())}.items():
        folder = publish(root, now, tmp_path_factory.mktemp(name))
        handler = functools.partial(QuietHandler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        served[name] = Served(folder, f"http://127.0.0.1:{server.server_port}/")
    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", ["example", "story", "naughty"])
def test_every_page_loads_whole_and_fits(sites, browser, name, viewport):
    """No error in the console, no failed request, none off the host, nothing wider than the window, nothing run."""
    site = sites[name]
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda line: faults.append(f"console: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}") if lost(request) else None)
    page.on(
        "response", lambda answer: faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
    )
    page.on(
        "request", lambda r: faults.append(f"off the host: {r.url}") if not r.url.startswith(site.address) else None
    )
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    assert len(site.paths) > 10
    for path in site.paths:
        page.goto(site.address + path)
        wider, ran = page.evaluate("[document.documentElement.scrollWidth - innerWidth, window.pwned]")
        if wider > 0:
            faults.append(f"{wider} px too wide")
        if ran is not None:
            faults.append("a script of the content ran")
        assert not faults, (path, faults)
    context.close()


def test_the_language_switch_leads_to_the_same_page(sites, browser):
    """From every page, the other language's page of the same matter, both ways; the one for frames has no switch."""
    site = sites["story"]
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    for path in site.paths:
        if path.endswith("embed/"):
            continue
        other = path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"
        page.goto(site.address + path)
        code = "ja" if path.startswith("en/") else "en"
        (link,) = page.locator(f".nr-languages a[hreflang={code}]").all()
        assert urljoin(site.address + path, link.get_attribute("href")) == site.address + other
        assert page.locator("html").get_attribute("lang") == ("en" if code == "ja" else "ja")
    context.close()


def test_every_internal_link_resolves(sites, browser):
    """Links of the theme and of our pages alike, fragments included."""
    for site in sites.values():
        ids: dict[str, set[str]] = {}
        wanted: set[tuple[str, str]] = set()
        for path in site.paths:
            file = site.folder / path / "index.html" if path.endswith("/") or not path else site.folder / path
            text = file.read_text(encoding="utf-8")
            ids[path] = set(re.findall(r'\bid="([^"]+)"', text))
            for link in re.findall(r'<(?:a|link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"', text):
                target = urljoin(f"http://site/{path}", link.replace("&amp;", "&"))
                if target.startswith("http://site/"):
                    wanted.add((path, target.removeprefix("http://site/")))
        assert len(wanted) > 100
        for path, target in wanted:
            place, _, fragment = target.partition("#")
            if place in ids:
                assert not fragment or fragment in ids[place] or fragment.startswith("__"), (path, target)
            else:
                assert (site.folder / place.partition("?")[0]).is_file(), (path, target)


KINDS = [
    "record/", "record/2026-06/", "record/late/", "en/record/",
    "history/2026/", "history/kind/maintenance/", "history/severity/major/2026/", "components/staging-db/2026/",
    "", "404.html", "history/", "history/2026-06/", "components/staging-db/", "components/mail/", "about/",
    "incidents/2026-06-18-staging-down/", "incidents/2026-08-01-mail-delay/", "incidents/2026-06-05-unknown-start/",
    "maintenance/2026-06-18-staging-db-upgrade/", "maintenance/2026-06-20-moved/", "maintenance/2026-06-21-cancelled/",
    "maintenance/2026-08-05-planned/", "en/", "en/incidents/2026-06-18-staging-down/", "en/components/mail/",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_page_hinders_anybody(sites, browser, scheme, viewport):
    """axe-core finds no serious or critical fault on any kind of page, in both schemes, wide and narrow."""
    script = axe()
    # The pages' own policy would not let axe-core in.
    context = browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    for path in KINDS:
        page.goto(sites["story"].address + path)
        page.add_script_tag(path=str(script))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert result["passes"], path
        for fault in result["violations"]:
            if fault["impact"] in ("serious", "critical"):
                nodes = [node["html"][:160] for node in fault["nodes"][:3]]
                found.append((path, fault["id"], fault["help"], nodes))
    context.close()
    assert not found, "\n".join(map(str, found))


def test_a_link_to_a_report_shows_which_it_is(sites, browser):
    """A deep link brings the report into view, and marks it."""
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    address = f"{sites['story'].address}incidents/2026-06-18-staging-down/"
    page.goto(f"{address}#report-3")
    page.wait_for_function("document.querySelector('#report-3').getBoundingClientRect().top < innerHeight / 2")
    report = page.locator("#report-3")
    assert report.bounding_box()["y"] >= 0
    colour = "el => getComputedStyle(el).backgroundColor"
    assert report.evaluate(colour) != page.locator("#report-1").evaluate(colour)
    context.close()


def test_the_verdict_is_seen_first_on_a_telephone(sites, browser):
    """The verdict and the open incident's head stand on the first screen of a telephone."""
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    page.goto(sites["story"].address)
    assert page.locator(".nr-verdict h1").bounding_box()["y"] < NARROW["height"] / 4
    assert page.locator(".nr-open h3").first.bounding_box()["y"] < NARROW["height"] * 3 / 4
    context.close()


def test_all_days_of_a_bar_are_seen_on_a_telephone(sites, browser):
    """The bar fits the width, and its last day is at its right end."""
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    page.goto(sites["story"].address + "components/mail/")
    bar, day = page.locator(".nr-bar").bounding_box(), page.locator(".nr-bar rect").last.bounding_box()
    assert bar["x"] >= 0
    assert bar["width"] > 300
    assert bar["x"] + bar["width"] <= NARROW["width"]
    share = bar["width"] / 90
    assert bar["x"] + bar["width"] - share < day["x"] + day["width"] <= bar["x"] + bar["width"] + 0.5
    assert 0.5 * share < day["width"] <= share + 0.1  # with a gap to the next
    context.close()


def test_the_days_can_be_read_by_keyboard(sites, browser):
    """The list of days opens and closes by keyboard alone."""
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    page.goto(sites["story"].address + "components/mail/")
    before = page.locator(".nr-day-list").evaluate("el => el.open")
    page.locator(".nr-day-list summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".nr-day-list").evaluate("el => el.open") is not before
    context.close()


def test_paper_shows_the_reports_and_no_navigation(sites, browser):
    """Printed, the theme's bars are gone and the reports stand."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(sites["story"].address + "incidents/2026-06-18-staging-down/")
    page.emulate_media(media="print")
    for gone in (".nr-nav", ".nr-tools", ".nr-foot"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("#report-7").is_visible()
    context.close()
