"""Medians, ratios per pair, and the Markdown tables made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from contenders import CHANGED, CHECK, COLD, SINCE
from measure import Cost

# (incidents, case): (seconds, MiB of all processes together or None)
AIMS: dict[tuple[int, str], tuple[float, float | None]] = {
    (1_000, COLD): (2.5, None),
    (10_000, COLD): (12.0, 400.0),
    (10_000, CHANGED): (1.0, None),
    (10_000, CHECK): (0.3, None),
    (10_000, SINCE): (2.0, None),
}


@dataclass(kw_only=True)
class Result:
    """The runs of one contender in one case, filled as they happen."""

    incidents: int
    case: str
    contender: str
    runs: list[Cost] = field(default_factory=list)
    """In the order of the pairs: run n of one contender stands beside run n of the other."""
    together: float | None = None
    """Peak MiB of all processes together, from a run that is not timed."""
    files: int = 0
    size: int = 0
    """How many files the finished site has, and their bytes."""

    @property
    def wall(self) -> float:
        """Median seconds."""
        return median(run.wall for run in self.runs)

    @property
    def peak(self) -> float:
        """MiB to hold against an aim: all processes together, else the largest one."""
        return self.together if self.together is not None else max(run.largest for run in self.runs)

    def as_json(self) -> dict[str, object]:
        """The result with every run, for keeping."""
        runs = [{"wall": run.wall, "cpu": run.cpu, "largest_mib": run.largest} for run in self.runs]
        return {
            "incidents": self.incidents,
            "case": self.case,
            "contender": self.contender,
            "runs": runs,
            "together_mib": self.together,
            "files": self.files,
            "bytes": self.size,
        }


def pair_ratios(ours: Result, theirs: Result) -> list[float]:
    """Return, for each pair of runs, how many times as long theirs took as ours."""
    return [their.wall / our.wall for our, their in zip(ours.runs, theirs.runs, strict=True)]


def tabulate_costs(results: Iterable[Result]) -> str:
    """Return the main table: a line for each size, case and contender."""
    rows = [
        (
            f"{each.incidents:,}",
            each.case,
            each.contender,
            _spread([run.wall for run in each.runs]),
            f"{median(run.cpu for run in each.runs):.2f}",
            f"{max(run.largest for run in each.runs):.0f}",
            "–" if each.together is None else f"{each.together:.0f}",
            f"{each.files:,}",
            f"{each.size / 2**20:.1f}",
        )
        for each in results
    ]
    head = ("incidents", "case", "program", "wall s (min–max)", "CPU s", "MiB largest", "MiB together")
    return _table((*head, "files", "site MiB"), rows)


def tabulate_pairs(results: Sequence[Result], ours: str, theirs: str) -> str:
    """Return the table of paired runs, or nothing where there are none."""
    found = {(each.incidents, each.case, each.contender): each for each in results}
    rows = [
        (f"{size:,}", case, f"{_spread(pair_ratios(mine, found[size, case, theirs]))}")
        for (size, case, name), mine in found.items()
        if name == ours and (size, case, theirs) in found
    ]
    return _table(("incidents", "case", f"{theirs} ÷ {ours}, per pair (min–max)"), rows) if rows else ""


def tabulate_aims(results: Iterable[Result], ours: str) -> str:
    """Return the table of what was aimed for and what came out, or nothing where no aim was measured."""
    rows = []
    for each in results:
        if each.contender == ours and (each.incidents, each.case) in AIMS:
            seconds, memory = AIMS[each.incidents, each.case]
            name = f"{each.incidents:,}, {each.case}"
            rows.append((name, f"< {seconds:g} s", f"{each.wall:.2f} s", _verdict(each.wall, seconds)))
            if memory is not None:
                rows.append((name, f"< {memory:g} MiB", f"{each.peak:.0f} MiB", _verdict(each.peak, memory)))
    return _table(("aim", "wanted", "measured", ""), rows) if rows else ""


def tabulate_growth(results: Iterable[Result]) -> str:
    """Return how cold time grows from each size to the next, or nothing where there is one size."""
    rows = []
    before: dict[str, Result] = {}
    for each in results:
        if each.case == COLD:
            if each.contender in before:
                small = before[each.contender]
                factor = each.incidents / small.incidents
                sizes = f"{small.incidents:,} to {each.incidents:,} (× {factor:g})"
                rows.append((each.contender, sizes, f"× {each.wall / small.wall:.2f}"))
            before[each.contender] = each
    return _table(("program", "incidents", "cold wall"), rows) if rows else ""


def tabulate_phases(title: str, phases: Sequence[tuple[str, float]]) -> str:
    """Return where the time went: seconds and share of each phase."""
    total = sum(seconds for _, seconds in phases) or 1.0
    rows = [(name, f"{seconds:.3f}", f"{100 * seconds / total:.0f} %") for name, seconds in phases]
    return _table((title, "s", "share"), rows)


def _verdict(measured: float, wanted: float) -> str:
    return "met" if measured < wanted else "MISSED"


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
