"""The document of the track record."""

from __future__ import annotations

from typing import Literal, TypedDict

from noroshi.records.choices import Outcome, PromiseKind
from noroshi.writers.api.head import Head, Link
from noroshi.writers.api.values import Address, Month


class Tally(TypedDict):
    """How many promises were kept on time, kept late, and not kept."""

    met: int
    late: int
    missed: int


class Share(TypedDict):
    """How many of how many."""

    part: int
    whole: int
    percent: int
    """Rounded; 100 only for all, and 0 only for none."""


class Spread(TypedDict):
    """Lengths of time, in short."""

    cases: int
    median_seconds: int
    worst_seconds: int
    worst: Link
    """The incident that the worst belongs to."""


class MonthFigures(TypedDict):
    """A month, or several in a row that are counted together because one alone has too few cases."""

    months: list[Month]
    """Oldest first."""
    promises: Tally
    first_report: Spread | None


class KindFigures(TypedDict):
    """A kind of promise, or several that are counted together because one alone has too few cases."""

    kinds: list[PromiseKind]
    promises: Tally


class RecordDocument(Head):
    """The record of promises kept and missed. What has fewer than three cases is null, or left out of a list."""

    document: Literal["record"]
    url: Address
    promises: Tally | None
    """All that were settled."""
    months: list[MonthFigures]
    """Newest first."""
    kinds: list[KindFigures]
    first_report: Spread | None
    """From when an incident was noticed, else from its start, to the first report."""
    first_estimate: Spread | None
    """How far the first estimate of the recovery was off."""
    last_estimate: Spread | None
    noticed_by_clients: Share | None
    complete: Share | None
    """Incidents completed with cause and corrective actions."""
    actions: Share | None
    """Corrective actions done on time."""
    effect_checks: Share | None
    commitments: dict[Outcome, int] | None
    """How many commitments came out how."""
    imported: int
    """How many imported matters are left out of all figures."""
