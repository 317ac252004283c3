"""``noroshi forms``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from noroshi.cli.errors import PROBLEMS, ProblemsFound, settle
from noroshi.cli.options import site_option
from noroshi.cli.output import count, note, say, styled
from noroshi.environment import time_now
from noroshi.records.content import Settings


@click.command(
    epilog="""\b
Examples:
  noroshi forms               which there are, and their addresses where site.yaml says the repository
  noroshi forms --write       bring them up to date, after a change of components.yaml or an upgrade of noroshi
  noroshi forms --check       are they? Exit code 1 if not: for a pull request
"""
)
@click.option("--write", is_flag=True, help="Write the forms into the repository's .github/ISSUE_TEMPLATE/.")
@click.option("--check", is_flag=True, help="Say which forms are not up to date, and write nothing.")
@site_option
def forms(write: bool, check: bool, site: Path) -> None:
    """The issue forms, from which somebody without git reports on GitHub.

    They offer this site's own components, in its languages. A workflow hands what was sent to 'noroshi receive'.
    """
    if write and check:
        raise click.UsageError("--write and --check: only one of them")
    from noroshi.pipeline.forms import place_forms, stale_forms
    from noroshi.pipeline.reading.content import open_site
    from noroshi.pipeline.reading.settings import usable_settings

    folder = open_site(site)
    settings = usable_settings(folder).settings
    if check:
        stale = list(stale_forms(folder, settings))
        settle(PROBLEMS if stale else 0)
        for path in stale:
            say(path)
        if stale:
            note("these forms are not up to date; run 'noroshi forms --write', and commit them")
            raise ProblemsFound
        note("the forms are up to date")
    elif write:
        written = place_forms(folder, settings)
        for path in written:
            say(path)
        note(f"{count(len(written), 'form')} written" if written else "the forms are up to date; nothing was written")
    else:
        _list(settings, time_now(None, None))


def _list(settings: Settings, now: datetime) -> None:
    from noroshi.repository_links import form_link, new_file_link
    from noroshi.text.wording import wording_of
    from noroshi.writers.forms.fields import TITLES
    from noroshi.writers.forms.issue_form import form_path
    from noroshi.writers.forms.question import FormKind
    from noroshi.writers.forms.short_record import short_incident

    wording = wording_of(settings, settings.site.languages[0])
    repository = settings.site.repository
    for form in FormKind:
        title, about = (wording.gettext(message) for message in TITLES[form])
        say(f"{styled(title, bold=True)}: {about}")
        say(f"  {form_path(form)}")
        link = form_link(repository, form_path(form)) if repository is not None else None
        if link is not None:
            say(f"  {link}")
    link = new_file_link(repository, *short_incident(settings, now)) if repository is not None else None
    if link is not None:
        say(styled(wording.gettext("A new incident in the web editor"), bold=True))
        say(f"  {link}")
