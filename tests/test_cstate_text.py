"""Hugo's Markdown becomes report Markdown with the same visible text, whatever HTML and shortcodes stand in it."""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from noroshi.importers.hugo_text import references, report_text, without_comments, without_shortcodes
from noroshi.text.markdown import markdown_to_html

_SOURCE = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
_SOURCE.validateLink = lambda url: True  # type: ignore[method-assign]


def shown(html: str) -> list[str]:
    """What a reader of an HTML fragment sees, word by word; a picture as its description or address."""
    html = re.sub(r"(?i)</?(?:html|body|head)\b[^<>]*>", "", html)  # libxml2 would stop there, browsers go on
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = lxml.html.document_fromstring(f"<div>{html}</div>".encode(), parser=parser)
    for element in list(root.iter("img", "br", "script", "style", "p", "li", "td", "th", "h1", "h2", "pre", "div")):
        if element.tag in ("script", "style"):
            element.drop_tree()
            continue
        words = (element.get("alt") or element.get("src") or "") if element.tag == "img" else ""
        element.tail = f"{words} {element.tail or ''}"
        element.text = f" {element.text or ''}"
    return str(root.text_content()).split()


def imported(text: str, base_url: str = "https://status.example.com/") -> tuple[str, list[str]]:
    """A text's report Markdown and the rules of what was left out."""
    visible, hidden = without_comments(text)
    resolved, codes = without_shortcodes(visible)
    written, left_out = report_text(resolved, 1, references(visible), base_url)
    return written, [finding.rule for finding in (*hidden, *codes, *left_out)]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("a <b>bold</b> and <strong>strong</strong>", "a **bold** and **strong**"),
        ("<i>a</i> <em>b</em> <u>c</u> <mark>d</mark>", "*a* *b* c d"),
        ("<strike>17:00</strike> <del>x</del> ~~y~~", "~~17:00~~ ~~x~~ ~~y~~"),
        ("<code>a  *b*</code> and `c`", "`a  b` and `c`"),
        ("<kbd>`</kbd>", "`` ` ``"),
        ('<a href="https://example.com/x">x</a>', "[x](https://example.com/x)"),
        ('<a href="/issues/x/">x</a>', "[x](https://status.example.com/issues/x/)"),
        ('<a href="https://example.com/">https://example.com/</a>', "https://example.com/"),
        ("<https://example.com/a_b_c>.", "https://example.com/a_b_c."),
        ("[x][1]\n\n[1]: https://example.com/", "[x](https://example.com/)"),
        ("[a](https://e.com/B_(x))", "[a](https://e.com/B_(x))"),
        ("![alt](https://e.com/a.png)", "[alt](https://e.com/a.png)"),
        ("![](https://e.com/a.png)", "https://e.com/a.png"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("- a\n  b\n\n- c", "- a b\n\n- c"),
        ("- a\n- b\n\n* c", "- a\n- b\n\n* c"),
        ("<h2>Head</h2>", "## Head"),
        ("Head\n====\n\ntext", "# Head\n\ntext"),
        ("<pre>a\n  b\n</pre>", "```\na\n  b\n```"),
        ("```console\n# x <b>\n```", "```console\n# x <b>\n```"),
        ("````\n```\n````", "````\n```\n````"),
        ("    code", "```\ncode\n```"),
        ("<blockquote>a<br>b</blockquote>", "> a\n> b"),
        ("> a\n\n> b", "> a\n\n> b"),
        ("a\n\n---\n\nb", "a\n\n___\n\nb"),
        ("|a|b|\n|-|-|\n|1|`x`|", "| a | b |\n| --- | --- |\n| 1 | `x` |"),
        ("<table><tr><td>1|2</td><td>3</td></tr></table>", "| 1\\|2 | 3 |\n| --- | --- |"),
        ("<details><summary>More</summary>\n\nin *it*\n\n</details>", "**More**\n\nin *it*"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("1 < 2 & 3 &amp; &lt;b&gt; &copy;", "1 < 2 & 3 & <b> ©"),
        ("<repo.jenkins-ci.org> is down", "<repo.jenkins-ci.org> is down"),
        (r"\*not\* \_this\_", r"\*not\* \_this\_"),
        (r"\*a\* [x](https://e.com/)", r"\*a\* [x](https://e.com/)"),
        ("<table>a<tr><td>b</td></tr></table>", "a b"),
        ("<p>- not a list</p>", r"\- not a list"),
        ("<p>1. not a list</p>", r"1\. not a list"),
        ("<p># none</p>", r"\# none"),
        ("**「重要」**です", r"\*\*「重要」\*\*です"),
        ("障害が発生しました。\n\n復旧しました。", "障害が発生しました。\n\n復旧しました。"),
        ("a </body></html> b\n\n</html>\n\nc", "a b\n\nc"),
        ("<div>" * 100 + "deep", "deep"),
        ("<ul><li>" * 30 + "deep", "deep"),
        ("a <!-- b --> c", "a c"),
        ("<!-- b\nc -->\nd", "d"),
        ("`<!-- kept -->`", "`<!-- kept -->`"),
        ("```\n<!-- kept -->\n```", "```\n<!-- kept -->\n```"),
        ("a\n\n<!-- never closed\n\nb", "a"),
        ("{{< figure src=\"https://e.com/a.png\" caption=\"The graph\" >}}", "[The graph](https://e.com/a.png)"),
        ("[x]({{< ref \"/about\" >}})", "[x](https://status.example.com/about)"),
        ("{{< note >}}in it{{< /note >}} and {{% x %}}", "in it and"),
        ("`{{< kept >}}` {{</* shown */>}}", r"`{{< kept >}}` {{< shown >}}"),
    ],
)  # fmt: skip
def test_source_text_becomes_report_markdown(source: str, written: str) -> None:
    """Each notation of the mapping table comes out as the manual says, and as plain as it can be written."""
    assert imported(source)[0] == written


