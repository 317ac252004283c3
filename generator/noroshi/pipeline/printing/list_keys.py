"""The keys of what lists many matters: the history and corrective actions. Pages in every language and documents share
them, for they tell the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from noroshi.pipeline.printing.plan import Keys
from noroshi.snapshot.action_list import ActionList
from noroshi.snapshot.listings import Listings, Year
from noroshi.urls import ACTIONS, HISTORY, action_year_path


def history_keys(listings: Listings, keys: Keys) -> dict[str, bytes]:
    """The keys of the history's pages but those of components, by the paths of the pages.

    What lists matters depends on their states, what counts them on the numbers alone: a record that is told of anew
    changes its month, its year, and these of the choices that it belongs to.
    """
    offered = ",".join(each.path for each in listings.filters)
    months = [month for year in listings.whole.years for month in year.months]
    counts = [f"{month.key}:{sorted(Counter(state.kind for state in month.states).items())}" for month in months]
    totals = [f"{each.path}:{each.number}" for each in listings.all]
    found = {HISTORY: keys.of("history", *counts, *totals)}
    for listing in listings.all:
        newest = listings.whole.years[0].key if listings.whole.years else ""
        if listing.chosen:
            years = [f"{year.key}:{year.number}" for year in listing.years]
            found[listing.path] = keys.of("choice", listing.path, offered, *years, states=listing.newest)
        named = ["", *(year.key for year in listing.years), ""]
        for place, year in enumerate(listing.years):
            words = ("year", listing.path, offered, named[place], named[place + 2], str(year.key == newest))
            found[listing.year_path(year)] = (
                keys.of(*words, *_numbers(year)) if year.long else keys.of(*words, states=year.states)
            )
        for each in listing.paged:
            found[each.path] = keys.of("month", each.path, offered, each.newer, each.older, states=each.month.states)
    return found


def _numbers(year: Year) -> Iterator[str]:
    """What a year's page tells of a year whose matters it does not show."""
    for month in year.months:
        counts = Counter(f"{state.kind}{state.severity}" for state in month.states)
        concerned = Counter(name for state in month.states for name in state.components)
        yield f"{month.key}:{sorted(counts.items())}{sorted(concerned.items())}"


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
