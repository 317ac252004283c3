"""A site's own templates and assets, each in place of a shipped one."""

from __future__ import annotations

from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder
from noroshi.shipped import shipped

STYLESHEET = "assets/noroshi.css"
"""Our own styles, below the site's root."""

SCRIPT = "assets/noroshi.js"
"""Our own script, below the site's root: words that follow the reader's clock, and what pages can do besides."""

OWN_STYLESHEET = "assets/noroshi-material.css"
"""What fits Material's styles to ours on the operator's own pages, and only there."""

SEARCH_SCRIPT = "assets/noroshi-search.js"
"""The script of the page where readers search, which alone loads it."""

MARK = "assets/noroshi.svg"
"""The signal fire: the small picture in a browser's tab."""

ASSETS = (STYLESHEET, OWN_STYLESHEET, SCRIPT, SEARCH_SCRIPT, MARK)
"""All of our own assets, below the site's root; a site's own file of the same name stands in place of each."""

FRAME = "theme"
"""The folder of the frame's templates among a site's own, and among the shipped ones."""


def template_folders(folder: SiteFolder) -> tuple[Path, ...]:
    """Where templates are looked for: a site's own come first, each in place of a shipped one."""
    ours = shipped("site_templates")
    own = folder.templates
    return (own, ours) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)


def assets_of(*, own_pages: bool) -> list[str]:
    """Those of our assets that some page of a site loads.

    :param own_pages: whether the operator wrote pages in Markdown
    """
    return [asset for asset in ASSETS if own_pages or asset != OWN_STYLESHEET]


def asset_file(folder: SiteFolder, asset: str) -> Path:
    """Where one of our own assets is taken from: a site's own stands in place of the shipped one.

    :param asset: one of ASSETS
    """
    own = folder.templates / asset
    return own if own.is_file() else shipped("site_templates", asset)
