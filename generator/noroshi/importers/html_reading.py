"""HTML, as Hugo's Markdown makes it or as authors wrote it by hand, to a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import lxml.html

from noroshi.importers.document import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Separator,
    Table,
    Verbatim,
)
from noroshi.importers.html_runs import DEEPEST, Reading, RunReader, append_text, on_one_line, spaced
from noroshi.importers.html_tags import BLOCKS, CONTAINERS, KNOWN, STYLED, TABLE_PARTS, UNSEEN
from noroshi.importers.run_tidying import tidied

_DOCUMENT_TAGS = re.compile(r"</?(?:html|body|head)\b[^<>]*>", re.IGNORECASE)


def read_html(text: str, reading: Reading, base_url: str = "") -> tuple[Block, ...]:
    """The document of an HTML fragment.

    :param reading: takes what was dropped: ``unknown-tag``, ``dropped-tag``, ``dropped-link``
    :param base_url: what relative addresses are resolved against; without it they are dropped
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # libxml2 stops at what it takes for the document's end, where browsers go on.
    text = _DOCUMENT_TAGS.sub("", text)
    # The wrapper makes even an empty fragment a document, and keeps libxml2 from guessing at a head.
    root = lxml.html.document_fromstring(f"<html><body><div>{text}</div></body></html>".encode(), parser=parser)
    return _Reader(reading, base_url).blocks(root, 0)


class _Reader:
    def __init__(self, reading: Reading, base_url: str) -> None:
        self._reading = reading
        self._runs = RunReader(reading, base_url)

    def blocks(self, parent: Any, depth: int) -> tuple[Block, ...]:
        """The blocks in an element; loose text between them becomes paragraphs."""
        found: list[Block] = []
        loose: list[Run] = []

        def settle(*, bare: bool) -> None:
            if runs := tidied(loose):
                found.append(Paragraph(runs=runs, bare=bare))
            loose.clear()

        bare = parent.tag == "li"
        append_text(loose, parent.text, Run(text=""))
        for child in parent:
            tag = child.tag
            if tag in CONTAINERS | BLOCKS | {"tr"} or _holds_block(child):
                settle(bare=bare)
                found += self._block(child, depth + 1)
            else:
                self._runs.inline(child, Run(text=""), loose, depth + 1)
            append_text(loose, child.tail, Run(text=""))
        settle(bare=bare)
        return tuple(found)

    def _block(self, element: Any, depth: int) -> Sequence[Block]:
        tag = element.tag
        if depth > DEEPEST:
            return self._paragraph(element, depth)
        if tag in ("dt", "summary"):
            return self._paragraph(element, depth, Run(text="", styles=frozenset({STYLED[tag]})))
        if tag in CONTAINERS and not any(_is_block(child) for child in element.iterdescendants()):
            return self._paragraph(element, depth)
        if re.fullmatch(r"h[1-6]", tag):
            runs = self._runs.runs(element, depth)
            return [Heading(level=int(tag[1]), runs=on_one_line(runs))] if runs else []
        special: dict[str, Callable[[Any, int], Sequence[Block]]] = {
            "pre": self._verbatim,
            "ul": self._listing,
            "ol": self._listing,
            "table": self._table,
        }
        if tag in special:
            return special[tag](element, depth)
        if tag == "hr":
            return [Separator()]
        if tag == "blockquote":
            inner = self.blocks(element, depth)
            return [Quote(blocks=inner)] if inner else []
        if tag in UNSEEN:
            self._runs.drop(element)
            return []
        if tag not in KNOWN:
            self._reading.find("unknown-tag", tag)
        return self.blocks(element, depth)

    def _paragraph(self, element: Any, depth: int, style: Run | None = None) -> Sequence[Block]:
        runs = self._runs.runs(element, depth, style)
        return [Paragraph(runs=runs)] if runs else []

    def _verbatim(self, element: Any, depth: int) -> Sequence[Block]:
        info = ""
        for code in element.iter("code"):
            if found := re.search(r"\blanguage-([\w+#.-]+)", code.get("class", "")):
                info = found[1]
        text = _text_with_breaks(element).removesuffix("\n")
        return [Verbatim(text=text, info=info)] if text.strip() else []

    def _listing(self, element: Any, depth: int) -> Sequence[Block]:
        items: list[tuple[Block, ...]] = []
        for child in element:
            if child.tag == "li":
                items.append(self.blocks(child, depth + 1))
            elif stray := self._block(child, depth + 1):
                items.append(tuple(stray))
            if (child.tail or "").strip():
                items.append((Paragraph(runs=tidied([Run(text=spaced(child.tail))]), bare=True),))
        if (element.text or "").strip():
            items.insert(0, (Paragraph(runs=tidied([Run(text=spaced(element.text))]), bare=True),))
        start = element.get("start", "1")
        first = int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1
        return [Listing(items=tuple(items), start=first if element.tag == "ol" else None)] if items else []

    def _table(self, element: Any, depth: int) -> Sequence[Block]:
        if _has_text_between_cells(element):
            return self._paragraph(element, depth)
        rows = [
            tuple(on_one_line(self._runs.runs(cell, depth)) for cell in row if cell.tag in ("th", "td"))
            for row in element.iter("tr")
            if next(row.iterancestors("table"), None) is element
        ]
        rows = [row for row in rows if row]
        captions = [block for caption in element if caption.tag == "caption" for block in self._block(caption, depth)]
        if not rows:
            return captions
        width = max(map(len, rows))
        return [*captions, Table(rows=tuple(row + ((),) * (width - len(row)) for row in rows))]


def _is_block(element: Any) -> bool:
    return element.tag in CONTAINERS | BLOCKS | {"tr"}


def _holds_block(element: Any) -> bool:
    return element.tag not in UNSEEN and any(_is_block(inner) for inner in element.iterdescendants())


def _has_text_between_cells(element: Any) -> bool:
    """Whether a table holds something outside its cells, which broken HTML may."""
    if (element.text or "").strip():
        return True
    for part in element:
        if (part.tail or "").strip() or part.tag not in TABLE_PARTS | {"caption"}:
            return True
        if part.tag not in ("th", "td", "caption") and _has_text_between_cells(part):
            return True
        if part.tag in ("th", "td") and element.tag != "tr":
            return True
    return False


def _text_with_breaks(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["\n" if child.tag == "br" else _text_with_breaks(child), child.tail or ""]
    return "".join(parts)
