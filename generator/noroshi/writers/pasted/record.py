"""A matter as every format prints it: its facts and its reports in order, in finished words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from noroshi.records.choices import Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Incident, Maintenance
from noroshi.snapshot.matter.impact import lasting_levels, worst_levels
from noroshi.snapshot.matter.spoken import not_affected
from noroshi.snapshot.sayings import estimate_moves, standstill_of
from noroshi.snapshot.state import State
from noroshi.text.labels import N_
from noroshi.urls import public_address, report_anchor
from noroshi.writers.pasted.action import PastedAction, pasted_actions
from noroshi.writers.pasted.pieces import Fact, Line, Span, Speaker, line, struck
from noroshi.writers.pasted.promise import owed_lines
from noroshi.writers.pasted.report import PastedReport, pasted_reports


@dataclass(frozen=True, kw_only=True)
class PastedRecord:
    """A matter, finished for every format; all words are plain but the reports' bodies, which are Markdown."""

    title: str
    """With what kind of matter it is."""
    status: tuple[str, ...]
    """Lines on how far it has come, what is missing, and what is owed next."""
    imported: str | None
    anomalies_heading: str
    anomalies: tuple[str, ...]
    facts: tuple[Fact, ...]
    no_report: str | None
    """What to say where nothing has been reported yet."""
    reports: tuple[PastedReport, ...]
    actions_heading: str
    actions: tuple[PastedAction, ...]
    zone: str
    address: str | None
    """Its page's on the public site; None for a commitment that not every reader may see."""


def pasted_record(
    entry: Entry,
    state: State,
    speaker: Speaker,
    *,
    now: datetime,
    cause: State | None = None,
    only: int | None = None,
    as_of: datetime | None = None,
) -> PastedRecord:
    """All that is told of a matter.

    :param now: the time at which promises are judged
    :param cause: the matter that caused it
    :param only: the number of the only report to tell, below the title and how far the matter has come
    :param as_of: the past time to whose knowledge the matter was cut, where it was
    """
    record, words = entry.record, speaker.wording
    _ = words.gettext
    imported = None if isinstance(record, Commitment) else record.imported
    whole = only is None
    actions = pasted_actions(record.reports, speaker) if whole and not isinstance(record, Commitment) else ()
    address = public_address(speaker.settings.site, words.language, entry.kind, entry.id, state.visibility)
    return PastedRecord(
        title=speaker.headed(words.label(entry.kind), speaker.plain(record.title)),
        status=tuple(_status(state, speaker, now, as_of)),
        imported=speaker.say(_IMPORTED, source=imported.from_) if imported else None,
        anomalies_heading=_("What the import found"),
        anomalies=tuple(speaker.plain(each) for each in imported.anomalies) if imported and whole else (),
        facts=tuple(_facts(entry, state, speaker, cause)) if whole else (),
        no_report=None if record.reports else _("No report yet."),
        reports=_told_once(pasted_reports(record, speaker, only), actions),
        actions_heading=_("Corrective actions"),
        actions=actions,
        zone=speaker.say("All times are in {zone}.", zone=words.zone_name(state.began_at)),
        address=address if whole or address is None else f"{address}#{report_anchor(only or 0)}",
    )


def _told_once(reports: tuple[PastedReport, ...], standing: tuple[PastedAction, ...]) -> tuple[PastedReport, ...]:
    """The reports, the last without its actions where the list of all, right below it, says the same of each."""
    if not reports or not standing:
        return reports
    facts = {each.what: each.facts for each in standing}
    told = reports[-1].actions
    repeated = all(fact in facts.get(each.what, ()) for each in told for fact in each.facts)
    return (*reports[:-1], replace(reports[-1], actions=())) if repeated else reports


_IMPORTED = "Imported from {source}. It was written elsewhere and is closed as it was there; it made no promises here."


def _status(state: State, speaker: Speaker, now: datetime, as_of: datetime | None) -> Iterator[str]:
    words = speaker.wording
    phase = words.label(state.phase)
    phase = words.aside(phase, words.label(state.severity)) if state.severity else phase
    yield f"{words.gettext('State')}{words.gettext(': ')}{phase}"
    if as_of is not None:
        yield speaker.say("As of {time}", time=words.moment(as_of))
    standstill = standstill_of(state)
    if standstill is not None:
        yield speaker.tell(standstill)
    yield from owed_lines(state, now, speaker)


