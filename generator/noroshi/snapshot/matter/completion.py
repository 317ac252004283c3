"""What completes an incident: its end, how that was confirmed, the cause, and the action against the cause.

ISO 9001:2015, 10.2.1 asks for the cause, for action that keeps it from happening again, and for the review of its
effect; ISO 9000:2015, 3.12.2 and 3.12.3, tells corrective action (against the cause) from correction (of the symptom).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from noroshi.records.choices import ActionType, CauseStatus, Severity
from noroshi.records.reports import IncidentReport
from noroshi.snapshot.matter.recovery import Recovery


class Piece(StrEnum):
    """What a completion report has to tell; its value is the key that tells it."""

    END = "ended_at"
    CONFIRMATION = "confirmed_by"
    CAUSE = "cause"
    ACTIONS = "actions"
    """No action at all is announced."""
    PERMANENT_ACTION = "type: permanent"
    """Every announced action relieves the symptom; none removes the cause."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """How much of an incident's story was told by some report."""

    lacking: tuple[Piece, ...]
    """In the order in which a report tells them."""
    pending: bool
    """Whether the last word on the cause is that it will be said later."""


class Tally:
    """Counts what reports tell, one after the other."""

    def __init__(self, severity: Severity) -> None:
        """:param severity: the opening facts'"""
        self._severity = severity
        self._told: set[Piece] = set()
        self._pending = False

    def add(self, report: IncidentReport, *, back: bool) -> None:
        """Count what one report tells that was not withdrawn.

        :param back: whether an end stands after it
        """
        if back:
            self._told.add(Piece.END)
        else:
            self._told.discard(Piece.END)
        self._severity = report.severity or self._severity
        if report.confirmed_by is not None:
            self._told.add(Piece.CONFIRMATION)
        if report.cause is not None:
            self._told.add(Piece.CAUSE)
            self._pending = report.cause.status is CauseStatus.PENDING
        if isinstance(report.actions, tuple) and report.actions:
            self._told.add(Piece.ACTIONS)
            if any(action.type is ActionType.PERMANENT for action in report.actions):
                self._told.add(Piece.PERMANENT_ACTION)

    @property
    def account(self) -> Account:
        """What has been told so far. A cause that is still sought excuses the actions against it.

        Where nobody was affected (severity none) the end is enough.
        """
        asked = [Piece.END]
        if self._severity is not Severity.NONE:
            asked += [Piece.CONFIRMATION, Piece.CAUSE]
            if not self._pending and Piece.CAUSE in self._told:
                asked.append(Piece.PERMANENT_ACTION if Piece.ACTIONS in self._told else Piece.ACTIONS)
        return Account(lacking=tuple(piece for piece in asked if piece not in self._told), pending=self._pending)

    @property
    def explained(self) -> bool:
        """Whether the cause is known, and an action against it announced."""
        asked = {Piece.CAUSE, Piece.PERMANENT_ACTION} if self._severity is not Severity.NONE else {Piece.CAUSE}
        return not self._pending and asked <= self._told


def account_of(severity: Severity, reports: Sequence[IncidentReport]) -> Account:
    """What these reports tell together, whether or not one of them is a completion report."""
    tally, recovery = Tally(severity), Recovery()
    for number, report in enumerate(reports, 1):
        if report.withdrawn is None:
            recovery.add(number, report)
            tally.add(report, back=recovery.back is not None)
    return tally.account
