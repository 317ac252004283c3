"""An event of a calendar as a commitment: known so that nothing is planned across it, reported on by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import PurePosixPath

from noroshi.calendars.event import CalendarEvent, refuse
from noroshi.problems import Problem
from noroshi.records.choices import Phase, Visibility
from noroshi.records.content import MatterKind, Settings
from noroshi.records.refusal import nearest
from noroshi.records.site import Calendar
from noroshi.records.texts import Text
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import Slot, Span, State


@dataclass(frozen=True, kw_only=True)
class Concern:
    """Whom and what an event concerns."""

    client: str | None
    """By id; None where nobody says."""
    needs: tuple[str, ...]
    """Ids of components."""


def commitment_id(event: CalendarEvent) -> str:
    """The id of an event as a commitment: the same as long as its calendar knows it by the same name."""
    name = f"{event.uid}\0{event.recurrence}".encode()
    return f"cal-{blake2b(name, digest_size=6).hexdigest()}"


def concern_of(event: CalendarEvent, calendar: Calendar, settings: Settings) -> Concern:
    """Whom and what an event concerns: what it says itself, else what holds for its calendar.

    It says so by ``X-NOROSHI-CLIENT`` and ``X-NOROSHI-NEEDS``, or by categories that are ids. Where nobody says which
    components it needs, it needs all of its client's; without a client, every one of the site: planned work must not
    meet it unseen.
    """
    clients = {client.id.lower(): client for client in settings.clients}
    ids = {name.lower(): name for name in settings.by_id}
    said = [event.client, *event.categories]
    client = next((clients[word.lower()] for word in said if word.lower() in clients), None)
    if client is None and calendar.client is not None:
        client = clients.get(calendar.client.lower())
    needs = tuple(dict.fromkeys(ids[word.lower()] for word in event.needs if word.lower() in ids))
    needs = needs or tuple(dict.fromkeys(ids[word.lower()] for word in event.categories if word.lower() in ids))
    needs = needs or calendar.needs or (client.components if client is not None else ()) or tuple(settings.by_id)
    return Concern(client=client.id if client is not None else None, needs=needs)


def unknown_names(event: CalendarEvent, path: str, settings: Settings) -> Iterator[Problem]:
    """What an event names as its client and components is there; its categories may be anything.

    :param path: its file, relative to the site's folder
    """
    known = {"client": [client.id for client in settings.clients], "component": list(settings.by_id)}
    unread = {"client": "clients.yaml", "component": "components.yaml"}
    for what, words in (("client", [event.client] if event.client else []), ("component", event.needs)):
        for word in words:
            if word.lower() in [name.lower() for name in known[what]] or unread[what] in settings.unread:
                continue
            yield refuse(
                f"unknown-{what}",
                path,
                event.line,
                f"no {what} has the id '{word[:60]}'",
                f"{unread[what]} has: {', '.join(known[what][:30]) or 'nothing yet'}",
                nearest(word, known[what]) or f"correct the event, or add it to {unread[what]}",
            )


def fold_event(
    event: CalendarEvent, path: str, calendar: Calendar, concern: Concern, terms: Terms, now: datetime
) -> State:
    """What is true of an event at ``now``. The clock alone moves it, for nobody reports on it, and it owes no report.

    :param path: its file, relative to the site's folder
    """
    window = Span(start=event.start, end=event.end)
    phase = Phase.PLANNED if now < event.start else Phase.IN_PROGRESS if now < event.end else Phase.COMPLETED
    clear = Span(
        start=terms.before(event.start, calendar.keep_clear.before).astimezone(UTC),
        end=terms.after(event.end, calendar.keep_clear.after).astimezone(UTC),
    )
    return State(
        id=commitment_id(event),
        kind=MatterKind.COMMITMENT,
        path=path,
        title=Text((("", event.title or PurePosixPath(path).stem),)),
        phase=phase,
        severity=None,
        began_at=event.start,
        started_at=None,
        recovered_at=None,
        ended_at=None,
        window=window,
        moved_from=(),
        estimates=(),
        components=concern.needs,
        impacts=(),
        reports=(),
        updated_at=event.start,
        caused_by=None,
        detected_by=None,
        result=None,
        outcome=None,
        imported=False,
        settled=phase.over,
        client=concern.client,
        clear=clear,
        slots=(Slot(said_at=None, clear=clear),),
        visibility=Visibility.INTERNAL,
        from_calendar=True,
    )
