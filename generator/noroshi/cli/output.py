"""What the command prints: colours where somebody looks, plain text where a program reads."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

import click

from noroshi.problems import Level, Problem
from noroshi.writers.annotations import annotation
from noroshi.writers.json_parts import problem_part

_COLOURS = {Level.ERROR: "red", Level.REVIEW: "yellow", Level.WARNING: "cyan"}


def colour_wanted(stream_is_terminal: bool) -> bool:
    """Whether to colour (https://no-color.org): on a terminal, unless NO_COLOR is set to anything but nothing."""
    if os.environ.get("NO_COLOR"):
        return False
    return stream_is_terminal or bool(os.environ.get("FORCE_COLOR"))


def styled(text: str, *, err: bool = False, **style: bool | str) -> str:
    """The text with ANSI styles where they are wanted."""
    stream = sys.stderr if err else sys.stdout
    return click.style(text, **style) if colour_wanted(stream.isatty()) else text  # type: ignore[arg-type]


def say(text: str = "") -> None:
    """A line of the command's result, on standard output."""
    click.echo(text, color=colour_wanted(sys.stdout.isatty()))


def note(text: str) -> None:
    """A line beside the result, on standard error."""
    click.echo(text, err=True, color=colour_wanted(sys.stderr.isatty()))


def say_error(text: str) -> None:
    """Why the command failed, on standard error."""
    note(f"{styled('error:', err=True, fg='red', bold=True)} {text}")


def print_problems(problems: Sequence[Problem], form: str) -> None:
    """Problems as ``text``, as annotations for ``github``, or as one ``json`` document."""
    if form == "json":
        say(json.dumps([problem_part(problem) for problem in problems], ensure_ascii=False, indent=2))
        return
    for problem in problems:
        say(_annotated(problem) if form == "github" else _line(problem))


def note_problems(problems: Sequence[Problem]) -> None:
    """Problems beside a result that somebody copies, on standard error."""
    for problem in problems:
        note(_line(problem, err=True))


def _line(problem: Problem, *, err: bool = False) -> str:
    place = problem.place
    where = styled(f"{place.shown_path}:{place.line}:{place.column}:", err=err, bold=True)
    rule = styled(f"[{problem.rule}]", err=err, fg=_COLOURS[problem.level])
    word = "" if problem.level is Level.ERROR else f"{problem.level}: "
    return f"{where} {rule} {word}{problem.message}"


def _annotated(problem: Problem) -> str:
    level = "warning" if problem.level is Level.WARNING else "error"
    return annotation(level, problem.place, problem.rule, problem.message)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
