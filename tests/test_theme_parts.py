"""The theme's parts that need no MkDocs: shells, page languages, collisions, changes to HTML."""

import pickle
import re
from pathlib import Path

import pytest

from noroshi.pipeline.printing.look import theme_request
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.settings import read_settings
from noroshi.shipped import shipped
from noroshi.snapshot.audience import PUBLIC
from noroshi.theme import Shell, ThemeError, markup
from noroshi.theme.page_languages import choose_versions, refuse_collisions
from noroshi.theme.shell import slot_token
from theme_sites import SLOTS, WORDS, request_for

HTML = f"<title>{slot_token('title')} - é</title>{slot_token('body')}<a href='{slot_token('path')}'>"


def test_a_shell_puts_each_value_where_its_token_stood():
    """Slots are filled in place, values that look like tokens or format codes stay as they are."""
    shell = Shell.split(HTML)
    values = SLOTS | {"title": "{x} %s", "body": slot_token("title")}
    page = f"<title>{{x}} %s - é</title>{slot_token('title')}<a href='incidents/x/'>"
    assert shell.fill(**values) == page
    assert shell.fill_bytes(**values) == page.encode()
    assert shell.slots == ("title", "body", "path")


@pytest.mark.parametrize("values", [{}, {"title": "x"}, SLOTS | {"tilte": "x"}])
def test_a_shell_takes_all_slots_and_no_other(values):
    """A missing or misspelt slot is an error, not a hole in the page."""
    with pytest.raises(TypeError, match="takes the slots title, description, head, body, path"):
        Shell.split(HTML).fill(**values)


def test_a_shell_travels_between_processes_and_through_json():
    """A worker process and the store give back an equal shell."""
    shell = Shell.split(HTML)
    shell.fill_bytes(**SLOTS)
    assert pickle.loads(pickle.dumps(shell)).fill(**SLOTS) == shell.fill(**SLOTS)
    assert Shell.from_json(shell.to_json()) == shell
    assert shell.size == len(shell.fill_bytes(**dict.fromkeys(SLOTS, "")))


@pytest.mark.parametrize(
    "data", [{"parts": ["a"], "slots": ["title"]}, {"parts": ["a", "b"], "slots": ["other"]}, {"parts": ["a"]}]
)
def test_what_is_no_stored_shell_is_refused(data):
    """A truncated or foreign record never becomes a page."""
    with pytest.raises((ValueError, KeyError)):
        Shell.from_json(data)


def test_each_language_shows_its_own_version_else_the_first_ones():
    """`about.en.md` is English's `about.md`; a page told in one language is shown in all, marked as such."""
    chosen = choose_versions(["about.md", "about.en.md", "only.en.md", "v1.2.md", "fr.de.md"], ("ja", "en", "de"))
    shown = {
        base: {code: (version.source, version.language) for code, version in versions.items()}
        for base, versions in chosen.items()
    }
    assert shown == {
        "about.md": {
            "ja": ("about.md", "ja"),
            "en": ("about.en.md", "en"),
            "de": ("about.md", "ja"),
        },
        "only.md": dict.fromkeys(("ja", "en", "de"), ("only.en.md", "en")),
        "v1.2.md": dict.fromkeys(("ja", "en", "de"), ("v1.2.md", "ja")),
        "fr.md": dict.fromkeys(("ja", "en", "de"), ("fr.de.md", "de")),
    }


def test_two_files_for_one_version_are_refused_by_name():
    """`about.md` and `about.ja.md` cannot both be the Japanese page."""
    with pytest.raises(ThemeError, match=r"about\.md and about\.ja\.md are both the 'ja' version"):
        choose_versions(["about.md", "about.ja.md"], ("ja", "en"))


