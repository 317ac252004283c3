"""HTML, as Hugo's Markdown makes it or as authors wrote it by hand, to a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import lxml.html

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
)
from noroshi.importers.run_tidying import tidied
from noroshi.text.sanitise import is_allowed_address

STYLED = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "summary": Style.STRONG,
    "dt": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "dfn": Style.EMPHASIS,
    "var": Style.EMPHASIS,
    "s": Style.STRUCK,
    "del": Style.STRUCK,
    "strike": Style.STRUCK,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
}
"""Tags that become marks of Markdown."""

CONTAINERS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "center",
        "address",
        "figure",
        "figcaption",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "legend",
        "caption",
        "body",
        "html",
    ]
)
"""Tags that only begin and end blocks."""

BLOCKS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "table"])
"""Tags that become blocks of Markdown."""

PLAIN = frozenset(
    [
        "span",
        "font",
        "u",
        "ins",
        "mark",
        "small",
        "big",
        "sub",
        "sup",
        "abbr",
        "time",
        "label",
        "q",
        "bdi",
        "bdo",
        "wbr",
        "nobr",
        "picture",
    ]
)
"""Tags whose text stays and whose look has no Markdown."""

LINKS = frozenset({"a", "img", "br"})
"""Tags that become links and line breaks; a picture becomes a link to itself."""

TABLE_PARTS = frozenset(["thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"])

UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "svg",
        "math",
    ]
) | {
    "input",
    "select",
    "textarea",
    "button",
    "canvas",
}
"""Tags whose content readers do not see as text: dropped, and said so."""

KNOWN = frozenset(STYLED) | CONTAINERS | BLOCKS | PLAIN | LINKS | TABLE_PARTS

_SPACES = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 60


@dataclass(kw_only=True)
class Reading:
    """What was met while reading that has no place in a document, as (rule, what was found)."""

    findings: list[tuple[str, str]] = field(default_factory=list)

    def find(self, rule: str, what: str) -> None:
        """Note something once."""
        if (rule, what) not in self.findings:
            self.findings.append((rule, what))


def read_html(text: str, reading: Reading, base_url: str = "") -> tuple[Block, ...]:
    """The document of an HTML fragment.

    :param reading: takes what was dropped: ``unknown-tag``, ``dropped-tag``, ``dropped-link``
    :param base_url: what relative addresses are resolved against; without it they are dropped
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # The wrapper makes even an empty fragment a document, and keeps libxml2 from guessing at a head.
    root = lxml.html.document_fromstring(f"<html><body><div>{text}</div></body></html>".encode(), parser=parser)
    return _Reader(reading, base_url).blocks(root, 0)


