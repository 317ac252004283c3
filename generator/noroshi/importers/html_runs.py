"""What stands within one block of HTML: characters, how they are set, and where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from noroshi.importers.document import Run, Style
from noroshi.importers.html_tags import BLOCKS, CONTAINERS, KNOWN, STYLED, TABLE_PARTS, UNSEEN
from noroshi.importers.run_tidying import tidied
from noroshi.text.sanitise import is_allowed_address

DEEPEST = 60
"""Blocks nested deeper are read as running text."""

_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(kw_only=True)
class Reading:
    """What was met while reading that has no place in a document, as (rule, what was found)."""

    findings: list[tuple[str, str]] = field(default_factory=list)

    def find(self, rule: str, what: str) -> None:
        """Note something once."""
        if (rule, what) not in self.findings:
            self.findings.append((rule, what))


class RunReader:
    """Reads the runs of elements."""

    def __init__(self, reading: Reading, base_url: str) -> None:
        """Note findings in ``reading``; resolve relative addresses against ``base_url``, if it is given."""
        self._reading = reading
        self._base_url = base_url

    def runs(self, element: Any, depth: int, style: Run | None = None) -> tuple[Run, ...]:
        """All the runs in an element, tidied; ``style`` is a run without text that says how they begin."""
        runs: list[Run] = []
        self._inside(element, style or Run(text=""), runs, depth)
        return tidied(runs)

    def _inside(self, element: Any, style: Run, runs: list[Run], depth: int) -> None:
        append_text(runs, element.text, style)
        for child in element:
            self.inline(child, style, runs, depth + 1)
            append_text(runs, child.tail, style)

    def inline(self, element: Any, style: Run, runs: list[Run], depth: int) -> None:
        """Append an element's own runs, without the text behind it."""
        tag = element.tag
        if tag == "br":
            runs.append(Run(text="\n"))
        elif tag == "img":
            self._picture(element, style, runs)
        elif tag in UNSEEN:
            self.drop(element)
        elif depth > DEEPEST * 2:
            append_text(runs, element.text_content(), style)
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
                self._reading.find("dropped-link", f"{href} (without a text to click on)")
            if apart:
                runs.append(Run(text=" "))

    def _picture(self, element: Any, style: Run, runs: list[Run]) -> None:
        href = self._address(element.get("src", ""))
        label = spaced(element.get("alt", "")).strip() or href
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

    def drop(self, element: Any) -> None:
        """Note an element that is left out with all it holds."""
        where = element.get("src") or element.get("data") or ""
        self._reading.find("dropped-tag", f"{element.tag} {where}".strip())


def spaced(text: str | None) -> str:
    """Text with every run of HTML's white space as one space."""
    return _SPACES.sub(" ", text or "")


def append_text(runs: list[Run], text: str | None, style: Run) -> None:
    """Append text, if there is any, set as ``style``."""
    if text:
        # Code keeps its spaces as they were typed; only its line ends are spaces.
        kept = re.sub(r"[\r\n]+", " ", text) if Style.CODE in style.styles else spaced(text)
        runs.append(Run(text=kept, styles=style.styles, href=style.href))


def on_one_line(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with line breaks as spaces, for headings and cells."""
    return tidied([Run(text=run.text.replace("\n", " "), styles=run.styles, href=run.href) for run in runs])
