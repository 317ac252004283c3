"""The pages of the record: its first page, one for each fate and one for each month, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from noroshi.pipeline.printing.materials import Materials
from noroshi.pipeline.printing.plan import Keys, Plan
from noroshi.records.choices import PromiseKind, PromiseState
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.months import RecordMonth
from noroshi.urls import RECORD, record_part_path
from noroshi.writers.pages.press import Press
from noroshi.writers.pages.settled import SettledRows
from noroshi.writers.pages.track_month import (
    fate_view,
    months_of_newest,
    render_fate,
    render_track_month,
    track_month_view,
)
from noroshi.writers.pages.track_record import render_track_record, track_record_view


class TrackRecordPages:
    """What all pages of the record are made of, computed once for all languages."""

    def __init__(self, materials: Materials) -> None:
        self.record, self.figures = materials.track_record, materials.figures
        self._snapshot = materials.snapshot
        self._known: dict[str, bytes] = {}

    def pages(self, press: Press, keys: Keys, language: str) -> Iterator[Plan]:
        """The pages of the record in one language."""
        yield self._first(press, keys, language)
        at = press.reader(language, record_part_path("_"))
        rows = SettledRows(at, self._snapshot.by_id)
        for fate in FATES if self.record.total.total else ():
            yield self._fate(fate, press, keys, language, rows)
        named = ["", *(month.key for month in self.record.months), ""]
        for place, month in enumerate(self.record.months):
            yield self._month(month, (named[place], named[place + 2]), press, keys, language, rows)

    def _first(self, press: Press, keys: Keys, language: str) -> Plan:
        record, figures, by_id = self.record, self.figures, self._snapshot.by_id
        reader = press.reader(language, RECORD)

        def make() -> bytes:
            view = track_record_view(record, figures, by_id, reader)
            body = render_track_record(view, reader, press.templates)
            title = reader.wording.gettext("Track record")
            return press.page("track", reader, title=title, description=view.verdict or "", body=body)

        return Plan(file=press.file(language, RECORD), key=self._once(RECORD, self._first_key, keys), make=make)

    def _first_key(self, keys: Keys) -> bytes:
        record, figures = self.record, self.figures
        months = [f"{month.key}{bool(month.incidents)}{bool(month.commitments)}" for month in record.months]
        spreads = (figures.first_report, figures.first_estimate, figures.last_estimate)
        named = tuple(self._snapshot.by_id[spread.worst_id] for spread in spreads if spread is not None)
        return keys.of("record", repr(figures), str(record.imported), *months, states=named)

    def _fate(self, fate: PromiseState, press: Press, keys: Keys, language: str, rows: SettledRows) -> Plan:
        reader = press.reader(language, record_part_path(fate.value))

        def make() -> bytes:
            view = fate_view(self.record, fate, reader, rows)
            body = render_fate(view, reader, press.templates)
            return press.page("trackpart", reader, title=view.name, description=view.lead, body=body)

        key = self._once(reader.path, partial(self._fate_key, fate), keys)
        return Plan(file=press.file(language, reader.path), key=key, make=make)

    def _fate_key(self, fate: PromiseState, keys: Keys) -> bytes:
        newest = [
            state
            for kind in PromiseKind
            for month in months_of_newest(self.record, kind, fate)
            for state in month.matters_of(kind, fate)
        ]
        months = [
            f"{month.key}{sorted(kind.value for kind in month.kinds if month.has(kind, fate))}"
            for month in self.record.months
        ]
        return keys.of("record-fate", fate.value, *months, states=_each(newest))

    def _month(
        self,
        month: RecordMonth,
        neighbours: tuple[str, str],
        press: Press,
        keys: Keys,
        language: str,
        rows: SettledRows,
    ) -> Plan:
        reader = press.reader(language, record_part_path(month.key))

        def make() -> bytes:
            view = track_month_view(self.record, month, reader, rows)
            body = render_track_month(view, reader, press.templates)
            return press.page("trackpart", reader, title=view.name, description=view.verdict or "", body=body)

        key = self._once(reader.path, partial(self._month_key, month, neighbours), keys)
        return Plan(file=press.file(language, reader.path), key=key, make=make)

    def _month_key(self, month: RecordMonth, neighbours: tuple[str, str], keys: Keys) -> bytes:
        matters = [state for groups in month.matters.values() for group in groups for state in group]
        states = (*_each(matters), *(each.matter for each in month.incidents), *month.commitments)
        facts = [f"{each.complete}" for each in month.incidents]
        counts = [f"{kind.value}{tally}" for kind, tally in month.kinds.items()]
        return keys.of("record-month", month.key, *neighbours, *facts, *counts, states=states)

    def _once(self, path: str, make: Callable[[Keys], bytes], keys: Keys) -> bytes:
        """The key of a page, which is the same in every language."""
        key = self._known.get(path)
        if key is None:
            key = self._known[path] = make(keys)
        return key


def _each(states: Iterable[State]) -> Iterable[State]:
    """Each of these matters once."""
    return {state.id: state for state in states}.values()
