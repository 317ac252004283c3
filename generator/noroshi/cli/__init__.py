"""The command ``noroshi``: the only place beside the MkDocs plugin that knows clock, environment and exit codes."""

from __future__ import annotations

import gc
from typing import NoReturn

import click

from noroshi import __version__
from noroshi.cli.lazy import LazyGroup

EXIT_CODES = """\b
Exit codes:
  0  fine
  1  the content has problems; nothing was published
  2  the command was called with wrong arguments
  3  something else failed: a folder, the theme, the disk; nothing was published
  4  something needs somebody now: noroshi due found it overdue, in conflict or at risk, noroshi plan not free
  5  cannot verify: whether what was published was rewritten cannot be told from what is there
"""

EXAMPLES = """\b
Examples:
  noroshi init --example status    a site that tells a whole story
  cd status && noroshi serve       look at it, and write
  noroshi check                    what is wrong, with file and line
  noroshi due                      what is owed, to whom and by when
  noroshi plan FROM UNTIL db       is that time free for work?
  noroshi build                    publish it into site/
"""


@click.group(
    cls=LazyGroup,
    commands_in={
        "init": "noroshi.cli.init:init",
        "check": "noroshi.cli.check:check",
        "due": "noroshi.cli.due:due",
        "plan": "noroshi.cli.plan:plan",
        "incident": "noroshi.cli.writing.incident:incident",
        "report": "noroshi.cli.writing.report:report",
        "complete": "noroshi.cli.writing.complete:complete",
        "correct": "noroshi.cli.writing.correct:correct",
        "action": "noroshi.cli.writing.action:action",
        "maintenance": "noroshi.cli.writing.maintenance:maintenance",
        "commitment": "noroshi.cli.writing.commitment:commitment",
        "build": "noroshi.cli.build:build",
        "serve": "noroshi.cli.serve:serve",
        "verify": "noroshi.cli.verify:verify",
        "show": "noroshi.cli.show:show",
        "schema": "noroshi.cli.schema:schema",
        "forms": "noroshi.cli.forms:forms",
        "receive": "noroshi.cli.receive:receive",
        "translate": "noroshi.cli.translate:translate",
        "import": "noroshi.cli.import_:import_group",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"{EXAMPLES}\n\n{EXIT_CODES}",
)
@click.version_option(__version__, "--version", prog_name="noroshi")
def cli() -> None:
    """Noroshi: a status page and communication log from YAML in git.

    It publishes reports and promises, not only states: start, interim and completion reports, in the order in
    which they were made, as pages and feeds.
    """


def main() -> NoReturn:
    """Run the command and end; every error that people can cause ends in a message and an exit code."""
    gc.disable()  # a command is short-lived, and looking through all that lasts takes a third of its time
    from noroshi.cli.errors import leave, prepare_streams, run

    prepare_streams()
    leave(run(cli))