class _Reader:
    def __init__(self, reading: Reading, base_url: str) -> None:
        self._reading = reading
        self._base_url = base_url

    def blocks(self, parent: Any, depth: int) -> tuple[Block, ...]:
        """The blocks in an element; loose text between them becomes paragraphs."""
        found: list[Block] = []
        loose: list[Run] = []

        def settle(*, bare: bool) -> None:
            if runs := tidied(loose):
                found.append(Paragraph(runs=runs, bare=bare))
            loose.clear()

        bare = parent.tag == "li"
        _append_text(loose, parent.text, Run(text=""))
        for child in parent:
            tag = child.tag
            if tag in CONTAINERS | BLOCKS | {"tr"} or _holds_block(child):
                settle(bare=bare)
                found += self._block(child, depth + 1)
            else:
                self._inline(child, Run(text=""), loose, depth + 1)
            _append_text(loose, child.tail, Run(text=""))
        settle(bare=bare)
        return tuple(found)

    def _block(self, element: Any, depth: int) -> Sequence[Block]:
        tag = element.tag
        if depth > _DEEPEST:
            return self._paragraph(element, depth)
        if tag in ("dt", "summary"):
            return self._paragraph(element, depth, Run(text="", styles=frozenset({STYLED[tag]})))
        if tag in CONTAINERS and not any(_is_block(child) for child in element.iterdescendants()):
            return self._paragraph(element, depth)
        if re.fullmatch(r"h[1-6]", tag):
            runs = self._runs(element, depth)
            return [Heading(level=int(tag[1]), runs=_on_one_line(runs))] if runs else []
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
            self._drop(element)
            return []
        if tag not in KNOWN:
            self._reading.find("unknown-tag", tag)
        return self.blocks(element, depth)

    def _paragraph(self, element: Any, depth: int, style: Run | None = None) -> Sequence[Block]:
        runs = self._runs(element, depth, style)
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
                items.append((Paragraph(runs=tidied([Run(text=_spaced(child.tail))]), bare=True),))
        if (element.text or "").strip():
            items.insert(0, (Paragraph(runs=tidied([Run(text=_spaced(element.text))]), bare=True),))
        start = element.get("start", "1")
        first = int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1
        return [Listing(items=tuple(items), start=first if element.tag == "ol" else None)] if items else []

    def _table(self, element: Any, depth: int) -> Sequence[Block]:
        if _has_text_between_cells(element):
            return self._paragraph(element, depth)
        rows = [
            tuple(_on_one_line(self._runs(cell, depth)) for cell in row if cell.tag in ("th", "td"))
            for row in element.iter("tr")
            if next(row.iterancestors("table"), None) is element
        ]
        rows = [row for row in rows if row]
        captions = [block for caption in element if caption.tag == "caption" for block in self._block(caption, depth)]
        if not rows:
            return captions
        width = max(map(len, rows))
        return [*captions, Table(rows=tuple(row + ((),) * (width - len(row)) for row in rows))]

    def _runs(self, element: Any, depth: int, style: Run | None = None) -> tuple[Run, ...]:
        runs: list[Run] = []
        self._inside(element, style or Run(text=""), runs, depth)
        return tidied(runs)

    def _inside(self, element: Any, style: Run, runs: list[Run], depth: int) -> None:
        _append_text(runs, element.text, style)
        for child in element:
            self._inline(child, style, runs, depth + 1)
            _append_text(runs, child.tail, style)

    def _inline(self, element: Any, style: Run, runs: list[Run], depth: int) -> None:
        tag = element.tag
        if tag == "br":
            runs.append(Run(text="\n"))
        elif tag == "img":
            self._picture(element, style, runs)
        elif tag in UNSEEN:
            self._drop(element)
        elif depth > _DEEPEST * 2:
            _append_text(runs, element.text_content(), style)
        else:
            if tag not in KNOWN:
                self._reading.find("unknown-tag", tag)
            href = style.href
            if tag == "a" and (address := element.get("href")) is not None:
                href = self._address(address) or style.href
            # Inside code nothing can be set otherwise.
            in_code = Style.CODE in style.styles
            styles = style.styles | ({STYLED[tag]} if tag in STYLED and not in_code else set())
            apart = tag in CONTAINERS | BLOCKS | TABLE_PARTS
            if apart:
                runs.append(Run(text=" "))
            before = len(runs)
            self._inside(element, Run(text="", styles=styles, href=href), runs, depth)
            if href and tag == "a" and not "".join(run.text for run in runs[before:]).strip():
                runs.append(Run(text=href, href=href))
            if apart:
                runs.append(Run(text=" "))

    def _picture(self, element: Any, style: Run, runs: list[Run]) -> None:
        href = self._address(element.get("src", ""))
        label = _spaced(element.get("alt", "")).strip() or href
        if label:
            runs.append(Run(text=label, styles=style.styles, href=style.href or href))

    def _address(self, address: str) -> str | None:
        """The absolute address, or None where it cannot be linked to."""
        address = "".join(address.split())
        try:
            whole = urljoin(self._base_url, address) if self._base_url else address
        except ValueError:
            whole = address
        if is_allowed_address(whole):
            return whole
        self._reading.find("dropped-link", address or "(empty)")
        return None

    def _drop(self, element: Any) -> None:
        where = element.get("src") or element.get("data") or ""
        self._reading.find("dropped-tag", f"{element.tag} {where}".strip())


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


def _spaced(text: str | None) -> str:
    return _SPACES.sub(" ", text or "")


def _append_text(runs: list[Run], text: str | None, style: Run) -> None:
    if text:
        # Code keeps its spaces as they were typed; only its line ends are spaces.
        kept = re.sub(r"[\r\n]+", " ", text) if Style.CODE in style.styles else _spaced(text)
        runs.append(Run(text=kept, styles=style.styles, href=style.href))


def _text_with_breaks(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["\n" if child.tag == "br" else _text_with_breaks(child), child.tail or ""]
    return "".join(parts)


def _on_one_line(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tidied([Run(text=run.text.replace("\n", " "), styles=run.styles, href=run.href) for run in runs])
