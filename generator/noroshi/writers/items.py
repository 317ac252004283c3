"""What feeds carry: an item for each report, or the quiet variant with one item for each matter.

Nothing here depends on the time of the build: an item changes only when its record does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import nlargest
from operator import attrgetter

from noroshi.records.content import Entry
from noroshi.snapshot.matter.spoken import changed_at
from noroshi.snapshot.promises.after_report import promised_after_each
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.promises.terms import Terms
from noroshi.snapshot.site import Snapshot
from noroshi.urls import matter_guid, matter_path, report_anchor, report_guid
from noroshi.writers.feeds import Item
from noroshi.writers.pages.links import Reader
from noroshi.writers.pages.promise import promised_line
from noroshi.writers.pages.report import ReportView, report_views
from noroshi.writers.pages.templates import Templates

NEWEST = 50
"""How many items a feed carries at least; all of open incidents stay beyond it."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The reports and matters that feeds carry, newest first."""

    reports: tuple[tuple[str, int], ...]
    """Matters' ids and reports' numbers."""
    matters: tuple[str, ...]

    @property
    def needed(self) -> set[str]:
        """The ids of the matters whose records are needed."""
        return {matter for matter, _ in self.reports} | set(self.matters)


def select(snapshot: Snapshot) -> Selection:
    """The newest 50 reports and all those of open incidents; the newest 50 matters and all open ones."""
    states = [state for state in snapshot.states if state.reports]
    open_ids = {state.id for state in snapshot.open_incidents}
    chosen: list[tuple[datetime, str, int]] = []
    for state in sorted(states, key=attrgetter("updated_at"), reverse=True):
        if len(chosen) == NEWEST and state.updated_at < chosen[-1][0]:
            break  # no report is newer than its matter's last change: of older matters none can be among the newest
        chosen = nlargest(NEWEST, [*chosen, *((mark.at, state.id, mark.number) for mark in state.reports)])
    reports = {*chosen}
    reports |= {(mark.at, state.id, mark.number) for state in states if state.id in open_ids for mark in state.reports}
    newest = nlargest(NEWEST, states, key=lambda state: (state.reports[0].at, state.id))
    extra = [state for state in states if state.id in open_ids and state not in newest]
    matters = sorted([*newest, *extra], key=lambda state: (state.reports[0].at, state.id), reverse=True)
    return Selection(
        reports=tuple((matter, number) for _, matter, number in sorted(reports, reverse=True)),
        matters=tuple(state.id for state in matters),
    )


def report_items(
    chosen: Iterable[tuple[str, int]], entries: Mapping[str, Entry], reader: Reader, templates: Templates
) -> tuple[Item, ...]:
    """An item for each of these reports, in their order.

    :param reader: with an absolute base, for readers of feeds have no page that links could start from
    """
    views: dict[str, list[ReportView]] = {}
    owed: dict[str, list[tuple[Promise, ...]]] = {}
    terms = Terms(reader.settings)
    items = []
    for matter, number in chosen:
        entry = entries[matter]
        if matter not in views:
            views[matter] = list(report_views(entry.record, reader, None))
            owed[matter] = promised_after_each(entry, terms)
        view = _with_promises(views[matter][number - 1], entry, owed[matter], reader)
        items.append(_report_item(entry, number, view, reader, templates))
    return tuple(items)


def matter_items(
    chosen: Iterable[str], entries: Mapping[str, Entry], reader: Reader, templates: Templates
) -> tuple[Item, ...]:
    """An item for each of these matters, with all its reports, newest first, as Statuspage's history feeds do."""
    terms = Terms(reader.settings)
    return tuple(_matter_item(entries[matter], terms, reader, templates) for matter in chosen)


def _report_item(entry: Entry, number: int, view: ReportView, reader: Reader, templates: Templates) -> Item:
    record = entry.record
    report = record.reports[number - 1]
    title, _ = record.title.said_in(reader.language, reader.first)
    return Item(
        guid=report_guid(reader.settings.site.id, entry.id, number),
        title=f"{reader.wording.label(report.kind)}: {title}",
        link=f"{reader.link(matter_path(entry.kind, entry.id))}#{report_anchor(number)}",
        html=templates.render("feed_item.html", reader.wording, reports=[view], named=False).strip(),
        published=report.at.astimezone(UTC),
        updated=changed_at(report),
        categories=(entry.kind.value, report.kind.value),
    )


def _with_promises(view: ReportView, entry: Entry, owed: Sequence[tuple[Promise, ...]], reader: Reader) -> ReportView:
    """The report with what was owed next when it was made: later reports change nothing of that.

    :param owed: after each report
    """
    report = entry.record.reports[view.number - 1]
    if report.withdrawn is not None:
        return view
    promised = (promised_line(promise, report.at, reader) for promise in owed[view.number - 1])
    return replace(view, promised=tuple(promised))


def _matter_item(entry: Entry, terms: Terms, reader: Reader, templates: Templates) -> Item:
    record = entry.record
    title, _ = record.title.said_in(reader.language, reader.first)
    views = list(reversed(list(report_views(record, reader, None))))
    views[:1] = [_with_promises(view, entry, promised_after_each(entry, terms), reader) for view in views[:1]]
    return Item(
        guid=matter_guid(reader.settings.site.id, entry.id),
        title=title,
        link=reader.link(matter_path(entry.kind, entry.id)),
        html=templates.render("feed_item.html", reader.wording, reports=views, named=True).strip(),
        published=record.reports[0].at.astimezone(UTC),
        updated=max(map(changed_at, record.reports)),
        categories=(entry.kind.value,),
    )
