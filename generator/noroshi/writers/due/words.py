"""What `noroshi due` says of a promise: where it comes from, to whom it was made, and what would keep it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from noroshi.problems import Place, in_one_line
from noroshi.records.choices import Phase, PromiseKind, ReportKind
from noroshi.records.content import MatterKind, Settings
from noroshi.records.settings import Client
from noroshi.snapshot.owing import Alarm, Owed
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.sayings import Deadline, PromiseName, Value, because_of, deadline_of
from noroshi.snapshot.state import State
from noroshi.text.labels import label_of
from noroshi.text.wording import Wording, wording
from noroshi.writers.first_language import first_words

READERS = "all readers"


def english(settings: Settings) -> Wording:
    """How a command tells times and lengths."""
    return wording("en", settings.site.zone)


def due_words(promise: Promise, settings: Settings, due: datetime | None = None) -> str:
    """By when a promise is due: a time, or the day by whose end.

    :param due: another of its due times
    """
    return _deadline(deadline_of(promise, due), settings)


def state_words(owed: Owed, settings: Settings) -> str:
    """How a promise stands, and by how much."""
    due, length = due_words(owed.promise, settings), english(settings).duration(owed.length)
    return f"{length} overdue, was due {due}" if owed.overdue else f"due {due}, in {length}"


def kind_words(owed: Owed) -> str:
    """What is owed: the kind and, of an action, which one."""
    label = label_of(owed.promise.kind)
    about = owed.promise.about
    return f"{label} ({about})" if about is not None else label


def origin(owed: Owed) -> str:
    """Where a promise was made: ``file:line``, or the policy of a day."""
    place, policy = owed.promise.place, owed.promise.policy
    if policy is not None:
        return f"by the policy from {policy} on"
    return f"{place.shown_path}:{place.line}" if place is not None else in_one_line(owed.matter.path)


def people(clients: Iterable[Client], settings: Settings) -> str:
    """Clients by name, each with the role that answers to them."""
    return ", ".join(
        first_words(client.name, settings) + (f" (manager: {client.manager})" if client.manager else "")
        for client in clients
    )


def receivers(owed: Owed, settings: Settings) -> str:
    """To whom a promise was made."""
    named = people(owed.clients, settings)
    if not owed.to_readers:
        return named or str(owed.promise.to)
    return f"{READERS}, {named}" if named else READERS


def keeping(owed: Owed) -> str:
    """What to write into the matter's file so that the promise is kept."""
    about, matter = owed.promise.about, owed.matter
    match owed.promise.kind:
        case PromiseKind.FIRST_REPORT | PromiseKind.START:
            return "a report with kind: start"
        case PromiseKind.NEXT_REPORT:
            return f"a report with kind: {_next_kind(matter).value}"
        case PromiseKind.RECOVERY_ANSWER:
            return f"a report with kind: {_next_kind(matter).value} and recovery: TIME"
        case PromiseKind.COMPLETION:
            return _completing(matter)
        case PromiseKind.CAUSE:
            kind = ReportKind.FOLLOW_UP if _completed(matter) else ReportKind.COMPLETION
            return f"a report with kind: {kind.value}, cause: {{status: confirmed, …}} and actions: […]"
        case PromiseKind.ACTION:
            return f"a report with kind: follow_up and actions: {{{about}: {{done: DATE, evidence: …}}}}"
        case PromiseKind.EFFECT_CHECK:
            return f"a report with kind: follow_up and actions: {{{about}: {{effect_checked: DATE}}}}"
        case PromiseKind.NOTICE:
            return "a report with kind: notice"
        case PromiseKind.END:
            outcome = ", outcome: …" if matter.kind is MatterKind.COMMITMENT else ""
            return f"a report with kind: completion, ended_at: TIME{outcome}"
        case PromiseKind.SLOT_ANSWER:
            return "a report with kind: interim that says what becomes of the slot"


def shown_place(promise: Promise | None, matter: State) -> Place:
    """Where in a matter's file a promise stands; the file's beginning where it was made elsewhere."""
    if promise is not None and promise.place is not None and promise.place.path == matter.path:
        return promise.place
    return Place(path=matter.path)


def named(matter: State, settings: Settings) -> str:
    """A matter by its title, and the id or, of an event of a calendar, the file that it is known by."""
    return f"{first_words(matter.title, settings)} ({in_one_line(matter.path) if matter.from_calendar else matter.id})"


def because_words(alarm: Alarm, settings: Settings) -> str:
    """What made a risk fire."""
    saying = because_of(alarm.fired, alarm.commitment)
    return saying.message.format(**{name: _told(value, settings) for name, value in saying.values.items()})


def _told(value: Value, settings: Settings) -> str:
    """What stands in a sentence on a risk."""
    match value:
        case Deadline():
            return _deadline(value, settings)
        case datetime():
            return english(settings).moment(value)
        case PromiseName():
            name = label_of(value.kind)
            return name if value.commitment is None else f"{name}, {named(value.commitment, settings)}"
        case State():
            return named(value, settings)
    raise TypeError(f"no sentence on a risk holds {value!r}")


def _deadline(deadline: Deadline, settings: Settings) -> str:
    words = english(settings)
    local = words.local(deadline.at)
    if deadline.whole_day and local.time() == time():
        return f"by the end of {words.day(local.date() - timedelta(days=1))}"
    return words.moment(deadline.at)


def _completed(matter: State) -> bool:
    """Whether a completion report stands; one of an incident may have been taken back."""
    taken_back = matter.phase in (Phase.ONGOING, Phase.RECOVERED)
    return not taken_back and any(mark.kind is ReportKind.COMPLETION for mark in matter.reports)


def _next_kind(matter: State) -> ReportKind:
    over = matter.kind is not MatterKind.COMMITMENT and _completed(matter)
    return ReportKind.FOLLOW_UP if over else ReportKind.INTERIM


def _completing(matter: State) -> str:
    if matter.lacking:
        return f"a report with kind: follow_up and what completion lacks: {', '.join(matter.lacking)}"
    if matter.kind is MatterKind.INCIDENT:
        return "a report with kind: completion, confirmed_by: …, cause: {…} and actions: […]"
    return "a report with kind: completion"
