"""The figures of the record. None is told of fewer than three cases, nor can such a one be worked out from the others.

What few cases would tell of is counted together with its neighbours, so that all parts still add up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter
from typing import NamedTuple

from noroshi.records.choices import Detector, Outcome, PromiseKind
from noroshi.snapshot.track_record.incident_facts import IncidentFacts
from noroshi.snapshot.track_record.months import RecordMonth, Tally, TrackRecord

FEWEST = 3
"""A figure over fewer cases says more about chance than about us."""


class Share(NamedTuple):
    """How many of how many."""

    part: int
    whole: int

    @property
    def enough(self) -> bool:
        """Whether there are cases enough to tell."""
        return self.whole >= FEWEST

    @property
    def percent(self) -> int:
        """Rounded to the nearest; but 100 only for all, and 0 only for none."""
        if self.part in (0, self.whole):
            return 100 if self.part else 0
        return min(99, max(1, (200 * self.part + self.whole) // (2 * self.whole)))


class Spread(NamedTuple):
    """Lengths of time, in short."""

    cases: int
    median: timedelta
    worst: timedelta
    worst_id: str
    """The id of the incident that the worst belongs to."""


class Period(NamedTuple):
    """Months in a row that are counted together because one of them alone has too few cases; mostly one month."""

    months: tuple[str, ...]
    """Their keys, oldest first."""
    tally: Tally
    first_report: Spread | None
    """Of the incidents that began in them; None for too few."""


class KindFigure(NamedTuple):
    """One kind of promise, or several that are counted together because one of them alone has too few cases."""

    kinds: tuple[PromiseKind, ...]
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All figures of a record; what has too few cases is None, or a share that is not enough."""

    total: Tally
    periods: tuple[Period, ...]
    """Newest first; none where all of them together have too few cases."""
    kinds: tuple[KindFigure, ...]
    """In the order of :class:`PromiseKind`, those counted together last."""
    first_report: Spread | None
    first_estimate: Spread | None
    last_estimate: Spread | None
    noticed_by_clients: Share
    """Of the incidents of which it is known who noticed them."""
    complete: Share
    """Completed with cause and actions, of the incidents that are over and whose time for that is too."""
    actions: Share
    """Done on time, of the actions whose time has come."""
    effect_checks: Share
    commitments: tuple[tuple[Outcome, int], ...]
    """How many came out how; none where there are too few in all."""


def figures_of(record: TrackRecord) -> Figures:
    """The figures of a record."""
    incidents = [facts for month in reversed(record.months) for facts in month.incidents]
    actions, checks = record.tally(PromiseKind.ACTION), record.tally(PromiseKind.EFFECT_CHECK)
    noticed = [each.matter.detected_by for each in incidents if each.matter.detected_by is not None]
    complete = [each.complete for each in incidents if each.complete is not None]
    outcomes = [state.outcome for month in record.months for state in month.commitments]
    return Figures(
        total=record.total,
        periods=_periods(record.months),
        kinds=_kinds(record),
        first_report=first_reports(incidents),
        first_estimate=_spread((each.first_error, each) for each in incidents),
        last_estimate=_spread((each.last_error, each) for each in incidents),
        noticed_by_clients=Share(noticed.count(Detector.CLIENT), len(noticed)),
        complete=Share(complete.count(True), len(complete)),
        actions=Share(actions.met, actions.total),
        effect_checks=Share(checks.met, checks.total),
        commitments=tuple((each, outcomes.count(each)) for each in Outcome) if len(outcomes) >= FEWEST else (),
    )


def first_reports(incidents: Iterable[IncidentFacts]) -> Spread | None:
    """How soon the first report came; None for too few."""
    return _spread((each.first_report, each) for each in incidents)


def _spread(lengths: Iterable[tuple[timedelta | None, IncidentFacts]]) -> Spread | None:
    known = [(length, facts) for length, facts in lengths if length is not None]
    if len(known) < FEWEST:
        return None
    worst, facts = max(known, key=itemgetter(0))
    ordered = sorted(length for length, _ in known)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return Spread(cases=len(known), median=(low + high) / 2, worst=worst, worst_id=facts.matter.id)


def _enough(parts: int, total: int) -> bool:
    """Whether the sum of so many parts tells nothing of any that is too small."""
    return total >= FEWEST and (parts == 1 or total > parts)


def _periods(months: Sequence[RecordMonth]) -> tuple[Period, ...]:
    """The months, each too small one counted with the next; the newest, if it is too small, with those before it."""
    groups: list[list[RecordMonth]] = [[]]
    for month in reversed(months):
        if month.total.total:
            if _enough(len(groups[-1]), _total(groups[-1])):
                groups.append([])
            groups[-1].append(month)
    while len(groups) > 1 and not _enough(len(groups[-1]), _total(groups[-1])):
        last = groups.pop()
        groups[-1] += last
    if not _enough(len(groups[0]), _total(groups[0])):
        return ()
    return tuple(
        Period(
            months=tuple(month.key for month in group),
            tally=sum((month.total for month in group), Tally()),
            first_report=first_reports(facts for month in group for facts in month.incidents),
        )
        for group in reversed(groups)
    )


def _total(months: Iterable[RecordMonth]) -> int:
    return sum(month.total.total for month in months)


def _kinds(record: TrackRecord) -> tuple[KindFigure, ...]:
    """The kinds of promises, those that are too small counted together, with the next smallest if need be."""
    tallies = {kind: tally for kind in PromiseKind if (tally := record.tally(kind)).total}
    together = [kind for kind, tally in tallies.items() if tally.total < FEWEST]
    others = sorted((kind for kind in tallies if kind not in together), key=lambda kind: tallies[kind].total)
    while together and others and not _enough(len(together), sum(tallies[kind].total for kind in together)):
        together.append(others.pop(0))
    if together and not _enough(len(together), sum(tallies[kind].total for kind in together)):
        return ()
    single = [KindFigure((kind,), tally) for kind, tally in tallies.items() if kind not in together]
    if not together:
        return tuple(single)
    kinds = tuple(kind for kind in tallies if kind in together)
    return (*single, KindFigure(kinds, sum((tallies[kind] for kind in kinds), Tally())))
