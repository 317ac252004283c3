"""``noroshi receive``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import Moment, site_option
from noroshi.cli.output import note, say, say_error
from noroshi.cli.writing.committing import Unfinished, commit_written, repository_of
from noroshi.environment import time_now
from noroshi.importers.issue_form import FormError
from noroshi.pipeline.reading.content import SiteFolder, open_site
from noroshi.pipeline.reading.settings import usable_settings
from noroshi.pipeline.receiving import Received
from noroshi.pipeline.receiving import receive as read_form
from noroshi.pipeline.writing.placing import put_in_place
from noroshi.problems import StatedError
from noroshi.records.content import Settings
from noroshi.writers.forms.answer import refused_answer, written_answer


@click.command(
    epilog="""\b
Examples:
  noroshi receive "$GITHUB_EVENT_PATH" --commit --answer answer.md
  noroshi receive event.json --dry-run

\b
The event is the JSON that GitHub gives a workflow of an issue. Whose form was refused reads why in the answer.
"""
)
@click.argument("event", metavar="EVENT.json", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--commit", is_flag=True, help="Make one git commit of the file that was written, and of nothing else.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--answer",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what to answer into this file, as Markdown.",
)
@click.option("--now", type=Moment(), help="What time it is.  [default: SOURCE_DATE_EPOCH, else the clock]")
@site_option
def receive(event: Path, commit: bool, dry_run: bool, answer: Path | None, now: datetime | None, site: Path) -> None:
    """Turn a submitted issue form into a record, or into a report of one.

    Only forms of owners, members and collaborators of the repository are taken, and only those that can be read in one
    way. The same form again adds nothing.
    """
    folder = open_site(site)
    clock = time_now(now, None)
    try:
        received = read_form(event.read_bytes(), folder, clock)
        if received is not None and not dry_run:
            _write(received, folder, commit=commit)
    except FormError as error:
        _answer(answer, refused_answer(_settings(folder), str(error)))
        say_error(f"the form cannot be taken; nothing was written\n{error}")
        raise ProblemsFound from None
    except Unfinished as error:  # how to finish it is for who ran the command, not for who filled in the form
        _answer(answer, refused_answer(_settings(folder), error.reason))
        raise
    except StatedError as error:
        _answer(answer, refused_answer(_settings(folder), str(error)))
        raise
    if received is None:
        note("the issue has no label of a form; nothing was written")
        return
    if dry_run and received.prepared is not None:
        say(received.prepared.diff)
        note("nothing was written (--dry-run)")
        return
    told = written_answer(
        received.settings,
        received.state,
        received.number,
        received.path,
        clock,
        new=received.prepared is not None,
        warnings=received.warnings,
    )
    _answer(answer, told)
    note(told)


def _write(received: Received, folder: SiteFolder, *, commit: bool) -> None:
    if received.prepared is None:
        note(received.subject)
        return
    repository = repository_of(folder.root) if commit else None
    put_in_place(received.prepared)
    say(received.path)
    if repository is not None:
        first = received.settings.site.languages[0]
        title, _ = received.state.title.said_in(first, first)
        commit_written(repository, folder.root / received.path, received.subject, title, and_push=False)


def _settings(folder: SiteFolder) -> Settings | None:
    try:
        return usable_settings(folder).settings
    except StatedError:
        return None


def _answer(place: Path | None, text: str) -> None:
    if place is not None:
        place.write_text(text, encoding="utf-8")
