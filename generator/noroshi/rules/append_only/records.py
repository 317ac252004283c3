"""What was published and does not stand: records and policy, each as a problem with the right way out.

The rules are those of the catalogue's chapter on what is append only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from noroshi.log.differing import Difference, all_differences, opening_differences
from noroshi.log.statement import Said
from noroshi.problems import Place, Problem
from noroshi.rules.append_only.record_said import RecordSaid
from noroshi.rules.append_only.reports import STANDS, Elsewhere, report_changes
from noroshi.rules.append_only.words import differences_told


def record_changes(before: RecordSaid, now: RecordSaid, zone: ZoneInfo, elsewhere: Elsewhere) -> Iterator[Problem]:
    """What of a published record does not stand in the record that has its id now.

    :param zone: the site's, in which times are told
    """
    if before.matter != now.matter:
        yield Problem(
            place=now.place(0),
            rule="record-renamed",
            found=f"'{before.id}' was published as {before.matter} ({before.path}) and is {now.matter} now",
            allowed=STANDS,
            advice=f"move the file back to {before.path}; a record of another kind has a file and an id of its own",
        )
        return
    opening = opening_differences(before.said[0], now.said[0])
    if opening:
        yield Problem(
            place=now.place(0, opening[0].path),
            rule="rewritten-opening",
            found=f"the opening facts of '{now.id}' are not as published: {differences_told(opening, zone)}",
            allowed=f"{STANDS}; agreements, an emergency and translations may be added",
            advice=_back_to_opening(now, opening),
        )
    yield from report_changes(before, now, zone, elsewhere)


def vanished_record(before: RecordSaid, fresh: Sequence[RecordSaid]) -> Problem:
    """The problem of a published record whose id no record has any more.

    :param fresh: the records whose ids are new: one of them may be the same record
    """
    heir = max(fresh, key=lambda other: _likeness(before, other), default=None)
    if heir is not None and _likeness(before, heir):
        return Problem(
            place=heir.place(0),
            rule="record-renamed",
            found=f"the {before.matter} '{before.id}' was published and stands now under the id '{heir.id}'",
            allowed="a record's id never changes once published: addresses and feeds are made of it",
            advice=f"name the file {before.id}.yaml again; the folder of the year may be another one",
        )
    return Problem(
        place=Place(path=before.path),
        rule="removed-record",
        found=f"the {before.matter} '{before.id}' was published and its file is gone",
        allowed=STANDS,
        advice=f"put {before.path} back; a report that must vanish becomes withdrawn: {{at: …, reason: …}}",
    )


def policy_changes(
    before: Sequence[Said], now: Sequence[Said], today: date, locate: Mapping[str, Place], path: str, zone: ZoneInfo
) -> Iterator[Problem]:
    """What of the policy that was in force does not stand, and what was put into the past.

    :param before: entries whose day has begun, as they were
    :param now: such entries, as they are
    :param today: in the site's zone
    :param locate: where each entry stands, by its day
    :param path: the policy's file
    """
    stands = {said.statement.id: said for said in now}
    advice = "put it back as it was, and write what holds from now on as a new entry that begins today or later"
    for said in before:
        day = said.statement.id
        other = stands.get(day)
        found = all_differences(said, other) if other is not None else []
        if other is None or found:
            told = differences_told(found, zone) if found else "it is gone"
            yield Problem(
                place=locate.get(day, Place(path=path)),
                rule="rewritten-policy",
                found=f"the policy from {day} is not as published: {told}",
                allowed="an entry of policy stands once its day has begun: promises were made by it",
                advice=advice,
            )
    known = {said.statement.id for said in before}
    for day in stands:
        if day not in known and date.fromisoformat(day) < today:
            yield Problem(
                place=locate.get(day, Place(path=path)),
                rule="policy-backdated",
                found=f"the policy from {day} is new and begins in the past",
                allowed="a new entry begins today or later, so that it mends nothing that was promised before",
                advice=f"write 'from: {today.isoformat()}' or a later day",
            )


def _back_to_opening(now: RecordSaid, found: Sequence[Difference]) -> str:
    if all(each.path.startswith("agreements") for each in found):
        return "put the agreement back as it was given, and add what was agreed later as another one"
    number = len(now.said)
    return f"put them back, and say what changed in report {number}: its keys change severity, components, times"


def _likeness(before: RecordSaid, other: RecordSaid) -> int:
    """How many statements of a record another one says; 0 where it is another record."""
    if before.matter != other.matter:
        return 0
    reports = [said.statement for said in before.said[1:]]
    if not reports:
        return int(before.said[0].statement.digest == other.said[0].statement.digest)
    there = {(said.statement.at, said.statement.digest) for said in other.said[1:]}
    same = sum((each.at, each.digest) in there for each in reports)
    times = {(said.statement.at, said.statement.kind) for said in other.said[1:]}
    return same or int(all((each.at, each.kind) in times for each in reports))
