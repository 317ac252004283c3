"""Rules on the time that was promised to clients: planned work stays out of it, and incidents that reach into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.problems import Level, Place, Problem
from noroshi.records.choices import Settlement
from noroshi.records.matters import Commitment
from noroshi.records.site import Site
from noroshi.rules.subject import Subject
from noroshi.snapshot.slots.conflicts import Conflict
from noroshi.snapshot.slots.dependencies import Chain
from noroshi.snapshot.slots.settlement import is_past
from noroshi.snapshot.slots.threats import Threat
from noroshi.snapshot.state import Span, State


def slot_without_needs(subject: Subject) -> Iterator[Problem]:
    """A commitment names what it needs: work and incidents meet it through components alone."""
    record = subject.entry.record
    if isinstance(record, Commitment) and not record.needs:
        yield subject.problem(
            "slot-without-needs",
            "needs",
            found="the commitment needs no component: planned work never conflicts with it",
            allowed="a commitment names what must run for it",
            advice="name the components it needs, for example 'needs: [web]'",
            level=Level.WARNING,
        )


def slot_conflicts(conflicts: Iterable[Conflict], places: Mapping[str, Place], site: Site) -> Iterator[Problem]:
    """Planned work stays out of the time kept clear for a commitment, unless its client agrees or it cannot wait.

    Told where the work's window stands; where the work's file is not among those looked at, at the commitment's time.

    :param places: by a matter's id, where its planned time stands
    """
    for conflict in conflicts:
        work, commitment = conflict.work, conflict.commitment
        if conflict.settled:
            continue
        span = _span(conflict.unagreed or conflict.overlap, site.zone)
        if work.id in places:
            place, who = places[work.id], f"the work meets the commitment {_named(commitment, site)}"
        elif commitment.id in places:
            place, who = places[commitment.id], f"the work {_named(work, site)} meets the commitment"
        else:
            continue
        past_window = "past its window, " if conflict.overruns else ""
        yield Problem(
            place=place,
            rule="slot-conflict",
            found=f"{who} {past_window}{span}: the commitment needs {told_chain(conflict.chain)}",
            allowed=_allowed(conflict, site.zone),
            advice=_advice(conflict, site.zone),
            level=Level.WARNING if is_past(work) else Level.REVIEW,
        )


def slot_threatened(
    threats: Iterable[Threat], places: Mapping[str, Place], site: Site, now: datetime
) -> Iterator[Problem]:
    """An open incident that reaches into the time kept clear for a commitment is told, so that its client is.

    Told where the incident says when it will be back; where its file is not among those looked at, at the commitment's
    time.

    :param places: by a matter's id, where its time stands
    """
    for threat in threats:
        incident, commitment = threat.incident, threat.commitment
        place = places.get(incident.id) or places.get(commitment.id)
        if threat.until is not None or place is None or commitment.clear is None:
            continue
        expected = incident.outlooks[-1].expected
        if expected is None:
            end = "has no end in sight"
        else:
            end = f"{'is' if now < expected else 'was'} expected to end at {_clock(expected, site.zone)}"
        yield Problem(
            place=place,
            rule="slot-threatened",
            found=f"the incident {_named(incident, site)} {end}, and the commitment {_named(commitment, site)} is kept "
            f"clear {_span(commitment.clear, site.zone)}: the commitment needs {told_chain(threat.chain)}",
            allowed="a client hears of what threatens a promised time",
            advice=_telling(commitment),
            level=Level.WARNING,
        )


def told_chain(chain: Chain) -> str:
    """Why a component is needed: ``staging-web, which depends on staging-db``."""
    return ", which depends on ".join(chain)


def _named(state: State, site: Site) -> str:
    """A matter's title and file: a calendar's file holds many."""
    first = site.languages[0]
    return f"'{state.title.said_in(first, first)[0]}' ({state.path})"


def _allowed(conflict: Conflict, zone: ZoneInfo) -> str:
    if not conflict.consents:
        return "work stays out of the time that is kept clear for a client, unless that client agrees"
    given = _clock(max(each.at for each in conflict.consents), zone)
    return f"an agreement is for the time that was planned when it was given, at {given}"


def _advice(conflict: Conflict, zone: ZoneInfo) -> str:
    client, work = conflict.commitment.client, conflict.work
    item = "{" + f"client: {client or '…'}, by: …, at: …" + "}"
    line = f"add '- {item}' to its agreements" if work.consents else f"add 'agreements: [{item}]'"
    if is_past(work):
        return f"the work is over; if the client had agreed, {line} to keep that on record"
    if conflict.settlement is Settlement.EXCEEDED and work.window is not None:
        since = f"with an 'at' not before {_clock(work.window.end, zone)}"
        return f"end the work; or {line} once the client agrees that it runs on, {since}; or, {_URGENT}"
    way = "move the window" if work.phase.ahead else "end the work before then"
    if client is None:
        return f"{way}; or name the client of the calendar in site.yaml, and {line} once they agree; or, {_URGENT}"
    since = " to this time, with an 'at' not before the report that tells it" if conflict.consents else ""
    return f"{way}; or {line} once the client agrees{since}; or, {_URGENT}"


def _telling(commitment: State) -> str:
    """How a client hears: in a report, but nobody reports on a calendar's event."""
    whom = "the one to whom it was promised" if commitment.client is None else f"'{commitment.client}'"
    where = "" if commitment.from_calendar else " in a report on the commitment"
    return f"tell {whom}{where} what becomes of it"


_URGENT = "if it cannot wait, 'emergency: {reason: …, approved_by: …}'"


def _span(span: Span, zone: ZoneInfo) -> str:
    return f"from {_clock(span.start, zone)} until {_clock(span.end, zone)}"


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes")
