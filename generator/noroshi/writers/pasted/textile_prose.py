"""Report text, written in Markdown, as Textile for Redmine.

Redmine's Textile knows marks only between spaces and punctuation, while Japanese has no spaces: a space is put where a
mark or a link would otherwise stay literal. It knows no blocks within list items and quotes: what stands there becomes
lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from noroshi.text.dialect import report_markdown
from noroshi.text.plain_text import PlainText
from noroshi.writers.pasted.textile_escapes import address, as_reference, escape_textile, raw

_SPAN_OF_CELLS = re.compile(r"\A[/\\](?=[0-9])")
_MARKS = {"em": "_", "strong": "*", "s": "-"}


def textile_prose(text: str) -> str:
    """The text as Textile, its headings from the fifth level down."""
    tree = SyntaxTreeNode(report_markdown().parse(text))
    return "\n\n".join(block for node in tree.children for block in _blocks(node))


def _blocks(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "heading":
            words = _inline(node.children).replace("\n", " ")
            yield f"h{min(6, int(node.tag[1]) + 1)}. {words}"
        case "paragraph":
            yield _inline(node.children, at_line_start=True)
        case "fence" | "code_block":
            yield _code_block(node)
        case "hr":
            yield "---"
        case "blockquote":
            for paragraph in PlainText(addresses=True).write(_tokens(node)).split("\n\n"):
                yield f"bq. {escape_textile(paragraph)}"
        case "bullet_list" | "ordered_list":
            yield from _settled_list(list(_list(node, "")))
        case "table":
            yield "\n".join(_table(node))


def _tokens(node: SyntaxTreeNode) -> list[Token]:
    """What stands within a node."""
    return [token for child in node.children for token in child.to_tokens()]


def _code_block(node: SyntaxTreeNode) -> str:
    code = node.content.removesuffix("\n")
    return f"<pre>\n{raw(code)}\n</pre>"


def _list(node: SyntaxTreeNode, depth: str) -> Iterator[str]:
    """Its lines, and code as blocks of their own."""
    number = int(str(node.attrs.get("start", 1)))
    # Textile counts from 1 always; a number that means something is written out.
    counted = node.type == "ordered_list" and (number != 1 or any("value" in item.attrs for item in node.children))
    marker = depth + ("*" if node.type == "bullet_list" or counted else "#")
    for item in node.children:
        number = int(str(item.attrs.get("value", number)))
        lead = f"{marker} {number}. " if counted else f"{marker} "
        number += 1
        for child in item.children:
            match child.type:
                case "bullet_list" | "ordered_list":
                    if lead:
                        yield lead.rstrip()
                    yield from _list(child, marker)
                case "fence" | "code_block":
                    if lead:
                        yield lead.rstrip()
                    yield _code_block(child)
                case "paragraph":
                    yield lead + _inline(child.children, at_line_start=True)
                case _:
                    yield lead + escape_textile(PlainText(addresses=True).write(child.to_tokens()), at_line_start=True)
            lead = ""
        if lead:
            yield lead.rstrip()


def _settled_list(lines: list[str]) -> Iterator[str]:
    """The list's lines in blocks: code within it parts it."""
    block: list[str] = []
    for line in lines:
        if line.startswith("<pre>\n"):
            if block:
                yield "\n".join(block)
            yield line
            block = []
        else:
            block.append(line)
    if block:
        yield "\n".join(block)


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    for part in node.children:
        for row in part.children:
            cells = [_SPAN_OF_CELLS.sub(as_reference, _inline(cell.children)) or " " for cell in row.children]
            yield "".join(f"|{'_. ' if part.type == 'thead' else ''}{cell}" for cell in cells) + "|"


@dataclass(frozen=True)
class _Piece:
    """A piece of a line in Textile, and the marks around it, the outermost first."""

    words: str
    marks: tuple[str, ...] = ()
    link: bool = False


def _inline(nodes: Sequence[SyntaxTreeNode], *, at_line_start: bool = False) -> str:
    if not nodes:
        return ""
    return _joined(_pieces(nodes[0].children, (), at_line_start=at_line_start))


def _pieces(nodes: Sequence[SyntaxTreeNode], marks: tuple[str, ...], *, at_line_start: bool) -> Iterator[_Piece]:
    for node in nodes:
        match node.type:
            case "text" if node.content:
                yield _Piece(escape_textile(node.content, at_line_start=at_line_start), marks)
            case "softbreak" | "hardbreak":
                yield _Piece("\n")
            case "code_inline":
                yield _Piece(f"<code>{raw(node.content)}</code>", marks)
            case "link":
                yield _Piece(_link(node, marks), link=True)
            case kind if kind in _MARKS:
                mark = _MARKS[kind]
                inner = marks if mark in marks else (*marks, mark)
                yield from _pieces(node.children, inner, at_line_start=False)
        at_line_start = node.type in ("softbreak", "hardbreak")


def _link(node: SyntaxTreeNode, marks: tuple[str, ...]) -> str:
    """An address takes all that follows it at once, so marks go around the label, not around the link."""
    href = str(node.attrs["href"])
    if node.info == "auto" and not marks and not href.startswith("mailto:"):
        return address("".join(child.content for child in node.children))
    label = _joined(_pieces(node.children, marks, at_line_start=False)).replace("\n", " ")
    return f'"{label}":{address(href)}'


def _joined(pieces: Iterable[_Piece]) -> str:
    """The pieces in a row: marks around those that share them, and a space wherever a mark or link needs one."""
    text, may_follow = "", _ANYTHING
    for (marks, link), group in groupby(pieces, key=lambda piece: (piece.marks, piece.link)):
        words = "".join(piece.words for piece in group)
        core = words.strip(" ")
        if link or (marks and core):
            if marks:
                before, after = words.split(core, 1)
                words = f"{before}{''.join(marks)}{core}{''.join(reversed(marks))}{after}"
            if text and not text.endswith((" ", "\n", "(")) and not words.startswith(" "):
                text += " "
            text += words
            may_follow = _ANYTHING if words.endswith(" ") else _AFTER_LINK if link else _AFTER_MARK
        else:
            text += words if may_follow.match(words) else f" {words}"
            may_follow = _ANYTHING
    return text


_ANYTHING = re.compile("")
_AFTER_MARK = re.compile(r"[\s.,;:!?)]|\Z")
_AFTER_LINK = re.compile(r"[.,;:!?)]*(?:\s|\Z)")
"""An address reaches to the next space, but for punctuation before it."""
