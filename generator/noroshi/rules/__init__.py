"""What must hold of content beyond the shape of each value. Each rule is a small generator of problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from noroshi.problems import Level, Problem
from noroshi.rules import actions, clock, completion, references, reports, times
from noroshi.rules.collection import duplicate_ids, unknown_records, usable_id
from noroshi.rules.settings import check_settings
from noroshi.rules.slots import slot_conflicts, slot_threatened, slot_without_needs
from noroshi.rules.subject import Rule, Subject

__all__ = [
    "Subject",
    "check_matter",
    "check_settings",
    "duplicate_ids",
    "slot_conflicts",
    "slot_threatened",
    "unknown_records",
    "usable_id",
]

NAMES: tuple[Rule, ...] = (
    references.unknown_component,
    references.unknown_client,
    references.caused_by_itself,
)
"""Rules that hold for imported records too."""

CONDUCT: tuple[Rule, ...] = (
    reports.reports_missing,
    reports.report_text,
    reports.report_order,
    reports.report_kind,
    reports.report_field,
    actions.action_ids,
    actions.action_times,
    completion.cause_words,
    times.planned_window,
    times.end_before_start,
    times.completion_before_start,
    times.facts_ahead_of_report,
    times.estimate_after_recovery,
    times.reported_before_it_began,
    clock.clock_gap,
    references.severity_contradiction,
    slot_without_needs,
)
"""Rules that are warnings in imported records, for their past cannot be mended."""


def check_matter(subject: Subject, now: datetime | None) -> list[Problem]:
    """All problems of one matter by itself.

    :param now: what time it is; None where a site is shown as it once stood, and later reports are left out
    """
    problems = [problem for rule in NAMES for problem in rule(subject)]
    conduct = [problem for rule in CONDUCT for problem in rule(subject)]
    imported = getattr(subject.entry.record, "imported", None)
    if imported is not None:
        return problems + [replace(problem, level=Level.WARNING) for problem in conduct]
    problems += conduct
    problems += completion.completion_whole(subject)
    if now is not None:
        problems += clock.report_ahead(subject, now)
    return problems
