"""A submitted form to what would be written: the record or the report, tried against all rules, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from noroshi.importers.form_facts import FormFacts, facts_of
from noroshi.importers.issue_event import read_event
from noroshi.importers.issue_form import FormError, Submission, form_of, read_form
from noroshi.pipeline.reading.content import SiteFolder, SourceFile, find_records, read_bytes
from noroshi.pipeline.reading.record import Moments, read_entry, read_record
from noroshi.pipeline.reading.settings import SettingsReading, usable_settings
from noroshi.pipeline.told_action import chosen_action, named_action, owing_records, standing_actions_of
from noroshi.pipeline.writing.assembling import proposed_id, record_data, report_data
from noroshi.pipeline.writing.open_matters import open_matters
from noroshi.pipeline.writing.prepared import Prepared
from noroshi.pipeline.writing.preparing import prepare_record, prepare_report
from noroshi.problems import Level
from noroshi.records.content import Entry, MatterKind, Settings
from noroshi.records.refusal import nearest, shown
from noroshi.records.reports import Action
from noroshi.records.texts import Text
from noroshi.repository.committing import report_subject
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.state import State
from noroshi.text.said_times import spelled
from noroshi.writers.forms.fields import asked
from noroshi.writers.forms.issue_form import form_wordings
from noroshi.writers.forms.question import heading

_LISTED = 10


@dataclass(frozen=True, kw_only=True)
class Received:
    """What a form comes to."""

    settings: Settings
    id: str
    kind: MatterKind
    number: int
    """The report's."""
    state: State
    path: str
    prepared: Prepared | None
    """What is to be written; None where it stands there already."""
    subject: str
    """What is written, in the words of a commit."""
    warnings: tuple[str, ...] = ()


def receive(event: bytes, folder: SiteFolder, now: datetime) -> Received | None:
    """What the form in an event comes to; None where the issue is none of a form. Writes nothing.

    :param event: the JSON that GitHub gives a workflow
    :raises FormError: it cannot be taken; the message is for who filled it in, each reason on a line of its own
    :raises StatedError: the event or the site cannot be read
    """
    issue = read_event(event)
    form = form_of(issue.labels)
    if form is None:
        return None
    reading = usable_settings(folder)
    settings = reading.settings
    wordings = form_wordings(settings)
    fields = [(field, heading(field, wordings)) for field in asked(form, components=bool(settings.components))]
    submission = read_form(form, issue.body, fields, [component.id for component in settings.components])
    facts = facts_of(submission, issue.sent, settings.site.zone)
    site = _Site(folder, reading, now)
    standing = site.standing(facts, form.opens)
    if standing is not None:
        return standing
    if form.opens is not None:
        return site.opened(facts, form.opens)
    return site.added(facts, submission, issue.sent)


