"""A matter as CommonMark, for tickets and chats that read Markdown. All words but report text are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noroshi.writers.pasted.action import PastedAction
from noroshi.writers.pasted.markdown_escapes import BREAK, escape_inline, escape_plain, heading
from noroshi.writers.pasted.markdown_prose import markdown_prose
from noroshi.writers.pasted.pieces import Fact, Line, Span
from noroshi.writers.pasted.record import PastedRecord
from noroshi.writers.pasted.report import PastedReport

# Lists in a row are several only where their markers differ; report text ends in "-" or "+".
_FACT, _ACTION = "*", "-"


def write_markdown(record: PastedRecord) -> str:
    """The matter, lines ended by ``\\n``."""
    blocks = [heading(2, escape_plain(record.title)), BREAK.join(map(escape_plain, record.status))]
    if record.imported is not None:
        blocks.append(escape_plain(record.imported))
        if record.anomalies:
            blocks.append(escape_plain(record.anomalies_heading))
            blocks.append("\n".join(f"- {_item(each)}" for each in record.anomalies))
    if record.facts:
        blocks.append(_facts(record.facts))
    if record.no_report is not None:
        blocks.append(escape_plain(record.no_report))
    for report in record.reports:
        blocks += _report(report)
    if record.actions:
        blocks += [heading(3, escape_plain(record.actions_heading)), _actions(record.actions)]
    address = [] if record.address is None else [f"<{record.address}>"]
    blocks.append(BREAK.join([escape_plain(record.zone), *address]))
    return "\n\n".join(blocks) + "\n"


def _report(report: PastedReport) -> Iterator[str]:
    yield heading(3, escape_plain(report.heading))
    if report.notes:
        yield BREAK.join(map(escape_plain, report.notes))
    if report.body is not None:
        yield markdown_prose(report.body)
    if report.facts:
        yield _facts(report.facts)
    if report.actions:
        yield f"**{escape_plain(report.actions_heading)}**"
        yield _actions(report.actions)
    if report.edited is not None:
        yield escape_plain(report.edited)


def _facts(facts: Iterable[Fact]) -> str:
    lines = []
    for fact in facts:
        label = f"{_FACT} **{escape_plain(fact.label)}**{fact.colon}"
        if len(fact.lines) == 1:
            lines.append(label + _continued(_line(fact.lines[0])))
        else:
            lines += [label.rstrip(), *(f"  - {_continued(_line(line), 4)}" for line in fact.lines)]
    return "\n".join(lines)


def _actions(actions: Iterable[PastedAction]) -> str:
    lines = []
    for action in actions:
        progress = " / ".join(
            f"**{escape_plain(fact.label)}**{fact.colon}{_line(*fact.lines)}" for fact in action.facts
        )
        lines.append(f"{_ACTION} {_item(action.what)}" + (f"{BREAK}  {_continued(progress)}" if progress else ""))
    return "\n".join(lines)


def _item(words: str) -> str:
    """Plain words that begin a list's item, where they could begin a block of their own."""
    return _continued(escape_inline(words, at_line_start=True).replace("\n", BREAK))


def _continued(text: str, indent: int = 2) -> str:
    return text.replace("\n", "\n" + " " * indent)


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    words = escape_plain(span.words)
    if span.href is not None:
        words = f"<{span.href}>" if span.href == span.words else f"[{words}](<{span.href}>)"
    return f"~~{words}~~" if span.replaced is not None else words
