"""The keys of what lists many matters: months and corrective actions. Pages in every language and documents share them,
for they tell the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from noroshi.pipeline.printing.plan import Keys
from noroshi.snapshot.action_list import ActionList
from noroshi.snapshot.site import Month
from noroshi.urls import ACTIONS, HISTORY, action_year_path, month_path


def history_keys(months: Sequence[Month], keys: Keys) -> dict[str, bytes]:
    """The keys of the index of months and of each month, by the paths of their pages.

    :param months: newest first; a month leads to those beside it
    """
    counts = [f"{month.key}:{sorted(Counter(state.kind for state in month.states).items())}" for month in months]
    found = {HISTORY: keys.of("history", *counts)}
    named = ["", *(month.key for month in months), ""]
    for place, month in enumerate(months):
        found[month_path(month.key)] = keys.of("month", named[place], named[place + 2], states=month.states)
    return found


def action_keys(actions: ActionList, keys: Keys) -> dict[str, bytes]:
    """The keys of the lists of corrective actions, by the paths of their pages."""
    shown = (*actions.overdue, *actions.owed, *actions.recent)
    counts = [f"{year}:{stages.total()}" for year, stages in actions.counts.items()]
    stages = [f"{stage}:{number}" for stage, number in sorted(actions.stages.items())]
    # The clock can change the order of these actions, and whether they are overdue.
    told = [f"{each.matter.id}.{each.standing.id}:{each.overdue}" for each in shown]
    zone = f"{actions.first.announced_at}" if actions.first else ""
    known = {each.matter.id: each.matter for each in shown}.values()
    found = {ACTIONS: keys.of("actions", *counts, *stages, *told, zone, states=known)}
    for position, (year, matters) in enumerate(actions.matters.items()):
        beside = counts[max(position - 1, 0) : position + 2]
        ids = {state.id for state in matters}
        overdue = [f"{each.matter.id}.{each.standing.id}" for each in actions.overdue if each.matter.id in ids]
        found[action_year_path(year)] = keys.of("actionyear", *beside, *overdue, states=matters)
    return found
