"""Planned work in the words of NANOG's maintenance notification standard, for networks that read it by program.

https://datatracker.ietf.org/doc/draft-gunter-calext-maintenance-notifications/
"""

from __future__ import annotations

from collections.abc import Mapping

from noroshi.calendars.writing import WorkNotice
from noroshi.records.choices import ComponentLevel, Phase
from noroshi.records.matters import Maintenance
from noroshi.records.site import Identity
from noroshi.snapshot.matter.impact import worst_levels
from noroshi.snapshot.state import State

_NO_IMPACT, _DEGRADED, _OUTAGE = "NO-IMPACT", "DEGRADED", "OUTAGE"

# The standard's REDUCED-REDUNDANCY is nothing that content can say. What is under maintenance may be away for all of
# its time, and what is down for some readers is down for whoever is one of them: both are to be planned for as outages.
_IMPACTS = {
    ComponentLevel.OPERATIONAL: _NO_IMPACT,
    ComponentLevel.UNDER_MAINTENANCE: _OUTAGE,
    ComponentLevel.DEGRADED_PERFORMANCE: _DEGRADED,
    ComponentLevel.PARTIAL_OUTAGE: _OUTAGE,
    ComponentLevel.MAJOR_OUTAGE: _OUTAGE,
}
_ORDER = (_NO_IMPACT, _DEGRADED, _OUTAGE)


def work_notice(state: State, record: Maintenance | None, identity: Identity, account: str) -> WorkNotice:
    """The notice of planned work.

    A notice has an object and an impact. Of work that names no component neither is known: it is taken to be an outage,
    as the standard has it for an impact that a program does not know, of all that is there, until it is called off.

    :param record: the work as it is written; None of what is over, whose real impact the state knows
    :param account: to whom it is told
    """
    levels = worst_levels(state.impacts) if record is None else _foretold(record)
    provider = identity.tag.rpartition("@")[2]
    objects = tuple((name, _IMPACTS[levels.get(name, ComponentLevel.OPERATIONAL)]) for name in state.components)
    if not objects:
        objects = ((provider, _NO_IMPACT if state.phase is Phase.CANCELLED else _OUTAGE),)
    return WorkNotice(
        provider=provider,
        account=account,
        id=state.id,
        objects=objects,
        impact=max((impact for _, impact in objects), key=_ORDER.index),
        status=_status(state.phase),
    )


def _foretold(record: Maintenance) -> Mapping[str, ComponentLevel]:
    """The worst that the announcement or a report says of each component."""
    worst = dict(record.components)
    for report in record.reports:
        if report.withdrawn is None:
            for name, level in report.components.items():
                worst[name] = max(worst.get(name, level), level, key=lambda each: each.rank)
    return worst


def _status(phase: Phase) -> str:
    if phase is Phase.CANCELLED:
        return "CANCELLED"
    if phase.over or phase is Phase.ENDED:
        return "COMPLETED"
    return "CONFIRMED" if phase.ahead else "IN-PROCESS"
