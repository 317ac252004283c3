"""The pages of the record: its first page, one for each fate and one for each month, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from noroshi.records.choices import PromiseState
from noroshi.snapshot.figures import Figures, figures_of
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.state import State
from noroshi.snapshot.track_record import FATES, RecordMonth, TrackRecord, track_record
from noroshi.urls import RECORD, record_part_path
from noroshi.writers.pages.press import Press
from noroshi.writers.pages.settled import SettledRows
from noroshi.writers.pages.track_month import (
    fate_view,
    newest_of_fate,
    render_fate,
    render_track_month,
    track_month_view,
)
from noroshi.writers.pages.track_record import record_page, render_record_page


class KeyOf(Protocol):
    """Makes a digest of words and of matters' states."""

    def __call__(self, *words: str, states: tuple[State, ...] = ()) -> bytes:
        """A digest of these words and these matters' states, in order."""


@dataclass(frozen=True, kw_only=True)
class RecordFile:
    """A page of the record that is still to be made."""

    path: str
    """Below its language's root."""
    key: bytes
    make: Callable[[], bytes]


class RecordPages:
    """What all pages of the record are made of, computed once for all languages."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.record: TrackRecord = track_record(snapshot.states, snapshot.now, snapshot.settings.site.zone)
        self.figures: Figures = figures_of(self.record)
        self._snapshot = snapshot
        self._keys: dict[str, bytes] = {}

    def pages(self, press: Press, key_of: KeyOf, language: str) -> Iterator[RecordFile]:
        """The pages of the record in one language."""
        yield self._first(press, key_of, language)
        at = press.reader(language, record_part_path("_"))
        rows = SettledRows(at, self._snapshot.by_id)
        for fate in FATES if self.record.total.total else ():
            yield self._fate(fate, press, key_of, language, rows)
        keys = ["", *(month.key for month in self.record.months), ""]
        for place, month in enumerate(self.record.months):
            yield self._month(month, (keys[place], keys[place + 2]), press, key_of, language, rows)

    def _first(self, press: Press, key_of: KeyOf, language: str) -> RecordFile:
        record, figures, by_id = self.record, self.figures, self._snapshot.by_id
        reader = press.reader(language, RECORD)

        def make() -> bytes:
            view = record_page(record, figures, by_id, reader)
            body = render_record_page(view, reader, press.templates)
            title = reader.wording.gettext("Track record")
            return press.page("track", reader, title=title, description=view.verdict or "", body=body)

        return RecordFile(path=RECORD, key=self._once(RECORD, self._first_key, key_of), make=make)

    def _first_key(self, key_of: KeyOf) -> bytes:
        record, figures = self.record, self.figures
        months = [f"{month.key}{bool(month.incidents)}{bool(month.commitments)}" for month in record.months]
        spreads = (figures.first_report, figures.first_estimate, figures.last_estimate)
        named = tuple(self._snapshot.by_id[spread.worst_id] for spread in spreads if spread is not None)
        return key_of("record", repr(figures), str(record.imported), *months, states=named)

    def _fate(self, fate: PromiseState, press: Press, key_of: KeyOf, language: str, rows: SettledRows) -> RecordFile:
        reader = press.reader(language, record_part_path(fate.value))

        def make() -> bytes:
            view = fate_view(self.record, fate, reader, rows)
            body = render_fate(view, reader, press.templates)
            return press.page("trackpart", reader, title=view.name, description=view.lead, body=body)

        key = self._once(reader.path, partial(self._fate_key, fate), key_of)
        return RecordFile(path=reader.path, key=key, make=make)

    def _fate_key(self, fate: PromiseState, key_of: KeyOf) -> bytes:
        newest = [promise for promises in newest_of_fate(self.record, fate).values() for promise in promises]
        months = [
            f"{month.key}{sorted(kind.value for kind in month.kinds if month.has(kind, fate))}"
            for month in self.record.months
        ]
        return key_of("record-fate", fate.value, *months, *map(_mark, newest), states=self._matters(newest))

    def _month(
        self,
        month: RecordMonth,
        neighbours: tuple[str, str],
        press: Press,
        key_of: KeyOf,
        language: str,
        rows: SettledRows,
    ) -> RecordFile:
        reader = press.reader(language, record_part_path(month.key))

        def make() -> bytes:
            view = track_month_view(self.record, month, reader, rows)
            body = render_track_month(view, reader, press.templates)
            return press.page("trackpart", reader, title=view.name, description=view.verdict or "", body=body)

        key = self._once(reader.path, partial(self._month_key, month, neighbours), key_of)
        return RecordFile(path=reader.path, key=key, make=make)

    def _month_key(self, month: RecordMonth, neighbours: tuple[str, str], key_of: KeyOf) -> bytes:
        promises = [promise for groups in month.promises.values() for group in groups for promise in group]
        states = (*self._matters(promises), *(each.matter for each in month.incidents), *month.commitments)
        facts = [f"{each.complete}" for each in month.incidents]
        counts = [f"{kind.value}{tally}" for kind, tally in month.kinds.items()]
        return key_of("record-month", month.key, *neighbours, *facts, *counts, states=states)

    def _once(self, path: str, make: Callable[[KeyOf], bytes], key_of: KeyOf) -> bytes:
        """The key of a page, which is the same in every language."""
        key = self._keys.get(path)
        if key is None:
            key = self._keys[path] = make(key_of)
        return key

    def _matters(self, promises: Iterable[Promise]) -> tuple[State, ...]:
        by_id: Mapping[str, State] = self._snapshot.by_id
        return tuple(by_id[each] for each in dict.fromkeys(promise.matter for promise in promises))


def _mark(promise: Promise) -> str:
    return f"{promise.kind.value} {promise.matter} {promise.due.isoformat()}"
