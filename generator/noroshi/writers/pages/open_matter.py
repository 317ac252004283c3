"""A matter that is open or ahead, as the home page shows it: how long, until when, and what was said last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from noroshi.records.choices import ComponentLevel
from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Commitment, Incident, Matter
from noroshi.records.texts import Text
from noroshi.snapshot.matter.spoken import not_affected
from noroshi.snapshot.state import State
from noroshi.text.markdown import excerpt
from noroshi.urls import matter_path, report_anchor
from noroshi.writers.pages.clock import lasting_clock
from noroshi.writers.pages.commitment import client_facts
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.lists import Row, row
from noroshi.writers.pages.promise import OwedView, next_owed_views
from noroshi.writers.pages.record import estimates_told, said_start, standstill
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.settlement import settlement_facts

LONGEST = 1200
"""A report longer than so many characters is only begun on the home page."""

BEGINNING = 600
"""How much of such a report the home page shows, in characters."""


@dataclass(frozen=True, kw_only=True)
class LastReport:
    """What was said last."""

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
    standstill: Markup | None
    """What has passed and what is missing, where the phase leaves that open."""
    owed: tuple[OwedView, ...]
    """What it owes next: all that is overdue, and the two that are due next."""
    components: tuple[Markup, ...]
    """Each with its level where that is not operational now."""
    facts: tuple[Fact, ...]
    last: LastReport | None


def open_view(state: State, entry: Entry, now: datetime, reader: Reader) -> OpenView:
    """All that the home page says of a matter that is open or ahead."""
    record = entry.record
    return OpenView(
        row=row(state, reader),
        standstill=standstill(state, reader, beside=now),
        owed=next_owed_views(state, now, reader, beside=now),
        components=tuple(_component(name, state, now, reader) for name in state.components),
        facts=tuple(_facts(record, state, now, reader)),
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


def _facts(record: Matter, state: State, now: datetime, reader: Reader) -> Iterator[Fact]:
    _ = reader.wording.gettext
    if isinstance(record, Incident):
        began = said_start(record, state, reader)
        if state.started_at is not None and _over(state) is None:
            began = reader.aside(began, _so_far(state.started_at, now, reader))
        yield Fact(label=_("Began"), value=began)
    else:
        promised = isinstance(record, Commitment)
        yield from client_facts(state, reader)
        if state.window is not None:
            label = _("Promised time") if promised else _("Planned time")
            yield Fact(label=label, value=reader.span(state.window.start, state.window.end))
        if state.moved_from:
            before, label = state.moved_from[-1], _("Promised before") if promised else _("Planned before")
            yield Fact(label=label, value=Markup(f"<s>{reader.span(before.start, before.end)}</s>"))
        yield from settlement_facts(state, reader)
        if state.started_at is not None:
            yield Fact(label=_("Began"), value=reader.moment(state.started_at))
    end = end_fact(state, reader)
    if end is not None:
        yield end
    unharmed = not_affected(record)
    if unharmed is not None:
        yield Fact(label=_("Not affected"), value=reader.plain(unharmed))


def end_fact(
    state: State, reader: Reader, estimated: Callable[[State, Reader], Markup] = estimates_told
) -> Fact | None:
    """When it was over or, while it is not, when it is expected to be; None where nobody said.

    :param estimated: says an estimate
    """
    _, over, incident = reader.wording.gettext, _over(state), state.kind is MatterKind.INCIDENT
    if over is not None:
        return Fact(label=_("Recovered") if incident else _("Ended"), value=reader.moment(over))
    if not state.estimates:
        return None
    return Fact(label=_("Recovery expected") if incident else _("Expected end"), value=estimated(state, reader))


def _over(state: State) -> datetime | None:
    return state.recovered_at or state.ended_at


def _so_far(since: datetime, now: datetime, reader: Reader) -> Markup:
    said = reader.say(reader.wording.gettext("{duration} so far"), duration=reader.length(now - since))
    return lasting_clock(since, reader.wording, said)


def _last(record: Matter, state: State, reader: Reader) -> LastReport | None:
    spoken = [(number, report) for number, report in enumerate(record.reports, 1) if not report.withdrawn]
    if not spoken:
        return None
    number, report = spoken[-1]
    body, whole = _body(report.text, reader) if report.text else (Markup(""), True)
    return LastReport(
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
