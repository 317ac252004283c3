"""A matter that is open or ahead, as the home page shows it: how long, until when, and what was said last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import Entry
from noroshi.records.matters import Incident, Matter
from noroshi.records.texts import Text
from noroshi.snapshot.matter.spoken import not_affected
from noroshi.snapshot.state import State
from noroshi.text.markdown import excerpt
from noroshi.urls import matter_path, report_anchor
from noroshi.writers.pages.commitment import client_facts
from noroshi.writers.pages.glance import Glance, glance
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Row, row
from noroshi.writers.pages.record import standstill
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.settlement import settlement_facts

LONGEST = 1200
"""A report longer than so many characters is only begun on the home page."""

BEGINNING = 600
"""How much of such a report the home page shows, in characters."""


@dataclass(frozen=True, kw_only=True)
class LastReport:
    """What was said last."""

    kind: str
    """The word that programs compare."""
    name: str
    at: Markup
    link: str
    body: Markup
    whole: bool
    """Whether the body is all of it."""


@dataclass(frozen=True, kw_only=True)
class OpenView:
    """An open matter with what was said last."""

    row: Row
    glance: Glance
    """Since when, until when, and what is owed next."""
    standstill: Markup | None
    """What has passed and what is missing, where the phase leaves that open."""
    components: tuple[Markup, ...]
    """Each with its level where that is not operational now."""
    facts: tuple[Fact, ...]
    last: LastReport | None


def open_view(state: State, entry: Entry, now: datetime, reader: Reader) -> OpenView:
    """All that the home page says of a matter that is open or ahead."""
    record = entry.record
    return OpenView(
        row=row(state, reader),
        glance=glance(record, state, reader, now=now, beside=now, anew=True),
        standstill=standstill(state, reader, beside=now),
        components=tuple(_component(name, state, now, reader) for name in state.components),
        facts=tuple(_facts(record, state, reader)),
        last=_last(record, state, reader),
    )


def _component(name: str, state: State, now: datetime, reader: Reader) -> Markup:
    levels = [
        impact.level
        for impact in state.impacts
        if impact.component == name and impact.start <= now and (impact.end is None or now < impact.end)
    ]
    if not levels:
        return reader.component(name)
    worst: ComponentLevel = max(levels, key=lambda level: level.rank)
    return Markup(f"{reader.component(name)} {reader.level(worst)}")


def _facts(record: Matter, state: State, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if not isinstance(record, Incident):
        yield from client_facts(state, reader)
        yield from settlement_facts(state, reader)
    unharmed = not_affected(record)
    if unharmed is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(unharmed))


def _last(record: Matter, state: State, reader: Reader) -> LastReport | None:
    spoken = [(number, report) for number, report in enumerate(record.reports, 1) if not report.withdrawn]
    if not spoken:
        return None
    number, report = spoken[-1]
    body, whole = _body(report.text, reader) if report.text else (Markup(""), True)
    return LastReport(
        kind=report.kind.value,
        name=reader.wording.label(report.kind),
        at=reader.moment(report.at),
        link=f"{reader.link(matter_path(state.kind, state.id))}#{report_anchor(number)}",
        body=body,
        whole=whole,
    )


def _body(text: Text, reader: Reader) -> tuple[Markup, bool]:
    words, language = text.said_in(reader.language, reader.first)
    if len(words) <= LONGEST:
        return reader.prose(text), True
    return Markup("<p>{}</p>").format(reader.plain(Text(((language, excerpt(words, BEGINNING)),)))), False
