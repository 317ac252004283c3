"""``noroshi check``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from noroshi.cli.errors import FINE, PROBLEMS, ProblemsFound, settle
from noroshi.cli.options import clock_options, site_option
from noroshi.cli.output import count, note, print_problems, styled
from noroshi.environment import surroundings, time_now
from noroshi.pipeline.check import check_site
from noroshi.pipeline.reading.content import SiteFolder, open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.problems import Level, fails_check, sorted_problems

if TYPE_CHECKING:
    from noroshi.pipeline.append_only.comparing import Compared


@click.command(
    epilog="""\b
Examples:
  noroshi check
  noroshi check content/incidents/2026/2026-06-18-staging-down.yaml
  noroshi check --format github      annotations in a pull request
  noroshi check --since origin/main  has anything been changed that was published?
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
@click.option(
    "--since",
    metavar="REV",
    help="Hold what stands against a revision of git: what was published by then must stand as it was said. Of the "
    "records those that differ from it are checked, unless settings do; ids, links and stray files always.",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    help="Hold all records against the published log of the public site: its log/ folder, or the entries.jsonl in it.",
)
def check(
    files: tuple[Path, ...],
    site: Path,
    now: datetime | None,
    as_of: datetime | None,
    form: str,
    since: str | None,
    log: Path | None,
) -> None:
    """Read all content and say what is wrong, with file and line. Writes nothing.

    With FILES, only what is wrong in these is told; of the others those are read that may meet them in time.
    Warnings fail nothing.
    """
    if as_of is not None and (since is not None or log is not None):
        raise click.UsageError("--since and --log look at what stands now, --as-of at the past; leave one out")
    if files and log is not None:
        raise click.UsageError("--log is about all records; leave the files out")
    folder = open_site(site)
    moments = Moments(now=time_now(now, as_of), as_of=as_of)
    only: frozenset[str] | None = frozenset(_named(path, folder.root) for path in files) or None
    compared = _compared(folder, since, moments.now) if since is not None else None
    if compared is not None:
        only = (only or frozenset()) | compared.differing if compared.differing is not None else None
    checked = check_site(folder, moments, only, log, collection=since is not None)
    problems = sorted_problems([*checked.problems, *(compared.problems if compared is not None else ())])
    settle(PROBLEMS if fails_check(problems) else FINE)
    print_problems(problems, form)
    errors = [problem for problem in problems if problem.level is not Level.WARNING]
    warnings = len(problems) - len(errors)
    if form == "text":
        verdict = count(len(errors), "problem") if errors else styled("fine", err=True, fg="green")
        more = f", {count(warnings, 'warning')}" if warnings else ""
        held = " and held against the log" if log is not None else ""
        held += f", {count(compared.published, 'record')} held against {since}" if compared is not None else ""
        note(f"{count(checked.files, 'record')} read{held}: {verdict}{more}")
    if fails_check(problems):
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


def _compared(folder: SiteFolder, since: str, now: datetime) -> Compared:
    """What stands, held against a revision: loaded for whoever asks, as a check of one file is soon over."""
    from noroshi.pipeline.append_only.comparing import compare_with

    return compare_with(folder, since, surroundings(), now)
