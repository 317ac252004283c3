"""What the catalogue says of one rule."""

from __future__ import annotations

from dataclasses import dataclass

from noroshi.problems import Level


@dataclass(frozen=True, kw_only=True)
class Example:
    """A piece of content: what the page shows of it, and the file that it is a piece of."""

    shown: str
    path: str = "incidents/2026/website-down.yaml"
    """Relative to ``content/``."""
    around: str = "{shown}"
    """The rest of the file, with ``{shown}`` where the piece stands."""
    encoding: str = "utf-8"
    beside: tuple[tuple[str, str], ...] = ()
    """Other files that it takes, which are in order: paths relative to ``content/``, and texts."""

    @property
    def data(self) -> bytes:
        """The whole file's bytes."""
        return self.around.replace("{shown}", self.shown).encode(self.encoding)


@dataclass(frozen=True, kw_only=True)
class RuleEntry:
    """One rule: how far it reaches, what it asks and why, and an example of each kind."""

    level: Level
    """The worst it can be; in imported records what a report did is a warning."""
    description: str
    failing: Example | None = None
    """None where no file's text can show it: ``tests/faults`` has a case for it then."""
    passing: Example | None = None


def error(description: str, failing: Example | None = None, passing: Example | None = None) -> RuleEntry:
    """A rule that stops a build."""
    return RuleEntry(level=Level.ERROR, description=description, failing=failing, passing=passing)


_REPORT = "  - kind: start\n    at: 2026-06-18T21:52+09:00\n    text: We are looking into it.\n"
_INCIDENT = f"title: Website down\nreports:\n{_REPORT}"


def whole(shown: str, encoding: str = "utf-8") -> Example:
    """An incident's whole file."""
    return Example(shown=shown, encoding=encoding)


def opening(shown: str) -> Example:
    """Opening facts of an incident that has a title and a report."""
    return Example(shown=shown, around=_INCIDENT + "{shown}")


def in_report(shown: str) -> Example:
    """Further lines of an incident's start report."""
    return Example(shown=shown, around=_INCIDENT + "    {shown}")


def reports(shown: str) -> Example:
    """An incident's reports."""
    return Example(shown=shown, around="title: Website down\nreports:\n{shown}")


def later_reports(shown: str) -> Example:
    """Reports of an incident that already has a start report."""
    return Example(shown=shown, around=_INCIDENT + "{shown}")


_PLANNED = "title: Database update\nwindow: {from: 2026-06-18T21:00+09:00, until: 2026-06-18T21:30+09:00}\n"


def planned(shown: str) -> Example:
    """Further lines of a planned work's file that has a title and a window."""
    return Example(shown=shown, path="maintenance/2026/database-update.yaml", around=_PLANNED + "{shown}")


def file(path: str, shown: str) -> Example:
    """A whole file at a path of its own."""
    return Example(shown=shown, path=path)


_SITE = {
    "format": "format: 1\n",
    "id": "id: {tag: status.example.com, since: 2026-04-01}\n",
    "name": "name: Status and reports\n",
    "url": "url: https://status.example.com/\n",
    "timezone": "timezone: Asia/Tokyo\n",
    "languages": "languages: [ja, en]\n",
}


def site(shown: str) -> Example:
    """A line of site.yaml, in place of the one with the same key."""
    others = "".join(line for key, line in _SITE.items() if not shown.startswith(f"{key}:"))
    return Example(shown=shown, path="site.yaml", around=others + "{shown}")
