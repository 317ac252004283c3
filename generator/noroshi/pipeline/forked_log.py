"""A log about to be published where another one lies: whether it goes on from that, or forks it."""

from __future__ import annotations

from pathlib import Path

from noroshi.endpoints import LOG_ENTRIES
from noroshi.pipeline.published_log import PublishedLog
from noroshi.pipeline.request import BuildRequest
from noroshi.problems import CannotVerify


def check_fork(request: BuildRequest, log: PublishedLog) -> str | None:
    """What to say where a log that was begun on purpose takes the place of one that it does not go on from.

    Of one that was begun without a word, and of a look at what is not published, nothing is said here.

    :raises CannotVerify: a log that goes on from an older one would take the place of one that is further, or another
    """
    if request.shown_only or request.moments.as_of is not None or (request.log is None and not request.new_log):
        return None
    fork = _fork(log, request.out / LOG_ENTRIES)
    if fork is None:
        return None
    if request.log is not None:
        raise CannotVerify(
            f"{fork}, which goes on from {request.log}: everybody who has seen the published one would see it "
            f"rewritten. Go on from what is published, --log {request.out / LOG_ENTRIES}, or publish in another "
            "folder, --out"
        )
    return (
        f"{fork}, and its place is taken: everybody who has seen that log sees it rewritten. If it was ever published, "
        "put it back, and go on from it with --log"
    )


def _fork(log: PublishedLog, file: Path) -> str | None:
    """In what the log that lies there is not the beginning of this one, in words; None for nothing."""
    try:
        there = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CannotVerify(
            f"{file}: the log that is published there cannot be read ({error.strerror or error}), so whether this "
            "build goes on from it is not known"
        ) from error
    if b"".join(leaf + b"\n" for leaf in log.leaves).startswith(there):
        return None
    if b"\r\n" in there:
        return f"the line ends of {file} were changed (a published log has no CRLF: no tool may convert it)"
    lines = there.split(b"\n")[:-1]
    pairs = enumerate(zip(lines, log.leaves, strict=False), start=1)
    other = next((place for place, (line, leaf) in pairs if line != leaf), None)
    if other is not None:
        return f"line {other} of {file} is another one in this build's log"
    return f"{file} has {len(lines):,} lines, and only {len(log.leaves):,} of them are in this build's log"
