"""What was known when a matter was opened: told with its first report where there is no page beside it, as in feeds."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from noroshi.records.matters import Commitment, Incident, Maintenance, Matter
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.report import Fact, component_levels


def opening_facts(record: Matter, reader: Reader) -> Iterator[Fact]:
    """The opening facts, which no report changes."""
    if isinstance(record, Incident):
        yield from _of_incident(record, reader)
    elif isinstance(record, Maintenance):
        yield from _of_work(record, reader)
    else:
        yield from _of_commitment(record, reader)


def _of_incident(record: Incident, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    yield Fact(label=_("Severity"), value=reader.label(record.severity))
    if record.started_at is not None:
        yield Fact(label=_("Began"), value=reader.moment(record.started_at))
    if record.detected is not None:
        yield Fact(label=_("First noticed by"), value=said_detection(record, reader))
    if record.components:
        yield Fact(label=_("Affected"), value=component_levels(record.components, reader))
    if record.not_affected is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(record.not_affected))


def said_detection(record: Incident, reader: Reader) -> Markup:
    """Who noticed an incident first, and when where that is told."""
    if record.detected is None:
        return Markup("")
    who = escape(reader.wording.label(record.detected.by))
    if record.detected.at is None:
        return who
    return reader.aside(who, reader.moment(record.detected.at))


def _of_work(record: Maintenance, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if record.window is not None:
        yield Fact(label=_("Planned time"), value=reader.span(record.window.from_, record.window.until))
    if record.components:
        yield Fact(label=_("Affected"), value=component_levels(record.components, reader))
    if record.not_affected is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(record.not_affected))
    if record.reason is not None:
        yield Fact(label=_("Reason"), value=reader.plain(record.reason))
    if record.emergency is not None:
        yield Fact(label=_("Why it could not wait"), value=reader.plain(record.emergency.reason))
    if record.rollback is not None:
        yield Fact(label=_("If it fails"), value=reader.plain(record.rollback))


def _of_commitment(record: Commitment, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    yield Fact(label=_("Promised time"), value=reader.span(record.from_, record.until))
    if record.needs:
        needs = Markup("<br>").join(map(reader.component, record.needs))
        yield Fact(label=_("Needs"), value=needs)
