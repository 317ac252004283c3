"""The badges and the small page of built sites, drawn by shields' own badge-maker and by Chromium."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from outside_programs import axe, chromium, run_node
from served_site import SITES, build_site, serve

pytestmark = pytest.mark.slow
NIGHT = "2026-06-18T22:10+09:00"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["example", "empty", "naughty", "jenkins"]


class Sites:
    """Built sites with their folders and addresses, each built when it is first asked for."""

    def __init__(self, work: Path, open_sites: ExitStack) -> None:
        self._work = work
        self._open = open_sites
        self._made: dict[str, tuple[Path, str]] = {}

    def __getitem__(self, name: str) -> tuple[Path, str]:
        """A site's published folder and its address."""
        if name not in self._made:
            site = SITES[name](self._work / name)
            out = self._work / f"{name}-out" / "site"
            address = self._open.enter_context(serve(out))
            build_site(site, out, address, as_of=NIGHT if name in ("example", "naughty") else None)
            self._made[name] = out, address
        return self._made[name]

    def badges(self, name: str, form: str) -> dict[str, bytes]:
        """Every badge of a site in a form, by its path."""
        folder, _ = self[name]
        found = sorted([*folder.glob(f"badges/**/*.{form}"), *folder.glob(f"en/badges/**/*.{form}")])
        assert found
        return {place.relative_to(folder).as_posix(): place.read_bytes() for place in found}


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[Sites]:
    """The sites on localhost, each on a port of its own, and so each of another origin."""
    with ExitStack() as open_sites:
        yield Sites(tmp_path_factory.mktemp("sites"), open_sites)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium."""
    with chromium() as browser:
        yield browser


def drawn_by_badge_maker(answers: list[dict[str, Any]], work: Path) -> list[etree._Element]:
    """The pictures that shields' own library makes of answers of an endpoint."""
    (work / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    script = """
import { readFileSync } from 'node:fs'
import { makeBadge } from 'badge-maker'
const answers = JSON.parse(readFileSync(process.argv[2], 'utf8'))
console.log(JSON.stringify(answers.map(({ label, message, color, labelColor }) =>
  makeBadge({ label, message, color, labelColor }))))
"""
    return [etree.fromstring(svg.encode()) for svg in json.loads(run_node(script, str(work / "answers.json")))]


def texts_of(svg: etree._Element) -> list[etree._Element]:
    """Label and message, without their shadows."""
    return [each for each in svg.iter(f"{SVG}text") if each.getparent().get("aria-hidden") is None]


@pytest.mark.parametrize("name", NAMES)
def test_badge_maker_draws_our_answers(sites, name, tmp_path):
    """What shields draws of an answer says the same in the same colours; its width is near that of our picture."""
    answers = {path: json.loads(data) for path, data in sites.badges(name, "json").items()}
    pictures = sites.badges(name, "svg")
    theirs = drawn_by_badge_maker(list(answers.values()), tmp_path)
    for (path, answer), drawn in zip(answers.items(), theirs, strict=True):
        said = [each.text for each in texts_of(drawn)]
        assert said == [answer["label"], answer["message"]], path
        assert drawn.get("aria-label") == f"{answer['label']}: {answer['message']}"
        fills = [each.get("fill") for each in drawn.iter(f"{SVG}rect")]
        assert {answer["color"], answer["labelColor"]} <= set(fills)
        ours = etree.fromstring(pictures[path.removesuffix("json") + "svg"])
        assert [each.text for each in ours.iter(f"{SVG}text")] == said
        if (answer["label"] + answer["message"]).isascii() and name != "naughty":
            assert abs(float(drawn.get("width")) - float(ours.get("width"))) <= 6, path


def test_badge_maker_chooses_the_ink_that_we_do(sites, tmp_path):
    """Where our text is dark on its colour, so is that of shields."""
    colours = ["#1a7446", "#2460bd", "#f2b82e", "#b34708", "#b01e1e"]
    answers = [{"label": "a", "message": "b", "color": colour, "labelColor": "#4d5562"} for colour in colours]
    drawn = drawn_by_badge_maker(answers, tmp_path)
    inks = [texts_of(svg)[1].get("fill", "#fff") for svg in drawn]
    assert inks == ["#fff", "#fff", "#333", "#fff", "#fff"]


MEASURE = """() => {
  const svg = document.documentElement
  const [label, message] = [...svg.querySelectorAll('text')]
  const paths = [...svg.querySelectorAll('path')].map(each => each.getBBox())
  const box = each => { const at = each.getBBox(); return [at.x, at.y, at.x + at.width, at.y + at.height] }
  const natural = each => {
    const bare = each.cloneNode(true)
    bare.removeAttribute('textLength')
    each.after(bare)
    const length = bare.getComputedTextLength()
    bare.remove()
    return length
  }
  return {root: svg.localName, width: svg.width.baseVal.value, seam: paths[1].x + paths[1].width,
    boxes: [box(label), box(message)], given: [label, message].map(each => each.textLength.baseVal.value),
    natural: [natural(label), natural(message)]}
}"""


@pytest.mark.parametrize("name", NAMES)
def test_chromium_draws_every_text_inside_its_box(sites, browser, name):
    """Label and message stand in their halves with room on both sides, whatever the name is made of."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    _, address = sites[name]
    for path in sites.badges(name, "svg"):
        page.goto(address + path)
        drawn = page.evaluate(MEASURE)
        assert drawn["root"] == "svg", path
        (left, top, right, bottom), (left2, _, right2, _) = drawn["boxes"]
        assert (left >= 4, right <= drawn["seam"] - 4) == (True, True), (path, drawn)
        assert (left2 >= drawn["seam"] + 4, right2 <= drawn["width"] - 4) == (True, True), (path, drawn)
        assert (top >= 0, bottom <= 20) == (True, True), (path, drawn)
        if name != "naughty":  # of emoji and other scripts the table knows a middling width alone
            for given, natural in zip(drawn["given"], drawn["natural"], strict=True):
                assert given == pytest.approx(natural, rel=0.03, abs=0.5), path
        assert page.evaluate("window.pwned") is None
    assert faults == []
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_chromium_shows_every_badge_as_an_image(sites, browser, name):
    """On a page of another origin, at its own size."""
    _, address = sites[name]
    paths = [*sites.badges(name, "svg")]
    page = browser.new_page()
    images = "".join(f'<img src="{address}{path}" alt="">' for path in paths)
    page.set_content(images, wait_until="load")
    sizes = page.evaluate("[...document.images].map(each => [each.naturalWidth, each.naturalHeight])")
    assert len(sizes) == len(paths)
    for path, (width, height) in zip(paths, sizes, strict=True):
        assert (height, width > 40, width < 600) == (20, True, True), path
    page.close()


def snippet_of(folder: Path, address: str) -> str:
    """What another site's page copies: found where readers find it."""
    page = html.parse(folder / "en/subscribe/index.html")
    told = [each.text_content() for each in page.iter("code", "textarea", "pre") if "<iframe" in each.text_content()]
    assert told, f"no frame to copy on {address}en/subscribe/"
    return told[0]


@pytest.fixture(scope="module")
def host(sites, tmp_path_factory) -> Iterator[str]:
    """A page of another origin for each site, with the frame in a column as wide as its address asks for."""
    folder = tmp_path_factory.mktemp("host")
    for name in NAMES:
        published, address = sites[name]
        for width in (300, 700):
            text = snippet_of(published, address)
            (folder / f"{name}-{width}.html").write_text(
                f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
                f'<title>Host</title><link rel="icon" href="data:,"><div style="width: {width}px">{text}</div></html>',
                encoding="utf-8",
            )
    with serve(folder) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [300, 700])
