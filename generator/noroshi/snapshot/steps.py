"""How a matter stood after each of its reports: no later report changes it.

The source of an imported record closes it whatever its reports say. That comes with the last of them, which is as the
whole matter stands; those before it tell how it stood when they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from noroshi.records.choices import CauseStatus, ComponentLevel, Phase
from noroshi.records.content import Entry
from noroshi.records.matters import Incident, Maintenance, Matter
from noroshi.snapshot.matter.commitment import commitment_phases
from noroshi.snapshot.matter.incident import incident_impacts, incident_phases
from noroshi.snapshot.matter.maintenance import maintenance_impacts, maintenance_phases
from noroshi.snapshot.state import Impact


class Step(NamedTuple):
    """How far a matter had come when a report had been made. A tuple, for feeds ask for many."""

    number: int
    """The report's."""
    phase: Phase
    cause_known: bool
    """Whether the last word on an incident's cause was that it is confirmed."""


class Affected(NamedTuple):
    """What a matter had concerned when a report had been made, and how that was then."""

    components: tuple[str, ...]
    """The ids of all components that it had concerned by then."""
    levels: Mapping[str, ComponentLevel]
    """How those of them were then, because of it, that were not operational."""


def steps_after_each(entry: Entry) -> list[Step]:
    """How far a matter had come after each report, in their order."""
    record, cause_known = entry.record, False
    steps = []
    for number, phase in enumerate(_phases(record), 1):
        if isinstance(record, Incident):
            report = record.reports[number - 1]
            if report.cause is not None and report.withdrawn is None:
                cause_known = report.cause.status is CauseStatus.CONFIRMED
        steps.append(Step(number, phase, cause_known))
    return steps


def affected_after_each(entry: Entry) -> list[Affected]:
    """What a matter concerned after each report, in their order; a commitment impairs nothing."""
    record = entry.record
    return [
        Affected(
            components,
            {
                impact.component: impact.level
                for impact in impacts
                if impact.start <= report.at and (impact.end is None or report.at < impact.end)
            },
        )
        for report, (components, impacts) in zip(record.reports, _impacts(record), strict=True)
    ]


def _phases(record: Matter) -> Iterable[Phase]:
    if isinstance(record, Incident):
        return incident_phases(record)
    if isinstance(record, Maintenance):
        return maintenance_phases(record)
    return commitment_phases(record)


def _impacts(record: Matter) -> Iterable[tuple[tuple[str, ...], tuple[Impact, ...]]]:
    if isinstance(record, Incident):
        return incident_impacts(record)
    if isinstance(record, Maintenance):
        return maintenance_impacts(record)
    return [(record.needs, ())] * len(record.reports)
