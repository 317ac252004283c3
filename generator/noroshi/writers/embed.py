"""The small page that other sites show in a frame.

It needs no script, no style sheet and no theme: times in it are absolute, and it says of what time it speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Matter
from noroshi.records.reports import ReportBase
from noroshi.records.texts import Text
from noroshi.snapshot.matter.spoken import NEVER, said
from noroshi.snapshot.sayings import due_by, next_owed, overdue_since
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.text.accent import accent_style
from noroshi.text.dates import writing_direction
from noroshi.text.hash_source import hash_source
from noroshi.text.markdown import excerpt
from noroshi.urls import matter_path, report_anchor
from noroshi.writers.pages.home import verdict, verdict_level
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.promise import promise_name
from noroshi.writers.pages.record import estimate_held
from noroshi.writers.pages.report import Fact
from noroshi.writers.pages.templates import Templates
from noroshi.writers.snippets import frame_title

SHOWN = 5
"""How many matters or components of a kind are shown; of the others it says how many there are."""

AHEAD_SHOWN = 2
"""How much of the work ahead is shown, the soonest first."""

OWED_SHOWN = 2
"""How much of what a matter owes is shown; all that is overdue is, however much."""

BEGINNING = 80
"""How much of the last report is shown, in characters: two lines in a frame that is not narrow."""


@dataclass(frozen=True, kw_only=True)
class OwedLine:
    """What is promised next."""

    name: Markup
    due: Markup
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class OpenCard:
    """A matter that is open."""

    link: Markup
    phase_name: str
    severity: str | None
    window: Markup | None
    """The planned time; None for an incident."""
    began: Markup | None
    """Since when; None for planned work."""
    end: Fact | None
    """When it was over or is expected to be; None where nobody said."""
    last: Markup | None
    """What kind of report came last, and when."""
    beginning: Markup | None
    """The beginning of its text, in one line."""
    owed: tuple[OwedLine, ...]


@dataclass(frozen=True, kw_only=True)
class AheadLine:
    """Planned work that is ahead."""

    link: Markup
    window: Markup | None


@dataclass(frozen=True, kw_only=True)
class EmbedView:
    """The small page, finished for its template."""

    language: str
    direction: str
    """``ltr`` or ``rtl``: how the language is written."""
    accent: str
    """The rules of the site's own colour; empty without one."""
    title: str
    """With the name of the edition, where it is one."""
    notice: str | None
    """For whom the site is; None where it is for everybody."""
    name: Markup
    """The site's, with the name of the edition."""
    home: str
    verdict: str
    level: str
    """The worst level, or ``incident``, as on the home page."""
    as_of: Markup
    zone: str
    affected: tuple[Markup, ...]
    affected_more: int
    incidents: tuple[OpenCard, ...]
    incidents_more: int
    work: tuple[OpenCard, ...]
    work_more: int
    ahead: tuple[AheadLine, ...]
    ahead_more: int


def shown(snapshot: Snapshot) -> tuple[State, ...]:
    """The matters that the small page shows."""
    return (*snapshot.open_incidents[:SHOWN], *snapshot.current_work[:SHOWN])