@pytest.mark.parametrize(
    ("source", "rule", "written"),
    [
        ("<blink>x</blink>", "unknown-tag", "x"),
        ("<my-tag>x</my-tag> y", "unknown-tag", "x y"),
        ("a<script>b()</script>", "dropped-tag", "a"),
        ('<iframe src="https://e.com/"></iframe>a', "dropped-tag", "a"),
        ("[x](javascript:alert)", "dropped-link", "x"),
        ("[x](mailto:a@e.com)", None, "[x](mailto:a@e.com)"),
        ("a <!-- b -->", "hidden-comment", "a"),
        ("{{< youtube abc >}}", "shortcode", ""),
        ("<b>x</b>", None, "**x**"),
    ],
)
def test_what_is_left_out_is_said(source: str, rule: str | None, written: str) -> None:
    """Tags, links, comments and shortcodes without a place are named by their rule; what has a place is not."""
    assert imported(source) == (written, [rule] if rule else [])


def test_a_relative_link_without_a_base_stays_as_text() -> None:
    """Without an address to resolve it against, a relative link is text, and said so."""
    assert imported("[x](/y)", base_url="") == ("x", ["dropped-link"])


@pytest.mark.parametrize("opening", ["> ", "- ", "<div>", "<b>", "<ul><li>"])
def test_nesting_beyond_what_can_be_shown_loses_nothing(opening: str) -> None:
    """Hundreds of quotes, lists or tags within each other come out as they were typed, and said so."""
    source = opening * 500 + "deep"
    written, rules = imported(source)
    assert rules == ["too-deep"]
    assert source in written


_TAGS = """
<b> </b> <i> </i> <p> </p> <ul> <li> </li> </ul> <br> <code> </code> <pre> </pre> <blockquote> </blockquote>
<table><tr><td> </td> </tr></table> <h2> </h2> <div> </div> <x-y> <hr> <img> &amp; &lt; &nbsp; <![CDATA[ <!doctype
<? <span <ol> </ol> <s> <em> <strong> </body> </html> <body> <a\u00a0href='https://e.com'> </a> <summary> <details>
"""
_NOTATION = """
* ** _ ` `` ``` ~~ # > - + 1. 1) | [ ] ( ) ! \\ : === --- *** [x](y) <https://e.com/a> https://e.com/_a_
"""


def _words(text: str) -> list[str]:
    return [word.replace("\u00a0", " ") for word in text.split(" ") for word in word.split("\n") if word]


@given(
    text=st.lists(
        st.one_of(
            st.sampled_from(_words(_TAGS)),
            st.sampled_from([*_words(_NOTATION), "\t"]),
            st.sampled_from(["\n", "\n\n", "  \n", "    ", " ", "\n- ", "\n> ", "\n1. ", "|a|b|\n|-|-|\n"]),
            st.text(alphabet="abc 障「」。é🔥", min_size=1, max_size=6),
        ),
        max_size=18,
    ).map("".join)
)
@example(text="<b>a</b><b>b</b> <b>「x」</b>です *a*<i>b</i>")
@example(text="- - -\n- > 1. ```\n")
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_keeps_what_readers_see(text: str) -> None:
    """Whatever Markdown and HTML stands in a text, the imported one shows the same words in the same order."""
    visible, _ = without_comments(text)
    written, _ = report_text(visible, 1, references(visible), "")
    assert "".join(shown(markdown_to_html(written))) == "".join(shown(_SOURCE.render(visible)))


@given(text=st.text(alphabet="<>!-/&;{}%`[]() \n=\"'abx*", max_size=60))
@settings(max_examples=300, deadline=None)
def test_reading_a_text_never_raises(text: str) -> None:
    """Broken tags, comments and shortcodes end in some text, never in an exception."""
    imported(text)
