"""Report text: Markdown to safe HTML, to plain text and to an excerpt."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from noroshi.text.dialect import report_markdown
from noroshi.text.emphasis import EastAsianInlineParser
from noroshi.text.markdown import excerpt, markdown_to_html, markdown_to_text
from noroshi.text.sanitise import is_allowed_address, replace_forbidden, sanitise

ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}
PHRASES = {"em", "strong", "s", "code", "br"}
BLOCKS = {"p", "pre", "blockquote", "ul", "li", "hr", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ALLOWED = {tag: set[str]() for tag in PHRASES | BLOCKS} | ATTRIBUTES
FORBIDDEN_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Any text, and text dense in what Markdown, HTML and URLs mean something by.
PIECES = st.sampled_from(
    [
        *"*_~`<>[]()!&#|\\:-+=\"'/;.0 1\n\t{}%「」。、です　ｱ👍“”",
        *"\u00a0\u200d\ufe0f\r\x00\x0b\x0c\x1f\x85\u2028\ufeff\uffff",
        *["**", "~~", "```", "](", "![", "://", "https://a.example/", "javascript:", "data:text/html,", "\n\n"],
        *["&#1;", "&#x6A;", "&Tab;", "&colon;", "&nbsp;", "&lt;", "<script>", "<!--", "]]>", "- ", "> ", "1. "],
        *["onclick=", "{: onclick=x }", "[a]: ", "|-|", "\n---\n", "    ", "x", "mailto:a@b.example", "<a@b.example>"],
    ]
)
ANY_TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))
ASCII_MARKUP = st.lists(
    st.sampled_from([*"*_~`<>[]()!&#|\\:-+=\"'.,a b\n", "**", "~~", "***", "word", "__"]), max_size=40
).map("".join)


def elements(fragment: str) -> etree._Element:
    """The fragment as an XML tree: nothing but the two void tags separates our HTML from XML."""
    return etree.fromstring("<div>" + re.sub(r"<(br|hr)>", r"<\1/>", fragment) + "</div>")


def assert_safe(fragment: str) -> None:
    assert not FORBIDDEN_IN_XML.search(fragment)
    for element in elements(fragment).iterdescendants():
        assert element.tag in ALLOWED, f"{element.tag!r} in {fragment!r}"
        assert set(element.attrib) <= ALLOWED[element.tag], fragment
        if element.tag == "a" and "href" in element.attrib:
            assert re.match(r"(https?://|mailto:)", element.attrib["href"], re.IGNORECASE), fragment
            assert element.attrib["rel"] == "noopener"


def visible(fragment: str) -> str:
    return "".join(elements(fragment).itertext())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("復旧しました。", "<p>復旧しました。</p>\n"),
        ("一行目\n二行目\r\n三行目", "<p>一行目<br>\n二行目<br>\n三行目</p>\n"),
        ("一段目\n\n\n二段目\n", "<p>一段目</p>\n<p>二段目</p>\n"),
        ("a -> b & c \"d\" 'e'", "<p>a -&gt; b &amp; c \"d\" 'e'</p>\n"),
        ("", ""),
        ("\n\n", ""),
        ("# 大\n## 中\n### 小\n#### 細", "<h4>大</h4>\n<h4>中</h4>\n<h5>小</h5>\n<h6>細</h6>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> 引用", "<blockquote>\n<p>引用</p>\n</blockquote>\n"),
        ("~~8 件~~12 件", "<p><s>8 件</s>12 件</p>\n"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>\n"),
        ("```python\nx = 1 < 2\n```", "<pre><code>x = 1 &lt; 2\n</code></pre>\n"),
        (
            "|a|b|\n|:-|-:|\n|1|2|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n",
        ),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    """Common constructs come out as exactly this HTML, without classes, styles or ids, headings from h4 down."""
    assert markdown_to_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**「重要」**です", "<strong>「重要」</strong>です"),
        ("これは**「重要」**です。", "これは<strong>「重要」</strong>です。"),
        ("復旧は**22:30（予定）**です", "復旧は<strong>22:30（予定）</strong>です"),
        ("**止まりました。**原因は", "<strong>止まりました。</strong>原因は"),
        ("**重要:**サーバー", "<strong>重要:</strong>サーバー"),
        ('です**"重要"**です', 'です<strong>"重要"</strong>です'),
        ("です**“重要”**です", "です<strong>“重要”</strong>です"),
        ("です**(注)**です", "です<strong>(注)</strong>です"),
        ("葛\U000e0100**(注)**です", "葛\U000e0100<strong>(注)</strong>です"),
        ("です**👍**です", "です<strong>👍</strong>です"),
        ("~~「旧」~~新", "<s>「旧」</s>新"),
        ("**「A」**と**「B」**", "<strong>「A」</strong>と<strong>「B」</strong>"),
        ("*A「*B*」C*", "<em>A「<em>B</em>」C</em>"),
        ("**A「*B*」C**です", "<strong>A「<em>B</em>」C</strong>です"),
        ("項目A*、項目B*は", "項目A*、項目B*は"),
        ("「項目A*」と「項目B*」", "「項目A*」と「項目B*」"),
        ("障害*, 復旧*。", "障害*, 復旧*。"),
        ("設定_「本番」_と foo_bar_baz", "設定_「本番」_と foo_bar_baz"),
        ("a　** b **　c", "a　** b **　c"),
    ],
)
def test_emphasis_next_to_wide_characters(text: str, html: str) -> None:
    """Marks work next to brackets and full stops without spaces; footnote marks and underscores stay text."""
    assert markdown_to_html(text) == f"<p>{html}</p>\n"


def markdown_it(*, relaxed: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    if relaxed:
        parser.inline = EastAsianInlineParser()
        parser.configure("commonmark")
    return parser.enable(["table", "strikethrough"])


@given(ASCII_MARKUP)
@example("a**(b)**c *d _e_ f* g~~h~~")
@settings(max_examples=400, derandomize=True)
def test_ascii_text_follows_commonmark(text: str) -> None:
    """Text of ASCII alone is read exactly as markdown-it reads it by the standard."""
    assert markdown_it(relaxed=True).render(text) == markdown_it(relaxed=False).render(text)


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("https://example.com/をご覧ください", "https://example.com/", "をご覧ください"),
        ("https://example.com/a。次", "https://example.com/a", "。次"),
        ("https://example.com/a、次", "https://example.com/a", "、次"),
        ("https://example.com/a」", "https://example.com/a", "」"),
        ("https://example.com/a）", "https://example.com/a", "）"),
        ("https://example.com/a　b", "https://example.com/a", "　b"),
        ("https://example.com/a.", "https://example.com/a", "."),
        ("https://example.com/a), b", "https://example.com/a", "), b"),
        ("https://example.com/a_(b)", "https://example.com/a_(b)", ""),
        ("HTTPS://example.com/?q=1#f", "HTTPS://example.com/?q=1#f", ""),
        ("http://localhost:8000/x_y_z", "http://localhost:8000/x_y_z", ""),
        ("https://example.com/%E6%97%A5", "https://example.com/%E6%97%A5", ""),
    ],
)
def test_bare_addresses_are_links(text: str, address: str, rest: str) -> None:
    """A bare http or https address is a link that ends where the sentence around it goes on."""
    link = elements(markdown_to_html("詳細は" + text)).find("p/a")
    assert link is not None
    assert (link.get("href", "").lower(), link.text, link.tail or "") == (address.lower(), address, rest)


@pytest.mark.parametrize(
    "text", ["xhttps://a.example/", "https://", "https://。", "ftp://a.example", "a://b", "`https://a.example`"]
)
def test_other_text_with_colons_is_no_link(text: str) -> None:
    """Neither another scheme, nor a scheme without host, nor an address in code becomes a link."""
    assert "<a" not in markdown_to_html(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**https://a.example/**です", '<strong><a href="https://a.example/"#>https://a.example/</a></strong>です'),
        ("[https://a.example](https://b.example)", '<a href="https://b.example"#>https://a.example</a>'),
        ("<https://日本.jp/>", '<a href="https://xn--wgv71a.jp/"#>https://日本.jp/</a>'),
        ("<https://xn--wgv71a.jp/>", '<a href="https://xn--wgv71a.jp/"#>https://xn--wgv71a.jp/</a>'),
        ("<a@b.example>", '<a href="mailto:a@b.example"#>a@b.example</a>'),
        ('[手順](https://a.example "題")', '<a href="https://a.example" title="題"#>手順</a>'),
        # A definition elsewhere would show nothing itself: it stays the text that was typed.
        ("[手順][r]", "[手順][r]"),
        ("[](https://a.example)", '<a href="https://a.example"#>https://a.example</a>'),
        ("![図](https://a.example/i.png)", '<a href="https://a.example/i.png"#>図</a>'),
        ("![](https://a.example/i.png)", '<a href="https://a.example/i.png"#>https://a.example/i.png</a>'),
        ("[![図](https://i.example)](https://l.example)", '<a href="https://l.example"#>図</a>'),
        (
            "![**図** https://b.example](https://i.example)",
            '<a href="https://i.example"#><strong>図</strong> https://b.example</a>',
        ),
    ],
)
def test_links_and_images(text: str, html: str) -> None:
    """Links carry rel and show what was typed; an image is a link, so that no page calls a third party."""
    assert markdown_to_html(text) == "<p>" + html.replace("#>", ' rel="noopener">') + "</p>\n"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "\x01javascript:alert(1)",
        "&#1;javascript:alert(1)",
        "%6Aavascript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript\\:alert(1)",
        "ｊavascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "ftp://a.example/",
        "blob:a.example/x",
        "view-source:a.example/",
        "//a.example/",
        "/relative",
        "relative.md",
        "?q",
        "#fragment",
        "https:",
        "https://",
        "https:///",
        "https://host:999999999/",
        "https://[::1/",
        "",
    ],
)
def test_no_link_to_other_schemes(address: str) -> None:
    """Whatever way it is written, an address that is not absolute http, https or mailto makes no link."""
    for text in (f"[x]({address})", f"[x](<{address}>)", f"<{address}>", f"![x]({address})", f"[x]\n\n[x]: {address}"):
        fragment = markdown_to_html(text)
        assert_safe(fragment)
        assert "href" not in fragment, text
        assert "src" not in fragment


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<!-- comment -->",
        "<!DOCTYPE html>",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "<div style='position:fixed' id=a class=b>",
        "<iframe srcdoc=x src=//a.example>",
        "<style>*{display:none}</style>",
        "x {: onclick=alert(1) .c #i }",
        "{{ config }} {% include 'x' %} {# y #}",
        "]]>",
        "</p></div></article>",
        "<<script>script>",
        "[x](javascript:alert(1))",
        "![x](data:image/png;base64,AA)",
        "<javascript:alert(1)>",
        "[x](relative.md)",
    ],
)
def test_markup_stays_text(text: str) -> None:
    """HTML, templates and attribute lists are shown as they were typed, letter for letter."""
    fragment = markdown_to_html(text)
    assert_safe(fragment)
    assert visible(fragment).strip() == text
    assert "]]>" not in fragment


@pytest.mark.parametrize(
    "text",
    [
        '# x {: id="a" onclick="b"}',
        '```js" onclick="alert(1)\nx\n```',
        "``` <script>\nx\n```",
        '[x](https://a.example "t\\" onclick=\\"alert(1)")',
        '[x](https://a.example/"onclick="alert(1))',
        "[x](<https://a.example/'onclick='>)",
        '<https://a.example/"onclick="x>',
        'https://a.example/"onclick="x',
        '[a"onclick=x]: https://a.example\n\n[a"onclick=x]',
        "|<script>|\n|-|\n|</table><script>|",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;",
    ],
)
def test_nothing_breaks_out(text: str) -> None:
    """Quotes and entities in titles, addresses, fences and cells add neither tag nor attribute."""
    fragment = markdown_to_html(text)
    assert_safe(fragment)
    assert "<script" not in fragment


def test_sanitiser_stands_alone() -> None:
    """Even HTML the parser should never have made passes the gate only as the allow-list has it."""
    fragment = sanitise(
        '<p class="a" style="b" id="c" onclick="d">x<script>y</script><img src="https://a.example/">'
        '<a href="javascript:z" target="_blank">l</a><a href="/r">m</a><!-- n -->&nbsp;&amp;nbsp;</p>'
    )
    assert fragment == '<p>x<a rel="noopener">l</a><a rel="noopener">m</a>\u00a0&amp;nbsp;</p>'


@given(ANY_TEXT)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_any_text_is_safe(text: str) -> None:
    """No text raises or gets a tag, attribute or scheme through that is not on the list; all of it is XML."""
    assert_safe(markdown_to_html(text))
    assert not FORBIDDEN_IN_XML.search(markdown_to_text(text))


@given(
    st.lists(
        st.sampled_from([*"あ。、「」aZ 19:.)->#=|+!?@%&'\"\u00a0　\u200b👍e\u0301\u2028\ufeff\x85", "\n", "\n\n"]),
        max_size=30,
    ).map("".join)
)
@example("予定は 22:30 です。\n\n- a")
@example("見出し\n=\n")
@example("a\n1) b")
@example("a|b\n:-|-:")
@example("　字下げ\n次の行　")
@settings(max_examples=800, deadline=None, derandomize=True)
def test_plain_text_needs_no_parser(text: str) -> None:
    """The short way for text without markup gives what parser and sanitiser give, byte for byte."""
    assert markdown_to_html(text) == sanitise(report_markdown().render(text))


def test_characters_that_xml_forbids() -> None:
    """Control characters, also by way of entities, and lone surrogates become U+FFFD in every form."""
    text = "a\x00b\x0bc\ufffed\ud800e &#12; &#xb;"
    assert visible(markdown_to_html(text)).strip() == "a�b�c�d�e � �"
    assert markdown_to_text(text) == "a�b�c�d�e � �"
    assert excerpt(text, 80) == "a�b�c�d�e � �"
    assert replace_forbidden("\t\n\r ~\x7f\ue000\U0010ffff") == "\t\n\r ~\x7f\ue000\U0010ffff"


def test_allowed_addresses() -> None:
    """The one judge of addresses lets absolute http, https and mailto pass, and quotes cannot fool it."""
    assert is_allowed_address("https://a.example/?a=1&b=2")
    assert is_allowed_address("mailto:a@b.example")
    assert not is_allowed_address('x" href="https://a.example')
    assert not is_allowed_address('"><a href="https://a.example')
    assert not is_allowed_address("tel:0312345678")


DEEP = {
    "quotes": ">" * 5000 + " 端",
    "quotes in lines": "".join(">" * depth + f" 行{depth}\n\n" for depth in range(1, 120)) + "\n端",
    "list": "".join("  " * depth + f"- 項{depth}\n" for depth in range(200)) + "\n端",
    "one-line lists": "- > 1. " * 1000 + "端",
    "marks": "*a **b " * 1000 + "端" + " b** a*" * 1000,
    "brackets": "**「" * 1000 + "端" + "」**" * 1000,
    "images": "![" * 500 + "端" + "](https://a.example)" * 500,
    "links": "[" * 2000 + "端" + "](https://a.example)" * 2000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_stays_shallow_and_whole(text: str) -> None:
    """However deep text nests, the HTML stays well below what parsers bear, and no word of it is lost."""
    fragment = markdown_to_html(text)
    assert_safe(fragment)
    depth, deepest = 0, 0
    for event, _ in etree.iterwalk(elements(fragment), events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    assert deepest < 60
    for words in (visible(fragment), markdown_to_text(text)):
        assert [word for word in re.findall(r"行\d+|項\d+|端", text) if word not in words] == []


@given(
    st.lists(
        st.one_of(PIECES.filter(lambda piece: piece not in {"[a]: ", "![", "](", "```", "`", "&"}), st.integers(0, 9)),
        max_size=40,
    )
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_word_is_lost(pieces: list[str | int]) -> None:
    """Marks may go, but every word between them reaches the page and the plain text, in order."""
    text = "".join(piece if isinstance(piece, str) else f"語{piece}" for piece in pieces)
    if re.search(r"~~~|\]:|&\S*;|\]\(", text):
        return
    words = re.findall(r"語\d", text)
    assert re.findall(r"語\d", visible(markdown_to_html(text))) == words
    assert re.findall(r"語\d", markdown_to_text(text)) == words


PATHOLOGICAL = [
    *"[]*_`>~!<&\\|#-+:(\"' \t\n「",
    *["![", "![[[[", "**a", "a**", "*a ", "*「", "[a](", "[](", "](", "[[a]", "`a", "- ", "1. ", "> - ", "&a;", "<a"],
    *["https://", "https://a ", "|a\n|-\n", "[a]: https://b\n", "[a]: b\n", "- a\n\n", "#\n", "*_", "~~a", "\\`"],
    *["[![a](https://b)](https://c) ", "あ", "a"],
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", PATHOLOGICAL)
def test_pathological_text_ends(unit: str) -> None:
    """100 kB of any one construct is done in seconds; a parser that is not linear takes minutes."""
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    markdown_to_html.__wrapped__(text)
    markdown_to_text(text)
    excerpt(text, 120)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "text",
    [
        "a|b\n-|-\n" * 2_000 + "1|2|3\n",
        "a|b\n-|-\na|b|c\n-|-|-\n" * 1_000 + "1|2|3\n1|2|3|4\n",
        "a|b\n-|-\n1|2|3\n" * 1_500,
        "- x\n" + "  a|b\n  -|-\n" * 2_000 + "  1|2|3\n",
    ],
)
def test_tables_that_would_lose_cells_end(text: str) -> None:
    """Heads of which none holds the cells below it: each asked of all that follows would take minutes."""
    start = time.process_time()
    html = markdown_to_html.__wrapped__(text)
    assert time.process_time() - start < 10
    assert "<table>" not in html


@pytest.mark.parametrize("rows", [1, 15, 16, 17, 40])
def test_a_row_far_below_its_head_loses_no_cell(rows: int) -> None:
    """A table is whole or literal, however many rows stand above the one that holds too much."""
    table = "a|b\n-|-\n" + "1|2\n" * rows
    assert markdown_to_html(table).count("<tr>") == rows + 1
    html = markdown_to_html(f"{table}3|4|5\n")
    assert "<table>" not in html
    assert "3|4|5" in html


@pytest.mark.parametrize("unit", ["[", "*", "`", ">", "![[[["])
def test_twenty_thousand_marks_end(unit: str) -> None:
    """20,000 of the marks that other parsers choke on end soon, as HTML that holds."""
    start = time.process_time()
    assert_safe(markdown_to_html.__wrapped__(unit * 20_000 if len(unit) == 1 else unit * 4_000))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("一行目\n二行目\n\n二段目\n", "一行目\n二行目\n\n二段目"),
        ("**「重要」**な*点*と`code`", "「重要」な点とcode"),
        ("~~8 件~~ 12 件", "~~8 件~~ 12 件"),
        ("[手順](https://a.example/x)と https://b.example/", "手順 (https://a.example/x)と https://b.example/"),
        ("[https://a.example/](https://a.example/)", "https://a.example/"),
        ("[担当](mailto:a@b.example) [a@b.example](mailto:a@b.example)", "担当 (a@b.example) a@b.example"),
        ("![図](https://a.example/i.png)", "図 (https://a.example/i.png)"),
        ("<script>x</script> &amp; &copy;", "<script>x</script> & ©"),
        ("# 見出し\n本文\n\n---\n終わり", "見出し\n\n本文\n\n----\n\n終わり"),
        ("前\n- a\n- b\n  1. x\n  2. y\n- c\n\n後", "前\n\n- a\n- b\n  1. x\n  2. y\n- c\n\n後"),
        ("- a\n\n- b\n  続き\n\n  二段目", "- a\n\n- b\n  続き\n\n  二段目"),
        ("9. a\n10. b\n    - c", "9. a\n10. b\n    - c"),
        ("<https://日本.jp/>", "https://日本.jp/"),
        ("2026.", "2026."),
        ("- a\n\n1. b", "- a\n\n1. b"),
        ("- x\n  |a|b|\n  |-|-|\n- y", "- x\n\n  a | b\n- y"),
        ("> - a\n\n- b", "> - a\n\n- b"),
        ("> 引用\n> 二行\n>\n> - a\n\n後", "> 引用\n> 二行\n>\n> - a\n\n後"),
        ("- > 引用", "- > 引用"),
        ("前\n\n```sh\nls\n\n  x\n```\n後", "前\n\nls\n\n  x\n\n後"),
        ("|名|件|\n|-|-|\n|A|1|\n|B||\n\n後", "名 | 件\nA | 1\nB |\n\n後"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(text: str, plain: str) -> None:
    """Plain text keeps lines, lists, quotes and what was struck out, and says where links go."""
    assert markdown_to_text(text) == plain


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("復旧しました。", 40, "復旧しました。"),
        ("復旧しました。\n動作を確認しています。", 40, "復旧しました。動作を確認しています。"),
        ("The server is back.\nWe are watching it.", 60, "The server is back. We are watching it."),
        (
            "検証サーバーが停止しました。原因を調査しています。次の報告は 22:20 です。",
            20,
            "検証サーバーが停止しました。…",
        ),
        ("検証サーバーが停止し、復旧作業を進めているところです", 13, "検証サーバーが停止し、…"),
        ("検証サーバーが停止しているため復旧を進めています", 10, "検証サーバーが停止…"),
        ("The staging server is down. We are restoring it from the backup.", 40, "The staging server is down.…"),
        ("The staging server went down unexpectedly today", 30, "The staging server went down…"),
        ("次の報告は 22:20:30 です", 10, "次の報告は…"),
        ("[手順](https://a.example/)を**見直し**ました", 40, "手順を見直しました"),
        ("復旧は「22 時の予定です", 5, "復旧は…"),
        ("サーバーstagingを再起動しました", 9, "サーバー…"),
        ("復旧 完了\n報告", 20, "復旧 完了報告"),
        ("ああe\u0301いいいい", 4, "ああ…"),
        ("https://example.com/a/very/long/address", 12, "https://exa…"),
        ("あい", 1, "…"),
        ("", 10, ""),
    ],
)
def test_excerpt_is_cut_where_it_can_be_read(text: str, limit: int, short: str) -> None:
    """An excerpt ends with a sentence, else a clause, else a word, and never inside a joined character."""
    assert excerpt(text, limit) == short


@given(ANY_TEXT, st.integers(1, 60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_excerpt_is_one_line_within_its_limit(text: str, limit: int) -> None:
    """An excerpt is never longer than asked, never has a line end, and begins as the whole text does."""
    short = excerpt(text, limit)
    assert len(short) <= limit
    assert len(short.splitlines()) <= 1
    whole = excerpt(text, 1_000_000)
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


def test_excerpt_needs_room() -> None:
    """A limit below one is refused by name."""
    with pytest.raises(ValueError, match="at least one character, not 0"):
        excerpt("a", 0)


def test_memory_is_bounded() -> None:
    """The same text is rendered once, and not every text ever seen is kept."""
    markdown_to_html.cache_clear()
    assert markdown_to_html("同じ") is markdown_to_html("同じ")
    assert markdown_to_html.cache_info().hits == 1
    assert markdown_to_html.cache_info().maxsize is not None


@pytest.mark.parametrize(
    "text",
    [
        "Known so far:\n\n[all-data-was-lost]: https://example.com/",
        "Known so far:\n\n```all-data-was-lost\nand more\n```",
        "~~~ all-data-was-lost\n~~~",
    ],
)
def test_no_layout_hides_a_word(text):
    """White space is free to change in what was published, so it must not make words vanish from the page."""
    assert "all-data-was-lost" in re.sub("<[^>]*>", "", markdown_to_html(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("3. a\n250. b\n251. c\n", '<ol start="3">\n<li>a</li>\n<li value="250">b</li>\n<li>c</li>\n</ol>\n'),
        ("1. a\n1. b\n", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("- a\n\n  7. b\n  9. c\n", '<ol start="7">\n<li>b</li>\n<li value="9">c</li>\n</ol>\n</li>\n</ul>\n'),
    ],
)
def test_a_list_keeps_the_numbers_it_was_given(text, html):
    """A number that begins a line is a number of the report, whatever a list would count; "1. 1. 1." counts on."""
    assert markdown_to_html(text).endswith(html)


@pytest.mark.parametrize("lead", ["", "後\n\n", "- x\n  "])
def test_a_row_with_too_many_cells_is_not_cut(lead):
    """A table that its head has no room for stays as it was typed, so that no cell vanishes from the page."""
    indent = "\n  " if lead.startswith("-") else "\n"
    rows = ["| 時刻 | 何 |", "|--|--|", "| 10:00 | 停止 | | 10:20 | 記録が消えた |"]
    page = markdown_to_html(lead + indent.join(rows))
    assert "<table>" not in page
    assert [row for row in rows if row not in page] == []
    assert "<table>" in markdown_to_html(lead + indent.join([*rows[:2], "| 10:00 | 停止 |", "| 10:20 |"]))