def embed_view(
    snapshot: Snapshot,
    entries: Mapping[str, Entry],
    reader: Reader,
    marked: Callable[[str], str] = str,
    notice: str | None = None,
) -> EmbedView:
    """All that the small page says.

    :param entries: the records of the matters that are :func:`shown`, by id
    :param marked: puts the name of an edition beside a title
    :param notice: for whom the edition is
    """

    def cards(states: tuple[State, ...]) -> tuple[OpenCard, ...]:
        return tuple(_card(state, entries[state.id].record, snapshot.now, reader) for state in states[:SHOWN])

    affected = [each for each in snapshot.components if each.level.impaired]
    affected.sort(key=lambda each: -each.level.rank)
    site = snapshot.settings.site
    name, language = site.name.said_in(reader.language, reader.first)
    return EmbedView(
        language=reader.language,
        direction=writing_direction(reader.language),
        accent=accent_style(site.look.accent),
        title=frame_title(snapshot.settings, reader.wording, marked),
        notice=notice,
        name=reader.plain(Text(((language, marked(name)),))),
        home=reader.link(""),
        verdict=verdict(snapshot, reader),
        level=verdict_level(snapshot),
        as_of=reader.say(reader.wording.gettext("As of {time}"), time=reader.moment(snapshot.now)),
        zone=reader.wording.zone_name(snapshot.now),
        affected=tuple(
            Markup(f"{reader.component(each.component.id)} {reader.level(each.level)}") for each in affected[:SHOWN]
        ),
        affected_more=len(affected[SHOWN:]),
        incidents=cards(snapshot.open_incidents),
        incidents_more=len(snapshot.open_incidents[SHOWN:]),
        work=cards(snapshot.current_work),
        work_more=len(snapshot.current_work[SHOWN:]),
        ahead=tuple(
            AheadLine(link=reader.matter(state.kind, state.id, state.title), window=_window(state, reader))
            for state in snapshot.announced[:AHEAD_SHOWN]
        ),
        ahead_more=len(snapshot.announced[AHEAD_SHOWN:]),
    )


def _card(state: State, record: Matter, now: datetime, reader: Reader) -> OpenCard:
    spoken = said(record.reports)
    return OpenCard(
        link=reader.matter(state.kind, state.id, state.title),
        phase_name=reader.wording.label(state.phase),
        severity=state.severity.value if state.severity else None,
        window=_window(state, reader),
        began=reader.moment(state.started_at) if state.severity and state.started_at else None,
        end=_end(state, reader),
        last=_last(state, *spoken[-1], reader) if spoken else None,
        beginning=_beginning(spoken[-1][1], reader) if spoken else None,
        owed=tuple(_owed(state, now, reader)),
    )


def _end(state: State, reader: Reader) -> Fact | None:
    """When it was over or, while it is not, when it is expected to be; None where nobody said."""
    _, incident = reader.wording.gettext, state.kind is MatterKind.INCIDENT
    over = state.recovered_at or state.ended_at
    if over is not None:
        return Fact(label=_("Recovered") if incident else _("Ended"), value=reader.moment(over))
    if not state.estimates:
        return None
    return Fact(label=_("Recovery expected") if incident else _("Expected end"), value=estimate_held(state, reader))


def _owed(state: State, now: datetime, reader: Reader) -> Iterator[OwedLine]:
    """What is overdue, and what is promised next."""
    for number, promise in enumerate(next_owed(state, now), 1):
        overdue = promise.overdue(now)
        if number > OWED_SHOWN and not overdue:
            break
        yield OwedLine(
            name=promise_name(promise, state, reader),
            due=reader.tell(overdue_since(promise) if overdue else due_by(promise), NEVER),
            overdue=overdue,
        )


def _window(state: State, reader: Reader) -> Markup | None:
    return reader.span(state.window.start, state.window.end) if state.window else None


def _last(state: State, number: int, report: ReportBase, reader: Reader) -> Markup:
    """What was said last and still stands, with a link to it."""
    link = f"{reader.link(matter_path(state.kind, state.id))}#{report_anchor(number)}"
    return Markup(f'<a href="{link}">{reader.label(report.kind)}</a> {reader.moment(report.at)}')


def _beginning(report: ReportBase, reader: Reader) -> Markup | None:
    if report.text is None:
        return None
    words, language = report.text.said_in(reader.language, reader.first)
    return reader.plain(Text(((language, excerpt(words, BEGINNING)),)))


def render_embed(view: EmbedView, reader: Reader, templates: Templates) -> str:
    """The small page as a whole document, which allows itself nothing but its own style."""
    return templates.render("embed.html", reader.wording, view=view, policy=_policy)


def _policy(style: str) -> str:
    """The content security policy of a page that holds nothing but this style."""
    return f"default-src 'none'; style-src {hash_source(style.encode())}; base-uri 'none'; form-action 'none'"
