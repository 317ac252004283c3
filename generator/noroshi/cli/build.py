"""``noroshi build``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import audience_options, cache_option, clock_options, jobs_option, site_option
from noroshi.cli.output import count, note, print_problems, say, styled
from noroshi.cli.progress import Progress
from noroshi.environment import cache_folder, job_count, time_now
from noroshi.pipeline.build import build as build_site
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.pipeline.request import BuildRequest, Built, default_out
from noroshi.yamlsource import HAS_C_LOADER


@click.command(
    epilog="""\b
Examples:
  noroshi build
  noroshi build --out /srv/www/status
  noroshi build --log published/log                    go on from the log that was published
  noroshi build --audience internal                   into site-internal/
  noroshi build --as-of 2026-06-18T22:00+09:00 --out then
"""
)
@site_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to publish.  [default: in the site's folder site/, or site-internal/ and so on for other "
    "audiences]",
)
@audience_options
@cache_option
@clock_options
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    help="The published log that this build goes on from: the log/ of the published site, or its entries.jsonl. What "
    "it holds and the content no longer says stops the build.",
)
@click.option("--new-log", is_flag=True, help="Begin a log on purpose: this site was never published.")
@jobs_option
@click.option("--strict", is_flag=True, help="Let MkDocs' warnings on your own pages fail the build.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing where all is well: for scheduled jobs.")
@click.option("--timings", is_flag=True, help="Print where the time went.")
def build(
    site: Path,
    out: Path | None,
    audience: str,
    url: str | None,
    cache: Path | None,
    now: datetime | None,
    as_of: datetime | None,
    log: Path | None,
    new_log: bool,
    jobs: int | None,
    strict: bool,
    quiet: bool,
    timings: bool,
) -> None:
    """Build the site and publish it at once, whole or not at all.

    With an error in the content nothing is published and the old site stays as it is. A site for one audience never
    takes the place of one for another.
    """
    if log is not None and (new_log or as_of is not None):
        other = "--new-log" if new_log else "--as-of"
        raise click.UsageError(f"--log and {other}: only one of them; {_ONLY_ONE[other]}")
    folder = open_site(site)
    place = out or default_out(folder.root, audience)
    warn_of_slow_loader()
    with Progress() as progress:
        built = build_site(
            BuildRequest(
                folder=folder,
                out=place,
                audience=audience,
                url=url,
                cache=cache_folder(cache, folder.root),
                moments=Moments(now=time_now(now, as_of), as_of=as_of),
                log=log,
                new_log=new_log,
                jobs=job_count(jobs),
                strict=strict,
                on_stage=progress.stage,
            )
        )
    report(built, progress, place, quiet=quiet)
    if timings:
        for stage, seconds in progress.timings:
            say(f"{stage} {seconds:.3f}")
    if not built.published:
        raise ProblemsFound


_ONLY_ONE = {
    "--new-log": "a log goes on, or begins",
    "--as-of": "a look back is no publication, and its log is its own",
}


def report(built: Built, progress: Progress, out: Path, *, quiet: bool = False, refused: str | None = None) -> None:
    """Say what a build did; with ``quiet`` only what went wrong.

    :param refused: what is to be seen where it published nothing; None for the site of before
    """
    print_problems(built.problems, "text")
    for warning in built.warnings:
        note(f"{styled('warning:', err=True, fg='yellow')} {warning}")
    if built.published and quiet:
        return
    if built.published:
        written = count(built.written, "file")
        note(f"published {out}: {count(built.pages, 'file')}, {written} new, in {progress.seconds:.1f} s")
    else:
        seen = refused or f"{out} stays as it was"
        note(f"{styled('nothing was published', err=True, fg='red')}: mend the problems above; {seen}")


def warn_of_slow_loader() -> None:
    """Say loudly where the fast YAML reader is missing."""
    if not HAS_C_LOADER:
        loud = styled("warning:", err=True, fg="yellow", bold=True)
        note(
            f"{loud} PyYAML is installed without libyaml, so reading takes eight times as long; "
            "install a PyYAML wheel, or libyaml-dev and build PyYAML again"
        )
