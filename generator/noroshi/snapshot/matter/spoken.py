"""What a matter's reports say together, whatever its kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

from noroshi.records.base import Imported
from noroshi.records.matters import Commitment, Matter
from noroshi.records.reports import ReportBase
from noroshi.records.texts import Text
from noroshi.snapshot.matter.impact import Change
from noroshi.snapshot.state import ReportMark

_Report = TypeVar("_Report", bound=ReportBase)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in for a beginning that nothing tells: only what the rules refuse, or an empty import, lacks one."""


def said(reports: tuple[_Report, ...]) -> list[tuple[int, _Report]]:
    """The reports that still speak, with their numbers."""
    return [(number, report) for number, report in enumerate(reports, 1) if report.withdrawn is None]


def utc(moment: datetime | None) -> datetime | None:
    """The same moment in UTC."""
    return None if moment is None else moment.astimezone(UTC)


def marks(reports: tuple[_Report, ...]) -> tuple[ReportMark, ...]:
    """All reports' numbers, kinds and times, the withdrawn ones' too."""
    return tuple(
        ReportMark(number=number, kind=report.kind, at=report.at.astimezone(UTC))
        for number, report in enumerate(reports, 1)
    )


def changed_at(report: ReportBase) -> datetime:
    """When a report last changed, in UTC: it was made, a slip in it was mended, or it was withdrawn."""
    marks = [mark.at for mark in (report.edited, report.withdrawn) if mark is not None]
    return max([report.at, *marks]).astimezone(UTC)


def corrected_by(reports: Sequence[ReportBase]) -> dict[int, tuple[int, ...]]:
    """The numbers of the reports that correct one, oldest first, by its number; only of those that are corrected.

    :param reports: all of the matter; what a withdrawn one corrected stands as it was
    """
    found: dict[int, tuple[int, ...]] = {}
    for number, report in enumerate(reports, 1):
        if report.corrects and report.withdrawn is None:
            for target in dict.fromkeys(report.corrects):
                found[target] = (*found.get(target, ()), number)
    return found


def mended(reports: tuple[_Report, ...]) -> int:
    """How many marks the reports bear of having been mended or withdrawn."""
    return sum((report.edited is not None) + (report.withdrawn is not None) for report in reports)


def updated_at(reports: tuple[_Report, ...], otherwise: datetime) -> datetime:
    """When any of these reports last changed, in UTC; ``otherwise`` where there is none."""
    return max(map(changed_at, reports), default=otherwise).astimezone(UTC)


def not_affected(record: Matter) -> Text | None:
    """Who and what is not affected, as was said last."""
    if isinstance(record, Commitment):
        return None
    said_so = [report.not_affected for report in record.reports if report.not_affected and not report.withdrawn]
    return said_so[-1] if said_so else record.not_affected


def mentioned(changes: list[Change]) -> tuple[str, ...]:
    """The components' ids in the order of their first mention."""
    return tuple(dict.fromkeys(component for _, components in changes for component in components))


def believable_end(imported: Imported, start: datetime | None) -> datetime | None:
    """When the source of an imported record says that it was over; None where that is before its start."""
    end = imported.resolved_at
    return None if end is None or (start is not None and end < start) else end
