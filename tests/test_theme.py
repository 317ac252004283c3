"""The theme as MkDocs and Material really render it."""

import re
from pathlib import Path

import lxml.html
import pytest

from noroshi.pipeline.printing.look import PAGE_KINDS
from noroshi.theme import NavItem, ShellKind, Theme, ThemeError, load_theme
from theme_sites import MKDOCS_YML, PAGES, SLOTS, make_site, request_for

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def theme(tmp_path_factory) -> Theme:
    """The plain site in two languages, rendered once."""
    folder = tmp_path_factory.mktemp("theme")
    return load_theme(request_for(make_site(folder / "site")), folder / "cache")


def page(theme: Theme, language: str, kind: str, **slots: str) -> lxml.html.HtmlElement:
    """Return a filled shell as a tree."""
    return lxml.html.document_fromstring(theme.shells[language, kind].fill(**(SLOTS | slots)))


def own(theme: Theme, path: str) -> lxml.html.HtmlElement:
    """Return one of the operator's pages as a tree."""
    return lxml.html.document_fromstring(theme.pages[path].read_bytes().decode())


def switch(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Return the language switch of a page: language to link."""
    return {link.get("hreflang"): link.get("href") for link in tree.iter("a") if link.get("hreflang")}


def test_every_kind_has_a_shell_in_every_language(theme):
    """Every kind of page in two languages, each with a place for all that a page brings, and its lang."""
    assert set(theme.shells) == {
        (language, kind) for language in ("ja", "en") for kind in [each.name for each in PAGE_KINDS]
    }
    for (language, kind), shell in theme.shells.items():
        assert set(shell.slots) == set(SLOTS), (language, kind)
        assert shell.slots.count("body") == 1
        assert page(theme, language, kind).get("lang") == language
        assert "noroshislot" not in shell.fill(**SLOTS)


def test_title_and_description_stand_where_readers_and_engines_look(theme):
    """The title is in <title>, the site's name is escaped there and beside the mark, the description is in meta."""
    tree = page(theme, "en", "record", title="A &lt;b&gt;", description="One &quot;two&quot;")
    assert tree.findtext(".//title") == 'A <b> - Status & "reports" <b>'
    assert tree.xpath("//meta[@name='description']/@content") == ['One "two"']
    assert tree.xpath("//a[@class='nr-brand']/span/text()") == ['Status & "reports" <b>']


def test_the_body_is_the_main_part_and_nothing_is_added_to_it(theme):
    """One h1, the one of the body; the skip link, first of all links, leads to it; no prev/next, no edit."""
    tree = page(theme, "ja", "record", body="<h1>障害</h1><p>本文</p>")
    main = tree.xpath("//main")[0]
    assert [child.text for child in main] == ["障害", "本文"]
    assert tree.xpath("//body//a")[0].get("href") == f"#{main.get('id')}"
    assert len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//*[@rel='prev' or @rel='next' or @rel='edit']")


def test_generated_pages_carry_nothing_of_materials_and_own_pages_do(theme):
    """Our stylesheet and script alone, and no element of Material's; own pages besides its styles and script, and
    the stylesheet that fits them to ours."""
    material = ["main.57a0d79d.min.css", "bundle.a5f9d56c.min.js"]
    for tree, theirs in ((page(theme, "en", "record"), []), (own(theme, "en/about/index.html"), material)):
        loaded = [
            each.rpartition("/")[2] for each in tree.xpath("//link[@rel='stylesheet']/@href | //script[@src]/@src")
        ]
        names = [re.sub(r"\.[0-9a-f]{8}\.", ".<hash>.", each) for each in loaded]
        fixed = [re.sub(r"\.[0-9a-f]{8}\.", ".<hash>.", each) for each in theirs]
        assert sorted(names) == sorted(["noroshi.css", "noroshi.js", *fixed, *(["own.css"] if theirs else [])])
        html = lxml.html.tostring(tree, encoding="unicode")
        assert bool(re.search(r"__md_|md-toggle|data-md-|__config|class=\"md-", html)) is bool(theirs)


def test_only_files_of_material_that_some_page_names_are_taken_over(theme, tmp_path):
    """Its styles and script for the operator's pages; nothing at all where there are none."""
    theirs = [re.sub(r"\.[0-9a-f]{8}\.", ".<hash>.", name) for name in theme.assets if name.startswith("assets/")]
    assert sorted(theirs) == ["assets/javascripts/bundle.<hash>.min.js", "assets/stylesheets/main.<hash>.min.css"]
    alone = load_theme(request_for(make_site(tmp_path / "site", pages={})), tmp_path / "cache")
    assert not alone.assets


@pytest.mark.parametrize(
    ("language", "kind", "path", "links"),
    [
        ("ja", "home", "", {"ja": "./", "en": "en/"}),
        ("en", "home", "", {"ja": "../", "en": "./"}),
        ("ja", "history", "history/", {"ja": "../history/", "en": "../en/history/"}),
        ("ja", "record", "incidents/x/", {"ja": "../../incidents/x/", "en": "../../en/incidents/x/"}),
        ("en", "month", "history/2026-06/", {"ja": "../../../history/2026-06/", "en": "../../history/2026-06/"}),
        ("en", "notfound", "404.html", {"ja": "/sub/404.html", "en": "/sub/en/404.html"}),
    ],
)
def test_the_language_switch_leads_to_the_same_page(theme, language, kind, path, links):
    """By relative links that need no script and survive a site in a subfolder."""
    assert switch(page(theme, language, kind, path=path)) == links


def test_canonical_and_alternates_name_the_pages_address_in_each_language(theme):
    """Absolute where the site's address is known, with one for readers of other languages."""
    tree = page(theme, "en", "record", path="incidents/x/")
    root = "https://status.example.com/sub/"
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{root}en/incidents/x/"]
    assert [(link.get("hreflang"), link.get("href")) for link in tree.xpath("//link[@hreflang]")] == [
        ("ja", f"{root}incidents/x/"),
        ("en", f"{root}en/incidents/x/"),
        ("x-default", f"{root}incidents/x/"),
    ]
    assert not page(theme, "en", "notfound").xpath("//link[@rel='canonical' or @hreflang]")


@pytest.mark.parametrize(
    ("kind", "active"),
    [
        ("home", "現在"),
        ("component", "現在"),
        ("history", "履歴"),
        ("month", "履歴"),
        ("record", "履歴"),
        ("maintenance", "履歴"),
    ],
)
def test_the_link_to_the_part_that_a_kind_belongs_to_is_marked(theme, kind, active):
    """The navigation holds the generated pages first, then the operator's own, and says where the reader is."""
    tree = page(theme, "ja", kind)
    links = tree.xpath("//nav[@class='nr-nav']//a")
    assert [link.text_content() for link in links][:4] == ["現在", "履歴", "このページについて", "連絡先"]
    marked = {link.text_content(): link.get("aria-current") for link in links if link.get("aria-current")}
    assert marked == {active: "page" if kind in ("home", "history") else "true"}


@pytest.mark.parametrize(("number", "folded"), [(1, 0), (5, 0), (6, 2), (9, 5)])
def test_what_comes_behind_the_first_four_links_can_be_folded(tmp_path, number, folded):
    """No link is lost, and none alone is worth folding."""
    nav = tuple(NavItem(titles={"en": f"Item {place}"}, path=f"feeds/{place}.rss") for place in range(number))
    tree = page(
        load_theme(request_for(make_site(tmp_path / "site", pages={}), nav=nav), tmp_path / "cache"), "en", "home"
    )
    texts = tree.xpath("//nav[@class='nr-nav']//a/text()")
    assert texts == [f"Item {place}" for place in range(number)]
    assert tree.xpath("//nav[@class='nr-nav']//details//a/text()") == texts[number - folded :]
    assert tree.xpath("//nav[@class='nr-nav']//summary/text()") == ["MORE"] * bool(folded)


def test_own_pages_are_told_in_each_language_with_links_inside_it(theme):
    """`about.en.md` is /en/about/; links and images written beside the source lead to the right places."""
    assert theme.page_sources == {
        "about/index.html": "about.md",
        "contact/index.html": "contact.md",
        "guide/index.html": "guide/index.md",
        "en/about/index.html": "about.en.md",
        "en/contact/index.html": "contact.md",
        "en/guide/index.html": "guide/index.md",
    }
    japanese, english = own(theme, "about/index.html"), own(theme, "en/about/index.html")
    assert japanese.xpath("//article//a/@href") == ["../contact/", "../en/about/", "../history/"]
    assert japanese.xpath("//article//img/@src") == ["../img/a.svg"]
    assert english.xpath("//article//a/@href") == ["../contact/", "./"]
    assert english.xpath("//article//img/@src") == ["../../img/a.svg"]
    assert switch(english) == {"ja": "../../about/", "en": "./"}
    assert english.xpath("//meta[@name='description']/@content") == ['What "this" is']
    assert theme.assets["img/a.svg"].read_text() == PAGES["img/a.svg"]
    assert theme.warnings == ()


def test_a_page_without_translation_says_which_language_it_is_in(theme):
    """In the English tree the page is there, and title, article and navigation are marked as Japanese."""
    tree = own(theme, "en/contact/index.html")
    assert tree.get("lang") == "en"
    assert tree.xpath("//title/@lang") == ["ja"]
    assert tree.findtext(".//title").startswith("連絡先 - ")
    assert tree.xpath("//article/@lang") == ["ja"]
    assert tree.xpath("//nav[@class='nr-nav']//span[@lang='ja']/text()") == ["連絡先"]
    assert own(theme, "contact/index.html").xpath("//article/@lang | //title/@lang") == []


def test_feeds_are_announced_on_every_page(theme):
    """Generated and own pages carry the autodiscovery link of their language."""
    find = "//link[@type='application/rss+xml']/@href"
    assert page(theme, "ja", "record").xpath(find) == ["../../feeds/r.rss"]
    assert page(theme, "en", "home").xpath(find) == ["../en/feeds/r.rss"]
    assert page(theme, "en", "notfound").xpath(find) == ["/sub/en/feeds/r.rss"]
    assert own(theme, "en/about/index.html").xpath(find) == ["../../en/feeds/r.rss"]


def test_no_page_loads_anything_from_a_third_party(theme):
    """Whatever a browser fetches by itself is relative; a link that a reader may click is his affair."""
    pages = [shell.fill(**SLOTS) for shell in theme.shells.values()]
    pages += [path.read_text(encoding="utf-8") for path in theme.pages.values()]
    for html in pages:
        tree = lxml.html.document_fromstring(html)
        loaded = tree.xpath("//@src | //link[not(@rel='canonical' or @hreflang)]/@href | //@action | //@data")
        assert len(loaded) > 3
        assert [link for link in loaded if re.match(r"[a-z]+:|//", link)] == []
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", html)
    for name, path in theme.assets.items():
        if name.endswith(".css"):
            assert not re.search(rb"url\(\s*['\"]?(?:https?:)?//|@import", path.read_bytes()), name


def test_only_what_pages_need_is_taken_over(theme):
    """No search index, sitemap, source map or page of MkDocs' own: others write those, or nobody reads them."""
    names = [*theme.assets, *theme.pages]
    assert not [name for name in names if re.search(r"sitemap|search|\.map$|404|lunr|palette|^index\.html$", name)]
    for link in page(theme, "ja", "record").xpath("//link[@rel='stylesheet']/@href | //script/@src"):
        name = link.removeprefix("../../")
        assert name in theme.assets or name.startswith("assets/noroshi/")


def test_shells_are_small(theme):
    """A page costs a reader on a telephone less than 6 kB around its text."""
    assert max(shell.size for shell in theme.shells.values()) < 6_000


def test_one_language_has_no_switch_and_no_address_has_relative_links(tmp_path):
    """Without a second language no switch; without the site's address no canonical, and absolute paths from /."""
    pages = {"about.md": "# About\n"}
    request = request_for(make_site(tmp_path / "site", pages=pages), languages=("en",), site_url=None)
    theme = load_theme(request, tmp_path / "cache")
    tree = page(theme, "en", "record")
    assert switch(tree) == {}
    assert tree.xpath("//link[@rel='canonical' or @hreflang]") == []
    assert "/history/" in page(theme, "en", "notfound").xpath("//a/@href")
    assert theme.page_sources["about/index.html"] == "about.md"


def test_the_operators_configuration_works_as_with_mkdocs(tmp_path):
    """nav, front matter, markdown extensions, hooks, templates of custom_dir and extra_css are honoured."""
    config = (
        MKDOCS_YML.replace(
            "  name: material\n",
            "  name: material\n  custom_dir: overrides\n  features: [content.code.copy]\n",
        )
        + "nav:\n  - 案内:\n      - guide/index.md\n      - 説明: about.md\n  - 外: https://example.com/\n"
        + "not_in_nav: contact.md\nhooks: [hook.py]\nmarkdown_extensions: [admonition]\nextra_css: [own.css]\n"
    )
    pages = PAGES | {"about.md": '---\ntitle: 題\n---\n!!! note "注意"\n    @@word@@\n', "own.css": "b{}\n"}
    mkdocs_yml = make_site(tmp_path / "site", config, pages)
    (tmp_path / "site" / "overrides").mkdir()
    (tmp_path / "site" / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}{% block announce %}<b class="mine">{{ config.site_name }}</b>{% endblock %}'
    )
    (tmp_path / "site" / "hook.py").write_text(
        "def on_page_markdown(markdown, **_):\n    return markdown.replace('@@word@@', 'from hook')\n"
    )
    theme = load_theme(request_for(mkdocs_yml), tmp_path / "cache")
    tree = own(theme, "about/index.html")
    assert tree.findtext(".//title").startswith("題 - ")
    assert [e.text_content() for e in tree.xpath("//div[@class='admonition note']/p")] == ["注意", "from hook"]
    shell = page(theme, "ja", "record")
    assert shell.xpath("//b[@class='mine']/text()") == ["稼働状況 & 報告"]
    assert shell.xpath("//nav[@class='nr-nav']//a/text()") == ["現在", "履歴", "案内", "外"]
    sheets = [link.rpartition("/")[2] for link in shell.xpath("//link[@rel='stylesheet']/@href")]
    assert sheets[-2:] == ["noroshi.css", "own.css"]
    english = own(theme, "en/guide/index.html").xpath("//nav[@class='nr-side']//a")
    assert [link.text_content().strip() for link in english] == ["手引き", "About this page"]
    assert [link.get("aria-current") for link in english] == ["page", None]
    assert "contact/index.html" in theme.pages


