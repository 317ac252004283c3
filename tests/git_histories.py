"""Real git repositories with a site in them: fixed clock and names, nobody's settings, no network."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from noroshi.pipeline.append_only.comparing import Compared, compare_with
from noroshi.pipeline.reading.content import SiteFolder

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "infra",
    "GIT_AUTHOR_EMAIL": "infra@example.com",
    "GIT_AUTHOR_DATE": "2026-11-01T12:00:00+09:00",
    "GIT_COMMITTER_NAME": "infra",
    "GIT_COMMITTER_EMAIL": "infra@example.com",
    "GIT_COMMITTER_DATE": "2026-11-01T12:00:00+09:00",
}


def git(folder: Path, *arguments: str, fine: bool = True, **variables: str) -> str:
    """Run git in a folder and return what it printed; with `fine`, a failure fails the test."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT | variables, capture_output=True, text=True, check=False
    )
    assert not fine or done.returncode == 0, f"git {arguments}: {done.stdout}{done.stderr}"
    return done.stdout.strip()


@dataclass(frozen=True, kw_only=True)
class History:
    """A repository, and the site in it."""

    top: Path
    site: Path

    def commit(self, message: str = "A change", *, when: str = "2026-11-01T12:00:00+09:00") -> str:
        """Commit all that is there, and return the commit's name."""
        git(self.top, "add", "--all", "--force")
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        git(self.top, "commit", "--quiet", "--allow-empty", "-m", message, **dates)
        return git(self.top, "rev-parse", "HEAD")

    def compare(self, revision: str, now: str = "2026-11-22T12:00+09:00") -> Compared:
        """Hold what stands against a revision, as ``check --since`` does."""
        return compare_with(SiteFolder(root=self.site), revision, ENVIRONMENT, datetime.fromisoformat(now))


def begin(top: Path, site: Path | None = None) -> History:
    """A new repository in a folder that is there."""
    git(top, "init", "--quiet", "--initial-branch=main")
    return History(top=top, site=site or top)
