"""A site in a third language: one file and one setting, and every word of its pages comes from the catalogue."""

import json
import re
import shutil
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from noroshi.pipeline.build import build
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest
from noroshi.text.dates import date_formats
from pseudo_catalogue import pseudo_catalogue

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
NIGHT = datetime.fromisoformat("2026-06-18T22:25+09:00")
# Russian: three forms for whole things, so that a page which knows only one and many would show it.
LANGUAGE = "ru"
FORMS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
SPOKEN = {"aria-label", "title", "alt", "placeholder", "data-before", "data-after", "data-done", "summary"}
SILENT = {"script", "style", "code"}
NAMES = {
    *("JST", "UTC", "RSS", "Atom", "JSON", "Feed", "OPML", "SVG", "iCal", "Calendar", "Slack", "Microsoft", "Teams"),
    *("Outlook", "com", "Google", "Feedly", "Inoreader", "NewsBlur", "Feedbin", "The", "Old", "Reader", "Prometheus"),
}
"""Names of programs and formats, the same in all languages."""


class Spoken(HTMLParser):
    """What a page says in its own language: text and spoken attributes, without what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.langs: list[str | None] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _silent(self) -> bool:
        return any(silent for _, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what attributes say; within another language or code nothing is heard."""
        given = dict(attrs)
        if tag == "html":
            self.langs.append(given.get("lang"))
        foreign = tag != "html" and given.get("lang") not in (None, LANGUAGE)
        silent = tag in SILENT or foreign
        if not self._silent and not silent:
            self.said += [str(value) for name, value in attrs if name in SPOKEN and value]
        if tag not in ("meta", "link", "img", "br", "hr", "input", "rect", "path", "circle", "line", "wbr", "use"):
            self._open.append((tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.said += [str(value) for name, value in attrs if name in SPOKEN and value and not self._silent]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        """A text."""
        if not self._silent and data.strip():
            self.said.append(data)


def heard(html: str) -> Spoken:
    parser = Spoken()
    parser.feed(html)
    return parser


def unbracketed(text: str) -> str:
    """What is left of a text without its messages, which may hold messages."""
    while (shorter := re.sub("［[^［］]*］", " ", text)) != text:
        text = shorter
    return text


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The example site in Japanese and in the pseudo-locale, the night of its story."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "mkdocs.yml", root)
    settings = root / "content/site.yaml"
    text, changed = re.subn(r"languages: \[.*\]", f"languages: [ja, {LANGUAGE}]", settings.read_text("utf-8"))
    assert changed == 1
    settings.write_text(text, "utf-8")
    (root / "locale").mkdir()
    (root / f"locale/{LANGUAGE}.po").write_bytes(pseudo_catalogue(LANGUAGE, FORMS))
    out = tmp_path_factory.mktemp("out") / "site"
    built = build(
        BuildRequest(
            folder=SiteFolder(root=root),
            out=out,
            cache=tmp_path_factory.mktemp("cache"),
            moments=Moments(now=NIGHT, as_of=NIGHT),
        )
    )
    assert built.published, [str(problem) for problem in built.problems]
    assert not [warning for warning in built.warnings if "translated" in warning]
    return out


def pages(site: Path) -> dict[str, str]:
    """The generated pages of the third language, without the operator's own."""
    root = site / LANGUAGE
    found = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.html"))}
    own = {path.name.partition(".")[0] for path in (ROOT / "content/pages").glob("*.md")}
    return {path: html for path, html in found.items() if path.partition("/")[0].partition(".")[0] not in own}


def test_every_word_of_a_page_comes_from_the_catalogue(site):
    """Outside the operator's texts, dates and names, no page says a word that a translator could not reach."""
    formats = date_formats(LANGUAGE)
    names = {word for said in formats.names.values() for each in said for word in re.findall(r"\w+", each)}
    operators = {"API", "CI", "DB", "DNS", "VPN", "infra", "pm"}  # in names that are Japanese otherwise, and roles
    found = pages(site)
    assert len(found) > 20
    foreign = {}
    for path, html in found.items():
        left = unbracketed("\n".join(heard(html).said))
        words = set(re.findall(r"[A-Za-zÀ-ž]{2,}", re.sub(r"\S*(://|@|/)\S*", " ", left)))
        words -= names | NAMES | operators
        if words:
            foreign[path] = sorted(words)
    assert sorted({word for words in foreign.values() for word in words}) == [], foreign


def test_the_pages_are_marked_with_their_language(site):
    """Each page says what language it is in, leads to the other one and says which that is."""
    for path, html in pages(site).items():
        assert heard(html).langs == [LANGUAGE], path
        if not path.startswith(("embed", "404")):
            assert re.search(rf'<link rel="alternate" hreflang="{LANGUAGE}"', html), path
            assert re.search(r'<link rel="alternate" hreflang="ja"', html), path
    assert f'hreflang="{LANGUAGE}"' in (site / "index.html").read_text("utf-8")
    assert "Русский" in (site / "index.html").read_text("utf-8")


def test_a_site_as_it_stood_gives_the_script_no_forms(site):
    """Nothing there follows the clock of whoever reads it, so that the script has nothing to count."""
    html = (site / LANGUAGE / "index.html").read_text("utf-8")
    told = json.loads(re.search(r'data-words="([^"]*)"', html)[1].replace("&#34;", '"'))
    assert told["zone"] == "Asia/Tokyo"
    assert told["locale"] == LANGUAGE
    assert "minute" not in told  # a site as it stood follows no clock


def test_dates_are_those_of_the_language(site):
    """Month and weekday names are CLDR's, without a word of the catalogue."""
    html = (site / LANGUAGE / "index.html").read_text("utf-8")
    assert re.search(r'<time datetime="2026-06-18T13:25:00Z"[^>]*>чт, 18 июня 2026\s*г., 22:25</time>', html)
