"""Rules over all matters together, and over the folder that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noroshi.problems import Place, Problem
from noroshi.records.refusal import nearest
from noroshi.snapshot.state import State


def duplicate_ids(states: Iterable[State]) -> Iterator[Problem]:
    """An id stands once over all folders and years, whatever the case of its letters.

    Addresses are folders: on Windows and macOS two ids that differ in case only are the same folder.
    """
    first: dict[str, State] = {}
    for state in sorted(states, key=lambda state: state.path):
        other = first.setdefault(state.id.lower(), state)
        if other is not state:
            same = "the same id" if other.id == state.id else "an id that differs in case only"
            yield Problem(
                place=Place(path=state.path),
                rule="duplicate-id",
                found=f"the id '{state.id}' is taken: {other.path} has {same}",
                allowed="an id is unique over incidents, maintenance and commitments of all years",
                advice="rename the file that is not yet published",
            )


def unknown_records(states: Iterable[State], lines: dict[str, Place]) -> Iterator[Problem]:
    """What an incident names as its cause is there.

    :param lines: where each matter's ``caused_by`` stands, by the matter's file
    """
    known = {state.id for state in states}
    for state in states:
        if state.caused_by is not None and state.caused_by not in known:
            yield Problem(
                place=lines.get(state.path, Place(path=state.path)),
                rule="unknown-record",
                found=f"no incident or maintenance has the id '{state.caused_by}'",
                allowed="the id of a maintenance or an incident: its file's name without .yaml",
                advice=nearest(state.caused_by, sorted(known)) or "look at the name of the file that is meant",
            )
