"""Options that several commands share: which site, what time it is, where to put things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic_core import PydanticCustomError

from noroshi.records.durations import parse_duration
from noroshi.records.times import parse_moment
from noroshi.records.words import ascii_address, parse_site_address
from noroshi.snapshot.audience import PUBLIC_WORD

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A time with its offset, as in the content."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Parse it, or fail with the words of the content's own rule."""
        try:
            return parse_moment(value)
        except PydanticCustomError as error:
            if error.type == "time-offset":  # which zone is meant, only the site could say, and it is not yet read
                self.fail(
                    f"{value!r} has no offset from UTC; write it behind, as in 2026-06-18T21:40+09:00", param, ctx
                )
            self.fail(error.message(), param, ctx)


class Address(click.ParamType[str]):
    """An address on the web, as in the content."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take it, with letters of other scripts encoded, or fail with the words of the content's own rule."""
        try:
            return parse_site_address(value if value.isascii() else ascii_address(value))
        except PydanticCustomError as error:
            self.fail(error.message(), param, ctx)


class Length(click.ParamType[timedelta]):
    """A length of clock time, as in the content."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Parse it, or fail with the words of the content's own rule."""
        try:
            length = parse_duration(value).length
        except PydanticCustomError as error:
            self.fail(error.message(), param, ctx)
        if length is None:
            self.fail(f"{value!r} counts business days; write 30m or 24h", param, ctx)
        return length


def site_option(function: _Function) -> _Function:
    """``--site``."""
    return click.option(
        "--site",
        "site",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        help="The site's folder, which holds mkdocs.yml and content/.  [default: this folder]",
    )(function)


def clock_options(function: _Function) -> _Function:
    """``--now`` and ``--as-of``."""
    function = click.option(
        "--as-of",
        type=Moment(),
        help="Show the site as it stood at this time: later reports are left out.",
    )(function)
    return click.option(
        "--now",
        type=Moment(),
        help="What time it is, for example 2026-06-18T22:00+09:00.  [default: SOURCE_DATE_EPOCH, else the clock]",
    )(function)


def audience_options(function: _Function) -> _Function:
    """``--audience`` and ``--url``."""
    function = click.option(
        "--url",
        type=Address(),
        help="Where this edition is published: the address in its feeds.  [default: url of site.yaml]",
    )(function)
    return click.option(
        "--audience",
        default=PUBLIC_WORD,
        metavar="public|internal|CLIENT",
        show_default=True,
        help="For whom: everybody, your own people (everything), or one client, by the id in clients.yaml (what "
        "everybody sees, and what was promised to that client).",
    )(function)


def cache_option(function: _Function) -> _Function:
    """``--cache``."""
    return click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        help="A folder for what need not be done again; deleting it changes no byte of the site.  "
        "[default: a folder for each site in the user's cache folder]",
    )(function)


def jobs_option(function: _Function) -> _Function:
    """``--jobs``."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        help="How many processes may work.  [default: the number of processors]",
    )(function)
