"""What an incident's reports let people expect at each time: how bad, what is affected, and when it will be back.

Kept beside the state because what was owed to a client at a time follows from what was known then, not from what is
known now.
"""

from __future__ import annotations

from datetime import UTC

from noroshi.records.choices import ComponentLevel
from noroshi.records.matters import Incident
from noroshi.records.reports import UnknownRecovery
from noroshi.snapshot.matter.recovery import Recovery
from noroshi.snapshot.matter.spoken import said, utc
from noroshi.snapshot.state import Outlook


def outlooks_of(record: Incident) -> tuple[Outlook, ...]:
    """What each report changed of what was to be expected, oldest first; none of an imported incident.

    :param record: with the reports that count
    """
    if record.imported is not None:
        return ()
    severity, levels = record.severity, dict(record.components)
    expected = answer_by = None
    recovery = Recovery()
    found: list[Outlook] = []
    for number, report in said(record.reports):
        severity = report.severity or severity
        levels |= report.components
        if recovery.add(number, report):
            expected = answer_by = None
        if isinstance(report.recovery, UnknownRecovery):
            expected, answer_by = None, utc(report.recovery.answer_by)
        elif report.recovery is not None:
            expected, answer_by = utc(report.recovery), None
        outlook = Outlook(
            number=number,
            at=report.at.astimezone(UTC),
            severity=severity,
            components=tuple(name for name, level in levels.items() if level is not ComponentLevel.OPERATIONAL),
            expected=expected,
            answer_by=answer_by,
            back=recovery.back is not None or recovery.completed is not None,
        )
        if not found or found[-1][2:] != outlook[2:]:
            found.append(outlook)
    return tuple(found)
