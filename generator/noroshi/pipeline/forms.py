"""The issue forms of a site: the files that GitHub shows to whoever reports without git."""

from __future__ import annotations

from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder
from noroshi.publishing.placing import place_file
from noroshi.records.content import Settings
from noroshi.writers.forms.issue_form import write_forms


def stale_forms(folder: SiteFolder, settings: Settings) -> dict[str, bytes]:
    """The forms that are not as the settings want them, by path below the repository's top."""
    top = _top(folder, settings)
    return {path: data for path, data in write_forms(settings).items() if _bytes(top / path) != data}


def place_forms(folder: SiteFolder, settings: Settings) -> list[str]:
    """Bring a site's forms up to date; returns the paths of those that were written, below the repository's top.

    :raises OSError: they cannot be written
    """
    stale = stale_forms(folder, settings)
    for path, data in stale.items():
        place_file(_top(folder, settings) / path, data)
    return list(stale)


def _top(folder: SiteFolder, settings: Settings) -> Path:
    """The repository's top, where GitHub looks for forms: above the site where site.yaml says its folder."""
    repository = settings.site.repository
    steps = repository.folder.split("/") if repository is not None and repository.folder is not None else []
    top = folder.root.resolve() if steps else folder.root
    for _ in steps:
        top = top.parent
    return top


def _bytes(place: Path) -> bytes | None:
    return place.read_bytes() if place.is_file() else None
