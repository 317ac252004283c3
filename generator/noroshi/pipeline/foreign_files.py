"""The files of a log that another program kept, found and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from noroshi.importers import Anomaly, SourceFile
from noroshi.problems import StatedError
from noroshi.yamlsource.encoding import MAX_BYTES

_CONFIGURATIONS = ("config.yml", "config.yaml", "hugo.yml", "hugo.yaml")
# Hugo's pages; what else lies beside them (images, say) is no entry of the log.
_PAGES = (".md", ".markdown", ".html", ".htm")


@dataclass(frozen=True, kw_only=True)
class ForeignFiles:
    """What an import begins with."""

    config: SourceFile | None
    issues: tuple[SourceFile, ...]
    """In the order of their paths."""
    unreadable: tuple[Anomaly, ...]
    """Files that the system would not let us read."""


def read_cstate(source: Path) -> ForeignFiles:
    """Read a cState repository, or a folder that holds its entries alone.

    :param source: a folder with ``issues/`` or ``content/issues/``, or with ``*.md``
    :raises StatedError: there is no such folder, or no entry in it
    """
    if not source.is_dir():
        raise StatedError(f"{source} is no folder; name a cState repository, or a folder of its issues/*.md")
    config = next((source / name for name in _CONFIGURATIONS if (source / name).is_file()), None)
    folders = [source / "content" / "issues", source / "issues"]
    folder = next((each for each in folders if each.is_dir()), source)
    # A repository without issues/ holds only pages such as README.md.
    places = [] if folder == source and config is not None else _pages(folder)
    if not places:
        names = " or ".join(str(each) for each in (*folders, source))
        raise StatedError(f"{source}: there are no issues; looked for *.md in {names}")
    unreadable: list[Anomaly] = []
    issues = [issue for place in places if (issue := _read(place, unreadable)) is not None]
    read_config = _read(config, unreadable) if config is not None else None
    return ForeignFiles(config=read_config, issues=tuple(issues), unreadable=tuple(unreadable))


def _pages(folder: Path) -> list[Path]:
    return sorted(
        place
        for place in folder.rglob("*")
        if place.suffix.lower() in _PAGES
        and place.is_file()
        and not any(part.startswith(".") for part in place.relative_to(folder).parts)
    )


def _read(place: Path, unreadable: list[Anomaly]) -> SourceFile | None:
    try:
        with place.open("rb") as file:
            # One byte more than may be: enough for the import to refuse it.
            return SourceFile(path=place.as_posix(), data=file.read(MAX_BYTES + 1))
    except OSError as error:
        said = f"the file cannot be read: {error.strerror or error}; look at its permissions"
        unreadable.append(Anomaly(path=place.as_posix(), line=1, rule="unreadable", message=said))
        return None
