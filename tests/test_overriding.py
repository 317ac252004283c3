"""What docs/overriding.md tells an operator works: its examples are put into a site as the page says, and built."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from noroshi.pipeline.printing.look import theme_request
from noroshi.pipeline.printing.own_templates import ASSETS, MARK
from noroshi.pipeline.printing.template_slips import slips_in_templates
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.settings import read_settings
from noroshi.shipped import shipped
from noroshi.snapshot.audience import PUBLIC
from noroshi.text.accent import DARK, LIGHT, accent_style
from noroshi.text.contrast import READABLE, contrast
from real_program import NOW, ROOT, copy_example, environment, noroshi

PAGE = (ROOT / "docs/overriding.md").read_text("utf-8")
EXAMPLE = re.compile(r"^(Add to )?`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CSS = shipped("site_templates", "assets", "noroshi.css").read_text("utf-8")


def follow(page: str, site: Path) -> list[str]:
    """Do in a site what the page's examples say; the files that were written or added to."""
    done = []
    for addition, path, text in EXAMPLE.findall(page):
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text((place.read_text("utf-8") if addition else "") + text, "utf-8")
        done.append(path)
    return done


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example site with all that the page shows, built into `out`."""
    root = copy_example(tmp_path_factory.mktemp("overriding") / "site")
    assert len(follow(PAGE, root)) >= 8
    ran = noroshi("build", "--new-log", "--now", NOW, "--out", "out", cwd=root)
    assert "warning: " not in ran.err, ran.err
    assert noroshi("check", "--now", NOW, cwd=root, fine=False).out.count("[logo]") == 0
    return root


def tree(site: Path, path: str) -> lxml.html.HtmlElement:
    """A page of the built site."""
    return lxml.html.document_fromstring((site / "out" / path).read_bytes().decode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "up"),
    [("index.html", ""), ("en/history/index.html", "../../"), ("team/index.html", "../"), ("404.html", "/")],
)
def test_mark_colour_and_footer_are_on_every_page(site: Path, path: str, up: str) -> None:
    """On generated pages and own ones, in each language, with a colour that the policy allows."""
    page = tree(site, path)
    assert page.xpath("//header//img/@src") == [f"{up}img/mark.svg"]
    assert page.xpath("//link[@rel='icon']/@href") == [f"{up}img/mark.svg"]
    assert not page.xpath("//header//*[contains(@class, 'nr-logo__fire')]")
    english = path.startswith("en/")
    (link,) = page.xpath("//div[@class='nr-foot__text']//a")
    assert (link.text, link.get("href")) == ("Privacy" if english else "プライバシー", "https://example.com/privacy")
    (style,) = page.xpath("//style/text()")
    assert style == accent_style("#b3005e")
    assert page.xpath("//link[@rel='stylesheet']/@href")[-1] == f"{up}css/house.css"


@pytest.mark.slow
def test_a_block_is_filled_and_all_else_stays(site: Path) -> None:
    """The home page says what the site adds, first of all, and all that it said before."""
    page = tree(site, "index.html")
    body = page.xpath("//div[contains(@class, 'nr-home')]")[0]
    assert body[0].get("class") == "house-note"
    assert body[0].text == "夜間のお電話は 03-0000-0000 へ"
    assert page.xpath("//h1")
    assert page.xpath("//section[h2='最近の記録']")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["index.html", "history/index.html", "about/index.html", "404.html"])
def test_blocks_of_the_frame_hold_for_every_page(site: Path, path: str) -> None:
    """A site's own main.html, without a line in mkdocs.yml."""
    page = tree(site, path)
    assert page.xpath("//aside[@class='nr-announce']/text()") == ["年末年始も 24 時間受け付けています。"]
    assert page.xpath("//meta[@name='theme-color' and @content='#b3005e']")


@pytest.mark.slow
def test_an_own_page_has_the_template_that_it_chose(site: Path) -> None:
    """Its text stands in the template's place, within the frame that all pages have."""
    page = tree(site, "team/index.html")
    (section,) = page.xpath("//section[@class='house-wide']")
    assert section.findtext(".//td") == "障害当番"
    assert page.xpath("//header[@class='nr-top']")
    assert not tree(site, "about/index.html").xpath("//section[@class='house-wide']")