def test_the_operators_nav_may_place_generated_pages_itself(tmp_path):
    """`index.md` and `history/index.md` in nav mean the generated pages, which then are not added again."""
    config = MKDOCS_YML + "nav:\n  - about.md\n  - 記録: history/index.md\n  - index.md\n"
    theme = load_theme(request_for(make_site(tmp_path / "site", config)), tmp_path / "cache")
    links = page(theme, "ja", "record").xpath("//nav[@class='nr-nav']//a")
    assert [link.text for link in links] == ["このページについて", "記録", "現在"]
    assert [link.get("aria-current") for link in links] == [None, "true", None]


@pytest.mark.parametrize("listed", ["[search, noroshi]", "[material/search, noroshi]", "{search: {lang: ja}}"])
def test_materials_search_is_left_out_with_a_warning(tmp_path, listed):
    """Its dialog belongs to a header that is not there; no page pays for an index of it."""
    config = MKDOCS_YML.replace("[noroshi]", listed)
    theme = load_theme(request_for(make_site(tmp_path / "site", config)), tmp_path / "cache")
    assert [warning.partition(":")[0] for warning in theme.warnings] == ["plugins"]
    assert not [name for name in theme.assets if "search" in name]


def test_a_site_without_own_pages_is_a_site(tmp_path):
    """Git keeps no empty folder: a missing docs_dir is worth a warning, no more."""
    theme = load_theme(request_for(make_site(tmp_path / "site", pages={})), tmp_path / "cache")
    assert not theme.pages
    assert theme.warnings == ("docs_dir: the folder content/pages does not exist, so the site has no own pages",)
    assert theme.shells["ja", "record"].fill(**SLOTS)


