"""What among a site's own templates and assets changes nothing, and so is a slip of somebody's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from noroshi.pipeline.printing.own_templates import ASSETS, FRAME
from noroshi.pipeline.reading.content import SiteFolder
from noroshi.problems import in_one_line
from noroshi.shipped import shipped
from noroshi.writers.pages.blocks import asked_for, blocks, extended, stray_blocks


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
