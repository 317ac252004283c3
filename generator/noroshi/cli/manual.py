"""The manual's page on the commands, made from the commands themselves.

``python -m noroshi.cli.manual`` prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from noroshi.cli import cli

WIDTH = 88
"""Columns of a help text on the page: as many as a narrow page shows without scrolling."""

_OPENING = """\
# Commands

Every command explains itself with `--help`; this page is made from the same texts. How to use them together, for
hosting, scheduled builds and scripts, stands under [operating](operating.md).
"""


def commands() -> Iterator[click.Context]:
    """A context for every command, the program itself first; its ``command_path`` is what people type."""
    program = click.Context(cli, info_name="noroshi", terminal_width=WIDTH, color=False, **cli.context_settings)
    yield from _below(program)


def page() -> str:
    """The page, in Markdown."""
    texts = (f"## {context.command_path}\n\n```text\n{context.get_help()}\n```\n" for context in commands())
    return "\n".join([_OPENING, *texts])


def _below(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command is not None:
                yield from _below(click.Context(command, info_name=name, parent=context))


if __name__ == "__main__":
    sys.stdout.write(page())
