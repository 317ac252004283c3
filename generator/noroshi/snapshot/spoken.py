"""What a matter's reports say together, whatever its kind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from noroshi.records.base import Imported
from noroshi.records.choices import CauseStatus
from noroshi.records.reports import IncidentReport, MaintenanceReport, ReportBase
from noroshi.snapshot.impact import Change
from noroshi.snapshot.state import ReportMark

_Report = TypeVar("_Report", bound=ReportBase)


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


def updated_at(reports: tuple[_Report, ...], otherwise: datetime) -> datetime:
    """The newest time at which a report, a slip's mending or a withdrawal was written."""
    written = [report.at for report in reports]
    written += [report.edited.at for report in reports if report.edited]
    written += [report.withdrawn.at for report in reports if report.withdrawn]
    return max(written, default=otherwise).astimezone(UTC)


def owes_actions(reports: list[tuple[int, IncidentReport]] | list[tuple[int, MaintenanceReport]]) -> bool:
    """Whether an action is not yet done, or its effect not yet checked where that was announced."""
    open_: dict[str, tuple[bool, bool]] = {}
    for _, report in reports:
        if isinstance(report.actions, tuple):
            for action in report.actions:
                open_[action.id] = (True, action.check_effect_by is not None)
            continue
        for action_id, progress in report.actions.items():
            todo, check = open_.get(action_id, (False, False))
            if progress.dropped is not None:
                todo = check = False
            open_[action_id] = (todo and progress.done is None, check and progress.effect_checked is None)
    return any(todo or check for todo, check in open_.values())


def cause_pending(reports: list[tuple[int, IncidentReport]] | list[tuple[int, MaintenanceReport]]) -> bool:
    """Whether the last word on the cause was that it will be said later."""
    causes = [report.cause for _, report in reports if report.cause is not None]
    return bool(causes) and causes[-1].status is CauseStatus.PENDING


def mentioned(changes: list[Change]) -> tuple[str, ...]:
    """The components' ids in the order of their first mention."""
    return tuple(dict.fromkeys(component for _, components in changes for component in components))


def believable_end(imported: Imported, start: datetime | None) -> datetime | None:
    """When the source of an imported record says that it was over; None where that is before its start."""
    end = imported.resolved_at
    return None if end is None or (start is not None and end < start) else end
