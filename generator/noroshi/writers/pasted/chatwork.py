"""A matter in Chatwork's notation (https://developer.chatwork.com/docs/message-notation).

Chatwork knows no escape. A tag acts only where its word follows the bracket at once, so a zero-width space between
the two keeps it as the text that it was; other brackets stay as they are, for people copy commands out of chats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from noroshi.text.dialect import report_markdown
from noroshi.text.plain_text import PlainText
from noroshi.writers.pasted.plain_lines import action_lines, fact_lines, opening_lines
from noroshi.writers.pasted.record import PastedRecord
from noroshi.writers.pasted.report import PastedReport

_TAG = re.compile(r"\[(?=\s*/?\s*[A-Za-z])")
_END_OF_CODE = re.compile(r"\[(?=/code\])", re.IGNORECASE)
_BROKEN = "[\u200b"


def write_chatwork(record: PastedRecord) -> str:
    """The matter, lines ended by ``\\n``."""
    parts = [_quiet("\n".join(opening_lines(record)))]
    parts += ["\n\n".join(_report(report)) for report in record.reports]
    if record.actions:
        parts.append(_quiet("\n".join([f"■ {record.actions_heading}", "", *action_lines(record.actions)])))
    parts.append("\n".join([record.zone] if record.address is None else [record.zone, record.address]))
    return f"[info][title]{_quiet(record.title)}[/title]" + "\n[hr]\n".join(parts) + "[/info]\n"


def _report(report: PastedReport) -> Iterator[str]:
    yield _quiet("\n".join([f"■ {report.heading}", *report.notes]))
    if report.body is not None:
        yield _body(report.body)
    if report.facts:
        yield _quiet("\n".join(fact_lines(report.facts)))
    if report.actions:
        yield _quiet("\n".join([report.actions_heading, *action_lines(report.actions)]))
    if report.edited is not None:
        yield _quiet(report.edited)


def _quiet(text: str) -> str:
    """The text with every tag in it broken."""
    return _TAG.sub(_BROKEN, text)


def _body(markdown: str) -> str:
    """Report text without markup, but for code that stands by itself."""
    blocks: list[str] = []
    waiting: list[Token] = []

    def settle() -> None:
        if waiting:
            blocks.append(_quiet(PlainText(addresses=True).write(waiting)))
            waiting.clear()

    for token in report_markdown().parse(markdown):
        if token.type in ("fence", "code_block") and token.level == 0:
            settle()
            code = _END_OF_CODE.sub(_BROKEN, token.content.removesuffix("\n"))
            blocks.append(f"[code]{code}[/code]")
        else:
            waiting.append(token)
    settle()
    return "\n\n".join(blocks)
