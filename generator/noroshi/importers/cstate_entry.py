"""One cState entry, read: its facts in our terms, its reports oldest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.importers.anomalies import Findings
from noroshi.importers.body_pieces import cut_body
from noroshi.importers.document import visible_text
from noroshi.importers.front_matter import Page, SourceError
from noroshi.importers.hugo_text import references, report_text, without_comments, without_shortcodes
from noroshi.importers.markdown_writing import read_markdown
from noroshi.importers.planned_work import is_planned_work
from noroshi.importers.source_times import SourceTime, read_time
from noroshi.importers.systems import NAMES_NOTHING
from noroshi.importers.update_headings import Stage
from noroshi.yamlsource.encoding import UNPRINTABLE

SEVERITIES = {
    "down": ("major", "major_outage"),
    "disrupted": ("minor", "partial_outage"),
    "notice": ("none", "operational"),
}
"""cState's severity to an incident's severity and the level of its components."""

_NEEDED = frozenset(
    ["title", "date", "resolved", "resolvedwhen", "severity", "affected", "informational", "section", "draft"]
)


@dataclass(frozen=True, kw_only=True)
class EntryReport:
    """One update of an entry."""

    stage: Stage
    text: str
    """Report Markdown."""
    line: int
    at: SourceTime | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One incident or maintenance of the source."""

    name: str
    """The source file's name, as the record will cite it."""
    title: str
    severity: str
    level: str
    began: datetime
    ended: datetime | None
    """``resolvedWhen``, even where it contradicts ``began``."""
    closed: bool
    planned: bool
    affected: tuple[tuple[str, int], ...]
    """System names with their lines."""
    reports: tuple[EntryReport, ...]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an entry is read in."""

    zone: ZoneInfo
    """For times without an offset."""
    base_url: str
    """For relative links."""


def read_entry(name: str, page: Page, around: Surroundings, findings: Findings) -> Entry:
    """The entry of a page.

    :raises SourceError: ``no-date``
    """
    for key in page.values:
        if key not in _NEEDED or (key == "section" and page.text(key) not in ("", "issue")):
            findings.find("key-left-out", page.line(key), f"the key {key!r} has no place in our format; left out")
    began = _began(name, page, around, findings)
    ended = _time(page, "resolvedwhen", around, findings)
    closed = page.text("resolved").lower() in ("true", "yes", "on") or (
        page.text("informational").lower() == "true" and page.text("resolved") == ""
    )
    if page.text("resolvedwhen") and ended is None:
        value = page.text("resolvedwhen")
        findings.find("bad-date", page.line("resolvedwhen"), f"resolvedWhen {value!r} is no time; left out", value)
    title = " ".join(_clean(page.text("title"), page.line("title"), findings).split())
    if not title:
        title = re.sub(r"^\d{4}-\d\d-\d\d-|\.\w+$", "", name.rsplit("/", 1)[-1])
        findings.find("no-title", page.line("title"), f"no title; {title!r} stands in")
    reports = _reports(page, around, findings)
    first = visible_text(read_markdown(reports[0].text)) if reports else ""
    severity, level = _severity(page, findings)
    return Entry(
        name=name,
        title=title,
        severity=severity,
        level=level,
        began=began,
        ended=ended,
        closed=closed,
        planned=is_planned_work(title, first),
        affected=_affected(page, findings),
        reports=reports,
    )


def _began(name: str, page: Page, around: Surroundings, findings: Findings) -> datetime:
    began = _time(page, "date", around, findings)
    if began is not None:
        return began
    value = page.text("date")
    day = re.search(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", name)
    guess = read_time(day[0], around.zone) if day else None
    if guess is None:
        raise SourceError("no-date", page.line("date"), f"date {value!r} is no time, and the file's name has no day")
    findings.find(
        "date-from-name", page.line("date"), f"date {value!r} is no time; the file name's day stands in", value
    )
    return guess.at


def _time(page: Page, key: str, around: Surroundings, findings: Findings) -> datetime | None:
    value = page.text(key)
    found = read_time(value, around.zone) if value else None
    if found is None:
        return None
    if found.assumed:
        zone = str(around.zone)
        words = f"{value!r} has no offset; read as {zone}"
        findings.find("no-offset", page.line(key), words, value, zone=zone)
    return found.at


def _severity(page: Page, findings: Findings) -> tuple[str, str]:
    word = page.text("severity").lower()
    if page.text("informational").lower() == "true":
        return SEVERITIES["notice"]
    if word not in SEVERITIES:
        found = f"severity {word!r} is none of down, disrupted and notice; read as notice"
        findings.find("severity", page.line("severity"), found, word)
        return SEVERITIES["notice"]
    return SEVERITIES[word]


def _affected(page: Page, findings: Findings) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for index, raw in enumerate(page.texts("affected")):
        line = page.lines.get(f"affected/{index}", page.line("affected"))
        name = " ".join(UNPRINTABLE.sub("", raw).split())
        if name.lower() in NAMES_NOTHING:
            findings.find("no-system", line, f"{name!r} names no system; left out")
        else:
            found.append((name, line))
    return tuple(found)


def _reports(page: Page, around: Surroundings, findings: Findings) -> tuple[EntryReport, ...]:
    above = page.body_line - 1
    body, hidden = without_comments(_clean(page.body, page.body_line, findings))
    pieces = cut_body(body, around.zone)
    if pieces.undivided:
        findings.find(
            "undivided", pieces.undivided + above, "a heading with nothing to set it apart from; kept as text"
        )
    for line in pieces.stray_ends:
        findings.find("stray-comment-end", line + above, "a stray --> on a heading line; left out")
    for finding in hidden:
        findings.find(finding.rule, finding.line + above, f"not seen by readers, left out: {finding.what}")
    env = references(body)
    reports: list[EntryReport] = []
    for piece in pieces.oldest_first:
        resolved, codes = without_shortcodes(piece.text)
        text, left_out = report_text(resolved, piece.line, env, around.base_url)
        for finding in codes:
            findings.find(finding.rule, finding.line + piece.line - 1 + above, f"left out: {finding.what}")
        for finding in left_out:
            findings.find(finding.rule, finding.line + above, f"left out: {finding.what}")
        if text:
            line = piece.line + above
            reports.append(EntryReport(stage=piece.stage, text=text, line=line, at=piece.at))
            if piece.at is not None and piece.at.assumed:
                found = f"a report's time {piece.at.at:%Y-%m-%d %H:%M} has no offset; read as {around.zone}"
                value = f"{piece.at.at:%Y-%m-%d %H:%M}"
                findings.find("no-offset", line, found, value, zone=str(around.zone))
    if not reports:
        findings.find("no-text", page.body_line, "nothing visible in the body")
    return tuple(reports)


def _clean(text: str, line: int, findings: Findings) -> str:
    """The text without characters that no page or feed can hold."""
    for match in UNPRINTABLE.finditer(text):
        where = line + text.count("\n", 0, match.start())
        findings.find("control-character", where, f"the character U+{ord(match[0]):04X}; left out")
    return UNPRINTABLE.sub("", text)
