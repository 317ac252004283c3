"""Emphasis that works in text written without spaces between words.

CommonMark lets `**` close after punctuation only where whitespace or punctuation follows, which no Japanese
sentence offers: `**「重要」**です` stays literal. Here a run of `*` or `~` next to an East Asian wide character is
judged by whitespace alone, as the wide character itself stands for the missing space. The relaxation only ever
adds an opening or a closing to what CommonMark found (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run),
so text without wide characters is read exactly as the standard says.
"""

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from noroshi.text.east_asian import is_wide

# What ends or joins clauses follows its word without a space. Were it to open emphasis, the footnote marks in
# `項目A*、項目B*` would vanish into italics.
_NEVER_AFTER_OPENING = frozenset("、。，．・：；！？｡､･…‥,.:;!?")
_CLOSING_BRACKETS = frozenset({"Pe", "Pf"})
_OPENING_BRACKETS = frozenset({"Ps", "Pi"})
_MARK_CATEGORIES = frozenset({"Mn", "Me", "Mc"})


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_joined_to_previous(character: str) -> bool:
    """Whether the character is shown as part of the one before it: an accent, a selector, a joiner."""
    return unicodedata.category(character) in _MARK_CATEGORIES or character == "\u200d"


class EastAsianInlineState(StateInline):
    """The state of one inline parse, with the flanking rule relaxed next to wide characters."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Scan a run of delimiters at `start`; see the module's text for the rule.

        `_` (`canSplitWord` false) keeps the standard rule: names such as `foo_bar` stand inside Japanese text.
        """
        found = super().scanDelims(start, canSplitWord)
        if not canSplitWord or (found.can_open and found.can_close):
            return found
        end = start + found.length
        if start == 0 or end >= self.posMax:
            return found
        before, after = self.src[start - 1], self.src[end]
        if start > 1 and _is_variation_selector(before):
            before = self.src[start - 2]
        if not (is_wide(before) or is_wide(after)):
            return found
        opens = not (
            after.isspace() or after in _NEVER_AFTER_OPENING or unicodedata.category(after) in _CLOSING_BRACKETS
        )
        closes = not (before.isspace() or unicodedata.category(before) in _OPENING_BRACKETS)
        return Scanned(found.can_open or opens, found.can_close or closes, found.length)


class EastAsianInlineParser(ParserInline):
    """markdown-it's inline parser, working on an `EastAsianInlineState`."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse the text of one block and append its tokens to `tokens`."""
        state = EastAsianInlineState(src, md, env, tokens)
        self.tokenize(state)
        for settle_pairs in self.ruler2.getRules(""):
            settle_pairs(state)
        return state.tokens
