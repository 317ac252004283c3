"""The published log for people: what it is for, how to hold us to it, and what entered it, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from markupsafe import Markup, escape

from noroshi.endpoints import LOG_CHECKPOINT, LOG_ENTRIES
from noroshi.log.checkpoint import Checkpoint
from noroshi.log.line import Change, LogLine
from noroshi.log.statement import MATTER_WORDS, POLICY, Statement
from noroshi.records.choices import ReportKind
from noroshi.records.texts import Text
from noroshi.text.labels import N_
from noroshi.urls import LOG, language_root, log_anchor, log_month_path, matter_path, report_anchor
from noroshi.writers.pages.figure_words import month_name
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.templates import Templates

Standing: TypeAlias = Mapping[tuple[str, str, int], Statement]
"""What stands now, by what it is known by."""

NEWEST = 20
"""How many entries the first page shows."""

_SHORT = 12
"""How many digits of a digest people compare; all of them stand behind these."""

CHANGES = {
    Change.PUBLISHED: N_("{what} published"),
    Change.EDITED: N_("{what} edited"),
    Change.WITHDRAWN: N_("{what} withdrawn"),
    Change.TRANSLATED: N_("{what} translated"),
    Change.TITLED: N_("Title changed"),
}
"""What an entry says was done."""


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """An entry of the log, finished for its template."""

    number: int
    """Its line in the file of entries, from 1."""
    anchor: str | None
    """Where a record's page points to; the first entry of a report has it."""
    at: Markup
    what: str
    subject: Markup
    """The record with a link, or the day from which policy holds."""
    digest: str
    """In hexadecimal."""
    short: str
    """Its first digits."""


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """A month of the log, with how many entries tell of it."""

    name: str
    link: str
    number: int


@dataclass(frozen=True, kw_only=True)
class LogView:
    """The first page of the log, finished for its template."""

    size: int
    root: str
    """As the checkpoint writes it."""
    newest: Markup | None
    entries_file: str
    checkpoint_file: str
    command: str
    """What proves that all is still there."""
    months: tuple[MonthCount, ...]
    entries: tuple[EntryView, ...]
    """The last ones, newest first."""
    zone: str


@dataclass(frozen=True, kw_only=True)
class LogMonthView:
    """A month of the log, finished for its template."""

    name: str
    index: str
    entries: tuple[EntryView, ...]
    """In the order of the log."""
    newer: MonthCount | None
    older: MonthCount | None
    zone: str


def log_view(
    lines: Sequence[LogLine],
    checkpoint: Checkpoint,
    months: Mapping[str, Sequence[int]],
    standing: Standing,
    reader: Reader,
    now: datetime,
) -> LogView:
    """The first page.

    :param months: by month, newest first, the places of its entries in the log, from 0
    :param standing: what stands now, by name: of it the records' titles
    """
    site = reader.settings.site
    up = reader.link("") + ("../" if language_root(reader.language, site.languages) else "")
    newest = range(len(lines) - 1, max(len(lines) - 1 - NEWEST, -1), -1)
    return LogView(
        size=checkpoint.size,
        root=checkpoint.root_word,
        newest=reader.moment(checkpoint.newest) if checkpoint.newest is not None else None,
        entries_file=f"{up}{LOG_ENTRIES}",
        checkpoint_file=f"{up}{LOG_CHECKPOINT}",
        command=f"noroshi verify {site.url.rstrip('/')}/ --checkpoint checkpoint",
        months=tuple(_month(key, len(places), reader) for key, places in months.items()),
        entries=tuple(_entry(place, lines[place], None, standing, reader) for place in newest),
        zone=reader.wording.zone_name(checkpoint.newest or now),
    )


def log_month_view(
    key: str,
    lines: Sequence[LogLine],
    months: Mapping[str, Sequence[int]],
    standing: Standing,
    reader: Reader,
) -> LogMonthView:
    """What the log holds of a month."""
    keys = list(months)
    place = keys.index(key)
    newer = keys[place - 1] if place else None
    older = keys[place + 1] if place + 1 < len(keys) else None
    return LogMonthView(
        name=reader.wording.gettext("Published log of {month}").format(month=month_name(key, reader)),
        index=reader.link(LOG),
        entries=tuple(_entries(months[key], lines, standing, reader)),
        newer=_month(newer, len(months[newer]), reader) if newer else None,
        older=_month(older, len(months[older]), reader) if older else None,
        zone=reader.wording.zone_name(lines[months[key][0]].at),
    )


def _entries(
    places: Iterable[int], lines: Sequence[LogLine], standing: Standing, reader: Reader
) -> Iterator[EntryView]:
    pointed: set[str] = set()
    for place in places:
        line = lines[place]
        anchor = log_anchor(f"{POLICY}.{line.id}" if line.matter == POLICY else line.id, line.number)
        yield _entry(place, line, None if anchor in pointed else anchor, standing, reader)
        pointed.add(anchor)


def _entry(place: int, line: LogLine, anchor: str | None, standing: Standing, reader: Reader) -> EntryView:
    digest = line.digest.hex()
    return EntryView(
        number=place + 1,
        anchor=anchor,
        at=reader.moment(line.at),
        what=_what(line, reader),
        subject=_subject(line, standing.get((line.matter, line.id, 0)), reader),
        digest=digest,
        short=digest[:_SHORT],
    )


def _what(line: LogLine, reader: Reader) -> str:
    _ = reader.wording.gettext
    if line.matter == POLICY:
        what = _("Policy")
    elif not line.number:
        what = _("Opening facts")
    else:
        what = reader.wording.label(ReportKind(line.kind)) if line.kind in _KINDS else line.kind
    return _(CHANGES[line.change]).format(what=what)


_KINDS = frozenset(ReportKind)


def _subject(line: LogLine, opening: Statement | None, reader: Reader) -> Markup:
    """What an entry is about."""
    if line.matter == POLICY:
        day = datetime.fromisoformat(line.id).date()
        return reader.say(reader.wording.gettext("from {day}"), day=reader.date(day))
    if opening is None:  # what stands in a log and is gone stops a build, so some title is known
        return reader.plain(Text(line.title)) if line.title else escape(line.id)
    fragment = f"#{report_anchor(line.number)}" if line.number else ""
    link = f"{reader.link(matter_path(_KINDS_OF[line.matter], line.id))}{fragment}"
    return safe(f'<a href="{link}">{reader.plain(Text(opening.title))}</a>')


_KINDS_OF = {word: kind for kind, word in MATTER_WORDS.items()}


def _month(key: str, number: int, reader: Reader) -> MonthCount:
    return MonthCount(name=month_name(key, reader), link=reader.link(log_month_path(key)), number=number)


def render_log(view: LogView, reader: Reader, templates: Templates) -> str:
    """The body of the log's first page, as HTML."""
    return templates.render("log.html", reader.wording, view=view)


def render_log_month(view: LogMonthView, reader: Reader, templates: Templates) -> str:
    """The body of a month's page of the log, as HTML."""
    return templates.render("log_month.html", reader.wording, view=view)
