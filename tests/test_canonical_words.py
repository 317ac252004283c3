"""The canonical form of a text: what white space may do to it unseen, and what not."""

from __future__ import annotations

import html
import random
import re

import pytest

from noroshi.log.words import canonical_text
from noroshi.text.markdown import markdown_to_html, markdown_to_text

SAME = {
    "wrapped English": ("The servers are back.", "The servers\n  are   back."),
    "wrapped Japanese": ("復元を始めました。", "復元を\n始めました。"),
    "a space beside Japanese": ("DB を 3 件更新", "DBを3件更新"),
    "an ideographic space": ("復元を始めました", "復元を\u3000始めました"),
    "line ends": ("one\n- two", "one\r\n- two\r\n"),
    "paragraphs": ("one\n\ntwo", "one\ntwo"),
    "an empty line before a list": ("one\n- two\n- three", "one\n\n- two\n\n- three\n"),
    "a list indented otherwise": ("- one\n  - two", "- one\n    - two"),
    "an empty line beside marks that pair": (
        "**注意** [here](https://a.example/)\n`x`",
        "**注意** [here](https://a.example/)\n\n`x`",
    ),
    "an empty line below an unfinished name": ("in snake_case\nand so on", "in snake_case\n\nand so on"),
    "a composed letter": ("ハ\u3099ックアップ", "バックアップ"),
}
OTHER = {
    "rows of a table joined": ("| 10:00 | down |\n| 10:20 | lost |", "| 10:00 | down | | 10:20 | lost |"),
    "a table without outer bars": ("a | b\nc | d", "a | b c | d"),
    "a sign taken for a quotation": ("it took > 5 s", "it took\n> 5 s"),
    "a minus taken for a list": ("fell by\n    - 5 %", "fell by\n- 5 %"),
    "a number taken for a list": ("lost records: 250. More", "lost records:\n250. More"),
    "full-width digits": ("サーバー3 １０分停止", "サーバー3１０分停止"),
    "full-width digits among themselves": ("１ ０件", "１０件"),
    "kanji numbers": ("三 十分停止", "三十分停止"),
    "Korean": ("아버지가 방에", "아버지 가방에"),
    "pictures": ("🔴 🟢", "🔴🟢"),
    "marks of emphasis": ("件 * 三 * 件", "件 *三* 件"),
    "letters": ("no where", "nowhere"),
    "an ideographic space before a sign": ("\u3000> 5 % of all orders", "> 5 % of all orders"),
    "a no-break space before a sign": ("\u00a0- 5 件", "- 5 件"),
    "a minus before a kanji number": ("-三度まで", "- 三度まで"),
    "a plus before a kanji number": ("差\n+五分", "差\n+ 五分"),
    "a sign before a currency": ("残高\n    - ¥5,000", "残高\n- ¥5,000"),
    "a sign before a full-width digit": ("残高\n    - ５", "残高\n- ５"),
    "a quotation as code": ("a\n\n    > five", "a\n\n> five"),
    "a sign alone on its line": ("x\n+\n5", "x\n\n+\n5"),
    "struck out": ("    ~~not affected~~", "~~not affected~~"),
    "an entity": ("    &#53; 件", "&#53; 件"),
    "signs that pair across an empty line": ("a = 2*3\n\nb = 4*5", "a = 2*3\nb = 4*5"),
    "a fence that is none": ("```\n- 5\n```", "    ```\n- 5\n    ```"),
    "a backslash before a line end": ("D:\\\nfoo", "D:\\ foo"),
    "a line below a heading": ("合計\n\n===", "合計\n==="),
    "a sign too deep for its list": ("- foo\n    - 5", "- foo\n      - 5"),
    "two dashes below a line": ("total\n--", "total\n\n--"),
    "a backslash before a space": ("D:\\\n件", "D:\\ \n件"),
    "bold across an empty line": ("**注意\n\n以上**", "**注意\n以上**"),
    "two that open, and two that close": ("*a *b\n\nc* d*", "*a *b\nc* d*"),
    "a table that is none": ("a|b\n\n-|-", "a|b\n-|-"),
}


@pytest.mark.parametrize("name", SAME)
def test_white_space_alone_is_no_change(name):
    """However a text is wrapped and spaced, the same words are the same text."""
    one, other = SAME[name]
    assert canonical_text(one) == canonical_text(other)


@pytest.mark.parametrize("name", OTHER)
def test_white_space_that_takes_a_sign_or_joins_numbers_is_a_change(name):
    """Where layout could make another statement of the same signs, it counts."""
    one, other = OTHER[name]
    assert canonical_text(one) != canonical_text(other)


PIECES = [
    *[
        "down",
        "復旧",
        "３",
        "10",
        "250.",
        "7.",
        "2)",
        "> 5",
        "- 5",
        "+ 7",
        "# 1",
        "| a | b |",
        "|--|--|",
        "| c | d | e |",
    ],
    *["*", "**bold**", "`code`", "`", "```", "~~~", "---", "===", "[a]:", "[b](https://example.com/)", "。", "件"],
    *["방에", "🔴"],
]
SIGNS = [
    *[
        "down",
        "復旧",
        "３",
        "10",
        "-5",
        "# 1",
        "| a |",
        "**bold**",
        "。",
        "件",
        "- ¥5",
        "> 五",
        "+ 三",
        "-三",
        "+",
        "- 5",
    ],
    *["2*3", "D:\\", "~~x~~", "&#53;", "===", "\u3000- 5", "$5", "- .5"],
]
GAPS = [" ", "  ", "\n", "\n\n", "\n    ", "\n  ", "\t", "\n\t", "\u3000", "\n\u3000", "\n\n    ", ""]


def laid_out(pieces: list[str], dice: random.Random) -> str:
    """The pieces with other white space before and between them."""
    return dice.choice(GAPS) + "".join(piece + dice.choice(GAPS) for piece in pieces)


def words_shown(text: str) -> str:
    """The letters and digits that readers see, those that lists are numbered with among them."""
    return "".join(re.findall(r"\w", markdown_to_text(text)))


def signs_shown(text: str) -> str:
    """All characters that readers see, but for white space and marks of emphasis that stand alone."""
    visible = html.unescape(re.sub(r"<[^>]*>", " ", markdown_to_html(text)))
    return "".join(visible.split())


@pytest.mark.parametrize(
    ("pieces", "shown"), [(PIECES, words_shown), (SIGNS, signs_shown)], ids=["words and numbers", "signs"]
)
def test_what_may_change_unseen_takes_nothing_from_the_page(pieces, shown):
    """Of many layouts of the same pieces, those that count as the same show the same."""
    dice = random.Random(20261123)
    same = 0
    for _ in range(6000):
        some = [dice.choice(pieces) for _ in range(dice.randrange(2, 7))]
        one, other = laid_out(some, dice), laid_out(some, dice)
        if one != other and canonical_text(one) == canonical_text(other):
            same += 1
            assert shown(one) == shown(other), (one, other)
    assert same > 300
