"""What an update says, as plain text for a chat: what was said, and what is promised next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from noroshi.records.choices import PromiseKind
from noroshi.records.reports import IncidentReport, UnknownRecovery
from noroshi.snapshot.matter.spoken import corrected_by
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.sayings import deadline_of
from noroshi.text.east_asian import is_wide
from noroshi.text.markdown import markdown_to_text
from noroshi.text.wording import Wording
from noroshi.writers.statuspage.progress import Report
from noroshi.writers.statuspage.scope import Scope

_MOMENT = timedelta(microseconds=1)
_PROMISED = (PromiseKind.NEXT_REPORT, PromiseKind.RECOVERY_ANSWER, PromiseKind.COMPLETION, PromiseKind.CAUSE)
"""What readers wait for."""
_PLANNED = (PromiseKind.START, PromiseKind.END)
"""Planned times stand in fields of their own. That they have passed stands nowhere else."""


def body(number: int, reports: Sequence[Report], owed: Sequence[Promise], scope: Scope) -> str:
    """A report in plain text, never empty: notes on it, its text, when it will be over, and what is promised next.

    :param number: the report's
    :param reports: all of the matter
    :param owed: what was owed when it had been made
    """
    report = reports[number - 1]
    if report.withdrawn is not None:
        words, wording = scope.words_and_wording(report.withdrawn.reason)
        return _lead("This report was withdrawn:", wording.aside(words, _moment(report.withdrawn.at, wording)), wording)
    words, wording = scope.words_and_wording(report.text) if report.text else ("", scope.wording)
    paragraphs = [
        "\n".join(_notes(number, reports, wording)),
        markdown_to_text(words),
        "\n".join((*_times(report, wording, scope), *_promised(report, owed, wording, scope))),
    ]
    return "\n\n".join(filter(None, paragraphs)) or wording.label(report.kind)


def no_report(scope: Scope) -> str:
    """What is said of a matter on which nothing was reported yet."""
    return scope.wording.gettext("No report yet.")


def corrections_of(number: int, reports: Sequence[Report]) -> list[Report]:
    """The reports that correct this one, oldest first."""
    return [reports[each - 1] for each in corrected_by(reports).get(number, ())]


def _notes(number: int, reports: Sequence[Report], wording: Wording) -> Iterator[str]:
    """Which reports correct it, and which it corrects."""
    corrects = [reports[each - 1] for each in reports[number - 1].corrects if each <= len(reports)]
    for label, named in (("Corrected by", corrections_of(number, reports)), ("Corrects", corrects)):
        if named:
            names = (wording.aside(wording.label(each.kind), wording.moment(each.at)) for each in named)
            yield _lead(label, wording.gettext(", ").join(names), wording)


def _times(report: Report, wording: Wording, scope: Scope) -> Iterator[str]:
    """When it will be over, or that it was moved or called off."""
    if isinstance(report, IncidentReport):
        if report.recovery is not None:
            yield _fact("Recovery expected", _recovery(report.recovery, wording, scope), wording)
        return
    if report.window is not None:
        span = f"{wording.span(report.window.from_, report.window.until)} {_zone(report.window.until, wording)}"
        yield _fact("Moved to", span, wording)
    if report.cancelled:
        yield _fact("State", wording.gettext("Cancelled"), wording)
    if report.expected is not None:
        yield _fact("Expected end", _moment(report.expected, wording), wording)


def _recovery(recovery: datetime | UnknownRecovery, wording: Wording, scope: Scope) -> str:
    if isinstance(recovery, datetime):
        return _moment(recovery, wording)
    answer = wording.gettext("to be answered by {time}").format(time=_moment(recovery.answer_by, wording))
    return wording.aside(f"{wording.gettext('Unknown')}{wording.gettext(': ')}{scope.words(recovery.unknown)}", answer)


def _promised(report: Report, owed: Sequence[Promise], wording: Wording, scope: Scope) -> Iterator[str]:
    answered = isinstance(report, IncidentReport) and report.recovery is not None  # it says by when itself
    for promise in owed:
        overdue = promise.overdue(report.at)
        told = promise.kind in _PROMISED or (promise.kind in _PLANNED and overdue)
        if told and not (answered and promise.kind is PromiseKind.RECOVERY_ANSWER):
            said = wording.gettext("overdue since {due}") if overdue else wording.gettext("by {due}")
            label = f"{_kind(promise, wording, scope)}{wording.gettext(': ')}"
            yield f"{label}{said.format(due=_due(promise, wording))}"


def _kind(promise: Promise, wording: Wording, scope: Scope) -> str:
    """The promise's kind, with the client to whom alone it was made: only they and the house get to see it."""
    label = wording.label(promise.kind)
    for client in scope.settings.clients:
        if client.id == promise.to:
            return wording.aside(label, scope.words(client.name))
    return label


def _due(promise: Promise, wording: Wording) -> str:
    """A time, or a day that means its end."""
    deadline = deadline_of(promise)
    if deadline.whole_day and wording.local(deadline.at).time() == time():
        return wording.day(wording.local(deadline.at - _MOMENT).date())
    return _moment(deadline.at, wording)


def _moment(moment: datetime, wording: Wording) -> str:
    """A time with its zone, for a chat's readers see no page that would name it."""
    return f"{wording.moment(moment)} {_zone(moment, wording)}"


def _zone(moment: datetime, wording: Wording) -> str:
    """The zone as people call it, else its offset."""
    name = wording.local(moment).tzname() or ""
    return name if name.isalpha() else wording.zone_name(moment)


def _fact(label: str, value: str, wording: Wording) -> str:
    return f"{wording.gettext(label)}{wording.gettext(': ')}{value}"


def _lead(message: str, rest: str, wording: Wording) -> str:
    words = wording.gettext(message)
    return f"{words}{'' if is_wide(words[-1]) else ' '}{rest}"
