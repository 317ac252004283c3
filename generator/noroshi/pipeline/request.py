"""What a build is asked to do, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder
from noroshi.pipeline.reading.record import Moments
from noroshi.problems import Problem
from noroshi.snapshot.audience import PUBLIC_WORD

StageListener = Callable[[str], None]
"""Told the name of each stage of the work as it begins."""


def default_out(root: Path, audience: str) -> Path:
    """Where a site is published unless told: ``site`` for everybody, ``site-internal`` and so on for others.

    :param root: the site's folder
    :param audience: as in :class:`BuildRequest`; need not be one that is there
    """
    return root / ("site" if audience == PUBLIC_WORD else f"site-{audience}")


@dataclass(frozen=True, kw_only=True)
class BuildRequest:
    """One build."""

    folder: SiteFolder
    out: Path
    """The folder to publish."""
    cache: Path
    """A folder of its owner alone, outside ``out``."""
    moments: Moments
    audience: str = PUBLIC_WORD
    """For whom: ``public``, ``internal`` or a client's id."""
    url: str | None = None
    """Where this site is published, if not where ``site.yaml`` says: the address in feeds."""
    log: Path | None = None
    """The published log that this build goes on from: its file of entries, or the folder that holds it."""
    new_log: bool = False
    """Whether it is meant to begin a log, so that nothing has to be said where it does."""
    shown_only: bool = False
    """Whether the site is only looked at while somebody writes, and published nowhere."""
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
    begun: str | None = None
    """What to say where it began a published log that may have had a predecessor; stands among the warnings too."""
    warnings: tuple[str, ...] = ()
    """What MkDocs said of the operator's pages, and what went wrong after publishing."""
