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

    @property
    def impaired(self) -> bool:
        """Whether it is worse than it should be; planned work is not."""
        return self.rank > ComponentLevel.UNDER_MAINTENANCE.rank


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


class Forge(StrEnum):
    """The kinds of web site that keep a repository and whose addresses we know."""

    GITHUB = "github"
    GITLAB = "gitlab"


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
    COMPLETION_INCOMPLETE = "completion_incomplete"
    """An incident whose completion report lacks what completion has to tell."""
    FINAL_REPORT_PENDING = "final_report_pending"
    """An incident whose completion report promises the cause for later."""
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


class PromiseKind(StrEnum):
    """What is owed to readers by a time."""

    FIRST_REPORT = "first_report"
    """The first report of an incident, from when it was noticed."""
    NEXT_REPORT = "next_report"
    """The next report of a matter that is open."""
    RECOVERY_ANSWER = "recovery_answer"
    """When it will be back, where a report said that this was unknown."""
    COMPLETION = "completion"
    """The completion report, from when it was over."""
    CAUSE = "cause"
    """The cause and the corrective actions, from when it was over."""
    ACTION = "action"
    """A corrective action, done."""
    EFFECT_CHECK = "effect_check"
    """A corrective action, its effect checked (ISO 9001:2015, 10.2.1 d)."""
    NOTICE = "notice"
    """The notice, so long before planned work."""
    START = "start"
    """The start of planned work or of a commitment."""
    END = "end"
    """The end of planned work or of a commitment."""
    SLOT_ANSWER = "slot_answer"
    """What becomes of a commitment that an incident threatens, told to its client."""

    @property
    def of_action(self) -> bool:
        """Whether it is about a corrective action."""
        return self in (PromiseKind.ACTION, PromiseKind.EFFECT_CHECK)


class PromiseState(StrEnum):
    """What became of a promise by a time."""

    DUE = "due"
    """Its time has not come."""
    MET = "met"
    """Kept by its time."""
    LATE = "late"
    """Kept after its time."""
    MISSED = "missed"
    """Its time has passed, and it was not kept."""


class ActionStage(StrEnum):
    """How far a corrective action has come, as reports say."""

    TO_DO = "to_do"
    """Announced, and still to be done."""
    UNCHECKED = "unchecked"
    """Done, its effect still to be checked."""
    DONE = "done"
    """Done; no check of its effect was announced."""
    CHECKED = "checked"
    """Done, and its effect was found to hold."""
    DROPPED = "dropped"
    """It will not be done after all."""


class Settlement(StrEnum):
    """How it stands with planned work that falls into a time promised to a client, from the best to the worst."""

    AGREED = "agreed"
    """Every client concerned agreed."""
    EMERGENCY = "emergency"
    """It cannot wait."""
    AS_PLANNED = "as_planned"
    """It is over and ran past the planned time, to which every client concerned agreed."""
    EXCEEDED = "exceeded"
    """It runs past the planned time, and to no more than that a client concerned agreed."""
    AWAITED = "awaited"
    """A client concerned has not agreed to the planned time."""
    LACKING = "lacking"
    """It is over, and a client concerned never agreed to the planned time."""


SeverityWord: TypeAlias = Annotated[Severity, choice(Severity)]
LevelWord: TypeAlias = Annotated[ComponentLevel, choice(ComponentLevel)]
DetectorWord: TypeAlias = Annotated[Detector, choice(Detector)]
CauseStatusWord: TypeAlias = Annotated[CauseStatus, choice(CauseStatus)]
ActionTypeWord: TypeAlias = Annotated[ActionType, choice(ActionType)]
WorkResultWord: TypeAlias = Annotated[WorkResult, choice(WorkResult)]
OutcomeWord: TypeAlias = Annotated[Outcome, choice(Outcome)]
VisibilityWord: TypeAlias = Annotated[Visibility, choice(Visibility)]
ForgeWord: TypeAlias = Annotated[Forge, choice(Forge)]
