"""What a record says, as plain passages, each with the place on its page where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from noroshi.records.base import Imported, Record
from noroshi.records.matters import Matter
from noroshi.records.reports import Action, ReportBase
from noroshi.records.texts import Text
from noroshi.text.labels import N_, label_of
from noroshi.urls import action_anchor, report_anchor


class Passage(NamedTuple):
    """A text of a record."""

    anchor: str
    """The fragment of its page where it is told; empty for the top."""
    label: str
    """Message id of what tells it: the report's kind, a corrective action; empty for what opens the record."""
    text: Text
    markdown: bool
    """Whether it is written in Markdown."""


def passages(record: Matter) -> Iterator[Passage]:
    """Every text of a record but its title, in the order in which it was written.

    All of it, whatever the field: what the format learns to say is found from then on. Of a withdrawn report only why
    it was withdrawn, and nothing of the marks that an import leaves for the house.

    :param record: as the audience may see it
    """
    for name in type(record).model_fields:
        if name not in ("title", "reports"):
            yield from _walk(getattr(record, name), "", "")
    reports: tuple[ReportBase, ...] = record.reports
    for number, report in enumerate(reports, 1):
        yield from _of_report(report, report_anchor(number))


def _of_report(report: ReportBase, anchor: str) -> Iterator[Passage]:
    label = label_of(report.kind)
    if report.withdrawn is not None:
        yield Passage(anchor, label, report.withdrawn.reason, False)
        return
    if report.text is not None:
        yield Passage(anchor, label, report.text, True)
    for name in type(report).model_fields:
        if name != "text":
            yield from _walk(getattr(report, name), anchor, label)


def _walk(value: object, anchor: str, label: str) -> Iterator[Passage]:
    if isinstance(value, Text):
        yield Passage(anchor, label, value, False)
    elif isinstance(value, Action):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), action_anchor(value.id), N_("Corrective action"))
    elif isinstance(value, Record) and not isinstance(value, Imported):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), anchor, label)
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _walk(each, anchor, label)
