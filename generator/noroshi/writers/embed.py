"""The small page that other sites show in a frame.

It needs no script, no style sheet and no theme: times in it are absolute, and it says of what time it speaks.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from markupsafe import Markup

from noroshi.records.choices import ComponentLevel, PromiseKind
from noroshi.records.content import Entry
from noroshi.records.matters import Matter
from noroshi.records.texts import Text
from noroshi.snapshot.matter.spoken import NEVER, said
from noroshi.snapshot.sayings import due_by, next_owed, overdue_since
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.urls import matter_path, report_anchor
from noroshi.writers.pages.home import verdict, verdict_level
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.promise import promise_name
from noroshi.writers.pages.templates import Templates
from noroshi.writers.snippets import frame_title

SHOWN = 5
"""How many matters or components of a kind are shown; of the others it says how many there are."""

AHEAD_SHOWN = 2
"""How much of the work ahead is shown, the soonest first."""

OWED_SHOWN = 2
"""How much of what a matter owes is shown, what is overdue first."""


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
    last: Markup | None
    """What kind of report came last, and when."""
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

    affected = [each for each in snapshot.components if each.level.rank > ComponentLevel.UNDER_MAINTENANCE.rank]
    affected.sort(key=lambda each: -each.level.rank)
    site = snapshot.settings.site
    name, language = site.name.said_in(reader.language, reader.first)
    return EmbedView(
        language=reader.language,
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
    return OpenCard(
        link=reader.matter(state.kind, state.id, state.title),
        phase_name=reader.wording.label(state.phase),
        severity=state.severity.value if state.severity else None,
        window=_window(state, reader),
        began=reader.moment(state.started_at) if state.severity and state.started_at else None,
        last=_last(state, record, reader),
        owed=tuple(_owed(state, now, reader)),
    )


def _owed(state: State, now: datetime, reader: Reader) -> Iterator[OwedLine]:
    """What is promised next; that a planned start or end has passed is said by the phase and the plan."""
    promises = [each for each in next_owed(state, now) if each.kind not in (PromiseKind.START, PromiseKind.END)]
    for promise in promises[:OWED_SHOWN]:
        overdue = promise.overdue(now)
        yield OwedLine(
            name=promise_name(promise, state, reader),
            due=reader.tell(overdue_since(promise) if overdue else due_by(promise), NEVER),
            overdue=overdue,
        )


def _window(state: State, reader: Reader) -> Markup | None:
    return reader.span(state.window.start, state.window.end) if state.window else None


def _last(state: State, record: Matter, reader: Reader) -> Markup | None:
    """What was said last and still stands, with a link to it."""
    spoken = said(record.reports)
    if not spoken:
        return None
    number, report = spoken[-1]
    link = f"{reader.link(matter_path(state.kind, state.id))}#{report_anchor(number)}"
    return Markup(f'<a href="{link}">{reader.label(report.kind)}</a> {reader.moment(report.at)}')


def render_embed(view: EmbedView, reader: Reader, templates: Templates) -> str:
    """The small page as a whole document, which allows itself nothing but its own style."""
    return templates.render("embed.html", reader.wording, view=view, policy=_policy)


def _policy(style: str) -> str:
    """The content security policy of a page that holds nothing but this style (CSP 3, section 2.3.1)."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
