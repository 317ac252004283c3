"""Pasted text as others read it: Textile and Markdown renderers show what the page shows, and no field is markup."""

import random
import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
import textile
from lxml import html
from markdown_it import MarkdownIt

from noroshi.pipeline.reading.content import find_records, open_site
from noroshi.pipeline.reading.record import Moments, read_record
from noroshi.pipeline.reading.settings import read_settings
from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.snapshot.near import Near
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.text.dialect import report_markdown
from noroshi.text.wording import wording
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.record import record_view
from noroshi.writers.pasted.formats import write_pasted
from noroshi.writers.pasted.markdown_prose import markdown_prose
from noroshi.writers.pasted.pieces import Fact, Speaker
from noroshi.writers.pasted.record import PastedRecord, pasted_record
from noroshi.writers.pasted.textile_escapes import escape_textile
from noroshi.writers.pasted.textile_prose import textile_prose

SITE = Path(__file__).parent / "show" / "site"
NOW = datetime.fromisoformat("2026-11-22T12:00+09:00")
FOLDER = open_site(SITE)
FOUND = {source.id: source for source in find_records(FOLDER)[0]}
IDS = sorted(set(FOUND) - {"2026-11-19-faulty"})
# Somebody else's reader: CommonMark as it is, raw HTML taken for HTML, as the worst of ticket systems does.
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = "2026-11-21-injection"


def settings() -> Settings:
    """The tests' site."""
    found = read_settings(FOLDER).settings
    assert found is not None
    return found


def read(name: str) -> tuple[Entry, State]:
    """A record of the tests' site and its state."""
    reading, entry = read_record(FOUND[name], settings(), Terms(settings()), Moments(now=NOW))
    assert entry is not None
    assert reading.state is not None
    return entry, reading.state


def pasted(name: str, language: str) -> PastedRecord:
    """A record's finished view, its cause included."""
    entry, state = read(name)
    cause = read(state.caused_by)[1] if state.caused_by else None
    site = settings()
    speaker = Speaker(settings=site, wording=wording(language, site.site.zone))
    return pasted_record(entry, state, speaker, now=NOW, cause=cause)


def squeezed(text: str) -> str:
    """The text without spaces and without the brackets and marks that formats set differently."""
    return re.sub(r"[\s\u200b()（）~]", "", text).replace("：", ":").replace("%2A", "*")


def visible(markup: str) -> str:
    """What a reader of the HTML sees."""
    return squeezed(html.fromstring(f"<div>{markup}</div>").text_content())


def words(facts: tuple[Fact, ...]) -> list[tuple[str, str]]:
    """Labels and values as plain words."""
    return [(f.label, squeezed("".join(span.words for line in f.lines for span in line))) for f in facts]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", [name for name in IDS if FOUND[name].kind is not MatterKind.COMMITMENT])
def test_facts_are_those_of_the_page(name: str, language: str) -> None:
    """Facts, reports, actions and their order are those of the record's page, word for word."""
    entry, state = read(name)
    site = settings()
    reader = Reader(settings=site, wording=wording(language, site.site.zone), path="")
    cause = read(state.caused_by)[1] if state.caused_by else None
    page = record_view(entry, state, reader, beside=None, near=Near(cause=cause), now=NOW)
    view = pasted(name, language)
    # What the page answers at a glance is among the facts here; an estimate that holds is called by what it is of.
    told = dict(words(view.facts))
    for fact in (*page.concerned, *page.facts):
        renamed = {*told} & {reader.wording.gettext(each) for each in ("Recovery expected", "Expected end")}
        label = fact.label if fact.label in told else next(iter(renamed))
        assert told[label] == visible(str(fact.value))
    for answer in page.glance.answers:
        if answer.asked in told and not answer.beside:
            assert visible(str(answer.said)) in told[answer.asked]
    assert len(view.reports) == len(page.reports)
    standing = {each.what: each.facts for each in view.actions}
    for report, shown in zip(view.reports, reversed(page.reports), strict=True):
        assert report.heading.startswith(shown.name)
        assert visible(shown.at) in squeezed(report.heading)
        assert (shown.by or "") in report.heading
        assert words(report.facts) == [(fact.label, visible(str(fact.value))) for fact in shown.facts]
        told_of = [*shown.actions, *shown.progress]
        if told_of and not report.actions:  # the list right below says the same
            assert report is view.reports[-1]
            told = [
                squeezed(fact.label + value)
                for facts in standing.values()
                for fact, (_, value) in zip(facts, words(facts), strict=True)
            ]
            assert {visible(each) for step in shown.progress for each in step.told} <= set(told)
            continue
        assert [squeezed(each.what) for each in report.actions] == [visible(each.what) for each in told_of]
        for action, step in zip(report.actions, shown.progress, strict=False):
            assert [
                squeezed(f.label + value) for f, (_, value) in zip(action.facts, words(action.facts), strict=True)
            ] == [visible(each) for each in step.told]
        assert (report.body is None) == (shown.body is None)
        assert (report.edited is None) == (shown.edited is None)
        assert len(report.notes) == bool(shown.corrected_by) + bool(shown.withdrawn) + bool(shown.corrects)
    assert [squeezed(each.what) for each in view.actions] == [visible(each.what) for each in page.actions]
    for action, told in zip(view.actions, page.actions, strict=True):
        progress = [
            told.type_name,
            told.owner,
            visible("".join([*told.moved, told.due])),
            visible((told.done or "") + (told.evidence or "")),
        ]
        progress += [visible(told.effect_checked or told.check_effect_by or ""), told.dropped or ""]
        assert [value for _, value in words(action.facts)] == [squeezed(each) for each in progress if each]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("form", ["markdown", "redmine"])
