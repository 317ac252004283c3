"""The programs that are measured: how each one's site is laid out, made cold, changed and built."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import hugo_content
import noroshi_content
from clock import NOW, stamp
from record_file import RecordFile

COLD, CHANGED, UNCHANGED, MKDOCS = "cold", "one changed file", "nothing changed", "mkdocs cold"
CHECK, SINCE = "check", "check --since"
_ADDED = """\
  - kind: interim
    at: {at}
    text: 復旧の作業を続けています。確認の {turn} 回目です。
"""


class Contender(Protocol):
    """A program under measurement, with a site of its own in a folder of its own."""

    name: str
    cases: tuple[str, ...]

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of its commands."""

    @property
    def output(self) -> Path:
        """Where the finished site lies."""

    def write_site(self, records: Sequence[RecordFile]) -> None:
        """Write the site's sources."""

    def set_up(self, case: str, turn: int) -> None:
        """Bring the disk to where `case` begins; `turn` makes every change a new one."""

    def command(self, case: str) -> list[str]:
        """The command to measure."""


class Noroshi:
    """The `noroshi` command; `mkdocs` through its plugin where a path of mkdocs is given."""

    name = "Noroshi"

    def __init__(self, folder: Path, program: str, mkdocs: str | None = None) -> None:
        self._folder, self._program, self._mkdocs = folder, program, mkdocs
        self._site, self._cache = folder / "noroshi", folder / "noroshi-cache"
        self.cases = (COLD, CHANGED, UNCHANGED, CHECK, SINCE, *((MKDOCS,) if mkdocs else ()))

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            # Where compiled modules are not kept, every run compiles them: a quarter of a second of a small build.
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            # The plugin takes the time and the cache from here.
            "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
            "XDG_CACHE_HOME": str(self._folder / "noroshi-xdg-cache"),
        }

    @property
    def output(self) -> Path:
        return self._site / "site"

    def write_site(self, records: Sequence[RecordFile]) -> None:
        noroshi_content.write_site(self._site, records)
        self._record = noroshi_content.record_path(self._site, records[-1])
        self._original = self._record.read_text(encoding="utf-8")

    def set_up(self, case: str, turn: int) -> None:
        if case in (COLD, MKDOCS):
            for folder in (
                self.output,
                self._site / ".site.noroshi",  # The spare generation beside the published one.
                self._cache,
                self._folder / "noroshi-xdg-cache",
            ):
                shutil.rmtree(folder, ignore_errors=True)
        elif case == CHANGED:
            self._add_report(turn)
        elif case == SINCE:
            if not (self._site / ".git").exists():
                self._record.write_text(self._original, encoding="utf-8", newline="\n")
                self._git("init", "--quiet")
                self._git("add", "content")
                self._git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--message=x")
            self._add_report(turn)

    def _add_report(self, turn: int) -> None:
        added = _ADDED.format(at=stamp(NOW), turn=turn)
        self._record.write_text(self._original + added, encoding="utf-8", newline="\n")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self._site, check=True)

    def command(self, case: str) -> list[str]:
        if case == MKDOCS:
            assert self._mkdocs is not None
            return [self._mkdocs, "build", "--quiet", "--config-file", str(self._site / "mkdocs.yml")]
        if case == CHECK:
            return [self._program, "check", "--site", str(self._site), str(self._record)]
        if case == SINCE:
            return [self._program, "check", "--site", str(self._site), "--now", stamp(NOW), "--since", "HEAD"]
        build = [self._program, "build", "--site", str(self._site)]
        return [*build, "--now", stamp(NOW), "--cache", str(self._cache)]


class Hugo:
    """The `hugo` command with the minimal theme of this folder. It has no build that knows what changed."""

    name = "Hugo"
    cases: tuple[str, ...] = (COLD, CHANGED, UNCHANGED)

    def __init__(self, folder: Path, program: str) -> None:
        self._site, self._cache, self._program = folder / "hugo", folder / "hugo-cache", program

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ

    @property
    def output(self) -> Path:
        return self._site / "public"

    def write_site(self, records: Sequence[RecordFile]) -> None:
        hugo_content.write_site(self._site, records)
        paths = [hugo_content.record_path(self._site, records[-1], each) for each in hugo_content.LANGUAGES]
        self._originals = {path: path.read_text(encoding="utf-8") for path in paths}

    def set_up(self, case: str, turn: int) -> None:
        if case == COLD:
            for folder in (self.output, self._site / "resources", self._cache):
                shutil.rmtree(folder, ignore_errors=True)
        elif case == CHANGED:
            added = _ADDED.format(at=f'"{NOW.isoformat()}"', turn=turn)
            for path, original in self._originals.items():
                body = original.removesuffix("---\n")
                path.write_text(f"{body}{added}---\n", encoding="utf-8", newline="\n")

    def command(self, case: str) -> list[str]:
        source = ["--source", str(self._site), "--cacheDir", str(self._cache)]
        return [self._program, "build", "--quiet", *source, "--clock", NOW.isoformat()]
