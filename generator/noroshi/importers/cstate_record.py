"""An entry as one of our records: the data of an incident or a maintenance, ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from noroshi.importers.anomalies import Findings
from noroshi.importers.cstate_entry import Entry
from noroshi.importers.source_times import spelled
from noroshi.importers.update_headings import Stage
from noroshi.yamlsource.emit import Emittable

ORIGIN = "cstate"
"""The word that ``imported.from`` carries."""


def record_of(
    entry: Entry, lines: Mapping[str, int], components: list[str], language: str, findings: Findings
) -> dict[str, Emittable]:
    """The record's data, keys in the order in which they are written.

    :param lines: the source lines of ``date`` and ``resolvedwhen``
    :param components: the ids of the affected components, each once
    :param language: wraps texts as ``{language: text}``; empty for the site's first language
    """

    def said(text: str) -> Emittable:
        return {language: text} if language else text

    reports, last_known = _reports(entry, said, findings)
    end_line = lines.get("resolvedwhen", 1)
    resolved_at = entry.ended
    if entry.ended is not None and entry.ended < entry.began:
        value = spelled(entry.ended)
        found = f"resolvedWhen {value} lies before date {spelled(entry.began)}; kept, the real end counts as unknown"
        findings.find("ends-before-start", end_line, found, value)
    elif entry.closed and entry.ended is None:
        findings.find("no-end", end_line, "resolved without a readable resolvedWhen; closed at the last known time")
        resolved_at = last_known
    record: dict[str, Emittable] = {"title": said(entry.title)}
    if entry.planned:
        findings.find("planned-work", lines.get("title", 1), "told as planned work by its words")
        record |= _planned(entry, components, lines, findings)
    else:
        record["severity"] = entry.severity
        if components:
            record["components"] = dict.fromkeys(components, entry.level)
        record["started_at"] = spelled(entry.began)
    if reports:
        record["reports"] = reports
    imported: dict[str, Emittable] = {"from": ORIGIN, "source": entry.name}
    if entry.closed and resolved_at is not None:
        imported["resolved_at"] = spelled(resolved_at)
    if findings.said:
        imported["anomalies"] = list(findings.said)
    record["imported"] = imported
    return record


def _planned(entry: Entry, components: list[str], lines: Mapping[str, int], findings: Findings) -> dict[str, Emittable]:
    record: dict[str, Emittable] = {}
    if components:
        record["components"] = dict.fromkeys(components, "under_maintenance")
    if entry.ended is not None and entry.ended > entry.began:
        record["window"] = {"from": spelled(entry.began), "until": spelled(entry.ended)}
    else:
        findings.find("planned-window", lines.get("resolvedwhen", 1), "planned work without a known end; no window")
    return record


def _reports(entry: Entry, said: Callable[[str], Emittable], findings: Findings) -> tuple[list[Emittable], datetime]:
    """The reports' data, and the latest time known of the entry.

    The first is told at ``date``, the final message at ``resolvedWhen`` where that is possible; an update has
    the time that stands in it, else that of the report before it. Times never run backwards.
    """
    written: list[Emittable] = []
    known = entry.began
    newest = len(entry.reports) - 1
    for index, report in enumerate(entry.reports):
        last = report.stage is Stage.LAST and index == newest and entry.closed
        at = report.at.at if report.at is not None else None
        if at is None and last and entry.ended is not None and entry.ended >= entry.began:
            at = entry.ended
        if index == 0:
            early = at is not None and at < entry.began
            known = at if at is not None and (entry.planned or not early) else entry.began
        elif at is None:
            words = f"report {index + 1} has no time of its own; the one before stands in"
            findings.find("report-time", report.line, words, str(index + 1))
        elif at < known:
            words = f"report {index + 1} is dated {spelled(at)}, before the report before it"
            findings.find("report-order", report.line, words, str(index + 1))
        else:
            known = at
        notice = index == 0 and entry.planned and known < entry.began
        kind = "notice" if notice else "start" if index == 0 else "completion" if last else "interim"
        written.append({"kind": kind, "at": spelled(known), "text": said(report.text)})
    return written, max(known, entry.began)
