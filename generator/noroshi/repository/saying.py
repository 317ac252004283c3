"""What others say through git: hooks of the repository, and the server in its lines that begin with ``remote:``."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from noroshi.problems import in_one_line
from noroshi.repository.git import Repository
from noroshi.repository.running import run_git

_SHOWN = 20
_GITS_OWN = re.compile("hint: |error: failed to push some refs")
"""Lines of git's around the words of others, which say nothing of the matter."""


def hooks_of(repository: Repository, names: Sequence[str]) -> list[str]:
    """Which of these hooks a repository has, wherever its settings keep them."""
    asked = [word for name in names for word in ("--git-path", f"hooks/{name}")]
    places = os.fsdecode(run_git(repository.top, repository.environment, "rev-parse", *asked).out).split("\n")
    found = zip(names, places, strict=False)
    return [name for name, place in found if os.access(repository.top / place, os.X_OK)]


def quoted(said: str) -> str:
    """The last lines of what was said, each below and a little to the right; nothing where nothing was said."""
    lines = [in_one_line(line.rstrip()) for line in said.splitlines() if line.strip() and not _GITS_OWN.match(line)]
    left_out = [f"… ({len(lines) - _SHOWN} lines before)"] if len(lines) > _SHOWN else []
    return "".join(f"\n  {line}" for line in [*left_out, *lines[-_SHOWN:]])


def parted(said: str) -> tuple[str, str]:
    """What git said, and what the server said through it, whose every line begins with ``remote:``."""
    lines = said.splitlines()
    server = [line.rstrip() for line in lines if line.startswith("remote:") and line.removeprefix("remote:").strip()]
    return "\n".join(line for line in lines if not line.startswith("remote:")), "\n".join(server)
