"""What a build is asked to do, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from noroshi.pipeline.content import SiteFolder
from noroshi.pipeline.reading import Moments
from noroshi.problems import Problem

StageListener = Callable[[str], None]
"""Told the name of each stage of the work as it begins."""


@dataclass(frozen=True, kw_only=True)
class BuildRequest:
    """One build."""

    folder: SiteFolder
    out: Path
    """The folder to publish."""
    cache: Path
    """A folder of its owner alone, outside ``out``."""
    moments: Moments
    jobs: int = 1
    """How many processes may work."""
    strict: bool = False
    """Whether MkDocs' warnings on the operator's own pages stop the build."""
    on_stage: StageListener = lambda _: None


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build did."""

    problems: tuple[Problem, ...]
    """In file and line order; with an error among them nothing was published."""
    published: bool
    pages: int = 0
    """Files of the site."""
    written: int = 0
    """Those of them that this build wrote anew."""
    warnings: tuple[str, ...] = ()
    """What MkDocs said of the operator's pages, and what went wrong after publishing."""
