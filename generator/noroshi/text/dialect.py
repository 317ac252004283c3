"""The Markdown of report text: CommonMark without raw HTML, with tables, strikethrough and bare links.

A single line break is a line break (people type on a telephone), and nothing that was written gets lost: an
address that is not allowed stays as the text it was typed as, nesting too deep to show stays literal, a list keeps the
numbers that it was given, and a table whose rows hold more cells than its head stays as it was typed.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from noroshi.text.bare_links import bare_link
from noroshi.text.emphasis import EastAsianInlineParser
from noroshi.text.sanitise import is_allowed_address

# libxml2, and many feed readers with it, give up at a depth of 256. Both stay far below, together.
_BLOCK_DEPTH = 16
_MARKS_DEPTH = 16

# The record's title is the page's h1, its sections are h2 and each report's own heading is h3. Most people take
# `##` for the highest level they may use, so it ranks with `#`.
_HEADINGS = {"h1": "h4", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}

# Names of languages say nothing to readers of a report, and stay behind the fence.
_LANGUAGE_NAMES = (
    "bash c cmd conf console cpp csharp css csv diff go hcl html http ini java javascript js json jsonc "
    "kotlin log lua make markdown md nginx perl php plaintext powershell properties py python rb ruby "
    "rust sh shell sql swift text tf toml ts tsx txt typescript xml yaml yml zsh"
)
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split())

_MARKS = frozenset({"em", "strong", "s"})

_BlockRule = Callable[[StateBlock, int, int, bool], bool]


class ReportMarkdown(MarkdownIt):
    """markdown-it set up for report text. Not for use by two threads at once."""

    def __init__(self) -> None:
        """Take the CommonMark preset and add what report text needs."""
        super().__init__("commonmark")
        self.inline = EastAsianInlineParser()
        # One past what `_kept_shallow` lets grow, so that markdown-it never drops the tail of a text.
        self.configure("commonmark", {"html": False, "breaks": True, "maxNesting": _BLOCK_DEPTH + 8})
        self.enable(["table", "strikethrough"])
        # A definition of a link would show nothing: with an empty line before it, words that were read would be gone.
        self.disable("reference")
        self.inline.ruler.before("newline", "bare_link", bare_link)
        ends = ["paragraph", "reference", "blockquote", "list"]
        self.block.ruler.at("blockquote", _kept_shallow(blockquote), {"alt": ends})
        self.block.ruler.at("list", _kept_shallow(list_block), {"alt": ends[:3]})
        self.block.ruler.at("table", _table_that_holds_its_cells, {"alt": ["paragraph", "reference"]})
        self.core.ruler.push("settle", settle)

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Whether the address may be linked to; where not, the source text is shown as it is."""
        return is_allowed_address(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """The address as it was typed: decoding it would let a look-alike host name pass for another."""
        return link


def _kept_shallow(rule: _BlockRule) -> _BlockRule:
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _BLOCK_DEPTH and rule(state, start, end, silent)

    return limited


def _table_that_holds_its_cells(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule for tables, which would drop what stands in a row behind the last column of its head."""
    if _known_to_lose(state, start):
        return False
    before, rows = len(state.tokens), _FIRST_ROWS
    line, parent, level = state.line, state.parentType, state.level
    while True:
        # In growing parts: a row that loses cells near the head is found without reading all that follows it.
        until = min(end, start + 2 + rows)
        if not table(state, start, until, False):
            return False
        losing = _losing_row(state, before)
        whole = state.line < until or until == end
        if silent or losing is not None or not whole:
            del state.tokens[before:]
            state.line, state.parentType, state.level = line, parent, level
        if losing is not None:
            state.env[_LOSING] = _Losing(start, losing, _cells(state, losing), _place(state, losing))
            return False
        if whole:
            return True
        rows *= 2


_FIRST_ROWS = 16


def _losing_row(state: StateBlock, before: int) -> int | None:
    """The first line of the table behind these tokens that holds more cells than its head."""
    added = state.tokens[before:]
    columns = sum(token.type == "th_open" for token in added)
    rows = (token.map[0] for token in added if token.type == "tr_open" and token.map)
    return next((row for row in rows if _cells(state, row) > columns), None)


class _Losing(NamedTuple):
    """A row that would lose cells, and the first head above it that it belonged to."""

    head: int
    row: int
    cells: int
    place: tuple[int, int, int]


_LOSING = "row that loses cells"


def _known_to_lose(state: StateBlock, head: int) -> bool:
    """Whether a row is known that loses cells under this head too. Else each line pair above it asks all rows again."""
    known: _Losing | None = state.env.get(_LOSING)
    if known is None or not known.head < head < known.row - 1 or known.place != _place(state, known.row):
        return False
    return _cells(state, head) < known.cells


def _place(state: StateBlock, line: int) -> tuple[int, int, int]:
    """How a line lies in the block that is being read."""
    return state.level, state.blkIndent, state.sCount[line]


def _cells(state: StateBlock, line: int) -> int:
    """How many cells a line of a table holds."""
    cells = escapedSplit(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip())
    return len(cells) - (cells[0] == "") - (cells[-1] == "" and len(cells) > 1)


def settle(state: StateCore) -> None:
    """Core rule: demote headings, make images links, keep marks shallow, give empty links their address, and lists
    their numbers."""
    lists: list[list[Token]] = []
    for token in state.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type == "bullet_list_close":
            lists.pop()
        elif token.type == "ordered_list_close":
            _keep_numbers(lists.pop())
        elif token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS[token.tag]
        elif token.type == "fence" and (said := token.info.strip()) and said.lower() not in _LANGUAGES:
            # What stands behind the fence was written too, and a page has no other place for it.
            token.content, token.info = f"{said}\n{token.content}", ""
        elif token.children:
            token.children = _settled(token.children, in_link=False)


def _keep_numbers(items: list[Token]) -> None:
    """Say the typed number of each item that does not count on from the one before it.

    Where all say 1, as many write Markdown, they are numbered.
    """
    typed = [int(item.info) for item in items]
    if any(number != 1 for number in typed):
        for item, before, number in zip(items[1:], typed, typed[1:], strict=False):
            if number != before + 1:
                item.attrs["value"] = number


def _settled(tokens: list[Token], *, in_link: bool) -> list[Token]:
    settled: list[Token] = []
    marks_open = 0
    links_open = int(in_link)
    link_start = 0
    for token in tokens:
        if token.tag in _MARKS:
            if token.nesting > 0:
                marks_open += 1
            too_deep = marks_open > _MARKS_DEPTH
            if token.nesting < 0:
                marks_open -= 1
            settled.append(_text(token.markup) if too_deep else token)
        elif token.type == "link_open":
            links_open += 1
            if links_open == 1:
                link_start = len(settled)
                settled.append(token)
        elif token.type == "link_close":
            links_open -= 1
            if links_open == 0:
                if not any(inner.content for inner in settled[link_start:]):
                    settled.append(_text(str(settled[link_start].attrs["href"])))
                settled.append(token)
        elif token.type == "image":
            settled.extend(_image_as_link(token, in_link=links_open > 0))
        else:
            settled.append(token)
    return settled


def _image_as_link(image: Token, *, in_link: bool) -> list[Token]:
    """A link in the image's place: a status page makes no reader's browser call a third party."""
    address = str(image.attrs["src"])
    label = _settled(image.children or [], in_link=True)
    if not any(token.content for token in label):
        label = [_text(address)]
    if in_link:
        return label
    return [Token("link_open", "a", 1, attrs={"href": address}), *label, Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


@cache
def report_markdown() -> ReportMarkdown:
    """The one parser of the process; building it costs as much as a hundred reports."""
    return ReportMarkdown()
