"""Whether an incident is back: what its reports tell of its ends, and what later ones take back of that.

A correction acts on the ends of the reports that it names, and on no other: it dates them anew, or it says that there
was none. What holds after a report follows from all reports so far, each end as it stands after its corrections.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from noroshi.records.choices import ComponentLevel, ReportKind
from noroshi.records.reports import IncidentReport


class End(NamedTuple):
    """What a report tells of the end: when it was back, and when it was over; one of them stands in for the other."""

    recovered: datetime | None
    ended: datetime | None

    @property
    def back(self) -> datetime | None:
        """When it was back; None where nothing is told of an end."""
        return self.recovered or self.ended


def back_at(report: IncidentReport) -> datetime | None:
    """When a report tells that it was back; None where it tells of no end."""
    return _told(report).back


class Recovery:
    """What is true of an incident's end while its reports are read, one after the other."""

    def __init__(self) -> None:
        """Before the first report nothing is told."""
        self._reports: dict[int, IncidentReport] = {}
        self._ends = _Ends()
        self._begin()

    def _begin(self) -> None:
        self.end = End(None, None)
        """The end that stands."""
        self.told_by: int | None = None
        """The number of the report that told it."""
        self.completed: int | None = None
        """The number of the completion report that stands."""
        self._spell = 0
        self._spells: dict[int, int] = {}
        self._asides: set[int] = set()

    @property
    def back(self) -> datetime | None:
        """When it was back; None while it is not."""
        return self.end.back

    def add(self, number: int, report: IncidentReport) -> bool:
        """Take in the next report that was not withdrawn.

        :return: whether it tells that what was back is not
        """
        before = self.back
        self._reports[number] = report
        if self._ends.add(number, report):
            self._begin()
            for each, told in self._reports.items():
                self._step(each, told)
        else:
            self._step(number, report)
        return before is not None and self.back is None

    def _step(self, number: int, report: IncidentReport) -> None:
        """Go on by one report, with its end as it stands now."""
        if number in self._ends.about:
            self._correct(number, report)
            return
        end = self._ends.standing.get(number)
        denied = number in self._ends.standing and end is None
        if end is not None:
            self._hold(number, end)
            self._spells[number] = self._spell
        elif report.kind is ReportKind.INTERIM and _down(report) and self.back is not None:
            self._relapse()
            self._spell += 1
        if denied:
            self._spells[number] = self._spell
        elif report.kind is ReportKind.COMPLETION:
            self.completed = number

    def _correct(self, number: int, report: IncidentReport) -> None:
        """What a correction of ends means for the end that stands: nothing where they are of an earlier outage."""
        about = self._ends.about[number]
        if number in self._ends.undone:
            return
        told = _told(report)
        if told.back is None:
            if self.back is None:
                self._relapse()
            else:
                self._asides.add(number)
        elif self.back is not None and any(self._spells.get(end) == self._spell for end in about):
            self._hold(number, told)

    def _hold(self, number: int, end: End) -> None:
        self.end = End(end.recovered or self.end.recovered, end.ended or self.end.ended)
        self.told_by = number

    def _relapse(self) -> None:
        self.end, self.told_by, self.completed = End(None, None), None, None

    def brings_back(self, number: int) -> bool:
        """Whether what a report told of an end stands, so that all components were back then."""
        return self._ends.standing.get(number) is not None

    def counts_from(self, number: int) -> datetime | None:
        """From when on what a report tells of components counts; None where it does not.

        With an end it counts from the end; what denies an end that another report tells all the same, from when that
        was said to be; what was denied itself does not count.
        """
        report = self._reports[number]
        about = self._ends.about.get(number)
        if about is None:
            end = self._ends.standing.get(number)
            return report.at if number not in self._ends.standing else end and end.back
        if number in self._ends.undone:
            return None
        first = min(about)
        if _told(report).back is not None:
            end = self._ends.standing[first]
            return end and end.back
        return _told(self._reports[first]).back if number in self._asides else report.at


class _Ends:
    """The ends that reports told, as corrections leave them."""

    def __init__(self) -> None:
        self.standing: dict[int, End | None] = {}
        """By the number of the report that told of it first; None where it never was."""
        self.about: dict[int, frozenset[int]] = {}
        """By the number of a correction, those ends that it speaks of, also by way of other corrections."""
        self.undone: set[int] = set()
        """The corrections that denied ends which later ones tell all the same."""
        self._denied_by: dict[int, set[int]] = {}

    def add(self, number: int, report: IncidentReport) -> bool:
        """Take in a report; true where it corrects what was told of an end."""
        told = _told(report)
        about = self._named(report)
        if about and (told.back is not None or _down(report) or report.recovery is not None):
            self.about[number] = about
            for end in about:
                self._correct(end, number, told)
            return True
        if told.back is not None:
            self.standing[number] = told
        return False

    def _named(self, report: IncidentReport) -> frozenset[int]:
        if report.kind is not ReportKind.CORRECTION:
            return frozenset()
        named: set[int] = set()
        for number in report.corrects:
            named |= self.about.get(number, {number} & self.standing.keys())
        return frozenset(named)

    def _correct(self, end: int, number: int, told: End) -> None:
        if told.back is None:
            self.standing[end] = None
            self._denied_by.setdefault(end, set()).add(number)
            return
        self.standing[end] = told
        denials = self._denied_by.pop(end, set())
        self.undone |= {each for each in denials if not any(each in left for left in self._denied_by.values())}


def standing_ends(reports: Iterable[tuple[int, IncidentReport]]) -> Recovery:
    """What is true of the end after these reports, none of them withdrawn, with their numbers."""
    recovery = Recovery()
    for number, report in reports:
        recovery.add(number, report)
    return recovery


def _told(report: IncidentReport) -> End:
    return End(report.recovered_at, report.ended_at)


def _down(report: IncidentReport) -> bool:
    return any(level is not ComponentLevel.OPERATIONAL for level in report.components.values())
