"""Where the measured programs are, and on what machine they run."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path


def find_program(name: str, given: str | None) -> str | None:
    """Return the program's absolute path: the given one, one beside this Python, or one on PATH."""
    beside = Path(sys.executable).parent / name
    found = given or (str(beside) if beside.is_file() else name)
    path = shutil.which(found)
    return str(Path(path).absolute()) if path else None


def unwrap_hugo(path: str) -> str:
    """Return the binary behind the Python wrapper that the `hugo` package installs, else `path` itself.

    The wrapper would add the start of a Python interpreter to every run.
    """
    program = Path(path)
    if program.read_bytes()[:2] != b"#!":
        return path
    packages = (program.parent.parent / "lib").glob("python*/site-packages/hugo/binaries/hugo*")
    binaries = [each for each in packages if os.access(each, os.X_OK)]
    return str(binaries[0]) if binaries else path


def describe_version(command: list[str]) -> str:
    """Return the first line that the command prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0] if lines else "unknown"


def describe_machine() -> dict[str, str]:
    """Return what to know of this machine to read its figures."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cpu": f"{model}, {usable} usable",
        "memory": f"{memory:.0f} GiB",
        "python": platform.python_version(),
    }
