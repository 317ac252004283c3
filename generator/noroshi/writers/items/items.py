"""The items of feeds: one for each report, or the quiet variant with one for each matter.

Nothing here depends on the time of the build: an item changes only when its record does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from markupsafe import escape

from noroshi.log.statement import report_digest
from noroshi.records.choices import Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Commitment, Incident, Matter
from noroshi.records.reports import ReportBase
from noroshi.snapshot.matter.spoken import changed_at
from noroshi.snapshot.promises.after_report import AfterReport, after_each_report
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.sayings import said_with
from noroshi.snapshot.steps import Step, steps_after_each
from noroshi.urls import category_scheme, matter_guid, matter_path, report_anchor, report_guid
from noroshi.writers.feeds.feed import Category, Item
from noroshi.writers.pages.links import Reader, safe
from noroshi.writers.pages.opening import opening_facts
from noroshi.writers.pages.promise import late_line, promised_line
from noroshi.writers.pages.report import ReportView, report_views
from noroshi.writers.pages.templates import Templates

_MATTERS_KEPT = 200
"""How many matters are remembered while reports go into one feed after the other."""

_ITEMS_KEPT = 2_000
"""How many of their items are."""


@dataclass(frozen=True, kw_only=True)
class _Matter:
    """What all items of one matter share."""

    entry: Entry
    views: tuple[ReportView, ...]
    after: Sequence[AfterReport]
    """What was promised after each report, and what it kept too late."""
    steps: Sequence[Step]
    """How far it had come after each report."""


class ItemPress:
    """Makes the items of one language's feeds, each once for all the feeds that carry it."""

    def __init__(self, reader: Reader, templates: Templates) -> None:
        """:param reader: with an absolute base, for readers of feeds have no page that links could start from"""
        self._reader = reader
        self._templates = templates
        self._terms = Terms(reader.settings)
        self._matters: dict[str, _Matter] = {}
        self._items: dict[tuple[str, int], Item] = {}

    def of_report(self, entry: Entry, number: int) -> Item:
        """The item of one report. Its title names the report's kind, the matter, and the state that it left."""
        place = (entry.id, number)
        if place not in self._items:
            if len(self._items) >= _ITEMS_KEPT:
                self._items.clear()
            self._items[place] = self._report(self._matter(entry), number)
        return self._items[place]

    def of_matter(self, entry: Entry) -> Item:
        """The item of a matter, with all its reports, newest first, as Statuspage's history feeds have it."""
        matter, reader = self._matter(entry), self._reader
        reports = entry.record.reports
        last = self._with_promises(matter, len(reports))
        views = [last, *reversed(matter.views[:-1])]
        title, language = self._title(entry)
        return Item(
            guid=matter_guid(reader.settings.site.id, entry.id),
            title=title,
            link=reader.link(matter_path(entry.kind, entry.id)),
            html=self._templates.render("feed_item.html", reader.wording, reports=views, named=True).strip(),
            published=reports[0].at.astimezone(UTC),
            updated=max(map(changed_at, reports)),
            categories=tuple(self._categories(entry, None)),
            language=language,
        )

    def _matter(self, entry: Entry) -> _Matter:
        reports = entry.record.reports
        if entry.id not in self._matters:
            if len(self._matters) >= _MATTERS_KEPT:
                self._matters.clear()
            views = list(map(self._zoned, report_views(entry.record, self._reader, None), reports))
            opening = tuple(opening_facts(entry.record, self._reader))
            views[:1] = [view if view.withdrawn else replace(view, facts=(*opening, *view.facts)) for view in views[:1]]
            self._matters[entry.id] = _Matter(
                entry=entry,
                views=tuple(views),
                after=after_each_report(entry, self._terms),
                steps=steps_after_each(entry),
            )
        return self._matters[entry.id]

    def _zoned(self, view: ReportView, report: ReportBase) -> ReportView:
        """The report with its zone named: no page around it does."""
        return replace(view, at=safe(f"{view.at} {escape(self._reader.wording.zone_name(report.at))}"))

    def _report(self, matter: _Matter, number: int) -> Item:
        entry, reader = matter.entry, self._reader
        report = entry.record.reports[number - 1]
        view = self._with_promises(matter, number)
        title, language = self._title(entry)
        named = f"{reader.wording.label(report.kind)}{reader.wording.gettext(': ')}{title}"
        phase = matter.steps[number - 1].phase
        if not (_imported(entry.record) and phase in _AWAITING):
            named = f"{named} — {reader.wording.label(phase)}"
        return Item(
            guid=report_guid(reader.settings.site.id, entry.id, number),
            title=named,
            link=f"{reader.link(matter_path(entry.kind, entry.id))}#{report_anchor(number)}",
            html=self._templates.render("feed_item.html", reader.wording, reports=[view], named=False).strip(),
            published=report.at.astimezone(UTC),
            updated=changed_at(report),
            categories=tuple(self._categories(entry, number)),
            author=report.by if report.withdrawn is None else None,
            language=language,
        )

    def _with_promises(self, matter: _Matter, number: int) -> ReportView:
        """The report with what else was owed when it was made: later reports change nothing of that."""
        view, report = matter.views[number - 1], matter.entry.record.reports[number - 1]
        if report.withdrawn is not None:
            return view
        after, reader = matter.after[number - 1], self._reader
        owed = (promise for promise in after.owed if not said_with(promise, number, report.at))
        return replace(
            view,
            promised=tuple(promised_line(promise, report.at, reader) for promise in owed),
            late=tuple(late_line(promise, report.at, reader) for promise in after.late),
        )

    def _title(self, entry: Entry) -> tuple[str, str | None]:
        """A matter's title, and its language where that is not the feed's."""
        reader = self._reader
        title, language = entry.record.title.said_in(reader.language, reader.first)
        return title, None if language == reader.language else language

    def _categories(self, entry: Entry, number: int | None) -> list[Category]:
        """What an item is about: kind of matter, kind of report, severity when it was opened, components.

        And the digest of what the report says, as the published log has it: so every old copy of a feed is a witness.

        :param number: the report's; None for all of them together
        """
        reader, record = self._reader, entry.record
        words = reader.wording
        told = [("kind", entry.kind.value, words.label(entry.kind))]
        if number is not None:
            kind = record.reports[number - 1].kind
            told.append(("report", kind.value, words.label(kind)))
        if isinstance(record, Incident):
            told.append(("severity", record.severity.value, words.label(record.severity)))
        for name in _concerned(record, number):
            known = reader.settings.by_id.get(name)
            label = known.name.said_in(reader.language, reader.first)[0] if known else name
            told.append(("component", name, label))
        if number is not None:
            digest = report_digest(record.reports[number - 1], reader.first).hex()
            told.append(("digest", digest, digest))
        identity = reader.settings.site.id
        return [
            Category(scheme=category_scheme(identity, scheme), term=term, label=label) for scheme, term, label in told
        ]


def _imported(record: Matter) -> bool:
    return not isinstance(record, Commitment) and record.imported is not None


# What is imported owes no report, so no title says that one is awaited, nor what follows from its source's word alone.
_AWAITING = {
    Phase.CLOSED,
    Phase.RECOVERED,
    Phase.START_AWAITED,
    Phase.COMPLETION_AWAITED,
    Phase.ENDED,
    Phase.COMPLETION_INCOMPLETE,
    Phase.FINAL_REPORT_PENDING,
}


def _concerned(record: Matter, number: int | None) -> tuple[str, ...]:
    """The ids of the components that a matter concerned as far as was told up to a report, or at all."""
    if isinstance(record, Commitment):
        return record.needs
    told = (record.components, *(report.components for report in record.reports[:number]))
    return tuple(dict.fromkeys(name for components in told for name in components))
