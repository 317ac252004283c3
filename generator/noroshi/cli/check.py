"""``noroshi check``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.errors import FINE, PROBLEMS, ProblemsFound, settle
from noroshi.cli.options import clock_options, site_option
from noroshi.cli.output import count, note, print_problems, styled
from noroshi.environment import time_now
from noroshi.pipeline.check import check_site
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.problems import Level, fails_check


@click.command(
    epilog="""\b
Examples:
  noroshi check
  noroshi check content/incidents/2026/2026-06-18-staging-down.yaml
  noroshi check --format github      annotations in a pull request
"""
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@site_option
@clock_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
def check(files: tuple[Path, ...], site: Path, now: datetime | None, as_of: datetime | None, form: str) -> None:
    """Read all content and say what is wrong, with file and line. Writes nothing.

    With FILES, only what is wrong in these is told; of the others those are read that may meet them in time.
    Warnings fail nothing.
    """
    folder = open_site(site)
    only = [_named(path, folder.root) for path in files]
    checked = check_site(folder, Moments(now=time_now(now, as_of), as_of=as_of), only)
    settle(PROBLEMS if fails_check(list(checked.problems)) else FINE)
    print_problems(checked.problems, form)
    errors = [problem for problem in checked.problems if problem.level is not Level.WARNING]
    warnings = len(checked.problems) - len(errors)
    if form == "text":
        verdict = count(len(errors), "problem") if errors else styled("fine", err=True, fg="green")
        more = f", {count(warnings, 'warning')}" if warnings else ""
        note(f"{count(checked.files, 'record')} read: {verdict}{more}")
    if fails_check(list(checked.problems)):
        raise ProblemsFound


def _named(path: Path, root: Path) -> str:
    """The path as problems name it; people name files from where they stand."""
    for start in (Path.cwd(), root):
        place = start / path
        if place.is_file():
            try:
                return place.resolve().relative_to(root.resolve()).as_posix()
            except ValueError:
                raise click.UsageError(
                    f"{path} is not in the site's folder {root.resolve()}; name it with --site"
                ) from None
    raise click.UsageError(f"{path}: there is no such file")
