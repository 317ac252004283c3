"""A site's own templates and assets, each in place of a shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from noroshi.pipeline.reading.content import SiteFolder
from noroshi.problems import in_one_line
from noroshi.shipped import shipped
from noroshi.writers.pages.blocks import asked_for, blocks, extended, stray_blocks

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


def slips_in_templates(folder: SiteFolder) -> tuple[str, ...]:
    """What to say of a site's own templates and assets that change nothing: files in place of no shipped one that no
    other asks for, and blocks that fill none of the template they extend.

    :raises OSError: a template cannot be read
    """
    ours, own = shipped("site_templates"), folder.templates
    if not own.is_dir() or own.resolve() == ours.resolve():
        return ()
    names = {path.relative_to(own).as_posix(): path for path in sorted(own.rglob("*")) if path.is_file()}
    pages = {name: path.read_text("utf-8", "replace") for name, path in names.items() if _is_page(name)}
    known = [*sorted(path.name for path in ours.glob("*.html")), *ASSETS]
    used = {*known, *(name for source in pages.values() for name in asked_for(source))}
    unused = (name for name in names if name not in used and not name.startswith(f"{FRAME}/"))
    return tuple(
        map(
            in_one_line,
            (
                *(
                    f"site_templates/{name}: is not used; files are: {', '.join(known)}, and templates of the frame in "
                    f"{FRAME}/"
                    for name in unused
                    if not names[name].name.startswith(".")
                ),
                *_strays(pages),
            ),
        )
    )


def _is_page(name: str) -> bool:
    return name.endswith(".html") and not name.startswith(f"{FRAME}/")


def _strays(pages: Mapping[str, str]) -> Iterator[str]:
    for name, source in pages.items():
        parent = shipped("site_templates") / (extended(source) or "")
        if not parent.is_file():
            continue
        theirs = parent.read_text("utf-8")
        for block, line in stray_blocks(source, theirs):
            yield (
                f"site_templates/{name}:{line}: the block {block!r} fills none and is printed nowhere; "
                f"{parent.name} has: {', '.join(blocks(theirs))}"
            )
