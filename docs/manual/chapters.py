"""What a reader of a chapter types, done in a scratch folder: files are written, commands run, outputs compared.

A chapter is Markdown. Of its fenced blocks

- ``yaml`` whose first line is ``# PATH`` is a file with that text, ``# PATH, at its end`` is added to that file;
- ``sh`` is run in the folder in which the one before it ended;
- ``text`` is what the ``sh`` block above it prints, standard error included; a line ``…`` stands for any lines,
  and within a line for anything.

Comments of HTML, which readers do not see, say the rest: ``<!-- now: TIME -->`` what time it is from there on,
``<!-- exits: 4 -->`` how the next ``sh`` block ends, ``<!-- not run: REASON -->`` that the next block is only read.

``python docs/manual/chapters.py start.md`` prints the chapter with the outputs of today.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]
CHAPTERS = ("start.md", "first-incident.md", "writing.md", "release.md", "policy.md", "append-only.md", "deploy.md")
"""The chapters that are done from top to bottom, each in a folder of its own."""

_PART = re.compile(
    r"^<!-- (?P<say>now|exits|not run): (?P<what>.+?) -->$|^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
_PLACE = re.compile(r"# (?P<path>[\w./-]+\.\w+)(?P<more>, at its end)?")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One fenced block of a chapter, and what its comments say of it."""

    language: str
    text: str
    line: int
    """The line of its first line, from 1."""
    now: str | None = None
    """What time it is, RFC 3339."""
    exits: int = 0
    not_run: str | None = None
    """Why it is only read."""


@dataclass(kw_only=True)
class Walk:
    """A reader who does a chapter."""

    folder: Path
    """Where it begins; the commands may change into folders below."""
    wrong: list[str] = field(default_factory=list)
    """What was not as the chapter says, with its line."""
    printed: dict[int, str] = field(default_factory=dict)
    """What belongs into the block at this line."""
    ran: int = 0
    """How many commands were compared with what they print."""

    def __post_init__(self) -> None:
        self.place = self.folder

    def do(self, steps: list[Step]) -> None:
        """Do all of it; what goes wrong is collected, so that one run names everything."""
        output: str | None = None
        for step in steps:
            if step.not_run is not None:
                output = None
            elif step.language == "yaml":
                self._write(step)
            elif step.language == "sh":
                output = self._run(step)
            elif step.language == "text" and output is not None:
                self.printed[step.line] = output
                self.ran += 1
                if not fits(step.text, output):
                    self.wrong.append(f"line {step.line}: it prints\n{output}")
            else:
                self.wrong.append(f"line {step.line}: a block that nobody checks")

    def _write(self, step: Step) -> None:
        first, _, rest = step.text.partition("\n")
        said = _PLACE.fullmatch(first)
        if said is None:
            self.wrong.append(f"line {step.line}: no file is named")
            return
        file = self.place / said["path"]
        if said["more"]:
            file.write_text(file.read_text("utf-8") + rest, "utf-8")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step.text, "utf-8")

    def _run(self, step: Step) -> str:
        after = self.folder / ".place"
        done = subprocess.run(
            ["bash", "-c", f"set -e; trap 'pwd > {shlex.quote(str(after))}' EXIT\n{step.text}"],
            cwd=self.place,
            env=surroundings(self.folder, step.now),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        if done.returncode != step.exits:
            self.wrong.append(f"line {step.line}: it ends with {done.returncode}, not {step.exits}\n{done.stdout}")
        self.place = Path(after.read_text("utf-8").removesuffix("\n"))
        return done.stdout


def steps_of(text: str) -> list[Step]:
    """The fenced blocks of a chapter, in its order."""
    steps: list[Step] = []
    now: str | None = None
    said: dict[str, str] = {}
    for part in _PART.finditer(text):
        if part["say"] == "now":
            now = part["what"]
        elif part["say"]:
            said[part["say"]] = part["what"]
        else:
            steps.append(
                Step(
                    language=part["language"],
                    text=part["text"],
                    line=text.count("\n", 0, part.start()) + 2,
                    now=now,
                    exits=int(said.pop("exits", "0")),
                    not_run=said.pop("not run", None),
                )
            )
    return steps


def fits(told: str, printed: str) -> bool:
    """Whether this was printed, where a line of one ellipsis stands for any lines, and within a line for anything."""
    lines = ("(?:.*\n)*" if line == "…" else f"{re.escape(line).replace('…', '.*')}\n" for line in told.splitlines())
    return re.fullmatch("".join(lines), printed) is not None


def surroundings(folder: Path, now: str | None) -> dict[str, str]:
    """A plain environment, with ``noroshi`` of this checkout in its path and the user's cache below the folder."""
    binaries = folder / ".bin"
    binaries.mkdir(exist_ok=True)
    command = binaries / "noroshi"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m noroshi "$@"\n', "utf-8")
    command.chmod(0o755)
    plain = {
        "PATH": f"{binaries}:{os.environ.get('PATH', os.defpath)}",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "LC_ALL": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
        **{f"GIT_{who}_NAME": "infra" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "infra@example.com" for who in ("AUTHOR", "COMMITTER")},
    }
    return plain if now is None else plain | {"SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(now).timestamp()))}


def noroshi(*arguments: str, folder: Path) -> None:
    """Run ``noroshi`` with these arguments in a scratch folder, and say what it printed only where it fails.

    :raises SystemExit: it ended with another exit code than 0
    """
    done = subprocess.run(
        [sys.executable, "-m", "noroshi", *arguments],
        cwd=folder,
        env=surroundings(folder, None),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"noroshi {shlex.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")


def with_outputs(text: str, printed: dict[int, str]) -> str:
    """The chapter with what was printed in the blocks that say otherwise."""

    def block(part: re.Match[str]) -> str:
        output = printed.get(text.count("\n", 0, part.start()) + 2)
        if part["language"] != "text" or output is None or fits(part["text"], output):
            return part[0]
        return f"```text\n{output}```"

    return _PART.sub(block, text)


def _main(names: list[str]) -> Iterator[str]:
    for name in names:
        text = (DOCS / name).read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            walk = Walk(folder=Path(folder))
            walk.do(steps_of(text))
        yield with_outputs(text, walk.printed)
        sys.stderr.write("".join(f"{name}: {line}\n" for line in walk.wrong))


if __name__ == "__main__":
    sys.stdout.writelines(_main(sys.argv[1:]))