@pytest.mark.slow
def test_mkdocs_builds_the_same_site(site: Path) -> None:
    """`mkdocs build` does not know where the frame's templates lie, and leaves them to the build."""
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", "by-mkdocs"],
        cwd=site,
        env=environment(site, {"SOURCE_DATE_EPOCH": "1795316400"}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert (site / "by-mkdocs/team/index.html").read_bytes() == (site / "out/team/index.html").read_bytes()


@pytest.mark.slow
def test_a_template_that_is_nowhere_is_told_with_the_page_that_asks_for_it(tmp_path: Path) -> None:
    """And nothing is published."""
    root = copy_example(tmp_path / "site")
    (root / "content/pages/team.md").write_text("---\ntemplate: wide.html\n---\n# 担当\n", "utf-8")
    ran = noroshi("build", "--new-log", "--now", NOW, "--out", "out", cwd=root, fine=False)
    assert ran.code != 0
    assert "content/pages/team.md: template: there is no 'wide.html'; put it into site_templates/theme/" in ran.err
    assert not (root / "out").exists()


def test_the_page_names_each_template_with_its_blocks() -> None:
    """The table has every page's template with exactly the blocks that it has; so has the frame's table."""
    told = {}
    for names, blocks in re.findall(r"^\| (`\w+\.html`[^|]*) \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE):
        for name in re.findall(r"`([^`]+)`", names):
            told[name] = re.findall(r"`(\w+)`", blocks)
    found = {}
    for place in sorted(shipped("site_templates").glob("*.html")):
        blocks = re.findall(r"{%-? block (\w+)", place.read_text("utf-8"))
        if blocks:
            found[place.name] = blocks
    assert told == found
    frame = re.findall(r"{% block (\w+)", shipped("site_templates", "theme", "base.html").read_text("utf-8"))
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| ", PAGE.partition("## The frame")[2], re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`", "".join(rows))) == sorted(frame)


def test_every_template_that_makes_a_page_has_blocks() -> None:
    """A new page cannot come without a place for what a site adds before and after it."""
    pieces = {"agreements", "embed", "feed_item", "fired", "macros", "row", "track_fate"}
    for place in shipped("site_templates").glob("*.html"):
        blocks = re.findall(r"{%-? block (\w+)", place.read_text("utf-8"))
        if place.stem not in pieces:
            assert blocks[0] == "before", place.name
            assert blocks[-1] == "after", place.name


def test_the_tokens_that_the_page_names_are_the_stylesheets() -> None:
    """Each is set in the stylesheet, and none that it tells is gone."""
    table = PAGE.partition("| token |")[2].partition("\n\n")[0]
    tokens = set(re.findall(r"`(--nr-[\w-]+)`", table))
    assert len(tokens) > 20
    assert {token for token in tokens if f"{token}:" not in CSS} == set()


@pytest.mark.parametrize("accent", ["#ffff00", "#000000", "#ffffff", "#777777", "#b3005e", "#1f4e9c", "#00ff00"])
def test_any_accent_can_be_read_on_every_ground(accent: str) -> None:
    """In both schemes, on the page's ground, on all others of the stylesheet, and on its own."""
    light, dark = re.findall(r"--nr-accent:(#\w{6});--nr-accent-bg:(#\w{6})", accent_style(accent))[:2]
    for (shade, own), grounds in ((light, LIGHT), (dark, DARK)):
        for ground in (*grounds, own):
            assert contrast(shade, ground) >= READABLE, (shade, ground)


def test_an_accent_that_can_be_read_stays_as_it_is() -> None:
    """It is the operator's colour; another is changed as little as will do."""
    assert "--nr-accent:#1f4e9c;" in accent_style("#1f4e9c")
    assert "--nr-accent:#ffff00;" in accent_style("#ffff00").rpartition("@media")[2]
    assert accent_style(None) == ""


def test_the_grounds_are_the_stylesheets() -> None:
    """A ground that the stylesheet changes or adds is one that accents are measured against."""
    schemes = re.findall(r"{\s*(color-scheme: (?:light|dark);.*?)}", CSS, re.DOTALL)
    light, dark, chosen, *paper = schemes
    for scheme, grounds in ((light, LIGHT), (dark, DARK), (chosen, DARK), *((each, LIGHT) for each in paper)):
        set_there = dict(re.findall(r"--nr-([\w-]+): (#\w+);", scheme))
        names = [name for name in set_there if name in ("bg", "surface", "target") or name.endswith("-bg")]
        wanted = {_six(set_there[name]) for name in names if name != "accent-bg"}
        assert wanted == set(grounds) if scheme not in paper else wanted <= set(grounds)


def _six(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def test_contrast_is_that_of_the_standard() -> None:
    """Known pairs: black on white, and the grey that just fails and just passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") >= READABLE > contrast("#777777", "#ffffff")


def test_the_page_names_every_asset_that_a_site_may_replace() -> None:
    """And a site's own file among them is not told to be of no use."""
    told = set(re.findall(r"`(noroshi[\w.-]*\.(?:css|js|svg))`", PAGE.partition("## Styles and script whole")[2]))
    assert told == {asset.removeprefix("assets/") for asset in ASSETS}


def test_files_of_the_frame_are_never_told_to_be_of_no_use(tmp_path: Path) -> None:
    """A page may ask for a template there by any name; elsewhere a name that nobody asks for is told."""
    for name in ("theme/main.html", "theme/wide.html", "home.html", "assets/noroshi.svg", "wide.html"):
        place = tmp_path / "site_templates" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("", "utf-8")
    (warning,) = slips_in_templates(SiteFolder(root=tmp_path))
    assert warning.startswith("site_templates/wide.html: is not used; files are: ")


def test_a_block_that_fills_none_is_told(tmp_path: Path) -> None:
    """With its line and the blocks that there are; those within a block of the shipped template are one's own, and so
    is a file that a template asks for."""
    own = tmp_path / "site_templates"
    own.mkdir()
    (own / "home.html").write_text(
        '{% extends "shipped/home.html" %}\n{% block haed %}x{% endblock %}\n'
        '{% block before %}{% block mine %}{% include "note.html" %}{% endblock %}{% endblock %}\n',
        "utf-8",
    )
    (own / "note.html").write_text("{% block anything %}{% endblock %}", "utf-8")
    (own / "month.html").write_text("{% if %}", "utf-8")  # told where it is printed
    (warning,) = slips_in_templates(SiteFolder(root=tmp_path))
    assert warning == (
        "site_templates/home.html:2: the block 'haed' fills none and is printed nowhere; home.html has: "
        "before, verdict, open, services, owed, recent, after"
    )


def test_a_mark_that_is_not_there_leaves_the_signal_fire(tmp_path: Path) -> None:
    """An urgent report gets out; `check` tells of the mark."""
    root = copy_example(tmp_path / "site")
    settings = root / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8") + "look: {logo: img/gone.svg}\n", "utf-8")
    folder = SiteFolder(root=root)
    reading = read_settings(folder)
    assert [str(problem) for problem in reading.problems if problem.rule == "logo"]
    frame = theme_request(folder, reading.settings, PUBLIC, strict=False).frame
    assert (frame.logo, frame.icon) == (None, MARK)


def test_the_dark_colours_are_the_same_however_they_were_chosen() -> None:
    """By the reader's system or by the button of the page: the style sheet has to say the tokens twice."""
    by_system = re.search(r':root:not\(\[data-nr-scheme="light"\]\) \{([^}]*)\}', CSS)
    by_button = re.search(r'^:root\[data-nr-scheme="dark"\] \{([^}]*)\}', CSS, re.MULTILINE)
    assert by_system is not None
    assert by_button is not None
    assert by_system[1].split() == by_button[1].split() != []
