"""What was published in a record's reports and does not stand there: each with how to say it rightly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from noroshi.log.canonical import is_text
from noroshi.log.differing import Difference, is_mended, report_differences, text_changes
from noroshi.log.matching import match_reports
from noroshi.log.meaning import changed_meaning
from noroshi.log.statement import Said
from noroshi.problems import Level, Problem
from noroshi.rules.append_only.record_said import RecordSaid
from noroshi.rules.append_only.words import differences_told, report_told, time_told

Elsewhere: TypeAlias = Mapping[tuple[datetime, bytes], tuple[str, int]]
"""Where reports stand in the records of now, by time and digest: the record's id and the number."""

STANDS = "what was published stands as it was said"
"""What is allowed, for nearly all of these rules."""


def report_changes(before: RecordSaid, now: RecordSaid, zone: ZoneInfo, elsewhere: Elsewhere) -> Iterator[Problem]:
    """What of a record's published reports has changed, is gone or has another number.

    :param zone: the site's, in which times are told
    """
    was, stands = before.said[1:], now.said[1:]
    matched = match_reports(was, stands)
    for index, place in enumerate(matched):
        if place is None:
            yield _removed(was[index], now, zone, elsewhere)
            continue
        found = report_differences(was[index], stands[place])
        if found:
            yield _rewritten(was[index], stands[place], now, found, zone)
        elif is_mended(was[index], stands[place]):
            yield from _mended(was[index], stands[place], now, zone)
    yield from _moved(was, matched, now, zone)
    yield from _inserted(stands, matched, now, zone)


def _rewritten(was: Said, stands: Said, now: RecordSaid, found: Sequence[Difference], zone: ZoneInfo) -> Problem:
    place = now.place(stands.statement.number, found[0].path)
    told = f"{report_told(was, zone)} of '{now.id}' is not as published: {differences_told(found, zone)}"
    correction = f"add {_correction(was, now)}, with what is right"
    if [each.path for each in found] == ["at"]:
        return Problem(
            place=place,
            rule="report-redated",
            found=told,
            allowed="a published report keeps the time at which it was said",
            advice=f"write {time_told(was.statement.at, zone)} again; if that was wrong, {correction}",
        )
    allowed, advice = STANDS, f"put it back, and {correction}"
    if was.statement.mark == "withdrawn":
        allowed = "a withdrawn report stays withdrawn"
        advice = f"put the mark back; what is to be said again is said in report {len(now.said)}"
    elif stands.statement.mark == "withdrawn":
        allowed = "a withdrawn report keeps its kind and its time, and says nothing new"
        advice = "put kind and at back as they were, and take out what is new"
    elif is_mended(was, stands):
        allowed = "edited mends words, and nothing else"
    elif all(is_text(each.path) and each.was is not None and each.now is not None for each in found):
        advice = (
            f"put the words back, and {correction}; a slip that changes no meaning is marked, edited: "
            "{at: …, note: …}; what must vanish becomes withdrawn: {at: …, reason: …}"
        )
    return Problem(place=place, rule="rewritten-report", found=told, allowed=allowed, advice=advice)


def _removed(was: Said, now: RecordSaid, zone: ZoneInfo, elsewhere: Elsewhere) -> Problem:
    statement = was.statement
    there = elsewhere.get((statement.at, statement.digest))
    gone = "is gone" if there is None else f"stands now in '{there[0]}' as report {there[1]}"
    words = next((f"; it said {value[:40]!r}" for path, value in was.pairs if path.startswith("text[")), "")
    return Problem(
        place=now.place(statement.number),
        rule="removed-report",
        found=f"{report_told(was, zone)} of '{now.id}' was published and {gone}{words}",
        allowed=STANDS,
        advice="put it back at its place; if it must vanish, keep kind and at and add withdrawn: {at: …, reason: …}",
    )


def _mended(was: Said, stands: Said, now: RecordSaid, zone: ZoneInfo) -> Iterator[Problem]:
    for each in text_changes(was, stands):
        why = changed_meaning(each.was or "", each.now or "")
        if why is not None:
            told = differences_told([each], zone)
            yield Problem(
                place=now.place(stands.statement.number, each.path),
                rule="edited-meaning",
                found=f"{report_told(was, zone)} of '{now.id}' is marked as edited, and {why}: {told}",
                allowed="edited mends a slip that changes no meaning",
                advice=f"if it says something else now, put the words back and add {_correction(was, now)}",
                level=Level.WARNING,
            )


def _correction(was: Said, now: RecordSaid) -> str:
    """The correction that is right, under the number that it would have."""
    return f"report {len(now.said)}: kind: correction, corrects: [{was.statement.number}]"


def _moved(was: Sequence[Said], matched: Sequence[int | None], now: RecordSaid, zone: ZoneInfo) -> Iterator[Problem]:
    """The first of reports that changed places."""
    highest = -1
    for index, place in enumerate(matched):
        if place is not None and place < highest:
            yield Problem(
                place=now.place(place + 1),
                rule="report-renumbered",
                found=f"{report_told(was[index], zone)} of '{now.id}' stands now as report {place + 1}",
                allowed="a published report keeps its number, which its address and feeds carry",
                advice="put the reports back in their order",
            )
            return
        highest = highest if place is None else place


def _inserted(
    stands: Sequence[Said], matched: Sequence[int | None], now: RecordSaid, zone: ZoneInfo
) -> Iterator[Problem]:
    """New reports before published ones. Numbers that fell because something is gone were told with what is gone."""
    taken = {place for place in matched if place is not None}
    for place in range(max(taken, default=0)):
        if place not in taken:
            statement = stands[place].statement
            yield Problem(
                place=now.place(place + 1),
                rule="report-renumbered",
                found=f"a new report ({statement.kind}, {time_told(statement.at, zone)}) of '{now.id}' stands before "
                f"published ones and takes the number {place + 1} from one",
                allowed="a published report keeps its number; new ones are added at the end",
                advice="put it at the end and set its at to the time at which it is published: it was not yet, so its "
                "time may change",
            )
