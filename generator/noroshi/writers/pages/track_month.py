"""The record's pages of one month and of one fate: the promises behind the figures, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape

from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.figures import FEWEST, Share
from noroshi.snapshot.track_record.incident_facts import IncidentFacts
from noroshi.snapshot.track_record.months import RecordMonth, TrackRecord
from noroshi.text.labels import N_
from noroshi.urls import RECORD, record_anchor
from noroshi.writers.pages.figure_words import length_said, month_link, month_name, verdict_of
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.settled import FATE_NAMES, SettledRows
from noroshi.writers.pages.templates import Templates

NEWEST = 20
"""How many promises of a kind the page of a fate shows itself; older ones stand on their months' pages."""


@dataclass(frozen=True, kw_only=True)
class KindGroup:
    """The promises of one kind that had one fate."""

    anchor: str
    name: str
    rows: tuple[Markup, ...]
    months: tuple[Markup, ...] = ()
    """Links to the months where all of them stand."""


@dataclass(frozen=True, kw_only=True)
class FateGroup:
    """The promises of a month that had one fate, by kind."""

    anchor: str
    name: str
    kinds: tuple[KindGroup, ...]


@dataclass(frozen=True, kw_only=True)
class BegunView:
    """An incident or a commitment that began in a month, with what the record counts of it."""

    link: Markup
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class TrackMonthView:
    """A month of the record, finished for its template."""

    name: str
    verdict: str | None
    """The whole in a sentence; None for too few."""
    empty: bool
    """Whether no promise was settled in it."""
    fates: tuple[FateGroup, ...]
    incidents: tuple[BegunView, ...]
    commitments: tuple[BegunView, ...]
    newer: Markup | None
    older: Markup | None
    index: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class FateView:
    """All promises that had one fate, finished for its template."""

    name: str
    lead: str
    kinds: tuple[KindGroup, ...]
    index: str
    zone: str
    """As the site's clocks name it in the newest month."""


def track_month_view(record: TrackRecord, month: RecordMonth, reader: Reader, rows: SettledRows) -> TrackMonthView:
    """One month of the record, with the ways to its neighbours."""
    words = reader.wording
    place = record.months.index(month)
    newer = record.months[place - 1].key if place else None
    older = record.months[place + 1].key if place + 1 < len(record.months) else None
    total = month.total
    return TrackMonthView(
        name=words.gettext("Track record of {month}").format(month=month_name(month.key, reader)),
        verdict=verdict_of(Share(total.met, total.total), reader) if total.total >= FEWEST else None,
        empty=not total.total,
        fates=tuple(
            FateGroup(anchor=fate.value, name=words.gettext(FATE_NAMES[fate]), kinds=groups)
            for fate in reversed(FATES)
            if (groups := tuple(_groups(month, fate, reader, rows)))
        ),
        incidents=tuple(
            BegunView(link=rows.matter(facts.matter)[1], facts=tuple(_told(facts, reader))) for facts in month.incidents
        ),
        commitments=tuple(
            BegunView(
                link=rows.matter(state)[1],
                facts=(Fact(label=words.gettext("Result"), value=escape(words.label(state.outcome))),),
            )
            for state in month.commitments
            if state.outcome is not None
        ),
        newer=month_link(newer, reader) if newer else None,
        older=month_link(older, reader) if older else None,
        index=reader.link(RECORD),
        zone=words.zone_name(_within(month)),
    )


def _within(month: RecordMonth) -> datetime:
    """A time in the month, for the zone's name then."""
    return datetime(int(month.key[:4]), int(month.key[5:]), 15, tzinfo=UTC)


def _groups(month: RecordMonth, fate: PromiseState, reader: Reader, rows: SettledRows) -> Iterator[KindGroup]:
    for kind in PromiseKind:
        found = month.settled(kind, fate)
        if found:
            yield KindGroup(
                anchor=record_anchor(fate.value, kind.value),
                name=reader.wording.label(kind),
                rows=tuple(rows.row(promise) for promise in found),
            )


def _told(facts: IncidentFacts, reader: Reader) -> Iterator[Fact]:
    words = reader.wording
    _ = words.gettext
    lengths: tuple[tuple[str, timedelta | None], ...] = (
        (_("First report after"), facts.first_report),
        (_("First estimate off by"), facts.first_error),
        (_("Last estimate off by"), facts.last_error),
    )
    if facts.matter.detected_by is not None:
        yield Fact(label=_("First noticed by"), value=escape(words.label(facts.matter.detected_by)))
    for label, length in lengths:
        if length is not None:
            yield Fact(label=label, value=escape(length_said(length, reader)))
    if facts.complete is not None:
        value = _("yes") if facts.complete else _("no")
        yield Fact(label=_("Completed with cause and corrective actions"), value=escape(value))


_LEADS = {
    PromiseState.MET: N_("What was there at its time or before."),
    PromiseState.LATE: N_("What came, but after its time."),
    PromiseState.MISSED: N_("What has not come though its time has passed, or was given up."),
}


def newest_of_fate(record: TrackRecord, fate: PromiseState) -> dict[PromiseKind, list[Promise]]:
    """The newest promises of one fate, by kind, the newest first."""
    newest: dict[PromiseKind, list[Promise]] = {}
    for kind in PromiseKind:
        found = [
            promise for month in months_of_newest(record, kind, fate) for promise in reversed(month.settled(kind, fate))
        ]
        if found:
            newest[kind] = found[:NEWEST]
    return newest


def months_of_newest(record: TrackRecord, kind: PromiseKind, fate: PromiseState) -> Iterator[RecordMonth]:
    """The months in which the newest promises of one kind and fate were settled, the newest first."""
    number = 0
    for month in record.months:
        if number < NEWEST and month.has(kind, fate):
            number += len(month.matters_of(kind, fate))
            yield month


def fate_view(record: TrackRecord, fate: PromiseState, reader: Reader, rows: SettledRows) -> FateView:
    """All promises that had one fate: the newest, and the months where all of them stand."""
    _ = reader.wording.gettext
    groups = []
    for kind, promises in newest_of_fate(record, fate).items():
        fragment = f"#{record_anchor(fate.value, kind.value)}"
        months = [month.key for month in record.months if month.has(kind, fate)]
        groups.append(
            KindGroup(
                anchor=kind.value,
                name=reader.wording.label(kind),
                rows=tuple(rows.row(promise) for promise in promises),
                months=tuple(month_link(key, reader, fragment) for key in months),
            )
        )
    return FateView(
        name=_(FATE_NAMES[fate]),
        lead=_(_LEADS[fate]),
        kinds=tuple(groups),
        index=reader.link(RECORD),
        zone=reader.wording.zone_name(_within(record.months[0])) if record.months else "",
    )


def render_track_month(view: TrackMonthView, reader: Reader, templates: Templates) -> str:
    """The body of a month's page of the record, as HTML."""
    return templates.render("track_month.html", reader.wording, view=view)


def render_fate(view: FateView, reader: Reader, templates: Templates) -> str:
    """The body of a fate's page, as HTML."""
    return templates.render("track_fate.html", reader.wording, view=view)
