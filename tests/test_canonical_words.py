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
SIGNS = ["down", "復旧", "３", "10", "-5", "# 1", "| a |", "**bold**", "。", "件"]
GAPS = [" ", "  ", "\n", "\n\n", "\n    ", "\n  ", "\t", "\n\t", "\u3000", ""]


def laid_out(pieces: list[str], dice: random.Random) -> str:
    """The pieces with other white space between them."""
    return "".join(piece + dice.choice(GAPS) for piece in pieces)


def words_shown(text: str) -> str:
    """The letters and digits that readers see, those that lists are numbered with among them."""
    return "".join(re.findall(r"\w", markdown_to_text(text)))


def signs_shown(text: str) -> list[str]:
    """The signs before numbers that readers see."""
    visible = html.unescape(re.sub(r"<[^>]*>", " ", markdown_to_html(text)))
    return re.findall(r"[-+>#](?=\s*[0-9])", visible)


@pytest.mark.parametrize(
    ("pieces", "shown"), [(PIECES, words_shown), (SIGNS, signs_shown)], ids=["words and numbers", "signs"]
)
def test_what_may_change_unseen_takes_nothing_from_the_page(pieces, shown):
    """Of many layouts of the same pieces, those that count as the same show the same.

    A sign at the beginning of a line inside a list or a quotation may still become layout by indentation alone.
    """
    dice = random.Random(20261123)
    same = 0
    for _ in range(6000):
        some = [dice.choice(pieces) for _ in range(dice.randrange(2, 7))]
        one, other = laid_out(some, dice), laid_out(some, dice)
        if one != other and canonical_text(one) == canonical_text(other):
            same += 1
            assert shown(one) == shown(other), (one, other)
    assert same > 300
