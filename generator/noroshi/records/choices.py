"""The words that a record may choose from. Their values are what people type and what readers' programs compare."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from noroshi.records.words import choice


class Severity(StrEnum):
    """How bad an incident is, in Statuspage's words for impact."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class ComponentLevel(StrEnum):
    """How a component is, in Statuspage's words, from best to worst."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def rank(self) -> int:
        """0 for operational, rising as it gets worse."""
        return _LEVELS.index(self)


_LEVELS = list(ComponentLevel)


class ReportKind(StrEnum):
    """What a report is for."""

    NOTICE = "notice"
    START = "start"
    INTERIM = "interim"
    COMPLETION = "completion"
    CORRECTION = "correction"
    FOLLOW_UP = "follow_up"


class Detector(StrEnum):
    """Who noticed an incident first."""

    MONITORING = "monitoring"
    STAFF = "staff"
    CLIENT = "client"


class CauseStatus(StrEnum):
    """How sure a cause is."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    PENDING = "pending"


class ActionType(StrEnum):
    """Whether an action relieves the symptom for now or removes the cause (ISO 9000:2015, 3.12.2 and 3.12.3)."""

    INTERIM = "interim"
    PERMANENT = "permanent"


class WorkResult(StrEnum):
    """How planned work came out."""

    DONE = "done"
    ROLLED_BACK = "rolled_back"
    PARTIAL = "partial"


class Outcome(StrEnum):
    """What became of a commitment."""

    KEPT = "kept"
    LATE = "late"
    MOVED = "moved"
    BROKEN = "broken"


class Visibility(StrEnum):
    """Who may read of a commitment."""

    PUBLIC = "public"
    CLIENT = "client"
    INTERNAL = "internal"


class Phase(StrEnum):
    """How far a matter has come. Reports move it, never the clock alone."""

    ONGOING = "ongoing"
    """An incident without recovery."""
    RECOVERED = "recovered"
    """An incident that is over, its completion report awaited."""
    PLANNED = "planned"
    """Work or a commitment ahead."""
    START_AWAITED = "start_awaited"
    """The planned start has passed without a start report."""
    IN_PROGRESS = "in_progress"
    """Work that a start report has begun."""
    COMPLETION_AWAITED = "completion_awaited"
    """The planned end has passed without a completion report."""
    ENDED = "ended"
    """Work that a report has ended, its completion report awaited."""
    COMPLETED = "completed"
    """A completion report closed it."""
    CANCELLED = "cancelled"
    """A notice called it off."""
    CLOSED = "closed"
    """Imported, and closed by its source without a completion report."""

    @property
    def over(self) -> bool:
        """Whether nothing more is expected to happen."""
        return self in (Phase.COMPLETED, Phase.CANCELLED, Phase.CLOSED)

    @property
    def ahead(self) -> bool:
        """Whether it has not begun."""
        return self in (Phase.PLANNED, Phase.START_AWAITED)


SeverityWord: TypeAlias = Annotated[Severity, choice(Severity)]
LevelWord: TypeAlias = Annotated[ComponentLevel, choice(ComponentLevel)]
DetectorWord: TypeAlias = Annotated[Detector, choice(Detector)]
CauseStatusWord: TypeAlias = Annotated[CauseStatus, choice(CauseStatus)]
ActionTypeWord: TypeAlias = Annotated[ActionType, choice(ActionType)]
WorkResultWord: TypeAlias = Annotated[WorkResult, choice(WorkResult)]
OutcomeWord: TypeAlias = Annotated[Outcome, choice(Outcome)]
VisibilityWord: TypeAlias = Annotated[Visibility, choice(Visibility)]
