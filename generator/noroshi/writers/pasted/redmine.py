"""A matter as Textile, for Redmine's classic text formatting. All words but report text are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noroshi.writers.pasted.action import PastedAction
from noroshi.writers.pasted.pieces import Fact, Line, Span
from noroshi.writers.pasted.record import PastedRecord
from noroshi.writers.pasted.report import PastedReport
from noroshi.writers.pasted.textile_escapes import address, escape_textile
from noroshi.writers.pasted.textile_prose import textile_prose


def write_redmine(record: PastedRecord) -> str:
    """The matter, lines ended by ``\\n``."""
    blocks = [f"h3. {escape_textile(record.title)}", _paragraph(record.status)]
    if record.imported is not None:
        blocks.append(_paragraph([record.imported]))
        if record.anomalies:
            blocks.append(_paragraph([record.anomalies_heading]))
            blocks.append("\n".join(f"* {escape_textile(each)}" for each in record.anomalies))
    if record.facts:
        blocks.append(_facts(record.facts))
    if record.no_report is not None:
        blocks.append(_paragraph([record.no_report]))
    for report in record.reports:
        blocks += _report(report)
    if record.actions:
        blocks += [f"h4. {escape_textile(record.actions_heading)}", _actions(record.actions)]
    link = "" if record.address is None else f"\n{address(record.address)}"
    blocks.append(_paragraph([record.zone]) + link)
    return "\n\n".join(blocks) + "\n"


def _paragraph(lines: Iterable[str]) -> str:
    return "\n".join(escape_textile(line, at_line_start=True) for line in lines)


def _report(report: PastedReport) -> Iterator[str]:
    yield f"h4. {escape_textile(report.heading)}"
    if report.notes:
        yield _paragraph(report.notes)
    if report.body is not None:
        yield textile_prose(report.body)
    if report.facts:
        yield _facts(report.facts)
    if report.actions:
        yield f"*{escape_textile(report.actions_heading)}*"
        yield _actions(report.actions)
    if report.edited is not None:
        yield _paragraph([report.edited])


# Half-width in every language: behind a full-width colon not all readers of Textile close a mark.
_COLON = ": "


def _facts(facts: Iterable[Fact]) -> str:
    lines = []
    for fact in facts:
        label = f"* *{escape_textile(fact.label)}*{_COLON}"
        if len(fact.lines) == 1:
            lines.append(label + _line(fact.lines[0]))
        else:
            lines += [label.rstrip(), *(f"** {_line(line)}" for line in fact.lines)]
    return "\n".join(lines)


def _actions(actions: Iterable[PastedAction]) -> str:
    lines = []
    for action in actions:
        lines.append(f"* {escape_textile(action.what)}")
        lines.append(
            "** " + " / ".join(f"*{escape_textile(fact.label)}*{_COLON}{_line(*fact.lines)}" for fact in action.facts)
        )
    return "\n".join(lines)


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    words = escape_textile(span.words)
    if span.href is not None:
        words = address(span.href) if span.href == span.words else f'"{words}":{address(span.href)}'
    return f"-{words}-" if span.replaced is not None else words
