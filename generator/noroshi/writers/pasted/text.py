"""A matter as plain text, for mail. Nothing is wrapped: whoever reads it has a window of his own width."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.text.markdown import markdown_to_text
from noroshi.writers.pasted.plain_lines import action_lines, fact_lines, opening_lines
from noroshi.writers.pasted.record import PastedRecord
from noroshi.writers.pasted.report import PastedReport


def write_text(record: PastedRecord) -> str:
    """The matter, lines ended by ``\\n``."""
    blocks = ["\n".join([record.title, *opening_lines(record)])]
    for report in record.reports:
        blocks += _report(report)
    if record.actions:
        blocks.append(f"■ {record.actions_heading}")
        blocks.append("\n".join(action_lines(record.actions)))
    blocks.append("\n".join([record.zone] if record.address is None else [record.zone, record.address]))
    return "\n\n".join(blocks) + "\n"


def _report(report: PastedReport) -> Iterator[str]:
    yield "\n".join([f"■ {report.heading}", *report.notes])
    if report.body is not None:
        yield markdown_to_text(report.body)
    if report.facts:
        yield "\n".join(fact_lines(report.facts))
    if report.actions:
        yield "\n".join([report.actions_heading, *action_lines(report.actions)])
    if report.edited is not None:
        yield report.edited
