"""The Markdown of report text: CommonMark without raw HTML, with tables, strikethrough and bare links.

A single line break is a line break (people type on a telephone), and nothing that was written gets lost: an
address that is not allowed stays as the text it was typed as, and nesting too deep to show stays literal.
"""

from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
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


def settle(state: StateCore) -> None:
    """Core rule: demote headings, make images links, keep marks shallow and give empty links their address."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS[token.tag]
        elif token.type == "fence" and (said := token.info.strip()) and said.lower() not in _LANGUAGES:
            # What stands behind the fence was written too, and a page has no other place for it.
            token.content, token.info = f"{said}\n{token.content}", ""
        elif token.children:
            token.children = _settled(token.children, in_link=False)


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
