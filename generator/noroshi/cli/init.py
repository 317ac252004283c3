"""``noroshi init``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.options import Moment
from noroshi.cli.output import count, note, say
from noroshi.environment import time_now
from noroshi.pipeline.founding import found_site
from noroshi.pipeline.scaffold import (
    EXAMPLE_NOW,
    TIMEZONE,
    URL,
    FactsError,
    SiteFacts,
    empty_site,
    example_site,
)
from noroshi.records.site import LANGUAGES
from noroshi.records.words import ascii_address


@click.command(
    epilog="""\b
Examples:
  noroshi init status --url https://status.example.jp/ --name 稼働状況
  noroshi init --example demo            a site that tells a whole story
  noroshi init . --language en --timezone Europe/Berlin
"""
)
@click.argument("folder", metavar="[DIR]", default=Path(), type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Begin with the example's records in place of empty lists.")
@click.option("--url", help=f"Where the site will be published; its domain names the site for ever.  [default: {URL}]")
@click.option("--name", help="The page's name.  [default: 稼働状況と報告 / Status and reports]")
@click.option("--timezone", help=f"The zone in which times are shown.  [default: {TIMEZONE}]")
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(LANGUAGES),
    help="A language of the pages; give it again for more, the first one first.  [default: ja, en]",
)
@click.option("--now", type=Moment(), help="What day it is.  [default: SOURCE_DATE_EPOCH, else the clock]")
def init(
    folder: Path,
    example: bool,
    url: str | None,
    name: str | None,
    timezone: str | None,
    languages: tuple[str, ...],
    now: datetime | None,
) -> None:
    """Make a new site in DIR (this folder, where none is named). Nothing that stands there is overwritten.

    It comes with a workflow that checks and publishes it on GitHub, and with a guide to writing reports.
    """
    given = {"--url": url, "--name": name, "--timezone": timezone, "--language": languages}
    told = [option for option, value in given.items() if value]
    if example and told:
        raise click.UsageError(f"the example says itself what it is; leave out {', '.join(told)}, or --example")
    if name is not None and not name.strip():
        raise click.UsageError("--name is empty; write what readers should call the page, or leave it out")
    today = time_now(now, None)
    try:
        facts = SiteFacts(
            now=today,
            url=ascii_address(url) if url else URL,
            name=name,
            timezone=timezone or TIMEZONE,
            languages=tuple(dict.fromkeys(languages)) or LANGUAGES,
        )
        files = example_site(today) if example else empty_site(facts)
    except FactsError as error:
        raise click.UsageError(str(error)) from None
    founded = found_site(folder, files)
    for path in founded.files:
        if not path.startswith("content/.schema/"):
            say((folder / path).as_posix())
    for path in founded.kept:
        note(f"kept: {folder / path} stood there already and was left as it was")
    note(f"\n{count(len(founded.files), 'file')} made. Next:")
    for step in _next_steps(folder, example, url is not None):
        note(f"  {step}")


def _next_steps(folder: Path, example: bool, address_known: bool) -> list[str]:
    steps = [] if folder.resolve() == Path.cwd() else [f"cd {folder}"]
    if example:
        return [*steps, f"noroshi serve --as-of {EXAMPLE_NOW}    look at it, at the hour of its story"]
    if not address_known:
        steps.append("edit content/site.yaml         the address and id.tag first: published ids never change")
    return [
        *steps,
        "edit content/components.yaml   what you run, by the names that readers know",
        "noroshi serve                  look at it, and write",
        "noroshi check                  what is wrong, with file and line",
        "README.md                      how to report with nothing but a telephone",
    ]
