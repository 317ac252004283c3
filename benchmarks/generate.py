"""Write a whole site of seeded records, for Noroshi or (the same records) for Hugo.

    python benchmarks/generate.py --incidents 1000 --seed 1 OUT
    python benchmarks/generate.py --incidents 1000 --seed 1 --hugo OUT

The same number and seed give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import hugo_content
import noroshi_content
from dice import Dice
from incident_log import make_incidents
from maintenance_log import make_maintenance
from record_file import RecordFile


def make_records(incidents: int, seed: int) -> list[RecordFile]:
    """Return `incidents` incidents and a fifth as many maintenance, the same for the same seed."""
    dice = Dice(seed)
    maintenance = list(make_maintenance(dice, incidents // 5))
    windows = [(*window, record.id) for record, window in maintenance if window is not None]
    records = [record for record, _ in maintenance]
    return records + list(make_incidents(dice, incidents, windows))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 written, 2 wrong usage."""
    parser = argparse.ArgumentParser(description="Write a site of seeded records, for a benchmark.")
    parser.add_argument("--incidents", type=int, required=True, metavar="N", help="how many incidents")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, other records (1)")
    parser.add_argument("--hugo", action="store_true", help="write a Hugo site instead of a Noroshi site")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write; must be new or empty")
    options = parser.parse_args(arguments)
    if options.incidents < 0:
        parser.error("--incidents must be 0 or more")
    if options.out.exists() and (not options.out.is_dir() or any(options.out.iterdir())):
        parser.error(f"{options.out} is not an empty folder; name a new one")
    records = make_records(options.incidents, options.seed)
    if options.hugo:
        hugo_content.write_site(options.out, records)
    else:
        noroshi_content.write_site(options.out, records)
    reports = sum(noroshi_content.count_reports(record) for record in records)
    print(f"{options.out}: {len(records)} records, {reports} reports")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
