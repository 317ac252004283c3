"""What a reader looks for first of a matter: since when, until when, and when they will hear next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from noroshi.records.choices import Phase, ReportKind
from noroshi.records.matters import Commitment, Incident, Matter
from noroshi.snapshot.state import Estimate, State
from noroshi.writers.pages.clock import lasting_clock, passed_clock
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.promise import OwedView, next_owed_views


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer: what is asked, and what is known, in large and in small."""

    asked: str
    """In a word or two."""
    said: Markup
    beside: tuple[Markup, ...] = ()
    """What else there is to it, a line each."""


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The answers of one matter, in the order in which a worried reader asks."""

    answers: tuple[Answer, ...]
    owed: tuple[OwedView, ...]
    """What it owes next: all that is overdue, and the two that are due next."""


def glance(
    record: Matter, state: State, reader: Reader, *, now: datetime, beside: datetime, anew: bool = False
) -> Glance:
    """The answers of one matter.

    :param now: the time at which promises are judged
    :param beside: times of its day stand without their date
    :param anew: whether the page is made on every build, so that it may say how long something has lasted by now
    """
    if isinstance(record, Incident):
        answers = [
            *_since(record, state, reader, now if anew else None),
            *_until(state, reader, beside, now if anew else None, incident=True),
        ]
    else:
        answers = [
            *_planned(record, state, reader),
            *_until(state, reader, beside, now if anew else None, incident=False),
        ]
    owed = next_owed_views(state, now, reader, beside=beside)
    if not owed:
        answers += _told(state, reader)
    return Glance(answers=tuple(answers), owed=owed)


def _since(record: Incident, state: State, reader: Reader, now: datetime | None) -> Iterator[Answer]:
    _ = reader.wording.gettext
    since = state.started_at
    if since is not None:
        by_now = reader.say(_("{duration} so far"), duration=reader.length(now - since)) if now else None
        lasting = () if _over(state) or state.phase.over else (lasting_clock(since, reader.wording, by_now),)
        yield Answer(asked=_("Began"), said=reader.moment(since), beside=lasting)
        return
    first = record.reports[0].at if record.reports else state.began_at
    told = reader.say(_("first reported {time}"), time=reader.moment(first))
    yield Answer(asked=_("Began"), said=escape(_("Unknown")), beside=(told,))


def _planned(record: Matter, state: State, reader: Reader) -> Iterator[Answer]:
    _ = reader.wording.gettext
    if state.window is not None:
        promised = isinstance(record, Commitment)
        moved = [Markup(f"<s>{reader.span(span.start, span.end)}</s>") for span in state.moved_from[-1:]]
        asked = _("Promised time") if promised else _("Planned time")
        yield Answer(asked=asked, said=reader.span(state.window.start, state.window.end), beside=tuple(moved))
    if state.started_at is not None and state.phase is not Phase.CANCELLED and not isinstance(record, Commitment):
        yield Answer(asked=_("Began"), said=reader.moment(state.started_at))


def _until(state: State, reader: Reader, beside: datetime, now: datetime | None, *, incident: bool) -> Iterator[Answer]:
    _ = reader.wording.gettext
    over = _over(state)
    if over is not None:
        since = state.started_at
        length = () if since is None or over <= since else (_after(since, over, reader),)
        yield Answer(asked=_("Recovered") if incident else _("Ended"), said=_moment(over, since, reader), beside=length)
    elif not state.phase.over:
        asked = _("Recovery expected") if incident else _("Expected end")
        if state.estimates:
            yield _expected(asked, state.estimates, reader, beside, now)
        elif incident:
            yield Answer(asked=asked, said=escape(_("Not told yet")))


def _expected(
    asked: str, estimates: tuple[Estimate, ...], reader: Reader, beside: datetime, now: datetime | None
) -> Answer:
    _ = reader.wording.gettext
    held = estimates[-1]
    if held.expected is None:
        by = held.answer_by
        answer = (reader.say(_("to be answered by {time}"), time=reader.clock(by, beside)),) if by else ()
        return Answer(asked=asked, said=escape(_("Unknown")), beside=answer)
    moved = [each.expected for each in estimates if each.expected not in (None, held.expected)][-1:]
    return Answer(
        asked=asked,
        said=reader.clock(held.expected, beside),
        beside=(
            passed_clock(held.expected, reader.wording, now=now),
            *(reader.say(_("moved from {before}"), before=reader.clock(each, held.expected)) for each in moved if each),
        ),
    )


def _told(state: State, reader: Reader) -> Iterator[Answer]:
    for mark in reversed(state.reports):
        if mark.kind is ReportKind.COMPLETION and state.phase is Phase.COMPLETED:
            yield Answer(asked=reader.wording.label(mark.kind), said=reader.moment(mark.at))
            return


def _over(state: State) -> datetime | None:
    return state.recovered_at or state.ended_at


def _moment(moment: datetime, since: datetime | None, reader: Reader) -> Markup:
    return reader.moment(moment) if since is None else reader.step(moment, since)


def _after(since: datetime, over: datetime, reader: Reader) -> Markup:
    said = reader.wording.gettext("after {duration}").format(duration=reader.length(over - since))
    return Markup(f'<span class="nr-length">{escape(said)}</span>')