def test_settings_that_would_break_the_pages_are_left_out_with_a_warning(tmp_path):
    """Parts of Material's own header, colours that site.yaml gives, and the addresses of pages, which are settled."""
    config = MKDOCS_YML.replace(
        "  name: material\n",
        "  name: material\n  features: [navigation.instant, navigation.tabs, content.code.copy]\n"
        "  palette: {scheme: slate}\n",
    )
    mkdocs_yml = make_site(tmp_path / "site", config + "use_directory_urls: false\n")
    theme = load_theme(request_for(mkdocs_yml), tmp_path / "cache")
    said = [warning.partition(" ")[0] for warning in theme.warnings]
    assert said == ["theme.features:", "theme.palette:", "use_directory_urls:"]
    assert '"features": ["content.code.copy"]' in theme.pages["about/index.html"].read_text("utf-8")


def test_a_section_that_no_kind_fits_goes_by_the_path(tmp_path):
    """A kind without a section belongs to the navigation item that its path begins with; a feed is a link."""
    request = request_for(
        make_site(tmp_path / "site"),
        kinds=(ShellKind(name="home", depth_path=""), ShellKind(name="history", depth_path="history/"),
               ShellKind(name="month", depth_path="history/_/")),
        nav=(NavItem(titles={"en": "Now"}, path=""), NavItem(titles={"en": "History"}, path="history/"),
             NavItem(titles={"en": "Feed"}, path="feeds/r.rss")),
    )  # fmt: skip
    tree = page(load_theme(request, tmp_path / "cache"), "en", "month")
    assert tree.xpath("//nav[@class='nr-nav']//a[@aria-current]/text()") == ["History"]
    assert "../../feeds/r.rss" in tree.xpath("//nav[@class='nr-nav']//a/@href")