@pytest.mark.parametrize("name", IDS)
def test_renderers_show_the_same_words(name: str, form: str, language: str) -> None:
    """What a Markdown or Textile renderer shows holds every fact of the view, in order, as literal text."""
    view = pasted(name, language)
    source = write_pasted(view, form)
    rendered = MARKDOWN.render(source) if form == "markdown" else textile.textile(source, html_type="html5")
    shown = visible(rendered).translate(_PLAIN_QUOTES)
    wanted = [view.title, *view.status]
    wanted += [f"{label}:{value}" for label, value in words(view.facts)]
    for report in view.reports:
        wanted += [report.heading, *report.notes, *(f"{label}:{value}" for label, value in words(report.facts))]
        wanted += [each.what for each in report.actions]
    for action in view.actions:
        wanted += [action.what, "/".join(f"{label}:{value}" for label, value in words(action.facts))]
    wanted += [view.zone, view.address or ""]
    at = 0
    for piece in map(squeezed, wanted):
        found = shown.find(piece.translate(_PLAIN_QUOTES), at)
        assert found >= 0, (piece, shown[at : at + 200])
        at = found + len(piece)


# Classic Textile sets quotes and dashes as printers do; Redmine does not.
_PLAIN_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "×": "x"})


def test_textile_is_not_compared_with_nothing() -> None:
    """The comparison above sees what a missing escape does: unescaped, the same title loses words."""
    raw = pasted(NASTY, "ja").title
    assert squeezed(raw) not in visible(textile.textile(raw))
    assert squeezed(raw) in visible(textile.textile(escape_textile(raw)))


@pytest.mark.parametrize("form", ["markdown", "redmine"])
def test_no_field_becomes_markup(form: str) -> None:
    """Fields full of markup give no element, link or image beyond those that the format itself sets."""
    source = write_pasted(pasted(NASTY, "ja"), form)
    rendered = MARKDOWN.render(source) if form == "markdown" else textile.textile(source, html_type="html5")
    tree = html.fromstring(f"<div>{rendered}</div>")
    ours = {"div", "p", "br", "ul", "li", "strong", "a", "code", "h2", "h3", "h4", "s", "del", "span"}
    assert {element.tag for element in tree.iter()} <= ours
    assert {element.get("class") for element in tree.iter("span")} <= {"caps"}  # classic Textile's acronyms
    assert {link.get("href") for link in tree.iter("a")} <= {
        "https://status.example.com/incidents/2026-11-21-injection/",
        "https://example.com/a_b?c=*d*",
        "https://example.com/a_b?c=%2Ad%2A",
        "http://e.example",  # a bare address in report text is one on the page too
    }
    assert [element.text for element in tree.iter("strong") if "bold" in (element.text or "")] == ["bold"]
    headings = [element for element in tree.iter() if element.tag in ("h2", "h3", "h4")]
    assert len(headings) == 1 + 4 + 1  # the title, four reports, the actions


def test_redmine_finds_nothing_of_its_own() -> None:
    """What Redmine looks for after Textile (links by number or name, pages, macros, mentions) is in no field."""
    source = write_pasted(pasted(NASTY, "ja"), "redmine")
    fields = re.sub(r"<code>.*?</code>", "", source)
    for sign in (
        r"#\d",
        r"\[\[",
        r"\{\{",
        r"(?<!\w)@\w",
        r"\br\d",
        r"commit:",
        r"(?<!\S)!\S",
        r'":http',
        r"</?(b|pre)>",
    ):
        found = re.search(sign, re.sub(r"&#?\w+;", "□", fields))
        assert found is None, (sign, found)


@pytest.mark.parametrize("name", [NASTY, "2026-11-20-open"])
def test_chatwork_sees_only_our_tags(name: str) -> None:
    """Outside code, the only tags are the frame, its title and the rules between the reports."""
    said = write_pasted(pasted(name, "ja"), "chatwork")
    outside = re.sub(r"\[code\].*?\[/code\]", "", said, flags=re.DOTALL)
    tags = re.findall(r"\[\s*/?\s*[A-Za-z][^\]]*\]?", outside)
    reports = len(pasted(name, "ja").reports)
    rules = ["[hr]"] * (reports + 1 + bool(pasted(name, "ja").actions))
    assert tags == ["[info]", "[title]", "[/title]", *rules, "[/info]"]