def _facts(entry: Entry, state: State, speaker: Speaker, cause: State | None) -> Iterator[Fact]:
    record = entry.record
    if isinstance(record, Incident):
        yield from _course(record, state, speaker)
    else:
        yield from _plan(record, state, speaker)
    if state.estimates:
        expected = state.recovered_at is None and state.ended_at is None and not state.phase.over
        back = N_("Recovery expected") if isinstance(record, Incident) else N_("Expected end")
        yield speaker.fact(back if expected else N_("Estimates given"), *_estimates(state, speaker))
    if isinstance(record, Commitment):
        return
    if state.components:
        yield speaker.fact("Affected", *_affected(state, speaker))
    unharmed = not_affected(record)
    if unharmed is not None:
        yield speaker.fact("Not affected", speaker.plain(unharmed))
    if cause is not None:
        link = Span(words=speaker.plain(cause.title), href=speaker.address(cause.kind, cause.id))
        yield speaker.fact("Caused by", line(link))


def _course(record: Incident, state: State, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    first = record.reports[0].at if record.reports else state.began_at
    unknown = speaker.say(N_("Unknown; first reported {time}"), time=words.moment(first))
    yield speaker.fact("Began", words.moment(state.started_at) if state.started_at else unknown)
    if record.detected is not None:
        who, at = words.label(record.detected.by), record.detected.at
        yield speaker.fact("First noticed by", words.aside(who, words.moment(at)) if at else who)
    if state.recovered_at is not None:
        yield speaker.fact("Recovered", speaker.after(state.recovered_at, state.started_at))
    if state.ended_at is not None and state.ended_at != state.recovered_at:
        yield speaker.fact("Ended", speaker.after(state.ended_at, state.started_at))


def _plan(record: Maintenance | Commitment, state: State, speaker: Speaker) -> Iterator[Fact]:
    words = speaker.wording
    if isinstance(record, Commitment):
        names = [speaker.plain(client.name) for client in speaker.settings.clients if client.id == record.client]
        yield speaker.fact("Client", words.aside(names[0], record.client) if names else record.client)
    if state.window is not None:
        yield speaker.fact("Planned time", words.span(state.window.start, state.window.end))
    for span in state.moved_from:
        before = words.span(span.start, span.end)
        yield speaker.fact("Planned before", struck(before, before))
    if state.started_at is not None and state.phase is not Phase.CANCELLED and isinstance(record, Maintenance):
        yield speaker.fact("Began", words.moment(state.started_at))
    if state.ended_at is not None:
        yield speaker.fact("Ended", speaker.after(state.ended_at, state.started_at))
    result = state.result or state.outcome
    if result is not None:
        yield speaker.fact("Result", words.label(result))
    if isinstance(record, Commitment):
        return
    if record.reason is not None:
        yield speaker.fact("Reason", speaker.plain(record.reason))
    if state.settlement is not None:
        yield speaker.fact("Promised times", words.label(state.settlement))
    if record.emergency is not None:
        yield speaker.fact("Why it could not wait", speaker.plain(record.emergency.reason))
    if record.rollback is not None:
        yield speaker.fact("If it fails", speaker.plain(record.rollback))


def _estimates(state: State, speaker: Speaker) -> Iterator[Line]:
    """The estimate that holds and how it was moved, then every one that it replaced."""
    for age, move in enumerate(estimate_moves(state.estimates)):
        said = speaker.tell(move, state.began_at)
        yield speaker.before(said) if age else line(said)


def _affected(state: State, speaker: Speaker) -> Iterator[str]:
    """The components: how each is that is not back, and the worst that each came to that is."""
    words = speaker.wording
    ended = words.gettext("{level} (ended)")
    said = {name: ended.format(level=words.label(level)) for name, level in worst_levels(state.impacts).items()}
    said |= {name: words.label(level) for name, level in lasting_levels(state.impacts).items()}
    for name in state.components:
        yield f"{speaker.component(name)} {said[name]}" if name in said else speaker.component(name)