BAD = {
    "theme: {name: readthedocs}\n": r"mkdocs\.yml: theme: found 'readthedocs'.*made for 'material'",
    "theme: {name: material, custom_dir: nowhere}\n": r"mkdocs\.yml: theme: .*custom_dir.*does not exist",
    "theme: {name: material}\nplugins: [nonesuch]\n": r'mkdocs\.yml: plugins: The "nonesuch" plugin is not installed',
    "theme: {name: material}\nmarkdown_extensions: [nonesuch]\n": r"mkdocs\.yml: markdown_extensions: .*nonesuch",
    "theme: {name: material}\nhooks: [hook.py]\n": r"could not render the site: .*about\.md.*; ValueError: boom",
    "theme: {name: material}\nINHERIT: base.yml\n": r"base\.yml: cannot be read",
    "theme: [\n": r"mkdocs\.yml: is not valid YAML",
    "- a\n": r"mkdocs\.yml: should be keys and values",
    "theme: {name: material, custom_dir: overrides}\n": r"overrides in theme\.custom_dir",
}


@pytest.mark.parametrize("config", BAD)
def test_what_is_wrong_comes_as_a_message_for_people(tmp_path, config):
    """A ThemeError says what and where, without a traceback, and leaves nothing in the cache."""
    mkdocs_yml = make_site(tmp_path / "site", f"{config}docs_dir: content/pages\n" if "- a" not in config else config)
    (tmp_path / "site" / "hook.py").write_text("def on_page_markdown(*_, **__):\n    raise ValueError('boom')\n")
    (tmp_path / "site" / "overrides").mkdir()
    (tmp_path / "site" / "overrides" / "main.html").write_text("<html></html>")
    with pytest.raises(ThemeError, match=BAD[config]) as caught:
        load_theme(request_for(mkdocs_yml), tmp_path / "cache")
    assert "Traceback" not in str(caught.value)
    assert not (tmp_path / "cache").exists() or not list((tmp_path / "cache").iterdir())


