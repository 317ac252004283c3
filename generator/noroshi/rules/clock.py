"""The one rule that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from noroshi.problems import Level, Problem
from noroshi.rules.subject import Subject
from noroshi.snapshot.fold import AHEAD_OF_CLOCK


def report_ahead(subject: Subject, now: datetime) -> Iterator[Problem]:
    """A report is not written in the future; 15 minutes are forgiven, for telephones and build machines differ."""
    for index, report in enumerate(subject.entry.record.reports):
        if report.at <= now:
            continue
        ahead = ceil((report.at - now) / timedelta(minutes=1))
        late = report.at - now > AHEAD_OF_CLOCK
        yield subject.problem(
            "report-ahead",
            "reports",
            index,
            "at",
            found=f"report {index + 1} is {ahead} minutes ahead of the clock ({now.isoformat(timespec='minutes')})",
            allowed="a report's time is when it was made, at most 15 minutes ahead",
            advice="correct the time (look at the day and the offset), or build again when it has come",
            level=Level.ERROR if late else Level.WARNING,
        )
