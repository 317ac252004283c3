"""``noroshi show``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import clock_options, site_option
from noroshi.cli.output import note, styled
from noroshi.environment import time_now
from noroshi.pipeline.content import SiteFolder, SourceFile, find_records, open_site
from noroshi.pipeline.reading import Moments, read_record
from noroshi.pipeline.settings import read_settings
from noroshi.problems import Level, Problem, sorted_problems
from noroshi.records.content import Entry, Settings
from noroshi.records.refusal import nearest
from noroshi.rules import unknown_records, usable_id
from noroshi.snapshot.state import State
from noroshi.text.wording import wording
from noroshi.writers.pasted.formats import FORMATS, write_pasted
from noroshi.writers.pasted.pieces import Speaker
from noroshi.writers.pasted.record import pasted_record

_LISTED = 20
"""How many ids a message lists."""


@click.command(
    epilog="""\b
Examples:
  noroshi show 2026-06-18-staging-down
  noroshi show staging-down --report last             the newest report, for a mail
  noroshi show staging-down --format redmine --language en
  noroshi show content/incidents/2026/2026-06-18-staging-down.yaml --as-of 2026-06-18T22:30+09:00
"""
)
@click.argument("record_id", metavar="ID")
@site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text for mail, markdown (CommonMark and GFM), redmine (Textile), chatwork.",
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
    """Print one record as text to paste into a mail, a ticket or a chat.

    ID is a record's id, a part of it that no other id has, or its file. Only the settings, this record and the one
    that caused it are read: what it caused in turn stands on its page, not here.
    """
    folder = open_site(site)
    moments = Moments(now=time_now(now, as_of), as_of=as_of)
    sources, _ = find_records(folder)
    source = _choose(record_id, sources, folder)
    entry, state, cause, settings = _read(source, sources, folder, moments)
    languages = settings.site.languages
    if language is not None and language not in languages:
        raise click.UsageError(f"this site has no language {language!r}; it has: {', '.join(languages)}")
    speaker = Speaker(settings=settings, wording=wording(language or languages[0], settings.site.zone))
    number = _number(only, len(entry.record.reports)) if only is not None else None
    pasted = pasted_record(entry, state, speaker, cause=cause, only=number, as_of=as_of)
    click.echo(write_pasted(pasted, form), nl=False)


def _choose(wanted: str, sources: Sequence[SourceFile], folder: SiteFolder) -> SourceFile:
    """The record that is meant; says so where that had to be found out."""
    paths = {_resolved(start / wanted) for start in (Path.cwd(), folder.root)}
    if wanted.endswith(".yaml"):
        named = [source for source in sources if _resolved(source.place) in paths]
        if named:
            return named[0]
    sought = wanted.removesuffix(".yaml").rpartition("/")[2]
    for matches in (
        [source for source in sources if source.id == sought],
        [source for source in sources if source.id.lower().startswith(sought.lower())],
        [source for source in sources if sought.lower() in source.id.lower()],
    ):
        if len(matches) == 1:
            if matches[0].id != wanted:
                note(f"{wanted}: this is {matches[0].id} ({matches[0].path})")
            return matches[0]
        if matches:
            listed = "\n".join(f"  {match.id} ({match.path})" for match in matches[:_LISTED])
            more = f"\n  and {len(matches) - _LISTED} more" if len(matches) > _LISTED else ""
            raise click.UsageError(f"several records match {wanted!r}; name one of them:\n{listed}{more}")
    ids = [source.id for source in sources]
    hint = nearest(sought, ids) or ("look into content/ for its file" if ids else "content/ holds no records")
    raise click.UsageError(f"no record has the id {wanted!r}; {hint}")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def _read(
    source: SourceFile, sources: Sequence[SourceFile], folder: SiteFolder, moments: Moments
) -> tuple[Entry, State, State | None, Settings]:
    """The record, its state, and the state of what caused it.

    :raises ProblemsFound: it, or the settings, cannot be shown; the problems have been told
    """
    read = read_settings(folder)
    problems = list(read.problems)
    if not read.usable:
        _tell(problems)
        raise ProblemsFound
    reading, entry = read_record(source, read.settings, moments)
    # At a past time later reports are left out, not ahead of the clock.
    problems += [each for each in reading.problems if moments.as_of is None or each.rule != "report-ahead"]
    problems += usable_id(source.path, source.id)
    problems += unknown_records(dict(reading.causes), {each.id for each in sources})
    _tell(problems)
    if any(problem.level is Level.ERROR for problem in problems):
        raise ProblemsFound
    if entry is None or reading.state is None:
        raise click.UsageError(f"nothing had been reported of {source.id} at that time; choose a later --as-of")
    return entry, reading.state, _cause(reading.state, sources, read.settings, moments), read.settings


def _cause(state: State, sources: Sequence[SourceFile], settings: Settings, moments: Moments) -> State | None:
    """What caused it, for its title; a cause that cannot be read is not this record's fault."""
    found = [each for each in sources if each.id == state.caused_by]
    if not found:
        return None
    return read_record(found[0], settings, replace(moments, as_of=None))[0].state


def _tell(problems: list[Problem]) -> None:
    """The problems, beside the text that is copied."""
    for problem in sorted_problems(problems):
        colour = {Level.ERROR: "red", Level.REVIEW: "yellow", Level.WARNING: "cyan"}[problem.level]
        note(styled(str(problem), err=True, fg=colour))


def _number(only: str, count: int) -> int:
    if count == 0:
        raise click.UsageError("this record has no report yet")
    if only == "last":
        return count
    if only.isascii() and only.isdigit() and 1 <= int(only) <= count:
        return int(only)
    raise click.UsageError(f"there is no report {only!r}; this record has reports 1 to {count}, and 'last'")