def test_a_language_that_material_does_not_speak_has_its_pages_too(tmp_path):
    """Marked as what they are; the few words of Material on own pages are English there."""
    theme = load_theme(request_for(make_site(tmp_path / "site"), languages=("ja", "xx")), tmp_path / "cache")
    assert page(theme, "xx", "home").get("lang") == "xx"
    assert own(theme, "xx/about/index.html").get("lang") == "xx"


def test_a_colliding_page_is_named_with_its_folder(tmp_path):
    """The rule of `refuse_collisions` reaches people through a real run."""
    mkdocs_yml = make_site(tmp_path / "site", pages=PAGES | {"index.md": "# x\n", "incidents/a.md": "# y\n"})
    with pytest.raises(ThemeError, match=r"^content/pages/incidents/a\.md: .*\ncontent/pages/index\.md: would be / "):
        load_theme(request_for(mkdocs_yml), tmp_path / "cache")


@pytest.mark.parametrize("by", ["request", "mkdocs.yml"])
def test_strict_makes_mkdocs_warnings_errors_also_from_the_cache(tmp_path, by):
    """The warning comes in MkDocs' words with the page's path, the first time and every time."""
    config = MKDOCS_YML + ("strict: true\n" if by == "mkdocs.yml" else "")
    mkdocs_yml = make_site(tmp_path / "site", config, PAGES | {"a.md": "[x](gone.md)\n"})
    request = request_for(mkdocs_yml, strict=by == "request")
    for _ in range(2):
        with pytest.raises(ThemeError, match=r"Doc file 'a\.md' contains a link 'gone\.md'"):
            load_theme(request, tmp_path / "cache")
    if by == "request":
        assert len(load_theme(request_for(mkdocs_yml), tmp_path / "cache").warnings) == 1


def test_the_example_sites_mkdocs_yml_renders_without_a_warning(tmp_path):
    """The file that ships as the scaffold works."""
    theme = load_theme(request_for(make_site(tmp_path / "s", (ROOT / "mkdocs.yml").read_text())), tmp_path / "c")
    assert theme.warnings == ()
