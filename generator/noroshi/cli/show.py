"""``noroshi show``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.choosing import chosen_record
from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import clock_options, site_option
from noroshi.cli.output import note_problems
from noroshi.environment import time_now
from noroshi.pipeline.one_record import read_one
from noroshi.pipeline.reading.content import find_records, open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.problems import stops_build
from noroshi.text.wording import wording_of
from noroshi.writers.pasted.formats import FORMATS, write_pasted
from noroshi.writers.pasted.pieces import Speaker
from noroshi.writers.pasted.record import pasted_record
from noroshi.writers.record_document import record_json


@click.command(
    epilog="""\b
Examples:
  noroshi show 2026-06-18-staging-down
  noroshi show staging-down --report last             the newest report, for a mail
  noroshi show staging-down --format redmine --language en
  noroshi show staging-down --format json | jq .promises
  noroshi show content/incidents/2026/2026-06-18-staging-down.yaml --as-of 2026-06-18T22:30+09:00
"""
)
@click.argument("record_id", metavar="ID")
@site_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, "json"]),
    default="text",
    show_default=True,
    help="text for mail, markdown (CommonMark and GFM), redmine (Textile), chatwork; json for programs.",
)
@click.option("--language", help="One of the site's languages.  [default: the site's first]")
@click.option("--report", "only", metavar="N|last", help="Only this report, below the title and the state.")
@clock_options
def show(
    record_id: str,
    site: Path,
    form: str,
    language: str | None,
    only: str | None,
    now: datetime | None,
    as_of: datetime | None,
) -> None:
    """Print one record as text to paste into a mail, a ticket or a chat, or as JSON for a program.

    ID is a record's id, a part of it that no other id has, or its file. Only the settings, this record and the one
    that caused it are read: what it caused in turn stands on its page, not here. JSON comes in all languages and
    leaves nothing out, clients included: pass it on to nobody.
    """
    folder = open_site(site)
    moments = Moments(now=time_now(now, as_of), as_of=as_of)
    sources, _ = find_records(folder)
    source = chosen_record(record_id, sources, folder)
    one = read_one(folder, source, sources, moments)
    note_problems(one.problems)
    if stops_build(list(one.problems)):
        raise ProblemsFound
    if one.entry is None or one.state is None:
        raise click.UsageError(f"nothing had been reported of {source.id} at that time; choose a later --as-of")
    languages = one.settings.site.languages
    if language is not None and language not in languages:
        raise click.UsageError(f"this site has no language {language!r}; it has: {', '.join(languages)}")
    number = _number(only, len(one.entry.record.reports)) if only is not None else None
    if form == "json":
        if language is not None:
            raise click.UsageError("JSON comes in all languages; leave --language out")
        click.echo(record_json(one.entry, one.state, one.problems, one.settings, moments.now, number), nl=False)
        return
    speaker = Speaker(settings=one.settings, wording=wording_of(one.settings, language or languages[0]))
    pasted = pasted_record(one.entry, one.state, speaker, now=moments.now, cause=one.cause, only=number, as_of=as_of)
    click.echo(write_pasted(pasted, form), nl=False)


def _number(only: str, count: int) -> int:
    if count == 0:
        raise click.UsageError("this record has no report yet")
    if only == "last":
        return count
    if only.isascii() and only.isdigit() and 1 <= int(only) <= count:
        return int(only)
    raise click.UsageError(f"there is no report {only!r}; this record has reports 1 to {count}, and 'last'")
