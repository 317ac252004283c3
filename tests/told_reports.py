"""What a site's files say of reports, read with PyYAML alone: what readers of its feeds must get to know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

KINDS = ("incidents", "maintenance", "commitments")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report as it stands in a public record."""

    kind: str
    """Of its matter: the folder, which is the address too."""
    matter: str
    number: int
    report: str
    """Which kind of report."""
    at: datetime
    title: Any
    """Its matter's: a string, or strings by language."""
    text: Any
    components: frozenset[str]
    tag: str

    @property
    def guid(self) -> str:
        """Its name for ever."""
        return f"{self.tag}:{self.matter}/{self.number}"

    @property
    def order(self) -> tuple[datetime, str, int]:
        """Its place in a feed."""
        return (self.at, self.matter, self.number)

    def link(self, base: str) -> str:
        """Its address."""
        return f"{base}{self.kind}/{self.matter}/#report-{self.number}"


def told_reports(site: Path, until: str | None = None) -> list[Told]:
    """All reports that everybody may read, newest first.

    :param until: later ones are left out
    """
    settings = _load(site / "content/site.yaml")
    tag = f"tag:{settings['id']['tag']},{settings['id']['since']}"
    end = datetime.fromisoformat(until) if until else None
    found = []
    for kind in KINDS:
        for place in sorted((site / "content" / kind).rglob("*.yaml")):
            record = _load(place)
            if kind == "commitments" and record.get("visibility", "client") != "public":
                continue
            reports = record.get("reports") or []
            concerned = {*_names(record.get("components")), *_names(record.get("needs"))}
            seen = [report for report in reports if end is None or datetime.fromisoformat(report["at"]) <= end]
            concerned |= {name for report in seen for name in _names(report.get("components"))}
            found += [
                Told(
                    kind=kind,
                    matter=place.stem,
                    number=number,
                    report=report["kind"],
                    at=datetime.fromisoformat(report["at"]),
                    title=record["title"],
                    text=report.get("text", ""),
                    components=frozenset(concerned),
                    tag=tag,
                )
                for number, report in enumerate(seen, 1)
            ]
    return sorted(found, key=lambda told: told.order, reverse=True)


def languages_of(site: Path) -> list[str]:
    """The site's languages, the first at the root."""
    return list(_load(site / "content/site.yaml")["languages"])


def components_of(site: Path) -> list[str]:
    """The ids of the site's components."""
    return [each["id"] for each in _load(site / "content/components.yaml") or []]


def said(text: Any, language: str, first: str) -> str:
    """A text for readers of a language: in theirs, else in the first, else in any."""
    if not isinstance(text, dict):
        return str(text)
    return str(text.get(language) or text.get(first) or next(iter(text.values())))


def a_phrase(words: str) -> str:
    """The longest run of words in a Markdown text that no markup can have touched."""
    return max(re.findall(r"[^\W_]+(?:[ 、。,][^\W_]+)*", words), key=len, default="")


def flat(words: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(words.split())


def _names(components: Any) -> Iterable[str]:
    return list(components or ())


def _load(place: Path) -> Any:
    # No type is guessed: every value is the text that stands there.
    return yaml.load(place.read_text("utf-8"), yaml.BaseLoader)
