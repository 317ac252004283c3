"""Report text as Markdown that reads the same elsewhere.

Our dialect is kinder than CommonMark: single line ends break lines, raw HTML is text, `**「重要」**です` is bold and a
bare address ends where Japanese begins. A ticket system reads plain CommonMark or GFM, so the parsed text is written
anew in what all of them share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from noroshi.text.dialect import report_markdown
from noroshi.writers.pasted.markdown_escapes import BREAK, as_reference, escape_inline, heading, is_punctuation

_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_BACKTICKS = re.compile("`+")


def markdown_prose(text: str) -> str:
    """The text as CommonMark with GFM's tables and strikethrough, its headings from the fourth level down."""
    return "\n".join(_blocks(SyntaxTreeNode(report_markdown().parse(text)).children, tight=False, depth=0))


def _blocks(nodes: Sequence[SyntaxTreeNode], *, tight: bool, depth: int) -> list[str]:
    lines: list[str] = []
    for index, node in enumerate(nodes):
        if index and not tight:
            lines.append("")
        # Two lists in a row are two only where their markers differ.
        other = (
            index > 0 and nodes[index - 1].type == node.type and not (index > 1 and nodes[index - 2].type == node.type)
        )
        lines += _block(node, depth, other_marker=other)
    return lines


def _block(node: SyntaxTreeNode, depth: int, *, other_marker: bool) -> list[str]:
    match node.type:
        case "heading":
            words = " ".join(_inline(node.children).replace(BREAK, "\n").split("\n"))
            return [heading(int(node.tag[1]), words)]
        case "paragraph":
            return _inline(node.children).split("\n")
        case "fence" | "code_block":
            return _code_block(node)
        case "hr":
            return ["***"]
        case "blockquote":
            return [f"> {line}" if line else ">" for line in _blocks(node.children, tight=False, depth=depth)] or [">"]
        case "bullet_list" | "ordered_list":
            return list(_list(node, depth, other_marker=other_marker))
        case "table":
            return list(_table(node))
        case _:
            return []


def _code_block(node: SyntaxTreeNode) -> list[str]:
    fence = _fence(node.content, 3)
    info = node.info.split()[0] if node.type == "fence" and node.info.split() else ""
    opening = fence + (info if "`" not in info else "")
    return [opening, *node.content.removesuffix("\n").split("\n"), fence]


def _fence(code: str, least: int) -> str:
    """More backticks than the code has in a row."""
    return "`" * max(least, 1 + max((len(run) for run in _BACKTICKS.findall(code)), default=0))


def _list(node: SyntaxTreeNode, depth: int, *, other_marker: bool) -> Iterator[str]:
    number = int(str(node.attrs.get("start", 1)))
    tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
    for index, item in enumerate(node.children):
        if node.type == "bullet_list":
            # By depth too: empty items within each other, `- - -`, would be a rule.
            marker = "- " if other_marker == bool(depth % 2) else "+ "
        else:
            number = int(str(item.attrs.get("value", number)))
            marker = f"{number}{')' if other_marker else '.'} "
            number += 1
        if index and not tight:
            yield ""
        lines = _blocks(item.children, tight=tight, depth=depth + 1) or [""]
        yield (marker + lines[0]).rstrip(" ") + (BREAK[:-1] if lines[0].endswith(BREAK[:-1]) else "")
        yield from (" " * len(marker) + line if line else "" for line in lines[1:])


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    rows = [row for part in node.children for row in part.children]
    for index, row in enumerate(rows):
        cells = [_inline(cell.children) for cell in row.children]
        yield f"| {' | '.join(cells)} |"
        if index == 0:
            yield f"|{' --- |' * len(cells)}"


@dataclass(frozen=True)
class _Part:
    """A piece of a line: text and code as they are written, or a mark that opens (1) or closes (-1)."""

    words: str
    mark: int = 0


def _inline(nodes: Sequence[SyntaxTreeNode]) -> str:
    words = _flanked(list(_parts(nodes[0].children, at_line_start=True))) if nodes else ""
    while words.startswith(BREAK):
        words = words.removeprefix(BREAK)
    return words


def _parts(nodes: Sequence[SyntaxTreeNode], *, at_line_start: bool) -> Iterator[_Part]:
    for node in nodes:
        match node.type:
            case "text":
                yield _Part(escape_inline(node.content, at_line_start=at_line_start))
            case "softbreak" | "hardbreak":
                yield _Part(BREAK)
            case "code_inline":
                fence = _fence(node.content, 1)
                pad = " " if node.content[:1] in ("`", " ") or node.content[-1:] in ("`", " ") else ""
                yield _Part(f"{fence}{pad}{node.content}{pad}{fence}")
            case "link":
                yield _Part(_link(node))
            case kind if kind in _MARKS:
                yield _Part(_MARKS[kind], 1)
                yield from _parts(node.children, at_line_start=False)
                yield _Part(_MARKS[kind], -1)
        at_line_start = node.type in ("softbreak", "hardbreak")


def _link(node: SyntaxTreeNode) -> str:
    href = str(node.attrs["href"])
    if node.info == "auto":
        return f"<{''.join(child.content for child in node.children)}>"
    label = _flanked(list(_parts(node.children, at_line_start=False)))
    title = " ".join(str(node.attrs.get("title", "")).split())
    quoted = f' "{escape_inline(title, at_line_start=False).replace(chr(34), chr(92) + chr(34))}"' if title else ""
    return f"[{label}]({f'<{href}>' if '(' in href or ')' in href else href}{quoted})"


def _flanked(parts: list[_Part]) -> str:
    """The parts in a row, with a reference for each letter that would keep a mark from opening or closing.

    https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run
    """
    for index in range(len(parts) - 1, 0, -1):
        # `*a**b*` would be read otherwise: what closes and opens again at once may as well go on.
        if parts[index] == _Part(parts[index - 1].words, 1) and parts[index - 1].mark < 0:
            del parts[index - 1 : index + 1]
    words = [part.words for part in parts]
    for index, part in enumerate(parts):
        if not part.mark:
            continue
        before = next((i for i in range(index - 1, -1, -1) if not parts[i].mark and words[i]), None)
        after = next((i for i in range(index + 1, len(parts)) if not parts[i].mark and words[i]), None)
        if before is None or after is None:
            continue
        left, right = words[before][-1], words[after][0]
        if part.mark > 0 and is_punctuation(right) and not (left.isspace() or is_punctuation(left)):
            words[before] = words[before][:-1] + as_reference(left)
        elif part.mark < 0 and is_punctuation(left) and not (right.isspace() or is_punctuation(right)):
            words[after] = as_reference(right) + words[after][1:]
    return "".join(words)
