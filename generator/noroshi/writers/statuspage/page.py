"""The page itself, and how it is as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypedDict

from noroshi.records.choices import ComponentLevel, Severity
from noroshi.snapshot.overall import overall
from noroshi.snapshot.site import Snapshot
from noroshi.writers.statuspage.scope import Scope

Indicator = Literal["none", "maintenance", "minor", "major", "critical"]


class Page(TypedDict):
    """The page that a document is of; the first key of each."""

    id: str
    name: str
    url: str
    """Without a slash at its end."""
    time_zone: str
    updated_at: str


class Status(TypedDict):
    """How the page is as a whole: a word, and a sentence that clients compare."""

    indicator: Indicator
    description: str


def page_part(updated_at: datetime, scope: Scope) -> Page:
    """The page.

    :param updated_at: the newest content's time
    """
    site = scope.settings.site
    return {
        "id": scope.page_id,
        "name": scope.page_name,
        "url": site.url.rstrip("/"),
        "time_zone": site.timezone,
        "updated_at": scope.stamp(updated_at),
    }


def status_part(snapshot: Snapshot) -> Status:
    """How the page is: the blend of its components, or what a worse matter says that none of them shows.

    Statuspage's own rules for the blend ("Top-level status and incident impact calculations") know no incident that
    names no component, but say that one raises the status of a page without components; nor such planned work.
    """
    indicator, description = _blend([each.level for each in snapshot.components])
    whole = overall(snapshot)
    if whole.working and indicator == "none":
        indicator, description = _WORKING
    for state in whole.unseen:
        raised = _BY_SEVERITY[state.severity or Severity.NONE]
        if _RANKS.index(raised[0]) > _RANKS.index(indicator):
            indicator, description = raised
    return {"indicator": indicator, "description": description}


_RANKS: list[Indicator] = ["none", "maintenance", "minor", "major", "critical"]

_WORKING: tuple[Indicator, str] = ("maintenance", "Service Under Maintenance")
_FINE: tuple[Indicator, str] = ("none", "All Systems Operational")
_BY_SEVERITY: dict[Severity, tuple[Indicator, str]] = {
    Severity.NONE: _FINE,
    Severity.MINOR: ("minor", "Minor Service Outage"),
    Severity.MAJOR: ("major", "Partial System Outage"),
    Severity.CRITICAL: ("critical", "Major System Outage"),
}


def _blend(levels: Sequence[ComponentLevel]) -> tuple[Indicator, str]:
    """The worst level of any component, and whether all are so."""
    worst = max(levels, key=lambda level: level.rank, default=ComponentLevel.OPERATIONAL)
    everywhere = all(level is worst for level in levels)
    match worst:
        case ComponentLevel.MAJOR_OUTAGE:
            return ("critical", "Major System Outage") if everywhere else ("major", "Partial System Outage")
        case ComponentLevel.PARTIAL_OUTAGE:
            return ("major", "Partial System Outage") if everywhere else ("minor", "Minor Service Outage")
        case ComponentLevel.DEGRADED_PERFORMANCE:
            whole = everywhere and len(levels) > 1
            return ("minor", "Degraded System Service" if whole else "Partially Degraded Service")
        case ComponentLevel.UNDER_MAINTENANCE:
            return _WORKING
    return _FINE