@pytest.mark.parametrize("name", NAMES)
def test_the_frame_shows_the_state_on_another_site(sites, browser, host, name, width, scheme):
    """It loads across origins, fits, says how things are, asks for nothing more and runs nothing."""
    folder, address = sites[name]
    context = browser.new_context(viewport={"width": width + 40, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host}{name}-{width}.html")
    inside = page.frame_locator("iframe")
    inside.locator("footer").wait_for()
    assert [frame.url for frame in page.frames[1:]] == [f"{address}en/embed/"]
    expected = html.parse(folder / "en/embed/index.html").find(".//h1").text_content()
    assert inside.locator("h1").inner_text() == expected
    assert inside.locator("main").evaluate("el => getComputedStyle(el).borderTopWidth") == "1px"  # its style holds
    paper = inside.locator("main").evaluate("el => getComputedStyle(el).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 31, 39)"}[scheme]
    wide = inside.locator("html").evaluate("el => [el.scrollWidth, el.clientWidth]")
    assert wide[0] <= wide[1]
    assert [url for url in asked if not url.endswith(".html")] == [f"{address}en/embed/"]
    assert told == []
    context.close()


def test_a_link_in_the_frame_opens_the_status_page(sites, browser, host):
    """In a window of its own that is not confined as the frame is, with no way back to the page around the frame."""
    _, address = sites["example"]
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host}example-700.html")
    with page.expect_popup() as opened:
        page.frame_locator("iframe").locator("h3 a").first.click()
    popup = opened.value
    popup.wait_for_load_state()
    assert popup.url == f"{address}en/incidents/2026-06-18-staging-down/"
    assert popup.evaluate("[self.origin, window.opener, document.referrer]") == [address.rstrip("/"), None, ""]
    assert page.url == f"{host}example-700.html"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_the_small_page_hinders_nobody(sites, browser, name, scheme):
    """axe-core finds nothing, in both languages and schemes, at the narrowest and in a wide column."""
    _, address = sites[name]
    for width in (300, 700):
        context = browser.new_context(viewport={"width": width, "height": 360}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        for path in ("embed/", "en/embed/"):
            page.goto(address + path)
            page.add_script_tag(path=str(axe()))
            result = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
            assert result["passes"]
            found = [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in result["violations"]]
            assert found == [], (path, width)
        context.close()