def test_chatwork_keeps_code_and_its_end() -> None:
    """Code stays as it is, for people copy it, but cannot end its own frame."""
    said = write_pasted(pasted("2026-11-20-open", "ja"), "chatwork")
    assert '[code][ -f x ] && echo "[info]" </code>[/code]' in said
    assert "[\u200bTo:1]" in write_pasted(pasted(NASTY, "ja"), "chatwork")


PROSE = {
    "**「重要」**です": "<p><strong>「重要」</strong>です</p>",
    "です**「重要」**": "<p>です<strong>「重要」</strong></p>",
    "https://example.com/をご覧": '<p><a href="https://example.com/">https://example.com/</a>をご覧</p>',
    "一行\n二行": "<p>一行<br />\n二行</p>",
    "<b>太字</b>": "<p>&lt;b&gt;太字&lt;/b&gt;</p>",
    "## 見出し": "<h4>見出し</h4>",
    "見出し\n===": "<h4>見出し</h4>",
    "驚き\\![x](https://example.com/)": '<p>驚き!<a href="https://example.com/">x</a></p>',
}


@pytest.mark.parametrize("source", PROSE)
def test_markdown_prose(source: str) -> None:
    """What only our kinder Markdown reads so is written in what plain CommonMark reads the same."""
    assert MARKDOWN.render(markdown_prose(source)).strip() == PROSE[source]


_PIECES = [
    *(
        "**",
        "*",
        "~~",
        "`",
        "``",
        "です",
        "「重要」",
        "a",
        "b_c",
        "_",
        " ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "3) ",
        "> ",
        "# ",
    ),
    *("## ", "[x](https://e.example/)", "https://e.example/a", "<b>", "&amp;", "&", "<", "|", "\\", "    ", "```\n"),
    *(
        "---",
        "===",
        "+ ",
        "!",
        "[",
        "]",
        "(",
        ")",
        "。",
        "x@y.example",
        "<https://e.example/q>",
        "\n|a|b|\n|-|-|\n|1|2|\n",
    ),
]


def bare(rendered: str) -> str:
    """HTML without what may differ: spaces, paragraphs of loose lists, classes, empty line breaks and typed numbers."""
    rendered = re.sub(r' (class|value)="[^"]*"|</?p>', "", rendered).replace("<br />", " ")
    return re.sub(r"\s+", " ", rendered).replace("> ", ">").replace(" <", "<").strip()


def test_markdown_prose_reads_the_same_everywhere() -> None:
    """Whatever is written, plain CommonMark shows of the pasted text what our page shows of the source."""
    choice = random.Random(20261122)
    for _ in range(1500):
        source = "".join(choice.choice(_PIECES) for _ in range(choice.randint(1, 12)))
        assert bare(MARKDOWN.render(markdown_prose(source))) == bare(report_markdown().render(source)), source


TEXTILE = {
    "これは**重要**です": "これは *重要* です",
    "~~12 件~~は誤り": "-12 件- は誤り",
    "[手順](https://example.com/a)と": '"手順":https://example.com/a と',
    "**[手順](https://example.com/a)**": '"*手順*":https://example.com/a',
    "## 経過": "h5. 経過",
    "- 一\n  - 二\n\n1. 三": "* 一\n** 二\n\n# 三",
    "3. 三\n4. 四": "* 3. 三\n* 4. 四",
    "> 引用\n>\n> 続き": "bq. 引用\n\nbq. 続き",
    "```\n<b> *a*\n</pre>\n```": "<pre>\n<b> *a*\n<\u200b/pre>\n</pre>",
    "`<b>`": "<code><b></code>",
    "|a|b|\n|-|-|\n|1||": "|_. a|_. b|\n|1| |",
    "**一\n二**": "*一*\n*二*",
    "h1. 見出し": "&#104;1. 見出し",
    "p(a b). x": "&#112;(a b). x",
    "production is down.": "production is down.",
    "DB2(x)": "DB2&#40;x)",
    "[手順](https://example.com/a)). 次": '"手順":https://example.com/a). 次',
    "[手順](https://example.com/a)).次": '"手順":https://example.com/a ).次',
    "2026-06-18 staging_web 50% a@b.example": "2026-06-18 staging_web 50% a@b.example",
}


@pytest.mark.parametrize("source", TEXTILE)
def test_textile_prose(source: str) -> None:
    """Each construct of report text has its Textile, and what only looks like Textile stays text."""
    assert textile_prose(source) == TEXTILE[source]


def test_textile_prose_loses_no_word() -> None:
    """Whatever is written, no letter that the page shows is missing from the Textile, or stands twice."""
    choice = random.Random(20261122)
    for _ in range(1500):
        source = "".join(choice.choice(_PIECES) for _ in range(choice.randint(1, 12)))
        ours = re.sub(r"https?://[!-~]*", "", unescape(textile_prose(source)))
        page = re.sub(
            r"https?://[!-~]*",
            "",
            html.fromstring(f"<div>{report_markdown().render(source)}</div>").text_content(),
        )
        for word in ("です", "重要"):
            assert ours.count(word) == page.count(word), source
