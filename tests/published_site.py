"""Publish a dict and read a published folder back as one."""

from pathlib import Path

from noroshi.publishing.publication import Summary, publishing


def publish(target: Path, files: dict[str, bytes]) -> Summary:
    with publishing(target) as publication:
        for path, data in files.items():
            publication.write(path, data)
        return publication.commit()


def read_site(target: Path) -> dict[str, bytes]:
    """Every file below the folder, the mark of the generator and its private folder left out."""
    site: dict[str, bytes] = {}
    for place in sorted(target.rglob("*")):
        path = place.relative_to(target).as_posix()
        if path == ".noroshi" or path.startswith(".noroshi.work"):
            continue
        if place.is_symlink():
            site[path] = b"a link"
        elif place.is_file():
            site[path] = place.read_bytes()
    return site


def folders_of(target: Path) -> set[str]:
    return {
        place.relative_to(target).as_posix()
        for place in target.rglob("*")
        if place.is_dir() and ".noroshi.work" not in place.parts
    }
