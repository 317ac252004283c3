"""What one run of a command costs: wall time, CPU time and memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_POLL_SECONDS = 0.05


class CommandError(Exception):
    """A measured command could not be started or did not end with exit code 0."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one run cost, worker processes included where not said otherwise."""

    wall: float
    """Seconds from start to end of the whole process."""
    cpu: float
    """Seconds of user and system time, of the process and of all children that it waited for."""
    largest: float
    """Peak resident MiB of the largest single process of the run (ru_maxrss of wait4)."""
    output: str
    """Standard output and standard error, for reading timings from."""


def run_measured(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run `command` to its end and return what it cost.

    Raises CommandError where it cannot start or fails.
    """
    with tempfile.TemporaryFile() as output:
        os.sync()  # Else the disk's work left by the run before would be paid by this one.
        begin = time.perf_counter()
        process = _start(command, environment, output.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        text = _text_of(output.fileno())
    _require_success(command, process.returncode, text)
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, largest=usage.ru_maxrss / 1024, output=text)


def watch_memory(command: Sequence[str], environment: Mapping[str, str]) -> float | None:
    """Run `command` and return the peak MiB of all its processes together, None where /proc does not tell.

    Proportional set size, which counts a page shared by n workers as 1/n in each, read every 50 ms: a
    shorter peak escapes, and the reading slows the run, so it is never the run that is timed.
    """
    with tempfile.TemporaryFile() as output:
        process = _start(command, environment, output.fileno())
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _session_pss(process.pid))
            time.sleep(_POLL_SECONDS)
        text = _text_of(output.fileno())
    _require_success(command, process.returncode, text)
    return peak or None


def _start(command: Sequence[str], environment: Mapping[str, str], output: int) -> subprocess.Popen[bytes]:
    try:
        # A session of its own is how the workers are found, whoever started them.
        return subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise CommandError(f"{command[0]} cannot be started: {error.strerror}") from error


def _text_of(output: int) -> str:
    size = os.fstat(output).st_size
    return os.pread(output, size, 0).decode("utf-8", errors="replace")


def _require_success(command: Sequence[str], code: int, text: str) -> None:
    if code != 0:
        raise CommandError(f"exit code {code} from: {' '.join(command)}\n{text[-4000:]}")


def _session_pss(session: int) -> float:
    """MiB of all processes of a session."""
    kilobytes = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            # The name in parentheses may hold anything; the session is the fourth field after it.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        except (OSError, IndexError):
            continue  # It ended while we looked.
    return kilobytes / 1024