class _Site:
    """The site that a form is written into."""

    def __init__(self, folder: SiteFolder, reading: SettingsReading, now: datetime) -> None:
        self._folder = folder
        self._reading = reading
        self._settings = reading.settings
        self._moments = Moments(now=now)
        self._sources, _ = find_records(folder)

    def standing(self, said: FormFacts, opens: MatterKind | None) -> Received | None:
        """The report where it stands already, as when a workflow runs again; None where nobody said it yet.

        :raises FormError: another report of that kind was made at that very time
        """
        for source, entry in self._said_then(said):
            if opens is None and said.record not in (None, source.id):
                continue
            reports = entry.record.reports[:1] if opens is not None else entry.record.reports
            for number, report in enumerate(reports, 1):
                if report.kind is not said.kind or report.at != said.at or report.withdrawn is not None:
                    continue
                same_title = opens is None or self._same(entry.record.title, said.facts.get("title"))
                same_text = report.text is not None and self._same(report.text, said.facts.get("text"))
                if same_text and same_title and self._same_action(said, source, report):
                    return self._told(source, number)
                if opens is None and said.record is not None:
                    raise FormError(
                        f"{source.id} has a report of this kind and time already (number {number}), and it says "
                        "something else; say when this one was made, or send a correction"
                    )
        return None

    def opened(self, said: FormFacts, kind: MatterKind) -> Received:
        """A new record.

        :raises FormError: it breaks a rule, or its name is taken
        """
        taken = {source.id.lower() for source in self._sources}
        day = said.at.date()
        if said.name is not None:
            name = f"{day.isoformat()}-{said.name.removeprefix(f'{day.isoformat()}-')}"
            if name.lower() in taken:
                raise FormError(f"name: another record has the id {name!r}; choose another name")
        else:
            components = said.facts.get("components", {})
            fallbacks = [*(components if isinstance(components, Mapping) else ()), kind.word]
            name = proposed_id(day, [str(said.facts.get("title", ""))], fallbacks, taken)
        data = record_data(kind, said.facts, said.kind, spelled(said.at))
        prepared = prepare_record(self._folder, self._reading, kind, name, data, self._moments.now)
        return self._tried(prepared, name, kind, 1, f"{name}: opened")

    def added(self, said: FormFacts, submission: Submission, sent: datetime) -> Received:
        """A report to a record.

        :raises FormError: there is no such record, or it breaks a rule
        """
        source = self._record(said)
        entry = read_entry(source, self._settings, self._moments)
        if entry is None:
            raise FormError(f"{source.path} cannot be read; mend it first, nothing was written")
        if said.progress:
            known = standing_actions_of(source, self._settings, self._moments)
            name = chosen_action(said.action, known, self._settings.site.languages[0])
            said = replace(said, facts={**said.facts, "actions": {name: dict(said.progress)}})
        elif "actions" in said.facts:
            taken = [action.id for report in entry.record.reports for action in _planned(report)]
            said = replace(facts_of(submission, sent, self._settings.site.zone, taken), record=said.record)
        number = len(entry.record.reports) + 1
        data = report_data(said.kind, spelled(said.at), said.facts)
        prepared = prepare_report(self._folder, self._reading, source, data, self._moments.now)
        return self._tried(prepared, source.id, source.kind, number, report_subject(source.id, said.kind, number))

    def _record(self, said: FormFacts) -> SourceFile:
        """The record that is meant; without a name the one that is open, where it is the only one."""
        if said.record is not None:
            for source in self._sources:
                if source.id == said.record:
                    return source
            hint = (
                nearest(said.record, [source.id for source in self._sources])
                or "it is the last part of its page's address"
            )
            raise FormError(f"record: no record has the id {shown(said.record)}; {hint}")
        if said.progress:
            found = owing_records(self._sources, self._settings, self._moments, said.action)
            several, none = "several records owe a corrective action", "no record owes such a corrective action"
        else:
            found = open_matters(self._sources, self._settings, self._moments)
            several, none = "several matters are open", "nothing is open"
        if len(found) == 1:
            return found[0]
        told = ", ".join(source.id for source in found[:_LISTED])
        raise FormError(
            f"record: {several}, so name one: {told}"
            if found
            else f"record: {none}, so name the record that it is about"
        )

    def _tried(self, prepared: Prepared, id: str, kind: MatterKind, number: int, subject: str) -> Received:
        errors = [str(problem) for problem in prepared.problems if problem.level is Level.ERROR]
        if errors or prepared.state is None:
            raise FormError("\n".join(errors))
        return Received(
            settings=self._settings,
            id=id,
            kind=kind,
            number=number,
            state=prepared.state,
            path=prepared.path,
            prepared=prepared,
            subject=subject,
            warnings=tuple(str(each) for each in prepared.problems if each.level is not Level.ERROR),
        )

    def _told(self, source: SourceFile, number: int) -> Received | None:
        state = read_record(source, self._settings, Terms(self._settings), self._moments)[0].state
        if state is None:
            return None
        return Received(
            settings=self._settings,
            id=source.id,
            kind=source.kind,
            number=number,
            state=state,
            path=source.path,
            prepared=None,
            subject=f"{source.id}: report {number} stands already",
        )

    def _said_then(self, said: FormFacts) -> Iterator[tuple[SourceFile, Entry]]:
        """The records in whose files the time of the report is spelled: few of 10,000 have to be read."""
        sought = spelled(said.at).encode()
        for source in self._sources:
            data, problem = read_bytes(source.path, source.place)
            if problem is None and sought in data:
                entry = read_entry(source, self._settings, self._moments)
                if entry is not None:
                    yield source, entry

    def _same_action(self, said: FormFacts, source: SourceFile, report: object) -> bool:
        """Whether it tells of the same action: two that were done in the same minute may be told in the same words."""
        if not said.progress or said.action is None:
            return True
        known = standing_actions_of(source, self._settings, self._moments)
        told = getattr(report, "actions", ())
        return isinstance(told, Mapping) and named_action(said.action, known) in told

    def _same(self, text: Text, said: object) -> bool:
        first = self._settings.site.languages[0]
        return text.said_in(first, first)[0].split() == str(said or "").split()


def _planned(report: object) -> Sequence[Action]:
    actions = getattr(report, "actions", ())
    return actions if isinstance(actions, tuple) else ()
