"""From errors to exit codes. One list of all that can go wrong without being a fault of this program."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

from noroshi.cli.output import say_error
from noroshi.problems import CannotVerify, StatedError
from noroshi.snapshot.audience import AudienceError

FINE, PROBLEMS, USAGE, FAILED, ACT, UNVERIFIED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class ProblemsFound(Exception):  # noqa: N818 (it is an outcome, already told, not an error of the program)
    """The content has problems, and they have been printed."""


class ActionNeeded(Exception):  # noqa: N818 (an outcome too)
    """Somebody has to act now, and what has to be done has been printed."""


_verdict = FINE


def settle(code: int) -> None:
    """Say what the command will end with before it prints: a reader who goes away early changes no verdict."""
    global _verdict
    _verdict = code


def prepare_streams() -> None:
    """Let output go somewhere whatever the surroundings are.

    A standard stream that was closed leads nowhere, and no file of the site gets its number. What a
    terminal's encoding cannot write is spelled out.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, open(number, "r+" if number == 0 else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run(cli: click.Group) -> int:
    """Run the command line and return its exit code."""
    stdout = sys.stdout
    try:
        cli.main(standalone_mode=False)
    except ProblemsFound:
        return PROBLEMS
    except ActionNeeded:
        return ACT
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return _unread()
    except SystemExit:
        if sys.stdout is not stdout:  # click's own answer to a broken pipe: it wraps the stream and exits with 1
            return _unread()
        raise
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not error.filename:
            say_error("the folder you are in is gone; go to another one")
            return FAILED
        where = f"{error.filename}: " if error.filename else ""
        say_error(f"{where}{error.strerror or error}")
        return FAILED
    except MemoryError:
        say_error("memory is short; run it again with --jobs 1")
        return FAILED
    except AudienceError as error:
        say_error(str(error))
        return USAGE
    except CannotVerify as error:
        say_error(f"cannot verify: {error}")
        return UNVERIFIED
    except StatedError as error:
        say_error(str(error))
        return FAILED
    return FINE


def leave(code: int) -> NoReturn:
    """End the process at once: taking apart what it knows of 10,000 records takes a tenth of a build.

    What was printed is written out before; where that fails, as on a full disk, so did the command.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        _unread()
    except OSError:
        code = FAILED
    os._exit(code)


def _unread() -> int:
    """The reader of our output went away (`noroshi show … | head`): that is its right."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return _verdict
