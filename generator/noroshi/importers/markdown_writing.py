"""A document to report Markdown that shows the same: every piece is read back before it is taken.

Text is written bare where that already shows what it should (``ci.jenkins.io`` stays readable in the YAML),
and with backslashes only where a character would otherwise mean something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from noroshi.importers.document import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Separator,
    Style,
    Table,
    Verbatim,
    runs_of,
    visible_text,
)
from noroshi.importers.html_reading import read_html
from noroshi.importers.html_runs import Reading
from noroshi.text.dialect import report_markdown

_MARKS = {Style.STRONG: "**", Style.EMPHASIS: "*", Style.STRUCK: "~~"}
_URL = re.compile(r"https?://[A-Za-z0-9][^\s<>()\[\]*`\\\u0080-\U0010ffff]*[A-Za-z0-9/_=&#%~-]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|&#!]")
_LINE_START = re.compile(r"^([-+=:])|^([0-9]{1,9})([.)])")

_PLAIN = re.compile(r"(?![-+=0-9\s])[^\\`*_~\[\]<>&|#:\n]*\Z")
"""Text that means nothing but itself, and need not be read back."""

_Write = Callable[[str], str]


def write_markdown(blocks: Sequence[Block]) -> str:
    """The Markdown of ``blocks``, in the dialect of report text, with the same visible text.

    Styles and links that the dialect cannot express at some place are given up there; text never is.
    """
    written = "\n\n".join(_blocks(blocks))
    if visible_text(read_markdown(written)) == visible_text(blocks):
        return written
    plain = "\n\n".join(_escaped_lines("".join(run.text for run in runs)) for runs in runs_of(blocks))
    if visible_text(read_markdown(plain)) == visible_text(blocks):
        return plain
    return "\n".join(_fenced(Verbatim(text="\n".join("".join(run.text for run in runs) for runs in runs_of(blocks)))))


def read_markdown(text: str) -> tuple[Block, ...]:
    """The document that report Markdown shows."""
    return read_html(report_markdown().render(text), Reading())


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    last_marker = ""
    for block in blocks:
        if isinstance(block, Listing):
            # Two lists after each other would be one, were their markers the same (CommonMark 0.31.2, 5.3).
            last_marker = _next_marker(block, last_marker)
            yield "\n".join(_listed(block, last_marker))
        else:
            last_marker = ""
            yield "\n".join(_lines(block))


def _next_marker(listing: Listing, last: str) -> str:
    first, second = ("-", "*") if listing.start is None else (".", ")")
    return second if last == first else first


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return _checked(block.runs, lambda text: text, Paragraph).split("\n")
        case Heading():
            return [_checked(block.runs, lambda text: f"{'#' * block.level} {text}", Heading)]
        case Verbatim():
            return _fenced(block)
        case Separator():
            return ["___"]  # never a list's marker, never the underline of a heading
        case Quote():
            inner = "\n\n".join(_blocks(block.blocks)).split("\n")
            return [f"> {line}".rstrip() for line in inner]
        case Table():
            return _tabled(block)
        case Listing():
            return _listed(block, _next_marker(block, ""))


def _listed(listing: Listing, marker: str) -> list[str]:
    tight = all(not item or not isinstance(item[0], Paragraph) or item[0].bare for item in listing.items)
    lines: list[str] = []
    for index, item in enumerate(listing.items):
        sign = marker if listing.start is None else f"{listing.start + index}{marker}"
        inner: list[str] = []
        for block, text in zip(item, _blocks(item), strict=True):
            if inner and not (tight and not isinstance(block, Paragraph | Table)):
                inner.append("")
            inner += text.split("\n")
        indent = " " * (len(sign) + 1)
        if lines and not tight:
            lines.append("")
        lines += [
            (f"{sign} {line}" if number == 0 else indent + line).rstrip() for number, line in enumerate(inner or [""])
        ]
    return lines


def _tabled(table: Table) -> list[str]:
    def row(cells: Iterable[tuple[Run, ...]]) -> str:
        texts = (_checked(cell, lambda text: text, Paragraph) if cell else "" for cell in cells)
        return "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", text) for text in texts) + " |"

    head, *body = table.rows
    return [row(head), "|" + " --- |" * len(head), *map(row, body)]


def _fenced(block: Verbatim) -> list[str]:
    longest = max((len(found) for found in re.findall(r"`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence + block.info, *block.text.split("\n"), fence]


def _checked(runs: tuple[Run, ...], frame: _Write, kind: type[Paragraph] | type[Heading]) -> str:
    """The first way of writing the runs that reads back as them, framed."""
    if kind is Paragraph and len(runs) == 1 and runs[0] == Run(text=runs[0].text) and _PLAIN.match(runs[0].text):
        return frame(runs[0].text)
    second_best = ""
    for candidate in _candidates(runs):
        written = frame(candidate)
        found = read_markdown(written)
        if len(found) != 1 or not isinstance(found[0], kind):
            continue
        shown = found[0].runs
        if shown == runs:
            return written
        if not second_best and visible_text(found) == visible_text([Paragraph(runs=runs)]):
            second_best = written
    return second_best or frame(_escaped_lines("".join(run.text for run in runs)))


def _candidates(runs: tuple[Run, ...]) -> Iterator[str]:
    links_outside: list[Style | None] = [None, Style.STRONG, Style.EMPHASIS, Style.STRUCK]
    links_inside = [*links_outside[1:], None]
    for write in (lambda text: text, _escaped_lines):
        yield from sorted({_marked(runs, layers, write) for layers in (links_outside, links_inside)}, key=len)
    yield _marked(runs, [None], _escaped_lines)


def _marked(runs: Iterable[Run], layers: list[Style | None], write: _Write) -> str:
    """The runs within the marks of ``layers``, outermost first; None is the layer of links."""
    if not layers:
        return "".join(_code(run.text) if Style.CODE in run.styles else write(run.text) for run in runs)
    layer, *inside = layers
    parts: list[str] = []
    if layer is None:
        for href, group in groupby(runs, key=lambda run: run.href):
            text = _marked(group, inside, write)
            parts.append(f"[{text}]({_destination(href)})" if href else text)
    else:
        for set_so, group in groupby(runs, key=lambda run: layer in run.styles):
            text = _marked(group, inside, write)
            parts.append(f"{_MARKS[layer]}{text}{_MARKS[layer]}" if set_so else text)
    return "".join(parts)


def _code(text: str) -> str:
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1 if longest else 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _destination(href: str) -> str:
    href = re.sub(r"&(?=#?\w+;)", "&amp;", href.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E"))
    balanced = re.fullmatch(r"[^()\s]*(?:\([^()\s]*\)[^()\s]*)*", href)
    return href if balanced and href else f"<{href}>"


def _escaped_lines(text: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([_escaped(first), *(_escaped(line.strip(" ")) for line in others)])


def _escaped(line: str) -> str:
    parts: list[str] = []
    end = 0
    for url in _URL.finditer(line):
        parts += [_SPECIAL.sub(r"\\\g<0>", line[end : url.start()]), f"<{url[0]}>"]
        end = url.end()
    parts.append(_SPECIAL.sub(r"\\\g<0>", line[end:]))
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", "".join(parts))
