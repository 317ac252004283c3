"""Facts and actions as lines without markup, for formats that know little or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noroshi.text.east_asian import is_wide
from noroshi.writers.pasted.action import PastedAction
from noroshi.writers.pasted.pieces import Fact, Line, Span
from noroshi.writers.pasted.record import PastedRecord


def plain_line(line: Line) -> str:
    """A line with its addresses behind their words, and what was replaced behind all that holds."""
    said = "".join(_words(span) for span in line if span.replaced is None).strip()
    for span in line:
        if span.replaced is not None:
            said += span.replaced if not said or is_wide(span.replaced[0]) else f" {span.replaced}"
    return said


def _words(span: Span) -> str:
    return span.words if span.href in (None, span.words) else f"{span.words} ({span.href})"


def fact_lines(facts: Iterable[Fact]) -> Iterator[str]:
    """``label: value``, several values below their label."""
    for fact in facts:
        values = [plain_line(line).replace("\n", "\n  ") for line in fact.lines]
        if len(values) == 1:
            yield f"{fact.label}{fact.colon}{values[0]}"
        else:
            yield f"{fact.label}{fact.colon}".rstrip()
            yield from (f"- {value}" for value in values)


def action_lines(actions: Iterable[PastedAction]) -> Iterator[str]:
    """Each action, and below it how far it has come."""
    for action in actions:
        yield "- " + action.what.replace("\n", "\n  ")
        if action.facts:
            yield "  " + " / ".join(f"{fact.label}{fact.colon}{plain_line(*fact.lines)}" for fact in action.facts)


def opening_lines(record: PastedRecord) -> Iterator[str]:
    """What stands below the title: how far it has come, where it comes from, and the facts."""
    yield from record.status
    if record.imported is not None:
        yield ""
        yield record.imported
        if record.anomalies:
            yield record.anomalies_heading
            yield from (f"- {each}" for each in record.anomalies)
    if record.facts:
        yield ""
        yield from fact_lines(record.facts)
    if record.no_report is not None:
        yield ""
        yield record.no_report
