"""``noroshi due``."""

from __future__ import annotations

import gc
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from noroshi.cli.errors import ACT, FINE, PROBLEMS, ActionNeeded, ProblemsFound, settle
from noroshi.cli.options import Length, Moment, cache_option, jobs_option, site_option
from noroshi.cli.output import note, note_problems, print_problems, say, styled
from noroshi.environment import cache_folder, job_count, time_now
from noroshi.pipeline.due import DueRequest, what_is_due
from noroshi.pipeline.reading.content import open_site
from noroshi.pipeline.reading.record import Moments
from noroshi.writers.due.annotations import annotation_lines
from noroshi.writers.due.document import due_json
from noroshi.writers.due.text import Tone, text_lines

_STYLES: dict[Tone, dict[str, Any]] = {
    Tone.HEADING: {"bold": True},
    Tone.LOUD: {"fg": "red"},
    Tone.PLAIN: {},
    Tone.QUIET: {"dim": True},
}


@click.command(
    epilog="""\b
Examples:
  noroshi due
  noroshi due --within 24h --client a-sha
  noroshi due --format github                     in a scheduled workflow
  noroshi due --at 2026-06-18T22:55+09:00         what was owed then, by the reports made until then

\b
It ends with 0 where nothing is overdue, no slot is in conflict and no risk has fired, with 4 where
one of these needs somebody now, and with 1 where some of the content cannot be read.
"""
)
@site_option
@click.option(
    "--at",
    type=Moment(),
    help="Answer for this time: of the past by the reports made until then, of the future as if nothing more were "
    "written.  [default: SOURCE_DATE_EPOCH, else the clock]",
)
@click.option("--within", type=Length(), help="Leave out what is due later than this: 90m, 24h.")
@click.option("--client", metavar="ID", help="Only what concerns this client.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="How the answer is printed.",
)
@cache_option
@jobs_option
def due(
    site: Path,
    at: datetime | None,
    within: timedelta | None,
    client: str | None,
    form: str,
    cache: Path | None,
    jobs: int | None,
) -> None:
    """Say what is owed, to whom and by when: overdue first, then conflicts, fired risks, and what is due.

    Each promise comes with its record, where it was made, the client's manager, and what to write to keep it.
    Publishes nothing. The titles are in the site's first language.
    """
    folder = open_site(site)
    gc.disable()  # as in a build: the process is short-lived
    answer = what_is_due(
        DueRequest(
            folder=folder,
            cache=cache_folder(cache, folder.root),
            moments=Moments(now=time_now(None, at), as_of=at),
            jobs=job_count(jobs),
            within=within,
            client=client,
        )
    )
    act = answer.owing is not None and answer.owing.alarming
    settle(PROBLEMS if answer.problems else ACT if act else FINE)
    if form == "github":
        print_problems(answer.problems, form)
    else:
        note_problems(answer.problems)
    if answer.owing is not None:
        match form:
            case "json":
                click.echo(due_json(answer.owing, answer.problems), nl=False)
            case "github":
                for line in annotation_lines(answer.owing):
                    say(line)
            case _:
                for words, tone in text_lines(answer.owing):
                    say(styled(words, **_STYLES[tone]) if words else words)
    if answer.problems:
        unread = styled("something may be missing above:", err=True, fg="red")
        note(f"{unread} the content has errors; mend them, or run 'noroshi check'")
        raise ProblemsFound
    if act:
        raise ActionNeeded
