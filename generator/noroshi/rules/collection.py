"""Rules over all matters together: their ids, and what they name of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from noroshi.problems import Place, Problem
from noroshi.records.refusal import nearest
from noroshi.records.words import NAME_ALLOWED, check_name


def usable_id(path: str, matter_id: str) -> Iterator[Problem]:
    """A file's stem is its record's id: it becomes a folder and a part of addresses."""
    reason = check_name(matter_id)
    if reason is not None:
        yield Problem(
            place=Place(path=path),
            rule="id",
            found=f"{reason[0]} (it is the file's name without .yaml)",
            allowed=NAME_ALLOWED,
            advice=f"rename the file: {reason[1]}",
        )


def duplicate_ids(ids: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """An id stands once over all folders and years, whatever the case of its letters.

    Addresses are folders: on Windows and macOS two ids that differ in case only are the same folder.

    :param ids: pairs of a matter's file and its id
    """
    found = list(ids)
    if len({matter_id.lower() for _, matter_id in found}) == len(found):
        return
    first: dict[str, tuple[str, str]] = {}
    for path, matter_id in sorted(found):
        other_path, other_id = first.setdefault(matter_id.lower(), (path, matter_id))
        if other_path != path:
            same = "the same id" if other_id == matter_id else "an id that differs in case only"
            yield Problem(
                place=Place(path=path),
                rule="duplicate-id",
                found=f"the id '{matter_id}' is taken: {other_path} has {same}",
                allowed="an id is unique over incidents, maintenance and commitments of all years",
                advice="rename the file that is not yet published",
            )


def unknown_records(causes: Mapping[Place, str], known: Collection[str]) -> Iterator[Problem]:
    """What an incident names as its cause is there.

    :param causes: the ids that incidents name as their causes, by where they stand
    :param known: the ids of all incidents and maintenance
    """
    for place, name in causes.items():
        if name not in known:
            yield Problem(
                place=place,
                rule="unknown-record",
                found=f"no incident or maintenance has the id '{name}'",
                allowed="the id of a maintenance or an incident: its file's name without .yaml",
                advice=nearest(name, sorted(known)) or "look at the name of the file that is meant",
            )
