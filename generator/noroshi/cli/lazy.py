"""A group whose commands are imported when they are called: ``noroshi check`` loads no page writer."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from noroshi.records.refusal import nearest


class LazyGroup(click.Group):
    """A group that knows its commands by name and place."""

    def __init__(self, *args: Any, commands_in: Mapping[str, str], **kwargs: Any) -> None:
        """:param commands_in: by command name, its place as ``module:attribute``"""
        super().__init__(*args, **kwargs)
        self._commands_in = dict(commands_in)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which people meet them."""
        return list(self._commands_in)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self._commands_in:
            return None
        module, attribute = self._commands_in[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name, or an error that says which one was meant."""
        name = args[0] if args else ""
        if name and name not in self._commands_in and not name.startswith("-"):
            hint = nearest(name, list(self._commands_in)) or f"there are: {', '.join(self._commands_in)}"
            ctx.fail(f"there is no command {name!r}; {hint}")
        return super().resolve_command(ctx, args)
