"""Run a command in this process, as the shell would, and tell what it printed."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

from noroshi.cli import cli
from noroshi.cli.errors import run


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


def noroshi(*arguments: object) -> Ran:
    """Run ``noroshi`` with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["noroshi", *map(str, arguments)]
    with mock.patch.object(sys, "argv", argv), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(cli)
    return Ran(code=code, out=out.getvalue(), err=err.getvalue())
