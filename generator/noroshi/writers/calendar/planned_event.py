"""The event of planned work or of a commitment."""

from __future__ import annotations

from collections.abc import Iterator

from noroshi.calendars.writing import Event, Status
from noroshi.records.choices import Outcome, Phase, ReportKind
from noroshi.records.content import Entry, MatterKind
from noroshi.records.matters import Commitment, Maintenance
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.writers.calendar.occasions import Planned
from noroshi.writers.calendar.words import Voice
from noroshi.writers.calendar.work_notice import work_notice

_COLOURS = {MatterKind.MAINTENANCE: "royalblue", MatterKind.COMMITMENT: "seagreen"}
GREY = "gray"
"""The colour of what nobody has to expect any more."""

# What only the clock made of them is left to the pages: an event changes when something is told.
_TOLD = {Phase.START_AWAITED: Phase.PLANNED, Phase.COMPLETION_AWAITED: Phase.IN_PROGRESS}


def planned_event(planned: Planned, entry: Entry | None, voice: Voice, account: str) -> Event:
    """The event of a matter whose time is planned.

    :param entry: the matter as it is written; None of what is over, whose page tells the rest
    :param account: to whom the calendar is told, as the notice for machines names it
    """
    state, settings = planned.state, voice.settings
    record = None if entry is None else entry.record
    title = voice.led(voice.wording.label(state.kind), voice.plain(state.title))
    status, title = _standing(planned, title, voice)
    contact, work = voice.contact, state.kind is MatterKind.MAINTENANCE
    # Whoever plans the work organizes it, which only an address of mail can name (RFC 5545, section 3.3.3).
    organizer = contact if work and contact is not None and contact.startswith("mailto:") else None
    told = record if isinstance(record, Maintenance) else None
    return Event(
        uid=planned.uid,
        changed=planned.changed,
        sequence=planned.sequence,
        start=planned.span.start,
        end=planned.span.end,
        summary=title,
        description="\n".join(_lines(planned, record, voice)),
        status=status,
        busy=status is not Status.CANCELLED,
        categories=(voice.wording.label(state.kind),),
        colour=GREY if status is Status.CANCELLED else _COLOURS[state.kind],
        url=voice.address(state.kind, state.id),
        contact=contact.removeprefix("mailto:") if contact is not None and organizer is None else None,
        organizer=None if organizer is None else (voice.plain(settings.site.name), organizer),
        notice=work_notice(state, told, settings.site.id, account) if work else None,
    )


def _standing(planned: Planned, title: str, voice: Voice) -> tuple[Status, str]:
    """Whether it takes place, and its title marked where it does not go as planned: many programs show no STATUS."""
    state = planned.state
    if state.phase is Phase.CANCELLED:
        return Status.CANCELLED, voice.say(N_("[Cancelled] {title}"), title=title)
    if state.outcome is Outcome.BROKEN:
        return Status.CANCELLED, voice.say(N_("[Not kept] {title}"), title=title)
    if state.outcome is Outcome.MOVED and not _has_new_time(state):
        return Status.TENTATIVE, voice.say(N_("[New time to be told] {title}"), title=title)
    if planned.span.overrunning:
        return Status.CONFIRMED, voice.say(N_("[Overrunning] {title}"), title=title)
    return Status.CONFIRMED, title


def _has_new_time(state: State) -> bool:
    """Whether a commitment has been given another time since it was reported to be moved."""
    said_at = state.slots[-1].said_at if state.slots else None
    moved_at = max((mark.at for mark in state.reports if mark.kind is ReportKind.COMPLETION), default=None)
    return said_at is not None and (moved_at is None or said_at > moved_at)


def _lines(planned: Planned, record: object, voice: Voice) -> Iterator[str]:
    state, words = planned.state, voice.wording
    yield voice.fact("State", _state_words(state, voice))
    if state.window is not None:
        yield voice.fact("Planned time", words.span(*state.window))
    if state.moved_from:
        yield voice.fact("Planned before", words.span(*state.moved_from[-1]))
    if not state.phase.over and not state.phase.ahead and state.estimates and state.estimates[-1].expected is not None:
        yield voice.fact("Expected end", words.moment(state.estimates[-1].expected))
    if not planned.span.end_told:
        yield voice.say(N_("No later end has been told: until the next report, it is taken to go on."))
    if state.components:
        label = "Needs" if state.kind is MatterKind.COMMITMENT else "Affected"
        yield voice.fact(label, words.gettext(", ").join(map(voice.component, state.components)))
    if isinstance(record, Maintenance):
        if record.not_affected is not None:
            yield voice.fact("Not affected", voice.brief(record.not_affected))
        if record.reason is not None:
            yield voice.fact("Reason", voice.brief(record.reason))
    if state.settlement is not None:
        yield voice.fact("Promised times", words.label(state.settlement))
    yield voice.say(
        "All times are in {zone}.", zone=words.zone_name(state.window.start if state.window else state.began_at)
    )
    if isinstance(record, Maintenance | Commitment):
        yield from _last_report(record, voice)
    yield ""
    yield voice.address(state.kind, state.id)


def _state_words(state: State, voice: Voice) -> str:
    words = voice.wording
    said = words.label(_TOLD.get(state.phase, state.phase))
    result = state.result or state.outcome
    # Work that is completed and done in full is said in one word in some languages.
    if result is None or words.label(result) == said:
        return said
    return words.aside(said, words.label(result))


def _last_report(record: Maintenance | Commitment, voice: Voice) -> Iterator[str]:
    spoken = [report for report in record.reports if report.text is not None and report.withdrawn is None]
    if spoken and spoken[-1].text is not None:
        yield ""
        yield voice.led(voice.wording.label(spoken[-1].kind), voice.wording.moment(spoken[-1].at))
        yield voice.prose(spoken[-1].text)
