"""``noroshi schema``."""

from __future__ import annotations

from pathlib import Path

import click

from noroshi.cli.options import site_option
from noroshi.cli.output import count, note, say, styled
from noroshi.writers.schema import SUBJECTS, write_schema


@click.command(
    epilog="""\b
Examples:
  noroshi schema                 which there are
  noroshi schema incident        print one
  noroshi schema --write         bring content/.schema/ up to date, after an upgrade of noroshi

\b
Editors find a file's schema by its first line:
  # yaml-language-server: $schema=../../.schema/incident.schema.json
"""
)
@click.argument("name", metavar="[NAME]", required=False, type=click.Choice(list(SUBJECTS)))
@click.option("--write", is_flag=True, help="Write all schemas into the site's content/.schema/.")
@site_option
def schema(name: str | None, write: bool, site: Path) -> None:
    """The JSON Schemas of the content, with which editors complete and check while you type.

    Without arguments it lists them. 'noroshi check' knows more rules than a schema can hold.
    """
    if write and name:
        raise click.UsageError(f"--write writes all schemas; leave out {name!r}, or leave out --write to print it")
    if write:
        _write(site)
    elif name:
        say(write_schema(name).decode().removesuffix("\n"))
    else:
        width = max(map(len, SUBJECTS))
        paths = max(len(subject.file) for subject in SUBJECTS.values())
        for each, subject in SUBJECTS.items():
            say(f"{styled(each.ljust(width), bold=True)}  {subject.file.ljust(paths)}  {subject.note}")


def _write(site: Path) -> None:
    from noroshi.pipeline.reading.content import open_site
    from noroshi.pipeline.schemas import write_schemas

    written = write_schemas(open_site(site))
    for path in written:
        say(path)
    note(f"{count(len(written), 'schema')} written" if written else "the schemas are up to date; nothing was written")
