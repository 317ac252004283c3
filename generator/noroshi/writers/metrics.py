"""The state and the record's figures as metrics for Prometheus: which there are, and what each says.

Times are Unix timestamps and no lengths of time that grow, so that they are true between two builds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from noroshi.records.choices import ComponentLevel, Phase, PromiseKind, Severity
from noroshi.records.content import MatterKind
from noroshi.snapshot.component_groups import heading_words
from noroshi.snapshot.promises.promise import Promise
from noroshi.snapshot.site import Snapshot
from noroshi.snapshot.track_record.fates import FATES
from noroshi.snapshot.track_record.figures import FEWEST, Figures, Share, Spread
from noroshi.snapshot.track_record.months import Tally
from noroshi.writers.exposition import Family, Sample, exposition


def metrics_text(snapshot: Snapshot, figures: Figures, title: str) -> bytes:
    """All that can be measured, as a file.

    :param title: the site's name, in an edition for single readers marked as that
    """
    return exposition(families(snapshot, figures, title))


def families(snapshot: Snapshot, figures: Figures, title: str) -> Iterator[Family]:
    """Every metric that has a sample."""
    site = snapshot.settings.site
    told = (
        Family(
            name="noroshi_site_info",
            help="What the site is.",
            samples=(({"name": title, "url": site.url, "timezone": site.timezone}, 1),),
        ),
        _one("noroshi_build_timestamp_seconds", "When all this was judged: at the build.", snapshot.now),
        _one("noroshi_content_updated_timestamp_seconds", "When the content was last written to.", snapshot.updated_at),
        *_components(snapshot),
        *_matters(snapshot),
        *_owed(snapshot),
        *_record(figures),
    )
    return (family for family in told if family.samples)


def _components(snapshot: Snapshot) -> Iterator[Family]:
    first = snapshot.settings.site.languages[0]
    yield Family(
        name="noroshi_component_info",
        help="What a component is called.",
        samples=tuple(
            (
                {
                    "component": each.component.id,
                    "name": each.component.name.said_in(first, first)[0],
                    "group": heading_words(each.component, first) or "",
                },
                1,
            )
            for each in snapshot.components
        ),
    )
    yield Family(
        name="noroshi_component_level",
        help="Whether a component is at this level: 1 for one of the levels, 0 for the others.",
        samples=tuple(
            ({"component": each.component.id, "level": level.value}, int(each.level is level))
            for each in snapshot.components
            for level in ComponentLevel
        ),
    )
    yield Family(
        name="noroshi_level",
        help="Whether this is the worst level of any component.",
        samples=tuple(({"level": level.value}, int(snapshot.level is level)) for level in ComponentLevel),
    )


def _matters(snapshot: Snapshot) -> Iterator[Family]:
    severities = Counter(state.severity for state in snapshot.open_incidents)
    yield Family(
        name="noroshi_open_incidents",
        help="Incidents that are not closed.",
        samples=tuple(({"severity": each.value}, severities[each]) for each in Severity),
    )
    phases = Counter((state.kind, state.phase) for state in snapshot.states)
    ahead = (Phase.PLANNED, Phase.START_AWAITED, Phase.IN_PROGRESS, Phase.COMPLETION_AWAITED, Phase.ENDED)
    for kind, name, what in (
        (MatterKind.MAINTENANCE, "noroshi_maintenance", "Planned work that is not over."),
        (MatterKind.COMMITMENT, "noroshi_commitments", "Commitments that are not over."),
    ):
        yield Family(
            name=name, help=what, samples=tuple(({"phase": phase.value}, phases[kind, phase]) for phase in ahead)
        )


def _owed(snapshot: Snapshot) -> Iterator[Family]:
    now = snapshot.now
    owed = Counter(promise.kind for promise in snapshot.owed)
    overdue = Counter(promise.kind for promise in snapshot.owed if promise.overdue(now))
    yield Family(
        name="noroshi_promises_owed",
        help="Promises that are to be kept, those included whose time has passed.",
        samples=tuple(({"kind": kind.value}, owed[kind]) for kind in PromiseKind),
    )
    yield Family(
        name="noroshi_promises_overdue",
        help="Promises that are to be kept though their time had passed at the build.",
        samples=tuple(({"kind": kind.value}, overdue[kind]) for kind in PromiseKind),
    )
    ahead = [promise.due for promise in snapshot.owed if not promise.overdue(now)]
    if ahead:
        yield _one("noroshi_next_due_timestamp_seconds", "When the next promise is due.", min(ahead))
    yield Family(
        name="noroshi_promise_due_timestamp_seconds",
        help="When each promise that is to be kept is due: it is overdue once time() is greater.",
        samples=tuple(_due(snapshot.owed)),
    )


def _due(owed: Iterable[Promise]) -> Iterator[Sample]:
    """Each promise by its labels; of several that look alike, the one due first."""
    first: dict[tuple[str, str, str, str], datetime] = {}
    for each in owed:
        place = (each.matter, each.kind.value, each.about or "", each.to or "")
        first[place] = min(each.due, first.get(place, each.due))
    for (matter, kind, about, client), due in first.items():
        yield {"matter": matter, "kind": kind, "about": about, "client": client}, _seconds(due)


def _record(figures: Figures) -> Iterator[Family]:
    if figures.total.total >= FEWEST:
        yield Family(
            name="noroshi_record_promises",
            help="Settled promises by what became of them.",
            samples=tuple(_by_fate({}, figures.total)),
        )
    yield Family(
        name="noroshi_record_promises_by_kind",
        help="Settled promises by kind; kinds with fewer than three are counted together, joined by +.",
        samples=tuple(
            sample
            for each in figures.kinds
            for sample in _by_fate({"kind": "+".join(kind.value for kind in each.kinds)}, each.tally)
        ),
    )
    shares = (
        ("promises_on_time", "Promises kept on time.", Share(figures.total.met, figures.total.total)),
        ("noticed_by_clients", "Incidents noticed by a client first.", figures.noticed_by_clients),
        ("complete", "Incidents completed with cause and corrective actions.", figures.complete),
        ("actions_on_time", "Corrective actions done on time.", figures.actions),
        ("effect_checks_on_time", "Effects of corrective actions checked on time.", figures.effect_checks),
    )
    for name, what, share in shares:
        if share.enough:
            value = share.part / share.whole
            yield Family(name=f"noroshi_record_{name}_ratio", help=f"{what} From 0 to 1.", samples=(({}, value),))
    spreads = (
        ("first_report", "Time to the first report", figures.first_report),
        ("first_estimate_error", "How far the first estimate of the recovery was off", figures.first_estimate),
        ("last_estimate_error", "How far the last estimate of the recovery was off", figures.last_estimate),
    )
    for name, what, spread in spreads:
        if spread is not None:
            yield from _spread(name, what, spread)
    yield Family(
        name="noroshi_record_commitments",
        help="Commitments by their outcome.",
        samples=tuple(({"outcome": outcome.value}, number) for outcome, number in figures.commitments),
    )


def _by_fate(labels: Mapping[str, str], tally: Tally) -> Iterator[Sample]:
    for fate, number in zip(FATES, (tally.met, tally.late, tally.missed), strict=True):
        yield {**labels, "state": fate.value}, number


def _spread(name: str, what: str, spread: Spread) -> Iterator[Family]:
    for word, length in (("median", spread.median), ("worst", spread.worst)):
        yield Family(
            name=f"noroshi_record_{name}_{word}_seconds",
            help=f"{what}, {word}.",
            samples=(({}, int(length / timedelta(seconds=1))),),
        )


def _one(name: str, what: str, moment: datetime) -> Family:
    return Family(name=name, help=what, samples=(({}, _seconds(moment)),))


def _seconds(moment: datetime) -> int:
    """Unix time, in whole seconds."""
    return int(moment.timestamp())