@pytest.mark.parametrize(
    ("source", "destination", "advice"),
    [
        ("index.md", "index.html", "welcome.md"),
        ("README.md", "index.html", "welcome.md"),
        ("index.en.md", "index.html", "welcome.en.md"),
        ("history.md", "history/index.html", "history-page.md"),
        ("incidents/old.md", "incidents/old/index.html", "incidents-pages/old.md"),
        ("en/about.md", "en/about/index.html", "about.en.md"),
        ("feeds/x.xml", "feeds/x.xml", "feeds-pages/x.xml"),
        ("404.html", "404.html", "404-page.html"),
        ("assets/noroshi/noroshi.css", "assets/noroshi/noroshi.css", "assets-pages/noroshi/noroshi.css"),
    ],
)
def test_a_page_in_the_place_of_a_generated_one_is_refused_with_a_name_to_take(tmp_path, source, destination, advice):
    """The message names the file, the page it would be, and a free name."""
    with pytest.raises(ThemeError) as caught:
        refuse_collisions({source: destination}, "content/pages", request_for(tmp_path / "mkdocs.yml"))
    message = str(caught.value)
    assert message.startswith(f"content/pages/{source}: would be /{destination.removesuffix('index.html')} ")
    assert message.endswith(f"rename it, for example to {advice}")


def test_all_collisions_come_in_one_message_and_other_pages_pass(tmp_path):
    """Two offenders make two lines in order; pages beside them are nobody's business."""
    destinations = {
        "maintenance.md": "maintenance/index.html",
        "components/a.md": "components/a/index.html",
        "about.md": "about/index.html",
        "guide/history.md": "guide/history/index.html",
        "english.md": "english/index.html",
    }
    with pytest.raises(ThemeError) as caught:
        refuse_collisions(destinations, "docs", request_for(tmp_path / "mkdocs.yml"))
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["docs/components/a.md", "docs/maintenance.md"]


@pytest.mark.parametrize("path", ["assets/noroshi.css", "feeds/x.rss", "history.atom", "404.html", ".noroshi"])
def test_a_site_keeps_its_own_files_from_the_operators_pages(path):
    """What the build itself writes is taken; a picture beside the style sheet is not."""
    folder = open_site(Path(__file__).parent.parent)
    request = theme_request(folder, read_settings(folder).settings, PUBLIC, strict=False)
    refuse_collisions({"assets/logo.png": "assets/logo.png"}, "pages", request)
    with pytest.raises(ThemeError, match="which Noroshi writes itself"):
        refuse_collisions({path: path}, "pages", request)


def test_the_frame_has_every_word_that_its_templates_ask_for():
    """A template's slip would print nothing: MkDocs' Jinja passes over what is not there."""
    folder = open_site(Path(__file__).parent.parent)
    words = theme_request(folder, read_settings(folder).settings, PUBLIC, strict=False).frame.words
    asked: set[str] = set()
    for place in shipped("site_templates", "theme").rglob("*.html"):
        asked |= set(re.findall(r"noroshi\.words\.(\w+)", place.read_text("utf-8")))
    assert words.keys() == {"ja", "en"}
    for language, given in words.items():
        assert given.keys() == asked == WORDS.keys(), language
        assert all(given.values())


@pytest.mark.parametrize(
    ("target", "page_url", "link"),
    [
        ("en/", "", "./en/"),
        ("", "", "./"),
        ("", "en/about/", "../../"),
        ("en/about/", "about/", "../en/about/"),
        ("en/404.html", "404.html", "./en/404.html"),
    ],
)
def test_relative_links_go_from_page_to_page(target, page_url, link):
    """A link is relative to the folder the page is served from and never empty."""
    assert markup.relative_link(target, page_url) == link


def test_links_of_an_error_page_become_absolute_within_the_host():
    """Relative addresses are anchored; others stay."""
    html = (
        '<a href="history/"></a><a href="."></a><img src="../a.png"><a href="#content"></a>'
        '<a href="https://example.com/x"></a>'
    )
    assert markup.absolute_links(html, "/sub/", "en/404.html") == (
        '<a href="/sub/en/history/"></a><a href="/sub/en/"></a><img src="/sub/a.png"><a href="#content"></a>'
        '<a href="https://example.com/x"></a>'
    )


def test_preformatted_text_keeps_its_lines():
    """Blank lines go, except where a template prints text whose spaces count."""
    assert markup.tighten("<p>\n\n  a\n</p>\n") == "<p>\na\n</p>\n"
    assert markup.tighten("<pre>a\n\n  b</pre>") == "<pre>a\n\n  b</pre>"
