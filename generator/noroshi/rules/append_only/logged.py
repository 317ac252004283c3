"""Rules on what was published: it stands as it was said, for whoever read it may come back to it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from noroshi.log.appending import Fault, FaultKind
from noroshi.log.line import LogLine
from noroshi.log.statement import POLICY
from noroshi.problems import Place, Problem
from noroshi.rules.append_only.reports import STANDS
from noroshi.rules.append_only.words import time_told


def rewritten(fault: Fault, place: Place, zone: ZoneInfo, *, hidden: bool = False) -> Problem:
    """What the published log holds and the content does not say any more.

    :param place: where it stands, or where its file is or was
    :param zone: the site's
    :param hidden: whether the record is there, and only these readers may not see it any more
    """
    line, stands = fault.line, fault.stands
    what = _named(fault, zone)

    def problem(rule: str, *, found: str, advice: str, allowed: str = STANDS) -> Problem:
        return Problem(place=place, rule=rule, found=found, allowed=allowed, advice=advice)

    match fault.kind:
        case FaultKind.REDATED if stands is not None:
            was, now = time_told(line.at, zone), time_told(stands.at, zone)
            return problem(
                "report-redated",
                found=f"{what} was published with the time {was} and now says {now}",
                advice=f"write {was} again; {_CORRECT}",
            )
        case FaultKind.REORDERED if stands is not None:
            return problem(
                "report-renumbered",
                found=f"{what} now stands as report {stands.number}",
                advice=f"put it back as number {line.number}; a report that comes late is added at the end",
            )
        case FaultKind.MOVED if stands is not None:
            return problem(
                "record-renamed",
                found=f"{what} now stands in '{stands.id}'",
                advice=f"name the file {line.id}.yaml again: a record's id never changes once it is published",
            )
        case FaultKind.RESTORED:
            return problem(
                "rewritten-report",
                found=f"{what} was withdrawn and speaks again",
                allowed="what was withdrawn stays withdrawn",
                advice="put the mark withdrawn back as it was, and say anew what holds in a report of its own",
            )
        case FaultKind.DELETED if hidden:
            return problem(
                _gone(line),
                found=f"{what} is still there, but no longer shown to the readers of this log",
                allowed="who was shown a record goes on seeing it",
                advice="let the record be seen as before; what must not be read is withdrawn",
            )
        case FaultKind.DELETED:
            return problem(_gone(line), found=f"{what} was published and is gone", advice=_BACK)
        case _:
            more = (
                "; it is marked as edited, but more than words differs"
                if fault.beyond_words
                else "; a newer 'edited' mark would show that a slip was mended"
                if line.number and stands is not None and stands.facts == line.facts
                else ""
            )
            return problem(
                _changed(line),
                found=f"{what} is not what was published{more}",
                advice=_POLICY if line.matter == POLICY else f"{_AGAIN}; {_CORRECT}",
            )


_AGAIN = "write again what was published (git log -p on this file shows it)"
_CORRECT = "what was wrong is set right by a report of kind correction that names it in corrects"
_BACK = (
    "put it back (git log -- on its path shows it); a report that must not be read is marked withdrawn, with its "
    "kind and time kept"
)
_POLICY = "write it again as it was, and put what holds from now on into an entry of its own with a day to come"


def backdated(day: str, newest: datetime, place: Place, zone: ZoneInfo) -> Problem:
    """An entry of policy that would change promises which were published.

    :param day: from which it holds
    :param newest: the time of the newest report that was published
    """
    return Problem(
        place=place,
        rule="policy-backdated",
        found=f"the policy from {day} is new, and reports until {time_told(newest, zone)} were published without it",
        allowed="a new entry begins no earlier than the day of the newest published report",
        advice="let it begin today; what was promised until then was promised by the entry before it",
    )


def _changed(line: LogLine) -> str:
    """The rule that a statement breaks which says something else: that which git would tell of."""
    if line.matter == POLICY:
        return "rewritten-policy"
    return "rewritten-report" if line.number else "rewritten-opening"


def _gone(line: LogLine) -> str:
    """The rule that a statement breaks which is gone."""
    if line.matter == POLICY:
        return "rewritten-policy"
    return "removed-report" if line.number else "removed-record"


def _named(fault: Fault, zone: ZoneInfo) -> str:
    line = fault.line
    if line.matter == POLICY:
        return f"the policy from {line.id}"
    if not line.number:
        return f"the opening facts of {line.matter} '{line.id}'"
    return f"report {line.number} of {line.matter} '{line.id}' ({line.kind}, {time_told(line.at, zone)})"
