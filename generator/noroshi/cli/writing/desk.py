"""What a writing command works with: the site, the time, and how it may speak with whoever writes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from noroshi.cli.errors import ProblemsFound
from noroshi.cli.options import Moment, site_option
from noroshi.cli.output import note
from noroshi.cli.writing.answers import Answers
from noroshi.cli.writing.taking import Unfit, take_moment
from noroshi.environment import time_now
from noroshi.pipeline.reading.content import SiteFolder, open_site
from noroshi.pipeline.reading.settings import SettingsReading, usable_settings
from noroshi.problems import StatedError
from noroshi.records.content import Settings
from noroshi.text.said_times import Lean, spelled
from noroshi.text.wording import Wording, wording_of


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a command writes, as its options say."""

    site: Path
    now: datetime | None
    at: str | None
    by: str | None
    yes: bool
    dry_run: bool
    edit: bool
    commit: bool
    push: bool
    answers: Answers = field(default_factory=Answers)
    """What it was told so far."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where somebody writes."""

    folder: SiteFolder
    reading: SettingsReading
    wording: Wording
    """The site's first language, in which it is asked."""
    now: datetime
    at: datetime
    """When the report is made, in the site's zone."""
    manner: Manner
    terminal: bool
    """Whether somebody sits there who can be asked."""

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return self.reading.settings

    @property
    def asks(self) -> bool:
        """Whether what is missing is asked for, fact by fact."""
        return self.terminal and not self.manner.yes and not self.manner.edit

    @property
    def spelled_at(self) -> str:
        """When the report is made, as the content spells it."""
        return spelled(self.at)

    @property
    def components(self) -> Mapping[str, Sequence[str]]:
        """The site's components by id, each with its names, the one in the first language first."""
        first = self.settings.site.languages[0]
        return {
            each.id: (each.name.said_in(first, first)[0], *(name for _, name in each.name.words))
            for each in self.settings.components
        }

    @property
    def clients(self) -> Mapping[str, Sequence[str]]:
        """The site's clients by id, each with its names, the one in the first language first."""
        first = self.settings.site.languages[0]
        return {
            each.id: (each.name.said_in(first, first)[0], *(name for _, name in each.name.words))
            for each in self.settings.clients
        }

    def moved(self, at: datetime) -> Desk:
        """The same desk with times counted from another."""
        return replace(self, at=at)


def open_desk(manner: Manner) -> Desk:
    """The desk of a command.

    :raises click.UsageError: the time of the report is none
    :raises StatedError: there is no site, or its settings cannot be read
    """
    folder = open_site(_site_around(manner.site))
    reading = usable_settings(folder)
    settings = reading.settings
    now = time_now(manner.now, None).astimezone(settings.site.zone)
    at = now.replace(second=0)
    if manner.at is not None:
        try:
            at = take_moment(manner.at, now, settings.site.zone, Lean.PAST)
        except Unfit as unfit:
            raise click.UsageError(f"--at: {unfit}") from None
    return Desk(
        folder=folder,
        reading=reading,
        wording=wording_of(settings, settings.site.languages[0]),
        now=now,
        at=at,
        manner=manner,
        terminal=sys.stdin.isatty() and sys.stdout.isatty(),
    )


def _site_around(root: Path) -> Path:
    """The folder itself where it is a site's; of the current one, else the nearest site above it."""
    if root != Path() or (root / "content").is_dir():
        return root
    above = (each for each in Path.cwd().parents if (each / "mkdocs.yml").is_file() and (each / "content").is_dir())
    return next(above, root)


def writing_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options that all writing commands share; the command gets them as ``manner``."""

    @wraps(function)
    def command(
        *,
        site: Path,
        now: datetime | None,
        at: str | None,
        by: str | None,
        yes: bool,
        dry_run: bool,
        edit: bool,
        commit: bool,
        push: bool,
        **own: Any,
    ) -> None:
        manner = Manner(
            site=site, now=now, at=at, by=by, yes=yes, dry_run=dry_run, edit=edit, commit=commit or push, push=push
        )
        try:
            function(manner=manner, **own)
        except (KeyboardInterrupt, EOFError):
            note("\nnothing was written")
            manner.answers.tell()
            raise click.Abort from None
        except (ProblemsFound, StatedError, click.ClickException):
            manner.answers.tell()
            raise

    for option in (
        click.option("--now", type=Moment(), help="What time it is.  [default: SOURCE_DATE_EPOCH, else the clock]"),
        site_option,
        click.option("--push", is_flag=True, help="Make the commit, and push it."),
        click.option("--commit", is_flag=True, help="Make one git commit of this file, and of nothing else."),
        click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing."),
        click.option("--yes", "-y", is_flag=True, help="Ask nothing: write what the flags say."),
        click.option("--edit", "-e", is_flag=True, help="Write in $VISUAL or $EDITOR, in a block that is prepared."),
        click.option("--by", metavar="ROLE", help="Who speaks: a role, never a person's name."),
        click.option("--at", metavar="TIME", help="When the report is made: 22:20, -10m.  [default: now]"),
    ):
        command = option(command)
    return command
