"""``noroshi import``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import site_option
from noroshi.cli.output import count, note, print_problems, say, styled
from noroshi.pipeline.importing import ImportPlan, carry_out, plan_cstate
from noroshi.pipeline.reading.content import SiteFolder, open_site
from noroshi.problems import in_one_line
from noroshi.writers.json_parts import problem_part


@click.group("import")
def import_group() -> None:
    """Bring in what another program has kept."""


@import_group.command(
    epilog="""\b
Examples:
  noroshi import cstate ../old-status --dry-run
  noroshi import cstate ../old-status
  noroshi import cstate ../old-status/content/issues --site status

\b
Exit codes:
  0  every entry arrived, whatever was odd in it
  1  an entry could not be read, or a file with another text is in its way
"""
)
@click.argument("source", type=click.Path(path_type=Path))
@site_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the outcome is printed.",
)
def cstate(source: Path, site: Path, dry_run: bool, form: str) -> None:
    """Import the issues of a cState status page.

    SOURCE is a cState repository (config.yml and issues/ or content/issues/), or a folder of issues/*.md alone.
    Everything odd in it is printed with file and line, and handled as the manual's page on cState says.
    Importing again adds what is new and changes nothing else.
    """
    folder = open_site(site)
    plan = plan_cstate(folder, source)
    if not dry_run:
        carry_out(folder, plan)
    if form == "json":
        say(json.dumps(_plain(plan, dry_run), ensure_ascii=False, indent=2))
    else:
        _print(plan, folder, dry_run)
    if not plan.complete:
        raise ProblemsFound


def _print(plan: ImportPlan, folder: SiteFolder, dry_run: bool) -> None:
    for anomaly in plan.anomalies:
        where = styled(f"{in_one_line(anomaly.path)}:{anomaly.line}:", bold=True)
        say(f"{where} [{anomaly.rule}] {in_one_line(anomaly.message)}")
    print_problems(plan.problems, "text")
    if not plan.counts:
        note(f"{styled('nothing was imported', err=True, fg='red')}: mend the problems above first")
        return
    counts = plan.counts
    kinds = f"{count(counts['incidents'], 'incident')}, {count(counts['maintenance'], 'maintenance', 'maintenance')}"
    left = f"{counts['refused']} refused, {counts['left_out']} left out"
    odd = count(counts["anomalies"], "anomaly", "anomalies")
    reports = count(counts["reports"], "report")
    say(f"{count(counts['sources'], 'entry', 'entries')} read: {kinds}, {reports}; {left}; {odd}")
    records = len(plan.new) - bool(plan.components)
    done = "would be written" if dry_run else "written"
    if not plan.new:
        say(f"nothing to write: {count(plan.unchanged, 'record')} of this import stood here already, byte for byte")
    else:
        say(
            f"{count(records, 'record')} {done}, {plan.unchanged} unchanged; "
            f"{count(len(plan.components), 'component')} {done.replace('written', 'added')}"
        )
    if plan.problems:
        say(f"{count(len(plan.problems), 'record')} not written, for something else is in the way")
    if not (folder.content / ".schema").is_dir():
        note("editors find no schema yet: 'noroshi schema --write' makes them")


def _plain(plan: ImportPlan, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "complete": plan.complete,
        "counts": dict(plan.counts),
        "new": list(plan.new),
        "unchanged": plan.unchanged,
        "components": list(plan.components),
        "anomalies": [
            {"path": found.path, "line": found.line, "rule": found.rule, "message": found.message}
            for found in plan.anomalies
        ],
        "problems": [problem_part(problem) for problem in plan.problems],
    }
